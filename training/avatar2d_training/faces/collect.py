"""Videos, pictures and drawn or rendered faces -> face samples for the two nets.

One .npz per group in --out: `images` [N, 224, 224, 3] uint8 BGR around the face (face box about 112 px), `points`
[N, 110, 2] float32 in image pixels, `person` [N] names, `use` [N] (train, validation, test, unseen), `licence`.
"""
from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import cv2
import numpy as np

from .. import media
from ..teachers import ROI_SCALE, DetectorTeacher, MeshTeacher, roi_of
from . import points as P

IMAGE_PX = 224
FACE_FRACTION = 0.5
"""Longer side of the points' box over the side of the stored image."""
LONG_CLIPS = 150
"""Clips of the one speaker who has hundreds of them."""
MIN_SCORE = 3.0
MIN_EYE_DISTANCE_PX = 16.0


class Labeller:
    """Points of a frame from the teachers; a clip's next frame starts from the last one's region."""

    def __init__(self, teachers: Path) -> None:
        self._detector, self._mesh = DetectorTeacher(teachers), MeshTeacher(teachers)
        self._roi: np.ndarray | None = None

    def __call__(self, frame: np.ndarray, fresh: bool) -> np.ndarray | None:
        """[110, 2] frame pixels, or None where no face is certain. `fresh`: not the clip of the call before."""
        if fresh or self._roi is None:
            self._roi = self._detector(frame)
            if self._roi is None:
                return None
            self._roi = roi_of(self._mesh(frame, self._roi)[0])
        for _ in range(2):
            full, score = self._mesh(frame, self._roi)
            self._roi = roi_of(full)
        points = full[list(P.MESH_INDICES), :2]
        if score > MIN_SCORE and P.eye_distance(points) >= MIN_EYE_DISTANCE_PX:
            return points
        self._roi = None
        return None


FAR_OFF = 0.12
"""Mean distance, in eye distances, from which the teacher reads something else than the face that is known to be there."""


def ask(mesh: MeshTeacher, picture: np.ndarray, about: np.ndarray) -> np.ndarray | None:
    """The teacher's points [110, 2] of a face whose points are about there, or None where it sees none."""
    region = P.region(about, ROI_SCALE)
    for _ in range(2):
        full, score = mesh(picture, region)
        region = roi_of(full)
    points = full[list(P.MESH_INDICES), :2]
    near = np.linalg.norm(points - about, axis=1).mean() < FAR_OFF * P.eye_distance(about)
    return points if score > MIN_SCORE and near else None


def store(frame: np.ndarray, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The upright image around a face, and its points there."""
    cx, cy, side, _ = P.region(points, 1 / FACE_FRACTION)
    m = P.to_frame_matrix(np.array([cx, cy, side, 0.0]), IMAGE_PX)
    ratio = side / IMAGE_PX
    if ratio > 1.5:
        frame = cv2.GaussianBlur(frame, (0, 0), 0.4 * ratio)
    image = cv2.warpAffine(frame, m, (IMAGE_PX, IMAGE_PX), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                           borderMode=cv2.BORDER_REPLICATE)
    return image, ((points - m[:, 2]) / ratio).astype(np.float32)


class Samples:
    """Grows a group of samples and writes it."""

    def __init__(self) -> None:
        self.rows: list[tuple] = []

    @classmethod
    def load(cls, path: Path) -> Samples:
        """Those of a file that `save` wrote."""
        samples = cls()
        with np.load(path) as d:
            samples.rows = list(zip(*(d[k] for k in ("images", "points", "person", "use", "licence"))))
        return samples

    def add(self, frame: np.ndarray, points: np.ndarray, person: str, use: str, licence: str) -> None:
        self.rows.append((*store(frame, points), person, use, licence))

    def save(self, path: Path) -> None:
        images, points, person, use, licence = zip(*self.rows)
        part = path.with_suffix(".part.npz")
        np.savez(part, images=np.stack(images), points=np.stack(points), person=np.array(person), use=np.array(use),
                 licence=np.array(licence))
        part.replace(path)


def shard_points(folder: Path, frames: int) -> dict[int, np.ndarray]:
    """Frame number -> [110, 2] frame pixels, from a shard of `prepare` (its labels come from the same teachers)."""
    first = json.loads((folder / "clip.json").read_text())["first_frame"]
    local = np.load(folder / "landmarks.npy").astype(np.float32)[:, list(P.MESH_INDICES), :2]
    a, b, tx, ty = np.load(folder / "transforms.npy").T[:, :, None]
    u, v = local[..., 0], local[..., 1]
    xy = np.stack([a * u - b * v + tx, b * u + a * v + ty], -1)
    return {first + i: p for i, p in enumerate(xy) if first + i < frames}


def videos(data: Path, split: Path, label: Labeller, frames_long: int, shards: Path | None) -> Samples:
    """Frames of the split's clips; people with many clips give few frames of each."""
    clips = json.loads(split.read_text())["clips"]
    long = [c for c in clips if "grid_s1/" in c["path"]]
    train = [c for c in long if c["use"] == "train"]
    held = [c for c in long if c["use"] != "train"]
    chosen = [c for c in clips if "grid_s1/" not in c["path"]] + train[::max(1, len(train) // LONG_CLIPS)] + held[::6]
    samples, started = Samples(), time.monotonic()
    for n, clip in enumerate(chosen):
        try:
            frames = media.read_video(data / clip["path"])
        except media.MediaError:
            continue
        count = frames_long if "clips/" in clip["path"] else 7 if "grid_s1/" in clip["path"] else 40 if clip["use"] == "train" else 14
        shard = shards / clip["path"].replace("/", "__").removesuffix(".mp4") if shards else None
        known = shard_points(shard, len(frames)) if shard and (shard / "clip.json").exists() else None
        for i in np.linspace(0, len(frames) - 1, count).astype(int):
            points = label(frames[i], i == 0) if known is None else known.get(int(i))
            if points is not None:
                samples.add(frames[i], points, clip["person"], clip["use"], clip["licence"])
        print(f"{n + 1}/{len(chosen)} {clip['path']}: {len(samples.rows)} faces, {time.monotonic() - started:.0f} s", flush=True)
    return samples


def pictures(folder: Path, label: Labeller) -> Samples:
    """Every picture of the folder, unless no face is certain in it."""
    samples = Samples()
    for path in sorted(folder.iterdir()):
        frame = cv2.imread(str(path))
        points = None if frame is None else label(frame, True)
        if points is None:
            print(f"{path.name}: no face", flush=True)
            continue
        samples.add(frame, points, path.stem, "train", "train")
    return samples


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--split", type=Path, default=Path(__file__).parents[2] / "split.json")
    parser.add_argument("--shards", type=Path, help="folder of prepare: take its labels instead of asking the teachers again")
    parser.add_argument("--frames-long", type=int, default=120, help="frames of each long clip")
    args = parser.parse_args(argv)
    cv2.setNumThreads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    label = Labeller(args.teachers)
    pictures(args.data / "image", label).save(args.out / "pictures.npz")
    videos(args.data, args.split, label, args.frames_long, args.shards).save(args.out / "videos.npz")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
