"""Two small residual nets. Inputs are [N, 3, S, S] float32 RGB in -1..1 (pixel / 127.5 - 1)."""
from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from . import points as P

DETECTOR_PX = 128
DETECTOR_STRIDE = 8
DETECTOR_SIDE_PX = 32.0
"""Side of the region, in detector pixels, that the size output 0 stands for."""


def conv(cin: int, cout: int, kernel: int = 3, stride: int = 1, act: bool = True) -> nn.Sequential:
    layers = [nn.Conv2d(cin, cout, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(cout)]
    return nn.Sequential(*layers, nn.ReLU(inplace=True)) if act else nn.Sequential(*layers)


class Residual(nn.Module):
    """Two 3x3 convolutions beside their input. Plain ones: on a CPU they train as fast as depthwise ones of a quarter of the work."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.body = nn.Sequential(conv(channels, channels), conv(channels, channels, act=False))

    def forward(self, x: Tensor) -> Tensor:
        return F.relu(x + self.body(x))


class LandmarkNet(nn.Module):
    """[N, 3, 64, 64] -> points [N, 110, 2] in -0.5..0.5 of the crop (0 is its centre) and a presence logit [N, 1].

    Each of the 8 x 8 places says where it thinks every point is (its own place plus an offset) and how far it is to be
    believed; a point is the mean of what is said.
    """

    def __init__(self) -> None:
        super().__init__()
        self.s8 = nn.Sequential(conv(3, 16, 3, 2), conv(16, 32, 3, 2), conv(32, 64, 3, 2), Residual(64))
        self.s16 = nn.Sequential(conv(64, 88, 3, 2), Residual(88), Residual(88))
        self.up, self.mix = conv(88, 64, 1, act=False), Residual(64)
        self.maps = nn.Conv2d(64, 3 * P.COUNT, 1)
        self.presence = nn.Sequential(conv(88, 32, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 1))
        self.half = False
        """Inner layers in bfloat16, for training on a CPU that has it; places need all digits of float32."""

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
            s8 = self.s8(x)
            s16 = self.s16(s8)
            mixed = self.mix(F.relu(s8 + F.interpolate(self.up(s16), scale_factor=2.0, mode="nearest")))
        maps = self.maps(mixed.float())
        trust, dx, dy = torch.split(maps.flatten(2), P.COUNT, 1)
        trust = torch.softmax(trust, 2)
        offset = torch.stack([(trust * dx).sum(2), (trust * dy).sum(2)], 2)
        return trust @ _grid(maps.shape[2], maps.shape[3]) + offset, self.presence(s16.float())


class Averaged(nn.Module):
    """The mean of what a landmark net says of a crop, of its middle enlarged, and of the mirror images of both: the same inputs and
    outputs, steadier and nearer, for four times the work."""

    MARGIN_PX = 3
    """What the second look leaves out on every side."""

    def __init__(self, net: LandmarkNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, x: Tensor) -> tuple[Tensor, Tensor]:
        cut, size = self.MARGIN_PX, P.CROP_PX
        near = F.interpolate(x[:, :, cut:size - cut, cut:size - cut], size=(size, size), mode="bilinear", align_corners=False)
        points, presence = self.net(torch.cat([x, x.flip(3), near, near.flip(3)]))
        points = points.reshape(2, 2, -1, P.COUNT, 2)
        points = (points[:, 0] + points[:, 1][:, :, torch.from_numpy(P.MIRROR)] * torch.tensor([-1.0, 1.0])) / 2
        return (points[0] + points[1] * (1 - 2 * cut / size)) / 2, presence.reshape(4, -1, 1).mean(0)


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
        self.s8 = nn.Sequential(conv(3, 12, 3, 2), conv(12, 24, 3, 2), conv(24, 48, 3, 2), Residual(48))
        self.s16 = nn.Sequential(conv(48, 64, 3, 2), Residual(64))
        self.s32 = nn.Sequential(conv(64, 64, 3, 2), Residual(64))
        self.up16, self.up8 = conv(64, 64, 1, act=False), conv(64, 48, 1, act=False)
        self.mix16, self.mix8 = conv(64, 64), conv(48, 48)
        self.head = nn.Conv2d(48, 6, 1)
        nn.init.constant_(self.head.bias, 0.0)
        self.head.bias.data[0] = -4.0

    def forward(self, x: Tensor) -> Tensor:
        s8 = self.s8(x)
        s16 = self.s16(s8)
        s32 = self.s32(s16)
        y = self.mix16(F.relu(s16 + F.interpolate(self.up16(s32), scale_factor=2.0, mode="nearest")))
        return self.head(self.mix8(F.relu(s8 + F.interpolate(self.up8(y), scale_factor=2.0, mode="nearest"))))
