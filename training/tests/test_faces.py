"""The face nets' labels stay on the face through every change of the picture, and the nets can learn."""
from __future__ import annotations

import numpy as np
import pytest
import torch

from avatar2d_training.faces import augment, points as P, train_detector, train_landmarks
from avatar2d_training.faces.drawn_samples import from_drawn
from avatar2d_training.faces.nets import DETECTOR_PX, DETECTOR_STRIDE, DetectorNet, LandmarkNet
from avatar2d_training.faces.samples import Faces


def face_points(size: int = 224) -> np.ndarray:
    """[110, 2]: a rough frontal face in the middle of the picture, symmetric."""
    r = np.random.default_rng(5)
    p = r.uniform(-0.2, 0.2, (P.COUNT, 2)) * size
    p[P.EYE_CORNERS] = np.array([[-0.16, -0.08], [-0.06, -0.08], [0.06, -0.08], [0.16, -0.08]]) * size
    return (p + np.column_stack([-p[P.MIRROR][:, 0], p[P.MIRROR][:, 1]])) / 2 + size / 2


def dotted(points: np.ndarray, marked: int, size: int = 224) -> np.ndarray:
    """A black picture with a white blob at one point."""
    yy, xx = np.mgrid[0:size, 0:size]
    blob = np.exp(-((xx - points[marked, 0]) ** 2 + (yy - points[marked, 1]) ** 2) / (2 * 4.0 ** 2))
    return np.repeat((255 * blob)[..., None], 3, 2).astype(np.uint8)


def test_mirror_twice_is_the_same():
    assert (P.MIRROR[P.MIRROR] == np.arange(P.COUNT)).all()


def test_mirror_swaps_the_sides():
    assert P.MIRROR[P.place(61)[0]] == P.place(291)[0]
    assert P.MIRROR[P.place(33)[0]] == P.place(263)[0]
    assert P.MIRROR[P.place(152)[0]] == P.place(152)[0]


def test_region_of_turned_points_turns():
    p = face_points()
    a = 0.3
    turn = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
    before, after = P.region(p), P.region((p - 112) @ turn.T * 2 + 300)
    assert after[2] == pytest.approx(2 * before[2])
    assert after[3] - before[3] == pytest.approx(a)
    assert after[:2] == pytest.approx(turn @ (before[:2] - 112) * 2 + 300)


@pytest.mark.parametrize("seed", range(12))
def test_points_follow_the_picture(seed, monkeypatch):
    monkeypatch.setattr(augment, "random_colour", lambda image, r: image)
    monkeypatch.setattr(augment, "random_damage", lambda image, r, least: image)
    monkeypatch.setattr(augment, "cover", lambda image, r: image)
    monkeypatch.setattr(augment, "replace_background", lambda image, p, r: image)
    p = face_points()
    marked = P.place(33, 291, 152, 14)[seed % 4]
    image, placed = augment.landmark_sample(dotted(p, marked), p, np.random.default_rng(seed), 128)
    # A mirrored picture moves the blob to the other side's point.
    weight = image[..., 0].astype(float)
    assert weight.max() > 100
    yy, xx = np.mgrid[0:128, 0:128]
    seen = np.array([(weight * xx).sum(), (weight * yy).sum()]) / weight.sum()
    expected = (placed + 0.5) * 128 - 0.5
    assert min(np.hypot(*(seen - expected[marked])), np.hypot(*(seen - expected[P.MIRROR[marked]]))) < 1.5


def test_drawn_points_keep_their_anatomy():
    d = np.zeros((120, 2))
    d[:, 0] = np.arange(120)
    p = from_drawn(d)
    assert p.shape == (P.COUNT, 2)
    for mesh, drawn in ((152, 16), (33, 62), (133, 66), (362, 70), (263, 74), (61, 78), (291, 88), (13, 101), (14, 107), (4, 56)):
        assert p[P.place(mesh)[0], 0] == pytest.approx(drawn, abs=0.01)


def test_detector_targets_point_back_at_the_face():
    score, values, weight = train_detector.targets([np.array([70.0, 41.0, 50.0, 0.2])])
    v, u = np.unravel_index(score.argmax(), score.shape)
    assert score[v, u] == 1 and weight[v, u] == 1
    assert (u + values[0, v, u] + 0.5) * DETECTOR_STRIDE - 0.5 == pytest.approx(70)
    assert (v + values[1, v, u] + 0.5) * DETECTOR_STRIDE - 0.5 == pytest.approx(41)
    assert 32 * 2 ** values[2, v, u] == pytest.approx(50)


@pytest.fixture()
def folder(tmp_path):
    r = np.random.default_rng(0)
    p = np.stack([face_points().astype(np.float32)] * 4)
    images = r.integers(0, 255, (4, 224, 224, 3)).astype(np.uint8)
    np.savez(tmp_path / "videos.npz", images=images, points=p, person=np.array(list("abcd")),
             use=np.array(["train", "train", "unseen", "train"]), licence=np.array(["train", "measure", "train", "train"]))
    return tmp_path


def test_faces_that_may_not_train_are_never_drawn(folder):
    faces = Faces(folder)
    with np.load(folder / "videos.npz") as file:
        allowed = [file["images"][i] for i in (0, 3)]
    r = np.random.default_rng(1)
    for _ in range(40):
        image, _, _ = faces.draw(r)
        assert any((image == a).all() for a in allowed)
    assert [p for _, _, p, _ in faces.held("videos", ("unseen",))] == ["c"]


def test_landmark_net_learns_one_batch(folder):
    torch.manual_seed(0)
    net, r = LandmarkNet(), np.random.default_rng(0)
    data = train_landmarks.batch(Faces(folder), r, 4, 64)
    optimizer = torch.optim.Adam(net.parameters(), 3e-3)
    losses = []
    for _ in range(25):
        loss = train_landmarks.loss_of(*net(data[0]), *data[1:])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert losses[-1] < 0.7 * losses[0]


def test_detector_scene_and_net_fit_together(folder):
    faces, r = Faces(folder), np.random.default_rng(3)
    images, regions = zip(*(train_detector.scene(faces, r) for _ in range(8)))
    assert all(i.shape == (DETECTOR_PX, DETECTOR_PX, 3) and i.dtype == np.uint8 for i in images)
    assert any(len(g) for g in regions)
    score, values, weight = (torch.from_numpy(np.stack(v)).float() for v in zip(*(train_detector.targets(g) for g in regions)))
    loss = train_detector.loss_of(DetectorNet()(train_detector.to_tensor(list(images))), score, values, weight)
    assert torch.isfinite(loss)
