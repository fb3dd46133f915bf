"""Exporting from the Dataset tab: what is written, what is refused, cancelling."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from app.application import Application
from trainer.data import load_dataset
from ui.dataset_tab import DatasetTab
from ui.export_dataset_dialog import ExportDatasetDialog

_LONG = 60_000


def _open(program: Application, path: Path, qtbot: QtBot) -> DatasetTab:
    program.window.show_tab("dataset")
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        program.dataset.open_dataset(path)
    tab = program.dataset._tab
    assert tab.state.samples is not None
    return tab


def _ask(program: Application, tab: DatasetTab) -> ExportDatasetDialog:
    tab.export_button.click()
    dialog = program.dataset.exporter.dialog
    assert dialog is not None
    return dialog


def test_a_csv_is_written_with_the_corrections(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    tab = _open(program, tiny_csv, qtbot)
    count = len(tab.state.samples)
    tab.state.exclude(np.array([0, 1], np.int64))
    tab.state.relabel(np.array([5], np.int64), 6)
    dialog = _ask(program, tab)
    assert "1 images with another label, 2 excluded" in dialog.edits_check.text()
    target = tmp_path / "out" / "mine.csv"
    dialog.path_edit.setText(str(target))
    with qtbot.waitSignal(program.dataset.exporter.exported, timeout=_LONG):
        dialog.export_button.click()
    qtbot.waitUntil(lambda: program.dataset.exporter.dialog is None)
    assert str(target) in tab.banner.text
    written = load_dataset(target)
    assert len(written) == count - 2
    assert int(written.targets[3]) == 6


def test_folders_are_written_without_the_corrections_and_can_be_opened(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    tab = _open(program, tiny_csv, qtbot)
    tab.state.exclude(np.array([0, 1], np.int64))
    dialog = _ask(program, tab)
    dialog.folder_radio.setChecked(True)
    dialog.edits_check.setChecked(False)
    target = tmp_path / "pictures"
    dialog.path_edit.setText(str(target))
    with qtbot.waitSignal(program.dataset.exporter.exported, timeout=_LONG):
        dialog.export_button.click()
    written = load_dataset(target)
    assert len(written) == len(tab.state.samples)
    assert np.array_equal(written.counts(), load_dataset(tiny_csv).counts())


def test_the_data_set_itself_is_never_written(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    tab = _open(program, tiny_csv, qtbot)
    dialog = _ask(program, tab)
    dialog.path_edit.setText(str(tiny_csv))
    assert not dialog.export_button.isEnabled()
    assert "never changed" in dialog.problem_label.text()
    full = tmp_path / "full"
    full.mkdir()
    (full / "notes.txt").write_text("mine", encoding="utf-8")
    dialog.folder_radio.setChecked(True)
    dialog.path_edit.setText(str(full))
    assert not dialog.export_button.isEnabled()
    assert "empty folder" in dialog.problem_label.text()


def test_cancelling_leaves_nothing_behind_and_the_form_can_be_used_again(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = make_app()
    tab = _open(program, tiny_csv, qtbot)
    dialog = _ask(program, tab)
    target = tmp_path / "out" / "mine.csv"
    dialog.path_edit.setText(str(target))
    dialog.export_button.click()
    assert not dialog.form_widget.isEnabled()
    dialog.cancel_button.click()  # before the thread has begun to write
    qtbot.waitUntil(lambda: not program.dataset.exporter.is_writing(), timeout=_LONG)
    assert dialog.isVisible()
    assert dialog.export_button.isEnabled()
    assert not target.exists()


def test_a_place_that_cannot_be_written_is_said_in_the_dialog(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    tab = _open(program, tiny_csv, qtbot)
    dialog = _ask(program, tab)
    blocking = tmp_path / "file"
    blocking.write_text("no folder", encoding="utf-8")
    dialog.path_edit.setText(str(blocking / "mine.csv"))
    dialog.export_button.click()
    qtbot.waitUntil(lambda: not program.dataset.exporter.is_writing(), timeout=_LONG)
    assert str(blocking / "mine.csv") in dialog.problem_label.text()
    assert dialog.problem_label.isVisible()
