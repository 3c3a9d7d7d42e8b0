"""videos -> shards. One clip gives one folder of plain .npy arrays and clip.json (format: training/README.md)."""
from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import time
from pathlib import Path

import cv2
import numpy as np

from . import alignment, media, motion
from .mel import MEL, mel_frames
from .teachers import DetectorTeacher, MeshTeacher, roi_of

MIN_FRAMES = 25
MAX_LOST_FRACTION = 0.1
SYNC_LAGS = range(-8, 9)
MIN_EYE_DISTANCE_PX = 24.0


def track(frames: np.ndarray, detector: DetectorTeacher, mesh: MeshTeacher) -> tuple[np.ndarray, np.ndarray]:
    """frames [N, H, W, 3]. Returns points [N, 468, 3] (NaN where lost) and scores [N]."""
    points = np.full((len(frames), 468, 3), np.nan, np.float32)
    scores = np.full(len(frames), -99.0, np.float32)
    roi = None
    for i, frame in enumerate(frames):
        fresh = roi is None
        if fresh:
            roi = detector(frame)
            if roi is None:
                continue
        for _ in range(3 if fresh else 1):
            p, scores[i] = mesh(frame, roi)
            roi = roi_of(p)
        if scores[i] < 3.0:
            roi = None
        else:
            points[i] = p
    return points, scores


def longest_good_run(points: np.ndarray, frames: np.ndarray) -> slice:
    """The longest stretch without a lost face or a scene cut (eye centre jump above half an eye distance)."""
    good = np.isfinite(points[:, 0, 0])
    eyes = points[:, [33, 133, 362, 263], :2].mean(1)
    size = np.hypot(*(points[:, [33, 133], :2].mean(1) - points[:, [362, 263], :2].mean(1)).T)
    start, best = 0, slice(0, 0)
    for i in range(len(points) + 1):
        cut = i == len(points) or not good[i]
        if not cut and i > start:
            cut = float(np.hypot(*(eyes[i] - eyes[i - 1]))) > 0.5 * float(size[i])
        if cut:
            if i - start > best.stop - best.start:
                best = slice(start, i)
            start = i if i < len(points) and good[i] else i + 1
    return best


def sync(pcm: np.ndarray, gap: np.ndarray) -> tuple[int, float]:
    """Lag in frames (positive: the mouth comes after the sound) and correlation of loudness with lip opening."""
    loud = np.array([mel_frames(pcm[max(0, 640 * n - 320):640 * n + 960]).mean() if 640 * n < len(pcm) else -4.0
                     for n in range(len(gap))])
    if loud.std() < 1e-3 or gap.std() < 1e-4:
        return 0, 0.0
    best = (0, -1.0)
    for lag in SYNC_LAGS:
        a, b = (loud[:len(loud) - lag], gap[lag:]) if lag >= 0 else (loud[-lag:], gap[:lag])
        r = float(np.corrcoef(a, b)[0, 1])
        if r > best[1]:
            best = (lag, r)
    return best


def prepare_clip(path: Path, out: Path, entry: dict, detector: DetectorTeacher, mesh: MeshTeacher) -> dict:
    """Writes the clip's folder and returns its record. Raises MediaError with the reason when it is refused."""
    frames = media.read_video(path)
    pcm = media.read_audio(path)
    points, scores = track(frames, detector, mesh)
    run = longest_good_run(points, frames)
    count = run.stop - run.start
    if count < MIN_FRAMES:
        raise media.MediaError(f"only {count} frames with a steady face")
    points, frames = points[run], frames[run]
    transforms = alignment.smooth(alignment.fit(points))
    if float(np.median(np.hypot(transforms[:, 0], transforms[:, 1]))) * alignment.EYE_DISTANCE_PX < MIN_EYE_DISTANCE_PX:
        raise media.MediaError("the face is too small")
    local = np.stack([alignment.to_patch(p, t) for p, t in zip(points, transforms)])
    raw = motion.geometry(local)
    pcm = pcm[640 * run.start:640 * run.stop + 1600]
    lag, r = sync(pcm, raw[:, 1])
    part = out.with_suffix(".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    np.save(part / "patches.npy", np.stack([alignment.cut(f, t) for f, t in zip(frames, transforms)]))
    if entry["use"] != "train":
        np.save(part / "faces.npy", np.stack([alignment.cut(f, t, alignment.FACE_PX, alignment.FACE_ORIGIN)
                                              for f, t in zip(frames, transforms)]))
    np.save(part / "landmarks.npy", local.astype(np.float16))
    np.save(part / "geometry.npy", raw)
    np.save(part / "transforms.npy", transforms.astype(np.float32))
    np.save(part / "pcm.npy", pcm)
    np.save(part / "mel.npy", mel_frames(pcm).astype(np.float16))
    record = dict(entry, frames=count, first_frame=run.start, sync_lag_frames=lag, sync_r=round(r, 3),
                  eye_distance_px=round(float(np.median(np.hypot(transforms[:, 0], transforms[:, 1]))) * 67.0, 1),
                  jitter_px=round(float(np.abs(np.diff(transforms[:, 2:], 2, axis=0)).mean()), 3), mel=MEL.as_dict())
    (part / "clip.json").write_text(json.dumps(record))
    os.replace(part, out)
    return record


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder that the split's paths are relative to")
    parser.add_argument("--split", type=Path, default=Path(__file__).parents[1] / "split.json")
    parser.add_argument("--teachers", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--order", choices=("split", "spread"), default="spread",
                        help="spread: few-clip people first, then the long corpora in strides, so a killed run is useful")
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    clips = json.loads(args.split.read_text())["clips"]
    if args.order == "spread":
        held = [c for c in clips if "grid_s1" not in c["path"]]
        long = [c for c in clips if "grid_s1" in c["path"]]
        test = [c for c in long if c["use"] != "train"]
        train = [c for c in long if c["use"] == "train"]
        clips = held + test[::4] + [c for k in range(8) for c in train[k::8]] + [c for i, c in enumerate(test) if i % 4]
    detector, mesh = DetectorTeacher(args.teachers), MeshTeacher(args.teachers)
    done = refused = 0
    started = time.monotonic()
    for i, entry in enumerate(clips):
        path = args.data / entry["path"]
        out = args.out / entry["path"].replace("/", "__").removesuffix(".mp4")
        if (out / "clip.json").exists():
            done += 1
            continue
        try:
            r = prepare_clip(path, out, entry, detector, mesh)
            done += 1
            print(f"{i + 1}/{len(clips)} {entry['path']} frames {r['frames']} eyes {r['eye_distance_px']} px "
                  f"lag {r['sync_lag_frames']} r {r['sync_r']} ({time.monotonic() - started:.0f} s)", flush=True)
        except (media.MediaError, OSError) as error:
            refused += 1
            print(f"{i + 1}/{len(clips)} {entry['path']} refused: {error}", file=sys.stderr, flush=True)
    print(f"{done} clips ready, {refused} refused")
    return 0 if refused == 0 else 1


if __name__ == "__main__":
    raise SystemExit(main())
