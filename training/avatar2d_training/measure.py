"""Numbers that say how well a generated mouth follows the real one. Pure functions over arrays."""
from __future__ import annotations

import cv2
import numpy as np

LAGS = range(-5, 6)


def correlation(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson r; 0 when either side does not move."""
    if a.std() < 1e-6 or b.std() < 1e-6:
        return 0.0
    return float(np.corrcoef(a, b)[0, 1])


def lagged(generated: np.ndarray, real: np.ndarray) -> tuple[int, float]:
    """The lag in frames (positive: the generated mouth is late) of the highest correlation, and that correlation."""
    best = (0, -2.0)
    for lag in LAGS:
        g, r = (generated[lag:], real[:len(real) - lag]) if lag >= 0 else (generated[:lag], real[-lag:])
        c = correlation(g, r)
        if c > best[1]:
            best = (lag, c)
    return best


def slope(generated: np.ndarray, real: np.ndarray) -> float:
    """Regression slope of generated on real: 1 is the full range of motion."""
    v = real.var()
    return float(((generated - generated.mean()) * (real - real.mean())).mean() / v) if v > 1e-9 else 0.0


def closure(generated: np.ndarray, real: np.ndarray, shut: float = 0.1, tolerance: float = 0.25) -> tuple[float, float]:
    """(recall, false rate): share of the really shut frames (opening < `shut`, person-normalised) shown below `tolerance`,
    and share of the wide open ones (> 0.5) shown below it. NaN where there is no such frame."""
    is_shut, is_open = real < shut, real > 0.5
    recall = float((generated[is_shut] < tolerance).mean()) if is_shut.any() else float("nan")
    false = float((generated[is_open] < tolerance).mean()) if is_open.any() else float("nan")
    return recall, false


def sharpness(patches: np.ndarray) -> float:
    """Mean absolute Laplacian of the luma in the mouth box of [N, S, S, 3] uint8 BGR patches."""
    s = patches.shape[1]
    box = patches[:, int(0.3 * s):int(0.65 * s), int(0.25 * s):int(0.75 * s)]
    return float(np.mean([np.abs(cv2.Laplacian(cv2.cvtColor(p, cv2.COLOR_BGR2GRAY).astype(np.float32), cv2.CV_32F)).mean()
                          for p in box]))


def flicker(patches: np.ndarray) -> float:
    """Mean absolute difference of consecutive patches in the mouth box, grey levels."""
    s = patches.shape[1]
    box = patches[:, int(0.3 * s):int(0.65 * s), int(0.25 * s):int(0.75 * s)].astype(np.float32)
    return float(np.abs(np.diff(box, axis=0)).mean())


def seam(made: np.ndarray, natural: np.ndarray, feather: np.ndarray) -> float:
    """What the eye sees of the border: grey levels by which the made patches differ from the untouched frames on the ring where
    they are blended (feather between 0.05 and 0.95), after a blur of 5 px. [N, S, S, 3] uint8 each, feather [S, S]."""
    ring = (feather > 0.05) & (feather < 0.95)
    d = [np.abs(cv2.blur(a.astype(np.float32) - b.astype(np.float32), (5, 5))).mean(2)[ring].mean() for a, b in zip(made, natural)]
    return float(np.mean(d))


def portrait(patches: np.ndarray) -> np.ndarray:
    """[N, S, S, 3] uint8 -> [432]: the mean face in 12 x 12 colours, its mean taken out; tells people in one set of clips apart."""
    small = np.mean([cv2.resize(p, (12, 12), interpolation=cv2.INTER_AREA) for p in patches], 0)
    return (small - small.mean()).ravel()


def pause_motion(opening: np.ndarray, quiet: np.ndarray) -> float:
    """Energy of the opening's motion in pauses against that in speech, mean squared differences; NaN without five of each."""
    v, q = np.diff(opening) ** 2, quiet[1:] & quiet[:-1]
    return float(v[q].mean() / max(v[~q].mean(), 1e-9)) if q.sum() >= 5 and (~q).sum() >= 5 else float("nan")


def spread(values: list[float]) -> dict[str, float]:
    """Median, worst (lowest) and the 90 % interval over people."""
    v = np.array([x for x in values if np.isfinite(x)])
    if len(v) == 0:
        return {"median": float("nan"), "worst": float("nan"), "p05": float("nan"), "p95": float("nan")}
    return {"median": round(float(np.median(v)), 3), "worst": round(float(v.min()), 3),
            "p05": round(float(np.percentile(v, 5)), 3), "p95": round(float(np.percentile(v, 95)), 3)}
