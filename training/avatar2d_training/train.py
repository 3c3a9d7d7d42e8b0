"""From shards to an installed model in one run: train, calibrate the voice, measure on held-out clips, export.

What `avatar2d train` runs. Progress goes to stderr, one line each; the report goes to OUT/report.json and stdout.
Killed or stopped, the same command goes on where it was; the model is in OUT/model when it ends.
"""
from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from . import assess, calibrate, export
from .config import MODELS, TrainConfig
from .dataset import Clip, load_clips, load_voices
from .progress import Progress, Refusal, stop_requested
from .rendering import load_model
from .train_robust import Trainer

@dataclass(frozen=True)
class Schedule:
    """Defaults of a size: steps, faces a step, clips a voice step, face steps per voice step."""

    steps: int
    batch: int = 16
    audio_clips: int = 8
    audio_every: int = 3


SCHEDULES = {"tiny": Schedule(600, 8, 3, 2), "small": Schedule(20000), "standard": Schedule(40000), "large": Schedule(60000)}
HELD_OUT_USES = {"validation", "test"}


def split(shards: Path) -> tuple[list[Clip], list[Clip]]:
    """(clips to learn from, clips to measure on). Where the shards hold out nothing of the people in `train`, each person's
    last clip is held out, as long as another one remains."""
    train = load_clips(shards, {"train"})
    if not train:
        raise Refusal(f"there are no training clips in {shards}: make some with avatar2d prepare --out {shards}")
    held = [c for c in load_clips(shards, HELD_OUT_USES) if len(c) >= 25]
    if not held:
        last: dict[str, Clip] = {}
        for clip in train:
            last[clip.entry["person"]] = clip
        people = [c.entry["person"] for c in train]
        held = [c for p, c in last.items() if people.count(p) > 1]
        names = {c.name for c in held}
        train = [c for c in train if c.name not in names]
    if not held:
        raise Refusal(f"{shards} has one clip of each person: at least one person needs two, to measure on the other")
    return train, held


def spread_out(held: list[Clip], most: int) -> list[Clip]:
    """At most `most` clips, as many people as possible first."""
    seen: dict[str, int] = {}
    ranked = []
    for clip in held:
        seen[clip.entry["person"]] = seen.get(clip.entry["person"], -1) + 1
        ranked.append((seen[clip.entry["person"]], clip))
    return [c for _, c in sorted(ranked, key=lambda r: r[0])[:most]]


def run(args: argparse.Namespace) -> dict:
    began = time.monotonic()
    train, held = split(args.shards)
    measured = spread_out(held, 8)
    usual = SCHEDULES[args.config]
    steps = args.steps or usual.steps
    config = TrainConfig(model=args.config, batch=args.batch or usual.batch, total_steps=steps, decay_from_step=int(0.7 * steps),
                         half=args.half, warmup_steps=min(200, max(1, steps // 10)), seed=args.seed, learning_rate=args.learning_rate,
                         audio_every=usual.audio_every, audio_clips=usual.audio_clips)
    args.out.mkdir(parents=True, exist_ok=True)
    last, first = args.out / "last.pth", args.out / "first.pth"
    trainer = Trainer(config, args.shards, args.device, clips=train, lines=load_voices(args.shards))
    if last.exists():
        there = torch.load(last, map_location="cpu")["config"]["model"]
        if there != args.config:
            raise Refusal(f"{args.out} holds a model of size {there}, not {args.config}: choose another --out, or --config {there}")
        trainer.restore(last)
        print(f"goes on at step {trainer.step} of {steps}", file=sys.stderr, flush=True)
    else:
        if args.init:
            trainer.begin_from(args.init)
        trainer.save(first)
    people = {c.entry["person"] for c in train}
    print(f"{len(train)} clips of {len(people)} people ({sum(len(c) for c in train) / 1500:.1f} min), {len(held)} clips held out; "
          f"model {args.config}, {sum(p.numel() for p in trainer.model.parameters()) / 1e6:.2f} M weights, on {args.device}",
          file=sys.stderr, flush=True)
    progress, saved, start = Progress(steps, args.minutes, trainer.step), time.monotonic(), time.monotonic()
    while trainer.step < steps and not stop_requested():
        if args.minutes:
            trainer.time_used = (time.monotonic() - start) / (60 * args.minutes)
            if trainer.time_used >= 1:
                break
        logs = trainer.train_step()
        if not np.isfinite(logs["pixel"]):
            raise Refusal(f"the loss is no number any more at step {trainer.step}; take a smaller --learning-rate than {args.learning_rate}")
        progress.add(trainer.step, config.batch, logs)
        if time.monotonic() - saved > args.checkpoint_seconds:
            trainer.save(last)
            saved = time.monotonic()
    trainer.save(last)
    if stop_requested():
        raise Refusal(f"stopped at step {trainer.step} of {steps}; the same command goes on from there")
    trainer.sheet(args.out / "sheet.png")
    final = args.out / "calibrated.pth"
    voices = [c for c in held if c.teaches_audio]
    calibrate.fold(last, [c for c in voices if c.entry["use"] == "validation"] or voices, final, calibrate.faces_of(train))
    reader = trainer.reader.cpu().eval()
    report = {
        "config": args.config, "steps": trainer.step, "faces": trainer.samples, "seconds": round(time.monotonic() - began, 1),
        "people": len(people), "clips": len(train), "heldOut": len(measured),
        "before": assess.assess(load_model(first), reader, measured).as_dict(),
        "after": assess.assess(load_model(final), reader, measured).as_dict(),
        "model": str(args.out / "model"),
    }
    export.write(final, args.out / "model", kind="robust", name=args.name,
                 metrics={"held_out": {"before": report["before"], "after": report["after"]}})
    (args.out / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    return report


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--config", choices=sorted(MODELS), default="standard")
    parser.add_argument("--steps", type=int, help="default: " + ", ".join(f"{k} {v.steps}" for k, v in SCHEDULES.items()))
    parser.add_argument("--minutes", type=float, help="end after this time if the steps take longer")
    parser.add_argument("--name", help="name of the model; default: that of the folder OUT")
    parser.add_argument("--init", type=Path, help="begin from the weights of a model.pth")
    parser.add_argument("--batch", type=int, help="faces a step; default: by size")
    parser.add_argument("--learning-rate", type=float, default=1.2e-3)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--half", action="store_true", help="inner layers in bfloat16")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--checkpoint-seconds", type=float, default=180)
    parser.add_argument("--stop-at-eof", action="store_true", help="stop in good order when stdin ends")
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads)
    stop_requested(args.stop_at_eof)
    try:
        print(json.dumps(run(args)))
    except (Refusal, OSError) as refusal:
        print(f"error: {refusal}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
