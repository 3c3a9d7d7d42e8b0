"""Trains the landmark net for --minutes of wall clock. Resumes from last.pth in --out."""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from . import augment, points as P
from .fitting import fit, to_tensor
from .nets import LandmarkNet
from .samples import Faces
from .start import begin_from

GAPS = tuple(zip(P.place(13, 82, 312, 159, 160, 158, 386, 385, 387), P.place(14, 87, 317, 145, 144, 153, 374, 380, 373)))
EMPTY_FRACTION = 0.08


def weights(group: str) -> np.ndarray:
    """[110] loss weight per point; a drawn face's jaw and nose are not the same anatomical points, a rendered head's exact jaw
    hardly. Only drawn and rendered people teach how eyes close."""
    w = np.ones(P.COUNT, np.float32)
    w[P.place(*P.OUTER_LIPS, *P.INNER_LIPS)] = 1.6
    w[P.place(*P.RIGHT_EYE, *P.LEFT_EYE)] = 1.5
    if group in ("drawn", "heads", "taught"):
        w[P.place(*P.RIGHT_EYE[1:4], *P.RIGHT_EYE[5:], *P.LEFT_EYE[1:4], *P.LEFT_EYE[5:])] = 4.0
    w[P.place(*P.JAW)] = {"drawn": 0.1, "heads": 0.1}.get(group, 1.4)
    if group == "drawn":
        w[P.place(*P.NOSE)] = 0.3
    return w


def loss_of(points: Tensor, logit: Tensor, target: Tensor, weight: Tensor, present: Tensor) -> Tensor:
    """points, target [N, 110, 2]; weight [N, 110] is zero for empty samples; present [N]. Errors count in eye distances."""
    e = target[:, P.EYE_CORNERS]
    unit = (e[:, 0] + e[:, 1] - e[:, 2] - e[:, 3]).norm(dim=1).div(2).clamp_min(0.1)[:, None, None]
    total = weight.sum().clamp_min(1)
    error = F.smooth_l1_loss(points / unit, target / unit, reduction="none", beta=0.01).sum(2)
    top, bottom = (list(g) for g in zip(*GAPS))
    gap = ((points[:, top] - points[:, bottom]) - (target[:, top] - target[:, bottom])).div(unit).abs().sum(2)
    presence = F.binary_cross_entropy_with_logits(logit[:, 0], present)
    gaps = (gap * weight[:, top]).sum() / weight[:, top].sum().clamp_min(1)
    return (error * weight).sum() / total + 1.5 * gaps + 0.05 * presence


def batch(faces: Faces, r: np.random.Generator, n: int, size: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Crops [n, 3, size, size], targets [n, 110, 2], weights [n, 110], presence [n]."""
    images, targets, w, present = [], [], [], []
    for _ in range(n):
        image, points, group = faces.draw(r)
        if r.random() < EMPTY_FRACTION:
            crop, target, weight = augment.empty_sample(image, points, r, size), np.zeros((P.COUNT, 2)), np.zeros(P.COUNT)
        else:
            crop, target = augment.landmark_sample(image, points, r, size)
            weight = weights(group)
        images.append(crop)
        targets.append(target)
        w.append(weight)
        present.append(float(weight.any()))
    return to_tensor(images), *(torch.from_numpy(np.asarray(v, np.float32)) for v in (targets, w, present))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--batch", type=int, default=40)
    parser.add_argument("--rate", type=float, default=3e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--init", type=Path, help="last.pth or .onnx of an earlier landmark net, to begin from")
    parser.add_argument("--half", action="store_true", help="bfloat16 inner layers, nearly twice as fast on a CPU that has it")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    faces, net = Faces(args.samples), LandmarkNet()
    if args.init:
        begin_from(net, args.init, batch(faces, np.random.default_rng(args.seed), 300, P.CROP_PX)[0])
    net.half = args.half

    def loss_at(net: nn.Module, r: np.random.Generator, share: float) -> Tensor:
        x, target, weight, present = batch(faces, r, args.batch, P.CROP_PX)
        return loss_of(*net(x), target, weight, present)

    fit(net, loss_at, args.out, args.minutes, args.rate, args.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
