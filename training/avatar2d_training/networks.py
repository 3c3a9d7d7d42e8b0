"""SourceEncoder, Decoder, AudioEncoder, VisualEncoder, and the composition that serving repeats in its own code.

Pictures are RGB, 0..1, [batch, 3, S, S] with S = `ModelConfig.patch_px`; z is the motion code (config.codes numbers).
"""
from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import ModelConfig

OUTPUT_CHANNELS = 11
"""flow of the closed reference (u, v), flow of the open one (u, v), three weights, RGB, mask."""
MAX_FLOW = 0.25
"""Largest flow as a part of the patch side."""


def _conv(cin: int, cout: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(cin, cout, 3, stride, 1, bias=False), nn.BatchNorm2d(cout), nn.ReLU(inplace=True))


class SourceEncoder(nn.Module):
    """[B, 9, S, S] (source, closed reference, open reference) -> features at S/2, S/4, S/8, S/16; once per source frame."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        c = config.channels
        self.levels = nn.ModuleList([
            nn.Sequential(_conv(9, c[0], 2), _conv(c[0], c[0])),
            nn.Sequential(_conv(c[0], c[1], 2), _conv(c[1], c[1])),
            nn.Sequential(_conv(c[1], c[2], 2), _conv(c[2], c[2])),
            nn.Sequential(_conv(c[2], c[3], 2), _conv(c[3], c[3])),
        ])

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        x = pictures * 2 - 1
        maps = []
        for level in self.levels:
            x = level(x)
            maps.append(x)
        return tuple(maps)


class _Modulated(nn.Module):
    """Convolution, then per-channel gain and bias from z, then ReLU."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, 1, 1, bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
        return F.relu(self.norm(self.conv(x)) * (1 + gain) + bias)


def feather(size: int) -> Tensor:
    """The fixed soft mask [1, 1, size, size]: 1 inside, 0 on the top, left and right borders, open at the bottom edge.

    The mask runs down to the patch's bottom edge, for the jaw moves there (design note, point 1); its last 6 %
    fades so that the patch still meets the frame without a step.
    """
    return _frame(size, (0.02, 0.14), (0.06, 0.22), (0.0, 0.06))


def core(size: int) -> Tensor:
    """[1, 1, size, size]: 1 over mouth and jaw, where none of the source may shine through (its mouth would be a ghost)."""
    return _frame(size, (0.12, 0.26), (0.2, 0.32), (0.06, 0.2))


def _frame(size: int, across: tuple[float, float], above: tuple[float, float], below: tuple[float, float]) -> Tensor:
    """Smooth steps from 0 to 1 inwards from the sides, the top and the bottom, in parts of the side."""
    t = (torch.arange(size) + 0.5) / size

    def ramp(x: Tensor, edges: tuple[float, float]) -> Tensor:
        s = ((x - edges[0]) / (edges[1] - edges[0])).clamp(0, 1)
        return s * s * (3 - 2 * s)
    return ((ramp(t, above) * ramp(1 - t, below))[:, None] * (ramp(t, across) * ramp(1 - t, across))[None, :])[None, None]


def inner_window(x: Tensor, size: int) -> Tensor:
    """The window of `size` around mouth and chin of [..., S, S]: middle across, at the bottom edge."""
    spare = x.shape[-1] - size
    if spare == 0:
        return x
    u = spare // 2
    return x[..., spare:, u:u + size]


FIELD_CELLS = 16
"""Side of the grid on which z alone draws flow and weights; faces are aligned, so the mouth's place is known."""


class Decoder(nn.Module):
    """(feature maps, z [B, codes]) -> [B, 11, S, S]: see `OUTPUT_CHANNELS`; flow in pixels of S, the rest 0..1."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        c1, c2, c3, c4 = self.widths = config.channels
        self.size = config.patch_px
        self.z = nn.Sequential(nn.Linear(config.codes, 96), nn.ReLU(inplace=True), nn.Linear(96, 96), nn.ReLU(inplace=True))
        self.film = nn.ModuleList([nn.Linear(96, 2 * n) for n in (c4, c4, c3, c3, c2, c2, c1)])
        self.cells = config.patch_px // 16
        self.place = nn.Linear(96, c4 * self.cells ** 2)
        self.field = nn.Linear(96, 7 * FIELD_CELLS ** 2)
        self.a4, self.b4 = _Modulated(c4), _Modulated(c4)
        self.up3, self.a3, self.b3 = nn.Conv2d(c4, c3, 1), _Modulated(c3), _Modulated(c3)
        self.up2, self.a2, self.b2 = nn.Conv2d(c3, c2, 1), _Modulated(c2), _Modulated(c2)
        self.up1, self.a1 = nn.Conv2d(c2, c1, 1), _Modulated(c1)
        self.coarse = nn.Conv2d(c1, 7, 3, 1, 1)
        self.fine = nn.Conv2d(c1, 16, 3, 1, 1)
        for layer in self.film:
            nn.init.normal_(layer.weight, std=0.05)
            nn.init.zeros_(layer.bias)
        nn.init.normal_(self.place.weight, std=0.05)
        nn.init.normal_(self.field.weight, std=1e-3)
        nn.init.zeros_(self.field.bias)
        nn.init.normal_(self.coarse.weight, std=1e-3)
        nn.init.zeros_(self.coarse.bias)
        with torch.no_grad():
            self.fine.bias.zero_()
            self.fine.bias[12:] = 2.0  # the mask starts open
        self.register_buffer("feather", feather(self.size))
        self.register_buffer("core", core(self.size), persistent=False)

    def _modulation(self, index: int, z: Tensor) -> tuple[Tensor, Tensor]:
        both = self.film[index](z).unsqueeze(2).unsqueeze(3)
        half = self.film[index].out_features // 2  # slices, not chunk: chunk exports shape arithmetic
        return both[:, :half], both[:, half:]

    @staticmethod
    def _twice(x: Tensor) -> Tensor:
        return F.interpolate(x, scale_factor=2.0, mode="nearest")

    def forward(self, f2: Tensor, f4: Tensor, f8: Tensor, f16: Tensor, z: Tensor) -> Tensor:
        e = self.z(z)
        size = f2.shape[-1] * 2
        place = self.place(e).view(-1, self.widths[3], self.cells, self.cells)
        x = f16 + inner_window(place, f16.shape[-1])
        x = x + self.b4(self.a4(x, *self._modulation(0, e)), *self._modulation(1, e))
        x = self._twice(self.up3(x)) + f8
        x = x + self.b3(self.a3(x, *self._modulation(2, e)), *self._modulation(3, e))
        x = self._twice(self.up2(x)) + f4
        x = x + self.b2(self.a2(x, *self._modulation(4, e)), *self._modulation(5, e))
        x = self._twice(self.up1(x)) + f2
        x = x + self.a1(x, *self._modulation(6, e))
        field = self.field(e).view(-1, 7, FIELD_CELLS, FIELD_CELLS)
        field = F.interpolate(field, scale_factor=self.size / FIELD_CELLS, mode="bilinear", align_corners=False)
        coarse = F.interpolate(self.coarse(x), scale_factor=2.0, mode="bilinear", align_corners=False) + inner_window(field, size)
        fine = F.pixel_shuffle(self.fine(x), 2)
        flow = torch.tanh(coarse[:, 0:4]) * (MAX_FLOW * self.size)
        weights = torch.softmax(coarse[:, 4:7], 1)
        colour = torch.sigmoid(fine[:, 0:3])
        sure = inner_window(self.core, size)
        mask = (sure + (1 - sure) * torch.sigmoid(fine[:, 3:4])) * inner_window(self.feather, size)
        return torch.cat([flow, weights, colour, mask], 1)


def warp(picture: Tensor, flow: Tensor) -> Tensor:
    """out(u, v) = picture(u + flow_u, v + flow_v), bilinear, edges repeated. flow [B, 2, S, S] in pixels."""
    size = picture.shape[-1]
    t = torch.arange(size, device=picture.device, dtype=picture.dtype)
    u = (t[None, None, :] + flow[:, 0] + 0.5) * (2.0 / size) - 1
    v = (t[None, :, None] + flow[:, 1] + 0.5) * (2.0 / size) - 1
    return F.grid_sample(picture, torch.stack([u, v], -1), mode="bilinear", padding_mode="border", align_corners=False)


def compose(out: Tensor, source: Tensor, closed: Tensor, opened: Tensor) -> tuple[Tensor, Tensor]:
    """Decoder output and the three pictures -> (patch, the two warped references mixed without RGB), each [B, 3, S, S].

    inner = w0 warp(closed, flow0) + w1 warp(open, flow1) + w2 rgb; patch = mask inner + (1 - mask) source.
    """
    wc, wo = warp(closed, out[:, 0:2]), warp(opened, out[:, 2:4])
    w = out[:, 4:7]
    inner = w[:, 0:1] * wc + w[:, 1:2] * wo + w[:, 2:3] * out[:, 7:10]
    mask = out[:, 10:11]
    mixed = (w[:, 0:1] * wc + w[:, 1:2] * wo) / (w[:, 0:1] + w[:, 1:2] + 1e-3)
    return mask * inner + (1 - mask) * source, mixed


class AudioEncoder(nn.Module):
    """Log-mel window [B, 1, 80, 16], -4..4 -> z [B, codes] (explicit codes first)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.explicit = config.explicit_codes
        def layer(cin: int, cout: int, stride: tuple[int, int]) -> list[nn.Module]:
            return [nn.Conv2d(cin, cout, 3, stride, 1, bias=False), nn.BatchNorm2d(cout), nn.ReLU(inplace=True)]
        self.front = nn.Sequential(*layer(1, 20, (2, 2)), *layer(20, 32, (2, 1)), *layer(32, 48, (2, 1)), *layer(48, 64, (2, 2)))
        self.back = nn.Sequential(nn.Dropout(0.15), nn.Linear(64 * 5 * 4, 160), nn.ReLU(inplace=True), nn.Dropout(0.15),
                                  nn.Linear(160, config.codes))

    def forward(self, mel: Tensor) -> Tensor:
        z = self.back(self.front(mel).flatten(1))
        return torch.cat([z[:, :self.explicit], torch.tanh(z[:, self.explicit:])], 1)


VISUAL_PX = 48
"""Side of the grey mouth crop."""
MOUTH_BOX = (0.16, 0.16, 0.84, 0.84)
"""The mouth crop in parts of the patch: left, top, right, bottom."""


def mouth_crop(patch: Tensor) -> Tensor:
    """[B, 3, S, S] -> [B, 1, 48, 48]: BT.601 luma of the mouth box, mean 0, deviation 1 per picture, clipped to -3..3."""
    s = patch.shape[-1]
    x0, y0, x1, y1 = (int(round(v * s)) for v in MOUTH_BOX)
    grey = patch[:, 0:1] * 0.299 + patch[:, 1:2] * 0.587 + patch[:, 2:3] * 0.114
    grey = F.interpolate(grey[:, :, y0:y1, x0:x1], size=(VISUAL_PX, VISUAL_PX), mode="bilinear", align_corners=False)
    mean = grey.mean((1, 2, 3), keepdim=True)
    return ((grey - mean) / (grey.std((1, 2, 3), keepdim=True) + 0.02)).clamp(-3, 3)


class VisualEncoder(nn.Module):
    """Grey mouth crop [B, 1, 48, 48] -> residual codes [B, residual], -1..1: what the explicit codes miss (teeth, tongue)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.net = nn.Sequential(_conv(1, 16, 2), _conv(16, 24, 2), _conv(24, 32, 2), _conv(32, 32, 2), nn.Flatten(),
                                 nn.Linear(32 * 9, 48), nn.ReLU(inplace=True), nn.Linear(48, config.residual_codes))

    def forward(self, crop: Tensor) -> Tensor:
        return torch.tanh(self.net(crop))


class MouthCritic(nn.Module):
    """Judges mouth crops of the patch [B, 3, S', S'] patch by patch; used late and with a light hand."""

    def __init__(self) -> None:
        super().__init__()
        sn = nn.utils.spectral_norm
        self.layers = nn.ModuleList([sn(nn.Conv2d(3, 24, 4, 2, 1)), sn(nn.Conv2d(24, 48, 4, 2, 1)),
                                     sn(nn.Conv2d(48, 64, 4, 2, 1)), sn(nn.Conv2d(64, 1, 3, 1, 1))])

    def forward(self, x: Tensor) -> list[Tensor]:
        """Returns the feature maps of the hidden layers and, last, the verdicts."""
        maps = []
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i < 3:
                x = F.leaky_relu(x, 0.2)
            maps.append(x)
        return maps
