"""Random pictures out of stored faces: geometry, light, colour and damage, each with its labels carried along."""
from __future__ import annotations

import cv2
import numpy as np

from . import points as P

_GRAY = np.array([[0.114, 0.587, 0.299]] * 3)
_NOISE_PX = 320
_NOISE = [np.random.default_rng(k).normal(0, sigma, (_NOISE_PX, _NOISE_PX, 3)).round().astype(np.int16)
          for k, sigma in enumerate((2, 4, 7, 11, 16))]
"""Drawn once, read at random places: normal numbers cost more than the net's own work."""


def random_colour(image: np.ndarray, r: np.random.Generator) -> np.ndarray:
    """uint8 -> uint8: channel mix, gamma, contrast, side light, gray."""
    kind = r.random()
    mix = _GRAY if kind < 0.12 else np.diag(r.uniform(0.75, 1.25, 3)) + r.normal(0, 0.06, (3, 3)) if kind < 0.75 else np.eye(3)
    gain = np.exp(r.normal(-0.06, 0.22))
    offset = 128 * (1 - gain) + r.normal(0, 20)
    image = cv2.transform(image, np.column_stack([mix * gain, np.full(3, offset)]))
    if r.random() < 0.5:
        image = cv2.LUT(image, np.clip(255 * (np.arange(256) / 255) ** np.exp(r.normal(0, 0.4)), 0, 255).astype(np.uint8))
    if r.random() < 0.3:
        h, w = image.shape[:2]
        angle = r.uniform(0, 2 * np.pi)
        ramp = (np.cos(angle) * np.linspace(-1, 1, w)[None, :] + np.sin(angle) * np.linspace(-1, 1, h)[:, None]) * r.uniform(0.15, 0.6)
        image = cv2.multiply(image, cv2.merge([(1 + ramp).astype(np.float32)] * 3), dtype=cv2.CV_8U)
    return image


def random_damage(image: np.ndarray, r: np.random.Generator, least: float = 0.25) -> np.ndarray:
    """Loss of resolution (to `least` at most), blur, movement, noise, JPEG blocks."""
    size = image.shape[0]
    if r.random() < 0.35:
        small = int(size * r.uniform(least, max(least, 0.75)))
        image = cv2.resize(cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA if r.random() < 0.7 else cv2.INTER_LINEAR), (size, size))
    elif r.random() < 0.2:
        image = cv2.GaussianBlur(image, (0, 0), r.uniform(0.4, 1.6) * size / 128)
    elif r.random() < 0.1:
        image = cv2.blur(image, (1 + 2 * int(r.integers(1, 4)), 1) if r.random() < 0.5 else (1, 1 + 2 * int(r.integers(1, 4))))
    if r.random() < 0.35:
        y, x = r.integers(0, _NOISE_PX - size, 2)
        noise = _NOISE[r.integers(len(_NOISE))][y:y + size, x:x + size]
        image = cv2.add(image, noise if r.random() < 0.6 else np.repeat(noise[..., :1], 3, 2), dtype=cv2.CV_8U)
    if r.random() < 0.3:
        image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(r.integers(12, 70))])[1], 1)
    return image


def cover(image: np.ndarray, r: np.random.Generator) -> np.ndarray:
    """A hand's, a cup's or a caption's worth of something else over a part of the picture."""
    size = image.shape[0]
    w, h = (r.uniform(0.08, 0.4, 2) * size).astype(int) + 2
    x, y = int(r.integers(0, size - w)), int(r.integers(0, size - h))
    if r.random() < 0.5:
        patch = np.full((h, w, 3), r.integers(0, 256, 3), np.uint8)
    else:  # a piece of the same picture, turned
        u, v = int(r.integers(0, size - w)), int(r.integers(0, size - h))
        patch = np.ascontiguousarray(image[v:v + h, u:u + w][::-1, ::-1])
    image = image.copy()
    if r.random() < 0.5:
        image[y:y + h, x:x + w] = patch
    else:
        mask = cv2.ellipse(np.zeros((h, w), np.uint8), (w // 2, h // 2), (w // 2, h // 2), 0, 0, 360, 1, -1)[..., None]
        image[y:y + h, x:x + w] = np.where(mask > 0, patch, image[y:y + h, x:x + w])
    return image


def texture(r: np.random.Generator, size: int) -> np.ndarray:
    """[size, size, 3] uint8 of nothing: colour clouds, stripes, shapes, letters."""
    coarse = int(r.integers(1, 14))
    image = cv2.resize(r.integers(0, 256, (coarse, coarse, 3)).astype(np.uint8), (size, size), interpolation=int(r.choice([cv2.INTER_CUBIC, cv2.INTER_NEAREST])))
    for _ in range(int(r.integers(0, 12))):
        colour = tuple(int(c) for c in r.integers(0, 256, 3))
        p, q = (tuple(int(c) for c in r.integers(0, size, 2)) for _ in range(2))
        thick = int(r.choice([-1, 1, 2, 5]))
        kind = r.integers(5)
        if kind == 0:
            cv2.ellipse(image, p, (int(r.integers(2, size // 3)), int(r.integers(2, size // 3))), float(r.uniform(0, 180)), 0, 360, colour, thick)
        elif kind == 1:
            cv2.rectangle(image, p, q, colour, thick)
        elif kind == 2:
            cv2.line(image, p, q, colour, abs(thick))
        elif kind == 3:
            cv2.fillPoly(image, [r.integers(0, size, (int(r.integers(3, 7)), 2)).astype(np.int32)], colour)
        else:
            cv2.putText(image, "".join(chr(int(c)) for c in r.integers(48, 123, 5)), p, int(r.integers(0, 4)), float(r.uniform(0.3, 2)), colour, max(1, thick))
    return image


def random_affine(points: np.ndarray, r: np.random.Generator, size: int) -> np.ndarray:
    """[2, 3] image -> crop: the landmark region, jittered in place, side, roll, aspect and shear.

    Half of the crops are as near as a followed face's, half as far off as a detection may be.
    """
    cx, cy, side, roll = P.region(points)
    wide = 1.0 if r.random() < 0.5 else 0.4
    side *= np.exp(wide * np.clip(r.normal(0, 0.13), -0.3, 0.3))
    cx, cy = np.array([cx, cy]) + wide * np.clip(r.normal(0, 0.05, 2), -0.12, 0.12) * side
    roll += np.radians(r.uniform(-40, 40) if r.random() < 0.15 else wide * r.normal(0, 9))
    c, s = np.cos(roll), np.sin(roll)
    turn = np.array([[c, s], [-s, c]])
    form = np.array([[np.exp(r.normal(0, 0.07)), r.normal(0, 0.05)], [r.normal(0, 0.03), np.exp(r.normal(0, 0.07))]])
    linear = form @ turn * (size / side)
    return np.column_stack([linear, np.full(2, (size - 1) / 2) - linear @ (cx, cy)])


def bend(crop: np.ndarray, p: np.ndarray, r: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Another face shape: a smooth warp of picture and points."""
    size, n = crop.shape[0], int(r.choice([3, 4, 6]))
    field = cv2.resize(r.normal(0, {3: 0.035, 4: 0.025, 6: 0.013}[n] * size, (n, n, 2)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
    gy, gx = np.mgrid[0:size, 0:size].astype(np.float32)
    crop = cv2.remap(crop, gx + field[..., 0], gy + field[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    q = p.astype(np.float32)
    for _ in range(3):  # out(q) = in(q + field(q)), so q = p - field(q)
        at = np.clip(q, 0, size - 1).astype(np.float32)
        q = p - np.stack([cv2.remap(np.ascontiguousarray(field[..., k]), at[:, 0], at[:, 1], cv2.INTER_LINEAR)[:, 0] for k in (0, 1)], 1)
    return crop, q


def replace_background(crop: np.ndarray, p: np.ndarray, r: np.random.Generator) -> np.ndarray:
    """Something else around the face: all that lies outside a soft oval about the points."""
    size = crop.shape[0]
    low, high = p.min(0), p.max(0)
    mid, half = (low + high) / 2 - [0, 0.12 * (high[1] - low[1])], (high - low) / 2 * r.uniform(1.05, 1.5, 2) * [1, 1.15]
    mask = cv2.ellipse(np.zeros((size, size), np.float32), tuple(int(v) for v in mid), tuple(int(v) + 1 for v in half), 0, 0, 360, 1, -1)
    mask = cv2.GaussianBlur(mask, (0, 0), r.uniform(0.5, 4) * size / 128)[..., None]
    return (crop * mask + texture(r, size) * (1 - mask)).astype(np.uint8)


def landmark_sample(image: np.ndarray, points: np.ndarray, r: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
    """image [S, S, 3] and points [110, 2] -> crop [size, size, 3] uint8 and its points in -0.5..0.5."""
    m = random_affine(points, r, size)
    shrink = np.sqrt(abs(np.linalg.det(m[:, :2])))
    if shrink < 0.7:
        image = cv2.GaussianBlur(image, (0, 0), 0.4 / shrink)
    crop = cv2.warpAffine(image, m, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE if r.random() < 0.8 else cv2.BORDER_CONSTANT)
    p = P.apply(m, points)
    if r.random() < 0.6:
        crop, p = bend(crop, p, r)
    if r.random() < 0.12:
        crop = replace_background(crop, p, r)
    if r.random() < 0.5:
        crop = np.ascontiguousarray(crop[:, ::-1])
        p = np.column_stack([size - 1 - p[:, 0], p[:, 1]])[P.MIRROR]
    if r.random() < 0.15:
        crop = cover(crop, r)
    return random_damage(random_colour(crop, r), r, 0.3), (p + 0.5) / size - 0.5


def empty_sample(image: np.ndarray, points: np.ndarray, r: np.random.Generator, size: int, far: bool = True) -> np.ndarray:
    """A crop that is no well-placed face: background, a piece of a face, on its head, texture or, if `far`, a face far too small."""
    kind = r.random()
    if 0.4 <= kind < 0.55 and not far:
        kind = 0.3
    if kind < 0.25:
        return random_damage(texture(r, size), r)
    cx, cy, side, roll = P.region(points)
    if kind < 0.4:
        side *= r.uniform(0.15, 0.4)
        cx, cy = np.array([cx, cy]) + r.uniform(-1, 1, 2) * side
    elif kind < 0.55:
        side *= r.uniform(2.6, 5)
        cx, cy = np.array([cx, cy]) + r.uniform(-0.3, 0.3, 2) * side
    elif kind < 0.7:
        roll += r.uniform(1.75, 4.5)
    else:
        angle = r.uniform(0, 2 * np.pi)
        cx, cy = np.array([cx, cy]) + np.array([np.cos(angle), np.sin(angle)]) * side * r.uniform(0.55, 0.9)
        side *= r.uniform(0.5, 1.1)
    m = P.to_frame_matrix(np.array([cx, cy, side, roll]), size)
    crop = cv2.warpAffine(image, m, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                          borderMode=cv2.BORDER_REPLICATE)
    return random_damage(random_colour(crop, r), r)
