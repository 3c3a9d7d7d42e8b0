"""Weights to begin from: a checkpoint, or an exported .onnx, whose batch normalisation was folded into its convolutions."""
from __future__ import annotations

from pathlib import Path

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn


def begin_from(net: nn.Module, path: Path, crops: Tensor) -> None:
    """Gives `net` the weights of last.pth or of an .onnx of the same net; `crops` [n, 3, s, s] are what it will see in training.

    Raises ValueError when the file's layers are not those of the net.
    """
    if path.suffix != ".onnx":
        net.load_state_dict(torch.load(path, map_location="cpu")["slow"])
        return
    layers = _layers(path)
    modules = _order(net, crops[:2])
    if [tuple(m.weight.shape) for m in modules] != [tuple(w.shape) for w, _ in layers]:
        raise ValueError(f"{path} holds another net")
    following = {a: b for block in net.modules() if isinstance(block, nn.Sequential)
                 for a, b in zip(block, list(block)[1:]) if isinstance(b, nn.BatchNorm2d)}
    with torch.no_grad():
        for module, (weight, bias) in zip(modules, layers):
            module.weight.copy_(weight)
            if module.bias is not None:
                module.bias.copy_(bias)
            else:
                norm = following[module]
                norm.running_mean.zero_()
                norm.running_var.fill_(1 - norm.eps)
                norm.weight.fill_(1)
                norm.bias.copy_(bias)
    _unfold(net, set(following.values()), crops)


def _layers(path: Path) -> list[tuple[Tensor, Tensor]]:
    """Weight and bias of every convolution and linear layer, in the order of the work."""
    graph = onnx.load(str(path)).graph
    stored = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    for node in graph.node:
        if node.op_type == "Cast" and node.input[0] in stored:
            stored[node.output[0]] = stored[node.input[0]]
    return [tuple(torch.from_numpy(stored[name].copy()).float() for name in node.input[1:3])
            for node in graph.node if node.op_type in ("Conv", "Gemm")]


def _order(net: nn.Module, crops: Tensor) -> list[nn.Module]:
    """The convolutions and linear layers in the order in which they work."""
    order: list[nn.Module] = []
    hooks = [m.register_forward_hook(lambda module, _in, _out: order.append(module))
             for m in net.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    net.eval()
    with torch.no_grad():
        net(crops)
    net.train()
    for hook in hooks:
        hook.remove()
    return order


def _unfold(net: nn.Module, norms: set[nn.Module], crops: Tensor) -> None:
    """Gives every normalisation the statistics of its input and undoes them in its scale: nothing changes, and training mode
    begins where the exported net ended."""
    def learn(norm: nn.BatchNorm2d, inputs: tuple[Tensor], _out: Tensor) -> None:
        mean, var = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3))
        norm.bias += mean
        norm.weight.copy_((var + norm.eps).sqrt())
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(var)
    hooks = [norm.register_forward_hook(learn) for norm in norms]
    net.eval()
    with torch.no_grad():
        net(crops)
    net.train()
    for hook in hooks:
        hook.remove()
