"""The grid chooses, moves and zooms as people expect, however many images there are."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPoint, Qt
from PyQt5.QtGui import QMouseEvent, QWheelEvent
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trainer.data.flags import Flag
from trainer.labels import EXPRESSIONS
from ui.tables.sample_model import SampleModel
from ui.tables.samples import Samples
from ui.widgets.image_grid import ImageGrid


def _samples(count: int) -> Samples:
    tile = np.random.default_rng(0).integers(0, 256, (1, 48, 48), np.uint8)
    return Samples(
        images=np.broadcast_to(tile, (count, 48, 48)),
        targets=np.arange(count, dtype=np.int64) % 7,
        splits=np.zeros(count, np.uint8),
        source_rows=np.arange(2, count + 2, dtype=np.int64),
        class_names=EXPRESSIONS,
        name="drawn.csv",
        path=Path("drawn.csv"),
    )


@pytest.fixture
def grid(qtbot: QtBot) -> ImageGrid:
    grid = ImageGrid()
    model = SampleModel(grid)
    model.set_samples(_samples(1000))
    grid.setModel(model)
    qtbot.addWidget(grid)
    grid.resize(76 * 6 + 40, 500)  # six images side by side
    grid.show()
    qtbot.waitExposed(grid)
    assert grid.columns() == 6
    return grid


def _click(qtbot: QtBot, grid: ImageGrid, row: int, modifier: int = Qt.NoModifier) -> None:
    place = grid.visualRect(grid.model().index(row, 0))
    qtbot.mouseClick(grid.viewport(), Qt.LeftButton, modifier, place.center())


def test_mouse_with_shift_and_ctrl(grid: ImageGrid, qtbot: QtBot) -> None:
    _click(qtbot, grid, 3)
    assert grid.selected_rows().tolist() == [3]
    _click(qtbot, grid, 14, Qt.ShiftModifier)  # in reading order, not a rectangle
    assert grid.selected_rows().tolist() == list(range(3, 15))
    _click(qtbot, grid, 5, Qt.ControlModifier)
    _click(qtbot, grid, 20, Qt.ControlModifier)
    assert grid.selected_rows().tolist() == [3, 4, *range(6, 15), 20]
    _click(qtbot, grid, 1, Qt.ShiftModifier)
    assert 1 in grid.selected_rows()


def test_a_click_beside_the_images_chooses_none(grid: ImageGrid, qtbot: QtBot) -> None:
    model = grid.model()
    assert isinstance(model, SampleModel)
    model.set_rows(np.arange(3, dtype=np.int64))
    _click(qtbot, grid, 2)
    qtbot.mouseClick(grid.viewport(), Qt.LeftButton, Qt.NoModifier, QPoint(50, 400))
    assert not len(grid.selected_rows())


def _drag(grid: ImageGrid, start: QPoint, end: QPoint, modifier: int = Qt.NoModifier) -> None:
    """Drag as a hand does: press, some movements with the button down, release."""
    port = grid.viewport()
    steps = [start + (end - start) * part / 4 for part in range(5)]
    events = [QMouseEvent(QEvent.MouseButtonPress, start, Qt.LeftButton, Qt.LeftButton, modifier)]
    events += [
        QMouseEvent(QEvent.MouseMove, place, Qt.NoButton, Qt.LeftButton, modifier)
        for place in steps
    ]
    events.append(QMouseEvent(QEvent.MouseButtonRelease, end, Qt.LeftButton, Qt.NoButton, modifier))
    for event in events:
        QApplication.sendEvent(port, event)


def _corner(grid: ImageGrid, row: int) -> QPoint:
    """Between the images: the upper left corner of a cell."""
    return grid.visualRect(grid.model().index(row, 0)).topLeft() + QPoint(1, 1)


def test_a_rubber_band_chooses_a_rectangle(grid: ImageGrid) -> None:
    _drag(grid, _corner(grid, 7), _corner(grid, 22))  # a gap at both ends
    assert grid.selected_rows().tolist() == [7, 8, 9, 13, 14, 15]
    assert grid.currentIndex().row() == 7
    _drag(grid, _corner(grid, 17), _corner(grid, 4))  # upwards and to the left
    assert grid.selected_rows().tolist() == [4, 10]
    assert grid.state() == ImageGrid.NoState


@pytest.mark.parametrize("modifier", [Qt.ControlModifier, Qt.ShiftModifier])
def test_with_ctrl_or_shift_the_band_adds(grid: ImageGrid, modifier: int) -> None:
    _drag(grid, _corner(grid, 0), _corner(grid, 8))
    assert grid.selected_rows().tolist() == [0, 1]
    _drag(grid, _corner(grid, 10), _corner(grid, 23), modifier)
    assert grid.selected_rows().tolist() == [0, 1, 10, 16]


def test_a_band_from_the_empty_space_and_one_that_touches_nothing(
    grid: ImageGrid, qtbot: QtBot
) -> None:
    model = grid.model()
    assert isinstance(model, SampleModel)
    model.set_rows(np.arange(8, dtype=np.int64))  # two in the second line
    below = QPoint(grid.viewport().width() - 5, 400)
    _drag(grid, below, _corner(grid, 7) + QPoint(20, 20))
    assert grid.selected_rows().tolist() == [7]
    _drag(grid, below, below - QPoint(60, 60))
    assert not len(grid.selected_rows())


def test_a_band_over_the_edge_scrolls(grid: ImageGrid, qtbot: QtBot) -> None:
    port = grid.viewport()
    start, end = _corner(grid, 0), QPoint(port.width() - 2, port.height() + 60)
    for kind, place in ((QEvent.MouseButtonPress, start), (QEvent.MouseMove, end)):
        button = Qt.LeftButton if kind == QEvent.MouseButtonPress else Qt.NoButton
        QApplication.sendEvent(port, QMouseEvent(kind, place, button, Qt.LeftButton, Qt.NoModifier))
    qtbot.waitUntil(lambda: grid.verticalScrollBar().value() > 300)
    QApplication.sendEvent(
        port,
        QMouseEvent(QEvent.MouseButtonRelease, end, Qt.LeftButton, Qt.NoButton, Qt.NoModifier),
    )
    rows = grid.selected_rows()
    assert rows.tolist() == list(range(len(rows)))
    assert len(rows) > 6 * 7  # five lines were to be seen
    assert not grid._band._timer.isActive()


@pytest.mark.parametrize(
    ("key", "row"),
    [
        (Qt.Key_Right, 101),
        (Qt.Key_Left, 99),
        (Qt.Key_Down, 106),
        (Qt.Key_Up, 94),
        (Qt.Key_Home, 0),
        (Qt.Key_End, 999),
    ],
)
def test_keys_move(grid: ImageGrid, qtbot: QtBot, key: int, row: int) -> None:
    grid.choose_row(100)
    qtbot.keyClick(grid, key)
    assert grid.selected_rows().tolist() == [row]
    assert grid.viewport().rect().intersects(grid.visualRect(grid.currentIndex()))


def test_pages_and_shift_with_keys(grid: ImageGrid, qtbot: QtBot) -> None:
    grid.choose_row(0)
    qtbot.keyClick(grid, Qt.Key_PageDown)
    page = grid.currentIndex().row()
    assert page > 6
    assert page % 6 == 0
    qtbot.keyClick(grid, Qt.Key_PageUp)
    assert grid.currentIndex().row() == 0
    qtbot.keyClick(grid, Qt.Key_Down, Qt.ShiftModifier)
    qtbot.keyClick(grid, Qt.Key_Right, Qt.ShiftModifier)
    assert grid.selected_rows().tolist() == list(range(8))
    qtbot.keyClick(grid, Qt.Key_A, Qt.ControlModifier)
    assert len(grid.selected_rows()) == 1000


def test_a_screen_reader_hears_the_current_image(grid: ImageGrid, qtbot: QtBot) -> None:
    grid.choose_row(2)
    assert grid.accessibleDescription() == "Fear, Training, line 4"
    model = grid.model()
    assert isinstance(model, SampleModel)
    flags = np.zeros(1000, np.uint32)
    flags[2] = Flag.EXCLUDED
    model.set_marks(model.targets, flags)
    assert grid.accessibleDescription() == "Fear, Training, line 4, excluded"


def test_marks_change_the_picture(grid: ImageGrid) -> None:
    model = grid.model()
    assert isinstance(model, SampleModel)
    seen = [grid.grab().toImage()]
    for flag in (Flag.EXCLUDED, Flag.RELABELLED, Flag.LEAK):
        model.set_marks(model.targets, np.full(1000, flag, np.uint32))
        seen.append(grid.grab().toImage())
    assert all(one != other for one, other in itertools.combinations(seen, 2))


def test_zooming_keeps_what_is_at_the_top(grid: ImageGrid, qtbot: QtBot) -> None:
    grid.scrollTo(grid.model().index(600, 0), ImageGrid.PositionAtTop)
    with qtbot.waitSignal(grid.zoomed):
        center = grid.viewport().rect().center()
        grid.wheelEvent(
            QWheelEvent(
                center,
                center,
                QPoint(),
                QPoint(0, 240),
                Qt.NoButton,
                Qt.ControlModifier,
                Qt.NoScrollPhase,
                False,
            )  # fmt: skip
        )
    assert grid.thumbnail() == 84
    first = grid.indexAt(QPoint(5, 5)).row()
    assert first <= 600 < first + grid.columns()


def test_a_million_images_scroll_to_the_end(grid: ImageGrid, qtbot: QtBot) -> None:
    model = grid.model()
    assert isinstance(model, SampleModel)
    model.set_samples(_samples(1_000_000))
    grid.setFocus()
    grid.choose_row(0)
    qtbot.keyClick(grid, Qt.Key_End)
    assert grid.currentIndex().row() == 999_999
    assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()))
    qtbot.keyClick(grid, Qt.Key_A, Qt.ControlModifier)
    assert len(grid.selected_rows()) == 1_000_000


def test_typing_asks_no_row_for_its_name(
    grid: ImageGrid, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # With a million images the window stood still for 20 seconds.
    asked: list[int] = []
    monkeypatch.setattr(SampleModel, "data", lambda _self, _index, role=0: asked.append(role))
    grid.setFocus()
    for key in (Qt.Key_X, Qt.Key_Space):
        qtbot.keyClick(grid, key)
    assert asked.count(Qt.DisplayRole) < 10
