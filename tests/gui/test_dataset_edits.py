"""Corrections outlive the program; what cannot be saved is said, and saved later."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.application import Application
from trainer.data.edits import EditLog, edits_path
from trainer.errors import DataError
from trainer.paths import data_dir
from ui.dataset_state import DatasetState

pytestmark = pytest.mark.usefixtures("qtbot")


def _opened(make_app, path: Path, qtbot: QtBot) -> tuple[Application, DatasetState]:
    program = make_app()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.open_path(path)
    return program, program.dataset._tab.state


def _saved(state: DatasetState) -> EditLog:
    assert state.edits is not None
    edits = state.edits
    path = edits_path(edits.content_hash)
    return EditLog.load(path, edits.content_hash, edits.class_names, edits.count)


def test_corrections_are_there_when_the_data_set_is_opened_again(
    make_app, tiny_csv: Path, qtbot: QtBot
) -> None:
    program, state = _opened(make_app, tiny_csv, qtbot)
    with qtbot.waitSignal(program.dataset.edits.saved, timeout=10_000):
        state.relabel([3], 1)
    assert _saved(state).changes == state.edits.changes
    assert program.window.status_bar.currentMessage() == "1 image relabelled as Disgust."
    state.exclude([4, 5])  # still being written when the program ends
    program.shutdown()
    _, again = _opened(make_app, tiny_csv, qtbot)
    assert again.targets()[3] == 1
    assert again.excluded()[4:6].all()
    again.undo()
    again.undo()
    assert not again.flags().any()


def test_what_cannot_be_saved_is_said_and_saved_with_the_next_correction(
    make_app, tiny_csv: Path, qtbot: QtBot
) -> None:
    program, state = _opened(make_app, tiny_csv, qtbot)
    folder = data_dir() / "edits"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("a file where the folder should be", encoding="utf-8")
    banner = program.dataset._tab.banner
    state.exclude([0])
    qtbot.waitUntil(lambda: "could not be saved" in banner.text, timeout=10_000)
    assert program.dataset.edits.is_saving()
    folder.unlink()
    with qtbot.waitSignal(program.dataset.edits.saved, timeout=10_000):
        state.exclude([1])
    assert _saved(state).excluded()[:2].all()


def test_a_damaged_side_file_is_said_and_kept(make_app, tiny_csv: Path, qtbot: QtBot) -> None:
    program, state = _opened(make_app, tiny_csv, qtbot)
    with qtbot.waitSignal(program.dataset.edits.saved, timeout=10_000):
        state.exclude([0])
    path = edits_path(state.edits.content_hash)
    path.write_text("{ no json", encoding="utf-8")
    with pytest.raises(DataError):
        _saved(state)
    path.write_text("{ no json", encoding="utf-8")
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.open_path(tiny_csv)
    assert "damaged" in program.dataset._tab.banner.text
    assert not state.excluded().any()
    assert [kept.read_text() for kept in path.parent.glob("*.broken*")] == ["{ no json"] * 2
