"""Pictures and exact points of drawn characters (draw_faces.cs) or rendered heads (draw_heads.cs) -> a group of samples, as `collect` writes them."""
from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from . import points as P
from .collect import Samples


def _resample(ring: np.ndarray, count: int) -> np.ndarray:
    """[n, 2] polyline -> [count, 2], evenly spaced in the polyline's own parameter."""
    at = np.linspace(0, len(ring) - 1, count)
    low = np.minimum(at.astype(int), len(ring) - 2)
    return ring[low] + (at - low)[:, None] * (ring[low + 1] - ring[low])


def from_drawn(d: np.ndarray) -> np.ndarray:
    """[120, 2] in the order of the drawn characters -> [110, 2] in ours.

    The picture's left is the person's right. Lips and eyes are the same anatomical points; the jaw is spread evenly from
    temple to temple; the bridge of the nose is interpolated.
    """
    jaw = _resample(d[2:31], 23)
    right_brow = np.concatenate([d[33:38], d[38:43]])
    left_brow = np.concatenate([d[43:48], d[48:53]])
    bridge = _resample(d[53:57], 6)
    nose = np.concatenate([bridge, [(d[57] + d[58]) / 2, d[58], d[59], d[60], (d[60] + d[61]) / 2]])
    inner = np.concatenate([_resample(d[98:105], 11), _resample(np.concatenate([d[104:110], d[98:99]]), 11)[1:-1]])
    return np.concatenate([jaw, right_brow, left_brow, nose, d[62:70], d[70:78], d[78:98], inner]).astype(np.float32)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--group", choices=("drawn", "heads"), default="drawn")
    parser.add_argument("--pictures", type=Path, required=True, help="folder that draw_faces.cs or draw_heads.cs wrote")
    parser.add_argument("--faces-per-character", type=int, default=8)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    samples = Samples()
    for path in sorted(args.pictures.glob("*.pts")):
        character = int(path.stem) // args.faces_per_character
        points = np.fromfile(path, "<f4").reshape(-1, 2)
        points = from_drawn(points - 0.5) if args.group == "drawn" else points[list(P.MESH_INDICES)]
        samples.add(cv2.imread(str(path.with_suffix(".jpg"))), points, f"{args.group}_{character}",
                    "unseen" if character % 10 == 9 else "train", "train")
    samples.save(args.out / f"{args.group}.npz")
    print(f"{len(samples.rows)} faces")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
