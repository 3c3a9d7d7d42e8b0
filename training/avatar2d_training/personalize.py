"""The robust model fine-tuned to one person, gated by what it is for.

A fifth is held out: of five clips and more every fifth one, else the last fifth of each. The personal weights are kept only where they beat the robust ones there in the
picture's error without following a mouth less well that others drive. Progress goes to stderr, the report to OUT/report.json
and stdout; the model is in OUT/model when it ends.
"""
from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from . import assess, export, measure
from .config import TrainConfig
from .dataset import Clip, FaceSampler, load_clips
from .progress import Progress, Refusal, stop_requested
from .rendering import codes_of, load_model, load_reader, render
from .train_robust import Model, Trainer

HELD_OUT = 0.2
CHECK_STEPS = 100
LEAST_FRAMES = 100
TOLERATED_R = 0.01
"""So much of the cross-driven correlation may be lost to chance."""
USES = {"train", "validation", "test", "unseen"}


@dataclass(frozen=True)
class Held:
    """Frames that are not learnt from: `part` = frames `first`.. of `whole`, whose sound it needs."""

    part: Clip
    whole: Clip
    first: int


def split_person(clips: list[Clip]) -> tuple[list[Clip], list[Held]]:
    """clips of one person -> (clips to learn from, frames to judge by)."""
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
    `voice_r` of the audio encoder's opening in the held-out part (nan without sound)."""

    error: float
    r: float
    voice_r: float
    sharp: float

    def as_dict(self) -> dict[str, float | None]:
        return {k: None if v != v else round(v, 5) for k, v in self.__dict__.items()}


def judge(model: Model, reader, learnt: list[Clip], held: list[Held]) -> Judgement:
    errors, rs, voices, sharp = [], [], [], []
    for past, future in list(zip(learnt, held))[:8]:
        code, n = future.part.code, min(50, len(past), len(future.part))
        errors.append(assess.error(model, future.part))
        z = torch.cat([torch.from_numpy(code[:n]), torch.zeros(n, model.config.residual_codes)], 1)
        made = render(model, past, z)
        rs.append(measure.correlation(assess.opening(reader, made), code[:n, assess.GAP]))
        sharp.append(measure.sharpness(made) / measure.sharpness(np.asarray(past.patches[:n])))
        if future.whole.teaches_audio and len(future.whole.pcm) >= 640 * (future.first + n):
            z = codes_of(model, future.whole, "audio:clean", future.first + n)[future.first:, assess.GAP].numpy()
            voices.append(measure.correlation(z, code[:n, assess.GAP]))
    return Judgement(float(np.mean(errors)), float(np.median(rs)), float(np.median(voices)) if voices else float("nan"),
                     float(np.median(sharp)))


def is_better(new: Judgement, best: Judgement, robust: Judgement) -> bool:
    """A smaller error than the best so far, and no mouth that follows less well than the robust model's."""
    return new.error < best.error and new.r > robust.r - TOLERATED_R and not new.voice_r < robust.voice_r - TOLERATED_R


def averaged(trainer: Trainer) -> Model:
    model = Model(trainer.model.config)
    model.load_state_dict(trainer.average.state)
    return model.eval()


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
    args.out.mkdir(parents=True, exist_ok=True)
    part = args.out / "personal.pth"
    voiced = any(c.teaches_audio for c in learnt)
    config = TrainConfig(model=robust.config.name, learning_rate=args.learning_rate, voice_learning_rate=args.learning_rate, audio_every=8 if voiced else 1 << 30,
                         audio_clips=4, warmup_steps=30, decay_from_step=1 << 30, total_steps=1 << 30, half=args.half)
    trainer = Trainer(config, args.shards, clips=learnt)
    trainer.model.load_state_dict(robust.state_dict())
    trainer.average.state = {k: v.clone() for k, v in robust.state_dict().items()}
    trainer.average.decay = 0.99
    trainer.reader.load_state_dict(reader.state_dict())
    trainer.reader_steps = 1 << 20
    trainer.faces = FaceSampler(learnt, 1)
    before = best = judge(robust, reader, learnt, held)
    print(f"{args.person}: {len(clips)} clips, {frames / 25:.0f} s; robust model {before.as_dict()}", file=sys.stderr, flush=True)
    trainer.step = 1
    trainer.save(part)
    began, kept_at, progress = time.monotonic(), 0, Progress(args.steps or 1 << 20, args.minutes, 1)
    while not stop_requested() and trainer.step <= (args.steps or 1 << 20):
        trainer.time_used = (time.monotonic() - began) / (60 * args.minutes)
        if trainer.time_used >= 1:
            break
        progress.add(trainer.step, config.batch, trainer.train_step())
        if trainer.step % args.check_steps == 0:
            now = judge(averaged(trainer), reader, learnt, held)
            better = is_better(now, best, before)
            print(f"step {trainer.step}: {now.as_dict()}{' kept' if better else ''}", file=sys.stderr, flush=True)
            if better:
                best, kept_at = now, trainer.step
                trainer.save(part)
    report = {"person": args.person, "seconds": round(time.monotonic() - began, 1), "steps": trainer.step - 1, "keptAtStep": kept_at,
              "before": before.as_dict(), "after": best.as_dict(), "model": str(args.out / "model") if kept_at else None}
    if kept_at:
        export.write(part, args.out / "model", "personalized", {"held_out": {"before": before.as_dict(), "after": best.as_dict()}},
                     name=args.name or f"personal-{args.person}")
    (args.out / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    return report


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
