"""Writes training/golden/conventions.json: numbers that the serving side's mel, alignment and motion code must reproduce."""
from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from . import alignment, motion
from .mel import MEL, first_mel_frame, mel_frames

GOLDEN = Path(__file__).parents[1] / "golden" / "conventions.json"
MEL_FRAMES = (0, 1, 4, 9, 10, 11, 13)


def pcm() -> np.ndarray:
    """2000 broad-band samples, then 1000 zeros; integers only, so that any language makes the same."""
    i = np.arange(2000, dtype=np.int64)
    return np.concatenate([(i * i * 7 + i * 131) % 20011 - 10005, np.zeros(1000, np.int64)]).astype(np.int16)


def points() -> np.ndarray:
    """[468, 3] float64: made-up landmarks in frame pixels."""
    k = np.arange(468)
    return np.column_stack([60.0 + (37 * k) % 101, 40.0 + (53 * k) % 103, ((29 * k) % 97) / 10.0])


def conventions() -> dict:
    mel = mel_frames(pcm())
    p = points()
    transform = alignment.fit(p)
    local = alignment.to_patch(p, transform)
    raw = motion.geometry(local[None])[0].astype(np.float64)
    person = motion.PersonRange(np.full(len(motion.GEOMETRY), 0.1), motion.POPULATION_RANGE * 5)
    code = motion.explicit_code(raw[None], person)[0]
    ramp = np.array([[1.0 + 0.01 * n, 0.002 * (n % 3), 100.0 + n * n % 7, 50.0 - n] for n in range(12)])
    def numbers(x, digits=5):
        return [round(float(v), digits) for v in np.ravel(x)]
    return {
        "mel": {"parameters": MEL.as_dict(), "pcm": "i < 2000: (7 i i + 131 i) mod 20011 - 10005; then 1000 zeros; int16",
                "frames_total": len(mel), "tolerance": 0.002,
                "frames": {str(k): numbers(mel[k], 4) for k in MEL_FRAMES},
                "first_mel_frame_of_video_frame": {str(n): int(first_mel_frame(n)) for n in (0, 1, 2, 3, 4, 5, 10, 101)}},
        "alignment": {"points": "k = 0..467: x = 60 + 37 k mod 101, y = 40 + 53 k mod 103, z = (29 k mod 97) / 10",
                      "transform_a_b_tx_ty": numbers(transform, 6),
                      "patch_of_point": {str(k): numbers(local[k], 4) for k in (0, 61, 152, 291)},
                      "smoothing_in": "n = 0..11: (1 + n/100, 0.002 (n mod 3), 100 + (n n mod 7), 50 - n)",
                      "smoothing_out_frame_0_5_11": [numbers(r) for r in alignment.smooth(ramp)[[0, 5, 11]]]},
        "motion": {"geometry_names": list(motion.GEOMETRY), "geometry": numbers(raw),
                   "person": "zero = 0.1 everywhere, unit = 5 x population range", "population_range": numbers(motion.POPULATION_RANGE),
                   "explicit_names": list(motion.EXPLICIT), "explicit": numbers(code),
                   "stretch": 1.3, "stretched": numbers(motion.stretch(code.copy(), 1.3))},
    }


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(json.dumps(conventions(), indent=None, separators=(",", ":")).replace('},"', '},\n"') + "\n")
