"""Pictures and sound out of a file, by the ffmpeg program."""
from __future__ import annotations

import json
import subprocess
from pathlib import Path

import numpy as np


class MediaError(Exception):
    """The file cannot be used; the message says why."""


def _run(arguments: list[str], stdin: bytes = b"") -> bytes:
    result = subprocess.run(arguments, input=stdin, capture_output=True)
    if result.returncode != 0:
        raise MediaError(result.stderr.decode(errors="replace").strip().splitlines()[-1] if result.stderr else "ffmpeg failed")
    return result.stdout


def read_video(path: Path, fps: int = 25) -> np.ndarray:
    """Returns [N, H, W, 3] uint8 BGR at `fps`."""
    probe = json.loads(_run(["ffprobe", "-v", "error", "-select_streams", "v:0", "-show_entries", "stream=width,height",
                             "-of", "json", str(path)]))
    if not probe.get("streams"):
        raise MediaError("no video stream")
    w, h = probe["streams"][0]["width"], probe["streams"][0]["height"]
    raw = _run(["ffmpeg", "-v", "error", "-threads", "1", "-i", str(path), "-map", "0:v:0", "-vf", f"fps={fps}",
                "-f", "rawvideo", "-pix_fmt", "bgr24", "-"])
    return np.frombuffer(raw, np.uint8).reshape(-1, h, w, 3)


def read_audio(path: Path, rate: int = 16000) -> np.ndarray:
    """Returns mono int16 [N]; empty when the file has no sound."""
    try:
        raw = _run(["ffmpeg", "-v", "error", "-threads", "1", "-i", str(path), "-map", "0:a:0", "-ac", "1", "-ar", str(rate),
                    "-f", "s16le", "-"])
    except MediaError:
        return np.zeros(0, np.int16)
    return np.frombuffer(raw, np.int16)


def through_opus(pcm: np.ndarray, bits_per_second: int) -> np.ndarray:
    """pcm int16 16 kHz through libopus as for a call (20 ms, voip) and back, of the same length."""
    raw = ["-f", "s16le", "-ar", "16000", "-ac", "1"]
    coded = _run(["ffmpeg", "-v", "error", "-threads", "1", *raw, "-i", "-", "-c:a", "libopus", "-application", "voip",
                  "-b:a", str(bits_per_second), "-f", "ogg", "-"], pcm.astype("<i2").tobytes())
    back = np.frombuffer(_run(["ffmpeg", "-v", "error", "-threads", "1", "-f", "ogg", "-i", "-", *raw, "-"], coded), np.int16)
    return np.pad(back[:len(pcm)], (0, max(0, len(pcm) - len(back))))
