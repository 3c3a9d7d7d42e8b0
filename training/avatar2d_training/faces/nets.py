"""Two small depthwise-separable nets. Inputs are [N, 3, S, S] float32 RGB in -1..1 (pixel / 127.5 - 1)."""
from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from . import points as P

DETECTOR_PX = 128
DETECTOR_STRIDE = 8
DETECTOR_SIDE_PX = 32.0
"""Side of the region, in detector pixels, that the size output 0 stands for."""


def conv(cin: int, cout: int, kernel: int = 1, stride: int = 1, groups: int = 1, act: bool = True) -> nn.Sequential:
    layers = [nn.Conv2d(cin, cout, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(cout)]
    return nn.Sequential(*layers, nn.ReLU(inplace=True)) if act else nn.Sequential(*layers)


class Separable(nn.Module):
    """Depthwise 3x3 then pointwise; adds its input where the shapes allow."""

    def __init__(self, cin: int, cout: int, stride: int = 1, kernel: int = 3) -> None:
        super().__init__()
        self.body = nn.Sequential(conv(cin, cin, kernel, stride, cin, act=False), conv(cin, cout))
        self.skip = stride == 1 and cin == cout

    def forward(self, x: Tensor) -> Tensor:
        return x + self.body(x) if self.skip else self.body(x)


class Trunk(nn.Module):
    """[N, 3, S, S] -> maps at S/4 (40), S/8 (64), S/16 (96), S/32 (128 channels)."""

    channels = (40, 64, 96, 128)

    def __init__(self) -> None:
        super().__init__()
        a, b, c, d = self.channels
        self.s4 = nn.Sequential(conv(3, 16, 3, 2), Separable(16, a, 2), Separable(a, a))
        self.s8 = nn.Sequential(Separable(a, b, 2), Separable(b, b), Separable(b, b))
        self.s16 = nn.Sequential(Separable(b, c, 2), Separable(c, c), Separable(c, c), Separable(c, c))
        self.s32 = nn.Sequential(Separable(c, d, 2), Separable(d, d), Separable(d, d))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        s4 = self.s4(x)
        s8 = self.s8(s4)
        s16 = self.s16(s8)
        return s4, s8, s16, self.s32(s16)


class LandmarkNet(nn.Module):
    """[N, 3, 128, 128] -> points [N, 110, 2] in -0.5..0.5 of the crop (0 is its centre) and a presence logit [N, 1].

    Each point is the mean place under a quarter-size map (soft-argmax): the net learns places, not a face template. Fully
    convolutional, so training may begin with smaller crops.
    """

    def __init__(self) -> None:
        super().__init__()
        self.trunk = Trunk()
        a, b, c, d = Trunk.channels
        self.up16, self.up8, self.up4 = conv(d, c, act=False), conv(c, b, act=False), conv(b, a, act=False)
        self.mix16, self.mix8, self.mix4 = Separable(c, c), Separable(b, b), Separable(a, a, kernel=5)
        self.widen = conv(a, 64)
        self.maps = nn.Conv2d(64, P.COUNT, 1)
        self.presence = nn.Sequential(conv(d, 32), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 1))

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        s4, s8, s16, s32 = self.trunk(x)
        y = self.mix16(F.relu(s16 + F.interpolate(self.up16(s32), scale_factor=2.0, mode="nearest")))
        y = self.mix8(F.relu(s8 + F.interpolate(self.up8(y), scale_factor=2.0, mode="nearest")))
        y = self.mix4(F.relu(s4 + F.interpolate(self.up4(y), scale_factor=2.0, mode="nearest")))
        maps = self.maps(self.widen(y))
        points = torch.softmax(maps.flatten(2), 2) @ _grid(maps.shape[2], maps.shape[3])
        return points, self.presence(s32)


def _grid(height: int, width: int) -> Tensor:
    """[height * width, 2] cell centres, -0.5..0.5."""
    x, y = ((torch.arange(n) + 0.5) / n - 0.5 for n in (width, height))
    yy, xx = torch.meshgrid(y, x, indexing="ij")
    return torch.stack([xx.flatten(), yy.flatten()], 1)


class DetectorNet(nn.Module):
    """[N, 3, 128, 128] -> [N, 6, 16, 16]: score logit, dx, dy (cells, from the cell's centre), log2(side / 32 px), roll (cos, sin).

    Side and roll are those of the landmark net's region. The cell nearest to the region's centre is the one that answers.
    """

    def __init__(self) -> None:
        super().__init__()
        self.s4 = nn.Sequential(conv(3, 16, 3, 2), Separable(16, 24, 2), Separable(24, 24))
        self.s8 = nn.Sequential(Separable(24, 48, 2), Separable(48, 48), Separable(48, 48))
        self.s16 = nn.Sequential(Separable(48, 96, 2), Separable(96, 96), Separable(96, 96))
        self.s32 = nn.Sequential(Separable(96, 128, 2), Separable(128, 128), Separable(128, 128))
        self.up16, self.up8 = conv(128, 96, act=False), conv(96, 48, act=False)
        self.mix16, self.mix8 = Separable(96, 96, kernel=5), Separable(48, 48, kernel=5)
        self.head = nn.Sequential(conv(48, 64), nn.Conv2d(64, 6, 1))
        nn.init.constant_(self.head[1].bias, 0.0)
        self.head[1].bias.data[0] = -4.0

    def forward(self, x: Tensor) -> Tensor:
        s8 = self.s8(self.s4(x))
        s16 = self.s16(s8)
        s32 = self.s32(s16)
        y = self.mix16(F.relu(s16 + F.interpolate(self.up16(s32), scale_factor=2.0, mode="nearest")))
        y = self.mix8(F.relu(s8 + F.interpolate(self.up8(y), scale_factor=2.0, mode="nearest")))
        return self.head(y)
