"""How an open data set is read can be changed afterwards."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dataset_parts import ask, remember
from pytestqt.qtbot import QtBot

from app.application import Application
from app.opening import remembered
from trainer.data.library import Library
from trainer.data.votes import VOTE_COLUMNS
from ui.open_dataset_dialog import OpenDatasetDialog

_LONG = 60_000


@pytest.fixture
def own_csv(tiny_csv: Path, tmp_path: Path) -> Path:
    return remember(Path(shutil.copy(tiny_csv, tmp_path / "own.csv")))


def _open(program: Application, path: Path, qtbot: QtBot) -> None:
    program.window.show_tab("dataset")
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        program.dataset.open_dataset(path)


def _ask_again(program: Application, qtbot: QtBot) -> OpenDatasetDialog:
    program.dataset._tab.reread_action.trigger()
    qtbot.waitUntil(lambda: program.dataset.opener.dialog is not None, timeout=_LONG)
    dialog = program.dataset.opener.dialog
    assert dialog is not None
    return dialog


def test_a_class_can_be_left_out_later_and_taken_in_again(
    make_app, own_csv: Path, qtbot: QtBot
) -> None:
    program = make_app()
    tab = program.dataset._tab
    assert not tab.reread_action.isEnabled()
    _open(program, own_csv, qtbot)
    whole = len(tab.state.samples)
    dialog = _ask_again(program, qtbot)
    dialog._combos["3"].setCurrentIndex(0)  # leave out
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        dialog.open_button.click()
    assert 0 < len(tab.state.samples) < whole
    known = remembered(own_csv)
    assert known is not None
    assert known.class_map == {"3": None}
    dialog = _ask_again(program, qtbot)
    assert dialog._combos["3"].currentData() is None  # as it was answered
    dialog._combos["3"].setCurrentIndex(dialog._combos["3"].findData("happiness"))
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        dialog.open_button.click()
    assert len(tab.state.samples) == whole


def test_votes_can_be_joined_later(make_app, own_csv: Path, tmp_path: Path, qtbot: QtBot) -> None:
    rows = own_csv.read_text(encoding="utf-8").splitlines()[1:]
    usages = [row.rsplit(",", 1)[1] for row in rows]
    votes = tmp_path / "elsewhere" / "answers.csv"
    votes.parent.mkdir()
    head = ",".join(["Usage", "Image name", *VOTE_COLUMNS])
    lines = [f"{usage},fer{i:07}.png,10" + ",0" * 9 for i, usage in enumerate(usages)]
    votes.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    program = make_app()
    _open(program, own_csv, qtbot)
    assert program.dataset._tab.state.samples.votes is None
    dialog = _ask_again(program, qtbot)
    assert not dialog.votes_check.isChecked()
    dialog.votes_check.click()
    assert not dialog.open_button.isEnabled()  # no file is named
    dialog.votes_edit.setFocus()
    qtbot.keyClicks(dialog.votes_edit, str(votes))
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        dialog.open_button.click()
    samples = program.dataset._tab.state.samples
    assert program.dataset._tab.banner.text == ""
    assert samples.votes is not None
    assert (samples.votes.sum(axis=1) == 10).all()


def test_cancelling_changes_nothing(make_app, own_csv: Path, qtbot: QtBot) -> None:
    program = make_app()
    _open(program, own_csv, qtbot)
    before = program.dataset._tab.state.samples
    dialog = _ask_again(program, qtbot)
    dialog.reject()
    qtbot.waitUntil(lambda: not program.dataset.is_reading())
    assert program.dataset._tab.state.samples is before
    assert program.dataset._tab.pages.currentWidget() is program.dataset._tab.data_page


def test_a_csv_without_splits_is_asked_about_and_says_how_they_were_drawn(
    make_app, own_csv: Path, qtbot: QtBot
) -> None:
    lines = own_csv.read_text(encoding="utf-8").splitlines()
    own_csv.write_text("\n".join(line.rsplit(",", 1)[0] for line in lines) + "\n", encoding="utf-8")
    program = make_app()
    Library().forget(own_csv.name)
    dialog = ask(program, own_csv, qtbot)
    assert "set aside for validation" in dialog.notes_label.text()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        dialog.open_button.click()
    tab = program.dataset._tab
    assert set(tab.state.samples.splits.tolist()) == {0, 1}
    assert "set aside for validation" in tab.overview_page.facts_label.text()
