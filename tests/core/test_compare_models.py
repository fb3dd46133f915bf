"""Listing models: what is damaged is named, and harms nothing else."""

from __future__ import annotations

import contextlib
import shutil
import time
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.compare_parts import make_run
from trainer import runs
from trainer.compare.importing import import_model
from trainer.compare.models import Candidate, list_candidates, load_candidate
from trainer.compare.recipes import seed_groups, settings_table
from trainer.config import TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.errors import MienError, WeightsError
from trainer.export import export_onnx
from trainer.inference.shipped import default_model_path
from trainer.metadata import ModelMetadata
from trainer.model_files import count_parameters, read_metadata
from trainer.models import create_model
from trainer.weights import save_weights

SHIPPED = ("lightnet_columns", "lightnet", "vgg9_bn")


@pytest.fixture
def folder(tiny_model: str, demo: ExpressionDataset, tmp_path: Path) -> Path:
    make_run(tmp_path / "runs" / "a", demo)
    make_run(tmp_path / "runs" / "b", demo, seed=1)
    (tmp_path / "models").mkdir()
    return tmp_path


def listed(folder: Path) -> dict[str, Candidate]:
    candidates = list_candidates(folder / "runs", folder / "models")
    return {candidate.file_name: candidate for candidate in candidates}


def test_runs_and_the_shipped_network_are_listed(folder: Path, demo: ExpressionDataset) -> None:
    found = listed(folder)
    assert list(found) == [*SHIPPED, "b", "a"]
    run = found["a"]
    assert (run.kind, run.state, run.damage, run.epochs) == ("run", "finished", "", 2)
    assert (run.architecture, run.parameters) == ("tiny", 8167)
    assert run.dataset_hashes == {demo.content_hash}
    assert run.model_path == folder / "runs" / "a" / runs.ONNX
    assert run.file_bytes == run.model_path.stat().st_size
    shipped = found["lightnet_columns"]
    assert (shipped.kind, shipped.state, shipped.can_score) == ("shipped", "shipped", True)
    assert shipped.parameters == 3_682_599
    assert all(found[name].kind == "shipped" for name in SHIPPED)
    assert not list_candidates(folder / "nowhere", folder / "nowhere either")[3:]


@pytest.mark.parametrize(
    ("name", "content", "part", "can_score"),
    [
        (runs.CONFIG, b"model: [", "Cannot read the settings", True),
        (runs.CONFIG, b"\xff\xfe\x00", "Cannot read the settings", True),
        (runs.CONFIG, None, "holds no config.yaml", True),
        (runs.METRICS, b'{"state": ', "metrics.json cannot be read", True),
        (runs.ENVIRONMENT, b"[1]", "environment.json cannot be read", True),
        (runs.ENVIRONMENT, b'{"dataset": 3}', "", True),
        (runs.WEIGHTS, b"\x00" * 50, "no sound safetensors", False),
        (runs.ONNX, b"", "no sound ONNX", True),
        (runs.ONNX, b"onnx onnx onnx onnx", "no sound ONNX", True),
    ],
)
def test_a_damaged_run_says_why_and_leaves_the_others_alone(
    folder: Path, name: str, content: bytes | None, part: str, can_score: bool
) -> None:
    target = folder / "runs" / "b" / name
    if content is None:
        target.unlink()
    else:
        target.write_bytes(content)
    found = listed(folder)
    assert part in found["b"].damage
    assert (found["b"].state == "damaged") is bool(part)
    assert found["b"].can_score is can_score
    assert found["a"].damage == ""
    assert found["a"].can_score
    assert found["lightnet_columns"].can_score


def test_a_cut_off_network_is_damaged(folder: Path) -> None:
    for name in (runs.WEIGHTS, runs.ONNX):
        path = folder / "runs" / "b" / name
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    broken = listed(folder)["b"]
    assert broken.state == "damaged"
    assert not broken.can_score
    assert broken.model_path is None


def test_other_folders_are_no_runs(folder: Path) -> None:
    (folder / "runs" / "holiday").mkdir()
    (folder / "runs" / "holiday" / "photo.png").write_bytes(b"")
    (folder / "runs" / "notes.txt").write_text("hello")
    assert set(listed(folder)) == {*SHIPPED, "a", "b"}


def test_marks_are_kept_beside_the_weights(folder: Path) -> None:
    before = (folder / "runs" / "a" / runs.ONNX).read_bytes()
    run = listed(folder)["a"]
    changed = run.with_marks(title="表情 1", note="best so far", pinned=True)
    assert (changed.name, changed.file_name) == ("表情 1", "a")
    again = listed(folder)["a"].with_marks(hidden=True)
    assert again.marks.note == "best so far"
    assert again.marks.pinned
    assert again.marks.hidden
    assert (folder / "runs" / "a" / runs.ONNX).read_bytes() == before
    shipped = listed(folder)["lightnet_columns"].with_marks(note="ships")
    assert shipped.marks_path.parent == folder / "models"
    assert listed(folder)["lightnet_columns"].marks.note == "ships"
    run.marks_path.write_text("{")
    assert listed(folder)["a"].name == "a"


def test_marks_that_cannot_be_written_are_an_error(folder: Path) -> None:
    run = listed(folder)["a"]
    run.marks_path.mkdir()
    with pytest.raises(MienError, match="cannot be kept"):
        run.with_marks(note="x")


def test_two_hundred_runs_are_listed_in_two_seconds(folder: Path) -> None:
    for number in range(198):
        shutil.copytree(folder / "runs" / "a", folder / "runs" / f"run-{number:03}")
    started = time.perf_counter()
    found = listed(folder)
    assert time.perf_counter() - started < 2.0
    assert len(found) == 203
    assert all(candidate.can_score for candidate in found.values())


def test_import_of_what_fits(folder: Path, tmp_path: Path) -> None:
    sent = tmp_path / "from a friend?.onnx"
    shutil.copyfile(folder / "runs" / "a" / runs.ONNX, sent)
    one = import_model(sent, folder / "models")
    assert (one.kind, one.state, one.can_score) == ("imported", "imported", True)
    assert one.path == folder / "models" / "from a friend_.onnx"
    two = import_model(folder / "runs" / "a" / runs.WEIGHTS, folder / "models")
    assert two.can_score
    assert set(listed(folder)) == {*SHIPPED, "a", "b", "best", "from a friend_"}
    with pytest.raises(MienError, match="in the list already, as from a friend_.onnx"):
        import_model(sent, folder / "models")
    other = tmp_path / "x" / "best.safetensors"
    other.parent.mkdir()
    shutil.copyfile(folder / "runs" / "b" / runs.WEIGHTS, other)
    assert import_model(other, folder / "models").path.name == "best (2).safetensors"


def test_import_refuses_with_a_reason(folder: Path, tiny_model: str) -> None:
    model = create_model(tiny_model)
    state = model.state_dict()
    wrong = folder / "wrong"
    wrong.mkdir()
    names = ("anger", "boredom", "fear", "happiness", "sadness", "surprise", "neutral")
    classes = ModelMetadata(tiny_model, class_names=names)
    save_weights(wrong / "classes.safetensors", state, classes)
    export_onnx(model, classes, wrong / "classes.onnx")
    save_weights(wrong / "shapes.safetensors", state, ModelMetadata("vgg9"))
    save_weights(wrong / "other.safetensors", state, ModelMetadata("resnet152"))
    export_onnx(create_model(tiny_model, 5), ModelMetadata(tiny_model), wrong / "shapes.onnx")
    bare = onnx.load(str(folder / "runs" / "a" / runs.ONNX))
    del bare.metadata_props[:]
    onnx.save(bare, str(wrong / "bare.onnx"))
    torch.save(state, wrong / "code.pt")
    (wrong / "text.txt").write_text("hello")
    (wrong / "cut.onnx").write_bytes((wrong / "classes.onnx").read_bytes()[:5000])
    reasons = {
        "classes.safetensors": "disgust are missing",
        "classes.onnx": "disgust are missing",
        "shapes.safetensors": "does not fit vgg9",
        "other.safetensors": "no network 'resnet152'",
        "shapes.onnx": "shape of 'logits'",
        "bare.onnx": "no Mien metadata",
        "code.pt": "can carry program code",
        "text.txt": "no model file",
        "cut.onnx": "not an ONNX network or is damaged",
        "absent.onnx": "no file at",
    }
    for name, reason in reasons.items():
        with pytest.raises(MienError, match=reason):
            import_model(wrong / name, folder / "models")
    assert list((folder / "models").iterdir()) == []


def test_parameters_are_counted(folder: Path) -> None:
    assert count_parameters(folder / "runs" / "a" / runs.WEIGHTS) == 8167
    # The norm is folded into the convolution when it is exported.
    exported = count_parameters(folder / "runs" / "a" / runs.ONNX)
    assert abs(exported - 8167) <= 64


def test_the_quick_reader_of_onnx_reads_what_onnx_wrote(folder: Path) -> None:
    for path in (folder / "runs" / "a" / runs.ONNX, default_model_path()):
        stored = {entry.key: entry.value for entry in onnx.load(str(path)).metadata_props}
        assert read_metadata(path) == ModelMetadata.from_strings(stored, source="")


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_damaged_model_files_are_one_sentence(folder: Path, data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from([runs.ONNX, runs.WEIGHTS]))
    content = bytearray((folder / "runs" / "a" / suffix).read_bytes())
    kind = data.draw(st.sampled_from(["cut", "flip", "noise"]))
    if kind == "cut":
        content = content[: data.draw(st.integers(0, len(content)))]
    elif kind == "flip":
        for _ in range(data.draw(st.integers(1, 20))):
            place = data.draw(st.integers(0, len(content) - 1))
            content[place] = data.draw(st.integers(0, 255))
    else:
        content = bytearray(data.draw(st.binary(max_size=200)))
    path = folder / f"damaged{Path(suffix).suffix}"
    path.write_bytes(bytes(content))
    with contextlib.suppress(WeightsError):
        read_metadata(path)
    candidate = load_candidate(path)
    assert candidate.can_score or candidate.damage
    assert "\n" not in candidate.damage


def test_only_what_differs(folder: Path, demo: ExpressionDataset) -> None:
    make_run(folder / "runs" / "c", demo, lr=0.1)
    taught = folder / "runs" / "c" / "config.yaml"
    TrainConfig.load(taught).changed(teachers=("one", "two")).save(taught)
    found = listed(folder)
    rows = settings_table([found["a"], found["b"], found["c"]])
    assert rows == [
        ("lr", ["0.01", "0.01", "0.1"]),
        ("teachers", ["-", "-", "one, two"]),
        ("seed", ["0", "1", "0"]),
    ]
    with_a_file = settings_table([found["a"], found["lightnet_columns"], found["c"]])
    assert with_a_file[0] == ("lr", ["0.01", "-", "0.1"])
    everything = settings_table([found["a"], found["b"]], only_differences=False)
    assert ("augment.flip", ["0.5", "0.5"]) in everything


def test_seeds_of_one_recipe_belong_together(folder: Path, demo: ExpressionDataset) -> None:
    make_run(folder / "runs" / "c", demo, lr=0.1)
    make_run(folder / "runs" / "again", demo)  # the seed of a: the same training
    (groups,) = seed_groups(list(listed(folder).values()))
    assert sorted(candidate.run.config.seed for candidate in groups if candidate.run) == [0, 1]
    assert np.all([candidate.architecture == "tiny" for candidate in groups])
