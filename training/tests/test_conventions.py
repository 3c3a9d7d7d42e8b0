import json

import numpy as np
import pytest

from avatar2d_training import alignment, golden, motion, telephone
from avatar2d_training.dataset import FLIP, FLIP_SIGN
from avatar2d_training.mel import MEL, filter_bank, first_mel_frame, mel_frames, mel_window
from synthetic import landmarks


def test_golden_file_holds_what_the_code_computes():
    stored, now = json.loads(golden.GOLDEN.read_text()), golden.conventions()
    assert stored["mel"]["parameters"] == now["mel"]["parameters"]
    for k, frame in stored["mel"]["frames"].items():
        np.testing.assert_allclose(frame, now["mel"]["frames"][k], atol=2e-4)
    np.testing.assert_allclose(stored["alignment"]["transform_a_b_tx_ty"], now["alignment"]["transform_a_b_tx_ty"], atol=1e-5)
    np.testing.assert_allclose(stored["motion"]["explicit"], now["motion"]["explicit"], atol=1e-4)


def test_mel_silence_is_the_floor():
    assert (mel_frames(np.zeros(1000, np.int16)) == -4).all()


def test_mel_full_scale_sine_peaks_near_four():
    sine = np.sin(2 * np.pi * 1000 * np.arange(4000) / 16000)
    assert 3.8 < mel_frames(sine)[10].max() <= 4.0


def test_mel_every_band_hears_something():
    assert (filter_bank().sum(1) > 0).all()


def test_mel_window_ends_41_ms_after_the_picture():
    n = np.arange(200)
    last = first_mel_frame(n) + MEL.frames_per_window - 1
    ahead_ms = last * 12.5 + MEL.window / 2 / 16 - n * 40
    assert ahead_ms.min() >= 34 and ahead_ms.max() <= 48


def test_mel_window_outside_the_signal_is_silence():
    window = mel_window(np.zeros((4, 80), np.float32), 0)
    assert window.shape == (80, 16)
    assert (window[:, :13] == -4).all() and (window[:, 13:] == 0).all()


def test_mel_stream_equals_whole():
    pcm = golden.pcm()
    whole = mel_frames(pcm)
    late = mel_frames(pcm[800:])  # four hops later
    np.testing.assert_allclose(whole[4 + 2:12], late[2:8], atol=1e-5)


def test_fit_known_similarity_is_found():
    a, b, tx, ty = 0.8, 0.1, 20.0, 30.0
    points = np.zeros((468, 3))
    for k, (u, v) in zip(alignment.STABLE_POINTS, alignment.TEMPLATE):
        points[k, :2] = a * u - b * v + tx, b * u + a * v + ty
    np.testing.assert_allclose(alignment.fit(points), [a, b, tx, ty], atol=1e-9)
    np.testing.assert_allclose(alignment.to_patch(points, alignment.fit(points))[33, :2], alignment.TEMPLATE[0], atol=1e-9)


def test_cut_scale_and_origin_see_the_same_place():
    frame = np.zeros((200, 200, 3), np.uint8)
    frame[90:110, 100:120] = 255
    t = np.array([1.0, 0.0, 60.0, 50.0])
    patch = alignment.cut(frame, t)
    assert patch[50, 50, 0] == 255 and patch[35, 50, 0] == 0
    face = alignment.cut(frame, t, 256, alignment.FACE_ORIGIN)
    assert (face[96:224, 64:192] == patch).all()


def test_explicit_code_open_and_closed():
    raw = motion.geometry(np.stack([landmarks(o) for o in np.linspace(0, 12, 200)]))
    code = motion.explicit_code(raw, motion.PersonRange.of(raw))
    gap = motion.EXPLICIT.index("lipGap")
    assert abs(code[10, gap]) < 0.05 and 0.9 < code[189, gap] < 1.1
    assert np.abs(code).max() <= 2


def test_flip_twice_is_the_same_code():
    code = np.arange(16, dtype=np.float32)
    np.testing.assert_array_equal((code[FLIP] * FLIP_SIGN)[FLIP] * FLIP_SIGN, code)


@pytest.mark.parametrize("name", telephone.VARIANTS)
def test_telephone_variants_keep_the_length(name):
    pcm = golden.pcm()
    out = telephone.variant(pcm, name)
    assert len(out) == len(pcm) and np.isfinite(out).all()


def test_narrow_band_removes_what_a_telephone_does_not_carry():
    rng = np.random.default_rng(0)
    out = np.abs(np.fft.rfft(telephone.narrow_band(rng.standard_normal(16000) * 0.1)))
    assert out[4500:].mean() < 0.05 * out[1000:3000].mean()
