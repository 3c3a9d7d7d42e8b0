"""Phone times of speech, and what they say of the mouth.

Read speech of many speakers teaches the voice what no film of few people can: the same phone by hundreds of throats. Its words are
recognised and its phones aligned by pocketsphinx (Debian: pocketsphinx, pocketsphinx-en-us); synthetic speech of flite has exact
times. `PhoneMouth` learns from the films, whose phones are known too, how a mouth says a phone among its neighbours, and gives
the codes that the films of those speakers would have had.
"""
from __future__ import annotations

import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from .config import EXPLICIT_CODES
from .motion import EXPLICIT

MODEL = Path("/usr/share/pocketsphinx/model/en-us")
"""Where Debian's pocketsphinx-en-us puts its acoustic model, language model and dictionary."""
PHONES = ("SIL AA AE AH AO AW AY B CH D DH EH ER EY F G HH IH IY JH K L M N NG OW OY P R S SH T TH UH UW V W Y Z ZH").split()
INDEX = {p: i for i, p in enumerate(PHONES)}
SHUT = {"M", "B", "P"}
"""Lips shut."""
_SAME = {"AX": "AH", "IX": "IH", "AXR": "ER", "DX": "T", "EL": "L", "EM": "M", "EN": "N", "HV": "HH", "NX": "N", "PAU": "SIL", "H#": "SIL",
         "BRTH": "SIL", "SPN": "SIL", "NSN": "SIL"}
STEP_S = 0.0125
"""Phones are looked at once per mel frame ..."""
REACH = 18
"""... so many of them before and after the picture."""


@dataclass(frozen=True)
class Phone:
    """One phone and its time in seconds."""

    name: str
    start: float
    end: float


def phone(name: str, start: float, end: float) -> Phone:
    """The phone in this module's 40 names; stress marks and the synthesizer's variants are folded."""
    plain = name.upper().rstrip("012")
    plain = _SAME.get(plain, plain)
    if plain not in INDEX:
        raise ValueError(f"unknown phone {name}")
    return Phone(plain, start, end)


def track(phones: list[Phone], count: int) -> np.ndarray:
    """[count] int64: index of the phone at every mel frame; silence where there is none."""
    ids = np.zeros(count, np.int64)
    for p in phones:
        ids[max(0, round(p.start / STEP_S)):max(0, round(p.end / STEP_S))] = INDEX[p.name]
    return ids


def around(ids: np.ndarray, at: np.ndarray) -> np.ndarray:
    """ids [M] of `track`, at [n] picture times in frames of 25 a second (may be fractional) -> [n, 2 REACH + 1] phone indices."""
    k = np.round(at * 3.2).astype(int)[:, None] + np.arange(-REACH, REACH + 1)
    return np.where((k >= 0) & (k < len(ids)), ids[np.clip(k, 0, len(ids) - 1)], 0)


def shut_frames(phones: list[Phone], count: int) -> np.ndarray:
    """[count] bool at 25 pictures a second: the picture nearest to the middle of an M, B or P."""
    shut = np.zeros(count, bool)
    for p in phones:
        n = round((p.start + p.end) / 2 * 25)
        if p.name in SHUT and n < count:
            shut[n] = True
    return shut


def held(phones: list[Phone], count: int) -> np.ndarray:
    """[count] bool at 25 pictures a second: every picture within an M, B or P, 10 ms from its ends."""
    shut = shut_frames(phones, count)
    for p in phones:
        if p.name in SHUT:
            shut[max(0, int(np.ceil((p.start + 0.01) * 25))):max(0, int((p.end - 0.01) * 25) + 1)] = True
    return shut


class PhoneMouth(nn.Module):
    """Phones around a picture [B, 2 REACH + 1], drawn [B] (0 a real person, 1 a drawn one) -> explicit code [B, 16]."""

    def __init__(self) -> None:
        super().__init__()
        self.embed = nn.Embedding(len(PHONES), 12)
        self.net = nn.Sequential(nn.Linear(12 * (2 * REACH + 1) + 1, 192), nn.ReLU(inplace=True), nn.Dropout(0.1),
                                 nn.Linear(192, 96), nn.ReLU(inplace=True), nn.Linear(96, EXPLICIT_CODES))

    def forward(self, phones: Tensor, drawn: Tensor) -> Tensor:
        return self.net(torch.cat([self.embed(phones).flatten(1), drawn[:, None]], 1))


def learn(clips: list[tuple[list[Phone], np.ndarray, bool]], steps: int = 3000, seed: int = 3, say=print) -> PhoneMouth:
    """clips: (phones, codes [N, 16] at 25 a second, drawn). Real and drawn people have half of every batch each, where there are both."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    sides = []
    for side in (False, True):
        chosen = [c for c in clips if c[2] == side]
        if chosen:
            windows = np.concatenate([around(track(p, int(len(c) * 3.2) + 2), np.arange(len(c))) for p, c, _ in chosen])
            sides.append((torch.from_numpy(windows), torch.from_numpy(np.concatenate([c for _, c, _ in chosen])), float(side)))
    net = PhoneMouth()
    optimiser = torch.optim.AdamW(net.parameters(), 2e-3, weight_decay=0.02)
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = 2e-3 * max(0.02, 1 - step / steps)
        x, y, d = [], [], []
        for windows, codes, drawn in sides:
            rows = torch.from_numpy(rng.integers(0, len(codes), 256 // len(sides)))
            x.append(windows[rows])
            y.append(codes[rows])
            d.append(torch.full((len(rows),), drawn))
        made, truth = net(torch.cat(x), torch.cat(d)), torch.cat(y)
        loss = torch.nn.functional.smooth_l1_loss(made, truth, beta=0.25)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        if step % 500 == 0 or step == steps - 1:
            g = EXPLICIT.index("lipGap")
            r = np.corrcoef(made[:, g].detach().numpy(), truth[:, g].numpy())[0, 1]
            say(f"phones to mouth: step {step}, loss {loss.item():.4f}, r of the opening {r:.2f}", flush=True)
    return net.eval()


@torch.no_grad()
def codes(net: PhoneMouth, phones: list[Phone], count: int, drawn: bool) -> np.ndarray:
    """[count, 16] at 25 a second. In an M, B or P lips touch, whatever landmarks and averages say: the opening is 0 there."""
    windows = torch.from_numpy(around(track(phones, int(count * 3.2) + 2), np.arange(count)))
    z = net(windows, torch.full((count,), float(drawn))).numpy()
    z[held(phones, count), EXPLICIT.index("lipGap")] = 0
    return z


# ---- pocketsphinx

def _sphinx(folder: Path, *arguments: str) -> None:
    command = ["pocketsphinx_batch", "-adcin", "yes", "-cepdir", str(folder), "-cepext", ".raw", "-ctl", str(folder / "ctl"),
               "-hmm", str(MODEL / "en-us"), "-hypseg", str(folder / "hypseg"), "-logfn", str(folder / "log"), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise SystemExit("pocketsphinx is missing. To install: apt-get install -y --no-install-recommends pocketsphinx pocketsphinx-en-us") from None
    if done.returncode != 0:
        raise SystemExit(f"pocketsphinx_batch failed with {done.returncode}: see {folder / 'log'}")


def read_segments(text: str) -> dict[str, list[tuple[str, float, float]]]:
    """The decoder's -hypseg lines -> name -> [(word, start s, end s)]; frames of 10 ms."""
    found = {}
    for line in text.splitlines():
        parts = line.split()
        if len(parts) < 9:
            continue
        rows = parts[9:]  # name S n T n A n L n, then frame, score, score, word ... frame
        starts = [int(v) for v in rows[0::4]]
        words = rows[3::4]
        found[parts[0]] = [(w, a / 100, b / 100) for w, a, b in zip(words, starts, starts[1:])]
    return found


def recognise(sounds: dict[str, np.ndarray]) -> dict[str, list[str]]:
    """sounds int16 16 kHz by name -> the words said, as far as the recogniser can tell; pronunciations keep their number."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = _lay_out(Path(temporary), sounds)
        _sphinx(folder, "-lm", str(MODEL / "en-us.lm.bin"), "-dict", str(MODEL / "cmudict-en-us.dict"), "-fwdflat", "no",
                "-maxhmmpf", "2500", "-maxwpf", "5", "-ds", "2")
        found = read_segments((folder / "hypseg").read_text())
    return {name: [w for w, _, _ in rows if w[0] not in "<[+"] for name, rows in found.items()}


def dictionary() -> dict[str, list[str]]:
    """word, or word(2), -> phones."""
    rows = (line.split() for line in (MODEL / "cmudict-en-us.dict").read_text().splitlines())
    return {row[0]: row[1:] for row in rows if row}


def align(sounds: dict[str, np.ndarray], words: dict[str, list[str]], lexicon: dict[str, list[str]]) -> dict[str, list[Phone]]:
    """Where each phone of known words lies: a network of nothing but these phones in their order, pauses allowed between them.
    Sounds that do not fit their words are left out."""
    with tempfile.TemporaryDirectory() as temporary:
        named = {n: p for n, p in sounds.items() if all(w in lexicon for w in words.get(n, [])) and words.get(n)}
        folder = _lay_out(Path(temporary), named)
        (folder / "phones.dict").write_text("".join(f"{p.lower()} {p}\n" for p in PHONES if p != "SIL"))
        for name in named:
            line = [p for w in words[name] for p in lexicon[w]]
            arcs = "".join(f"TRANSITION {i} {i + 1} 1.0 {p.lower()}\n" for i, p in enumerate(line))
            (folder / f"{name}.fsg").write_text(f"FSG_BEGIN {name}\nNUM_STATES {len(line) + 1}\nSTART_STATE 0\nFINAL_STATE {len(line)}\n{arcs}FSG_END\n")
        (folder / "fsgctl").write_text("".join(f"{n}\n" for n in named))
        _sphinx(folder, "-dict", str(folder / "phones.dict"), "-fsgctl", str(folder / "fsgctl"), "-fsgdir", str(folder), "-fsgext", ".fsg",
                "-bestpath", "no", "-beam", "1e-80", "-wbeam", "1e-60", "-pbeam", "1e-80")
        found = read_segments((folder / "hypseg").read_text())
    aligned = {}
    for name, rows in found.items():
        line = [phone("SIL" if w[0] in "<[+(" else w, a, b) for w, a, b in rows]
        expected = sum(len(lexicon[w]) for w in words[name])
        if sum(p.name != "SIL" for p in line) == expected:
            aligned[name] = line
    return aligned


def _lay_out(folder: Path, sounds: dict[str, np.ndarray]) -> Path:
    for name, pcm in sounds.items():
        pcm.astype("<i2").tofile(folder / f"{name}.raw")
    (folder / "ctl").write_text("".join(f"{n}\n" for n in sounds))
    return folder


def write(path: Path, phones: list[Phone]) -> None:
    path.write_text(json.dumps([[p.name, round(p.start, 4), round(p.end, 4)] for p in phones]))


def read(path: Path) -> list[Phone]:
    return [Phone(*row) for row in json.loads(path.read_text())]
