import numpy as np
import pytest
import torch

from avatar2d_training import export, measure, onnx_runner
from avatar2d_training.config import MODELS, TrainConfig
from avatar2d_training.dataset import load_clips, vary_identity
from avatar2d_training.rendering import codes_of, load_model, references, render
from avatar2d_training.networks import Decoder, SourceEncoder, compose, feather, spread, warp
from avatar2d_training.train_robust import Model, Trainer
from synthetic import write_clip


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shards")
    for k in range(6):
        write_clip(folder / f"clip{k}", f"drawn{k % 3}", k)
    write_clip(folder / "held", "drawn0", 99, use="test")
    return folder


def test_warp_zero_flow_is_identity():
    x = torch.rand(1, 3, 32, 32)
    torch.testing.assert_close(warp(x, torch.zeros(1, 2, 32, 32)), x, atol=1e-5, rtol=0)


def test_warp_moves_by_pixels():
    x = torch.zeros(1, 1, 16, 16)
    x[0, 0, 5, 7] = 1
    flow = torch.zeros(1, 2, 16, 16)
    flow[:, 0] = 2  # read two pixels to the right
    assert warp(x, flow)[0, 0, 5, 5] == pytest.approx(1, abs=1e-5)


def test_compose_closed_mask_shows_the_source():
    paint = torch.rand(2, 16, 8, 8)
    paint[:, 12:] = 0
    s, c, o = (torch.rand(2, 3, 16, 16) for _ in range(3))
    torch.testing.assert_close(compose(*spread(torch.rand(2, 7, 8, 8), paint), s, c, o)[0], s)


def test_feather_meets_the_frame_at_every_border():
    f = feather(96)[0, 0]
    assert max(f[0].max(), f[-1].max(), f[:, 0].max(), f[:, -1].max()) < 0.01 and f[40, 48] == 1


@pytest.mark.parametrize("name", ["tiny", "small", "standard"])
def test_decoder_output_is_in_range(name):
    config = MODELS[name]
    inputs = export.example_inputs(config, 2)["decoder"]
    field, paint = Decoder(config).eval()(*inputs.values())
    half = config.window[2] // 2
    assert field.shape == (2, 7, half, half) and paint.shape == (2, 16, half, half)
    weights = field[:, 4:].sum(1)
    torch.testing.assert_close(weights, torch.ones_like(weights))
    assert 0 <= paint.min() and paint.max() <= 1


def test_spread_lays_the_cells_out():
    paint = torch.arange(16.0).view(1, 16, 1, 1)
    _, _, colour, mask = spread(torch.zeros(1, 7, 1, 1), paint)
    assert colour[0, 1].flatten().tolist() == [4, 5, 6, 7] and mask[0, 0].flatten().tolist() == [12, 13, 14, 15]


def test_vary_identity_treats_all_pictures_of_a_sample_alike():
    rng = np.random.default_rng(1)
    picture = rng.integers(0, 255, (64, 64, 3)).astype(np.uint8)
    for _ in range(4):
        y, _ = vary_identity(np.stack([picture] * 4), np.full(4, 30, np.float32), rng)
        assert np.array_equal(y[0], y[3]) and not np.array_equal(y[0], picture)


def test_vary_identity_moves_the_lips_with_the_picture():
    rng = np.random.default_rng(2)
    for _ in range(8):
        picture = np.zeros((1, 128, 128, 3), np.uint8)
        picture[0, 68:73, 58:63] = 255
        y, lips = vary_identity(picture, np.array([60, 70, 40, 20], np.float32), rng)
        v, u = np.argwhere(y[0, ..., 1] > y[0, ..., 1].max() / 2).mean(0)
        assert abs(u - lips[0]) < 1 and abs(v - lips[1]) < 1


def test_the_sources_own_mouth_is_never_read():
    config = MODELS["tiny"]
    encoder = SourceEncoder(config).eval()
    pictures = torch.rand(1, 9, 64, 64)
    other = pictures.clone()
    left, top, side = config.window
    middle = slice(top + side // 4, top + 3 * side // 4), slice(left + side // 4, left + 3 * side // 4)
    other[:, :3, middle[0], middle[1]] = 0
    assert all(torch.equal(a, b) for a, b in zip(encoder(pictures), encoder(other)))
    other[:, 3:6, middle[0], middle[1]] = 0
    assert not torch.equal(encoder(pictures)[0], encoder(other)[0])


def test_source_is_another_time_than_the_target(shards):
    from avatar2d_training.dataset import FaceSampler
    sampler = FaceSampler(load_clips(shards, {"train"}), 1)
    for _ in range(200):
        _, target, source, closed, opened = sampler.indices()
        assert all(abs(target - k) > 4 for k in (source, closed, opened))


def test_load_clips_leaves_measure_only_clips_out(tmp_path):
    write_clip(tmp_path / "a", "p", 1)
    text = (tmp_path / "a" / "clip.json").read_text().replace('"licence": "train"', '"licence": "measure"')
    (tmp_path / "a" / "clip.json").write_text(text)
    assert load_clips(tmp_path, {"train"}) == []
    assert len(load_clips(tmp_path, {"train"}, measure_too=True)) == 1


def test_training_learns_resumes_and_exports(shards, tmp_path):
    config = TrainConfig(model="tiny", batch=8, audio_clips=3, audio_every=1, learning_rate=2e-3, warmup_steps=10)
    trainer = Trainer(config, shards)
    first = [trainer.train_step() for _ in range(15)]
    trainer.save(tmp_path / "last.pth")
    again = Trainer(config, shards)
    again.restore(tmp_path / "last.pth")
    assert again.step == 15
    logs = [again.train_step() for _ in range(105)]
    def mean(rows, key):
        return float(np.mean([r[key] for r in rows]))
    assert mean(logs[-15:], "pixel") < 0.75 * mean(first, "pixel")
    assert mean(logs[-15:], "voice") < 0.75 * mean(first, "voice")
    assert mean(logs[-15:], "voice_r") > 0.6
    again.average.state = {k: v.clone() for k, v in again.model.state_dict().items()}
    again.save(tmp_path / "last.pth")
    model = load_model(tmp_path / "last.pth")
    held = load_clips(shards, {"test"})[0]
    patches = render(model, held, codes_of(model, held, "audio:clean", 20))
    assert patches.shape == (20, 128, 128, 3) and patches.dtype == np.uint8
    assert references(held)[0] != references(held)[1]
    assert export.main(["--checkpoint", str(tmp_path / "last.pth"), "--out", str(tmp_path / "model")]) == 0
    small = load_model(tmp_path / "model" / "model.pth")
    half = render(small, held, codes_of(small, held, "explicit", 5)).astype(float)
    full = render(model, held, codes_of(model, held, "explicit", 5)).astype(float)
    assert np.abs(half - full).mean() < 1.0


@pytest.mark.parametrize("name", list(export.OUTPUTS))
def test_onnx_agrees_with_pytorch_at_any_batch(name, tmp_path):
    torch.manual_seed(1)
    model = Model(MODELS["tiny"]).eval()
    assert export.export_onnx(model, tmp_path)[name] > 40
    single = {k: v.numpy() for k, v in export.example_inputs(model.config, 1)[name].items()}
    assert onnx_runner.run(tmp_path / f"{name}.onnx", single)[0].shape[0] == 1


def test_measures_of_a_perfect_and_a_late_mouth():
    real = np.sin(np.arange(80) / 3.0)
    assert measure.correlation(real, real) == pytest.approx(1)
    assert measure.slope(0.5 * real, real) == pytest.approx(0.5)
    assert measure.lagged(np.roll(real, 2), real)[0] == 2
    assert measure.closure(np.array([0.0, 0.9, 0.3]), np.array([0.0, 1.0, 0.05])) == (0.5, 0.0)


def test_packed_clip_comes_back(shards, tmp_path):
    from avatar2d_training import pack
    packed, back = tmp_path / "packed", tmp_path / "back"
    packed.mkdir()
    assert pack.pack_clip(shards / "clip0", packed, 16) < 200_000
    pack.unpack_clip(packed / "clip0.npz", back)
    a, b = (np.load(f / "clip0" / "patches.npy").astype(float) for f in (shards, back))
    assert a.shape == b.shape and np.abs(a - b).mean() < 6
    sound = [np.load(f / "clip0" / "pcm.npy").astype(float) for f in (shards, back)]
    energy = [np.abs(s.reshape(-1, 640)).mean(1) for s in sound]
    assert len(sound[0]) == len(sound[1]) and np.corrcoef(*energy)[0, 1] > 0.98
    assert len(load_clips(back, {"train"})[0]) == len(a)


def test_calibration_restores_the_amplitude():
    from avatar2d_training.calibrate import MAX_GAIN, gains
    rng = np.random.default_rng(2)
    real = rng.normal(0.3, 0.4, (4000, 16))
    shrunk = 0.5 * real + 0.1 + rng.normal(0, 0.05, real.shape)
    shrunk[:, 5] = rng.normal(0, 0.1, 4000)  # knows nothing
    gain, bias = gains(shrunk, real)
    out = gain * shrunk + bias
    assert 1.7 < gain[0] <= MAX_GAIN and gain[5] == 1
    np.testing.assert_allclose(out.mean(0), real.mean(0), atol=1e-6)
    assert measure.slope(out[:, 0], real[:, 0]) > 0.85


def test_exported_shapes_are_stated_but_for_the_batch(tmp_path):
    import onnx
    export.export_onnx(Model(MODELS["tiny"]).eval(), tmp_path)
    for name, network in export.tensors(MODELS["tiny"]).items():
        graph = onnx.load(str(tmp_path / f"{name}.onnx")).graph
        for value in [*graph.input, *graph.output]:
            dims = value.type.tensor_type.shape.dim
            told = {**network["inputs"], **network["outputs"]}[value.name]["shape"]
            assert dims[0].dim_param == "b" and [d.dim_value for d in dims[1:]] == told[1:]
