import numpy as np
import pytest
import torch

from avatar2d_training import losses, phones, voices
from avatar2d_training.dataset import VoiceSampler, load_clips, load_voices
from avatar2d_training.motion import EXPLICIT
from avatar2d_training.phones import INDEX, Phone
from synthetic import write_clip

GAP = EXPLICIT.index("lipGap")


def test_phone_folds_stress_and_variants():
    assert phones.phone("ah0", 0, 1).name == "AH"
    assert phones.phone("pau", 0, 1).name == "SIL"
    with pytest.raises(ValueError, match="XX"):
        phones.phone("XX", 0, 1)


def test_track_puts_phones_on_mel_frames():
    ids = phones.track([Phone("M", 0.1, 0.2), Phone("AA", 0.2, 0.3)], 30)
    assert list(np.flatnonzero(ids == INDEX["M"])) == list(range(8, 16))
    assert list(np.flatnonzero(ids == INDEX["AA"])) == list(range(16, 24))
    assert ids[:8].max() == 0 == ids[24:].max()


def test_around_outside_is_silence():
    ids = phones.track([Phone("M", 0.0, 1.0)], 80)
    window = phones.around(ids, np.array([0.0, 12.5]))
    assert (window[0, :phones.REACH] == 0).all() and (window[0, phones.REACH:] == INDEX["M"]).all()
    assert (window[1] == INDEX["M"]).all()


def test_shut_frames_are_those_of_m_b_p():
    said = [Phone("M", 0.10, 0.22), Phone("AA", 0.22, 0.5), Phone("B", 0.5, 0.54), Phone("S", 0.54, 0.7)]
    assert list(np.flatnonzero(phones.shut_frames(said, 20))) == [4, 13]
    assert list(np.flatnonzero(phones.held(said, 20))) == [3, 4, 5, 13]


def test_read_segments_of_the_recogniser():
    line = "a-1 S 0 T -4 A -3 L -1 0 -232448 0 <s> 44 -894976 -757 chapter(2) 81 -1334272 -115 one 112\n"
    assert phones.read_segments(line) == {"a-1": [("<s>", 0.0, 0.44), ("chapter(2)", 0.44, 0.81), ("one", 0.81, 1.12)]}
    assert phones.read_segments("\nshort line\n") == {}


def test_grid_words_of_a_name():
    assert voices.grid_words("id2_vcd_swwp2s") == ["set", "white", "with", "letter-p", "two", "soon"]
    assert voices.grid_words("video_b7d7e7a1") is None


def test_read_flite_gives_each_phone_its_span():
    assert voices.read_flite("pau:0.2 m:0.26 ax:0.3") == [Phone("SIL", 0.0, 0.2), Phone("M", 0.2, 0.26), Phone("AH", 0.26, 0.3)]


def test_learn_phones_that_open_and_shut():
    rng = np.random.default_rng(1)
    clips = []
    for _ in range(12):
        said = [Phone(p, 0.2 * k, 0.2 * (k + 1)) for k, p in enumerate(rng.choice(["AA", "M", "S"], 15))]
        code = np.zeros((75, 16), np.float32)
        code[:, GAP] = [{"AA": 1.0, "S": 0.3, "M": 0.1}[said[min(14, int(n / 25 / 0.2))].name] for n in range(75)]
        clips.append((said, code, False))
    net = phones.learn(clips, steps=300, say=lambda *_, **__: None)
    said, truth, _ = clips[0]
    made = phones.codes(net, said, 75, drawn=False)[:, GAP]
    assert np.corrcoef(made, truth[:, GAP])[0, 1] > 0.8
    assert (made[phones.held(said, 75)] == 0).all()


def test_code_loss_lost_closure_costs():
    truth = torch.rand(40, 16)
    truth[10, GAP] = 0
    z = truth.clone()
    z[10, GAP] = 0.5
    shut = torch.zeros(40)
    weight = torch.ones(16)
    without = losses.code_loss(z, truth, weight, 20, shut, GAP)
    shut[10] = 1
    assert losses.code_loss(z, truth, weight, 20, shut, GAP) > without + 0.005


def test_sampler_draws_films_and_voices_alike(tmp_path):
    write_clip(tmp_path / "clip0", "drawn0", 0)
    pcm = np.load(tmp_path / "clip0" / "pcm.npy")
    said = [Phone("M", 1.0, 1.2)]
    voices.save(tmp_path, "reader-7", "a", pcm, said, np.full((90, 16), 0.25, np.float32), "train")
    voices.save(tmp_path, "reader-8", "b", pcm, said, np.full((90, 16), 0.75, np.float32), "measure")
    sampler = VoiceSampler(load_clips(tmp_path, {"train"}), 1, lines=load_voices(tmp_path))
    drawn = [sampler.clip(60) for _ in range(30)]
    lines = [d for d in drawn if d[3] is None]
    assert 5 < len(lines) < 25
    for mel, code, shut, _, at in lines:
        assert mel.shape == (len(at), 80, 16) and np.allclose(code, 0.25)
        assert (shut > 0).any() == ((at > 26) & (at < 29)).any()
