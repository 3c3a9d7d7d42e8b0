"""People who do not exist: morphs and taught heads keep their labels on the face; a net begins where an exported one ended."""
from __future__ import annotations

import numpy as np
import pytest
import torch

from avatar2d_training.export import halve_weights
from avatar2d_training.faces import drawn_samples, morphs, points as P
from avatar2d_training.faces.nets import Averaged, LandmarkNet
from avatar2d_training.faces.start import begin_from
from test_faces import dotted, face_points


def test_fit_similarity_finds_the_turn():
    source = face_points()
    m = np.array([[1.1, -0.3, 5.0], [0.3, 1.1, -7.0]])
    assert morphs.fit_similarity(source, P.apply(m, source)) == pytest.approx(m)


@pytest.mark.parametrize("mesh", (33, 291, 152, 14))
def test_warp_takes_the_picture_along(mesh):
    own, r = face_points(), np.random.default_rng(mesh)
    to = own + morphs.thin_plate(r.uniform(40, 180, (5, 2)), r.normal(0, 6, (5, 2)), own)
    moved = morphs.warp(dotted(own, P.place(mesh)[0]), own, to)[..., 0].astype(float)
    yy, xx = np.mgrid[0:224, 0:224]
    seen = np.array([(moved * xx).sum(), (moved * yy).sum()]) / moved.sum()
    assert np.hypot(*(to - own)[P.place(mesh)[0]]) > 1
    assert np.hypot(*(seen - to[P.place(mesh)[0]])) < 1.0


def test_morphs_take_only_faces_that_may_train(tmp_path):
    r, use = np.random.default_rng(0), ["train", "unseen", "train", "train"]
    images = np.stack([np.full((224, 224, 3), v, np.uint8) for v in (10, 80, 160, 240)])
    points = np.stack([face_points() + r.normal(0, 2, (P.COUNT, 2)) for _ in range(4)]).astype(np.float32)
    np.savez(tmp_path / "videos.npz", images=images, points=points, person=np.array(list("abcd")), use=np.array(use),
             licence=np.array(["train", "train", "measure", "train"]))
    drawer = morphs.Morphs(tmp_path, 0.5)
    for _ in range(20):
        picture, about, first = drawer.draw(r)
        assert first in (0, 1) and about.shape == (P.COUNT, 2)
        assert {int(picture[5, 5, 0])} <= {10, 240}


def test_close_lids_closes_one_eye_and_leaves_the_other():
    p, (upper, lower) = face_points(), (list(v) for v in zip(*drawn_samples.LIDS))
    p[lower] = p[upper] + [0, 8]
    before = drawn_samples.gaps(p)
    after = drawn_samples.close_lids(p, np.array([0.25 * before[0], 2 * before[1]]))
    assert drawn_samples.gaps(after) == pytest.approx([0.25 * before[0], before[1]])
    rest = np.setdiff1d(np.arange(P.COUNT), upper[:3])
    assert (after[rest] == p[rest]).all()


def test_net_begins_where_the_exported_one_ended(tmp_path):
    import onnx

    torch.manual_seed(1)
    net, crops = LandmarkNet(), torch.randn(24, 3, 64, 64)
    for module in net.modules():  # statistics and scales that folding has something to do with
        if isinstance(module, torch.nn.BatchNorm2d):
            torch.nn.init.uniform_(module.weight, 0.5, 1.5)
            torch.nn.init.normal_(module.bias, 0, 0.2)
    net(crops)
    net.eval()
    path = tmp_path / "landmarks.onnx"
    torch.onnx.export(Averaged(net).eval(), crops[:2], str(path), dynamic_axes={"x": {0: "b"}}, input_names=["x"], opset_version=13)
    graph = onnx.load(str(path))
    halve_weights(graph.graph)
    onnx.save(graph, str(path))

    again = LandmarkNet()
    begin_from(again, path, crops)

    with torch.no_grad():
        expected, trained = net(crops)[0], again(crops)[0]
        assert trained == pytest.approx(expected, abs=5e-3)  # in training mode, on its own statistics
        assert again.eval()(crops)[0] == pytest.approx(expected, abs=5e-3)


def test_begin_from_another_net_says_so(tmp_path):
    path = tmp_path / "other.onnx"
    torch.onnx.export(torch.nn.Conv2d(3, 4, 3), torch.zeros(1, 3, 8, 8), str(path))
    with pytest.raises(ValueError, match="another net"):
        begin_from(LandmarkNet(), path, torch.randn(4, 3, 64, 64))


def test_averaged_net_says_the_same_of_a_mirror_image():
    torch.manual_seed(2)
    net, crops = Averaged(LandmarkNet().eval()), torch.randn(3, 3, 64, 64)
    with torch.no_grad():
        (points, presence), (other, also) = net(crops), net(crops.flip(3))
        alone = net.net(crops)[0]
    assert presence.numpy() == pytest.approx(also.numpy(), abs=1e-5)
    assert points.numpy() == pytest.approx((other[:, P.MIRROR] * torch.tensor([-1.0, 1.0])).numpy(), abs=1e-5)
    assert points.shape == alone.shape and not np.allclose(points, alone)
