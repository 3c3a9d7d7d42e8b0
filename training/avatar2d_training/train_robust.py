"""Trains the robust model: faces (source, references, code -> patch) and voices (mel -> code), resumable at any moment."""
from __future__ import annotations

import argparse
import csv
import json
import os
import signal
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor

from . import losses
from .config import EXPLICIT_CODES, MODELS, TrainConfig
from .dataset import Clip, FaceSampler, VoiceSampler, Voice, load_clips, load_voices
from .motion import EXPLICIT
from .networks import (AudioEncoder, Decoder, MouthCritic, MouthReader, SourceEncoder, VisualEncoder, compose, feather, inside,
                       mouth_crop, patch_of, spread)

CODE_WEIGHT = {"jawOpen": 2.0, "lipGap": 4.0, "mouthClose": 0.7, "mouthPucker": 1.5, "mouthFunnel": 1.5, "mouthPress": 1.5,
               "mouthStretchLeft": 1.5, "mouthStretchRight": 1.5, "jawLeft": 0.2, "lipProtrude": 0.7}
CLIP_FRAMES = 60
DECAY_FROM_TIME = 0.3
READER_WARMUP_STEPS = 400
"""Steps of the mouth reader until its word has its full weight."""


class Model(torch.nn.Module):
    """The four networks together; `config` is kept beside the weights."""

    def __init__(self, config) -> None:
        super().__init__()
        self.config = config
        self.source, self.decoder = SourceEncoder(config), Decoder(config)
        self.audio, self.visual = AudioEncoder(config), VisualEncoder(config)

    def parts(self, pictures: Tensor, z: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Source, closed and open reference [B, 9, S, S], z [B, codes] -> flow, weights, colour, mask as `spread` gives them."""
        return spread(*self.decoder(*self.source(pictures), z))

    def render(self, source: Tensor, closed: Tensor, opened: Tensor, z: Tensor) -> Tensor:
        """Pictures [B, 3, S, S], z [B, codes] -> patch [B, 3, S, S]."""
        parts = self.parts(torch.cat([source, closed, opened], 1), z)
        patch, _ = compose(*parts, inside(source, self.config), closed, opened, self.config.window[:2])
        return patch_of(patch, source, self.config)


class Average:
    """Exponential moving average of weights; what is measured and shipped. Grows in memory with the step."""

    def __init__(self, model: torch.nn.Module, decay: float = 0.998) -> None:
        self.decay = decay
        self.state = {k: v.detach().clone() for k, v in model.state_dict().items()}

    @torch.no_grad()
    def update(self, model: torch.nn.Module, step: int) -> None:
        decay = min(self.decay, (1 + step) / (10 + step))
        for k, v in model.state_dict().items():
            if v.dtype.is_floating_point:
                self.state[k].lerp_(v, 1 - decay)
            else:
                self.state[k].copy_(v)


class Trainer:
    """One schedule over prepared clips; the caller owns the loop and the checkpoints."""

    def __init__(self, config: TrainConfig, shards: Path, device: str = "cpu", clips: list[Clip] | None = None,
                 lines: list[Voice] | None = None) -> None:
        torch.manual_seed(config.seed)
        self.config, self.device, self.step = config, torch.device(device), 0
        self.samples = self.reader_steps = 0
        self.time_used = 0.0  # part of the time given to the run, where one is given: the rate falls with what ends first
        self.model = Model(MODELS[config.model]).to(self.device, memory_format=torch.channels_last)  # a tenth faster on a CPU
        self.within = feather(self.model.config.window[2]).to(self.device)
        self.critic, self.reader = MouthCritic().to(self.device), MouthReader(self.model.config).to(self.device)
        faces = [self.model.source, self.model.decoder, self.model.visual]
        self.face_optimiser = torch.optim.AdamW([p for m in faces for p in m.parameters()], config.learning_rate,
                                                betas=(0.9, 0.98), weight_decay=1e-4)
        self.voice_optimiser = torch.optim.AdamW(self.model.audio.parameters(), config.voice_learning_rate, weight_decay=0.02)
        self.reader_optimiser = torch.optim.AdamW(self.reader.parameters(), 1e-3, weight_decay=0.01)
        self.critic_optimiser = torch.optim.Adam(self.critic.parameters(), 2e-4, betas=(0.0, 0.95))
        self.average = Average(self.model)
        lines = load_voices(shards) if clips is None else lines
        clips = load_clips(shards, {"train"}) if clips is None else clips
        if not clips:
            raise SystemExit(f"no prepared training clips in {shards}: run prepare first")
        self.clips = clips
        self.faces, self.voices = FaceSampler(clips, config.seed, config.drawn_share), VoiceSampler(clips, config.seed + 1, config.drawn_share, lines)
        self.code_weight = torch.tensor([CODE_WEIGHT.get(n, 1.0) for n in EXPLICIT], device=self.device)

    def reseed(self) -> None:
        """After a resume: other random draws than the first run's, the same for the same step."""
        self.faces.rng = np.random.default_rng([self.config.seed, self.step])
        self.voices.rng = np.random.default_rng([self.config.seed + 1, self.step])

    def _rate(self) -> float:
        c = self.config
        warm = min(1.0, (self.step + 1) / c.warmup_steps)
        tail = max(0.0, (self.step - c.decay_from_step) / max(1, c.total_steps - c.decay_from_step))
        tail = max(tail, (self.time_used - DECAY_FROM_TIME) / (1 - DECAY_FROM_TIME))
        return warm * max(0.03, 1 - tail)

    def train_step(self) -> dict[str, float]:
        """One face batch and, when its turn has come, one voice batch. Returns the losses."""
        rate = self._rate()
        for optimiser, base in ((self.face_optimiser, self.config.learning_rate), (self.voice_optimiser, self.config.voice_learning_rate)):
            for group in optimiser.param_groups:
                group["lr"] = base * rate
        self.model.train()
        logs = self._face_step() if self.config.faces else {}
        if self.step % self.config.audio_every == 0:
            logs.update(self._voice_step())
        self.average.update(self.model, self.step)
        self.step += 1
        self.samples += self.config.batch
        return logs

    def _code(self, target: Tensor, explicit: Tensor) -> Tensor:
        """Explicit codes with a little noise; residual codes jittered, noisy, and absent half of the time."""
        b = len(explicit)
        jitter = 1 + 0.1 * torch.randn(b, 3, 1, 1, device=self.device)
        shift = torch.randint(-3, 4, (2,)).tolist()
        residual = self.model.visual(mouth_crop((torch.roll(target, shift, (2, 3)) * jitter).clamp(0, 1)))
        residual = residual + 0.15 * torch.randn_like(residual)
        residual = residual * (torch.rand(b, 1, device=self.device) < self.config.residual_share)
        return torch.cat([explicit + 0.05 * torch.randn_like(explicit), residual], 1)

    def _face_step(self) -> dict[str, float]:
        c = self.config
        batch = self.faces.batch(c.batch, self.model.config.patch_px, self.device)
        z = self._code(batch["pictures"][:, 0], batch["code"])
        pictures, shape = batch["pictures"], self.model.config
        closed, opened = pictures[:, 2], pictures[:, 3]
        target, source = inside(pictures[:, 0], shape), inside(pictures[:, 1], shape)
        with torch.autocast(self.device.type, dtype=torch.bfloat16, enabled=c.half):
            parts = self.model.parts(pictures[:, 1:].flatten(1, 2), z)
        flow, weights, colour, mask = parts
        patch, mixed = compose(*parts, source, closed, opened, shape.window[:2])
        weight = losses.attention(batch["lips"], shape) * (self.within > 0.05)
        pixel = losses.weighted_l1(patch, target, weight)
        edge = losses.gradients(patch, target, weight)
        warped = losses.weighted_l1(mixed, target, weight)
        painted = losses.weighted_l1(colour, target, (weight - 1).clamp_min(0))  # else RGB is never chosen and never learns
        rough = losses.roughness(flow)
        texture = losses.texture(patch, target, weight)
        loss = pixel + 0.6 * edge + 0.25 * warped + 0.2 * painted + 0.003 * rough + c.texture_weight * texture
        logs = {"pixel": pixel.item(), "edge": edge.item(), "texture": texture.item(), "warped": warped.item(), "painted": painted.item(), "flow": rough.item(),
                "rgb_share": weights[:, 2].mean().item(), "mask": mask.mean().item()}
        read, misread = self._read(batch, patch)
        loss = loss + c.reader_weight * min(1.0, self.reader_steps / READER_WARMUP_STEPS) * misread
        logs.update(reader=read, misread=misread.item())
        critic = self.step >= c.gan_from_step
        if critic:
            real, fake = self._mouth(target), self._mouth(patch)
            logs["critic"] = self._critic_step(real, fake.detach())
            maps_fake = self.critic(fake)
            with torch.no_grad():
                maps_real = self.critic(real)
            match = sum((a - b).abs().mean() for a, b in zip(maps_fake[:-1], maps_real[:-1]))
            adversarial = -maps_fake[-1].mean()
            loss = loss + 0.01 * adversarial + 0.05 * match
            logs["adversarial"] = adversarial.item()
        self.face_optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.face_optimiser.param_groups[0]["params"], 1.0)
        self.face_optimiser.step()
        return logs

    def _read(self, batch: dict[str, Tensor], patch: Tensor) -> tuple[float, Tensor]:
        """Teaches the reader one step on the real mouths; returns its loss, and how far the made mouths [B, 3, W, W] read
        from the real ones (reader frozen)."""
        real = batch["pictures"][:, 0]
        made = mouth_crop(patch_of(patch, real, self.model.config))
        self.reader.train()
        truth = ((self.reader(mouth_crop(real)) - batch["code"]).abs() * self.code_weight).mean()
        self.reader_optimiser.zero_grad(set_to_none=True)
        truth.backward()
        self.reader_optimiser.step()
        self.reader_steps += 1
        self.reader.eval().requires_grad_(False)
        misread = ((self.reader(made) - self.reader(mouth_crop(real))).abs() * self.code_weight).mean()
        self.reader.requires_grad_(True)
        return truth.item(), misread

    @staticmethod
    def _mouth(x: Tensor) -> Tensor:
        """The lips' part of the window, -1..1."""
        s = x.shape[-1]
        return x[:, :, s // 8:s - s // 4, s // 8:s - s // 8] * 2 - 1

    def _critic_step(self, real: Tensor, fake: Tensor) -> float:
        loss = (1 - self.critic(real)[-1]).relu().mean() + (1 + self.critic(fake)[-1]).relu().mean()
        self.critic_optimiser.zero_grad(set_to_none=True)
        loss.backward()
        self.critic_optimiser.step()
        return loss.item()

    def _voice_step(self) -> dict[str, float]:
        mels, codes, shuts, pictures, rows = [], [], [], [], []
        while len(mels) < self.config.audio_clips:
            mel, code, shut, clip, at = self.voices.clip(CLIP_FRAMES)
            if len(code) < CLIP_FRAMES:
                continue
            for k in self.voices.rng.integers(0, CLIP_FRAMES, 3 if clip else 0):  # the residual's truth, for a few frames
                rows.append(len(mels) * CLIP_FRAMES + int(k))
                pictures.append(clip.patches[int(round(at[k]))][..., ::-1].transpose(2, 0, 1))
            mels.append(mel)
            codes.append(code)
            shuts.append(shut)
        mel = torch.from_numpy(np.concatenate(mels)).unsqueeze(1).to(self.device)
        truth = torch.from_numpy(np.concatenate(codes)).to(self.device)
        shut = torch.from_numpy(np.concatenate(shuts)).to(self.device)
        z = self.model.audio(mel)
        gap = EXPLICIT.index("lipGap")
        loss = losses.code_loss(z[:, :EXPLICIT_CODES], truth, self.code_weight, CLIP_FRAMES, shut, gap)
        if rows:
            faces = torch.from_numpy(np.ascontiguousarray(np.stack(pictures))).to(self.device).float() / 255
            with torch.no_grad():
                residual = self.model.visual(mouth_crop(faces))
            loss = loss + 0.2 * (z[rows][:, EXPLICIT_CODES:] - residual).abs().mean()
        self.voice_optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.audio.parameters(), 1.0)
        self.voice_optimiser.step()
        with torch.no_grad():
            opening, real = z[:, gap].cpu().numpy(), truth[:, gap].cpu().numpy()
            must = shut.cpu().numpy() > 0.5
            r = np.corrcoef(opening, real)[0, 1]
        said = {"shut": float((opening[must] < 0.2).mean())} if must.any() else {}
        return {"voice": loss.item(), "voice_r": float(r), **said}

    @torch.no_grad()
    def sheet(self, path: Path, rows: int = 6) -> None:
        """Contact sheet: source, closed, open, target, patch by the true code, and in the window references' mix, RGB, mask."""
        state = {k: v.clone() for k, v in self.model.state_dict().items()}
        self.model.load_state_dict(self.average.state)
        self.model.eval()
        batch = FaceSampler(self.clips, 5).batch(rows, self.model.config.patch_px, self.device)
        target, source, closed, opened = batch["pictures"].unbind(1)
        z = torch.cat([batch["code"], self.model.visual(mouth_crop(target))], 1)
        shape = self.model.config
        parts = self.model.parts(batch["pictures"][:, 1:].flatten(1, 2), z)
        made, mixed = compose(*parts, inside(source, shape), closed, opened, shape.window[:2])
        within = [patch_of(x, torch.zeros_like(source), shape) for x in (mixed, parts[2], parts[3].expand(-1, 3, -1, -1))]
        columns = [source, closed, opened, target, patch_of(made, source, shape), *within]
        picture = torch.cat([torch.cat(list(c), 1) for c in columns], 2)
        cv2.imwrite(str(path), (picture.permute(1, 2, 0).cpu().numpy()[..., ::-1] * 255).clip(0, 255).astype(np.uint8))
        self.model.load_state_dict(state)

    def _optimisers(self) -> tuple[torch.optim.Optimizer, ...]:
        return self.face_optimiser, self.voice_optimiser, self.critic_optimiser, self.reader_optimiser

    def save(self, path: Path, **more) -> None:
        """Whole state (and `more`), written beside and moved into place, so a killed run leaves the old file."""
        part = path.with_suffix(".part")
        torch.save({"config": self.config.__dict__, "step": self.step, "samples": self.samples, "model": self.model.state_dict(),
                    "average": self.average.state, "critic": self.critic.state_dict(),
                    "reader": self.reader.state_dict(), "reader_steps": self.reader_steps,
                    "optimisers": [o.state_dict() for o in self._optimisers()],
                    "people": sorted({c.entry["person"] for c in self.clips}), **more}, part)
        os.replace(part, path)

    def begin_from(self, path: Path) -> list[str]:
        """Starts from the averaged weights of another model where names and shapes fit, and from its mouth reader where it is of
        this size; returns the names that do not fit."""
        saved = torch.load(path, map_location=self.device)
        given, own, self.samples = saved["average"], self.model.state_dict(), saved.get("samples", 0)
        fitting = {k: v.to(own[k].dtype) for k, v in given.items() if k in own and own[k].shape == v.shape}
        self.model.load_state_dict({**own, **fitting})
        self.average = Average(self.model)
        if "reader" in saved and self.model.config.name == saved["config"]["model"]:
            self.reader.load_state_dict({k: v.float() if v.dtype == torch.float16 else v for k, v in saved["reader"].items()})
        return sorted(set(own) - set(fitting))

    def restore(self, path: Path) -> dict:
        """Goes on from a saved state; returns all of it."""
        state = torch.load(path, map_location=self.device)
        self.model.load_state_dict(state["model"])
        self.critic.load_state_dict(state["critic"])
        self.average.state = {k: v.to(self.device) for k, v in state["average"].items()}
        self.reader.load_state_dict(state["reader"])
        self.reader_steps = state["reader_steps"]
        for optimiser, saved in zip(self._optimisers(), state["optimisers"]):
            optimiser.load_state_dict(saved)
        self.step, self.samples = state["step"], state["samples"]
        self.reseed()
        return state


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shards", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--model", choices=sorted(MODELS), default="standard")
    parser.add_argument("--steps", type=int, help="stop at this step")
    parser.add_argument("--minutes", type=float, help="stop after this many minutes")
    parser.add_argument("--batch", type=int)
    parser.add_argument("--audio-every", type=int)
    parser.add_argument("--learning-rate", type=float)
    parser.add_argument("--gan-from-step", type=int)
    parser.add_argument("--decay-from-step", type=int)
    parser.add_argument("--init", type=Path, help="begin from these weights where they fit (first start only)")
    parser.add_argument("--voice-only", action="store_true", help="leave the faces as they are")
    parser.add_argument("--half", action="store_true", help="inner layers in bfloat16")
    parser.add_argument("--drawn-share", type=float, help="share of the samples that show drawn people")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--checkpoint-seconds", type=float, default=180)
    parser.add_argument("--sheet-steps", type=int, default=500)
    args = parser.parse_args(argv)
    torch.set_num_threads(args.threads)
    config = TrainConfig().with_(model=args.model, batch=args.batch, audio_every=args.audio_every,
                                 learning_rate=args.learning_rate, total_steps=args.steps,
                                 gan_from_step=args.gan_from_step, decay_from_step=args.decay_from_step, half=args.half or None, drawn_share=args.drawn_share,
                                 faces=False if args.voice_only else None)
    args.out.mkdir(parents=True, exist_ok=True)
    trainer = Trainer(config, args.shards, args.device)
    last = args.out / "last.pth"
    if last.exists():
        trainer.restore(last)
        print(f"resumed at step {trainer.step}", flush=True)
    elif args.init:
        print(f"new: {', '.join(trainer.begin_from(args.init)) or 'nothing'}", flush=True)
    (args.out / "config.json").write_text(json.dumps({"train": config.__dict__, "model": MODELS[config.model].as_dict()}))
    stopping = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stopping.append(True))
    log = (args.out / "log.csv").open("a", newline="")
    writer = csv.writer(log)
    sums: dict[str, list[float]] = {}
    began = saved = printed = time.monotonic()
    at = trainer.step
    while trainer.step < config.total_steps and not stopping:
        if args.minutes:
            trainer.time_used = (time.monotonic() - began) / (60 * args.minutes)
            if trainer.time_used >= 1:
                break
        for k, v in trainer.train_step().items():
            sums.setdefault(k, []).append(v)
        now = time.monotonic()
        if trainer.step % 50 == 0:
            means = {k: round(float(np.mean(v)), 5) for k, v in sums.items()}
            speed = (trainer.step - at) * config.batch / max(1e-6, now - printed)
            print(trainer.step, f"{speed:.1f} samples/s", means, flush=True)
            writer.writerow([trainer.step, round(now - began), round(speed, 1), json.dumps(means)])
            log.flush()
            sums, printed, at = {}, now, trainer.step
        if trainer.step % args.sheet_steps == 0:
            trainer.sheet(args.out / f"sheet-{trainer.step:06d}.png")
        if now - saved > args.checkpoint_seconds:
            trainer.save(last)
            saved = now
    trainer.save(last)
    print(f"stopped at step {trainer.step}", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
