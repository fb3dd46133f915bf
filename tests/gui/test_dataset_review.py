"""Reviewing remarked images by the keys alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from check_parts import CheckedPage, make_result, make_samples
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from trainer.data.edits import EditLog
from ui.check_result import Check

SUSPECTED = ((9, 3), (12, 0), (33, 1), (20, 5), (25, 2))


@pytest.fixture
def checked(qtbot: QtBot, tmp_path: Path) -> Iterator[CheckedPage]:
    made = CheckedPage(qtbot, tmp_path)
    samples = make_samples()
    made.open(samples)
    made.page.set_result(make_result(samples, *SUSPECTED))
    made.page.choose(Check.SUSPECTED)
    made.page.start_review()
    yield made
    made.controller.shutdown()


def reviewed(checked: CheckedPage) -> list[int]:
    assert checked.state.edits is not None
    return np.flatnonzero(checked.state.edits.reviewed()).tolist()


def test_every_step_by_its_key(checked: CheckedPage, qtbot: QtBot) -> None:
    panel, state = checked.page.review_panel, checked.state
    before = state.targets().copy()
    assert panel.current == 9
    qtbot.keyClick(panel, Qt.Key_Return)  # accept
    assert (state.targets()[9], panel.current) == (3, 12)
    qtbot.keyClick(panel, Qt.Key_7)
    assert (state.targets()[12], panel.current) == (6, 33)
    qtbot.keyClick(panel, Qt.Key_Space)
    assert (state.targets()[33], panel.current) == (before[33], 20)
    qtbot.keyClick(panel, Qt.Key_Delete)
    assert (bool(state.excluded()[20]), panel.current) == (True, 25)
    assert reviewed(checked) == [9, 12, 20, 33]
    assert panel.progress_label.text() == "4 of 5 reviewed"
    assert "agreed with 1 of 4" in panel.trust_label.text()
    qtbot.keyClick(panel, Qt.Key_Space, Qt.ShiftModifier)
    assert panel.current == 20
    qtbot.keyClick(panel, Qt.Key_Delete)  # take back in, and stay
    assert (bool(state.excluded()[20]), panel.current) == (False, 20)
    qtbot.keyClick(panel, Qt.Key_Escape)
    assert checked.page.modes.currentWidget() is checked.page.list_mode
    assert checked.page.grid.currentIndex().row() == 3


def test_undo_returns_to_the_image_and_takes_its_tick(checked: CheckedPage, qtbot: QtBot) -> None:
    panel, state = checked.page.review_panel, checked.state
    qtbot.keyClick(panel, Qt.Key_Return)
    qtbot.keyClick(panel, Qt.Key_Space)
    assert panel.current == 33
    qtbot.keyClick(panel, Qt.Key_Z, Qt.ControlModifier)
    assert panel.current == 9
    assert (state.targets() == make_samples().targets).all()
    assert reviewed(checked) == [12]


def test_a_key_without_a_class_does_nothing(checked: CheckedPage, qtbot: QtBot) -> None:
    qtbot.keyClick(checked.page.review_panel, Qt.Key_8)
    assert checked.page.review_panel.current == 9
    assert reviewed(checked) == []


def test_what_was_reviewed_is_saved_and_found_again(
    checked: CheckedPage, qtbot: QtBot, tmp_path: Path
) -> None:
    panel, log = checked.page.review_panel, checked.state.edits
    assert log is not None
    qtbot.keyClick(panel, Qt.Key_Space)
    qtbot.keyClick(panel, Qt.Key_Space)
    assert checked.saves == 0  # many small marks are saved together
    qtbot.keyClick(panel, Qt.Key_Escape)
    assert checked.saves == 1
    log.save(tmp_path / "edits.json")
    again = EditLog.load(tmp_path / "edits.json", log.content_hash, log.class_names, log.count)
    checked.state.set_samples(make_samples(), again)
    checked.page.set_result(make_result(make_samples(), *SUSPECTED))
    checked.page.choose(Check.SUSPECTED)
    checked.page.start_review()
    assert panel.current == 33
    assert panel.progress_label.text() == "2 of 5 reviewed"


def test_marks_are_saved_without_leaving(checked: CheckedPage, qtbot: QtBot) -> None:
    with qtbot.waitSignal(checked.state.edits_changed, timeout=5000):
        qtbot.keyClick(checked.page.review_panel, Qt.Key_Space)


def test_a_click_labels_and_alike_images_come(checked: CheckedPage, qtbot: QtBot) -> None:
    panel = checked.page.review_panel
    qtbot.waitUntil(lambda: panel.neighbour_model.rowCount() == 12, timeout=30_000)
    panel.label_choice.buttons[4].click()
    assert checked.state.targets()[9] == 4
    panel.grab()


def test_another_data_set_ends_the_review(checked: CheckedPage) -> None:
    checked.open(make_samples("other", seed=1))
    assert checked.page.modes.currentWidget() is checked.page.list_mode
    assert checked.page.data is not None
    assert checked.page.data.result is None


def test_a_review_of_pairs_shows_each_image_once(checked: CheckedPage) -> None:
    page = checked.page
    page.leave_review()
    page.choose(Check.EXACT)
    page.start_review()
    panel = page.review_panel
    seen = []
    for _ in range(3):
        seen.append(panel.current)
        panel.go_on()
    assert sorted(seen) == [0, 1, 2]


def test_a_review_survives_the_program(make_app, tiny_csv: Path, qtbot: QtBot) -> None:
    program = make_app()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.open_path(tiny_csv)
    tab = program.dataset._tab
    tab.show_page("check")
    with qtbot.waitSignal(program.dataset.check.check_finished, timeout=60_000):
        tab.check_page.check_button.click()
    page = tab.check_page
    page.set_result(make_result(tab.state.samples, (3, 1), (11, 2)))
    page.choose(Check.SUSPECTED)
    page.start_review()
    page.review_panel.accept()
    page.review_panel.go_on()
    program.shutdown()

    again = make_app()
    with qtbot.waitSignal(again.dataset.reading_finished, timeout=60_000):
        again.open_path(tiny_csv)
    state = again.dataset._tab.state
    assert state.targets()[3] == 1
    assert np.flatnonzero(state.edits.reviewed()).tolist() == [3, 11]
