"""A run that is resumed in the window is trained on its data as it read them at its start."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.opening import Opening, as_trained
from app.workers.training import TrainingOrder, TrainingWorker
from trainer import runs
from trainer.config import TrainConfig
from trainer.data import load_dataset
from trainer.data.export import export_image_folder
from trainer.data.library import DatasetEntry, Library
from trainer.training import fit

MAP = {"1": "anger"}


@pytest.fixture
def faces(drawn_csv: Path, tmp_path: Path, mien_home: Path) -> Path:
    """Folders by class, one of them with a number for a name."""
    root = tmp_path / "faces"
    export_image_folder(load_dataset(drawn_csv), root)
    for split in ("train", "val", "test"):
        (root / split / "anger").rename(root / split / "1")
    return root


@pytest.fixture
def run_dir(faces: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "run"
    folder.mkdir()
    dataset = load_dataset(faces, class_map=MAP)
    votes = str(tmp_path / "votes.csv")
    config = TrainConfig(model="lenet", epochs=1, batch_size=16)
    fit(config, replace(dataset, votes_source=votes), print, lambda: False, run_dir=folder)
    return folder


def test_it_is_resumed_though_the_data_were_opened_otherwise(
    faces: Path, run_dir: Path, qtbot: QtBot
) -> None:
    Library().remember(DatasetEntry("faces", faces, "image-folder", class_map={"1": "fear"}))
    config = TrainConfig(model="lenet", epochs=2, batch_size=16)
    worker = TrainingWorker(TrainingOrder(faces, config, run_dir.parent, run_dir))
    with qtbot.assertNotEmitted(worker.failed):
        worker.run()
    assert len(runs.load_run(run_dir).history) == 2


def test_the_votes_come_along_while_they_are_there(
    faces: Path, run_dir: Path, tmp_path: Path
) -> None:
    assert as_trained(run_dir, faces) == Opening(faces, class_map=MAP)
    (tmp_path / "votes.csv").write_text("", encoding="utf-8")
    assert as_trained(run_dir, faces).votes == tmp_path / "votes.csv"


def test_what_an_older_run_does_not_say_is_as_it_was_opened_last(
    faces: Path, run_dir: Path
) -> None:
    (run_dir / runs.ENVIRONMENT).write_text("[]", encoding="utf-8")
    Library().remember(DatasetEntry("faces", faces, "image-folder", class_map=MAP))
    assert as_trained(run_dir, faces) == Opening(faces, "image-folder", class_map=MAP)
    (run_dir / runs.CONFIG).write_text("damaged: {", encoding="utf-8")
    assert as_trained(run_dir, faces).class_map == MAP
