"""Shards <-> a compact form for moving: patches coded as H.264, the rest as float16 in one .npz per clip.

`packed/<clip>.mp4` and `packed/<clip>.npz`; landmarks, mel and the face windows of measured clips are left out (mel is
computed again from the sound, which travels as 16 kHz Opus in the .mp4).
"""
from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
from pathlib import Path

import numpy as np

from . import media
from .mel import mel_frames

POSE_POINTS = (1, 234, 454, 61, 291, 0, 17)
"""What the samplers read of the landmarks: head pose and lip box; the others come back as zeros."""


def pack_clip(folder: Path, out: Path, crf: int) -> int:
    """Writes the pair of files; returns their bytes."""
    patches, pcm = np.load(folder / "patches.npy"), np.load(folder / "pcm.npy")
    film, sound = out / f"{folder.name}.mp4", out / f"{folder.name}.s16"
    pcm.tofile(sound)
    command = ["ffmpeg", "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgr24", "-s", "128x128", "-r", "25", "-i", "-"]
    tail = ["-c:v", "libx264", "-threads", "1", "-preset", "fast", "-crf", str(crf), "-pix_fmt", "yuv420p"]
    with_sound = ["-f", "s16le", "-ar", "16000", "-ac", "1", "-i", str(sound), "-c:a", "libopus", "-b:a", "32k"] if len(pcm) else []
    result = subprocess.run([*command, *with_sound, *tail, str(film)], input=patches.tobytes(), capture_output=True)
    sound.unlink()
    if result.returncode != 0:
        raise media.MediaError(result.stderr.decode(errors="replace").strip())
    points = np.load(folder / "landmarks.npy", mmap_mode="r")[:, list(POSE_POINTS)]
    np.savez_compressed(out / f"{folder.name}.npz", points=points.astype(np.float16),
                        geometry=np.load(folder / "geometry.npy").astype(np.float16), samples=len(pcm),
                        record=np.frombuffer((folder / "clip.json").read_bytes(), np.uint8))
    return sum((out / f"{folder.name}{e}").stat().st_size for e in (".mp4", ".npz"))


def unpack_clip(packed: Path, out: Path) -> None:
    """packed: the .npz; writes a shard folder that training can read."""
    z = np.load(packed)
    record = json.loads(z["record"].tobytes())
    part = out / (packed.stem + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    film = packed.with_suffix(".mp4")
    patches = media.read_video(film)[:record["frames"]]
    if len(patches) != record["frames"]:
        raise media.MediaError(f"{film.name}: {len(patches)} pictures, {record['frames']} expected")
    samples = int(z["samples"])
    pcm = media.read_audio(film)[:samples] if samples else np.zeros(0, np.int16)
    pcm = np.pad(pcm, (0, samples - len(pcm)))
    points = np.zeros((len(patches), 468, 3), np.float16)
    points[:, list(POSE_POINTS)] = z["points"]
    np.save(part / "patches.npy", patches)
    np.save(part / "landmarks.npy", points)
    np.save(part / "geometry.npy", z["geometry"].astype(np.float32))
    np.save(part / "pcm.npy", pcm)
    np.save(part / "mel.npy", mel_frames(pcm).astype(np.float16))
    (part / "clip.json").write_text(json.dumps(record))
    os.replace(part, out / packed.stem)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=("pack", "unpack"))
    parser.add_argument("source", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--crf", type=int, default=16)
    parser.add_argument("--uses", nargs="*", default=["train", "validation"])
    args = parser.parse_args(argv)
    args.out.mkdir(parents=True, exist_ok=True)
    total = count = 0
    if args.action == "pack":
        for record in sorted(args.source.glob("*/clip.json")):
            entry = json.loads(record.read_text())
            if entry["use"] in args.uses and entry["licence"] == "train":
                total += pack_clip(record.parent, args.out, args.crf)
                count += 1
    else:
        for packed in sorted(args.source.glob("*.npz")):
            if not (args.out / packed.stem).exists():
                unpack_clip(packed, args.out)
            count += 1
            total += packed.stat().st_size + packed.with_suffix(".mp4").stat().st_size
    print(f"{count} clips, {total / 1e6:.1f} MB packed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
