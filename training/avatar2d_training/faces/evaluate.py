"""Measures both nets on people who are in no training set, against the teacher's points, and writes a report."""
from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import nn

from . import points as P
from .fitting import to_tensor
from .nets import DETECTOR_PX, DETECTOR_SIDE_PX, DETECTOR_STRIDE, Averaged, DetectorNet, LandmarkNet
from .samples import Faces
from .start import begin_from

SCENE_PX = (480, 640)
FACE_SIZES_PX = (64, 90, 128, 180, 256, 400)
THRESHOLD = 0.4
CERTAIN = 0.6
"""Score from which the search does not go on to smaller tiles."""
ACCEPT = 0.6
"""Presence from which the tracker takes a detection for a face (FaceTrackerOptions.AcceptPresence)."""
HIT = 0.35
"""A detection counts when its centre is nearer than this part of the true side and its side within a factor of 1.5."""


def load(net: nn.Module, checkpoint: Path) -> nn.Module:
    """The net with the weights of a last.pth or of an exported .onnx, for use."""
    size = P.CROP_PX if isinstance(net, LandmarkNet) else DETECTOR_PX
    begin_from(net, checkpoint, torch.rand(8, 3, size, size) * 2 - 1)
    return net.eval()


def cut(image: np.ndarray, region: np.ndarray, size: int) -> np.ndarray:
    """The region as the serving side cuts it: turned, its edge repeated, smoothed where it shrinks."""
    k = region[2] / size
    if k > 1.5:
        image = cv2.GaussianBlur(image, (0, 0), 0.4 * k)
    return cv2.warpAffine(image, P.to_frame_matrix(region, size), (size, size), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
                          borderMode=cv2.BORDER_REPLICATE)


def read(net: nn.Module, image: np.ndarray, region: np.ndarray) -> tuple[np.ndarray, float]:
    """Points [110, 2] in image pixels and presence."""
    with torch.no_grad():
        places, logit = net(to_tensor([cut(image, region, P.CROP_PX)]))
    return P.apply(P.to_frame_matrix(region), (places[0].numpy() + 0.5) * P.CROP_PX - 0.5), float(torch.sigmoid(logit))


def opening(points: np.ndarray) -> tuple[float, float]:
    """Mean distance of the inner lips and of the lids, in eye distances (three places each, both eyes)."""
    across = lambda a, b: float(np.linalg.norm(points[P.place(*a)] - points[P.place(*b)], axis=1).mean() / P.eye_distance(points))
    return across((13, 82, 312), (14, 87, 317)), across((159, 160, 158, 386, 385, 387), (145, 144, 153, 374, 380, 373))


def follows(truth: np.ndarray, found: np.ndarray) -> dict:
    """Correlation of a measure with the truth, over all faces, and the slope of the line through them."""
    if truth.std() < 1e-4:
        return {}
    return {"r": round(float(np.corrcoef(truth, found)[0, 1]), 3), "slope": round(float(np.cov(truth, found)[0, 1] / truth.var(ddof=1)), 3)}


def shares(errors: np.ndarray) -> dict:
    """errors [n, 110, 2] of one person, upright, in eye distances -> percent per group of points, and of that the part that is
    the same in all pictures: other people cure it, not steadier reading."""
    each, same = np.linalg.norm(errors, axis=2).mean(0) * 100, np.linalg.norm(errors.mean(0), axis=1) * 100
    return {"by_group_percent": {k: round(float(each[P.place(*v)].mean()), 2) for k, v in P.GROUPS.items()},
            "constant_by_group_percent": {k: round(float(same[P.place(*v)].mean()), 2) for k, v in P.GROUPS.items()},
            "constant_percent": round(float(same.mean()), 3)}


def landmarks(net: nn.Module, faces: list, seed: int = 7) -> dict:
    """Errors in percent of the eye distance: the first crop is off as a moving face's is, the second follows the first's points."""
    r, rows, gaps, upright = np.random.default_rng(seed), [], [], []
    for image, truth, person, _ in faces:
        region = P.region(truth) * [1, 1, np.exp(r.normal(0, 0.08)), 1] + [*(r.normal(0, 0.04, 2) * P.region(truth)[2]), 0, r.normal(0, 0.08)]
        found, _ = read(net, image, region)
        found, presence = read(net, image, P.region(found))
        error = np.linalg.norm(found - truth, axis=1) / P.eye_distance(truth) * 100
        rows.append((person, error.mean(), error[P.MOUTH].mean(), error[P.place(*P.RIGHT_EYE, *P.LEFT_EYE)].mean(), presence))
        gaps.append([*opening(truth), *opening(found)])
        c, s = np.cos(P.region(truth)[3]), np.sin(P.region(truth)[3])
        upright.append((found - truth) @ np.array([[c, -s], [s, c]]) / P.eye_distance(truth))
    people = sorted({row[0] for row in rows})
    mean = {p: [float(np.mean([row[k] for row in rows if row[0] == p])) for k in range(1, 5)] for p in people}
    every = np.array(list(mean.values()))
    names = ("all_points_percent", "mouth_percent", "eyes_percent", "presence")
    lips, lids, lips_found, lids_found = np.array(gaps).T
    detail = {p: shares(np.stack([u for u, row in zip(upright, rows) if row[0] == p])) for p in people}
    return {"faces": len(rows), "lips": follows(lips, lips_found), "lids": follows(lids, lids_found),
            "people": {p: dict(zip(names, np.round(v, 3).tolist())) | detail[p] for p, v in mean.items()},
            "median": dict(zip(names, np.round(np.median(every, 0), 3).tolist())),
            "worst": dict(zip(names, np.round([*every[:, :3].max(0), every[:, 3].min()], 3).tolist()))}


def look(net: nn.Module, picture: np.ndarray, window: np.ndarray) -> list[tuple[float, np.ndarray]]:
    """(score, region) of the score map's peaks above the threshold."""
    with torch.no_grad():
        out = net(to_tensor([cut(picture, window, DETECTOR_PX)]))[0].numpy()
    score = 1 / (1 + np.exp(-out[0]))
    peak = (score == cv2.dilate(score, np.ones((3, 3)))) & (score >= THRESHOLD)
    found, k = [], window[2] / DETECTOR_PX
    for v, u in np.argwhere(peak):
        at = (np.array([u, v]) + np.clip(out[1:3, v, u], -1.5, 1.5) + 0.5) * DETECTOR_STRIDE - 0.5
        centre = P.apply(P.to_frame_matrix(window, DETECTOR_PX), at)
        found.append((float(score[v, u]), np.array([*centre, DETECTOR_SIDE_PX * 2 ** out[3, v, u] * k, np.arctan2(out[5, v, u], out[4, v, u])])))
    return found


def detect(net: nn.Module, picture: np.ndarray) -> list[tuple[float, np.ndarray]]:
    """The serving side's search: the padded whole, then tiles of the shorter side, then of half of it."""
    h, w = picture.shape[:2]
    found = look(net, picture, np.array([(w - 1) / 2, (h - 1) / 2, max(h, w) * 1.3, 0]))
    for side in (min(h, w), min(h, w) / 2)[0 if max(h, w) > 1.2 * min(h, w) else 1:]:
        if max((score for score, _ in found), default=0) >= CERTAIN:
            break
        xs, ys = (np.linspace(side / 2, n - side / 2, max(1, int(np.ceil((n - side) / (side / 2))) + 1)) for n in (w, h))
        found += [f for y in ys for x in xs for f in look(net, picture, np.array([x, y, side, 0]))]
    return sorted(found, key=lambda f: -f[0])


def alarm(net: nn.Module, reader: nn.Module | None, picture: np.ndarray) -> tuple[bool, bool]:
    """Whether the detector sees a face, and whether the tracker would take one: the landmark net (twice, as the tracker reads a
    new face) is certain of one of the detections."""
    found = detect(net, picture)
    if reader is None:
        return bool(found), bool(found)
    return bool(found), any(read(reader, picture, P.region(read(reader, picture, region)[0]))[1] >= ACCEPT for _, region in found)


def detector(net: nn.Module, faces: list, backgrounds: list, reader: nn.Module | None = None, seed: int = 8) -> dict:
    """Recall over the sizes of a face (longer side of the landmarks' box, pixels) in 640x480 pictures, and false alarms, before and
    after the landmark net `reader` was asked for its presence."""
    r, hits = np.random.default_rng(seed), {size: [] for size in FACE_SIZES_PX}
    h, w = SCENE_PX
    for i, (image, truth, _, _) in enumerate(faces):
        size = FACE_SIZES_PX[i % len(FACE_SIZES_PX)]
        own = P.region(truth)
        k = size / (own[2] / P.CROP_SCALE)
        free = np.maximum(0, np.array([w, h]) / 2 - 0.6 * size)
        centre = np.array([w, h]) / 2 + r.uniform(-1, 1, 2) * free
        m = np.column_stack([np.eye(2) * k, centre - k * own[:2]])
        picture = cv2.warpAffine(image, m, (w, h), borderMode=cv2.BORDER_REPLICATE)
        best = detect(net, picture)[:1]
        side = own[2] * k
        hits[size].append(bool(best) and np.hypot(*(best[0][1][:2] - centre)) < HIT * side and 2 / 3 < best[0][1][2] / side < 1.5)
    alarms = np.array([alarm(net, reader, picture) for picture in backgrounds]).reshape(-1, 2).mean(0)
    return {"faces": len(faces), "recall": float(np.mean([x for v in hits.values() for x in v])),
            "recall_by_size_px": {str(k): float(np.mean(v)) for k, v in hits.items() if v},
            "pictures_without_face": len(backgrounds), "false_alarms": float(alarms[0]) if backgrounds else None,
            "false_alarms_tracked": float(alarms[1]) if backgrounds and reader else None}


def empty_pictures(folder: Path) -> list[np.ndarray]:
    """Pictures without a face, [480, 640, 3]: the held-out pieces of backgrounds.npz."""
    path = folder / "backgrounds.npz"
    if not path.exists():
        return []
    with np.load(path) as file:
        return [cv2.resize(image, SCENE_PX[::-1]) for image, use in zip(file["images"], file["use"]) if use != "train"]


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, required=True)
    parser.add_argument("--landmarks", type=Path, help="last.pth of train_landmarks, or a shipped landmarks.onnx")
    parser.add_argument("--detector", type=Path, help="last.pth of train_detector, or a shipped detector.onnx")
    parser.add_argument("--every", type=int, default=1, help="measure only every so many faces")
    parser.add_argument("--out", type=Path, required=True, help="report.json")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    faces = Faces(args.samples)
    groups = {"unseen_people": faces.held("videos", ("unseen",)), "known_people_held_out": faces.held("videos", ("test",)),
              "morphs_held_out": faces.held("morphs", ("unseen",)), "taught_unseen": faces.held("taught", ("unseen",)),
              "drawn_unseen": faces.held("drawn", ("unseen",)), "heads_unseen": faces.held("heads", ("unseen",))}
    if args.every > 1:
        groups = {name: group[::args.every] for name, group in groups.items()}
    report = {"made": time.strftime("%Y-%m-%d", time.gmtime())}
    reader = None
    if args.landmarks:
        reader = Averaged(load(LandmarkNet(), args.landmarks)).eval()
        report["landmarks"] = {name: landmarks(reader, group) for name, group in groups.items() if group}
    if args.detector:
        net = load(DetectorNet(), args.detector)
        empty = empty_pictures(args.samples)
        report["detector"] = {name: detector(net, group, empty if name == "unseen_people" else [], reader) for name, group in groups.items() if group}
    args.out.write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps({k: {g: {n: x for n, x in r.items() if n != "people"} for g, r in v.items()} for k, v in report.items() if k != "made"}, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
