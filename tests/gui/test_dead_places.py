"""A share that is not connected any more keeps nothing of Mien from working."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app.opening import remembered
from app.paths import settings_file
from app.settings import LastTraining, Settings
from app.workers.scoring import data_sets
from trainer.config import TrainConfig
from trainer.data.library import DatasetEntry, Library
from trainer.runs import Run
from ui.recent_datasets_dialog import RecentDatasetsDialog


@pytest.fixture
def dead_share(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that answers as a mount does whose computer is gone."""
    share = tmp_path / "share"
    ask: Callable[..., os.stat_result] = os.stat

    def refuse(path: Any, *args: Any, **options: Any) -> os.stat_result:
        if not isinstance(path, int) and os.fspath(path).startswith(str(share)):
            raise OSError(errno.ENOTCONN, os.strerror(errno.ENOTCONN), str(path))
        return ask(path, *args, **options)

    monkeypatch.setattr(os, "stat", refuse)
    return share


def test_the_window_opens_and_leaves_out_what_was_there(
    make_app, dead_share: Path, qtbot: QtBot
) -> None:
    settings = Settings(settings_file())
    settings.remember_media(dead_share / "clip.mp4")
    settings.remember_dataset(dead_share / "faces.csv")
    settings.remember_model(dead_share / "mine.onnx")
    settings.player_model = dead_share / "mine.onnx"
    settings.last_training = LastTraining(TrainConfig(), "own", dead_share / "faces.csv")
    settings.sync()
    program = make_app()
    program.window.show_tab("training")
    assert program.training._tab.form.dataset() is None
    assert program.player.recent_files() == []


def test_a_run_whose_data_were_there_says_so(make_app, dead_share: Path) -> None:
    program = make_app()
    source = {"dataset": {"source": str(dead_share / "faces.csv")}}
    program.training.resume(Run(dead_share / "run", TrainConfig(), (), {}, source))
    assert "faces.csv any more" in program.training._tab.banner.text
    program.training.resume(Run(dead_share / "run", TrainConfig(), (), {}, {"dataset": []}))
    assert "cannot be resumed" in program.training._tab.banner.text


def test_what_was_remembered_of_it_is_listed_as_gone(
    dead_share: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    library = Library()
    library.remember(DatasetEntry("gone", dead_share / "faces.csv", "fer2013"))
    there = tmp_path / "there.csv"
    there.write_text("", encoding="utf-8")
    library.remember(DatasetEntry("there", there, "fer2013", votes=dead_share / "votes.csv"))
    opening = remembered(there)
    assert opening is not None
    assert opening.votes is None
    assert [path for path, _title in data_sets([])] == [there]
    dialog = RecentDatasetsDialog(library)
    qtbot.addWidget(dialog)
