"""Checkpoint -> models/faces-<kind>-N/: one .onnx and manifest.json."""
from __future__ import annotations

import argparse
import hashlib
import json
import time
from pathlib import Path

import onnx
import torch

from ..export import halve_weights
from . import points as P
from .evaluate import load
from .nets import DETECTOR_PX, DETECTOR_SIDE_PX, DETECTOR_STRIDE, Averaged, DetectorNet, LandmarkNet

OPSET = 13
OUTPUTS = {"landmarks": ["points", "presence"], "detector": ["maps"]}
SOURCES = ["GRID audiovisual sentence corpus, CC BY 4.0 (M. Cooke, J. Barker, S. Cunningham, X. Shao)",
           "US presidential addresses and portraits, NASA portrait, US government work, public domain",
           "three old paintings, public domain", "one webcam clip under an open repository licence",
           "characters drawn by this program, with exact points",
           "heads rendered by this program from ICT FaceKit (USC Institute for Creative Technologies, MIT licence)"]
MORPHS = "people who do not exist, morphed from the above pictures"


def describe(kind: str) -> dict:
    """Shapes and meanings, for the manifest."""
    picture = {"range": "-1..1", "channels": "RGB of the crop, pixel / 127.5 - 1; beyond the picture its edge is repeated"}
    if kind == "detector":
        side = DETECTOR_PX // DETECTOR_STRIDE
        return {"tensors": {"detector": {"inputs": {"picture": {"shape": ["b", 3, DETECTOR_PX, DETECTOR_PX], **picture}}, "outputs": {
            "maps": {"shape": ["b", 6, side, side], "channels": [
                "score logit", "dx, cells from the cell's centre", "dy", f"log2(side / {DETECTOR_SIDE_PX:g} px)", "cos roll", "sin roll"]}}}}}
    return {"tensors": {"landmarks": {"inputs": {"crop": {"shape": ["b", 3, P.CROP_PX, P.CROP_PX], **picture}}, "outputs": {
        "points": {"shape": ["b", P.COUNT, 2], "range": "x, y; -0.5 (left, top edge) to 0.5 of the crop"},
        "presence": {"shape": ["b", 1], "range": "logit that the crop holds a face"}}}},
        "points": {"mesh468": list(P.MESH_INDICES), "groups": {k: len(v) for k, v in P.GROUPS.items()}},
        "crop": f"square, turned by the eyes' roll, {P.CROP_SCALE:g} x the longer side of the box around all points, centred on it"}


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", choices=tuple(OUTPUTS), required=True)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--metrics", type=Path, help="report of evaluate")
    parser.add_argument("--out", type=Path, required=True, help="folder of the model, e.g. models/faces-landmarks-2")
    args = parser.parse_args(argv)
    torch.set_num_threads(1)
    net = Averaged(load(LandmarkNet(), args.checkpoint)).eval() if args.kind == "landmarks" else load(DetectorNet(), args.checkpoint)
    args.out.mkdir(parents=True, exist_ok=True)
    path, size = args.out / f"{args.kind}.onnx", P.CROP_PX if args.kind == "landmarks" else DETECTOR_PX
    name = next(iter(describe(args.kind)["tensors"][args.kind]["inputs"]))
    torch.onnx.export(net, torch.zeros(2, 3, size, size), str(path), input_names=[name], output_names=OUTPUTS[args.kind],
                      dynamic_axes={k: {0: "b"} for k in [name, *OUTPUTS[args.kind]]}, opset_version=OPSET, do_constant_folding=True)
    graph = onnx.load(str(path))
    for output in graph.graph.output:  # only the batch is free
        shape = describe(args.kind)["tensors"][args.kind]["outputs"][output.name]["shape"]
        for dim, size_of in zip(output.type.tensor_type.shape.dim[1:], shape[1:]):
            dim.dim_value = size_of
    halve_weights(graph.graph)
    onnx.checker.check_model(graph, full_check=True)
    onnx.save(graph, str(path))
    ramp = (torch.arange(3 * size * size) * 37 % 101 / 50.5 - 1).reshape(1, 3, size, size)
    with torch.no_grad():
        values = net(ramp)
    values = values if isinstance(values, tuple) else (values,)
    state = torch.load(args.checkpoint, map_location="cpu")
    report = json.loads(args.metrics.read_text())[args.kind] if args.metrics else {}
    manifest = {
        "format": 1, "name": args.out.name, "kind": f"face {args.kind}", "made": time.strftime("%Y-%m-%d", time.gmtime()),
        "steps": state["step"], **describe(args.kind),
        "files": {path.name: {"sha256": hashlib.sha256(path.read_bytes()).hexdigest(), "bytes": path.stat().st_size}},
        "data": {"sources": SOURCES + ([MORPHS] if args.kind == "landmarks" else []), "split": "training/split.json"},
        "teachers": "MediaPipe face detector and 468-point mesh (Apache-2.0) gave the points of photographs, and the landmark net's of morphs and rendered heads",
        "licence": "weights trained only on the data above, released with this project; credit the GRID corpus",
        "golden": {"input": "element i is (37 i mod 101) / 50.5 - 1", "outputs": {
            n: {"mean": float(v.mean()), "first": [float(x) for x in v.flatten()[:4]]} for n, v in zip(OUTPUTS[args.kind], values)}},
        "metrics": {g: {k: v for k, v in r.items() if k != "people"} for g, r in report.items()},
    }
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n")
    print(path.stat().st_size, "bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
