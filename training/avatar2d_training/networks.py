"""SourceEncoder, Decoder, AudioEncoder, VisualEncoder, and the composition that serving repeats in its own code.

Pictures are RGB, 0..1, [batch, 3, S, S] with S = `ModelConfig.patch_px`; z is the motion code (config.codes numbers).
The networks work in a window of W x W pixels around mouth and chin (`ModelConfig.window`); the rest of the patch stays the
source's. The source's own mouth is never read: it is covered before the first layer, so it cannot leak into the answer.
"""
from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .config import ModelConfig

FIELD_CHANNELS = 7
"""Made at half the window's resolution: flow of the closed reference (u, v), of the open one (u, v), three weights."""
PAINT_CHANNELS = 16
"""Red, green, blue, mask of each half-resolution cell's 2 x 2 pixels: channel 4 c + 2 y + x (`pixel_shuffle`)."""
MAX_FLOW = 0.25
"""Largest flow as a part of the patch side."""


def _conv(cin: int, cout: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(nn.Conv2d(cin, cout, 3, stride, 1, bias=False), nn.BatchNorm2d(cout), nn.ReLU(inplace=True))


def inside(x: Tensor, config: ModelConfig) -> Tensor:
    """The window of [..., S, S]: [..., W, W]."""
    left, top, side = config.window
    return x[..., top:top + side, left:left + side]


def patch_of(window: Tensor, around: Tensor, config: ModelConfig) -> Tensor:
    """window [B, C, W, W] laid into a copy of the patch around [B, C, S, S]."""
    left, top, side = config.window
    whole = around.clone()
    whole[..., top:top + side, left:left + side] = window
    return whole


class SourceEncoder(nn.Module):
    """[B, 9, S, S] (source, closed reference, open reference) -> features at W/2, W/4, W/8, W/16; once per source frame."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.config = config
        c = config.channels
        self.levels = nn.ModuleList([
            nn.Sequential(_conv(9, c[0], 2), _conv(c[0], c[0])),
            nn.Sequential(_conv(c[0], c[1], 2), _conv(c[1], c[1])),
            nn.Sequential(_conv(c[1], c[2], 2), _conv(c[2], c[2])),
            nn.Sequential(_conv(c[2], c[3], 2), _conv(c[3], c[3])),
        ])
        side = config.window[2]
        shown = torch.ones(1, 9, side, side)
        shown[:, :3] = 1 - core(side)
        self.register_buffer("shown", shown, persistent=False)

    def forward(self, pictures: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        x = (inside(pictures, self.config) * 2 - 1) * self.shown
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


def feather(side: int) -> Tensor:
    """The fixed soft mask [1, 1, side, side] of the window: 1 inside, 0 on its borders."""
    return _frame(side, (0.0, 0.12), (0.0, 0.09), (0.0, 0.09))


def core(side: int) -> Tensor:
    """[1, 1, side, side]: 1 over mouth and jaw, where none of the source may shine through (its mouth would be a ghost)."""
    return _frame(side, (0.06, 0.17), (0.04, 0.13), (0.03, 0.13))


def _frame(size: int, across: tuple[float, float], above: tuple[float, float], below: tuple[float, float]) -> Tensor:
    """Smooth steps from 0 to 1 inwards from the sides, the top and the bottom, in parts of the side."""
    t = (torch.arange(size) + 0.5) / size

    def ramp(x: Tensor, edges: tuple[float, float]) -> Tensor:
        s = ((x - edges[0]) / (edges[1] - edges[0])).clamp(0, 1)
        return s * s * (3 - 2 * s)
    return ((ramp(t, above) * ramp(1 - t, below))[:, None] * (ramp(t, across) * ramp(1 - t, across))[None, :])[None, None]


FIELD_CELL_PX = 8
"""Cells of the grid on which z alone draws flow and weights; faces are aligned, so the mouth's place is known."""


class Decoder(nn.Module):
    """(feature maps, z [B, codes]) -> (field [B, 7, W/2, W/2], paint [B, 16, W/2, W/2]): see `FIELD_CHANNELS`, `PAINT_CHANNELS`;
    flow in pixels of S, the rest 0..1. Whoever shows it doubles the field bilinearly and lays paint's cells out: `spread`."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        c1, c2, c3, c4 = self.widths = config.channels
        self.config, side = config, config.window[2]
        self.z = nn.Sequential(nn.Linear(config.codes, 96), nn.ReLU(inplace=True), nn.Linear(96, 96), nn.ReLU(inplace=True))
        self.film = nn.ModuleList([nn.Linear(96, 2 * n) for n in (c4, c4, c3, c3, c2, c2, c1)])
        self.cells, self.field_cells = side // 16, side // FIELD_CELL_PX
        self.place = nn.Linear(96, c4 * self.cells ** 2)
        self.field = nn.Linear(96, 7 * self.field_cells ** 2)
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
        self.register_buffer("core", F.pixel_unshuffle(core(side), 2), persistent=False)
        self.register_buffer("shell", F.pixel_unshuffle(feather(side), 2), persistent=False)

    def _modulation(self, index: int, z: Tensor) -> tuple[Tensor, Tensor]:
        both = self.film[index](z).unsqueeze(2).unsqueeze(3)
        gain, bias = both.split(self.film[index].out_features // 2, 1)
        return gain, bias

    @staticmethod
    def _twice(x: Tensor) -> Tensor:
        return F.interpolate(x, scale_factor=2.0, mode="nearest")

    def forward(self, f2: Tensor, f4: Tensor, f8: Tensor, f16: Tensor, z: Tensor) -> tuple[Tensor, Tensor]:
        e = self.z(z)
        x = f16 + self.place(e).view(-1, self.widths[3], self.cells, self.cells)
        x = x + self.b4(self.a4(x, *self._modulation(0, e)), *self._modulation(1, e))
        x = self._twice(self.up3(x)) + f8
        x = x + self.b3(self.a3(x, *self._modulation(2, e)), *self._modulation(3, e))
        x = self._twice(self.up2(x)) + f4
        x = x + self.b2(self.a2(x, *self._modulation(4, e)), *self._modulation(5, e))
        x = self._twice(self.up1(x)) + f2
        x = x + self.a1(x, *self._modulation(6, e))
        field = self.field(e).view(-1, FIELD_CHANNELS, self.field_cells, self.field_cells)
        weight, bias = (torch.cat([getattr(self.coarse, k), getattr(self.fine, k)]) for k in ("weight", "bias"))
        coarse, fine = F.conv2d(x, weight, bias, padding=1).split([FIELD_CHANNELS, PAINT_CHANNELS], 1)  # two small ones cost more
        if coarse.dtype != field.dtype or coarse.dtype != torch.float32:  # mixed precision ends here
            coarse, fine, field = coarse.float(), fine.float(), field.float()
        coarse = coarse + F.interpolate(field, scale_factor=FIELD_CELL_PX / 2, mode="bilinear", align_corners=False)
        flow, weights = coarse.split([4, 3], 1)
        weights = torch.exp(weights.clamp(-30, 30))  # softmax, which the runtimes do slowly over so few channels
        weights = weights / weights.sum(1, keepdim=True)
        colour, mask = torch.sigmoid(fine).split([12, 4], 1)
        mask = (self.core + (1 - self.core) * mask) * self.shell
        return torch.cat([torch.tanh(flow) * (MAX_FLOW * self.config.patch_px), weights], 1), torch.cat([colour, mask], 1)


def spread(field: Tensor, paint: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """A decoder's answer -> (flow [B, 4, W, W], weights [B, 3, W, W], colour [B, 3, W, W], mask [B, 1, W, W]). Split and not
    sliced: the gradient of a slice is as large as the whole."""
    smooth = F.interpolate(field, scale_factor=2.0, mode="bilinear", align_corners=False)
    return (*smooth.split([4, 3], 1), *F.pixel_shuffle(paint, 2).split([3, 1], 1))


def warp(picture: Tensor, flow: Tensor, origin: tuple[int, int] = (0, 0)) -> Tensor:
    """out(u, v) = picture(u + left + flow_u, v + top + flow_v), bilinear, edges repeated.

    picture [B, C, S, S]; flow [B, 2, W, W] in pixels; `origin` (left, top) is where the flow's window begins in the picture.
    """
    size, side = picture.shape[-1], flow.shape[-1]
    t = torch.arange(side, device=picture.device, dtype=picture.dtype)
    u = (t[None, None, :] + flow[:, 0] + (origin[0] + 0.5)) * (2.0 / size) - 1
    v = (t[None, :, None] + flow[:, 1] + (origin[1] + 0.5)) * (2.0 / size) - 1
    return F.grid_sample(picture, torch.stack([u, v], -1), mode="bilinear", padding_mode="border", align_corners=False)


def compose(flow: Tensor, weights: Tensor, colour: Tensor, mask: Tensor, source: Tensor, closed: Tensor, opened: Tensor,
            origin: tuple[int, int] = (0, 0)) -> tuple[Tensor, Tensor]:
    """What `spread` gives, the source in the window [B, 3, W, W], the two whole references [B, 3, S, S] and the window's place in
    them -> (patch, the two warped references mixed without RGB), each [B, 3, W, W].

    inner = w0 warp(closed, flow0) + w1 warp(open, flow1) + w2 rgb; patch = mask inner + (1 - mask) source.
    """
    of_closed, of_open = flow.split(2, 1)
    wc, wo = warp(closed, of_closed, origin), warp(opened, of_open, origin)
    w0, w1, w2 = weights.split(1, 1)
    warped = w0 * wc + w1 * wo
    patch = mask * (warped + w2 * colour) + (1 - mask) * source
    return patch, warped / (w0 + w1 + 1e-3)


class AudioEncoder(nn.Module):
    """Log-mel window [B, 1, 80, 16], -4..4 -> z [B, codes] (explicit codes first)."""

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.explicit = config.explicit_codes
        def layer(cin: int, cout: int, stride: tuple[int, int]) -> list[nn.Module]:
            return [nn.Conv2d(cin, cout, 3, stride, 1, bias=False), nn.BatchNorm2d(cout), nn.ReLU(inplace=True)]
        c1, c2, c3, c4, hidden = config.voice
        self.front = nn.Sequential(*layer(1, c1, (2, 2)), *layer(c1, c2, (2, 1)), *layer(c2, c3, (2, 1)), *layer(c3, c4, (2, 2)))
        self.back = nn.Sequential(nn.Dropout(0.15), nn.Linear(c4 * 5 * 4, hidden), nn.ReLU(inplace=True), nn.Dropout(0.15),
                                  nn.Linear(hidden, config.codes))

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


class MouthReader(nn.Module):
    """Grey mouth crop [B, 1, 48, 48] -> explicit codes [B, explicit]: reads mouths where no landmarks are at hand.

    It learns from real pictures only; made mouths must read like the real ones. It is not part of the shipped model.
    """

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        self.net = nn.Sequential(_conv(1, 16, 2), _conv(16, 32, 2), _conv(32, 48, 2), nn.Flatten(), nn.Dropout(0.1),
                                 nn.Linear(48 * 36, 96), nn.ReLU(inplace=True), nn.Linear(96, config.explicit_codes))

    def forward(self, crop: Tensor) -> Tensor:
        return self.net(crop)


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
