"""Log-mel frames: the one definition that serving must reproduce (see `MelParameters`)."""
from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache

import numpy as np


@dataclass(frozen=True)
class MelParameters:
    """Input: mono PCM at 16 kHz, int16 / 32768.

    Frame k is centred on sample `hop * k`: it covers samples `hop*k - window/2 .. hop*k + window/2 - 1`,
    zeros outside the signal. Steps, in this order:

    1. multiply by the periodic Hann window w[i] = 0.5 - 0.5 cos(2 pi i / window), i = 0 .. window-1;
    2. zero-pad at the end to `fft` and take the real FFT;
    3. power P[b] = |X[b]|^2 * (2 / sum(w))^2, so a full-scale sine peaks near 1;
    4. band m = sum over bins b of P[b] * max(0, min((f - left)/(centre - left), (right - f)/(right - centre)))
       with f = b * 16000 / fft and `bands + 2` edges evenly spaced on mel(f) = 2595 log10(1 + f/700)
       from `low_hz` to `high_hz` (triangles of height 1, no area normalisation);
    5. y = clip(10 log10(max(band, 1e-10)) / 12.5 + 4, -4, 4): 0 dB -> 4, -100 dB and silence -> -4.
    """

    sample_rate_hz: int = 16000
    hop: int = 200
    window: int = 512
    fft: int = 1024
    bands: int = 80
    low_hz: float = 50.0
    high_hz: float = 7600.0
    floor_power: float = 1e-10
    db_per_unit: float = 12.5
    offset: float = 4.0
    clip: float = 4.0
    frames_per_window: int = 16
    first_frame_offset: int = -13

    def as_dict(self) -> dict:
        return asdict(self)


MEL = MelParameters()


@lru_cache(maxsize=2)
def filter_bank(p: MelParameters = MEL) -> np.ndarray:
    """[bands, fft/2 + 1] float64."""
    def to_mel(f):
        return 2595.0 * np.log10(1.0 + f / 700.0)
    edges = 700.0 * (10.0 ** (np.linspace(to_mel(p.low_hz), to_mel(p.high_hz), p.bands + 2) / 2595.0) - 1.0)
    f = np.arange(p.fft // 2 + 1) * p.sample_rate_hz / p.fft
    left, centre, right = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    return np.maximum(0.0, np.minimum((f - left) / (centre - left), (right - f) / (right - centre)))


def mel_frames(pcm: np.ndarray, count: int | None = None, p: MelParameters = MEL) -> np.ndarray:
    """pcm [N] int16 or float in -1..1 at 16 kHz. Returns [count, bands] float32 in -4..4.

    `count` defaults to the number of frame centres inside the signal.
    """
    x = pcm.astype(np.float64) / 32768.0 if pcm.dtype == np.int16 else pcm.astype(np.float64)
    if count is None:
        count = (len(x) + p.hop - 1) // p.hop
    if count == 0:
        return np.zeros((0, p.bands), np.float32)
    half = p.window // 2
    need = p.hop * (count - 1) + p.window
    padded = np.zeros(max(need, len(x) + half))
    padded[half:half + len(x)] = x
    frames = np.lib.stride_tricks.sliding_window_view(padded, p.window)[: p.hop * count: p.hop][:count]
    w = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(p.window) / p.window)
    power = np.abs(np.fft.rfft(frames * w, p.fft)) ** 2 * (2.0 / w.sum()) ** 2
    db = 10.0 * np.log10(np.maximum(power @ filter_bank(p).T, p.floor_power))
    return np.clip(db / p.db_per_unit + p.offset, -p.clip, p.clip).astype(np.float32)


def first_mel_frame(video_frame: int | np.ndarray, p: MelParameters = MEL) -> int | np.ndarray:
    """First mel frame of the window for a 25 fps video frame n: floor((32 n + 5) / 10) - 13, i.e. round(3.2 n) - 13.

    The window's last frame is round(3.2 n) + 2: its last sample lies 25 + 16 = 41 ms (+-6) after the picture's time 40 n ms.
    """
    return (32 * video_frame + 5) // 10 + p.first_frame_offset


def mel_window(mel: np.ndarray, video_frame: int | np.ndarray, p: MelParameters = MEL) -> np.ndarray:
    """mel [M, bands]; frames outside 0..M-1 read as silence (-4). Returns [..., bands, 16] float32."""
    k = np.asarray(first_mel_frame(np.asarray(video_frame), p))[..., None] + np.arange(p.frames_per_window)
    inside = (k >= 0) & (k < len(mel))
    out = mel[np.clip(k, 0, len(mel) - 1)].astype(np.float32)
    out[~inside] = -p.clip
    return np.swapaxes(out, -1, -2)
