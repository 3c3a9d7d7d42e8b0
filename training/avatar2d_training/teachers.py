"""Teacher nets for data preparation, run in OpenCV's dnn on one thread.

The 468-point mesh is rewritten once in memory: its PReLU is spelled as Relu/Neg/Mul/Add over NHWC
constants that OpenCV 4.6 cannot broadcast, and its input is NHWC. The rewrite keeps the numbers.
The extra 'post' outputs of other conversions are integers; here the float head is read.
"""
from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import onnx
from onnx import helper, numpy_helper

MESH_INPUT_PX = 192
DETECTOR_INPUT_PX = 128
ROI_SCALE = 1.5
"""Side of the mesh crop over the longer side of the landmarks' box."""


def _fuse_prelu(model: onnx.ModelProto) -> onnx.ModelProto:
    graph = model.graph
    constants = {i.name: numpy_helper.to_array(i) for i in graph.initializer}
    producer = {o: n for n in graph.node for o in n.output}
    nodes = []
    for node in graph.node:
        fused = _prelu_of(node, producer, constants)
        if fused is None:
            nodes.append(node)
            continue
        source, slope = fused
        name = node.output[0] + "_slope"
        graph.initializer.append(numpy_helper.from_array(slope.reshape(-1, 1, 1).astype(np.float32), name))
        nodes.append(helper.make_node("PRelu", [source, name], [node.output[0]]))
    used: set[str] = {o.name for o in graph.output}
    kept = []
    for node in reversed(nodes):  # drop what nothing reads any more
        if any(o in used for o in node.output):
            used.update(node.input)
            kept.append(node)
    del graph.node[:]
    graph.node.extend(reversed(kept))
    return model


def _prelu_of(node, producer, constants):
    """(input name, slopes) when `node` is the Add that ends a spelled-out PReLU, else None."""
    if node.op_type != "Add" or not all(i in producer for i in node.input):
        return None
    relu, back = (producer[i] for i in node.input)
    if relu.op_type != "Relu" or back.op_type != "Transpose":
        return None
    mul = producer.get(back.input[0])
    if mul is None or mul.op_type != "Mul" or mul.input[1] not in constants:
        return None
    return relu.input[0], -constants[mul.input[1]]


def _nchw_input(model: onnx.ModelProto, height: int, width: int) -> onnx.ModelProto:
    graph = model.graph
    first = graph.node[0]
    name = graph.input[0].name
    if first.op_type != "Transpose" or first.input[0] != name:
        raise ValueError("the mesh net does not begin with a transpose of its input")
    graph.node.remove(first)
    for node in graph.node:
        for i, value in enumerate(node.input):
            if value == first.output[0]:
                node.input[i] = name
    del graph.input[:]
    graph.input.append(helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, [1, 3, height, width]))
    return model


class MeshTeacher:
    """468 landmarks of one face in a BGR frame."""

    def __init__(self, models: Path) -> None:
        model = onnx.load(str(models / "mediapipe_face_landmark_468.onnx"))
        model = _nchw_input(_fuse_prelu(model), MESH_INPUT_PX, MESH_INPUT_PX)
        self._net = cv2.dnn.readNetFromONNX(model.SerializeToString())
        self._outputs = [o.name for o in model.graph.output]

    def __call__(self, frame: np.ndarray, roi: np.ndarray) -> tuple[np.ndarray, float]:
        """frame [H, W, 3] uint8 BGR, roi (centre x, centre y, side, roll radians) in pixels.

        Returns points [468, 3] float32 in frame pixels (z in the same unit, towards the viewer negative)
        and the face score as a logit.
        """
        cx, cy, side, roll = (float(v) for v in roi)
        scale = side / MESH_INPUT_PX
        c, s = np.cos(roll) * scale, np.sin(roll) * scale
        half = (MESH_INPUT_PX - 1) / 2
        to_frame = np.array([[c, -s, cx - c * half + s * half], [s, c, cy - s * half - c * half]])
        crop = cv2.warpAffine(frame, to_frame, (MESH_INPUT_PX, MESH_INPUT_PX),
                              flags=(cv2.INTER_AREA if scale > 2 else cv2.INTER_LINEAR) | cv2.WARP_INVERSE_MAP)
        self._net.setInput(cv2.dnn.blobFromImage(crop, 1 / 255.0, swapRB=True))
        values = dict(zip(self._outputs, self._net.forward(self._outputs)))
        points = next(v for v in values.values() if v.size == 1404).reshape(468, 3).astype(np.float64)
        score = next(v for v in values.values() if v.size == 1).item()
        xy = points[:, :2] @ to_frame[:, :2].T + to_frame[:, 2]
        return np.column_stack([xy, points[:, 2] * scale]).astype(np.float32), score


class DetectorTeacher:
    """The most certain face of a BGR frame; padded square first, because it misses faces that fill the frame."""

    def __init__(self, models: Path) -> None:
        self._net = cv2.dnn.readNetFromONNX(str(models / "mediapipe_face_detection_short_range.onnx"))
        anchors = []
        for cells, count in ((16, 2), (8, 6)):
            for y in range(cells):
                for x in range(cells):
                    anchors += [((x + 0.5) / cells, (y + 0.5) / cells)] * count
        self._anchors = np.array(anchors)

    def __call__(self, frame: np.ndarray) -> np.ndarray | None:
        """Returns the mesh region (centre x, centre y, side, roll) or None."""
        h, w = frame.shape[:2]
        side = max(h, w)
        squares = [((w - side * 1.3) / 2, (h - side * 1.3) / 2, side * 1.3)]
        small = min(h, w)
        squares += [(x, (h - small) / 2, small) for x in np.linspace(0, w - small, 5)] if w > h else []
        best = max((self._look(frame, *s) for s in squares), key=lambda r: r[0])
        return best[1] if best[0] > 0.5 else None

    def _look(self, frame: np.ndarray, x0: float, y0: float, side: float):
        scale = side / DETECTOR_INPUT_PX
        m = np.array([[scale, 0, x0], [0, scale, y0]])
        small = frame
        if scale > 2:  # keep the decimation from aliasing
            k = int(scale) | 1
            small = cv2.blur(frame, (k, k))
        x = cv2.warpAffine(small, m, (DETECTOR_INPUT_PX, DETECTOR_INPUT_PX), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP)
        self._net.setInput(np.ascontiguousarray(x[None, :, :, ::-1].astype(np.float32) / 127.5 - 1))
        boxes, logits = self._net.forward(["regressors", "classificators"])
        i = int(logits.argmax())
        score = 1 / (1 + np.exp(-float(logits.ravel()[i])))
        box = boxes[0, i].reshape(8, 2) / DETECTOR_INPUT_PX
        centre, size = box[0] + self._anchors[i], box[1]
        right, left = box[2] + self._anchors[i], box[3] + self._anchors[i]
        roll = np.arctan2(left[1] - right[1], left[0] - right[0])
        cx, cy = centre * side + (x0, y0)
        return score, np.array([cx, cy, size.max() * side * ROI_SCALE, roll])


def roi_of(points: np.ndarray) -> np.ndarray:
    """Mesh region for the next frame from this frame's points [468, 3]."""
    eye_r, eye_l = points[[33, 133], :2].mean(0), points[[362, 263], :2].mean(0)
    roll = np.arctan2(eye_l[1] - eye_r[1], eye_l[0] - eye_r[0])
    c, s = np.cos(-roll), np.sin(-roll)
    turned = points[:, :2] @ np.array([[c, -s], [s, c]]).T
    lo, hi = turned.min(0), turned.max(0)
    mid = (lo + hi) / 2
    centre = np.array([[c, s], [-s, c]]) @ mid
    return np.array([centre[0], centre[1], (hi - lo).max() * ROI_SCALE, roll])
