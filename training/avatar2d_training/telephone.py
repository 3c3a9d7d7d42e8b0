"""What a telephone does to a voice: band limits, companding, gain, noise, echo of the room, lost packets."""
from __future__ import annotations

import numpy as np

from . import media


def _band(x: np.ndarray, low_hz: float, high_hz: float, rate: int = 16000) -> np.ndarray:
    """Band-pass by FFT with 8 % wide raised-cosine edges."""
    spectrum = np.fft.rfft(x)
    f = np.fft.rfftfreq(len(x), 1 / rate)
    up = np.clip((f - low_hz * 0.92) / (low_hz * 0.16 + 1e-9), 0, 1)
    down = np.clip((high_hz * 1.04 - f) / (high_hz * 0.08), 0, 1)
    gain = (0.5 - 0.5 * np.cos(np.pi * up)) * (0.5 - 0.5 * np.cos(np.pi * down))
    return np.fft.irfft(spectrum * gain, len(x))


def mu_law(x: np.ndarray) -> np.ndarray:
    """Through 8-bit mu-law (255, the smooth law) and back; input and output -1..1."""
    y = np.sign(x) * np.log1p(255 * np.minimum(np.abs(x), 1)) / np.log(256)
    y = np.round(y * 127) / 127
    return np.sign(y) * np.expm1(np.abs(y) * np.log(256)) / 255


def narrow_band(x: np.ndarray) -> np.ndarray:
    """8 kHz telephone band 200-3400 Hz through mu-law."""
    return _band(mu_law(_band(x, 200, 3400)), 30, 3800)


def add_noise(x: np.ndarray, snr_db: float, rng: np.random.Generator) -> np.ndarray:
    """White to pink-brown noise at `snr_db` under the mean power of the signal."""
    tilt = rng.uniform(0, 1)
    spectrum = np.fft.rfft(rng.standard_normal(len(x)))
    spectrum /= np.maximum(np.arange(len(spectrum)) / len(spectrum), 0.003) ** tilt
    noise = np.fft.irfft(spectrum, len(x))
    level = np.sqrt((x ** 2).mean() / ((noise ** 2).mean() + 1e-20)) * 10 ** (-snr_db / 20)
    return x + noise * level


def lose_packets(x: np.ndarray, loss: float, rng: np.random.Generator, packet: int = 320) -> np.ndarray:
    """20 ms packets lost; concealed by repeating the last one at half level, then a quarter, then silence."""
    y = x.copy()
    gain = 1.0
    for start in range(packet, len(x) - packet + 1, packet):
        if rng.random() < loss:
            gain *= 0.5
            y[start:start + packet] = y[start - packet:start] * (0.5 if gain > 0.2 else 0.0)
        else:
            gain = 1.0
    return y


def room(x: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A small room: 60-250 ms of decaying noise, direct sound 3-12 dB above it."""
    n = int(16000 * rng.uniform(0.06, 0.25))
    tail = rng.standard_normal(n) * np.exp(-6.9 * np.arange(n) / n)
    tail *= 10 ** (-rng.uniform(3, 12) / 20) / np.sqrt((tail ** 2).sum())
    size = len(x) + n
    wet = np.fft.irfft(np.fft.rfft(x, size) * np.fft.rfft(tail, size), size)[:len(x)]
    return x + wet


def stretch_tract(x: np.ndarray, factor: float) -> np.ndarray:
    """Another speaker by crude resampling of formants and pitch alike: reads the signal `factor` times as fast."""
    t = np.arange(0, len(x) - 1, factor)
    return np.interp(t, np.arange(len(x)), x)


def augment(pcm: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """pcm [N] int16 -> float64 [N] -1..1. Half of the calls come out as telephone sound."""
    x = pcm.astype(np.float64) / 32768.0
    level = np.sqrt((x ** 2).mean()) + 1e-6
    x = x * (10 ** (rng.uniform(-32, -14) / 20) / level)
    if rng.random() < 0.25:
        x = room(x, rng)
    if rng.random() < 0.5:
        x = add_noise(x, rng.uniform(4, 36), rng)
    if rng.random() < 0.15:
        x = lose_packets(x, rng.uniform(0.02, 0.1), rng)
    if rng.random() < 0.3:  # any microphone
        x = _band(x, rng.uniform(40, 150), rng.uniform(5000, 7900))
    if rng.random() < 0.5:
        x = narrow_band(x)
    return np.clip(x, -1, 1)


VARIANTS = ("clean", "g711", "opus12", "noise10", "loss5")


def variant(pcm: np.ndarray, name: str, seed: int = 1) -> np.ndarray:
    """The fixed measuring conditions; float64 -1..1."""
    x = pcm.astype(np.float64) / 32768.0
    rng = np.random.default_rng(seed)
    if name == "clean":
        return x
    if name == "g711":
        return narrow_band(x)
    if name == "opus12":
        return media.through_opus(pcm, 12000).astype(np.float64) / 32768.0
    if name == "noise10":
        return add_noise(x, 10.0, rng)
    if name == "loss5":
        return lose_packets(narrow_band(x), 0.05, rng)
    raise ValueError(f"unknown variant {name}; known: {', '.join(VARIANTS)}")
