"""The 110 points of our landmark net: a subset of the 468-point mesh, in this order. Left and right are the person's own.

Crop region: (centre x, centre y, side, roll) in frame pixels. The centre is the middle of the box around the points in
axes turned by the roll of the eyes, the side is `CROP_SCALE` times the longer side of that box.
"""
from __future__ import annotations

import numpy as np

JAW = (127, 234, 93, 132, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 361, 323, 454, 356)
RIGHT_BROW = (70, 63, 105, 66, 107, 46, 53, 52, 65, 55)
LEFT_BROW = (336, 296, 334, 293, 300, 285, 295, 282, 283, 276)
NOSE = (168, 6, 197, 195, 5, 4, 98, 97, 2, 326, 327)
RIGHT_EYE = (33, 160, 159, 158, 133, 153, 145, 144)
LEFT_EYE = (362, 385, 386, 387, 263, 373, 374, 380)
OUTER_LIPS = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 375, 321, 405, 314, 17, 84, 181, 91, 146)
INNER_LIPS = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95)
GROUPS = {"jaw": JAW, "rightBrow": RIGHT_BROW, "leftBrow": LEFT_BROW, "nose": NOSE, "rightEye": RIGHT_EYE,
          "leftEye": LEFT_EYE, "outerLips": OUTER_LIPS, "innerLips": INNER_LIPS}
MESH_INDICES = tuple(i for group in GROUPS.values() for i in group)
COUNT = len(MESH_INDICES)
CROP_SCALE = 1.35
CROP_PX = 64

_PLACE = {mesh: i for i, mesh in enumerate(MESH_INDICES)}


def place(*mesh: int) -> list[int]:
    """Places of mesh points in our order."""
    return [_PLACE[m] for m in mesh]


EYE_CORNERS = place(33, 133, 362, 263)
MOUTH = place(*OUTER_LIPS, *INNER_LIPS)


def _mirror_table() -> np.ndarray:
    pairs = {}
    for ring in (JAW,):
        pairs |= dict(zip(ring, reversed(ring)))
    pairs |= dict(zip(RIGHT_BROW[:5], reversed(LEFT_BROW[:5]))) | dict(zip(RIGHT_BROW[5:], reversed(LEFT_BROW[5:])))
    pairs |= dict(zip(RIGHT_EYE[:5], reversed(LEFT_EYE[:5]))) | dict(zip(RIGHT_EYE[5:], reversed(LEFT_EYE[5:])))
    pairs |= {98: 327, 97: 326}
    for ring in (OUTER_LIPS, INNER_LIPS):
        pairs |= {ring[k]: ring[(10 - k) % 20] for k in range(20)}
    both = pairs | {b: a for a, b in pairs.items()}
    return np.array([_PLACE[both.get(m, m)] for m in MESH_INDICES])


MIRROR = _mirror_table()
"""Place of the point that takes over when the picture is mirrored."""


def eye_distance(points: np.ndarray) -> np.ndarray:
    """points [..., 110, 2] -> [...]: distance of the eye centres (middle of the two corners each)."""
    e = points[..., EYE_CORNERS, :2]
    return np.linalg.norm((e[..., 0, :] + e[..., 1, :] - e[..., 2, :] - e[..., 3, :]) / 2, axis=-1)


def region(points: np.ndarray, scale: float = CROP_SCALE) -> np.ndarray:
    """points [110, >=2] in frame pixels -> (centre x, centre y, side, roll)."""
    e = points[EYE_CORNERS, :2]
    d = e[2] + e[3] - e[0] - e[1]
    roll = float(np.arctan2(d[1], d[0]))
    c, s = np.cos(roll), np.sin(roll)
    turned = points[:, :2] @ np.array([[c, -s], [s, c]])
    lo, hi = turned.min(0), turned.max(0)
    mid = np.array([[c, -s], [s, c]]) @ ((lo + hi) / 2)
    return np.array([mid[0], mid[1], float((hi - lo).max()) * scale, roll])


def to_frame_matrix(roi: np.ndarray, size: int = CROP_PX) -> np.ndarray:
    """[2, 3] map from crop pixels (pixel centres at integers) to frame pixels."""
    cx, cy, side, roll = (float(v) for v in roi)
    k = side / size
    c, s = np.cos(roll) * k, np.sin(roll) * k
    h = (size - 1) / 2
    return np.array([[c, -s, cx - c * h + s * h], [s, c, cy - s * h - c * h]])


def apply(matrix: np.ndarray, points: np.ndarray) -> np.ndarray:
    """[2, 3] on [..., 2]."""
    return points[..., :2] @ matrix[:, :2].T + matrix[:, 2]
