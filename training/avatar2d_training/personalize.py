"""The robust model fine-tuned to one person, gated by what it is for.

Held out are the clips that are marked as test, or else a fifth: of five clips and more every fifth one, else the last fifth of each. The
personal face is kept from the moment at which its picture's error is least there among those at which it is as sharp as the robust
one, or sharper, and follows other moments' codes as well; the voice from the moment at which it follows best among those at which it
moves the mouth as far as the robust one: which may be the robust one. Progress goes to stderr, the report to OUT/report.json
and stdout; the model is in OUT/model when it ends. The state is kept in OUT/last.pth: the same command goes on from there.
"""
from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch

from . import assess, calibrate, export, measure
from .alignment import PATCH_PX
from .config import TrainConfig
from .dataset import Clip, FaceSampler, VoiceSampler, load_clips
from .networks import mouth_crop
from .progress import Progress, Refusal, stop_requested
from .rendering import codes_of, load_model, load_reader, render
from .train_robust import Model, Trainer

HELD_OUT = 0.2
CHECK_STEPS = 100
SAVE_SECONDS = 60.0
LEAST_FRAMES = 100
READER_STEPS = 100
RESIDUAL_SHARE = 0.15
"""Those who drive an avatar give explicit codes and little else: of one face the residual ones would soon tell all."""
LEAST_READING_R = 0.4
"""Correlation of the opening that the mouth reader sees in real pictures with the measured one; a judge that reads less is none."""
JUDGED_CLIPS, JUDGED_FRAMES = 16, 600
STRETCHED_BY = 1 / 7
"""What the voice does not learn from: there it is as wrong as with new sentences, so there it is stretched."""
STRETCHING_CLIPS = 40
READER_WEIGHT = 0.16
"""Twice that of the robust model: of one face the picture's error falls by itself, the mouth's following does not."""
USES = {"train", "validation", "test", "unseen"}


@dataclass(frozen=True)
class Held:
    """Frames that are not learnt from: `part` = frames `first`.. of `whole`, whose sound it needs."""

    part: Clip
    whole: Clip
    first: int


def split_person(clips: list[Clip]) -> tuple[list[Clip], list[Held]]:
    """clips of one person -> (clips to learn from, frames to judge by)."""
    tests = [c for c in clips if c.entry["use"] == "test"]
    if 0 < len(tests) < len(clips):
        return [c for c in clips if c.entry["use"] != "test"], [Held(c, c, 0) for c in tests]
    if len(clips) >= 5:
        return [c for k, c in enumerate(clips) if k % 5], [Held(c, c, 0) for c in clips[::5]]
    parts = [split_clip(c) for c in clips]
    return [a for a, _ in parts], [Held(b, c, len(c) - len(b)) for (_, b), c in zip(parts, clips)]


def split_clip(clip: Clip) -> tuple[Clip, Clip]:
    """(first part to learn from, last part to judge by), half a second apart."""
    n = len(clip)
    cut = int(n * (1 - HELD_OUT))
    return _part(clip, 0, max(10, cut - 12)), _part(clip, cut, n)


def _part(clip: Clip, first: int, stop: int) -> Clip:
    s = slice(first, stop)
    rank = clip.geometry[s, 1].argsort()
    return replace(clip, patches=clip.patches[s], geometry=clip.geometry[s], code=clip.code[s], pose=clip.pose[s],
                   lips=clip.lips[s], closed=rank[:max(2, len(rank) // 8)], opened=rank[-max(2, len(rank) // 8):])


@dataclass(frozen=True)
class Judgement:
    """`error` as `assess.error`; `r` of the opening, frames of what was learnt driven by codes of what was held out;
    `voice_r`, `voice_slope` of the audio encoder's opening in the held-out part (nan without sound)."""

    error: float
    r: float
    voice_r: float
    sharp: float
    voice_slope: float = float("nan")

    def as_dict(self) -> dict[str, float | None]:
        return {k: None if v != v else round(v, 5) for k, v in self.__dict__.items()}


def judge(model: Model, reader, learnt: list[Clip], held: list[Held]) -> Judgement:
    errors, rs, voices, slopes, sharp = [], [], [], [], []
    pairs = list(zip(learnt, held))[:JUDGED_CLIPS]
    for past, future in pairs:
        code, n = future.part.code, min(max(50, JUDGED_FRAMES // len(pairs)), len(past), len(future.part))
        errors.append(assess.error(model, future.part, max(16, JUDGED_FRAMES // (2 * len(pairs)))))
        z = torch.cat([torch.from_numpy(code[:n]), torch.zeros(n, model.config.residual_codes)], 1)
        made = render(model, past, z)
        rs.append(measure.correlation(assess.opening(reader, made), code[:n, assess.GAP]))
        sharp.append(measure.sharpness(made) / measure.sharpness(np.asarray(past.patches[:n])))
        end = min(future.first + len(code), len(future.whole.pcm) // 640)
        if future.whole.teaches_audio and end - future.first >= 50:
            z = codes_of(model, future.whole, "audio:clean", end)[future.first:, assess.GAP].numpy()
            voices.append(measure.correlation(z, code[:len(z), assess.GAP]))
            slopes.append(measure.slope(z, code[:len(z), assess.GAP]))
    return Judgement(float(np.mean(errors)), float(np.median(rs)), float(np.median(voices)) if voices else float("nan"),
                     float(np.median(sharp)), float(np.median(slopes)) if slopes else float("nan"))


def is_better(new: Judgement, best: Judgement, robust: Judgement) -> bool:
    """A smaller error than the best so far, a mouth that follows as well as the robust model's, and one as sharp."""
    return new.error < best.error and new.r >= robust.r and abs(1 - new.sharp) <= abs(1 - robust.sharp)


def hears_better(new: Judgement, best: Judgement, robust: Judgement) -> bool:
    """A voice that follows better than the best so far, and moves the mouth as far as the robust one did."""
    return new.voice_r > best.voice_r and abs(1 - new.voice_slope) <= abs(1 - robust.voice_slope)


def split_voice(learnt: list[Clip]) -> tuple[list[Clip], list[Held]]:
    """clips to learn from -> (what the voice learns from, what it is stretched by); of little the same is used for both."""
    voiced = [c for c in learnt if c.teaches_audio]
    every = round(1 / STRETCHED_BY)
    if sum(map(len, voiced[::every])) >= LEAST_FRAMES and len(voiced) > every:
        return [c for k, c in enumerate(voiced) if k % every], [Held(c, c, 0) for c in voiced[::every]][:STRETCHING_CLIPS]
    ends = [int(len(c) * (1 - STRETCHED_BY)) for c in voiced]
    if sum(map(len, voiced)) - sum(ends) < LEAST_FRAMES:
        return voiced, [Held(c, c, 0) for c in voiced]
    return [_part(c, 0, end) for c, end in zip(voiced, ends)], [Held(_part(c, end, len(c)), c, end) for c, end in zip(voiced, ends)]


def adapt_reader(reader, learnt: list[Clip], steps: int) -> None:
    """Teaches the mouth reader this face, on real pictures that are learnt from: both models are judged by it."""
    optimiser = torch.optim.AdamW(reader.parameters(), 3e-4, weight_decay=0.01)
    sampler = FaceSampler(learnt, 3)
    reader.train()
    for _ in range(steps):
        batch = sampler.batch(16, PATCH_PX)
        loss = (reader(mouth_crop(batch["pictures"][:, 0])) - batch["code"]).abs().mean()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
    reader.eval()


def averaged(trainer: Trainer, stretching: list[Held]) -> Model:
    """The averaged weights, the voice stretched as `calibrate` does: regression shrinks."""
    model = Model(trainer.model.config).eval()
    model.load_state_dict(trainer.average.state)
    if stretching:
        weights = model.state_dict()
        calibrate.stretch_voice(weights, *calibrate.voice_gains(model, [h.whole for h in stretching], [h.first for h in stretching]))
        model.load_state_dict(weights)
    return model


def run(args: argparse.Namespace) -> dict:
    clips = [c for c in load_clips(args.shards, USES, measure_too=True)
             if c.entry["person"] == args.person and len(c) >= LEAST_FRAMES // 2]
    frames = sum(len(c) for c in clips)
    if frames < LEAST_FRAMES:
        people = sorted({c.entry["person"] for c in load_clips(args.shards, USES, measure_too=True)})
        raise Refusal(f"{frames} pictures of {args.person} in {args.shards}, at least {LEAST_FRAMES} are needed; "
                      f"people there: {', '.join(people[:20]) or 'none'}")
    clips.sort(key=len, reverse=True)
    learnt, held = split_person(clips)
    robust = load_model(args.robust)
    reader = load_reader(args.robust)
    if reader is None:
        raise Refusal(f"{args.robust} holds no mouth reader, by which the personal model is judged; take one made by this program")
    if args.reader_steps:
        adapt_reader(reader, learnt, args.reader_steps)
    reads = float(np.median([measure.correlation(assess.opening(reader, np.asarray(h.part.patches)), h.part.code[:, assess.GAP]) for h in held]))
    print(f"mouth reader on real held-out mouths: r {reads:.2f}", file=sys.stderr, flush=True)
    if reads < LEAST_READING_R:
        raise Refusal(f"this mouth cannot be read well enough to judge a model by (r {reads:.2f}): more light on the face, closer, and no hand or beard before the lips")
    args.out.mkdir(parents=True, exist_ok=True)
    part = args.out / "personal.pth"
    voices, stretching = split_voice(learnt)
    config = TrainConfig(model=robust.config.name, learning_rate=args.learning_rate, voice_learning_rate=args.learning_rate, audio_every=8 if voices else 1 << 30,
                         audio_clips=4, reader_weight=READER_WEIGHT, warmup_steps=30, decay_from_step=1 << 30, total_steps=1 << 30, half=args.half, residual_share=RESIDUAL_SHARE)
    trainer = Trainer(config, args.shards, clips=learnt)
    trainer.model.load_state_dict(robust.state_dict())
    trainer.average.state = {k: v.clone() for k, v in robust.state_dict().items()}
    trainer.average.decay = 0.99
    trainer.reader.load_state_dict(reader.state_dict())
    trainer.reader_steps = 1 << 20
    trainer.faces, trainer.voices = FaceSampler(learnt, 1), VoiceSampler(voices, 2)
    print(f"{args.person}: {len(clips)} clips, {frames / 25:.0f} s", file=sys.stderr, flush=True)
    last, saved = args.out / "last.pth", {"task": task_of(args, clips)}
    if last.exists() and part.exists() and torch.load(last, map_location="cpu").get("task") == saved["task"]:
        saved = trainer.restore(last)
        before, best = Judgement(**saved["before"]), Judgement(**saved["best"])
        print(f"goes on at step {trainer.step}, {saved['seconds'] / 60:.1f} minutes used", file=sys.stderr, flush=True)
    else:
        before = best = judge(robust, reader, learnt, held)
        trainer.step = 1
        saved.update(before=asdict(before), best=asdict(best), kept_at=0, voice=voice_of(robust), voice_at=0, seconds=0.0)
        trainer.save(part)
        trainer.save(last, **saved)
    print(f"robust model {before.as_dict()}", file=sys.stderr, flush=True)
    began = kept = time.monotonic()
    used, kept_at, voice, voice_at = saved["seconds"], saved["kept_at"], saved["voice"], saved["voice_at"]
    progress = Progress(args.steps or 1 << 20, args.minutes, trainer.step, used)

    def keep_state() -> None:
        trainer.save(last, task=saved["task"], before=asdict(before), best=asdict(best), kept_at=kept_at, voice=voice, voice_at=voice_at,
                     seconds=used + time.monotonic() - began)

    while trainer.step <= (args.steps or 1 << 20):
        trainer.time_used = (used + time.monotonic() - began) / (60 * args.minutes)
        if trainer.time_used >= 1:
            break
        if stop_requested():
            keep_state()
            raise Refusal(f"stopped at step {trainer.step - 1}; the same command goes on from there")
        progress.add(trainer.step, config.batch, trainer.train_step())
        if trainer.step % args.check_steps == 0:
            model = averaged(trainer, stretching)
            now = judge(model, reader, learnt, held)
            heard, better = hears_better(now, best, before), is_better(now, best, before)
            if heard:  # the voice is a network of its own: its best moment need not be that of the face
                best, voice, voice_at = replace(best, voice_r=now.voice_r, voice_slope=now.voice_slope), voice_of(model), trainer.step
            print(f"step {trainer.step}: {now.as_dict()}{' kept' if better else ''}{' voice kept' if heard else ''}", file=sys.stderr, flush=True)
            if better:
                best, kept_at = replace(now, voice_r=best.voice_r, voice_slope=best.voice_slope), trainer.step
                trainer.save(part)
            if better or heard:
                keep_state()
        if time.monotonic() - kept > SAVE_SECONDS:
            kept = time.monotonic()
            keep_state()
    report = {"person": args.person, "seconds": round(used + time.monotonic() - began, 1), "steps": trainer.step - 1, "keptAtStep": kept_at, "voiceKeptAtStep": voice_at,
              "before": before.as_dict(), "after": best.as_dict(), "model": str(args.out / "model") if kept_at else None}
    if kept_at:
        state = torch.load(part, map_location="cpu")
        state["average"].update(voice)
        torch.save(state, part)
        export.write(part, args.out / "model", "personalized", {"held_out": {"before": before.as_dict(), "after": best.as_dict()}},
                     name=args.name or f"personal-{args.person}")
    (args.out / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    last.unlink()
    return report


def voice_of(model: Model) -> dict[str, torch.Tensor]:
    """The weights of the audio encoder."""
    return {k: v.clone() for k, v in model.state_dict().items() if k.startswith("audio.")}


def task_of(args: argparse.Namespace, clips: list[Clip]) -> str:
    """What a state was kept for; another person, film or base begins anew."""
    return json.dumps([args.person, str(args.robust), args.learning_rate, [[c.name, len(c)] for c in clips]])


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True, help="folder with the person's prepared clips")
    parser.add_argument("--person", required=True)
    parser.add_argument("--robust", type=Path, required=True, help="model.pth of a robust model, or a checkpoint")
    parser.add_argument("--out", type=Path, required=True, help="folder")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--name", help="name of the model; default: personal-PERSON")
    parser.add_argument("--learning-rate", type=float, default=3e-4)
    parser.add_argument("--check-steps", type=int, default=CHECK_STEPS)
    parser.add_argument("--reader-steps", type=int, default=READER_STEPS, help="by which the mouth reader learns the face first")
    parser.add_argument("--half", action="store_true", help="inner layers in bfloat16")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--stop-at-eof", action="store_true", help="stop in good order when stdin ends")
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads)
    stop_requested(args.stop_at_eof)
    try:
        report = run(args)
    except (Refusal, OSError) as refusal:
        print(f"error: {refusal}", file=sys.stderr)
        return 1
    print(json.dumps(report))
    if report["model"] is None:
        print("error: nothing that was tried beats the robust model on the held-out seconds; keep using that one", file=sys.stderr)
    return 0 if report["model"] else 1


if __name__ == "__main__":
    raise SystemExit(main())
