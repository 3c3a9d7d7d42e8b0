"""The training loop of both nets: a budget of wall clock, a cosine rate, averaged weights, resumable."""
from __future__ import annotations

import copy
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor, nn

SAVE_EVERY_S = 120.0
AVERAGING = 0.997
"""Per step, of the weights that are exported."""


def fit(net: nn.Module, loss_at: Callable[[nn.Module, np.random.Generator, float], Tensor], out: Path, minutes: float,
        rate: float, seed: int) -> None:
    """Trains until `minutes` of wall clock are spent over all runs in `out`.

    `loss_at(net, generator, share)` draws a batch and returns its loss; share is the part of the time already spent.
    last.pth holds `slow`, the averaged weights that are exported.
    """
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    torch.manual_seed(seed)
    out.mkdir(parents=True, exist_ok=True)
    net.to(memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=1e-3)
    slow, spent, step, last = copy.deepcopy(net), 0.0, 0, out / "last.pth"
    if last.exists():
        state = torch.load(last)
        net.load_state_dict(state["net"])
        slow.load_state_dict(state["slow"])
        optimizer.load_state_dict(state["optimizer"])
        spent, step = state["spent"], state["step"]
    r = np.random.default_rng(seed + step)
    started, saved, running = time.monotonic() - spent, time.monotonic(), 0.0

    def save() -> None:
        part = last.with_suffix(".part")
        torch.save({"net": net.state_dict(), "slow": slow.state_dict(), "optimizer": optimizer.state_dict(),
                    "spent": time.monotonic() - started, "step": step}, part)
        part.replace(last)

    while (share := (time.monotonic() - started) / (60 * minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 60) * (0.02 + 0.98 * (0.5 + 0.5 * np.cos(np.pi * share)))
        loss = loss_at(net, r, share)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        optimizer.step()
        keep = min(AVERAGING, 1 - 1 / (1 + step / 4))
        with torch.no_grad():
            for a, b in zip(slow.state_dict().values(), net.state_dict().values()):
                a.mul_(keep).add_(b, alpha=1 - keep) if a.is_floating_point() else a.copy_(b)
        running += 0.03 * (loss.item() - running) if step else loss.item()
        step += 1
        if step % 25 == 0:
            print(f"step {step} share {share:.3f} loss {running:.4f}", flush=True)
        if time.monotonic() - saved > SAVE_EVERY_S:
            saved = time.monotonic()
            save()
    save()


def to_tensor(images: list[np.ndarray]) -> Tensor:
    """BGR uint8 [S, S, 3] each -> [N, 3, S, S] float32 RGB in -1..1."""
    x = np.stack([i[:, :, ::-1].transpose(2, 0, 1) for i in images])
    return torch.from_numpy(x).float().div(127.5).sub(1).contiguous(memory_format=torch.channels_last)
