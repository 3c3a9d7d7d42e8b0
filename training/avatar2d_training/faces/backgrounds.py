"""Pieces of videos and pictures that show no face -> backgrounds.npz: `images` [N, 224, 224, 3] uint8 BGR, `use`, `licence`.

The teacher detector and the teacher mesh's own samples say where the faces are; a piece keeps a face's height away from them.
"""
from __future__ import annotations

import argparse
import json
from pathlib import Path

import cv2
import numpy as np

from .. import media
from . import points as P
from .collect import IMAGE_PX, Labeller

TRIES = 40
MARGIN = 0.62
"""Half side of the square around a face's centre that no piece may touch, over the side of the landmark region."""


def pieces(frame: np.ndarray, face: np.ndarray, r: np.random.Generator) -> list[np.ndarray]:
    """Squares of the frame away from the face (points [110, 2]), [224, 224, 3] each."""
    h, w = frame.shape[:2]
    cx, cy, side, _ = P.region(face)
    keep, result = MARGIN * side, []
    for _ in range(TRIES):
        s = int(np.exp(r.uniform(np.log(0.12), np.log(0.7))) * min(h, w))
        x, y = int(r.integers(0, w - s + 1)), int(r.integers(0, h - s + 1))
        if s >= 40 and (x > cx + keep or x + s < cx - keep or y > cy + keep or y + s < cy - keep):
            result.append(cv2.resize(frame[y:y + s, x:x + s], (IMAGE_PX, IMAGE_PX), interpolation=cv2.INTER_AREA))
    return result


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--split", type=Path, default=Path(__file__).parents[2] / "split.json")
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    label, r, rows = Labeller(args.teachers), np.random.default_rng(3), []
    frames = [(cv2.imread(str(p)), "train", "train") for p in sorted((args.data / "image").iterdir())]
    clips = [c for c in json.loads(args.split.read_text())["clips"] if "grid_s1/" not in c["path"]]
    for clip in clips:
        try:
            video = media.read_video(args.data / clip["path"])
        except media.MediaError:
            continue
        every = np.linspace(0, len(video) - 1, 3 if "clips/" in clip["path"] else 1).astype(int)
        frames += [(video[i], clip["use"], clip["licence"]) for i in every]
    for frame, use, licence in frames:
        face = None if frame is None else label(frame, True)
        if face is not None:
            rows += [(piece, use, licence) for piece in pieces(frame, face, r)]
    images, use, licence = zip(*rows)
    np.savez(args.out / "backgrounds.npz", images=np.stack(images), use=np.array(use), licence=np.array(licence))
    print(len(rows), "pieces without a face")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
