"""Makes the voices of many speakers teach the mouth: recorded or synthetic speech -> sound, phones and the codes of a mouth saying them.

One folder per voice line, named `voice__PERSON__LINE`: `pcm.npy` int16 16 kHz, `phones.json` [[phone, start s, end s]], `code.npy`
[N, 16] explicit codes at 25 a second, `voice.json` with person and licence. `train_robust` finds them beside the clips.
"""
from __future__ import annotations

import argparse
import json
import re
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from . import media, phones
from .dataset import Clip, load_clips
from .phones import Phone

GRID_WORDS = ({"b": "bin", "l": "lay", "p": "place", "s": "set"}, {"b": "blue", "g": "green", "r": "red", "w": "white"},
              {"a": "at", "b": "by", "i": "in", "w": "with"}, None,
              {"z": "zero", "1": "one", "2": "two", "3": "three", "4": "four", "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine"},
              {"a": "again", "n": "now", "p": "please", "s": "soon"})
"""A sentence of the GRID corpus is its file's name, a letter a word."""
LETTERS = {"a": "EY", "b": "B IY", "c": "S IY", "d": "D IY", "e": "IY", "f": "EH F", "g": "JH IY", "h": "EY CH", "i": "AY", "j": "JH EY",
           "k": "K EY", "l": "EH L", "m": "EH M", "n": "EH N", "o": "OW", "p": "P IY", "q": "K Y UW", "r": "AA R", "s": "EH S", "t": "T IY",
           "u": "Y UW", "v": "V IY", "x": "EH K S", "y": "W AY", "z": "Z EH D"}
FLITE_VOICES = ("slt", "rms", "awb", "kal16")
"""Whose printed times are right."""


def grid_words(name: str) -> list[str] | None:
    """The words of a GRID sentence by its name, as `bbaf2n`; a letter is `letter-f`. None for other names."""
    if not re.search("(^|_)[blps][bgrw][abiw][a-z][z1-9][anps]$", name):
        return None
    return [f"letter-{c}" if table is None else table[c] for c, table in zip(name[-6:], GRID_WORDS)]


def lexicon() -> dict[str, list[str]]:
    return {**phones.dictionary(), **{f"letter-{c}": p.split() for c, p in LETTERS.items()}}


def film_phones(clips: list[Clip], say=print) -> dict[str, list[Phone]]:
    """Phones of films by clip name: drawn ones carry theirs, GRID's sentences are in their names, the rest is recognised."""
    known = {c.name: [phones.phone(p["phone"], p["start"], p["end"]) for p in c.entry["synthetic"]["phones"]] for c in clips if c.drawn}
    spoken = [c for c in clips if not c.drawn and c.teaches_audio]
    sounds = {c.name: c.pcm for c in spoken}
    whole = [c for c in spoken if len(c) >= 70 and c.entry.get("first_frame", 0) == 0]
    texts = {c.name: w for c in whole if (w := grid_words(Path(c.entry["path"]).stem))}
    free = {c.name: sounds[c.name] for c in spoken if not grid_words(Path(c.entry["path"]).stem)}
    texts.update(phones.recognise(free) if free else {})
    known.update(phones.align(sounds, texts, lexicon()))
    say(f"phones of {len(known)} of {len(clips)} films", flush=True)
    return known


def save(out: Path, person: str, line: str, pcm: np.ndarray, said: list[Phone], code: np.ndarray, licence: str) -> None:
    folder = out / f"voice__{person}__{line}"
    folder.mkdir(parents=True, exist_ok=True)
    np.save(folder / "pcm.npy", pcm)
    np.save(folder / "code.npy", code.astype(np.float32))
    phones.write(folder / "phones.json", said)
    (folder / "voice.json").write_text(json.dumps({"person": person, "licence": licence, "use": "train"}))


def read_flite(text: str) -> list[Phone]:
    """`pau:0.224 m:0.260 ...`, each with its end in seconds."""
    said, start = [], 0.0
    for part in text.split():
        name, end = part.rsplit(":", 1)
        said.append(phones.phone(name, start, float(end)))
        start = float(end)
    return said


def speak(text: str, voice: str, slowness: float) -> tuple[np.ndarray, list[Phone]]:
    """Sound (int16, 16 kHz) and phones of a sentence by flite."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "line.wav"
        done = subprocess.run(["flite", "-voice", voice, "--setf", f"duration_stretch={slowness:.2f}", "-t", text, "-o", str(wav), "-psdur"],
                              capture_output=True, text=True, check=True)
        return media.read_audio(wav), read_flite(done.stdout)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True, help="clips to learn from; the voices are written beside them")
    parser.add_argument("--audio", type=Path, help="folder of recordings named SPEAKER-..., one speaker each")
    parser.add_argument("--licence", choices=["train", "measure"], default="train", help="of the recordings")
    parser.add_argument("--hypotheses", type=Path, nargs="*", default=[], help="-hypseg files of pocketsphinx, instead of recognising again")
    parser.add_argument("--flite", type=int, default=0, help="so many of the recognised lines are also spoken by each of flite's voices")
    parser.add_argument("--steps", type=int, default=3000)
    args = parser.parse_args(argv)
    import torch
    torch.set_num_threads(1)
    clips = load_clips(args.shards, {"train"})
    known = film_phones(clips)
    for clip in clips:
        if clip.name in known:
            phones.write(clip.folder / "phones.json", known[clip.name])
    net = phones.learn([(known[c.name], c.code, c.drawn) for c in clips if c.name in known], args.steps)
    sounds = {f.stem: media.read_audio(f) for f in sorted(args.audio.iterdir())} if args.audio else {}
    words: dict[str, list[str]] = {}
    for path in args.hypotheses:
        words.update({n: [w for w, _, _ in rows if w[0] not in "<[+"] for n, rows in phones.read_segments(path.read_text()).items()})
    if missing := {n: s for n, s in sounds.items() if n not in words}:
        words.update(phones.recognise(missing))
    said = phones.align(sounds, words, lexicon())
    for name, line in said.items():
        pcm = sounds[name]
        save(args.shards, name.split("-")[0], name, pcm, line, phones.codes(net, line, len(pcm) // 640, drawn=False), args.licence)
    print(f"{len(said)} of {len(sounds)} recordings", flush=True)
    rng = np.random.default_rng(5)
    lines = [" ".join(w.split("(")[0] for w in words[n][:14]) for n in sorted(said) if len(words[n]) >= 5]
    for voice in FLITE_VOICES if args.flite else ():
        for k in rng.permutation(len(lines))[:args.flite]:
            pcm, line = speak(lines[k], voice, float(rng.uniform(0.85, 1.25)))
            save(args.shards, f"flite-{voice}", f"{k:04d}", pcm, line, phones.codes(net, line, len(pcm) // 640, drawn=True), "train")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
