"""Quick measures that need no landmark teacher, the same before and after training: the picture's error on held-out frames,
and the cross-driven opening of the mouth as the mouth reader sees it. `evaluate` is the full measurement."""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch

from . import losses, measure
from .alignment import PATCH_PX
from .config import EXPLICIT_CODES
from .dataset import Clip
from .motion import EXPLICIT
from .networks import MouthReader, inside, mouth_crop
from .rendering import codes_of, fit_size, references, render, tensor
from .train_robust import Model

GAP = EXPLICIT.index("lipGap")
FRAMES = 75


@dataclass(frozen=True)
class Verdict:
    """`error`: weighted L1 in the window, 0..1, source and references of other times; `mouth_r`, `mouth_slope`: opening of
    frames of one clip driven by another's voice (or code) against the driver's, median over pairs; `code_r`: the audio
    encoder's opening against the real one, median over clips."""

    error: float
    mouth_r: float
    mouth_slope: float
    code_r: float

    def as_dict(self) -> dict[str, float]:
        return {k: round(v, 5) for k, v in self.__dict__.items()}


@torch.no_grad()
def error(model: Model, clip: Clip, frames: int = 16) -> float:
    """The target's own moment is never among what the networks see."""
    size, n = model.config.patch_px, len(clip)
    at = np.linspace(0, n - 1, min(frames, n)).astype(int)
    closed, opened = references(clip)
    target, source, shut, wide = (fit_size(tensor(clip.patches[list(i)]), size) for i in
                                  (at, (at + n // 2) % n, [closed] * len(at), [opened] * len(at)))
    z = torch.cat([torch.from_numpy(clip.code[at]), model.visual(mouth_crop(target))], 1)
    patch = model.render(source, shut, wide, z)
    weight = losses.attention(torch.from_numpy(clip.lips[at]) * (size / PATCH_PX), model.config)
    return float(losses.weighted_l1(inside(patch, model.config), inside(target, model.config), weight))


@torch.no_grad()
def opening(reader: MouthReader, patches: np.ndarray) -> np.ndarray:
    """Patches [N, 128, 128, 3] uint8 BGR -> [N] lipGap as the reader sees it."""
    reader.eval()
    return reader(mouth_crop(tensor(patches)))[:, GAP].numpy()


def assess(model: Model, reader: MouthReader, clips: list[Clip], kind: str = "audio:clean", most: int = 8) -> Verdict:
    """Clips that the model has not learnt from; each is driven by the next one that has sound."""
    model.eval()
    speakers = [c for c in clips if c.teaches_audio] or clips
    kind = kind if speakers[0].teaches_audio else "explicit"
    rows, codes = [], []
    for k, clip in enumerate(clips[:most]):
        driver = speakers[(k + 1) % len(speakers)]
        n = min(FRAMES, len(clip), len(driver))
        z = codes_of(model, driver, kind, n)
        made, truth = opening(reader, render(model, clip, z)), driver.code[:n, GAP]
        own = opening(reader, np.asarray(clip.patches[:n]))  # the reader's own scale on this face
        scale = own.std() / max(1e-3, clip.code[:n, GAP].std())
        rows.append((measure.correlation(made, truth), measure.slope(made, truth) / max(scale, 0.1)))
        codes.append(measure.correlation(z[:, :EXPLICIT_CODES][:, GAP].numpy(), truth))
    r, slope = np.median(rows, axis=0)
    return Verdict(float(np.mean([error(model, c) for c in clips[:most]])), float(r), float(slope), float(np.median(codes)))
