"""Groups of face samples in memory, drawn evenly over people."""
from __future__ import annotations

from pathlib import Path

import numpy as np

from . import points as P

SHARES = {"videos": 0.30, "morphs": 0.32, "taught": 0.20, "heads": 0.0, "drawn": 0.12, "pictures": 0.06}
"""How often each group is drawn, before the absent ones are left out."""
OPEN_SHARE = 0.4
"""Draws that come from the widest open quarter of a person's mouths: most mouths of speakers are nearly shut."""


def _opening(points: np.ndarray) -> np.ndarray:
    """points [N, 110, 2] -> [N]: distance of the middle of the inner lips in eye distances."""
    return np.linalg.norm(points[:, P.place(13)[0]] - points[:, P.place(14)[0]], axis=1) / P.eye_distance(points)


class Faces:
    """Only samples whose use is `train` and whose licence is `train` can be drawn; `held` gives the others."""

    def __init__(self, folder: Path) -> None:
        self._groups: list[tuple[str, float, list[np.ndarray]]] = []
        self._open: list[list[np.ndarray]] = []
        self._data: dict[str, dict[str, np.ndarray]] = {}
        for path in sorted(folder.glob("*.npz")):
            if path.stem not in SHARES:
                continue
            with np.load(path) as file:
                data = {k: file[k] for k in file.files}
            self._data[path.stem] = data
            may = (data["use"] == "train") & (data["licence"] == "train")
            people = [np.flatnonzero(may & (data["person"] == p)) for p in np.unique(data["person"][may])]
            self._open.append([i[np.argsort(-_opening(data["points"][i]))[:max(1, len(i) // 4)]] for i in people])
            self._groups.append((path.stem, SHARES[path.stem], people))
        self.backgrounds: list[np.ndarray] = []
        if (path := folder / "backgrounds.npz").exists():
            with np.load(path) as file:
                may = (file["use"] == "train") & (file["licence"] == "train")
                self.backgrounds = list(file["images"][may])
        share = np.array([g[1] for g in self._groups])
        self._odds = share / share.sum()

    def draw(self, r: np.random.Generator) -> tuple[np.ndarray, np.ndarray, str]:
        """image [224, 224, 3] uint8 BGR, points [110, 2], and the group."""
        group = r.choice(len(self._groups), p=self._odds)
        name, _, people = self._groups[group]
        i = int(r.choice((self._open[group] if r.random() < OPEN_SHARE else people)[r.integers(len(people))]))
        return self._data[name]["images"][i], self._data[name]["points"][i], name

    def held(self, group: str, use: tuple[str, ...]) -> list[tuple[np.ndarray, np.ndarray, str, str]]:
        """(image, points, person, use) of a group's samples with one of these uses."""
        if group not in self._data:
            return []
        d = self._data[group]
        return [(d["images"][i], d["points"][i], str(d["person"][i]), str(d["use"][i]))
                for i in np.flatnonzero(np.isin(d["use"], use))]
