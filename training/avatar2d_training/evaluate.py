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
from .mel import mel_frames, mel_window
from .motion import GEOMETRY, PersonRange, geometry
from .networks import compose, mouth_crop
from .teachers import MeshTeacher, roi_of
from .train_robust import Model

FRAMES = 75
GAP, WIDTH = GEOMETRY.index("gap"), GEOMETRY.index("width")


def load_model(path: Path) -> Model:
    """The averaged weights of a checkpoint or of an exported .pth, ready to infer."""
    state = torch.load(path, map_location="cpu")
    model = Model(MODELS[state["config"]["model"]])
    model.load_state_dict({k: v.float() if v.dtype == torch.float16 else v for k, v in state["average"].items()})
    return model.eval()


def tensor(pictures: np.ndarray) -> torch.Tensor:
    """[N, S, S, 3] uint8 BGR -> [N, 3, S, S] RGB 0..1."""
    return torch.from_numpy(np.ascontiguousarray(pictures[..., ::-1].transpose(0, 3, 1, 2))).float() / 255


def fit_size(x: torch.Tensor, size: int) -> torch.Tensor:
    if x.shape[-1] == size:
        return x
    mode = "area" if size < x.shape[-1] else "bilinear"
    return torch.nn.functional.interpolate(x, size=(size, size), mode=mode)


@torch.no_grad()
def codes_of(model: Model, driver: Clip, kind: str, frames: int) -> torch.Tensor:
    """z [frames, codes] of a driving clip. kind: explicit, visual (explicit + residual), audio:<variant>, constant, silence."""
    n = model.config.residual_codes
    if kind.startswith("audio:"):
        mel = mel_frames(telephone.variant(driver.pcm, kind[6:]))
        return model.audio(torch.from_numpy(mel_window(mel, np.arange(frames))).unsqueeze(1))
    if kind == "silence":
        return model.audio(torch.full((frames, 1, 80, 16), -4.0))
    code = torch.from_numpy(driver.code[:frames])
    if kind == "constant":
        return torch.zeros(frames, model.config.codes)
    if kind == "explicit":
        return torch.cat([code, torch.zeros(len(code), n)], 1)
    if kind == "visual":
        return torch.cat([code, model.visual(mouth_crop(tensor(driver.patches[:frames])))], 1)
    raise ValueError(f"unknown driver {kind}")


def references(clip: Clip) -> tuple[int, int]:
    """Frames of the closed and the open reference: 3rd and 95th percentile of the opening."""
    order = clip.geometry[:, GAP].argsort()
    return int(order[int(0.03 * len(order))]), int(order[int(0.95 * (len(order) - 1))])


@torch.no_grad()
def render(model: Model, clip: Clip, z: torch.Tensor, first: int = 0) -> np.ndarray:
    """Patches [n, 128, 128, 3] uint8 BGR of the clip's frames first.. with the mouth of z [n, codes]."""
    size = model.config.patch_px
    closed, opened = references(clip)
    refs = fit_size(tensor(np.stack([clip.patches[closed], clip.patches[opened]])), size)
    out = []
    for k in range(0, len(z), 15):
        zk = z[k:k + 15]
        source = fit_size(tensor(clip.patches[first + k:first + k + len(zk)]), size)
        c, o = (refs[i:i + 1].expand(len(zk), -1, -1, -1) for i in (0, 1))
        patch, _, _ = model.render(source, c, o, zk)
        out.append(fit_size(patch, PATCH_PX))
    x = torch.cat(out).clamp(0, 1).mul(255).round().byte().permute(0, 2, 3, 1).numpy()
    return np.ascontiguousarray(x[..., ::-1])


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


@dataclass(frozen=True)
class Pair:
    clip: Clip
    driver: Clip


def pairs(clips: list[Clip], quick: bool) -> dict[str, list[Pair]]:
    """known: held-out GRID s1 sentences driving each other; unseen: every unseen person, driven mostly by other people."""
    s1 = [c for c in clips if c.entry["person"] == "grid_s1" and c.entry["use"] == "test"]
    unseen = [c for c in clips if c.entry["use"] == "unseen"]
    count = 5 if quick else 16
    known = [Pair(s1[k % len(s1)], s1[(k + 7) % len(s1)]) for k in range(min(count, len(s1)))]
    speakers = [c for c in unseen if c.teaches_audio] + s1[:3]
    far = []
    for k, clip in enumerate(unseen):
        others = [d for d in speakers if d.entry["person"] != clip.entry["person"]]
        far += [Pair(clip, others[(3 * k + m) % len(others)]) for m in range(1 if quick else 3)]
    return {"known": known, "unseen": far}


def person_ranges(clips: list[Clip]) -> dict[str, PersonRange]:
    people: dict[str, list[np.ndarray]] = {}
    for c in clips:
        people.setdefault(c.entry["person"], []).append(c.geometry)
    return {p: PersonRange.of(np.concatenate(g)) for p, g in people.items()}


def measure_pair(model: Model, mesh: Mesh, pair: Pair, kind: str, ranges: dict[str, PersonRange]) -> dict[str, float]:
    """All measures of one pair and driver. Openings are in each person's own range, so slopes compare motion with motion."""
    n = min(FRAMES, len(pair.clip), len(pair.driver))
    patches = render(model, pair.clip, codes_of(model, pair.driver, kind, n))
    own, other = ranges[pair.clip.entry["person"]], ranges[pair.driver.entry["person"]]
    made = (mesh.geometry(pair.clip, patches) - own.zero) / own.unit
    real = (pair.driver.geometry[:n] - other.zero) / other.unit
    base = (pair.clip.geometry[:n] - own.zero) / own.unit
    gap, truth, self_gap = made[:, GAP], real[:, GAP], base[:, GAP]
    lag, best = measure.lagged(gap, truth)
    recall, false = measure.closure(gap, truth)
    natural = pair.clip.patches[:n]
    return {"r": measure.correlation(gap, truth), "lag": lag, "r_best": best, "slope": measure.slope(gap, truth),
            "r_width": measure.correlation(made[:, WIDTH], real[:, WIDTH]), "slope_width": measure.slope(made[:, WIDTH], real[:, WIDTH]),
            "leak": measure.correlation(gap, self_gap), "unrelated": measure.correlation(truth, self_gap),
            "mean_opening": float(gap.mean()), "std_opening": float(gap.std()), "std_real": float(self_gap.std()),
            "closure": recall, "false_closure": false,
            "sharp": measure.sharpness(patches) / measure.sharpness(natural),
            "flicker": measure.flicker(patches) / max(1e-6, measure.flicker(natural))}


def evaluate(model: Model, shards: Path, teachers: Path, kinds: list[str], quick: bool, say=print) -> dict:
    clips = load_clips(shards, {"test", "unseen"}, measure_too=True)
    ranges = person_ranges(clips)
    mesh = Mesh(teachers)
    report: dict = {}
    for group, members in pairs(clips, quick).items():
        for kind in kinds:
            rows = [dict(measure_pair(model, mesh, p, kind, ranges), person=p.clip.entry["person"],
                         driver=p.driver.name) for p in members]
            people: dict[str, list[dict]] = {}
            for i, row in enumerate(rows):
                people.setdefault(row["person"] if group == "unseen" else str(i), []).append(row)
            names = [k for k in rows[0] if k not in ("person", "driver")]
            per_person = {p: {k: float(np.nanmean([r[k] for r in rs])) if np.isfinite([r[k] for r in rs]).any() else float("nan")
                              for k in names} for p, rs in people.items()}
            summary = {k: measure.spread([v[k] for v in per_person.values()]) for k in names}
            report[f"{group}/{kind}"] = {"pairs": len(rows), "summary": summary,
                                         "people": {p: {k: round(v, 3) for k, v in m.items()} for p, m in per_person.items()}}
            say(f"{group:7s} {kind:14s} " + " ".join(
                f"{k} {summary[k]['median']:.2f}" for k in ("r", "lag", "slope", "r_width", "slope_width", "leak", "unrelated",
                                                              "mean_opening", "std_opening", "closure", "false_closure", "sharp", "flicker")), flush=True)
    return report


def sheet(model: Model, shards: Path, path: Path, kind: str = "audio:clean", columns: int = 8) -> None:
    """Per pair two rows: the driver's real mouth, and the other person's patch that it makes."""
    clips = load_clips(shards, {"test", "unseen"}, measure_too=True)
    groups = pairs(clips, True)
    rows = []
    for pair in groups["known"][:2] + groups["unseen"]:
        n = min(FRAMES, len(pair.clip), len(pair.driver))
        at = np.linspace(8, n - 12, columns).astype(int)
        made = render(model, pair.clip, codes_of(model, pair.driver, kind, n))
        rows += [np.hstack(list(pair.driver.patches[at])), np.hstack(list(pair.clip.patches[at])), np.hstack(list(made[at]))]
    half = len(rows) // 2 // 3 * 3
    left, right = np.vstack(rows[:half]), np.vstack(rows[half:])
    height = max(len(left), len(right))
    left, right = (np.pad(x, ((0, height - len(x)), (0, 8), (0, 0))) for x in (left, right))
    cv2.imwrite(str(path), np.hstack([left, right]))


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--teachers", type=Path, required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="report .json; contact sheets are written beside it")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--drivers", nargs="*")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    kinds = args.drivers or (["explicit", "audio:clean"] if args.quick else
                             ["explicit", "visual", "constant", "silence"] + [f"audio:{v}" for v in telephone.VARIANTS])
    model = load_model(args.checkpoint)
    report = evaluate(model, args.shards, args.teachers, kinds, args.quick)
    args.out.write_text(json.dumps(report, indent=1))
    for kind in ("explicit", "audio:clean"):
        sheet(model, args.shards, args.out.with_name(f"{args.out.stem}-{kind.replace(':', '-')}.png"), kind)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
