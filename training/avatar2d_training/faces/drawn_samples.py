"""Pictures and exact points of drawn characters (draw_faces.cs) or rendered heads (draw_heads.cs) -> a group of samples, as `collect` writes them.

With --teachers the teacher says where the points are, as it does for photographs, and where it sees no face the picture is left
out; its lids close as far as the exact ones do, as it hardly sees blinks.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np

from ..teachers import MeshTeacher
from . import points as P
from .collect import Samples, ask


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


LIDS = tuple(zip(P.place(160, 159, 158, 385, 386, 387), P.place(144, 145, 153, 380, 374, 373)))
"""Upper and lower lid, places of facing points."""


def gaps(points: np.ndarray) -> np.ndarray:
    """[110, 2] -> [2]: mean gap of each eye's lids, right and left, in eye distances."""
    upper, lower = (list(v) for v in zip(*LIDS))
    return np.linalg.norm(points[upper] - points[lower], axis=1).reshape(2, 3).mean(1) / P.eye_distance(points)


def close_lids(found: np.ndarray, gap: np.ndarray) -> np.ndarray:
    """The points [110, 2] with each eye's upper lid brought down until the lids' gap is not above `gap` [2], in eye distances."""
    out, (upper, lower) = found.copy(), (list(v) for v in zip(*LIDS))
    share = np.repeat(np.minimum(1, gap / np.maximum(gaps(found), 1e-6)), 3)[:, None]
    out[upper] = found[lower] + (found[upper] - found[lower]) * share
    return out


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--group", choices=("drawn", "heads", "taught"), default="drawn")
    parser.add_argument("--pictures", type=Path, required=True, nargs="+", help="folders that draw_faces.cs or draw_heads.cs wrote")
    parser.add_argument("--faces-per-character", type=int, required=True, nargs="+", help="of each folder")
    parser.add_argument("--teachers", type=Path, help="for --group taught: pictures of draw_heads.cs with the teacher's points")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args(argv)
    if (args.group == "taught") != (args.teachers is not None):
        parser.error("--group taught and --teachers belong together")
    cv2.setNumThreads(1)
    mesh, samples, rows = args.teachers and MeshTeacher(args.teachers), Samples(), []
    for folder, path in ((n, path) for n, pictures in enumerate(args.pictures) for path in sorted(pictures.glob("*.pts"))):
        points = np.fromfile(path, "<f4").reshape(-1, 2)
        exact = from_drawn(points - 0.5) if args.group == "drawn" else points[list(P.MESH_INDICES)]
        picture = cv2.imread(str(path.with_suffix(".jpg")))
        found = ask(mesh, picture, exact) if mesh else exact
        if found is not None:
            rows.append((picture, found, exact, 1000 * folder + int(path.stem) // args.faces_per_character[folder]))
    if mesh:  # the open eyes tell how wide the teacher's lids are beside the exact ones
        found_gaps, exact_gaps = (np.concatenate([gaps(row[k]) for row in rows]) for k in (1, 2))
        wide = exact_gaps > np.median(exact_gaps)
        ratio = float(np.median(found_gaps[wide] / exact_gaps[wide]))
        rows = [(picture, close_lids(found, ratio * gaps(exact)), exact, character) for picture, found, exact, character in rows]
    for picture, found, _, character in rows:
        samples.add(picture, found, f"{args.group}_{character}", "unseen" if character % 10 == 9 else "train", "train")
    samples.save(args.out / f"{args.group}.npz")
    print(f"{len(samples.rows)} faces")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
