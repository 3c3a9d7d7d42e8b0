"""Trains the detector for --minutes of wall clock on scenes put together from stored faces. Resumes from last.pth in --out."""
from __future__ import annotations

import argparse
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from . import augment, points as P
from .fitting import fit, to_tensor
from .nets import DETECTOR_PX, DETECTOR_SIDE_PX, DETECTOR_STRIDE, DetectorNet
from .samples import Faces

CELLS = DETECTOR_PX // DETECTOR_STRIDE
MIN_SIDE_PX, MAX_SIDE_PX = 13.0, 150.0
"""Sides of the regions that the detector answers for, in detector pixels. Smaller faces are found in the search's next tiles."""
IGNORED = 0.999
"""Score target that costs nothing whatever the net says."""
TINY_SIDE_PX = 8.0
"""Least side that is drawn at all: what lies between it and `MIN_SIDE_PX` is neither right nor wrong."""


def background(faces: Faces, r: np.random.Generator) -> np.ndarray:
    """[128, 128, 3] uint8 without a face."""
    kind, size = r.random(), DETECTOR_PX
    if kind < 0.4 and faces.backgrounds:
        piece = faces.backgrounds[r.integers(len(faces.backgrounds))]
        s = int(r.integers(60, piece.shape[0] + 1))
        y, x = r.integers(0, piece.shape[0] - s + 1, 2)
        canvas = cv2.resize(piece[y:y + s, x:x + s], (size, size), interpolation=cv2.INTER_AREA)
        return augment.random_colour(np.ascontiguousarray(canvas[:, ::-1]) if r.random() < 0.5 else canvas, r)
    if kind < 0.65:
        image, points, _ = faces.draw(r)
        return augment.empty_sample(image, points, r, size, far=False)
    if kind < 0.85:
        return augment.texture(r, size)
    return np.full((size, size, 3), r.integers(0, 256, 3 if r.random() < 0.5 else 1), np.uint8)


def paste(canvas: np.ndarray, image: np.ndarray, points: np.ndarray, r: np.random.Generator, region: np.ndarray,
          alone: bool) -> np.ndarray:
    """Puts the stored face where `region` (detector pixels) asks for it; outside it the canvas stays or, if `alone`, the picture goes on."""
    own = P.region(points)
    c, s = np.cos(region[3] - own[3]), np.sin(region[3] - own[3])
    k = region[2] / own[2]
    linear = np.array([[c, -s], [s, c]]) * k * np.exp(r.normal(0, 0.05, (2, 1)))
    m = np.column_stack([linear, region[:2] - linear @ own[:2]])
    if k < 0.7:
        image = cv2.GaussianBlur(image, (0, 0), 0.4 / k)
    size = (DETECTOR_PX, DETECTOR_PX)
    kind = r.random()
    if alone and kind < 0.4:
        return cv2.warpAffine(image, m, size, borderMode=cv2.BORDER_REPLICATE)
    face = cv2.warpAffine(image, m, size, borderMode=cv2.BORDER_REPLICATE)
    if kind < 0.7:
        mask = np.full(image.shape[:2], 255, np.uint8)
    else:  # the head alone, or the head and what is below
        mask = np.zeros(image.shape[:2], np.uint8)
        half = own[2] / 2 * r.uniform(0.8, 1.1, 2)
        cv2.ellipse(mask, tuple(int(v) for v in own[:2] - [0, 0.06 * own[2]]), tuple(int(v) for v in half), 0, 0, 360, 255, -1)
        if r.random() < 0.6:
            cv2.rectangle(mask, (int(own[0] - own[2] * r.uniform(0.4, 0.9)), int(own[1] + own[2] * 0.38)), (mask.shape[1], mask.shape[0]), 255, -1)
    return np.where(cv2.warpAffine(mask, m, size)[..., None] > 127, face, canvas)


def scene(faces: Faces, r: np.random.Generator) -> tuple[np.ndarray, list[np.ndarray]]:
    """A picture [128, 128, 3] and the regions of its faces (detector pixels)."""
    canvas, regions = background(faces, r), []
    wanted = int(r.choice(4, p=(0.2, 0.55, 0.15, 0.1)))
    for _ in range(wanted):
        image, points, _ = faces.draw(r)
        if r.random() < 0.5:
            image = np.ascontiguousarray(image[:, ::-1])
            points = np.column_stack([image.shape[1] - 1 - points[:, 0], points[:, 1]])[P.MIRROR]
        if r.random() < 0.3:
            image = augment.cover(image, r)
        side = float(np.exp(r.uniform(np.log(TINY_SIDE_PX if wanted > 1 else MIN_SIDE_PX), np.log(MAX_SIDE_PX))))
        free = max(0.0, DETECTOR_PX / 2 - 0.35 * side)
        roll = np.radians(r.uniform(-45, 45) if r.random() < 0.2 else r.normal(0, 9))
        region = np.array([*(DETECTOR_PX / 2 + r.uniform(-free, free, 2)), side, roll])
        if any(np.hypot(*(region[:2] - o[:2])) < 0.75 * (side + o[2]) for o in regions):
            continue
        canvas = paste(canvas, augment.random_colour(image, r), points, r, region, not regions)
        regions.append(region)
    if r.random() < 0.2:  # bars of a letterboxed or padded frame
        bar = int(r.integers(4, 36))
        (canvas := canvas.copy())[:bar] = 0
        canvas[-bar:] = 0
    visible = [g for g in regions if canvas[int(np.clip(g[1], 0, 127)), int(np.clip(g[0], 0, 127))].any() or g[2] > 60]
    smallest = min((g[2] for g in visible), default=100.0)
    return augment.random_damage(canvas, r, float(np.clip(14 / smallest, 0.3, 0.8))), visible


def targets(regions: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Score map [16, 16] (1 at the answering cell, a Gaussian around it), values [5, 16, 16], their weight [16, 16]."""
    score, values, weight = np.zeros((CELLS, CELLS)), np.zeros((5, CELLS, CELLS)), np.zeros((CELLS, CELLS))
    yy, xx = np.mgrid[0:CELLS, 0:CELLS]
    for cx, cy, side, roll in regions:
        u, v = (cx + 0.5) / DETECTOR_STRIDE - 0.5, (cy + 0.5) / DETECTOR_STRIDE - 0.5
        iu, iv = int(np.clip(round(u), 0, CELLS - 1)), int(np.clip(round(v), 0, CELLS - 1))
        spread = max(0.5, side / DETECTOR_STRIDE / 9)
        score = np.maximum(score, 0.95 * np.exp(-((xx - u) ** 2 + (yy - v) ** 2) / (2 * spread ** 2)))
        if side < MIN_SIDE_PX:
            score[max(0, iv - 1):iv + 2, max(0, iu - 1):iu + 2] = IGNORED
            continue
        score[iv, iu] = 1
        near = (abs(xx - iu) <= 1) & (abs(yy - iv) <= 1)
        new = [u - xx, v - yy, np.full_like(score, np.log2(side / DETECTOR_SIDE_PX)), np.full_like(score, np.cos(roll)),
               np.full_like(score, np.sin(roll))]
        values = np.where(near, np.stack(new), values)
        weight = np.where(near, 0.3, weight)
        weight[iv, iu] = 1
    return score, values, weight


def loss_of(out: Tensor, score: Tensor, values: Tensor, weight: Tensor) -> Tensor:
    """Focal loss of the score map and L1 of the values near the centres."""
    p = torch.sigmoid(out[:, 0]).clamp(1e-4, 1 - 1e-4)
    hit = (score == 1).float()
    focal = -hit * (1 - p) ** 2 * p.log() - (1 - hit) * (1 - score) ** 4 * p ** 2 * (1 - p).log()
    scale = torch.tensor([0.5, 0.5, 2.0, 1.0, 1.0])[None, :, None, None]
    error = (F.smooth_l1_loss(out[:, 1:], values, reduction="none", beta=0.1) * scale).sum(1)
    return focal.sum() / hit.sum().clamp_min(1) + (error * weight).sum() / weight.sum().clamp_min(1)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--batch", type=int, default=24)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=2)
    args = parser.parse_args(argv)
    faces = Faces(args.samples)

    def loss_at(net: nn.Module, r: np.random.Generator, share: float) -> Tensor:
        scenes = [scene(faces, r) for _ in range(args.batch)]
        score, values, weight = (torch.from_numpy(np.stack(v)).float() for v in zip(*(targets(g) for _, g in scenes)))
        return loss_of(net(to_tensor([i for i, _ in scenes])), score, values, weight)

    fit(DetectorNet(), loss_at, args.out, args.minutes, args.rate, args.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
