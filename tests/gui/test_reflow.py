"""Rows break, pages turn and scroll where the window is narrow."""

from __future__ import annotations

from PyQt5.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.dataset_tab import DatasetTab
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.reflow import NARROW, fit_current, flow


def _row(qtbot: QtBot) -> tuple[QWidget, list[QWidget]]:
    widget = QWidget()
    outer = QVBoxLayout(widget)
    outer.setContentsMargins(0, 0, 0, 0)
    row = QHBoxLayout()
    row.setSpacing(10)
    outer.addLayout(row)
    outer.addStretch(1)
    title = ElidedLabel()
    title.setText("A title")
    parts: list[QWidget] = [title, *(QWidget() for _ in range(3))]
    for part in parts:
        part.setFixedHeight(20)
        if part is not title:
            part.setFixedWidth(100)
        row.addWidget(part, 1 if part is title else 0)
    flow(row)
    qtbot.addWidget(widget)
    widget.resize(600, 100)
    widget.show()
    return widget, parts


def test_a_row_stays_one_line_while_there_is_room(qtbot: QtBot) -> None:
    _, parts = _row(qtbot)
    assert {part.y() for part in parts} == {0}
    assert parts[0].width() == 600 - 3 * 110  # what stretches takes the room to spare
    assert parts[-1].x() == 500


def test_a_row_breaks_where_it_is_narrow(qtbot: QtBot) -> None:
    widget, parts = _row(qtbot)
    widget.resize(230, 100)
    assert [part.y() for part in parts] == [0, 0, 30, 30]
    assert all(part.geometry().right() < 230 for part in parts)
    parts[1].hide()
    assert widget.layout().activate()
    assert [part.y() for part in parts if part.isVisible()] == [0, 0, 30]


def test_a_stack_asks_for_the_room_of_the_page_shown(qtbot: QtBot) -> None:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    small, large = QLabel("x"), QWidget()
    QVBoxLayout(large).addWidget(QPushButton())
    large.layout().setContentsMargins(400, 400, 0, 0)
    stack.addWidget(small)
    stack.addWidget(large)
    fit_current(stack)
    assert stack.minimumSizeHint().height() < 400
    stack.setCurrentWidget(large)
    assert stack.minimumSizeHint().height() >= 400


def test_pages_of_the_tab_fit_half_a_small_screen(qtbot: QtBot) -> None:
    tab = DatasetTab()
    qtbot.addWidget(tab)
    tab.pages.setCurrentWidget(tab.data_page)
    tab.resize(680, 330)  # 1366 x 768 at 200 %
    tab.show()
    for name in ("overview", "images", "check", "balance"):
        tab.show_page(name)
        page = getattr(tab, f"{name}_page")
        qtbot.waitUntil(lambda page=page: page.minimumSizeHint().width() <= 680 - 2 * 14 - 14)
    review = tab.check_page.review_panel
    assert review.minimumSizeHint().width() < 640
    tab.show_page("check")
    tab.resize(NARROW + 200, 600)
    qtbot.waitUntil(lambda: review.minimumSizeHint().width() > 700)
