"""A small interpreter for the exported graphs, so that a file can be checked where ONNX Runtime has no Python package.

It covers exactly the operators that our exports hold and refuses others; weights and attributes come from the file alone.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from torch.nn import functional as F


def run(path: Path, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
    """Outputs of the graph in its own order. Raises ValueError for an operator that is not known here."""
    graph = onnx.load(str(path)).graph
    values = {i.name: torch.from_numpy(numpy_helper.to_array(i).copy()) for i in graph.initializer}
    values.update({k: torch.from_numpy(v) for k, v in inputs.items()})
    for node in graph.node:
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        arguments = [values[i] if i else None for i in node.input]
        if node.op_type == "Split":
            sizes = arguments[1].tolist() if len(arguments) > 1 else attributes["split"]
            values.update(zip(node.output, arguments[0].split(list(sizes), attributes.get("axis", 0))))
            continue
        values[node.output[0]] = _apply(node.op_type, arguments, attributes)
    return [values[o.name].numpy() for o in graph.output]


def _apply(op: str, x: list, a: dict) -> torch.Tensor:
    if op == "Constant":
        return torch.from_numpy(numpy_helper.to_array(a["value"]).copy())
    if op in _SIMPLE:
        return _SIMPLE[op](x, a)
    if op == "Conv":
        return _conv(x, a)
    if op == "Gemm":
        weight = x[1] if a.get("transB") else x[1].T
        return F.linear(x[0], weight, x[2])
    if op == "Resize":
        return _resize(x, a)
    if op == "Slice":
        return _slice(x)
    raise ValueError(f"operator {op} is not known to this runner")


_SIMPLE = {
    "Cast": lambda x, a: x[0].to({1: torch.float32, 7: torch.int64}[a["to"]]),
    "ConstantOfShape": lambda x, a: torch.full(x[0].tolist(), numpy_helper.to_array(a["value"]).item(), dtype=torch.int64),
    "Pad": lambda x, a: _pad(x, a),
    "Identity": lambda x, a: x[0],
    "Add": lambda x, a: x[0] + x[1],
    "Sub": lambda x, a: x[0] - x[1],
    "Exp": lambda x, a: x[0].exp(),
    "Clip": lambda x, a: x[0].clamp(*(None if v is None else v.item() for v in x[1:])),
    "ReduceSum": lambda x, a: x[0].sum(tuple(x[1].tolist()), keepdim=bool(a.get("keepdims", 1))),
    "Div": lambda x, a: x[0] / x[1],
    "Mul": lambda x, a: x[0] * x[1],
    "Relu": lambda x, a: x[0].relu(),
    "Tanh": lambda x, a: x[0].tanh(),
    "Sigmoid": lambda x, a: x[0].sigmoid(),
    "Concat": lambda x, a: torch.cat(x, a["axis"]),
    "Reshape": lambda x, a: x[0].reshape([x[0].shape[i] if n == 0 else n for i, n in enumerate(x[1].tolist())]),
    "Flatten": lambda x, a: x[0].flatten(a.get("axis", 1)),
    "Transpose": lambda x, a: x[0].permute(a["perm"]),
    "Unsqueeze": lambda x, a: _unsqueeze(x[0], x[1].tolist()),
    "DepthToSpace": lambda x, a: _depth_to_space(x[0], a),
}


def _unsqueeze(x: torch.Tensor, axes: list[int]) -> torch.Tensor:
    for axis in sorted(axes):
        x = x.unsqueeze(axis)
    return x


def _pad(x: list, a: dict) -> torch.Tensor:
    if a.get("mode", b"constant") != b"constant":
        raise ValueError("only padding by zeros is known to this runner")
    before, after = x[1].view(2, -1).tolist()
    return F.pad(x[0], [n for pair in zip(reversed(before), reversed(after)) for n in pair])


def _depth_to_space(x: torch.Tensor, a: dict) -> torch.Tensor:
    if a.get("mode", b"DCR") != b"CRD":
        raise ValueError("only CRD depth-to-space is known to this runner")
    return F.pixel_shuffle(x, a["blocksize"])


def _conv(x: list, a: dict) -> torch.Tensor:
    pads = a.get("pads", [0, 0, 0, 0])
    return F.conv2d(F.pad(x[0], (pads[1], pads[3], pads[0], pads[2])), x[1], x[2] if len(x) > 2 else None,
                    a.get("strides", [1, 1]), 0, a.get("dilations", [1, 1]), a.get("group", 1))


def _resize(x: list, a: dict) -> torch.Tensor:
    size = [int(round(n * float(s))) for n, s in zip(x[0].shape, x[2])][2:]
    mode = a["mode"].decode()
    if mode == "nearest":
        return F.interpolate(x[0], size=size, mode="nearest")
    if mode != "linear" or a["coordinate_transformation_mode"] not in (b"half_pixel", b"pytorch_half_pixel"):
        raise ValueError("this kind of Resize is not known to this runner")
    return F.interpolate(x[0], size=size, mode="bilinear", align_corners=False)


def _slice(x: list) -> torch.Tensor:
    starts, ends = x[1].tolist(), x[2].tolist()
    axes = x[3].tolist() if len(x) > 3 else list(range(len(starts)))
    if len(x) > 4 and x[4].tolist() == [-1]:  # a whole axis backwards
        return x[0].flip(axes)
    index = [slice(None)] * x[0].dim()
    for start, end, axis in zip(starts, ends, axes):
        index[axis] = slice(start, None if end > 2 ** 31 else end)
    return x[0][tuple(index)]
