"""The canonical lower-face patch: a smoothed similarity transform from eye corners and nose bridge.

Patch coordinates: 128 x 128, pixel centres at integers, x right, y down. The eye centres (mid of the two corners)
lie 67 px apart at y = -18, so the patch begins below the eyes and ends below the chin; the mouth lies near (64, 59).
At another size S: u_S = (u + 0.5) * S / 128 - 0.5.
"""
from __future__ import annotations

import cv2
import numpy as np

PATCH_PX = 128
EYE_DISTANCE_PX = 67.0
FACE_PX = 256
"""Side of the face window, which holds the patch at `FACE_ORIGIN`; measuring nets need the eyes too."""
FACE_ORIGIN = (64, 96)
STABLE_POINTS = (33, 133, 362, 263, 168, 6)
"""Mesh indices: the person's right eye outer/inner corner, left eye inner/outer corner, nose bridge top, nose bridge middle."""
TEMPLATE = np.array([[15.8, -18.8], [45.2, -17.2], [82.8, -17.2], [112.2, -18.8], [64.0, -23.7], [64.0, -15.3]])
"""Where the stable points lie in patch pixels (mean of 25 clips, made symmetric)."""
SMOOTHING_SIGMA_FRAMES = 1.5


def fit(points: np.ndarray) -> np.ndarray:
    """points [..., 468, >=2] in frame pixels. Returns (a, b, tx, ty) [..., 4]: x = a u - b v + tx, y = b u + a v + ty.

    Least squares in frame pixels over the six stable points; the transform goes from patch (u, v) to frame (x, y).
    """
    p = points[..., list(STABLE_POINTS), :2].astype(np.float64)
    mean_t, mean_p = TEMPLATE.mean(0), p.mean(-2)
    t, q = TEMPLATE - mean_t, p - mean_p[..., None, :]
    norm = (t ** 2).sum()
    a = (q[..., 0] * t[:, 0] + q[..., 1] * t[:, 1]).sum(-1) / norm
    b = (q[..., 1] * t[:, 0] - q[..., 0] * t[:, 1]).sum(-1) / norm
    tx = mean_p[..., 0] - a * mean_t[0] + b * mean_t[1]
    ty = mean_p[..., 1] - b * mean_t[0] - a * mean_t[1]
    return np.stack([a, b, tx, ty], -1)


def smooth(transforms: np.ndarray, sigma: float = SMOOTHING_SIGMA_FRAMES) -> np.ndarray:
    """[N, 4] -> [N, 4]: Gaussian over time, radius ceil(3 sigma), ends by repeating the edge frame.

    Linear in the parameters, so every patch pixel's path through the frame is what is smoothed.
    """
    r = int(np.ceil(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-r, r + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    padded = np.pad(transforms, ((r, r), (0, 0)), mode="edge")
    return np.stack([np.convolve(padded[:, i], kernel, "valid") for i in range(4)], 1)


def to_patch(points: np.ndarray, transform: np.ndarray) -> np.ndarray:
    """Frame points [468, 3] -> patch pixels [468, 3]; z is scaled alike."""
    a, b, tx, ty = transform
    n = a * a + b * b
    x, y = points[:, 0] - tx, points[:, 1] - ty
    return np.column_stack([(a * x + b * y) / n, (a * y - b * x) / n, points[:, 2] / np.sqrt(n)])


def cut(frame: np.ndarray, transform: np.ndarray, size: int = PATCH_PX, origin: tuple[int, int] = (0, 0),
        scale: float = 1.0) -> np.ndarray:
    """frame [H, W, 3] -> [size, size, 3]; `origin` shifts the window in patch pixels, `scale` = output px per patch px.

    Bilinear; when the frame is finer than 1.5 output pixels it is blurred first (Gaussian, sigma 0.4 x ratio).
    """
    a, b, tx, ty = transform
    k = 1.0 / scale
    shift = 0.5 * k - 0.5
    u0, v0 = shift - origin[0], shift - origin[1]
    m = np.array([[a * k, -b * k, a * u0 - b * v0 + tx], [b * k, a * k, b * u0 + a * v0 + ty]])
    ratio = float(np.hypot(a, b)) * k
    if ratio > 1.5:
        frame = cv2.GaussianBlur(frame, (0, 0), 0.4 * ratio)
    return cv2.warpAffine(frame, m, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE)
