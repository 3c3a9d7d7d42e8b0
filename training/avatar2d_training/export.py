"""Checkpoint -> models/<name>/: model.pth (half precision, averaged weights), one .onnx per network, manifest.json."""
from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper

from . import alignment, onnx_runner
from .config import ModelConfig
from .rendering import load_model
from .mel import MEL
from .motion import EXPLICIT
from .networks import FIELD_CHANNELS, MAX_FLOW, MOUTH_BOX, PAINT_CHANNELS, VISUAL_PX
from .train_robust import Model

OPSET = 13
FORMAT = 2
"""Of the manifest; what the serving side must know."""
HALF_FROM = 4096
"""Weights with at least this many numbers are stored as float16."""
CODE_RANGE = "explicit codes person-normalised (0 closed or neutral, 1 own range, clipped -2..2), residual codes -1..1 (0 when unknown)"


def example_inputs(config: ModelConfig, batch: int, seed: int = 3) -> dict[str, dict[str, torch.Tensor]]:
    """Per network: its named inputs, random but in range."""
    g = torch.Generator().manual_seed(seed)
    s, w, c = config.patch_px, config.window[2], config.channels
    maps = {f"f{2 ** (i + 1)}": torch.rand((batch, c[i], w >> (i + 1), w >> (i + 1)), generator=g) for i in range(4)}
    return {
        "source_encoder": {"pictures": torch.rand((batch, 9, s, s), generator=g)},
        "decoder": {**maps, "z": torch.randn((batch, config.codes), generator=g) * 0.5},
        "audio_encoder": {"mel": torch.rand((batch, 1, MEL.bands, MEL.frames_per_window), generator=g) * 8 - 4},
        "visual_encoder": {"mouth": torch.randn((batch, 1, VISUAL_PX, VISUAL_PX), generator=g)},
    }


OUTPUTS = {"source_encoder": ["f2", "f4", "f8", "f16"], "decoder": ["field", "paint"], "audio_encoder": ["z"], "visual_encoder": ["residual"]}


def networks_of(model: Model) -> dict[str, torch.nn.Module]:
    return {"source_encoder": model.source, "decoder": model.decoder, "audio_encoder": model.audio, "visual_encoder": model.visual}


def tensors(config: ModelConfig) -> dict:
    """Shapes and ranges of every input and output, for the manifest; `b` is the free batch."""
    s, w, c = config.patch_px, config.window[2], config.channels
    maps = {f"f{2 ** (i + 1)}": {"shape": ["b", c[i], w >> (i + 1), w >> (i + 1)], "range": ">= 0"} for i in range(4)}
    code = {"shape": ["b", config.codes], "range": CODE_RANGE}
    return {
        "source_encoder": {"inputs": {"pictures": {"shape": ["b", 9, s, s], "range": "0..1",
                                                   "channels": "RGB of the source frame, of the closed reference, of the open reference"}},
                           "outputs": maps},
        "decoder": {"inputs": {**maps, "z": code},
                    "outputs": {
                        "field": {"shape": ["b", FIELD_CHANNELS, w // 2, w // 2], "channels": [
                            "0-1 flow u, v of the closed reference, pixels, at most %g" % (MAX_FLOW * s),
                            "2-3 flow u, v of the open reference, pixels", "4-6 weights of closed, open, RGB (sum 1)"]},
                        "paint": {"shape": ["b", PAINT_CHANNELS, w // 2, w // 2], "range": "0..1", "channels":
                            "4 c + 2 y + x: red, green, blue, mask (c) of the 2 x 2 pixels (y, x) of each cell; the mask is 0 at the borders"}},
                    "compose": "in the window (left %d, top %d, side %d), the field doubled bilinearly (pixel centres at halves), the paint laid out: "
                               "patch = mask*(w0*closed(u+flow) + w1*open(u+flow) + w2*rgb) + (1-mask)*source; bilinear, edges repeated, "
                               "pixel centres at integers" % config.window},
        "audio_encoder": {"inputs": {"mel": {"shape": ["b", 1, MEL.bands, MEL.frames_per_window], "range": "-4..4"}},
                          "outputs": {"z": code}},
        "visual_encoder": {"inputs": {"mouth": {"shape": ["b", 1, VISUAL_PX, VISUAL_PX], "range": "-3..3",
                                                "crop": f"BT.601 luma 0..1 of the patch box {MOUTH_BOX}, bilinear to 48 px, (x - mean)/(deviation + 0.02), clipped"}},
                           "outputs": {"residual": {"shape": ["b", config.residual_codes], "range": "-1..1"}}},
    }


def psnr(a: np.ndarray, b: np.ndarray) -> float:
    """Over the range of `a`, dB."""
    error = float(((a - b) ** 2).mean())
    return 200.0 if error == 0 else 10 * np.log10(float(np.ptp(a)) ** 2 / error)


def export_onnx(model: Model, out: Path) -> dict[str, float]:
    """Writes the four .onnx files and checks each; returns how the file, run alone, agrees with PyTorch, dB."""
    agreement = {}
    for name, network in networks_of(model).items():
        inputs, path = example_inputs(model.config, 2)[name], out / f"{name}.onnx"
        dynamic = {k: {0: "b"} for k in [*inputs, *OUTPUTS[name]]}
        torch.onnx.export(network, tuple(inputs.values()), str(path), input_names=list(inputs), output_names=OUTPUTS[name],
                          dynamic_axes=dynamic, opset_version=OPSET, do_constant_folding=True)
        with torch.no_grad():
            traced = network(*inputs.values())
        traced = traced if isinstance(traced, tuple) else (traced,)
        _finish(path, {**inputs, **dict(zip(OUTPUTS[name], traced))})
        onnx.checker.check_model(onnx.load(str(path)), full_check=True)
        inputs = example_inputs(model.config, 3, seed=4)[name]  # another batch than the traced one
        with torch.no_grad():
            expected = network(*inputs.values())
        expected = expected if isinstance(expected, tuple) else (expected,)
        got = onnx_runner.run(path, {k: v.numpy() for k, v in inputs.items()})
        agreement[name] = min(psnr(e.numpy(), g) for e, g in zip(expected, got))
    return agreement


def _finish(path: Path, tensors_by_name: dict[str, torch.Tensor]) -> None:
    """Writes every dimension but the batch into the graph's inputs and outputs (the exporter leaves some open); halves the weights."""
    proto = onnx.load(str(path))
    for value in [*proto.graph.input, *proto.graph.output]:
        for i, dim in enumerate(value.type.tensor_type.shape.dim):
            if i == 0:
                dim.dim_param = "b"
            else:
                dim.dim_value = tensors_by_name[value.name].shape[i]
    halve_weights(proto.graph)
    onnx.save(proto, str(path))


def halve_weights(graph: onnx.GraphProto) -> None:
    """Large weights travel as float16 with a Cast, which the runtimes fold when they load; the arithmetic stays float32."""
    casts = []
    for weight in graph.initializer:
        values = numpy_helper.to_array(weight)
        if values.dtype == np.float32 and values.size >= HALF_FROM:
            name = weight.name
            weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + "_half"))
            casts.append(helper.make_node("Cast", [name + "_half"], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)


def golden(model: Model) -> dict:
    """A few numbers for the serving side's tests: mean and first values of every output for a fixed ramp input."""
    result = {}
    for name, network in networks_of(model).items():
        inputs = example_inputs(model.config, 1)[name]
        ramp = [((torch.arange(v.numel()) * 37 % 101) / 101.0).reshape(v.shape) for v in inputs.values()]
        with torch.no_grad():
            values = network(*ramp)
        values = values if isinstance(values, tuple) else (values,)
        result[name] = {o: {"mean": float(v.mean()), "first": [float(x) for x in v.flatten()[:4]]}
                        for o, v in zip(OUTPUTS[name], values)}
    return {"input": "element i of each input tensor is (37 i mod 101) / 101", "outputs": result}


def write(checkpoint: Path, out: Path, kind: str, metrics: dict, name: str | None = None) -> dict:
    """Writes model.pth, the .onnx files and manifest.json into a folder (made anew beside it, then moved into its place, so
    that nobody loads half a model). Returns the manifest."""
    part = out.with_name(out.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    state = torch.load(checkpoint, map_location="cpu")
    model = load_model(checkpoint)
    def half(weights: dict) -> dict:
        return {k: v.half() if v.dtype == torch.float32 else v for k, v in weights.items()}
    torch.save({"config": state["config"], "step": state["step"], "samples": state["samples"], "average": half(state["average"]),
                "reader": half(state["reader"])}, part / "model.pth")
    agreement = export_onnx(model, part)
    config = model.config
    manifest = {
        "format": FORMAT, "name": name or out.name, "kind": kind, "size": config.name, "patch_px": config.patch_px,
        "window": list(config.window), "step": state["step"], "faces_seen": state["samples"],
        "made": time.strftime("%Y-%m-%d", time.gmtime()),
        "files": {p.name: {"sha256": hashlib.sha256(p.read_bytes()).hexdigest(), "bytes": p.stat().st_size}
                  for p in sorted(part.iterdir()) if p.suffix in (".onnx", ".pth")},
        "tensors": tensors(config),
        "code": {"explicit": list(EXPLICIT), "residual": config.residual_codes, "range": CODE_RANGE},
        "mel": MEL.as_dict(),
        "alignment": {"patch_px": alignment.PATCH_PX, "eye_distance_px": alignment.EYE_DISTANCE_PX,
                      "stable_points_mesh468": list(alignment.STABLE_POINTS), "template_px": alignment.TEMPLATE.tolist(),
                      "smoothing_sigma_frames": alignment.SMOOTHING_SIGMA_FRAMES},
        "frame_rate": 25,
        "data": {"people": state.get("people", []), "sources": sources(state.get("people", [])), "split": "training/split.json"},
        "licence": "weights trained only on the data above; see there for whom to credit",
        "onnx_agreement_db": {k: (None if v != v else round(v, 1)) for k, v in agreement.items()},
        "golden": golden(model),
        "metrics": metrics,
    }
    (part / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    shutil.rmtree(out, ignore_errors=True)
    os.replace(part, out)
    return manifest


SOURCES = {
    "grid": "GRID audiovisual sentence corpus, CC BY 4.0 (M. Cooke, J. Barker, S. Cunningham, X. Shao)",
    "obama": "US presidential addresses, US government work, public domain",
    "nvidia": "one webcam clip under an open repository licence",
    "gallery": "drawn characters of this project with synthetic speech",
    "head": "rendered heads of the ICT FaceKit model, MIT licence, with synthetic speech",
}
"""By the beginning of the people's names in the shards; people of other names are the operator's own."""


def sources(people: list[str]) -> list[str]:
    """Whom to credit for the training data."""
    named = [text for start, text in SOURCES.items() if any(p.startswith(start) for p in people)]
    own = [p for p in people if not p.startswith(tuple(SOURCES))]
    return named + ([f"{len(own)} people of the operator's own data"] if own else [])


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True, help="folder of the model, e.g. models/base-robust-standard-4")
    parser.add_argument("--metrics", type=Path, help="report of evaluate")
    parser.add_argument("--kind", choices=("robust", "personalized"), default="robust")
    args = parser.parse_args(argv)
    metrics = json.loads(args.metrics.read_text()) if args.metrics else {}
    manifest = write(args.checkpoint, args.out, args.kind, {k: v["summary"] for k, v in metrics.items()})
    print(json.dumps({"agreement_db": manifest["onnx_agreement_db"], "bytes": sum(f["bytes"] for f in manifest["files"].values())}))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
