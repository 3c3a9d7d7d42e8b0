"""Sizes of the networks and the training schedule, by name."""
from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from .motion import EXPLICIT

EXPLICIT_CODES = len(EXPLICIT)


@dataclass(frozen=True)
class ModelConfig:
    """`channels` of the feature maps at 1/2, 1/4, 1/8 and 1/16; z = explicit + residual codes.

    `window` is the part of the patch that the networks make, around mouth and chin: left, top, side (a multiple of 16).
    `voice` are the channels of the audio encoder's four layers and the width of its last hidden one.
    """

    name: str
    patch_px: int
    window: tuple[int, int, int]
    channels: tuple[int, int, int, int]
    residual_codes: int = 8
    explicit_codes: int = EXPLICIT_CODES
    voice: tuple[int, int, int, int, int] = (32, 48, 64, 96, 256)

    @property
    def codes(self) -> int:
        return self.explicit_codes + self.residual_codes

    def as_dict(self) -> dict:
        return asdict(self)


MODELS = {
    "tiny": ModelConfig("tiny", 64, (8, 10, 48), (8, 12, 16, 24), voice=(20, 32, 48, 64, 160)),
    "small": ModelConfig("small", 96, (8, 12, 80), (20, 28, 48, 64)),
    "standard": ModelConfig("standard", 128, (16, 20, 96), (24, 40, 64, 96)),
    "large": ModelConfig("large", 192, (24, 30, 144), (40, 64, 96, 128)),
}


@dataclass(frozen=True)
class TrainConfig:
    """One schedule. Steps count face batches; every `audio_every`-th step also trains the audio encoder once.

    `residual_share` of the samples are given the residual codes of their picture; the others must show it by the explicit ones alone.
    `half` computes the networks' inner layers in bfloat16: a fifth faster on processors and GPUs that have it.
    """

    model: str = "standard"
    batch: int = 16
    audio_clips: int = 8
    audio_every: int = 3
    learning_rate: float = 1.2e-3
    voice_learning_rate: float = 1e-3
    warmup_steps: int = 200
    decay_from_step: int = 12000
    total_steps: int = 40000
    gan_from_step: int = 1_000_000
    half: bool = False
    faces: bool = True
    drawn_share: float = 0.3
    reader_weight: float = 0.08
    texture_weight: float = 0.3
    residual_share: float = 0.5
    seed: int = 7

    def with_(self, **changes) -> "TrainConfig":
        return replace(self, **{k: v for k, v in changes.items() if v is not None})
