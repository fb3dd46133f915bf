"""The Images page filters, corrects by keys, and shows what is known about an image."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import Application
from trainer.data.findings import check_images
from trainer.data.flags import Flag
from ui.dataset_images_page import DatasetImagesPage
from ui.tables.sample_filter import SampleFilter
from ui.tables.samples import Samples

Opened = tuple[Application, DatasetImagesPage]


@pytest.fixture
def opened(make_app, tiny_csv: Path, qtbot: QtBot) -> Opened:
    program = make_app()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.open_path(tiny_csv)
    tab = program.dataset._tab
    tab.show_page("images")
    program.window.activateWindow()
    qtbot.waitUntil(program.window.isActiveWindow)  # keys go to the active window only
    tab.images_page.grid.setFocus()
    return program, tab.images_page


def test_keys_relabel_exclude_and_undo_what_is_chosen(opened: Opened, qtbot: QtBot) -> None:
    _, page = opened
    state = page._state
    source = state.targets().copy()
    qtbot.keyClick(page.grid, Qt.Key_Right, Qt.ShiftModifier)
    qtbot.keyClick(page.grid, Qt.Key_7)
    assert state.targets()[:2].tolist() == [6, 6]
    assert page.detail.title_label.text() == "Neutral"
    assert "relabelled" in page.detail.text_label.text()
    qtbot.keyClick(page.grid, Qt.Key_Delete)
    assert state.excluded()[:2].all()
    assert page.exclude_button.text() == "Take back in"
    qtbot.keyClick(page.grid, Qt.Key_Delete)
    assert not state.excluded().any()
    for _ in range(3):
        qtbot.keyClick(page.grid, Qt.Key_Z, Qt.ControlModifier)
    assert np.array_equal(state.targets(), source)
    qtbot.keyClick(page.grid, Qt.Key_Z, Qt.ControlModifier | Qt.ShiftModifier)
    assert state.targets()[:2].tolist() == [6, 6]
    assert "2 images relabelled as Neutral" in page.undo_button.toolTip()


def test_enter_goes_to_the_next_image_and_ends_at_the_last(opened: Opened, qtbot: QtBot) -> None:
    _, page = opened
    page.grid.choose_row(82)
    for key, row in ((Qt.Key_Return, 83), (Qt.Key_Enter, 83)):
        qtbot.keyClick(page.grid, key)
        assert page.grid.selected_rows().tolist() == [row]
    assert not page._state.edits.can_undo


def test_digits_in_the_search_field_relabel_nothing(opened: Opened, qtbot: QtBot) -> None:
    _, page = opened
    page.text_edit.setFocus()
    qtbot.keyClicks(page.text_edit, "3")
    qtbot.keyClick(page.text_edit, Qt.Key_Return)
    assert page.sample_model.rows.tolist() == [1]
    assert not page._state.edits.can_undo
    qtbot.keyClicks(page.text_edit, "-5")
    qtbot.waitUntil(lambda: page.sample_model.rows.tolist() == [1, 2, 3])


def test_remarks_are_named_with_their_numbers_and_filter(opened: Opened, qtbot: QtBot) -> None:
    _, page = opened
    state = page._state
    state.set_findings(check_images(state.samples.images, state.samples.targets,
                                    state.samples.splits))  # fmt: skip
    state.exclude([4, 7])
    place = page.flag_combo.findData(int(Flag.EXCLUDED))
    assert page.flag_combo.itemText(place) == "Excluded (2)"
    page.flag_combo.setCurrentIndex(place)
    page._apply_filter()
    assert page.sample_model.rows.tolist() == [4, 7]
    state.restore([4])  # stays in view until the filters are changed
    assert page.sample_model.rows.tolist() == [4, 7]
    assert page.flag_combo.currentText() == "Excluded (1)"


def test_only_these_and_back(opened: Opened, qtbot: QtBot) -> None:
    program, page = opened
    program.dataset._tab.show_page("overview")
    page._state.show_samples_requested.emit(np.array([9, 2, 5]), "Doubtful")
    assert program.dataset._tab.current_page() == "images"
    assert page.sample_model.rows.tolist() == [9, 2, 5]
    assert "Doubtful" in page.chip_button.text()
    qtbot.keyClick(page.grid, Qt.Key_Right)
    qtbot.mouseClick(page.chip_button, Qt.LeftButton)
    assert page.chip_button.isHidden()
    assert page.sample_model.rowCount() == 84
    assert page.current_sample() == 2


def test_nothing_passes(opened: Opened, qtbot: QtBot) -> None:
    _, page = opened
    page.text_edit.setFocus()
    page.text_edit.setText("99999")
    qtbot.keyClick(page.text_edit, Qt.Key_Return)
    assert page.results.currentWidget() is page.nothing_label
    assert page.current_sample() == -1
    assert not page.exclude_button.isEnabled()
    qtbot.keyClick(page.text_edit, Qt.Key_Escape)
    assert page.sample_model.rowCount() == 84


def test_neighbours_and_changed_copies_arrive(opened: Opened, qtbot: QtBot) -> None:
    _, page = opened
    model, panel = page.detail.neighbour_model, page.detail.augment_panel
    qtbot.waitUntil(lambda: model.rowCount() == 12, timeout=60_000)
    panel.off_button.click()
    original = page._state.samples.images[page.current_sample()]
    # An older preview may still be on its way.
    qtbot.waitUntil(
        lambda: all(np.array_equal(view._pixels, original) for view in panel.views), timeout=60_000
    )
    panel.sliders["noise"].setValue(100)
    # "idle" may be that of the preview before: the picture itself tells.
    qtbot.waitUntil(lambda: not np.array_equal(panel.views[0]._pixels, original), timeout=60_000)
    neighbour = int(model.rows[0])
    page.detail.neighbours_grid.choose_row(0)
    page.detail.neighbours_grid.clicked.emit(model.index(0))
    assert page.current_sample() == neighbour


def test_votes_are_shown(opened: Opened) -> None:
    _, page = opened
    votes = np.zeros(10, np.uint8)
    votes[[4, 9]] = 6, 4
    page.detail._show_votes(votes)
    assert page.detail.vote_bars.accessibleName() == "Anger 6, No face 4"
    page.detail.grab()


def test_files_are_found_by_a_part_of_their_name() -> None:
    files = ("anger/Ann 01.png", "fear/bob.png", "fear/ANNA.png")
    samples = Samples(
        images=np.zeros((3, 48, 48), np.uint8),
        targets=np.array([0, 2, -1]),
        splits=np.zeros(3, np.uint8),
        source_rows=np.arange(3),
        class_names=("anger", "disgust", "fear"),
        name="faces",
        path=Path("faces"),
        files=files,
    )
    none = np.zeros(3, np.uint32)
    rows = SampleFilter(text=" ann").rows(samples, samples.targets, none)
    assert rows.tolist() == [0, 2]
    rows = SampleFilter(target=-1, text="ann").rows(samples, samples.targets, none)
    assert rows.tolist() == [2]
