"""Running a trained model over prepared clips."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from . import telephone
from .alignment import PATCH_PX
from .config import MODELS
from .dataset import Clip
from .mel import mel_frames, mel_window
from .motion import GEOMETRY
from .networks import MouthReader, mouth_crop
from .train_robust import Model

GAP = GEOMETRY.index("gap")


def load_model(path: Path) -> Model:
    """The averaged weights of a checkpoint or of an exported .pth, ready to infer."""
    state = torch.load(path, map_location="cpu")
    model = Model(MODELS[state["config"]["model"]])
    model.load_state_dict({k: v.float() if v.dtype == torch.float16 else v for k, v in state["average"].items()})
    return model.eval()


def load_reader(path: Path) -> MouthReader | None:
    """The mouth reader beside the weights; None in files that have none."""
    state = torch.load(path, map_location="cpu")
    if "reader" not in state:
        return None
    reader = MouthReader(MODELS[state["config"]["model"]])
    reader.load_state_dict({k: v.float() if v.dtype == torch.float16 else v for k, v in state["reader"].items()})
    return reader.eval()


def tensor(pictures: np.ndarray) -> torch.Tensor:
    """[N, S, S, 3] uint8 BGR -> [N, 3, S, S] RGB 0..1."""
    return torch.from_numpy(np.ascontiguousarray(pictures[..., ::-1].transpose(0, 3, 1, 2))).float() / 255


def fit_size(x: torch.Tensor, size: int) -> torch.Tensor:
    if x.shape[-1] == size:
        return x
    mode = "area" if size < x.shape[-1] else "bilinear"
    return torch.nn.functional.interpolate(x, size=(size, size), mode=mode)


@torch.no_grad()
def codes_of(model: Model, driver: Clip, kind: str, frames: int) -> torch.Tensor:
    """z [frames, codes] of a driving clip. kind: explicit, visual (explicit + residual), audio:<variant>, constant, silence."""
    n = model.config.residual_codes
    if kind.startswith("audio:"):
        mel = mel_frames(telephone.variant(driver.pcm, kind[6:]))
        return model.audio(torch.from_numpy(mel_window(mel, np.arange(frames))).unsqueeze(1))
    if kind == "silence":
        return model.audio(torch.full((frames, 1, 80, 16), -4.0))
    code = torch.from_numpy(driver.code[:frames])
    if kind == "constant":
        return torch.zeros(frames, model.config.codes)
    if kind == "explicit":
        return torch.cat([code, torch.zeros(len(code), n)], 1)
    if kind == "visual":
        return torch.cat([code, model.visual(mouth_crop(tensor(driver.patches[:frames])))], 1)
    raise ValueError(f"unknown driver {kind}")


def references(clip: Clip) -> tuple[int, int]:
    """Frames of the closed and the open reference: 3rd and 95th percentile of the opening."""
    order = clip.geometry[:, GAP].argsort()
    return int(order[int(0.03 * len(order))]), int(order[int(0.95 * (len(order) - 1))])


@torch.no_grad()
def render(model: Model, clip: Clip, z: torch.Tensor, first: int = 0) -> np.ndarray:
    """Patches [n, 128, 128, 3] uint8 BGR of the clip's frames first.. with the mouth of z [n, codes]."""
    size = model.config.patch_px
    closed, opened = references(clip)
    refs = fit_size(tensor(np.stack([clip.patches[closed], clip.patches[opened]])), size)
    out = []
    for k in range(0, len(z), 15):
        zk = z[k:k + 15]
        source = fit_size(tensor(clip.patches[first + k:first + k + len(zk)]), size)
        c, o = (refs[i:i + 1].expand(len(zk), -1, -1, -1) for i in (0, 1))
        patch = model.render(source, c, o, zk)
        out.append(fit_size(patch, PATCH_PX))
    x = torch.cat(out).clamp(0, 1).mul(255).round().byte().permute(0, 2, 3, 1).numpy()
    return np.ascontiguousarray(x[..., ::-1])
