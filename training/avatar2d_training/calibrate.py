"""Gives audio encoder and decoder their amplitude back.

Regression shrinks towards the mean (slope = r^2 at best): per explicit channel the audio encoder's output is stretched until
its slope on the validation clips is 1 or its deviation 1.3 times that of the real mouths (a mouth that moves too little looks
dead sooner than one that moves a little too much), at most 2.2 times, and its mean is set right. The decoder
shows less opening than it is told: all explicit codes are stretched alike by what the mouth reader or, better, the landmark
teacher finds missing, at most 1.35 times. Both are folded into the weights, so nothing changes for who runs the networks.
"""
from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from . import measure
from .assess import GAP, opening
from .config import EXPLICIT_CODES
from .dataset import Clip, load_clips
from .evaluate import Mesh, person_ranges
from .networks import MouthReader
from .rendering import codes_of, load_model, load_reader, render
from .train_robust import Model
from .motion import EXPLICIT

MAX_GAIN = 2.2
MAX_DEVIATION = 1.3
MAX_DECODER_GAIN = 1.35
PAIRS = 8
MIN_R = 0.3
"""Channels that the voice hardly foretells stay as they are: stretching them would stretch noise."""


def gains(predicted: np.ndarray, real: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """[N, 16] each -> (gain [16], bias [16]) with gain * predicted + bias of the real mean, slope 1 if that takes no more than
    `MAX_DEVIATION` times the real deviation."""
    p, t = predicted.std(0) + 1e-6, real.std(0)
    r = ((predicted - predicted.mean(0)) * (real - real.mean(0))).mean(0) / (p * (t + 1e-6))
    gain = np.where(r >= MIN_R, np.clip(t / p * np.minimum(1 / np.maximum(r, MIN_R), MAX_DEVIATION), 1.0, MAX_GAIN), 1.0)
    return gain, real.mean(0) - gain * predicted.mean(0)


def voice_gains(model: Model, clips: list[Clip], first: list[int] | None = None) -> tuple[np.ndarray, np.ndarray]:
    """`gains` of the audio encoder on clips with sound, from frame `first` of each on."""
    predicted, real = [], []
    for clip, start in zip(clips, first or [0] * len(clips)):
        n = min(len(clip), len(clip.pcm) // 640)
        predicted.append(codes_of(model, clip, "audio:clean", n)[start:, :EXPLICIT_CODES].numpy())
        real.append(clip.code[start:n])
    return gains(np.concatenate(predicted), np.concatenate(real))


def stretch_voice(weights: dict[str, torch.Tensor], gain: np.ndarray, bias: np.ndarray) -> None:
    """Folds gain and bias of the explicit codes into the audio encoder's last layer, in place."""
    last = max(k for k in weights if k.startswith("audio.back.") and k.endswith(".weight")).removesuffix(".weight")
    g, b = torch.from_numpy(gain).float(), torch.from_numpy(bias).float()
    weights[last + ".weight"][:EXPLICIT_CODES] *= g[:, None]
    weights[last + ".bias"][:EXPLICIT_CODES] = weights[last + ".bias"][:EXPLICIT_CODES] * g + b


def decoder_gain(model: Model, reader: MouthReader, clips: list[Clip]) -> float:
    """By how much the explicit codes must be stretched until the opening of frames of one clip, driven by the codes of the
    next, reads like that of real mouths; 1.0 without clips."""
    slopes = []
    for clip, driver in zip(clips[:PAIRS], [*clips[1:PAIRS], *clips[:1]]):
        n = min(len(clip), len(driver), 75)
        made = opening(reader, render(model, clip, codes_of(model, driver, "explicit", n)))
        scale = measure.slope(opening(reader, np.asarray(clip.patches[:n])), clip.code[:n, GAP])  # of the reader on this face
        if scale > 0.3:  # else the reader does not know this face
            slopes.append(measure.slope(made, driver.code[:n, GAP]) / scale)
    return float(np.clip(1 / max(0.1, np.median(slopes)), 1.0, MAX_DECODER_GAIN)) if slopes else 1.0


def decoder_gain_by_landmarks(model: Model, clips: list[Clip], teachers: Path) -> float:
    """`decoder_gain` by the landmark teacher, which sees more missing than the reader; needs clips with face windows."""
    mesh, ranges, slopes = Mesh(teachers), person_ranges(clips), []
    for clip, driver in zip(clips[:PAIRS], [*clips[1:PAIRS], *clips[:1]]):
        n, own, other = min(len(clip), len(driver), 75), ranges[clip.entry["person"]], ranges[driver.entry["person"]]
        made = mesh.geometry(clip, render(model, clip, codes_of(model, driver, "explicit", n)))
        slopes.append(measure.slope(((made - own.zero) / own.unit)[:, 1], ((driver.geometry[:n] - other.zero) / other.unit)[:, 1]))
    return float(np.clip(1 / max(0.1, np.median(slopes)), 1.0, MAX_DECODER_GAIN)) if slopes else 1.0


def faces_of(clips: list[Clip]) -> list[Clip]:
    """One clip of each real person (of each drawn one where there are no real ones): whose openings the decoder's gain is for."""
    real = [c for c in clips if not c.drawn] or clips
    return list({c.entry["person"]: c for c in real if len(c) >= 50}.values())


def fold(checkpoint: Path, clips: list[Clip], out: Path, faces: list[Clip] | None, teachers: Path | None = None) -> dict[str, float]:
    """Stretches the averaged weights of a checkpoint: the voice by the gains on `clips`, the decoder by the gain on `faces`,
    or by landmarks on those of `clips` that have face windows where there are `teachers`. Without clips they stay as they are;
    without `faces` (None) the decoder does, as when only the voice was trained on.

    Writes what measuring and export need (no optimiser states) and returns the gain of each explicit code, and the decoder's.
    """
    state = torch.load(checkpoint, map_location="cpu")
    average = state["average"]
    gain, stretch = np.ones(EXPLICIT_CODES), 1.0
    voices = [c for c in clips if c.teaches_audio]
    if voices:
        model, reader = load_model(checkpoint), load_reader(checkpoint)
        gain, bias = voice_gains(model, voices)
        stretch_voice(average, gain, bias)
        shown = [c for c in voices if (c.folder / "faces.npy").exists()]
        stretch = 1.0 if faces is None else decoder_gain_by_landmarks(model, shown, teachers) if teachers and shown else decoder_gain(model, reader, faces)
    average["decoder.z.0.weight"][:, :EXPLICIT_CODES] *= stretch
    state["calibrated"] = {**{k: round(float(v), 3) for k, v in zip(EXPLICIT, gain)}, "decoder": round(stretch, 3)}
    torch.save({k: v for k, v in state.items() if k not in ("model", "optimisers", "critic")}, out)
    return state["calibrated"]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, help="landmark nets: the decoder's gain by them instead of the mouth reader")
    parser.add_argument("--voice-only", action="store_true", help="leave the decoder as it is")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    clips = load_clips(args.shards, {"validation"})
    if not any(c.teaches_audio for c in clips):
        raise SystemExit("no validation clips with sound: prepare them first")
    faces = None if args.voice_only else faces_of(load_clips(args.shards, {"train", "validation"}))
    print(" ".join(f"{k} {v}" for k, v in fold(args.checkpoint, clips, args.out, faces, args.teachers).items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
