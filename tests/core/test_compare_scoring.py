"""Scores: the numbers of ``evaluate``, kept until anything changes, on the same ground."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.core.compare_parts import make_run
from trainer import runs
from trainer.cli import main
from trainer.compare import kept
from trainer.compare.ground import learnt_images, same_ground, scored_elsewhere
from trainer.compare.importing import import_model
from trainer.compare.models import Candidate, load_candidate
from trainer.compare.scoring import cached_scores, onnx_file, score
from trainer.config import TrainConfig
from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.errors import DataError, OperationCancelled, WeightsError
from trainer.export import set_onnx_metadata
from trainer.temperature import Temperature


@pytest.fixture
def run(tiny_model: str, demo: ExpressionDataset, tmp_path: Path) -> Candidate:
    return load_candidate(make_run(tmp_path / "runs" / "a", demo))


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def same(one: object, other: object) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


@pytest.mark.parametrize("split", ["val", "test", "train"])
def test_every_number_equals_the_one_that_evaluate_prints(
    run: Candidate, demo: ExpressionDataset, demo_csv: Path, cache: Path, split: str, tmp_path: Path
) -> None:
    scores = score(run, demo, split, cache_dir=cache)
    printed = tmp_path / "scores.json"
    options = ["--weights", str(scores.model_file), "--data", str(demo_csv), "--split", split]
    assert main(["evaluate", *options, "--json", str(printed)]) == 0
    assert same(scores.report(), json.loads(printed.read_text()))
    again = score(run, demo, split, cache_dir=cache)
    assert again.from_cache
    assert same(again.report(), scores.report())
    assert scores.metrics["top1_accuracy"] == float(scores.correct.mean())
    assert scores.metrics["log_loss"] == pytest.approx(float(scores.losses.mean()))


def test_safetensors_give_the_numbers_of_evaluate_within_rounding(
    tiny_model: str, demo: ExpressionDataset, demo_csv: Path, cache: Path, tmp_path: Path
) -> None:
    bare = load_candidate(make_run(tmp_path / "bare", demo, onnx=False))
    scores = score(bare, demo, "val", cache_dir=cache)
    assert scores.model_file == bare.path / runs.ONNX
    printed = tmp_path / "scores.json"
    options = ["--weights", str(bare.weights_path), "--data", str(demo_csv)]
    assert main(["evaluate", *options, "--json", str(printed)]) == 0
    expected = json.loads(printed.read_text())
    assert scores.metrics["confusion_matrix"] == expected["confusion_matrix"]
    assert scores.metrics["log_loss"] == pytest.approx(expected["log_loss"], rel=1e-5)
    assert score(bare, demo, "val", cache_dir=cache).from_cache
    assert cached_scores(bare, demo.content_hash, "val", cache_dir=cache) is not None
    assert score(load_candidate(bare.path), demo, "val", cache_dir=cache).from_cache


def test_imported_safetensors_are_exported_to_the_cache(
    run: Candidate, demo: ExpressionDataset, cache: Path, tmp_path: Path
) -> None:
    assert run.weights_path is not None
    imported = import_model(run.weights_path, tmp_path / "models")
    scores = score(imported, demo, "val", cache_dir=cache)
    assert scores.model_file.parent == cache / "exports"
    assert np.array_equal(scores.probs, score(run, demo, "val", cache_dir=cache).probs)
    scores.model_file.unlink()
    assert score(imported, demo, "val", cache_dir=cache).from_cache


def test_a_damaged_network_is_replaced_by_sound_weights(
    run: Candidate, demo: ExpressionDataset, cache: Path
) -> None:
    before = score(run, demo, "val", cache_dir=cache)
    (run.path / runs.ONNX).write_bytes(b"onnx onnx onnx")
    damaged = load_candidate(run.path)
    assert damaged.damage
    scores = score(damaged, demo, "val", cache_dir=cache)
    assert scores.model_file.parent == cache / "exports"
    assert np.array_equal(scores.probs, before.probs)
    assert score(damaged, demo, "val", cache_dir=cache).from_cache
    assert (run.path / runs.ONNX).read_bytes() == b"onnx onnx onnx"


def test_a_network_older_than_its_weights_is_not_scored(
    run: Candidate, demo: ExpressionDataset, cache: Path, tmp_path: Path
) -> None:
    before = score(run, demo, "val", cache_dir=cache)
    other = load_candidate(make_run(tmp_path / "other", demo, seed=5))
    assert other.weights_path is not None
    shutil.copyfile(other.weights_path, run.path / runs.WEIGHTS)
    os.utime(run.path / runs.WEIGHTS, ns=(2**62, 2**62))
    renewed = load_candidate(run.path)
    assert renewed.onnx_path is None
    assert renewed.model_path == run.path / runs.WEIGHTS
    assert cached_scores(renewed, demo.content_hash, "val", cache_dir=cache) is None
    os.utime(run.path / runs.WEIGHTS)
    after = score(renewed, demo, "val", cache_dir=cache)
    assert not np.array_equal(after.probs, before.probs)
    expected = score(other, demo, "val", cache_dir=cache)
    assert np.array_equal(after.probs, expected.probs)


def test_scores_are_made_again_when_anything_changes(
    run: Candidate,
    demo: ExpressionDataset,
    cache: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = score(run, demo, "val", cache_dir=cache)
    assert not first.from_cache
    assert score(run, demo, "val", cache_dir=cache).from_cache
    assert not score(run, demo, "test", cache_dir=cache).from_cache
    other = replace(demo, content_hash="0" * 64)
    assert not score(run, other, "val", cache_dir=cache).from_cache
    monkeypatch.setattr(kept, "CODE_VERSION", -1)
    assert not score(run, demo, "val", cache_dir=cache).from_cache
    monkeypatch.undo()
    assert run.onnx_path is not None
    assert run.metadata is not None
    set_onnx_metadata(run.onnx_path, replace(run.metadata, temperature=Temperature(2.0, -0.1)))
    cooled = score(run, demo, "val", cache_dir=cache)
    assert not cooled.from_cache
    assert score(run, demo, "val", cache_dir=cache).temperature == cooled.temperature
    assert cooled.temperature == Temperature(2.0, -0.1)
    assert cooled.metrics["log_loss"] != first.metrics["log_loss"]
    assert cooled.metrics["confusion_matrix"] == first.metrics["confusion_matrix"]


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 nonsense", None])
def test_a_damaged_cache_is_made_again(
    run: Candidate, demo: ExpressionDataset, cache: Path, damage: bytes | None
) -> None:
    first = score(run, demo, "val", cache_dir=cache)
    (kept,) = (cache / "scores").glob("*.npz")
    content = kept.read_bytes()
    kept.write_bytes(content[: len(content) // 2] if damage is None else damage)
    assert cached_scores(run, demo.content_hash, "val", cache_dir=cache) is None
    again = score(run, demo, "val", cache_dir=cache)
    assert not again.from_cache
    assert same(again.report(), first.report())


def test_scores_survive_a_cache_that_cannot_be_written(
    run: Candidate, demo: ExpressionDataset, cache: Path
) -> None:
    cache.mkdir()
    (cache / "scores").write_text("a file in the way")
    assert len(score(run, demo, "val", cache_dir=cache)) == len(demo.indices("val"))


def test_progress_and_stop(run: Candidate, demo: ExpressionDataset, cache: Path) -> None:
    heard: list[float] = []
    score(run, demo, "train", on_progress=heard.append, cache_dir=cache)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    with pytest.raises(OperationCancelled):
        score(run, demo, "val", lambda: True, cache_dir=cache)


def test_what_cannot_be_scored_says_why(
    run: Candidate, demo: ExpressionDataset, cache: Path
) -> None:
    for name in (runs.ONNX, runs.WEIGHTS):
        (run.path / name).unlink()
    with pytest.raises(WeightsError, match="one finished epoch"):
        score(load_candidate(run.path), demo, "val", cache_dir=cache)
    with pytest.raises(WeightsError, match="does not exist"):
        score(run, demo, "val", cache_dir=cache / "other")


def test_an_empty_split_is_refused(run: Candidate, demo: ExpressionDataset, cache: Path) -> None:
    without = replace(demo, splits=demo.splits * 0, content_hash="1" * 64)
    with pytest.raises(DataError, match="no images in its val split"):
        score(run, without, "val", cache_dir=cache)


def test_old_exports_are_removed(
    tiny_model: str, demo: ExpressionDataset, cache: Path, tmp_path: Path
) -> None:
    for seed in range(8):
        weights = make_run(tmp_path / str(seed), demo, seed=seed, onnx=False) / runs.WEIGHTS
        assert onnx_file(load_candidate(weights), cache_dir=cache).is_file()
    assert len(list((cache / "exports").iterdir())) == 6


def test_the_same_ground_is_looked_at(run: Candidate, demo: ExpressionDataset) -> None:
    def codes(candidate: Candidate, identity: str, split: str) -> list[str]:
        return [flag.code for flag in same_ground(candidate, identity, split, images=10)]

    assert codes(run, demo.content_hash, "test") == []
    assert codes(run, demo.content_hash, "val") == ["chosen"]
    assert codes(run, demo.content_hash, "train") == ["learnt"]
    assert codes(run, "0" * 64, "val") == ["other-data"]
    assert run.metadata is not None
    unknown = replace(run, run=None, metadata=replace(run.metadata, dataset_hash=""))
    assert codes(unknown, "0" * 64, "val") == ["unknown"]
    (flag,) = same_ground(run, demo.content_hash, "train", images=1234)
    assert flag.serious
    assert "1,234 of the 1,234" in flag.text
    assert scored_elsewhere("a", "val", "a", "val", "x") is None
    elsewhere = scored_elsewhere("a", "val", "a", "test", "faces.csv")
    assert elsewhere is not None
    assert "faces.csv, test" in elsewhere.text


def test_learnt_images_are_counted_by_their_pixels(
    run: Candidate,
    demo: ExpressionDataset,
    demo_csv: Path,
    write_csv: Callable[..., Path],
    tmp_path: Path,
) -> None:
    found = learnt_images(run, demo, "val")
    assert found is not None
    assert (found.count, found.total) == (0, len(demo.indices("val")))
    # Another data set, three images of which are training images of the run's.
    lines = demo_csv.read_text().splitlines()
    taken = [line for line in lines if line.endswith("Training")][:3]
    own = [line for line in lines if line.endswith("PrivateTest")][:4]
    other = write_csv(*(line.rpartition(",")[0] + ",PublicTest" for line in taken + own))
    dataset = load_dataset(other, cache_dir=tmp_path / "cache")
    found = learnt_images(run, dataset, "val")
    assert found is not None
    assert (found.count, found.total) == (3, 7)
    flags = same_ground(run, dataset.content_hash, "val", images=7, learnt=found)
    assert [flag.code for flag in flags] == ["learnt"]
    # Where the training data are gone, nobody can tell.
    environment = {"dataset": {"source": str(tmp_path / "gone.csv"), "content_hash": "2" * 64}}
    assert run.run is not None
    gone = replace(run, run=replace(run.run, environment=environment))
    assert learnt_images(gone, dataset, "val") is None


def test_leaks_count_where_the_run_kept_them(
    run: Candidate, demo: ExpressionDataset, tmp_path: Path
) -> None:
    images = demo.images.clone()
    images[demo.indices("train")[0]] = images[demo.indices("val")[0]]
    leaky = replace(demo, images=images)
    kept = tmp_path / "kept"
    shutil.copytree(run.path, kept)
    TrainConfig(model="tiny", drop_leaks=False).save(kept / runs.CONFIG)
    left_out, learnt = learnt_images(run, leaky, "val"), None
    learnt = learnt_images(load_candidate(kept), leaky, "val")
    assert left_out is not None
    assert learnt is not None
    assert (left_out.count, learnt.count) == (0, 1)


def test_threads_change_no_number(run: Candidate, demo: ExpressionDataset, tmp_path: Path) -> None:
    one = score(run, demo, "val", threads=1, cache_dir=tmp_path / "1")
    four = score(run, demo, "val", threads=4, cache_dir=tmp_path / "4")
    assert np.array_equal(one.probs, four.probs)
