"""Loading through the cache, and the facts told about a data set."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from tests.core.conftest import row
from trainer.data import fer2013 as fer2013_module
from trainer.data import load_dataset
from trainer.data.summary import summarize
from trainer.errors import DataError

WriteCsv = Callable[..., Path]


@pytest.fixture
def parses(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Record which files are really parsed."""
    from trainer.data.layouts import fer_csv

    seen: list[Path] = []
    real = fer2013_module.read_fer2013

    def counting(path: Path, **options: object) -> object:
        seen.append(path)
        return real(path, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(fer_csv, "read_fer2013", counting)
    return seen


def test_the_second_load_comes_from_the_cache(
    write_csv: WriteCsv, tmp_path: Path, parses: list[Path]
) -> None:
    path = write_csv(row(1, 5), row(9), row(2, 6, usage="PublicTest"))
    first = load_dataset(path, cache_dir=tmp_path / "cache")
    second = load_dataset(path, cache_dir=tmp_path / "cache")
    assert len(parses) == 1
    assert torch.equal(first.images, second.images)
    assert torch.equal(first.source_rows, second.source_rows)
    assert first.content_hash == second.content_hash
    assert first.problems == second.problems
    assert first.problems[0].line == 3


def test_a_changed_source_is_parsed_again_even_with_the_same_size(
    write_csv: WriteCsv, tmp_path: Path, parses: list[Path]
) -> None:
    path = write_csv(row(1, 5))
    load_dataset(path, cache_dir=tmp_path / "cache")
    write_csv(row(1, 6))
    os.utime(path, ns=(1, 1))
    assert int(load_dataset(path, cache_dir=tmp_path / "cache").images.max()) == 6
    assert len(parses) == 2


def test_a_touched_source_is_not_parsed_again(
    write_csv: WriteCsv, tmp_path: Path, parses: list[Path]
) -> None:
    path = write_csv(row(1, 5))
    load_dataset(path, cache_dir=tmp_path / "cache")
    os.utime(path, ns=(1, 1))
    load_dataset(path, cache_dir=tmp_path / "cache")
    assert len(parses) == 1


@pytest.mark.parametrize("suffix", [".pt", ".json"])
@pytest.mark.parametrize("damage", ["flip", "cut", "empty"])
def test_a_damaged_cache_is_made_again(
    write_csv: WriteCsv, tmp_path: Path, parses: list[Path], suffix: str, damage: str
) -> None:
    path = write_csv(row(1, 5), row(4, 250))
    good = load_dataset(path, cache_dir=tmp_path / "cache")
    (cached,) = (tmp_path / "cache" / "datasets").glob(f"*{suffix}")
    content = bytearray(cached.read_bytes())
    if damage == "flip":
        content[len(content) // 2] ^= 0xFF
    cached.write_bytes({"flip": bytes(content), "cut": bytes(content[:100]), "empty": b""}[damage])
    again = load_dataset(path, cache_dir=tmp_path / "cache")
    assert torch.equal(good.images, again.images)
    if not (suffix == ".json" and damage == "flip"):  # the flipped byte may lie in a comment field
        assert len(parses) == 2


def test_an_unwritable_cache_folder_is_no_obstacle(write_csv: WriteCsv, tmp_path: Path) -> None:
    blocked = tmp_path / "cache"
    blocked.write_text("a file where the folder should be")
    assert len(load_dataset(write_csv(row()), cache_dir=blocked)) == 1


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="There is no data set at"):
        load_dataset(tmp_path / "nothing.csv")
    with pytest.raises(DataError, match="neither a CSV in the FER2013 form nor pictures"):
        load_dataset(tmp_path)


def test_summary_counts_repeats_and_leaks(write_csv: WriteCsv, tmp_path: Path) -> None:
    path = write_csv(
        row(3, 1),
        row(3, 1),  # repeat
        row(4, 1),  # repeat with another label
        row(3, 2),
        row(1, 3),
        row(3, 2, usage="PublicTest"),  # leak from train
        row(3, 9, usage="PublicTest"),
        row(3, 9, usage="PrivateTest"),  # leak from val
        row(3, 1, usage="PrivateTest"),  # leak from train
        row(8, 1),
    )
    facts = summarize(load_dataset(path, cache_dir=tmp_path / "cache"))
    assert facts.duplicates == {"train": 2, "val": 0, "test": 0}
    assert facts.conflicting_duplicates == 1
    assert facts.leaks == {"train/val": 1, "train/test": 1, "val/test": 1}
    assert facts.counts.sum(axis=0).tolist() == [5, 2, 2]
    assert (facts.largest_class, facts.imbalance_ratio) == ("happiness", 3.0)
    assert facts.rows_left_out == 1


@pytest.mark.media
def test_real_fer2013(shared_folder: Path, tmp_path: Path) -> None:
    source = shared_folder / "data" / "fer2013.csv.gz"
    if not source.is_file():
        pytest.skip(f"no FER2013 at {source}")
    dataset = load_dataset(source, cache_dir=tmp_path)
    assert dataset.counts()[:, 0].tolist() == [3995, 436, 4097, 7215, 4830, 3171, 4965]
    assert dataset.counts()[:, 1].tolist() == [467, 56, 496, 895, 653, 415, 607]
    assert not dataset.problems
    assert summarize(dataset).duplicates["train"] == 1236
