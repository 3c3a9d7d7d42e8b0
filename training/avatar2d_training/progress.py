"""How a long run speaks to whoever waits for it: lines of progress, a request to stop, a refusal with its reason."""
from __future__ import annotations

import os
import signal
import sys
import threading
import time

import numpy as np

LINE_SECONDS = 5.0
_stop = threading.Event()


class Refusal(Exception):
    """The run cannot be done; the message says what to do."""


def stop_requested(watch_stdin: bool = False) -> bool:
    """True after TERM or INT or, once asked for by `watch_stdin`, after the end of stdin (the parent has gone or says stop)."""
    if threading.current_thread() is threading.main_thread() and not _stop.is_set():
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: _stop.set())
    if watch_stdin:
        def read() -> None:
            while os.read(0, 4096):  # not sys.stdin: its lock would be held when the interpreter ends
                pass
            _stop.set()
        threading.Thread(target=read, daemon=True).start()
    return _stop.is_set()


def span(seconds: float) -> str:
    """1:02:03 or 2:03."""
    m, s = divmod(int(seconds), 60)
    return f"{m // 60}:{m % 60:02}:{s:02}" if m >= 60 else f"{m}:{s:02}"


class Progress:
    """A line every few seconds on stderr: step, part done, speed, losses, time left."""

    def __init__(self, total: int, minutes: float | None, began: int, used: float = 0.0) -> None:
        """total: steps at most; minutes: time at most; began: first step of this run; used: seconds of earlier runs."""
        self.total, self.minutes, self.used = total, minutes, used
        self.start = self.last = time.monotonic()
        self.first = self.seen = began
        self.sums: dict[str, list[float]] = {}

    def add(self, step: int, batch: int, logs: dict[str, float]) -> None:
        for k, v in logs.items():
            self.sums.setdefault(k, []).append(v)
        now = time.monotonic()
        if now - self.last < LINE_SECONDS and step < self.total:
            return
        used = self.used + now - self.start
        left = (self.total - step) * (now - self.start) / max(1, step - self.first)
        done = 100 * step // self.total
        if self.minutes and self.minutes * 60 - used < left:
            left = max(0.0, self.minutes * 60 - used)
            done = int(100 * used / (used + left))
        mean = {k: float(np.mean(v)) for k, v in self.sums.items()}
        voice = f", voice r {mean['voice_r']:.2f}" if "voice_r" in mean else ""
        print(f"step {step} ({done} %), {(step - self.seen) * batch / max(1e-6, now - self.last):.0f} faces/s, "
              f"picture {mean.get('pixel', 0):.4f}, mouth {mean.get('misread', 0):.3f}{voice}, {span(left)} left", file=sys.stderr, flush=True)
        self.last, self.seen, self.sums = now, step, {}
