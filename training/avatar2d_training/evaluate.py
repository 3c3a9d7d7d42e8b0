"""Cross-driven evaluation: frames of clip i, mouth of clip j. Self-reconstruction is an illusion and is not ranked on."""
from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import torch

from . import measure, telephone
from .alignment import FACE_ORIGIN, FACE_PX, PATCH_PX
from .config import MODELS
from .dataset import Clip, load_clips
from .motion import EXPLICIT, GEOMETRY, PersonRange, explicit_code, geometry, stretch
from .networks import feather
from .rendering import codes_of, load_model, references, render
from .speech_times import pauses, read_words, shut_recall, shut_spans
from .teachers import MeshTeacher, roi_of
from .train_robust import Model

FRAMES = 75
GAP, WIDTH = GEOMETRY.index("gap"), GEOMETRY.index("width")
ROUND = [EXPLICIT.index("mouthFunnel"), EXPLICIT.index("mouthPucker")]


class Mesh:
    """Landmarks of generated patches, pasted into the clip's own face windows."""

    def __init__(self, teachers: Path) -> None:
        self._mesh = MeshTeacher(teachers)

    def geometry(self, clip: Clip, patches: np.ndarray, first: int = 0) -> np.ndarray:
        """patches [n, 128, 128, 3] -> [n, 13], as `motion.geometry`."""
        faces = np.load(clip.folder / "faces.npy", mmap_mode="r")
        points = np.load(clip.folder / "landmarks.npy", mmap_mode="r")
        x0, y0 = FACE_ORIGIN
        result = []
        for n, patch in enumerate(patches):
            face = faces[first + n].copy()
            assert face.shape[0] == FACE_PX
            face[y0:y0 + PATCH_PX, x0:x0 + PATCH_PX] = patch
            there = points[first + n].astype(np.float32) + (x0, y0, 0)
            p, _ = self._mesh(face, roi_of(there))
            result.append(p - (x0, y0, 0))
        return geometry(np.stack(result))


LEAST_GAIN, MOST_GAIN = 0.8, 1.6
LEAST_FOLLOWED = 0.7
"""A face whose opening follows its own codes less than this (correlation) is not read well enough to be stretched by it."""


def face_gain(model: Model, mesh: Mesh, clip: Clip, own: PersonRange) -> float:
    """By how much the opening is stretched (`motion.stretch`) for this face, so that its opening has the person's own range: frames of the
    clip, driven by the clip's codes of half a clip later (at most two seconds). It is the ratio of the deviations, as both are read with
    an error. Registration does the same with the product's landmarks."""
    n = min(len(clip) // 2, 50)
    told = clip.code[len(clip) // 2:][:n]
    z = torch.cat([torch.from_numpy(told), torch.zeros(n, model.config.residual_codes)], 1)
    made = ((mesh.geometry(clip, render(model, clip, z)) - own.zero) / own.unit)[:, GAP]
    real = ((clip.geometry[len(clip) // 2:][:n] - own.zero) / own.unit)[:, GAP]
    if measure.correlation(made, real) < LEAST_FOLLOWED:
        return 1.0
    return float(np.clip(real.std() / made.std(), LEAST_GAIN, MOST_GAIN))


@dataclass(frozen=True)
class Pair:
    clip: Clip
    driver: Clip


def pairs(clips: list[Clip], quick: bool) -> dict[str, list[Pair]]:
    """known: held-out GRID s1 sentences driving each other; unseen: every unseen person, driven mostly by other people; drawn: so for
    drawn characters."""
    s1 = [c for c in clips if c.entry["person"] == "grid_s1" and c.entry["use"] == "test"]
    unseen = [c for c in clips if c.entry["use"] == "unseen"]
    count = 5 if quick else 16
    known = [Pair(s1[k % len(s1)], s1[(k + 7) % len(s1)]) for k in range(min(count, len(s1)))]
    speakers = [c for c in unseen if c.teaches_audio] + s1[:3]
    far = []
    for k, clip in enumerate(unseen):
        others = [d for d in speakers if d.entry["person"] != clip.entry["person"]]
        far += [Pair(clip, others[(3 * k + m) % len(others)]) for m in range(1 if quick else 3)]
    return {"known": known, "unseen": [p for p in far if not p.clip.drawn], "drawn": [p for p in far if p.clip.drawn]}


def real_clips(shards: Path) -> list[Clip]:
    """Held-out clips that have the face windows which the landmark teacher needs."""
    return [c for c in load_clips(shards, {"test", "unseen"}, measure_too=True) if (c.folder / "faces.npy").exists()]


def person_ranges(clips: list[Clip]) -> dict[str, PersonRange]:
    people: dict[str, list[np.ndarray]] = {}
    for c in clips:
        people.setdefault(c.entry["person"], []).append(c.geometry)
    return {p: PersonRange.of(np.concatenate(g)) for p, g in people.items()}


class Bench:
    """What all pairs are measured against: people's ranges and portraits, word times."""

    def __init__(self, clips: list[Clip], teachers: Path, words: Path | None) -> None:
        self.mesh, self.ranges = Mesh(teachers), person_ranges(clips)
        self.words = read_words(words) if words else {}
        people: dict[str, list[np.ndarray]] = {}
        for c in clips:
            people.setdefault(c.entry["person"], []).append(measure.portrait(np.asarray(c.patches[:FRAMES])))
        self.portraits = {p: np.mean(v, 0) for p, v in people.items()}
        self._gains: dict[str, float] = {}

    def gain(self, model: Model, clip: Clip) -> float:
        """`face_gain`, once per clip."""
        if clip.name not in self._gains:
            self._gains[clip.name] = face_gain(model, self.mesh, clip, self.ranges[clip.entry["person"]])
        return self._gains[clip.name]

    def shut(self, driver: Clip, frames: int) -> list[slice]:
        words = self.words.get(Path(driver.entry["path"]).stem, []) if driver.entry["person"] == "grid_s1" else []
        return shut_spans(words, driver.entry.get("first_frame", 0), frames)

    def is_like(self, person: str, patches: np.ndarray) -> float:
        """1 when of all people that are measured the made face is nearest to its own."""
        face = measure.portrait(patches)
        return float(min(self.portraits, key=lambda p: float(np.square(self.portraits[p] - face).sum())) == person)


def measure_pair(model: Model, bench: Bench, pair: Pair, kind: str) -> dict[str, float]:
    """All measures of one pair and driver. Openings are in each person's own range, so slopes compare motion with motion."""
    n = min(FRAMES, len(pair.clip), len(pair.driver))
    patches = render(model, pair.clip, stretch(codes_of(model, pair.driver, kind, n), bench.gain(model, pair.clip)))
    own, other = bench.ranges[pair.clip.entry["person"]], bench.ranges[pair.driver.entry["person"]]
    made = (bench.mesh.geometry(pair.clip, patches) - own.zero) / own.unit
    real = (pair.driver.geometry[:n] - other.zero) / other.unit
    base = (pair.clip.geometry[:n] - own.zero) / own.unit
    gap, truth, self_gap = made[:, GAP], real[:, GAP], base[:, GAP]
    round_made, round_real = (explicit_code(x, p)[:, ROUND].sum(1) for x, p in
                              ((made * own.unit + own.zero, own), (pair.driver.geometry[:n], other)))
    lag, best = measure.lagged(gap, truth)
    recall, false = measure.closure(gap, truth)
    shut, quiet = bench.shut(pair.driver, n), pauses(pair.driver.pcm, n)
    natural = np.asarray(pair.clip.patches[:n])
    left, top, side = MODELS["standard"].window
    border = np.pad(feather(side)[0, 0].numpy(), ((top, PATCH_PX - side - top), (left, PATCH_PX - side - left)))
    return {"r": measure.correlation(gap, truth), "lag": lag, "r_best": best, "slope": measure.slope(gap, truth),
            "r_width": measure.correlation(made[:, WIDTH], real[:, WIDTH]), "slope_width": measure.slope(made[:, WIDTH], real[:, WIDTH]),
            "r_round": measure.correlation(round_made, round_real), "slope_round": measure.slope(round_made, round_real),
            "leak": measure.correlation(gap, self_gap), "unrelated": measure.correlation(truth, self_gap),
            "mean_opening": float(gap.mean()), "std_opening": float(gap.std()), "std_real": float(self_gap.std()),
            "closure": recall, "false_closure": false,
            "shut_bmp": shut_recall(gap, shut), "shut_bmp_real": shut_recall(truth, shut),
            "pause_motion": measure.pause_motion(gap, quiet), "pause_motion_real": measure.pause_motion(truth, quiet),
            "pause_opening": float(gap[quiet].mean()) if quiet.any() else float("nan"),
            "pause_opening_real": float(truth[quiet].mean()) if quiet.any() else float("nan"),
            "sharp": measure.sharpness(patches) / measure.sharpness(natural),
            "seam": measure.seam(patches, natural, border),
            "flicker": measure.flicker(patches) / max(1e-6, measure.flicker(natural)),
            "identity": bench.is_like(pair.clip.entry["person"], patches), "face_gain": bench.gain(model, pair.clip)}


SHOWN = ("r", "lag", "slope", "r_width", "slope_width", "slope_round", "leak", "unrelated", "mean_opening", "closure", "false_closure",
         "shut_bmp", "shut_bmp_real", "pause_motion", "pause_motion_real", "pause_opening", "sharp", "seam", "flicker", "identity", "face_gain")


def evaluate(model: Model, shards: Path, teachers: Path, kinds: list[str], quick: bool, words: Path | None = None, say=print) -> dict:
    clips = real_clips(shards)
    bench = Bench(clips, teachers, words)
    report: dict = {}
    for group, members in pairs(clips, quick).items():
        for kind in kinds if members else []:
            rows = [dict(measure_pair(model, bench, p, kind), person=p.clip.entry["person"], driver=p.driver.name) for p in members]
            people: dict[str, list[dict]] = {}
            for i, row in enumerate(rows):
                people.setdefault(str(i) if group == "known" else row["person"], []).append(row)
            names = [k for k in rows[0] if k not in ("person", "driver")]
            per_person = {p: {k: float(np.nanmean([r[k] for r in rs])) if np.isfinite([r[k] for r in rs]).any() else float("nan")
                              for k in names} for p, rs in people.items()}
            summary = {k: measure.spread([v[k] for v in per_person.values()]) for k in names}
            report[f"{group}/{kind}"] = {"pairs": len(rows), "summary": summary,
                                         "people": {p: {k: round(v, 3) for k, v in m.items()} for p, m in per_person.items()}}
            say(f"{group:7s} {kind:14s} " + " ".join(f"{k} {summary[k]['median']:.2f}" for k in SHOWN), flush=True)
    return report


SHEET_PEOPLE = ("gallery-maya", "gallery-jonas", "gallery-kiko", "grid_s1", "obama", "grid_k", "grid_d", "grid_h")
"""Faces whose licence allows to show them: drawn characters, people in the training set, people of GRID in no model."""


def sheet(model: Model, shards: Path, path: Path, kind: str = "audio:clean", columns: int = 9) -> None:
    """First row: a held-out sentence of GRID s1. Below, per person: closed and open reference, silence, the mouths of that
    sentence. For looking at: closed in silence, open on vowels, no ghost, no seam."""
    clips = [c for c in load_clips(shards, {"train", "test", "unseen"}) if c.entry["person"] in SHEET_PEOPLE]
    first = {c.entry["person"]: c for c in sorted(clips, key=lambda c: (c.entry["use"] == "train", c.name), reverse=True)}
    driver = next((c for c in clips if c.entry["person"] == "grid_s1" and c.entry["use"] == "test"), None)
    if driver is None:
        return
    n = min(FRAMES, len(driver))
    at = np.linspace(10, n - 14, columns).astype(int)
    z, silent = codes_of(model, driver, kind, n)[at], codes_of(model, driver, "silence", 1)
    rows = [np.hstack([np.zeros((PATCH_PX, 3 * PATCH_PX, 3), np.uint8), *driver.patches[at]])]
    for person in SHEET_PEOPLE:
        if person in first:
            clip = first[person]
            closed, opened = references(clip)
            made = [render(model, clip, one, closed)[0] for one in torch.cat([silent, z]).split(1)]
            rows.append(np.hstack([clip.patches[closed], clip.patches[opened], *made]))
    cv2.imwrite(str(path), np.vstack(rows), [cv2.IMWRITE_JPEG_QUALITY, 88])


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="report .json; contact sheets are written beside it")
    parser.add_argument("--words", type=Path, help="word times of GRID speaker s1 (.tar.gz), for lip closure on m, b, p")
    parser.add_argument("--quick", action="store_true", help="few pairs")
    parser.add_argument("--drivers", nargs="*")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    kinds = args.drivers or (["explicit", "audio:clean"] if args.quick else
                             ["explicit", "visual", "constant", "silence"] + [f"audio:{v}" for v in telephone.VARIANTS])
    model = load_model(args.checkpoint)
    report = evaluate(model, args.shards, args.teachers, kinds, args.quick, args.words)
    args.out.write_text(json.dumps(report, indent=1))
    for kind in ("explicit", "audio:clean"):
        sheet(model, args.shards, args.out.with_name(f"{args.out.stem}-{kind.replace(':', '-')}.jpg"), kind)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
