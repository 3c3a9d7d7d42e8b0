"""The whole runs that the program's verbs start, and what they are made of."""
import json
import shutil
from dataclasses import replace

import numpy as np
import pytest
import torch

from avatar2d_training import calibrate, losses, measure, personalize, speech_times, telephone, train
from avatar2d_training.config import MODELS, TrainConfig
from avatar2d_training.dataset import load_clips, shares, vary_voice
from avatar2d_training.rendering import load_model, load_reader
from avatar2d_training.train_robust import Trainer
from synthetic import write_clip


@pytest.fixture(scope="module")
def shards(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shards")
    for k in range(4):
        write_clip(folder / f"clip{k}", f"drawn{k % 2}", k)
    return folder


def run_train(shards, out, *more):
    return train.main(["--shards", str(shards), "--out", str(out), "--config", "tiny", "--batch", "4", *more])


def test_train_ends_with_a_model_and_goes_on(shards, tmp_path, capsys):
    assert run_train(shards, tmp_path / "run", "--steps", "6") == 0
    report = json.loads((tmp_path / "run" / "report.json").read_text())
    assert report["steps"] == 6 and report["heldOut"] == 2 and report["clips"] == 2
    assert set(report["before"]) == {"error", "mouth_r", "mouth_slope", "code_r"}
    manifest = json.loads((tmp_path / "run" / "model" / "manifest.json").read_text())
    assert manifest["kind"] == "robust" and len(manifest["files"]) == 5 and min(manifest["onnx_agreement_db"].values()) > 40
    assert run_train(shards, tmp_path / "run", "--steps", "8") == 0
    assert "goes on at step 6" in capsys.readouterr().err
    assert torch.load(tmp_path / "run" / "last.pth")["step"] == 8


def test_train_of_another_size_in_the_same_folder_is_refused(shards, tmp_path, capsys):
    assert run_train(shards, tmp_path / "run", "--steps", "1") == 0
    assert train.main(["--shards", str(shards), "--out", str(tmp_path / "run"), "--config", "small", "--steps", "1"]) == 1
    assert "--config tiny" in capsys.readouterr().err


def test_train_without_clips_or_with_one_of_each_person_is_refused(shards, tmp_path, capsys):
    (tmp_path / "none").mkdir()
    assert run_train(tmp_path / "none", tmp_path / "run") == 1
    assert "no training clips" in capsys.readouterr().err
    shutil.copytree(shards / "clip0", tmp_path / "one" / "clip0")
    assert run_train(tmp_path / "one", tmp_path / "run") == 1
    assert "needs two" in capsys.readouterr().err


def test_train_stops_by_time_and_keeps_its_state(shards, tmp_path):
    assert run_train(shards, tmp_path / "run", "--minutes", "0.01") == 0
    assert 0 < torch.load(tmp_path / "run" / "last.pth")["step"] < 100


def test_personalize_keeps_only_what_is_better(shards, tmp_path, capsys):
    trainer = Trainer(TrainConfig(model="tiny", batch=4), shards)
    trainer.save(tmp_path / "robust.pth")
    code = personalize.main(["--shards", str(shards), "--person", "drawn1", "--robust", str(tmp_path / "robust.pth"),
                             "--out", str(tmp_path / "own"), "--steps", "6", "--check-steps", "3"])
    report = json.loads((tmp_path / "own" / "report.json").read_text())
    assert (code == 0) == (report["keptAtStep"] > 0) == (tmp_path / "own" / "model" / "manifest.json").exists()
    saved, robust = load_model(tmp_path / "own" / "personal.pth"), load_model(tmp_path / "robust.pth")
    if code == 1:  # nothing better was found: the personal file is the robust model
        assert all(torch.equal(a, b) for a, b in zip(saved.parameters(), robust.parameters()))
    else:
        assert report["after"]["error"] < report["before"]["error"]
    assert personalize.main(["--shards", str(shards), "--person", "nobody", "--robust", str(tmp_path / "robust.pth"),
                             "--out", str(tmp_path / "own")]) == 1
    assert "drawn0, drawn1" in capsys.readouterr().err


def test_personalize_stopped_goes_on_with_the_same_command(shards, tmp_path, capsys, monkeypatch):
    trainer = Trainer(TrainConfig(model="tiny", batch=4), shards)
    trainer.save(tmp_path / "robust.pth")
    own = tmp_path / "own"

    def run():
        return personalize.main(["--shards", str(shards), "--person", "drawn1", "--robust", str(tmp_path / "robust.pth"),
                                 "--out", str(own), "--steps", "6", "--check-steps", "2"])

    asked = []
    monkeypatch.setattr(personalize, "stop_requested", lambda *_: asked.append(True) or len(asked) > 4)
    assert run() == 1
    assert "stopped at step 3" in capsys.readouterr().err and not (own / "report.json").exists()
    kept = torch.load(own / "last.pth")
    assert kept["step"] == 4 and kept["seconds"] > 0
    monkeypatch.setattr(personalize, "stop_requested", lambda *_: False)
    run()
    assert "goes on at step 4" in capsys.readouterr().err
    report = json.loads((own / "report.json").read_text())
    assert report["steps"] == 6 and report["seconds"] > kept["seconds"] and report["before"]["error"] == round(kept["before"]["error"], 5)
    assert not (own / "last.pth").exists()


def test_a_fifth_of_a_person_is_held_out(shards):
    clips = load_clips(shards, {"train"})
    learnt, held = personalize.split_person(clips[:2])
    assert [len(c) for c in learnt] == [60, 60] and [(len(h.part), h.first) for h in held] == [(18, 72)] * 2
    learnt, held = personalize.split_person([*clips, *clips[:2]])
    assert len(learnt) == 4 and [h.whole for h in held] == [clips[0], clips[1]] and held[0].first == 0


def test_what_is_marked_as_test_is_held_out(shards):
    first, *others = load_clips(shards, {"train"})
    kept = replace(first, entry={**first.entry, "use": "test"})
    learnt, held = personalize.split_person([kept, *others])
    assert learnt == others and [h.whole for h in held] == [kept]


def test_the_voice_is_stretched_by_what_it_did_not_learn_from(shards):
    clips = load_clips(shards, {"train"})
    learnt, stretching = personalize.split_voice(clips[:1])
    assert learnt == clips[:1] and [(h.part, h.first) for h in stretching] == [(clips[0], 0)]  # too short to part
    long = [replace(c, patches=np.tile(c.patches, (6, 1, 1, 1)), geometry=np.tile(c.geometry, (6, 1)), code=np.tile(c.code, (6, 1)),
                    pose=np.tile(c.pose, (6, 1)), lips=np.tile(c.lips, (6, 1))) for c in clips[:2]]
    learnt, stretching = personalize.split_voice(long * 4)
    assert [h.whole for h in stretching] == [long[0], long[1]] and len(learnt) == 6
    learnt, stretching = personalize.split_voice(long)
    assert [len(c) for c in learnt] == [h.first for h in stretching] and [h.whole for h in stretching] == long
    assert [len(c) + len(h.part) for c, h in zip(learnt, stretching)] == [len(c) for c in long]


@pytest.mark.parametrize("error, r, sharp, better", [(0.9, 0.8, 0.5, True), (1.1, 0.9, 0.9, False), (0.9, 0.79, 0.9, False), (0.9, 0.9, 0.4, False),
                                                     (0.9, 0.9, 1.6, False), (0.9, 0.8, 1.2, True)])
def test_personal_face_must_be_better_by_every_metric(error, r, sharp, better):
    old = personalize.Judgement(1.0, 0.8, 0.7, 0.5)
    assert personalize.is_better(personalize.Judgement(error, r, 0.7, sharp), old, old) == better


@pytest.mark.parametrize("r, slope, better", [(0.8, 0.95, True), (0.8, 1.05, True), (0.8, 0.93, False), (0.8, 1.1, False), (0.6, 1.0, False), (float("nan"), float("nan"), False)])
def test_personal_voice_must_move_as_far(r, slope, better):
    old = personalize.Judgement(1.0, 0.8, 0.7, 0.5, 0.94)
    assert personalize.hears_better(personalize.Judgement(0.9, 0.8, r, 0.5, slope), old, old) == better


def test_calibration_is_folded_into_the_weights(shards, tmp_path):
    trainer = Trainer(TrainConfig(model="tiny", batch=4, audio_clips=2), shards)
    trainer.train_step()
    trainer.save(tmp_path / "a.pth")
    clips = load_clips(shards, {"train"})
    told = calibrate.fold(tmp_path / "a.pth", clips, tmp_path / "b.pth", calibrate.faces_of(clips))
    before, after = (load_model(tmp_path / n) for n in ("a.pth", "b.pth"))
    ratio = after.decoder.z[0].weight[:, :16] / before.decoder.z[0].weight[:, :16]
    torch.testing.assert_close(ratio, torch.full_like(ratio, told["decoder"]), rtol=1e-2, atol=0)
    assert 1 <= told["decoder"] <= calibrate.MAX_DECODER_GAIN
    torch.testing.assert_close(after.audio.back[-1].weight[1], before.audio.back[-1].weight[1] * told["lipGap"], rtol=1e-2, atol=1e-6)
    assert load_reader(tmp_path / "b.pth") is not None


def test_drawn_people_get_their_share(shards):
    real = load_clips(shards, {"train"})
    drawn = [clip for clip in load_clips(shards, {"train"})]
    for clip in drawn:
        clip.entry["synthetic"] = {}
    share = shares([[real[0]], [real[1]], [real[2]], [real[3]], drawn], 0.25)
    assert share.sum() == pytest.approx(1) and share[-1] == pytest.approx(0.25)
    assert shares([drawn[:2], drawn[2:]], 0.25) == pytest.approx([0.5, 0.5], abs=0.05)


def test_report_becomes_a_table():
    from avatar2d_training import tables
    spread = {"median": 0.5, "worst": 0.25, "p05": 0.3, "p95": 0.75}
    keys = ("r", "lag", "slope", "r_width", "slope_width", "slope_round", "leak", "unrelated", "closure", "false_closure", "shut_bmp",
            "shut_bmp_real", "pause_motion", "pause_opening", "sharp", "seam", "flicker", "identity")
    text = tables.table({"known/audio:clean": {"summary": {**dict.fromkeys(keys, spread), "shut_bmp": {**spread, "median": float("nan")}}}})
    lines = text.split("\n")
    assert len(lines) == 3 and len({line.count("|") for line in lines}) == 1
    assert "| known, audio:clean | 0.50 (0.25, 0.30 to 0.75) |" in lines[2] and "| - (0.50) |" in lines[2]


def test_texture_misses_detail_and_not_its_place():
    sharp = torch.rand(1, 3, 64, 64)
    weight = torch.ones(1, 1, 64, 64)
    blurred = torch.nn.functional.avg_pool2d(sharp, 3, 1, 1)
    assert losses.texture(sharp, sharp, weight) == 0
    assert losses.texture(torch.roll(sharp, 1, 3), sharp, weight) < 0.2 * losses.texture(blurred, sharp, weight)


def test_vary_voice_keeps_shape_range_and_silence():
    rng = np.random.default_rng(3)
    mel = rng.uniform(-4, 4, (50, 80)).astype(np.float32)
    for _ in range(20):
        out = vary_voice(mel, rng)
        assert out.shape == mel.shape and out.dtype == np.float32 and np.abs(out).max() <= 4


def test_lips_are_shut_at_b_p_and_m():
    words = [(0.0, 0.4, "sil"), (0.4, 0.8, "bin"), (0.8, 1.2, "green"), (1.2, 1.6, "m"), (1.6, 1.9, "again")]
    spans = speech_times.shut_spans(words, 0, 50)
    assert [(s.start, s.stop) for s in spans] == [(8, 13), (35, 42)]
    assert [(s.start, s.stop) for s in speech_times.shut_spans(words, 5, 45)] == [(3, 8), (30, 37)]
    assert speech_times.shut_spans(words, 20, 10) == []
    opening = np.ones(50)
    opening[10] = 0.1
    assert speech_times.shut_recall(opening, spans) == 0.5
    assert np.isnan(speech_times.shut_recall(opening, []))


def test_pauses_are_the_quiet_parts_and_not_their_edges():
    rng = np.random.default_rng(4)
    loud = np.repeat([0.01, 1.0, 0.01], [10, 20, 10])
    pcm = (rng.normal(0, 6000, 640 * 40) * np.repeat(loud, 640)).astype(np.int16)
    quiet = speech_times.pauses(pcm, 40)
    assert quiet[:9].all() and not quiet[9:31].any() and quiet[31:].all()
    assert not speech_times.pauses((rng.normal(0, 6000, 640 * 40)).astype(np.int16), 40).any()
    still = np.where(quiet, 0.0, rng.uniform(0, 1, 40))
    assert measure.pause_motion(still, quiet) == 0 and measure.pause_motion(rng.uniform(0, 1, 40), quiet) > 0.3


def test_seam_sees_the_ring_only():
    ring = np.zeros((32, 32))
    ring[8:24, 8:24] = 0.5
    ring[12:20, 12:20] = 1
    natural = np.full((2, 32, 32, 3), 100, np.uint8)
    made = natural.copy()
    made[:, 14:18, 14:18] = 200
    assert measure.seam(made, natural, ring) < 6
    made[:, 8:24, 8:24] = 130
    assert measure.seam(made, natural, ring) > 20


@pytest.mark.parametrize("name", telephone.VARIANTS)
def test_variants_keep_length_and_loudness(name):
    t = np.arange(16000)
    pcm = (8000 * np.sin(2 * np.pi * 440 * t / 16000)).astype(np.int16)
    y = telephone.variant(pcm, name)
    assert len(y) == len(pcm) and abs(np.sqrt((y[3200:12800] ** 2).mean()) / np.sqrt(((pcm / 32768.0) ** 2).mean()) - 1) < 0.25


def test_window_of_every_size_fits_the_networks():
    for config in MODELS.values():
        left, top, side = config.window
        assert side % 16 == 0 and left + side <= config.patch_px and top + side <= config.patch_px
