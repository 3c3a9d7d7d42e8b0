"""Pictures of the people who may train -> pictures of people who do not exist, as a group of samples labelled by the teacher.

Twelve people teach a net twelve jaws. A morph takes one person's picture into a shape between or beyond two people (or a person
and a rendered head), may mix in the other's skin, and asks the teacher anew where the points are: its habits with each face,
which no warp of the points can tell, come along. Both pictures are chosen alike in pose and mouth, so that nothing ghosts.
"""
from __future__ import annotations

import argparse
import time
from pathlib import Path

import cv2
import numpy as np

from ..teachers import MeshTeacher
from . import points as P
from .collect import IMAGE_PX, Samples, ask

GRID_PX = 8
"""The warp is computed at every so many pixels and interpolated between."""
CANDIDATES = 24
"""Pictures of the second person, of which the one most alike in shape is taken."""
STIFFNESS = 2.0
"""How far the warp may stray from its points to stay smooth, pixels squared."""


def fit_similarity(source: np.ndarray, target: np.ndarray) -> np.ndarray:
    """[n, 2] each -> [2, 3]: least squares turn, scale and shift from source to target."""
    s, t = source.mean(0), target.mean(0)
    x, y = source - s, target - t
    a, b = (x * y).sum(), (x[:, 0] * y[:, 1] - x[:, 1] * y[:, 0]).sum()
    m = np.array([[a, -b], [b, a]]) / (x ** 2).sum()
    return np.column_stack([m, t - m @ s])


def thin_plate(at: np.ndarray, values: np.ndarray, places: np.ndarray) -> np.ndarray:
    """Smooth function with about `values` [n, k] at the points `at` [n, 2], read at `places` [m, 2] -> [m, k]."""
    def kernel(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        d = ((a[:, None] - b) ** 2).sum(2)
        return d * np.log(np.maximum(d, 1e-9)) / IMAGE_PX ** 2
    n = len(at)
    affine = np.column_stack([np.ones(n), at / IMAGE_PX])
    system = np.block([[kernel(at, at) + STIFFNESS / IMAGE_PX ** 2 * np.eye(n), affine], [affine.T, np.zeros((3, 3))]])
    weight = np.linalg.solve(system, np.concatenate([values, np.zeros((3, values.shape[1]))]))
    return kernel(places, at) @ weight[:n] + np.column_stack([np.ones(len(places)), places / IMAGE_PX]) @ weight[n:]


def warp(image: np.ndarray, points: np.ndarray, to: np.ndarray) -> np.ndarray:
    """The picture with its points [110, 2] moved to `to`; its edge stays about where it is."""
    size = image.shape[0]
    edge = np.linspace(-0.25, 1.25, 5) * size
    frame = np.array([(x, y) for x in edge for y in edge if x in edge[[0, -1]] or y in edge[[0, -1]]])
    ticks = np.arange(0, size + GRID_PX, GRID_PX, np.float64)
    places = np.stack(np.meshgrid(ticks, ticks), 2).reshape(-1, 2)
    moved = thin_plate(np.concatenate([to, frame]), np.concatenate([points - to, 0 * frame]), places)
    coarse = (places + moved).reshape(len(ticks), len(ticks), 2).astype(np.float32)
    y, x = np.mgrid[0:size, 0:size].astype(np.float32) / GRID_PX
    field = cv2.remap(coarse, x, y, cv2.INTER_LINEAR)
    return cv2.remap(image, field[..., 0], field[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def blend(image: np.ndarray, other: np.ndarray, points: np.ndarray, share: float) -> np.ndarray:
    """`share` of the other picture inside the face, in the first one's colours."""
    mask = cv2.fillConvexPoly(np.zeros(image.shape[:2], np.float32), cv2.convexHull(points.astype(np.float32)).astype(np.int32), 1.0)
    own, theirs = image[mask > 0].astype(np.float32), other[mask > 0].astype(np.float32)
    tinted = (other - theirs.mean(0)) * np.clip(own.std(0) / (theirs.std(0) + 1e-3), 0.5, 2) + own.mean(0)
    mask = (cv2.GaussianBlur(cv2.erode(mask, np.ones((9, 9))), (0, 0), 5) * share)[..., None]
    return np.clip(image * (1 - mask) + tinted * mask, 0, 255).astype(np.uint8)


class Morphs:
    """Draws morphs of the samples that may train."""

    def __init__(self, folder: Path, heads: float) -> None:
        """`heads`: how often the other one is a rendered head, which may be turned."""
        self._people, self._shapes, self._heads = self._read(folder, ("videos", "pictures")), self._read(folder, ("taught",)), heads

    @staticmethod
    def _read(folder: Path, groups: tuple[str, ...]) -> list[tuple[np.ndarray, np.ndarray]]:
        found = []
        for path in (folder / f"{g}.npz" for g in groups):
            if not path.exists():
                continue
            with np.load(path) as d:
                may, images, points, people = (d["use"] == "train") & (d["licence"] == "train"), d["images"], d["points"], d["person"]
            found += [(images[i], points[i]) for i in (np.flatnonzero(may & (people == p)) for p in np.unique(people[may]))]
        return found

    def draw(self, r: np.random.Generator) -> tuple[np.ndarray, np.ndarray, int]:
        """Picture [224, 224, 3], about where its points are, [110, 2], and the number of the person it began with."""
        first, second = r.choice(len(self._people), 2, replace=False)
        images, points = self._people[first]
        i = int(r.integers(len(images)))
        image, own = images[i], points[i].astype(np.float64)
        head = bool(self._shapes) and r.random() < self._heads
        others, shapes = self._shapes[r.integers(len(self._shapes))] if head else self._people[second]
        best = None
        for j in r.choice(len(others), min(CANDIDATES, len(others)), replace=False):
            shape = P.apply(fit_similarity(shapes[j], own), shapes[j].astype(np.float64))
            far = float(((shape - own)[P.MOUTH] ** 2).sum() + ((shape - own) ** 2).sum())
            if best is None or far < best[0]:
                best = (far, int(j), shape)
        assert best is not None
        _, j, shape = best
        part = r.uniform(0.2, 1.0) if head else r.uniform(-0.5, 1.4)
        to = own + part * (shape - own)
        picture = warp(image, own, to)
        if r.random() < (0.25 if head else 0.6):
            picture = blend(picture, warp(others[j], shapes[j].astype(np.float64), to), to, r.uniform(0.2, 0.8))
        return picture, to, int(first)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, required=True, help="folder with videos.npz, pictures.npz and taught.npz; morphs.npz there grows")
    parser.add_argument("--teachers", type=Path, required=True)
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--heads", type=float, default=0.35, help="share of morphs with a rendered head")
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    morphs, mesh, r = Morphs(args.samples, args.heads), MeshTeacher(args.teachers), np.random.default_rng(args.seed)
    path = args.samples / "morphs.npz"
    samples, started = Samples.load(path) if path.exists() else Samples(), time.monotonic()
    for n in range(args.count):
        picture, about, first = morphs.draw(r)
        points = ask(mesh, picture, about)
        if points is not None:
            samples.add(picture, points, f"morph_{first}", "unseen" if n % 20 == 19 else "train", "train")
        if n % 200 == 199:
            print(f"{n + 1}/{args.count}: {len(samples.rows)} faces, {time.monotonic() - started:.0f} s", flush=True)
    samples.save(path)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
