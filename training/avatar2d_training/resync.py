"""Second, sharper sync check: a trained audio encoder says when the mouth should open; clips off by more are shifted.

Loudness alone cannot place a mouth within a phrase. Only clips of at least 6 s are shifted (short ones are too noisy to
judge); `shift_frames`, `expert_r` go into clip.json and the dataset takes the lag out of the sound.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch

from . import measure
from .dataset import SYNC_LIMIT_FRAMES, Clip, load_clips
from .rendering import codes_of, load_model
from .motion import EXPLICIT

MIN_SHIFT_FRAMES_SEEN = 150
LAGS = range(-10, 11)


def verdict(opening: np.ndarray, predicted: np.ndarray) -> tuple[int, float]:
    """(shift in frames, correlation after it) of [N] real and predicted openings."""
    n = len(opening)
    edge = max(LAGS)
    scores = {lag: measure.correlation(predicted[edge:n - edge], opening[edge + lag:n - edge + lag]) for lag in LAGS}
    best = max(scores, key=scores.get)
    clear = scores[best] > 0.35 and scores[best] > scores[0] + 0.12
    if n < MIN_SHIFT_FRAMES_SEEN or abs(best) <= SYNC_LIMIT_FRAMES or not clear:
        best = 0
    return best, scores[best]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--only", default="", help="clips whose name contains this")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    model = load_model(args.checkpoint)
    gap = EXPLICIT.index("lipGap")
    clips: list[Clip] = load_clips(args.shards, {"train", "validation", "test", "unseen"}, measure_too=True)
    for clip in clips:
        raw = np.load(clip.folder / "pcm.npy", mmap_mode="r")
        if args.only not in clip.name or len(raw) < 640 * 25:
            continue
        clip.entry["shift_frames"] = 0
        n = min(len(clip), len(raw) // 640)
        shift, r = verdict(clip.code[:n, gap], codes_of(model, clip, "audio:clean", n)[:, gap].numpy())
        record = clip.folder / "clip.json"
        entry = json.loads(record.read_text())
        entry.update(shift_frames=shift, expert_r=round(r, 3))
        record.write_text(json.dumps(entry))
        if shift or "grid_s1" not in clip.name:
            print(f"{clip.name}: shift {shift} frames, r {r:.2f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
