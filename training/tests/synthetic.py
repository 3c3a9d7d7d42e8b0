"""Made-up clips: a drawn face whose mouth opens with a tone's loudness. Nothing of any real person."""
from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np

from avatar2d_training.mel import mel_frames
from avatar2d_training.motion import geometry

NEUTRAL = {33: (15.8, -18.8), 133: (45.2, -17.2), 362: (82.8, -17.2), 263: (112.2, -18.8), 168: (64, -23.7), 6: (64, -15.3),
           1: (64, 20), 2: (64, 32), 234: (-8, 3), 454: (136, 3), 61: (40, 59), 291: (88, 59)}


def landmarks(opening: float) -> np.ndarray:
    """[468, 3] patch pixels of a face whose inner lips stand `opening` pixels apart."""
    p = np.zeros((468, 3), np.float32)
    for k, xy in NEUTRAL.items():
        p[k, :2] = xy
    for k, x in ((13, 64), (82, 54), (312, 74)):
        p[k, :2] = x, 58
    for k, x in ((14, 64), (87, 54), (317, 74)):
        p[k, :2] = x, 58 + opening
    p[0, :2], p[17, :2], p[152, :2] = (64, 52), (64, 65 + opening), (64, 105 + opening)
    return p


def draw(opening: float, skin: tuple[int, int, int]) -> np.ndarray:
    """[128, 128, 3] BGR: skin, lips and the dark of an open mouth."""
    picture = np.full((128, 128, 3), skin, np.uint8)
    centre = (64, int(58 + opening / 2))
    cv2.ellipse(picture, centre, (24, int(8 + opening / 2)), 0, 0, 360, (90, 90, 190), -1, cv2.LINE_AA)
    cv2.ellipse(picture, centre, (20, max(1, int(opening / 2))), 0, 0, 360, (30, 20, 40), -1, cv2.LINE_AA)
    cv2.line(picture, (30, int(104 + opening)), (98, int(104 + opening)), tuple(int(0.7 * v) for v in skin), 2, cv2.LINE_AA)
    return picture


def write_clip(folder: Path, person: str, seed: int, frames: int = 90, use: str = "train") -> np.ndarray:
    """Writes one prepared clip and returns its openings [frames]."""
    rng = np.random.default_rng(seed)
    t = np.arange(frames) / 25.0
    opening = 7 + 6 * np.sin(2 * np.pi * rng.uniform(1.2, 2.5) * t + rng.uniform(0, 6))
    skin = tuple(int(v) for v in rng.integers(110, 230, 3))
    loud = np.interp(np.arange(frames * 640) / 640.0, np.arange(frames), opening / 13.0)
    tone = np.sin(2 * np.pi * rng.uniform(120, 220) * np.arange(frames * 640) / 16000.0)
    tone += 0.5 * rng.standard_normal(frames * 640)
    pcm = (tone * loud ** 2 * 6000).astype(np.int16)
    points = np.stack([landmarks(o) for o in opening])
    folder.mkdir(parents=True)
    np.save(folder / "patches.npy", np.stack([draw(o, skin) for o in opening]))
    np.save(folder / "landmarks.npy", points.astype(np.float16))
    np.save(folder / "geometry.npy", geometry(points))
    np.save(folder / "pcm.npy", pcm)
    np.save(folder / "mel.npy", mel_frames(pcm).astype(np.float16))
    (folder / "clip.json").write_text(json.dumps({
        "path": folder.name, "person": person, "licence": "train", "use": use, "frames": frames,
        "sync_lag_frames": 0, "sync_r": 0.9}))
    return opening
