"""Prepared clips in memory-mapped arrays, and the batches drawn from them."""
from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from . import phones, telephone
from .mel import mel_frames, mel_window
from .motion import EXPLICIT, GEOMETRY, PersonRange, explicit_code

SYNC_LIMIT_FRAMES = 2
"""Clips of which sound and mouth seem further apart than this teach no audio."""
MIN_EXPERT_R = 0.25
"""Least correlation of the expert's opening with the real one, after the shift."""
PHOTO_SHARE = 0.15
"""Share of samples whose references are the source itself, as for an avatar made of one photo."""
FLIP = [EXPLICIT.index(n.replace("Left", "?").replace("Right", "Left").replace("?", "Right"))
        if n not in ("jawLeft",) else EXPLICIT.index(n) for n in EXPLICIT]
FLIP_SIGN = np.array([-1.0 if n == "jawLeft" else 1.0 for n in EXPLICIT], np.float32)


@dataclass
class Clip:
    """One prepared clip. patches [N, 128, 128, 3] uint8 BGR (memory map), code [N, 16], pose [N, 2], lips [N, 4]."""

    name: str
    entry: dict
    folder: Path
    patches: np.ndarray
    geometry: np.ndarray
    code: np.ndarray
    pose: np.ndarray
    lips: np.ndarray
    closed: np.ndarray
    opened: np.ndarray

    def __len__(self) -> int:
        return len(self.patches)

    @property
    def drawn(self) -> bool:
        """A drawn or rendered person whose geometry and phones are exact."""
        return "synthetic" in self.entry

    @property
    def pcm(self) -> np.ndarray:
        """int16 [N] at 16 kHz; its first sample belongs to the first frame, after the clip's own lag is taken out."""
        pcm = np.load(self.folder / "pcm.npy")
        lag = self.entry.get("shift_frames", 0)
        return np.concatenate([np.zeros(640 * lag, np.int16), pcm]) if lag > 0 else pcm[-640 * lag:]

    @property
    def teaches_audio(self) -> bool:
        """Has sound that belongs to the mouth: by the voice expert's verdict where there is one, else by loudness."""
        e = self.entry
        if len(np.load(self.folder / "pcm.npy", mmap_mode="r")) < 640 * 25:
            return False
        if "expert_r" in e:
            return e["expert_r"] >= MIN_EXPERT_R
        return abs(e["sync_lag_frames"]) <= SYNC_LIMIT_FRAMES and e["sync_r"] > 0.2


def _pose(points: np.ndarray) -> np.ndarray:
    """[N, 468, 3] patch pixels -> [N, 2]: where the nose tip stands between cheeks, and its height; parts of the eye distance."""
    nose = points[:, 1, :2]
    cheeks = (points[:, 234, :2] + points[:, 454, :2]) / 2
    return ((nose - cheeks) / 67.0).astype(np.float32)


def load_clips(shards: Path, uses: set[str], measure_too: bool = False) -> list[Clip]:
    """Clips of these uses, with codes normalised per person over all of that person's clips loaded here.

    Clips of licence `measure` are left out unless `measure_too` (evaluation only).
    """
    raw: dict[str, list] = defaultdict(list)
    for record in sorted(shards.glob("*/clip.json")):
        entry = json.loads(record.read_text())
        if entry["use"] not in uses or (entry["licence"] != "train" and not measure_too):
            continue
        folder = record.parent
        points = np.load(folder / "landmarks.npy").astype(np.float32)
        raw[entry["person"]].append((folder, entry, points, np.load(folder / "geometry.npy")))
    clips = []
    for person in raw.values():
        span = PersonRange.of(np.concatenate([g for *_, g in person]))
        for folder, entry, points, geometry in person:
            gap = geometry[:, GEOMETRY.index("gap")]
            rank = gap.argsort()
            n = len(rank)
            lips = np.concatenate([points[:, [61, 291, 0, 17], :2].mean(1),
                                   np.ptp(points[:, [61, 291], 0], 1)[:, None], np.ptp(points[:, [0, 17], 1], 1)[:, None]], 1)
            clips.append(Clip(folder.name, entry, folder, np.load(folder / "patches.npy", mmap_mode="r"), geometry,
                              explicit_code(geometry, span), _pose(points), lips.astype(np.float32),
                              rank[:max(2, n // 8)], rank[-max(2, n // 8):]))
    return clips


class FaceSampler:
    """Draws (source, references, target, code) of one person at different times."""

    def __init__(self, clips: list[Clip], seed: int, drawn_share: float = 0.3) -> None:
        self._people: dict[str, list[Clip]] = defaultdict(list)
        for clip in clips:
            self._people[clip.entry["person"]].append(clip)
        self._names = sorted(self._people)
        self._share = shares([self._people[n] for n in self._names], drawn_share)
        self.rng = np.random.default_rng(seed)

    def _near(self, clip: Clip, target: int, candidates: np.ndarray, tries: int) -> int:
        """Of `tries` random candidates other than the target's neighbours, the one whose head pose is nearest."""
        picks = self.rng.choice(candidates, tries)
        far = picks[np.abs(picks - target) > 4]
        if len(far) == 0:
            return int((target + len(clip) // 2) % len(clip))
        return int(far[np.square(clip.pose[far] - clip.pose[target]).sum(1).argmin()])

    def indices(self) -> tuple[Clip, int, int, int, int]:
        """(clip, target, source, closed reference, open reference)."""
        rng = self.rng
        person = self._people[self._names[rng.choice(len(self._names), p=self._share)]]
        clip = person[rng.integers(len(person))]
        target = int(rng.choice(clip.opened)) if rng.random() < 0.3 else int(rng.integers(len(clip)))
        if rng.random() < PHOTO_SHARE:
            photo = self._near(clip, target, clip.closed if rng.random() < 0.7 else np.arange(len(clip)), 4)
            return clip, target, photo, photo, photo
        source = self._near(clip, target, np.arange(len(clip)), 8)
        tries = 4 if rng.random() < 0.5 else 1  # serving keeps its references while the head moves
        return clip, target, source, self._near(clip, target, clip.closed, tries), self._near(clip, target, clip.opened, tries)

    def batch(self, size: int, patch_px: int, device: torch.device | str = "cpu") -> dict[str, Tensor]:
        """pictures [B, 4, 3, S, S] RGB 0..1 (target, source, closed, open), code [B, 16], lips [B, 4] in pixels of S."""
        pictures, codes, lips = [], [], []
        for _ in range(size):
            clip, *frames = self.indices()
            four = np.stack([clip.patches[f] for f in frames])
            code, lip = clip.code[frames[0]], clip.lips[frames[0]].copy()
            if self.rng.random() < 0.5:
                four, code = four[:, :, ::-1], code[FLIP] * FLIP_SIGN
                lip[0] = 127 - lip[0]
            four, lip = vary_identity(four[..., ::-1], lip, self.rng)
            pictures.append(four)
            codes.append(code)
            lips.append(lip)
        x = torch.from_numpy(np.stack(pictures)).to(device).permute(0, 1, 4, 2, 3).float().div_(255)
        scale = patch_px / x.shape[-1]
        if scale != 1:
            x = F.interpolate(x.flatten(0, 1), size=(patch_px, patch_px), mode="area" if scale < 1 else "bilinear").unflatten(0, (size, 4))
        lips = torch.from_numpy(np.stack(lips)).to(device) * scale
        return {"pictures": x, "code": torch.from_numpy(np.stack(codes)).to(device), "lips": lips}


def shares(people: list[list[Clip]], drawn_share: float) -> np.ndarray:
    """How often each person is drawn: by the root of the minutes and the liveliness of the mouth (a face that hardly speaks
    teaches little), no real person above 0.3; all drawn people together get `drawn_share` where there are real ones too."""
    frames = np.array([sum(len(c) for c in clips) for clips in people], float)
    lively = np.array([np.clip(np.concatenate([c.code[:, 1] for c in clips]).std() / 0.25, 0.05, 1.0) for clips in people])
    share = np.sqrt(frames) * lively
    drawn = np.array([clips[0].drawn for clips in people])
    if drawn.any() and not drawn.all():
        share[drawn] *= drawn_share / share[drawn].sum()
        share[~drawn] *= (1 - drawn_share) / share[~drawn].sum()
    else:
        share /= share.sum()
    share = np.minimum(share, 0.3)
    return share / share.sum()


def vary_identity(pictures: np.ndarray, lips: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The same colour change (hue, gain, gamma) and, half of the time, small stretch for all pictures of a sample.

    pictures [K, S, S, 3] uint8 RGB, lips [4] (centre u, v, width, height); makes new faces of few.
    """
    count, size = pictures.shape[:2]
    matrix = np.eye(3) + rng.normal(0, 0.06, (3, 3))
    matrix *= rng.uniform(0.8, 1.15) / matrix.sum(1, keepdims=True)
    gamma = float(np.exp(rng.normal(0, 0.15)))
    table = (255 * (np.arange(256) / 255) ** gamma).round().astype(np.uint8)
    x = cv2.transform(np.ascontiguousarray(pictures).reshape(count * size, size, 3), matrix)
    x = cv2.LUT(x, table).reshape(count, size, size, 3)
    if rng.random() < 0.5:
        return x, lips
    turn, du, dv = rng.normal(0, 0.03, 3)
    linear = np.array([[rng.uniform(0.9, 1.08), -turn], [turn, rng.uniform(0.92, 1.08)]])
    middle = (size - 1) / 2
    shift = middle + np.array([du, dv]) * size / 2 - linear @ [middle, middle]
    there = np.column_stack([linear, shift])
    x = np.stack([cv2.warpAffine(p, there, (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                                 borderMode=cv2.BORDER_REPLICATE) for p in x])
    centre = np.linalg.solve(linear, lips[:2] - shift)
    return x, np.concatenate([centre, lips[2:] / linear[[0, 1], [0, 1]]]).astype(np.float32)


@dataclass
class Voice:
    """Speech and the codes of the mouth that says it. pcm int16 16 kHz, code [N, 16] and shut [N] at 25 a second."""

    person: str
    pcm: np.ndarray
    code: np.ndarray
    shut: np.ndarray
    """1 at the middle of each M, B and P, where the phones are known; else 0."""
    clip: Clip | None
    """The film of it, if there is one."""

    @property
    def drawn(self) -> bool:
        return self.clip is not None and self.clip.drawn

    def __len__(self) -> int:
        return len(self.code)


def film_voice(clip: Clip) -> Voice:
    """The voice of a film; its phones are those of `voices` where that has run."""
    said = clip.folder / "phones.json"
    shut = phones.shut_frames(phones.read(said), len(clip)) if said.exists() else np.zeros(len(clip))
    return Voice(clip.entry["person"], clip.pcm, clip.code, shut.astype(np.float32), clip)


def load_voices(shards: Path) -> list[Voice]:
    """The voice lines that `voices` made, of licence `train`: the codes are what their phones say."""
    lines = []
    for record in sorted(shards.glob("voice__*/voice.json")):
        entry = json.loads(record.read_text())
        if entry["licence"] == "train":
            code = np.load(record.parent / "code.npy")
            shut = phones.shut_frames(phones.read(record.parent / "phones.json"), len(code)).astype(np.float32)
            lines.append(Voice(entry["person"], np.load(record.parent / "pcm.npy"), code, shut, None))
    return lines


READ_SHARE = 0.5
"""Share of the samples that are voices without a film, where there are any."""


class VoiceSampler:
    """Draws whole clips as mel windows with their codes; the voice passes through a telephone half of the time."""

    def __init__(self, clips: list[Clip], seed: int, drawn_share: float = 0.3, lines: list[Voice] | None = None) -> None:
        films = [film_voice(c) for c in clips if c.teaches_audio]
        people = [[v for v in films if v.person == p] for p in sorted({v.person for v in films})]
        speakers = [[v for v in lines or [] if v.person == p] for p in sorted({v.person for v in lines or []})]
        self._by_person = people + speakers
        share = [shares([[v.clip for v in p] for p in people], drawn_share)] if people else []
        if speakers:
            read = np.sqrt([sum(len(v) for v in s) for s in speakers])
            share.append(read / read.sum())
        weights = [1 - READ_SHARE, READ_SHARE] if people and speakers else [1.0]
        self._share = np.concatenate([w * s for w, s in zip(weights, share)]) if share else np.zeros(0)
        self.rng = np.random.default_rng(seed)

    def clip(self, frames: int = 70) -> tuple[np.ndarray, np.ndarray, np.ndarray, Clip | None, np.ndarray]:
        """Returns mel windows [n, 80, 16], codes [n, 16], shut [n] 0..1 (as `Voice.shut`), the film if there is one, and the
        (fractional) frame of each row, n <= frames.

        The line is replayed 0.85-1.18 times as fast, sound and mouth alike: another voice with the right mouth.
        """
        rng = self.rng
        group = self._by_person[rng.choice(len(self._by_person), p=self._share)]
        voice = group[rng.integers(len(group))]
        speed = float(np.exp(rng.uniform(np.log(0.85), np.log(1.18)))) if rng.random() < 0.7 else 1.0
        start = int(rng.integers(max(1, len(voice) - int(frames * speed) - 1)))
        piece = voice.pcm[max(0, start - 10) * 640:(start + int(frames * speed) + 5) * 640]
        skip = min(start, 10)
        sound = telephone.augment(piece, rng)
        if speed != 1.0:
            sound = telephone.stretch_tract(sound, speed)
        n = int(min(frames, (len(voice) - 1 - start) / speed))
        at = start + np.arange(n) * speed
        low = np.floor(at).astype(int)
        part = (at - low)[:, None].astype(np.float32)
        high = np.minimum(low + 1, len(voice) - 1)
        code = voice.code[low] * (1 - part) + voice.code[high] * part
        shut = voice.shut[low] * (1 - part[:, 0]) + voice.shut[high] * part[:, 0]
        offset = int(round(skip / speed * 3.2))  # mel frames before `start`
        mel = mel_frames(sound)[offset:] if skip else mel_frames(sound)
        return mel_window(vary_voice(mel, rng), np.arange(n)), code, shut, voice.clip, at


def vary_voice(mel: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """mel [M, 80] of one call -> the same words by another speaker over another line: the frequency axis stretched by up to 12 %
    (length of the vocal tract), a smooth curve of a few dB over it (timbre, microphone), sometimes a band of it lost."""
    bands = mel.shape[1]
    x = mel
    if rng.random() < 0.6:
        at = np.clip(np.arange(bands) * rng.uniform(0.88, 1.12), 0, bands - 1)
        low = np.minimum(at.astype(int), bands - 2)
        part = (at - low).astype(np.float32)
        x = x[:, low] * (1 - part) + x[:, low + 1] * part
    if rng.random() < 0.7:
        knots = rng.normal(0, 0.35, 6)  # 0.35 of 12.5 dB
        x = x + np.interp(np.arange(bands), np.linspace(0, bands - 1, 6), knots)
    if rng.random() < 0.3:
        first, width = rng.integers(0, bands - 8), rng.integers(3, 12)
        x = x.copy()
        x[:, first:first + width] = x.min()
    return np.clip(x, -4, 4).astype(np.float32)
