"""Makes the files beside it: two one-line networks, a base model of a few kilobytes, networks that fail, and numbers of training's own code.

From the repository's root: PYTHONPATH=training /usr/bin/python3 tests/AvatarEngine.Tests/Fixtures/make_fixtures.py
"""
import hashlib
import json
from pathlib import Path

import cv2
import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from avatar2d_training import alignment
from avatar2d_training.mel import MEL
from avatar2d_training.motion import EXPLICIT
from avatar2d_training.networks import compose, spread

HERE = Path(__file__).parent
SIZE, CHANNELS, CODES = 32, (2, 3, 4, 5), len(EXPLICIT) + 8


def save(path, nodes, inputs, outputs, constants, kind=TensorProto.FLOAT):
    def info(name, shape):
        return helper.make_tensor_value_info(name, kind, ["b", *shape])
    dtype = np.float16 if kind == TensorProto.FLOAT16 else np.float32
    stored = [numpy_helper.from_array(v if v.dtype == np.int64 else v.astype(dtype), k) for k, v in constants.items()]
    graph = helper.make_graph(nodes, "g", [info(*i) for i in inputs.items()], [info(*o) for o in outputs.items()], stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8, producer_name="")
    onnx.checker.check_model(model, full_check=True)
    path.write_bytes(model.SerializeToString())


def affine():
    """y = 2 x + 1 on [b, 3], once in float and once in half precision."""
    nodes = [helper.make_node("Mul", ["x", "two"], ["d"]), helper.make_node("Add", ["d", "one"], ["y"])]
    constants = {"two": np.array([2.0]), "one": np.array([1.0])}
    for name, kind in (("affine", TensorProto.FLOAT), ("affine-half", TensorProto.FLOAT16)):
        save(HERE / f"{name}.onnx", nodes, {"x": [3]}, {"y": [3]}, constants, kind)


def mini():
    """A base model that shows the closed reference, and by jawOpen the open one, under a feathered mask."""
    folder = HERE / "mini"
    maps = {f"f{2 << i}": [c, SIZE >> (i + 1), SIZE >> (i + 1)] for i, c in enumerate(CHANNELS)}
    nodes, constants, before, width = [], {}, "pictures", 9
    for i, (name, shape) in enumerate(maps.items()):
        nodes += [helper.make_node("AveragePool", [before], [f"p{i}"], kernel_shape=[2, 2], strides=[2, 2]),
                  helper.make_node("Conv", [f"p{i}", f"w{i}"], [name], kernel_shape=[1, 1])]
        constants[f"w{i}"] = np.full((shape[0], width, 1, 1), 1.0 / width)
        before, width = name, shape[0]
    save(folder / "source_encoder.onnx", nodes, {"pictures": [9, SIZE, SIZE]}, maps, constants)

    half = SIZE // 2
    choice, by_z = np.zeros((7, CHANNELS[0], 1, 1)), np.zeros((CODES, 7))
    bias = np.eye(7)[4]                      # all of the closed reference
    by_z[0, 4], by_z[0, 5] = -1.0, 1.0       # jawOpen moves the choice to the open reference
    by_z[1, 4], by_z[1, 6] = -1.0, 1.0       # lipGap moves it to the colour
    colours = np.zeros((16, CHANNELS[0], 1, 1))
    colours[:12] = 1.0 / CHANNELS[0]         # colour: the mean of the features
    ramp = np.clip(np.minimum(np.arange(SIZE), np.arange(SIZE)[::-1]) / 8.0, 0, 1)
    mask = np.zeros((1, 16, half, half))     # feathered
    mask[0, 12:] = (ramp[:, None] * ramp).reshape(half, 2, half, 2).transpose(1, 3, 0, 2).reshape(4, half, half)
    nodes = [helper.make_node("Conv", ["f2", "choice", "bias"], ["s"], kernel_shape=[1, 1]),
             helper.make_node("MatMul", ["z", "by_z"], ["m"]), helper.make_node("Unsqueeze", ["m", "axes"], ["n"]),
             helper.make_node("Conv", ["f2", "colours"], ["c"], kernel_shape=[1, 1]),
             helper.make_node("Add", ["c", "mask"], ["paint"]), helper.make_node("Add", ["s", "n"], ["field"])]
    save(folder / "decoder.onnx", nodes, {**maps, "z": [CODES]}, {"field": [7, half, half], "paint": [16, half, half]},
         {"choice": choice, "bias": bias, "by_z": by_z, "axes": np.array([2, 3]), "colours": colours, "mask": mask})

    voice = np.zeros((1, CODES))
    voice[0, :2] = 1.0                       # loudness opens the jaw and the lips
    nodes = [helper.make_node("ReduceMean", ["mel"], ["mean"], axes=[2, 3], keepdims=0), helper.make_node("Add", ["mean", "four"], ["up"]),
             helper.make_node("Mul", ["up", "eighth"], ["loud"]), helper.make_node("MatMul", ["loud", "voice"], ["z"])]
    save(folder / "audio_encoder.onnx", nodes, {"mel": [1, MEL.bands, MEL.frames_per_window]}, {"z": [CODES]},
         {"four": np.array([4.0]), "eighth": np.array([0.125]), "voice": voice})

    def shapes(tensors):
        return {k: {"shape": ["b", *v]} for k, v in tensors.items()}
    z, out = {"z": [CODES]}, {"field": [7, half, half], "paint": [16, half, half]}
    manifest = {
        "format": 2, "name": "mini", "kind": "robust", "patch_px": SIZE, "window": [0, 0, SIZE],
        "files": {p.name: {"sha256": hashlib.sha256(p.read_bytes()).hexdigest(), "bytes": p.stat().st_size}
                  for p in sorted(folder.glob("*.onnx"))},
        "tensors": {"source_encoder": {"inputs": shapes({"pictures": [9, SIZE, SIZE]}), "outputs": shapes(maps)},
                    "decoder": {"inputs": shapes({**maps, **z}), "outputs": shapes(out)},
                    "audio_encoder": {"inputs": shapes({"mel": [1, MEL.bands, MEL.frames_per_window]}), "outputs": shapes(z)}},
        "code": {"explicit": list(EXPLICIT), "residual": CODES - len(EXPLICIT)},
        "mel": MEL.as_dict(), "alignment": {"template_px": alignment.TEMPLATE.tolist()},
    }
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")


def failing():
    """mini's networks once more, but ONNX Runtime cannot run them on some inputs: a row is looked up that is not there. The decoder
    fails from lipGap 0.01 on, the audio encoder on any voice, the source encoder on every picture."""
    for name, value, index in (("decoder", "z", [[1]]), ("audio_encoder", "loud", None), ("source_encoder", "pictures", None)):
        model = onnx.load(HERE / "mini" / f"{name}.onnx")
        graph = model.graph
        last = graph.node[-1]
        last.output[0], result = "fine", last.output[0]
        if index is not None:
            graph.initializer.append(numpy_helper.from_array(np.array([1]), "which"))
            graph.node.append(helper.make_node("Gather", [value, "which"], ["picked"], axis=1))
            value = "picked"
        graph.initializer.extend([
            numpy_helper.from_array(np.array([100.0], np.float32), "hundred"), numpy_helper.from_array(np.array([1.0], np.float32), "row"),
            numpy_helper.from_array(np.array([1.0 if name == "source_encoder" else 0.0], np.float32), "more")])
        graph.node.extend([
            helper.make_node("ReduceMax", [value], ["most"], keepdims=0), helper.make_node("Mul", ["most", "hundred"], ["scaled"]),
            helper.make_node("Add", ["scaled", "more"], ["place"]), helper.make_node("Cast", ["place"], ["at"], to=TensorProto.INT64),
            helper.make_node("Gather", ["row", "at"], ["one"]), helper.make_node("Mul", ["fine", "one"], [result])])
        onnx.checker.check_model(model, full_check=True)
        (HERE / f"failing-{name}.onnx").write_bytes(model.SerializeToString())


def composition():
    """training's compose of a window in made-up tensors: every 11th pixel as (mask Y, mask Cb, mask Cr, mask), Y Cb Cr in 0..255."""
    s, left, top, side = 24, 5, 3, 16
    def made(count, factor, start, modulus):
        return ((np.arange(count) * factor + start) % modulus / modulus).astype(np.float32)
    field, paint = made(7 * side * side // 4, 37, 0, 101).reshape(7, side // 2, side // 2), made(4 * side * side, 41, 5, 103).reshape(16, side // 2, side // 2)
    field[:4] = (field[:4] - 0.5) * 6
    field[4:] += 0.1
    field[4:] /= field[4:].sum(0)
    closed, opened = made(3 * s * s, 53, 7, 97).reshape(3, s, s), made(3 * s * s, 29, 3, 89).reshape(3, s, s)
    parts = spread(*(torch.from_numpy(x)[None] for x in (field, paint)))
    source = torch.zeros(1, 3, side, side)
    r, g, b = compose(*parts, source, *(torch.from_numpy(x)[None] for x in (closed, opened)), (left, top))[0][0].numpy().astype(np.float64)
    m = parts[3][0, 0].numpy().astype(np.float64)
    y = 0.299 * r + 0.587 * g + 0.114 * b
    rows = np.stack([16 * m + 219 * y, 128 * m + 224 * (b - y) / 1.772, 128 * m + 224 * (r - y) / 1.402, m], -1).reshape(-1, 4)
    return {"patch": s, "window": [left, top, side], "every": 11, "rows": np.round(rows[::11], 4).tolist()}


def cuts():
    """training's cut of a grey wave: luma round(125 + 60 sin(x/7) + 40 cos(y/5)), 160 x 144."""
    y, x = np.mgrid[0:144, 0:160]
    luma = np.round(125 + 60 * np.sin(x / 7) + 40 * np.cos(y / 5))
    frame = np.repeat(((luma - 16) / 219).astype(np.float32)[..., None], 3, 2)
    rows = []
    for size, transform in ((128, (0.9, 0.1, 20.3, 12.6)), (32, (0.55, -0.05, 31.7, 25.2)), (64, (1.3, 0.0, -10.0, 4.0))):
        patch = alignment.cut(frame, np.array(transform), size, scale=size / 128)[..., 0]
        rows.append({"size": size, "transform": transform, "every": 7 * size // 32 + 1,
                     "values": np.round(patch.reshape(-1)[::7 * size // 32 + 1], 4).tolist()})
    return rows


if __name__ == "__main__":
    cv2.setNumThreads(1)
    affine()
    mini()
    failing()
    (HERE / "rendering.json").write_text(json.dumps({"composition": composition(), "cuts": cuts()}, separators=(",", ":")) + "\n")
