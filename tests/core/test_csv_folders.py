"""Kaggle's CSV files, alone and in the folder or archive they come in."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest
import torch

from tests.core.conftest import HEADER, row
from trainer.data import load_dataset
from trainer.data.sources import inspect_source
from trainer.errors import DataError

TRAIN_HEADER = "emotion,pixels"


def no_usage(label: int, pixel: int) -> str:
    return row(label, pixel).rpartition(",")[0]


@pytest.fixture
def kaggle(tmp_path: Path) -> Path:
    """The folder that Kaggle's challenge unpacks to, but for its archive."""
    root = tmp_path / "challenges-in-representation-learning"
    root.mkdir()
    pixels = row(0, 9).split(",")[1]
    lines = [f"{label},{usage},{pixels}" for label, usage in ((3, "Training"), (5, "PublicTest"))]
    (root / "icml_face_data.csv").write_text("\n".join(["emotion, Usage, pixels", *lines]) + "\n")
    rows = [no_usage(label, value) for label in (0, 4) for value in range(20)]
    (root / "train.csv").write_text("\n".join([TRAIN_HEADER, *rows]) + "\n")
    (root / "test.csv").write_text(f"pixels\n{pixels}\n")
    (root / "example_submission.csv").write_text("emotion\n1\n")
    return root


def test_the_folder_gives_the_file_with_splits(kaggle: Path, tmp_path: Path) -> None:
    info = inspect_source(kaggle)
    assert (info.kind, info.total, info.exact) == ("fer2013", 2, True)
    assert info.counts == {"train": {"3": 1}, "val": {"5": 1}}
    assert any("icml_face_data.csv" in note for note in info.notes)
    dataset = load_dataset(kaggle, cache_dir=tmp_path / "cache")
    assert dataset.targets.tolist() == [3, 5]
    assert dataset.splits.tolist() == [0, 1]


def test_train_csv_gets_a_validation_split(kaggle: Path, tmp_path: Path) -> None:
    path = kaggle / "train.csv"
    assert any("validation" in note for note in inspect_source(path).notes)
    dataset = load_dataset(path, cache_dir=tmp_path / "cache")
    assert dataset.counts()[[0, 4]].tolist() == [[18, 2, 0], [18, 2, 0]]
    again = load_dataset(path, cache_dir=tmp_path / "other cache")
    assert again.content_hash == dataset.content_hash


def test_test_csv_says_that_it_has_no_labels(kaggle: Path) -> None:
    for read in (inspect_source, load_dataset):
        with pytest.raises(DataError, match="no column of labels"):
            read(kaggle / "test.csv")


def test_the_archive_in_the_archive(tmp_path: Path) -> None:
    content = f"{HEADER}\n{row(1)}\n{row(2)}\n".encode()
    root = tmp_path / "download"
    root.mkdir()
    with tarfile.open(root / "fer2013.tar.gz", "w:gz") as archive:
        for name, text in (("fer2013/README", b"read me"), ("fer2013/fer2013.csv", content)):
            entry = tarfile.TarInfo(name)
            entry.size = len(text)
            archive.addfile(entry, io.BytesIO(text))
    (tmp_path / "plain.csv").write_bytes(content)
    plain = load_dataset(tmp_path / "plain.csv", cache_dir=tmp_path / "cache")
    for source in (root, root / "fer2013.tar.gz"):
        dataset = load_dataset(source, cache_dir=tmp_path / "cache")
        assert torch.equal(dataset.images, plain.images)
        assert dataset.content_hash == plain.content_hash


def test_labels_of_ones_own_need_a_class_map(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text("\n".join([HEADER, row("glee"), row("contempt"), row("dread"), row(2)]) + "\n")
    info = inspect_source(path)
    assert info.class_map["glee"] is None
    plain = load_dataset(path, cache_dir=tmp_path / "cache")
    assert len(plain) == 1
    assert [problem.line for problem in plain.problems] == [2, 3, 4]
    asked = load_dataset(
        path,
        class_map={"glee": "happy", "contempt": "contempt", "dread": None},
        cache_dir=tmp_path / "cache",
    )
    assert [asked.class_names[target] for target in asked.targets] == [
        "happiness",
        "contempt",
        "fear",
    ]
    assert asked.problems[0].reason == "label 'dread' is left out"
