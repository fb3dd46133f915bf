"""Fitting a network to corrections: it learns, it does not forget, and it says the truth."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import nn

from tests.core.correction_parts import make_correction
from trainer.cli import main
from trainer.data.corrections import Corrections, CorrectionStore
from trainer.errors import DataError, MienError, OperationCancelled, WeightsError
from trainer.export import export_onnx
from trainer.improve.head import MOST_FORGOTTEN, fit_within
from trainer.improve.improve import free_name, improve
from trainer.improve.missing import FEWEST, what_is_missing
from trainer.improve.network import HeadNetwork
from trainer.improve.outcome import FORGETS, NOT_BETTER, measure
from trainer.improve.replay import (
    Replay,
    load_replay,
    replay_of,
    save_replay,
    shipped_replay,
    stored_path,
)
from trainer.inference.classifier import OnnxClassifier
from trainer.inference.shipped import default_model_path
from trainer.labels import EXPRESSIONS
from trainer.metadata import ModelMetadata
from trainer.model_files import sha256_of

CLASSES = len(EXPRESSIONS)


def patch_face(shown: int, number: int, place: int | None = None) -> np.ndarray:
    """A face whose class is told by where its bright square lies; ``number`` adds noise."""
    random = np.random.default_rng(number)
    image = random.integers(60, 100, (48, 48)).astype(np.uint8)
    row, column = divmod(shown if place is None else place, 3)
    image[row * 16 + 2 : row * 16 + 14, column * 16 + 2 : column * 16 + 14] = 250
    return image


class Squares(nn.Module):
    """Sees nine places; reads each of the first seven as its class."""

    def __init__(self) -> None:
        super().__init__()
        self.pool = nn.AvgPool2d(16)
        self.last = nn.Linear(9, CLASSES)
        with torch.no_grad():
            self.last.weight.copy_(2.0 * torch.eye(9)[:CLASSES])
            self.last.bias.zero_()

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        found: torch.Tensor = self.last(torch.relu(self.pool(images)).flatten(1))
        return found


@pytest.fixture(scope="module")
def network(tmp_path_factory: pytest.TempPathFactory) -> HeadNetwork:
    path = tmp_path_factory.mktemp("net") / "squares.onnx"
    export_onnx(Squares(), ModelMetadata("squares", metrics={"val_top1_accuracy": 1.0}), path)
    return HeadNetwork(path)


@pytest.fixture(scope="module")
def replay(network: HeadNetwork) -> Replay:
    targets = np.arange(1400) % CLASSES
    images = np.stack([patch_face(t, n) for n, t in enumerate(targets.tolist())])[:, None]
    splits = (np.arange(1400) >= 700).astype(np.uint8)
    return replay_of(network, "squares.csv", images, targets, splits)


def of_places(labels: list[tuple[int, int]], videos: int = 3) -> Corrections:
    """Corrections of (place of the square, label)."""
    return Corrections(
        tuple(
            make_correction(
                number,
                face=patch_face(0, 5000 + number, place),
                label=EXPRESSIONS[label],
                source_hash=f"video{number % videos}",
                key=str(number),
            )
            for number, (place, label) in enumerate(labels)
        )
    )


NEW_PLACE = [(7, 4)] * 18 + [(1, 1), (2, 2), (3, 3)] * 2
"""A place that the network does not know means sadness; some right answers are confirmed."""


def test_the_head_is_found_and_can_be_replaced(network: HeadNetwork, tmp_path: Path) -> None:
    image = patch_face(2, 1)[None, None]
    features, logits = network.features(image)
    assert features.shape == (1, 9)
    assert logits.argmax() == 2
    path = tmp_path / "new.onnx"
    network.save_with_head(network.weight[::-1], network.bias, network.metadata, path)
    assert OnnxClassifier(path).predict(image).argmax() == CLASSES - 1 - 2


def test_what_was_corrected_is_learnt_and_what_was_known_is_kept(
    network: HeadNetwork, replay: Replay, tmp_path: Path
) -> None:
    before = sha256_of(network.path)
    out = tmp_path / "better.onnx"
    found = improve(of_places(NEW_PLACE), network, lambda _n, _t: replay, out)
    assert found.verdict == "better"
    assert found.path == out
    assert (found.units, found.unit_kind, found.folds) == (3, "videos", 3)
    assert found.held_out is not None
    assert found.base is not None
    assert found.held_out.before.value < 0.5
    assert found.held_out.after.value > 0.9
    assert found.base.difference.value >= -MOST_FORGOTTEN
    new = OnnxClassifier(out)
    images = np.stack([patch_face(0, 9000, 7), patch_face(3, 9001)])[:, None]
    assert new.predict(images).argmax(axis=1).tolist() == [4, 3]
    extra = new.metadata.extra
    assert extra["parent_sha256"] == before == sha256_of(network.path)
    assert extra["corrections_sha256"] == of_places(NEW_PLACE).content_hash()
    assert "val_top1_accuracy" not in new.metadata.metrics  # that was the parent's
    assert "sadness 18" in extra["corrections"]


def test_labels_that_contradict_what_is_known_are_not_learnt_at_its_cost(
    network: HeadNetwork, replay: Replay, tmp_path: Path
) -> None:
    random = np.random.default_rng(0)
    wrong = [(place, int(random.integers(CLASSES))) for place in range(CLASSES) for _ in range(6)]
    out = tmp_path / "worse.onnx"
    found = improve(of_places(wrong), network, lambda _n, _t: replay, out)
    assert found.verdict in (NOT_BETTER, FORGETS)
    assert "kept the old model" in found.sentence()
    assert not out.exists()


def test_forgetting_is_refused_whatever_the_corrections_want(
    network: HeadNetwork, replay: Replay
) -> None:
    places = replay.base_places[:50]
    targets = (replay.base_targets[:50] + 1) % CLASSES
    guard = np.ones(len(replay.base_targets), np.bool_)
    change = fit_within(places, replay.base_logits[:50], targets, replay, guard)
    if change is not None:
        after = change.logits(replay.base_places, replay.base_logits).argmax(axis=1)
        assert (after == replay.base_targets).mean() >= 1 - MOST_FORGOTTEN - 1e-9


def test_too_few_and_too_alike_are_refused_with_the_number_needed(
    network: HeadNetwork, replay: Replay, tmp_path: Path
) -> None:
    few = of_places(NEW_PLACE[: FEWEST - 1])
    with pytest.raises(DataError, match=f"at least {FEWEST}"):
        improve(few, network, lambda _n, _t: replay, tmp_path / "no.onnx")
    alone = [replace(item, source_hash="one", person=1) for item in of_places(NEW_PLACE).items]
    assert "second video or person" in what_is_missing(alone)
    two = [replace(item, person=1 + n % 2) for n, item in enumerate(alone)]
    assert not what_is_missing(two)


def test_cancelling_writes_nothing(network: HeadNetwork, replay: Replay, tmp_path: Path) -> None:
    seen: list[float] = []
    for last in (0.05, 0.75, 0.95):
        with pytest.raises(OperationCancelled):
            improve(
                of_places(NEW_PLACE),
                network,
                lambda _n, _t: replay,
                tmp_path / "no.onnx",
                on_progress=seen.append,
                should_stop=lambda last=last: bool(seen) and seen[-1] >= last,  # type: ignore[misc]
            )
        seen.clear()
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_said_and_leaves_nothing(
    network: HeadNetwork, replay: Replay, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MienError, match="No space left"):
        improve(of_places(NEW_PLACE), network, lambda _n, _t: replay, tmp_path / "no.onnx")
    assert not list(tmp_path.iterdir())


def test_a_network_without_a_linear_end_is_refused(network: HeadNetwork, tmp_path: Path) -> None:
    graph = onnx.load(str(network.path))
    last = graph.graph.node[-1]
    last.output[0] = "before"
    graph.graph.node.append(onnx.helper.make_node("Identity", ["before"], ["logits"]))
    onnx.save(graph, str(tmp_path / "other.onnx"))
    with pytest.raises(WeightsError, match="does not end in a linear layer"):
        HeadNetwork(tmp_path / "other.onnx")


def test_stored_features_come_back(replay: Replay, tmp_path: Path) -> None:
    save_replay(replay, tmp_path / "stored.npz")
    again = load_replay(tmp_path / "stored.npz")
    assert (again.name, again.network) == (replay.name, replay.network)
    assert np.allclose(again.places, replay.places, atol=0.01)
    assert np.array_equal(again.base_targets, replay.base_targets)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_damaged_features_are_refused(
    replay: Replay, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.npz"
    save_replay(replay, path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(0, len(content)))])
    try:
        found = load_replay(path)
    except DataError:
        return
    assert found.base_places.shape[0] == len(found.base_targets)


def test_people_are_drawn_whole_where_there_are_enough() -> None:
    before = np.array([True, False] * 30)
    after = np.ones(60, np.bool_)
    alone = measure(before, after)
    together = measure(before, after, np.arange(60) // 10)
    assert (alone.resampled, together.resampled) == ("images", "people")
    assert alone.difference.low < alone.difference.value < alone.difference.high
    assert measure(before, after, np.arange(60) // 20).resampled == "images"


def test_names_of_new_models_are_free(tmp_path: Path) -> None:
    first = free_name(tmp_path, "vgg9_bn.onnx")
    first.write_text("taken")
    second = free_name(tmp_path, first.name)
    assert second != first
    assert second.name.startswith("vgg9_bn corrected ")


def test_the_shipped_features_are_of_the_shipped_network_or_not_used() -> None:
    shipped = HeadNetwork(default_model_path())
    if not stored_path(shipped.path).is_file():
        pytest.skip("no features are stored for the default network")
    found = load_replay(stored_path(shipped.path))
    used = shipped_replay(shipped)
    assert (used is None) == (found.network != shipped.sha256)
    accuracy = (found.base_logits.argmax(axis=1) == found.base_targets).mean()
    assert accuracy > 0.6
    assert found.network
    assert found.name == "FER2013"


def test_the_command_prints_the_same_facts(
    network: HeadNetwork,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    replay: Replay,
) -> None:
    give: Callable[[object], Replay] = lambda _network: replay  # noqa: E731
    monkeypatch.setattr("trainer.improve.replay.shipped_replay", give)
    store = CorrectionStore(tmp_path / "mine")
    options = ["--weights", str(network.path), "--out", str(tmp_path / "new.onnx")]
    given_folder = ["improve", "--corrections", str(tmp_path / "mine"), *options]
    assert main(given_folder) == 2
    assert "no corrections.jsonl" in capsys.readouterr().err
    for number, item in enumerate(of_places(NEW_PLACE).items):
        store.add(replace(item, timestamp_ms=1000.0 * number))
    assert main([*given_folder, "--json", str(tmp_path / "f.json")]) == 0
    said = capsys.readouterr().out
    facts = json.loads((tmp_path / "f.json").read_text())
    assert facts["verdict"] == "better"
    assert facts["sentence"] in said
    assert f"n = {facts['held_out']['count']}" in said
    assert Path(facts["path"]).is_file()
    assert main(given_folder) == 2  # never over a file that is there
