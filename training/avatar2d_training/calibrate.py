"""Gives the audio encoder its amplitude back. Regression shrinks towards the mean (slope = r^2 at best); per explicit
channel the output is stretched until its deviation on the validation clips is that of the real mouths, at most 1.8 times,
and its mean is set right. Both are folded into the last layer, so nothing changes for who runs the network."""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from .config import EXPLICIT_CODES
from .dataset import Clip, load_clips
from .rendering import codes_of, load_model
from .motion import EXPLICIT

MAX_GAIN = 1.8
MIN_R = 0.3
"""Channels that the voice hardly foretells stay as they are: stretching them would stretch noise."""


def gains(predicted: np.ndarray, real: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """[N, 16] each -> (gain [16], bias [16]) with gain * predicted + bias matched to the real mean and deviation."""
    p, t = predicted.std(0) + 1e-6, real.std(0)
    r = ((predicted - predicted.mean(0)) * (real - real.mean(0))).mean(0) / (p * (t + 1e-6))
    gain = np.where(r >= MIN_R, np.clip(t / p, 1.0, MAX_GAIN), 1.0)
    return gain, real.mean(0) - gain * predicted.mean(0)


def fold(checkpoint: Path, clips: list[Clip], out: Path) -> dict[str, float]:
    """Stretches the averaged weights of a checkpoint by the gains on these clips; without clips they stay as they are.

    Writes what measuring and export need (no optimiser states) and returns the gain of each explicit code.
    """
    state = torch.load(checkpoint, map_location="cpu")
    gain, bias = np.ones(EXPLICIT_CODES), np.zeros(EXPLICIT_CODES)
    if clips:
        model = load_model(checkpoint)
        predicted, real = [], []
        for clip in clips:
            n = min(len(clip), len(clip.pcm) // 640)
            predicted.append(codes_of(model, clip, "audio:clean", n)[:, :EXPLICIT_CODES].numpy())
            real.append(clip.code[:n])
        gain, bias = gains(np.concatenate(predicted), np.concatenate(real))
    last = max(k for k in state["average"] if k.startswith("audio.back.") and k.endswith(".weight")).removesuffix(".weight")
    g, b = torch.from_numpy(gain).float(), torch.from_numpy(bias).float()
    rows = slice(0, EXPLICIT_CODES)
    state["average"][last + ".weight"][rows] *= g[:, None]
    state["average"][last + ".bias"][rows] = state["average"][last + ".bias"][rows] * g + b
    state["calibrated"] = dict(zip(EXPLICIT, gain.round(3).tolist()))
    torch.save({k: v for k, v in state.items() if k not in ("model", "optimisers", "critic")}, out)
    return state["calibrated"]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    clips = [c for c in load_clips(args.shards, {"validation"}) if c.teaches_audio]
    if not clips:
        raise SystemExit("no validation clips with sound: prepare them first")
    print(" ".join(f"{k} {v}" for k, v in fold(args.checkpoint, clips, args.out).items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
