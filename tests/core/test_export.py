"""Written data sets read back as they were."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.data.export import export_csv, export_image_folder
from trainer.errors import DataError, OperationCancelled
from trainer.labels import EXPRESSIONS


@pytest.mark.parametrize("name", ["out.csv", "out.csv.gz", "表情 out.zip"])
def test_a_csv_reads_back_equal(demo: ExpressionDataset, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert export_csv(demo, path) == len(demo)
    again = load_dataset(path, cache_dir=tmp_path / "cache")
    assert torch.equal(again.images, demo.images)
    assert torch.equal(again.targets, demo.targets)
    assert torch.equal(again.splits, demo.splits)
    assert again.content_hash == demo.content_hash
    assert not again.problems


def test_folders_read_back_with_equal_pixels(demo: ExpressionDataset, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    assert export_image_folder(demo, folder) == len(demo)
    again = load_dataset(folder, cache_dir=tmp_path / "cache")
    assert again.kind == "image-folder"
    assert (again.counts() == demo.counts()).all()
    rows = [int(Path(name).stem) for name in again.files]
    place = {row: index for index, row in enumerate(demo.source_rows.tolist())}
    assert torch.equal(again.images, demo.images[[place[row] for row in rows]])
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["cache", "out"]


def test_unlabelled_images_and_contempt(demo: ExpressionDataset, tmp_path: Path) -> None:
    targets = demo.targets.clone()
    targets[0], targets[1] = -1, 7
    odd = replace(demo, targets=targets, class_names=(*EXPRESSIONS, "contempt"))
    assert export_csv(odd, tmp_path / "out.csv") == len(demo) - 1
    again = load_dataset(
        tmp_path / "out.csv", class_map={"contempt": "contempt"}, cache_dir=tmp_path / "cache"
    )
    assert torch.equal(again.targets, targets[1:])
    export_image_folder(odd, tmp_path / "out")
    assert len(list((tmp_path / "out").glob("*/unlabelled/*.png"))) == 1
    assert len(list((tmp_path / "out").glob("*/contempt/*.png"))) == 1


def test_a_folder_with_something_in_it_is_left_alone(
    demo: ExpressionDataset, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(DataError, match="already holds something"):
        export_image_folder(demo, tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["mine.txt"]


def test_cancelling_leaves_nothing_behind(demo: ExpressionDataset, tmp_path: Path) -> None:
    for write in (export_csv, export_image_folder):
        with pytest.raises(OperationCancelled):
            write(demo, tmp_path / "out.csv", should_stop=lambda: True)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_gives_a_sentence(
    demo: ExpressionDataset, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    for write in (export_csv, export_image_folder):
        with pytest.raises(DataError, match="Cannot write"):
            write(demo, tmp_path / "file" / "out.csv")
