"""The explicit motion code: mouth and jaw coefficients in ARKit's naming, read off 468 landmarks by geometry.

No blendshape net runs in Python here, so this is the teacher; another one may take its place behind the same names.
Geometry is measured in patch pixels over the eye distance (67 px), then normalised to each person's own range:
`positive` channels put the 5th percentile at 0 and the 95th at 1, `signed` ones put the median at 0 and half of that
range at 1. A person seen for n frames has range (n own + 75 population) / (n + 75), at least half of the population's,
so that short clips do not run wild and the jitter of a silent face does not become speech.
"""
from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .alignment import EYE_DISTANCE_PX

GEOMETRY = ("jaw", "gap", "width", "half_left", "half_right", "corner_left", "corner_right", "upper", "lower",
            "roll_upper", "roll_lower", "jaw_left", "protrude")
POSITIVE = ("jaw", "gap")
EXPLICIT = ("jawOpen", "lipGap", "mouthClose", "mouthFunnel", "mouthPucker", "mouthStretchLeft", "mouthStretchRight",
            "mouthSmileLeft", "mouthSmileRight", "mouthUpperUp", "mouthLowerDown", "mouthRollUpper", "mouthRollLower",
            "mouthPress", "jawLeft", "lipProtrude")
"""Order of the explicit part of z. `lipGap` and `lipProtrude` are ours, the rest are ARKit names; left is the person's left."""
OPENING = tuple(EXPLICIT.index(k) for k in ("jawOpen", "lipGap", "mouthClose", "mouthUpperUp", "mouthLowerDown"))
"""What a face's own stretch is applied to. Rounded and spread lips stay as told: made wider than any that were learnt they smear."""
PRIOR_FRAMES = 75.0
POPULATION_RANGE = np.array([0.140, 0.114, 0.093, 0.057, 0.057, 0.079, 0.083, 0.047, 0.096, 0.026, 0.036, 0.040, 0.031])
"""95th - 5th percentile of each geometry channel, eye distances, median over the people of the training split."""


def geometry(points: np.ndarray) -> np.ndarray:
    """points [N, 468, 3] in patch pixels. Returns [N, 13] float32 in eye distances, order `GEOMETRY`."""
    p = points.astype(np.float64) / EYE_DISTANCE_PX
    x, y, z = p[..., 0], p[..., 1], p[..., 2]
    gap = (y[:, 14] - y[:, 13] + y[:, 87] - y[:, 82] + y[:, 317] - y[:, 312]) / 3
    columns = [
        y[:, 152] - y[:, 2],
        gap,
        np.hypot(x[:, 291] - x[:, 61], y[:, 291] - y[:, 61]),
        x[:, 291] - x[:, 2],
        x[:, 2] - x[:, 61],
        y[:, 2] - y[:, 291],
        y[:, 2] - y[:, 61],
        y[:, 2] - y[:, 13],
        y[:, 17] - y[:, 152],
        -(y[:, 13] - y[:, 0]),
        -(y[:, 17] - y[:, 14]),
        x[:, 152] - x[:, 2],
        (z[:, 61] + z[:, 291]) / 2 - (z[:, 0] + z[:, 17] + z[:, 13] + z[:, 14]) / 4,
    ]
    return np.stack(columns, 1).astype(np.float32)


@dataclass(frozen=True)
class PersonRange:
    """zero [13] and unit [13] per geometry channel, eye distances."""

    zero: np.ndarray
    unit: np.ndarray

    @staticmethod
    def of(samples: np.ndarray) -> "PersonRange":
        """samples [N, 13]: all geometry of one person."""
        low, mid, high = np.percentile(samples, [5, 50, 95], axis=0)
        n = len(samples)
        spread = (n * (high - low) + PRIOR_FRAMES * POPULATION_RANGE) / (n + PRIOR_FRAMES)
        spread = np.maximum(spread, 0.5 * POPULATION_RANGE)
        positive = np.array([g in POSITIVE for g in GEOMETRY])
        return PersonRange(np.where(positive, low, mid), np.where(positive, spread, spread / 2))


def explicit_code(raw: np.ndarray, person: PersonRange) -> np.ndarray:
    """raw [N, 13] geometry -> [N, 16] float32, order `EXPLICIT`, clipped to -2..2."""
    n = dict(zip(GEOMETRY, ((raw - person.zero) / person.unit).T))
    gap01 = np.clip(n["gap"], 0, 1)
    narrow = np.clip(-n["width"], 0, 1.5)
    columns = [
        n["jaw"], n["gap"], np.clip(n["jaw"] - n["gap"], 0, 1),
        narrow * gap01, narrow * (1 - gap01),
        n["half_left"], n["half_right"], n["corner_left"], n["corner_right"],
        n["upper"], n["lower"], n["roll_upper"], n["roll_lower"],
        np.clip((n["roll_upper"] + n["roll_lower"]) / 2, 0, 1.5) * (1 - gap01),
        n["jaw_left"], n["protrude"],
    ]
    return np.clip(np.stack(columns, 1), -2, 2).astype(np.float32)


def stretch(z: np.ndarray, factor: float) -> np.ndarray:
    """z [..., codes] (an array or a tensor) in place: the `OPENING` numbers times the factor, at most -2..2."""
    for k in OPENING:
        z[..., k] = (z[..., k] * factor).clip(-2, 2)
    return z
