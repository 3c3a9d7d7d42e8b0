"""What a good mouth costs nothing of."""
from __future__ import annotations

import torch
from torch import Tensor

from .config import ModelConfig


def attention(lips: Tensor, config: ModelConfig) -> Tensor:
    """lips [B, 4] (centre u, v, width, height; pixels of the patch) -> weights [B, 1, W, W] of the window: 1, up to 6 on the lips."""
    left, top, side = config.window
    size = config.patch_px
    t = torch.arange(side, device=lips.device, dtype=lips.dtype)
    du = (t[None, :] + left - lips[:, 0:1]) / (0.45 * lips[:, 2:3] + 0.06 * size)
    dv = (t[None, :] + top - lips[:, 1:2]) / (0.45 * lips[:, 3:4] + 0.06 * size)
    bump = torch.exp(-0.5 * (du[:, None, :] ** 2 + dv[:, :, None] ** 2))
    return 1 + 5 * bump[:, None]


def weighted_l1(a: Tensor, b: Tensor, weight: Tensor) -> Tensor:
    return ((a - b).abs() * weight).sum() / (weight.sum() * a.shape[1])


def gradients(a: Tensor, b: Tensor, weight: Tensor) -> Tensor:
    """L1 between the horizontal and vertical first differences."""
    d = a - b
    du = (d[..., :, 1:] - d[..., :, :-1]).abs() * weight[..., :, 1:]
    dv = (d[..., 1:, :] - d[..., :-1, :]).abs() * weight[..., 1:, :]
    return (du.sum() + dv.sum()) / (weight.sum() * a.shape[1])


def texture(a: Tensor, b: Tensor, weight: Tensor) -> Tensor:
    """L1 between local amounts of detail: mean absolute Laplacian of the luma in 8 x 8 windows. A blurred mouth costs where L1
    alone would prefer it; where exactly the detail lies costs nothing here."""
    luma = torch.tensor([0.299, 0.587, 0.114], device=a.device).view(1, 3, 1, 1)
    both = (torch.cat([a, b]) * luma).sum(1, keepdim=True)
    c = both[..., 1:-1, 1:-1]
    detail = (4 * c - both[..., :-2, 1:-1] - both[..., 2:, 1:-1] - both[..., 1:-1, :-2] - both[..., 1:-1, 2:]).abs()
    made, real = torch.nn.functional.avg_pool2d(detail, 8, 4).chunk(2)
    w = torch.nn.functional.avg_pool2d(weight[..., 1:-1, 1:-1], 8, 4)
    return ((made - real).abs() * w).sum() / w.sum()


def roughness(flow: Tensor) -> Tensor:
    """Mean absolute first difference of the flow, pixels."""
    return (flow[..., :, 1:] - flow[..., :, :-1]).abs().mean() + (flow[..., 1:, :] - flow[..., :-1, :]).abs().mean()


SHUT_WEIGHT = 6.0
"""By how much more the opening counts at the middle of an M, B or P."""


def code_loss(z: Tensor, truth: Tensor, weight: Tensor, length: int, shut: Tensor, gap: int) -> Tensor:
    """Voice regression. z, truth [C * length, 16] of C clips, shut [C * length] 0..1, `gap` the index of the opening: smooth L1, its
    velocity, 1 - correlation of each clip; and where lips must be shut, what they lack. An average mouth never shuts: a lost
    closure costs a picture or two of small error each, and is seen at once."""
    d = torch.nn.functional.smooth_l1_loss(z, truth, beta=0.25, reduction="none")
    z3, t3 = z.view(-1, length, z.shape[1]), truth.view(-1, length, z.shape[1])
    velocity = ((z3[:, 1:] - z3[:, :-1]) - (t3[:, 1:] - t3[:, :-1])).abs()
    zc, tc = z3 - z3.mean(1, keepdim=True), t3 - t3.mean(1, keepdim=True)
    r = (zc * tc).mean(1) / (zc.square().mean(1).sqrt() * tc.square().mean(1).sqrt() + 1e-3)
    loss = (d * weight).mean() + 0.25 * (velocity * weight).mean() + 0.15 * ((1 - r) * weight).mean()
    lacking = d[:, gap] + (z[:, gap] - truth[:, gap].clamp_max(0.1)).relu()
    return loss + SHUT_WEIGHT * weight[gap] / z.shape[1] * (shut * lacking).mean()
