"""Random pictures out of stored faces: geometry, light, colour and damage, each with its labels carried along."""
from __future__ import annotations

import cv2
import numpy as np

from . import points as P


def random_colour(image: np.ndarray, r: np.random.Generator) -> np.ndarray:
    """uint8 -> uint8: channel mix, gamma, contrast, side light, gray."""
    x = image.astype(np.float32)
    if r.random() < 0.12:
        x = np.repeat(x @ np.array([0.114, 0.587, 0.299], np.float32)[:, None], 3, 2)
    elif r.random() < 0.7:
        mix = np.eye(3) * r.uniform(0.75, 1.25, 3) + r.normal(0, 0.06, (3, 3))
        x = x @ mix.astype(np.float32).T
    if r.random() < 0.5:
        table = 255 * (np.arange(256) / 255) ** np.exp(r.normal(0, 0.35))
        x = table[np.clip(x, 0, 255).astype(np.uint8)].astype(np.float32)
    if r.random() < 0.35:
        h, w = x.shape[:2]
        angle = r.uniform(0, 2 * np.pi)
        ramp = (np.cos(angle) * np.linspace(-1, 1, w)[None, :] + np.sin(angle) * np.linspace(-1, 1, h)[:, None]) * r.uniform(0.1, 0.5)
        x = x * (1 + ramp[..., None].astype(np.float32))
    x = (x - 128) * r.uniform(0.65, 1.25) + 128 + r.normal(0, 18)
    return np.clip(x, 0, 255).astype(np.uint8)


def random_damage(image: np.ndarray, r: np.random.Generator, occlude: bool = True) -> np.ndarray:
    """Occlusion, loss of resolution, blur, noise, JPEG."""
    size = image.shape[0]
    if occlude and r.random() < 0.15:
        w, h = (r.uniform(0.08, 0.35, 2) * size).astype(int) + 1
        x, y = int(r.integers(0, size - w)), int(r.integers(0, size - h))
        patch = r.integers(0, 256, 3) + r.normal(0, r.uniform(0, 30), (h, w, 3))
        image = image.copy()
        image[y:y + h, x:x + w] = np.clip(patch, 0, 255)
    if r.random() < 0.25:
        small = int(size * r.uniform(0.25, 0.7))
        image = cv2.resize(cv2.resize(image, (small, small), interpolation=cv2.INTER_AREA), (size, size))
    elif r.random() < 0.2:
        image = cv2.GaussianBlur(image, (0, 0), r.uniform(0.4, 1.4))
    if r.random() < 0.3:
        image = np.clip(image + r.normal(0, r.uniform(2, 12), image.shape), 0, 255).astype(np.uint8)
    if r.random() < 0.2:
        image = cv2.imdecode(cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, int(r.integers(15, 70))])[1], 1)
    return image


def random_affine(points: np.ndarray, r: np.random.Generator, size: int) -> np.ndarray:
    """[2, 3] image -> crop: the landmark region, jittered in place, side, roll, aspect and shear."""
    cx, cy, side, roll = P.region(points)
    side *= np.exp(r.normal(0, 0.10))
    cx, cy = np.array([cx, cy]) + np.clip(r.normal(0, 0.035, 2), -0.09, 0.09) * side
    roll += np.radians(r.uniform(-35, 35) if r.random() < 0.2 else r.normal(0, 6))
    c, s = np.cos(roll), np.sin(roll)
    turn = np.array([[c, s], [-s, c]])
    form = np.array([[np.exp(r.normal(0, 0.07)), r.normal(0, 0.05)], [r.normal(0, 0.03), np.exp(r.normal(0, 0.07))]])
    linear = form @ turn * (size / side)
    return np.column_stack([linear, np.full(2, (size - 1) / 2) - linear @ (cx, cy)])


def landmark_sample(image: np.ndarray, points: np.ndarray, r: np.random.Generator, size: int) -> tuple[np.ndarray, np.ndarray]:
    """image [S, S, 3] and points [110, 2] -> crop [size, size, 3] uint8 and its points in -0.5..0.5."""
    m = random_affine(points, r, size)
    if np.sqrt(abs(np.linalg.det(m[:, :2]))) < 0.6:
        image = cv2.GaussianBlur(image, (0, 0), 0.7)
    crop = cv2.warpAffine(image, m, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE if r.random() < 0.7 else cv2.BORDER_CONSTANT)
    p = P.apply(m, points)
    if r.random() < 0.5:  # another face shape: a smooth warp
        field = cv2.resize(r.normal(0, 0.018 * size, (5, 5, 2)).astype(np.float32), (size, size), interpolation=cv2.INTER_CUBIC)
        gy, gx = np.mgrid[0:size, 0:size].astype(np.float32)
        crop = cv2.remap(crop, gx + field[..., 0], gy + field[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        q = p.copy()
        for _ in range(2):  # out(q) = in(q + field(q)), so q = p - field(q)
            at = np.clip(np.round(q), 0, size - 1).astype(int)
            q = p - field[at[:, 1], at[:, 0]]
        p = q
    if r.random() < 0.5:
        crop = np.ascontiguousarray(crop[:, ::-1])
        p = np.column_stack([size - 1 - p[:, 0], p[:, 1]])[P.MIRROR]
    crop = random_damage(random_colour(crop, r), r)
    return crop, (p + 0.5) / size - 0.5


def empty_sample(image: np.ndarray, points: np.ndarray, r: np.random.Generator, size: int) -> np.ndarray:
    """A crop that is no well-placed face: background, a piece of a face, a face far too small, on its head, or texture."""
    kind = r.random()
    if kind < 0.2:
        coarse = int(r.integers(2, 24))
        crop = cv2.resize(r.integers(0, 256, (coarse, coarse, 3)).astype(np.uint8), (size, size), interpolation=cv2.INTER_CUBIC)
        return random_damage(crop, r)
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
                          borderMode=cv2.BORDER_REPLICATE if r.random() < 0.5 else cv2.BORDER_REFLECT)
    return random_damage(random_colour(crop, r), r, occlude=False)
