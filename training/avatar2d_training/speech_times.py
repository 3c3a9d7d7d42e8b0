"""When lips must be shut: word times of the GRID sentences, and pauses of any sound."""
from __future__ import annotations

import tarfile
from pathlib import Path

import numpy as np

UNITS_PER_SECOND = 25000.0
FPS = 25.0
INITIAL = {"bin", "blue", "by", "place", "please", "b", "p"}
"""GRID words that begin with B or P: the lips are shut around the beginning of the word."""
FINAL = {"m"}
"""The letter M: shut from its middle to its end."""
PAUSE_DB = 6.0
"""So far above the quietest parts (5th percentile of 40 ms frames) a frame still is a pause, with its neighbours ..."""
SPEECH_DB = 12.0
"""... if it is so far below the loud parts (95th percentile)."""


def read_words(archive: Path) -> dict[str, list[tuple[float, float, str]]]:
    """Word times of all sentences in the corpus's .tar.gz: name -> [(start s, end s, word)]."""
    words = {}
    with tarfile.open(archive) as tar:
        for member in tar.getmembers():
            if member.name.endswith(".align"):
                lines = tar.extractfile(member).read().decode().split("\n")
                rows = [line.split() for line in lines if line.strip()]
                words[Path(member.name).stem] = [(int(a) / UNITS_PER_SECOND, int(b) / UNITS_PER_SECOND, w) for a, b, w in rows]
    return words


def shut_spans(words: list[tuple[float, float, str]], first_frame: int, frames: int) -> list[slice]:
    """Frames of a clip, which begins at `first_frame` of the sentence, within which the lips must shut once."""
    spans = []
    for start, end, word in words:
        if word in INITIAL:
            a, b = start - 0.08, start + 0.08
        elif word in FINAL:
            a, b = (start + end) / 2, end + 0.04
        else:
            continue
        first, stop = int(np.floor(a * FPS + 1e-6)) - first_frame, int(np.ceil(b * FPS - 1e-6)) + 1 - first_frame
        if first >= 0 and stop <= frames:
            spans.append(slice(first, stop))
    return spans


def shut_recall(opening: np.ndarray, spans: list[slice], tolerance: float = 0.25) -> float:
    """Share of the spans within which the opening (person-normalised) falls below `tolerance`; NaN without spans."""
    return float(np.mean([opening[s].min() < tolerance for s in spans])) if spans else float("nan")


def pauses(pcm: np.ndarray, frames: int) -> np.ndarray:
    """pcm int16 16 kHz -> [frames] bool: silent here and in both neighbours."""
    x = pcm[:640 * frames].astype(np.float64)
    x = np.pad(x, (0, 640 * frames - len(x))).reshape(frames, 640)
    level = 10 * np.log10((x ** 2).mean(1) + 1)
    low, high = np.percentile(level, [5, 95])
    quiet = level < min(low + PAUSE_DB, high - SPEECH_DB)
    wide = np.pad(quiet, 1, constant_values=True)
    return quiet & wide[:-2] & wide[2:]
