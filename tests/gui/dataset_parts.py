"""What the tests of the Dataset tab share: data sets that were opened before, and new ones."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.application import Application
from trainer.data.library import DatasetEntry, Library
from ui.open_dataset_dialog import OpenDatasetDialog

LONG = 60_000


def remember(path: Path) -> Path:
    """Let Mien know a CSV as one that was opened before, so that it asks nothing."""
    Library().remember(DatasetEntry(path.name, path, "fer2013"))
    return path


def ask(program: Application, path: Path, qtbot: QtBot) -> OpenDatasetDialog:
    """Open a data set that Mien does not know, and return the summary it shows."""
    program.open_path(path)
    qtbot.waitUntil(lambda: program.dataset.opener.dialog is not None, timeout=LONG)
    dialog = program.dataset.opener.dialog
    assert dialog is not None
    return dialog


def open_new(program: Application, path: Path, qtbot: QtBot) -> None:
    """Open a data set that Mien does not know, and accept the summary as it is."""
    dialog = ask(program, path, qtbot)
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=LONG):
        dialog.open_button.click()
