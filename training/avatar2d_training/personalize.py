"""The robust model fine-tuned to one person, gated by what it is for: the last fifth of every clip is held out, driven by
codes of *other* moments, and the personal weights are kept only where they beat the robust ones there."""
from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from . import losses
from .alignment import PATCH_PX
from .config import MODELS, TrainConfig
from .dataset import Clip, FaceSampler, load_clips
from .evaluate import fit_size, load_model, references, tensor
from .networks import inside, mouth_crop
from .train_robust import Trainer

HELD_OUT = 0.2
CHECK_STEPS = 100


def split_clip(clip: Clip) -> tuple[Clip, Clip]:
    """(first part to learn from, last part to judge by), half a second apart."""
    n = len(clip)
    cut = int(n * (1 - HELD_OUT))
    return _part(clip, 0, max(10, cut - 12)), _part(clip, cut, n)


def _part(clip: Clip, first: int, stop: int) -> Clip:
    s = slice(first, stop)
    rank = clip.geometry[s, 1].argsort()
    return replace(clip, patches=clip.patches[s], geometry=clip.geometry[s], code=clip.code[s], pose=clip.pose[s],
                   lips=clip.lips[s], closed=rank[:max(2, len(rank) // 5)], opened=rank[-max(2, len(rank) // 8):])


@torch.no_grad()
def held_out_error(trainer: Trainer, learnt: list[Clip], held: list[Clip]) -> float:
    """Weighted L1 in the patch over held-out frames; source and references come from the learnt part."""
    model, size = trainer.model, trainer.model.config.patch_px
    state = {k: v.clone() for k, v in model.state_dict().items()}
    model.load_state_dict(trainer.average.state)
    model.eval()
    total = []
    for past, future in zip(learnt, held):
        closed, opened = references(past)
        at = np.arange(0, len(future), max(1, len(future) // 24))
        near = [int(np.square(past.pose - future.pose[k]).sum(1).argmin()) for k in at]
        target, source = (fit_size(tensor(c.patches[list(i)]), size) for c, i in ((future, at), (past, near)))
        refs = [fit_size(tensor(past.patches[i:i + 1]), size).expand(len(at), -1, -1, -1) for i in (closed, opened)]
        z = torch.cat([torch.from_numpy(future.code[at]), model.visual(mouth_crop(target))], 1)
        patch, _, _ = model.render(source, *refs, z)
        weight = losses.attention(torch.from_numpy(future.lips[at]) * (size / PATCH_PX), model.config)
        total.append(float(losses.weighted_l1(inside(patch, model.config), inside(target, model.config), weight)))
    model.load_state_dict(state)
    return float(np.mean(total))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True, help="folder with the person's prepared clips")
    parser.add_argument("--person", required=True)
    parser.add_argument("--robust", type=Path, required=True, help="model.pth or a checkpoint")
    parser.add_argument("--out", type=Path, required=True, help="the personal checkpoint")
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--learning-rate", type=float, default=2e-4)
    parser.add_argument("--uses", nargs="*", default=["train", "unseen"])
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    clips = [c for c in load_clips(args.shards, set(args.uses), measure_too=True) if c.entry["person"] == args.person]
    if not clips:
        raise SystemExit(f"no clips of {args.person} in {args.shards}")
    learnt, held = zip(*(split_clip(c) for c in clips))
    robust = load_model(args.robust)
    config = TrainConfig(model=robust.config.name, learning_rate=args.learning_rate, audio_every=1 << 30,
                         warmup_steps=50, decay_from_step=1 << 30)
    trainer = Trainer(config, args.shards, clips=list(learnt))
    trainer.model.load_state_dict(robust.state_dict())
    trainer.average.state = {k: v.clone() for k, v in robust.state_dict().items()}
    trainer.faces = FaceSampler(list(learnt), 1)
    began = time.monotonic()
    start = best = held_out_error(trainer, list(learnt), list(held))
    print(f"robust: held-out error {start:.5f}", flush=True)
    trainer.save(args.out)
    while time.monotonic() - began < args.minutes * 60:
        trainer.step = max(trainer.step, 1)  # step 0 would train the voice too
        trainer.train_step()
        if trainer.step % CHECK_STEPS == 0:
            error = held_out_error(trainer, list(learnt), list(held))
            print(f"step {trainer.step}: held-out error {error:.5f} ({(time.monotonic() - began) / 60:.1f} min)", flush=True)
            if error < best:
                best = error
                trainer.save(args.out)
    print(f"held-out error {start:.5f} -> {best:.5f} ({MODELS[config.model].name})")
    return 0 if best < start else 1


if __name__ == "__main__":
    raise SystemExit(main())
