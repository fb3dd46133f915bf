"""Widgets that keep a changing text from having the whole window laid out and painted anew."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QObject
from PyQt5.QtGui import QColor, QPalette
from PyQt5.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from ui.icons import ThemedIcon
from ui.widgets.calm_tabs import CalmTabs
from ui.widgets.figure import Figure
from ui.widgets.steady_label import SteadyLabel


class _Counter(QObject):
    """Counts what a widget is asked to do."""

    def __init__(self, widget: QWidget, kind: QEvent.Type) -> None:
        super().__init__(widget)
        self.number = 0
        self._kind = kind
        widget.installEventFilter(self)

    def eventFilter(self, _widget: QObject, event: QEvent) -> bool:
        self.number += event.type() == self._kind
        return False


def _tabs(qtbot: QtBot) -> tuple[CalmTabs, QLabel, QLabel]:
    tabs, page, label, other = CalmTabs(), QWidget(), QLabel("1"), QLabel("untouched")
    row = QHBoxLayout()
    row.addWidget(label)
    row.addStretch(1)
    layout = QVBoxLayout(page)
    layout.addLayout(row)
    layout.addWidget(other)
    tabs.addTab(page, "Page")
    tabs.addTab(QWidget(), "Other page")
    qtbot.addWidget(tabs)
    tabs.resize(400, 300)
    tabs.show()
    qtbot.waitExposed(tabs)
    return tabs, label, other


def test_a_new_text_does_not_paint_all_the_window(qtbot: QtBot) -> None:
    tabs, label, other = _tabs(qtbot)
    asked, changed = _Counter(tabs, QEvent.LayoutRequest), _Counter(label, QEvent.Paint)
    for text in ("2", "22"):  # the first look is needed: the sizes are not known yet
        painted = _Counter(other, QEvent.Paint)
        asked.number = changed.number = 0
        label.setText(text)
        qtbot.waitUntil(lambda: changed.number > 0 and asked.number > 0)
        QApplication.processEvents()
    assert painted.number == 0


def test_tabs_make_room_for_what_grew(qtbot: QtBot) -> None:
    tabs, label, _other = _tabs(qtbot)
    label.setMinimumSize(700, 20)
    qtbot.waitUntil(lambda: tabs.minimumSizeHint().width() >= 700)
    before = tabs.tabBar().width()
    tabs.setTabText(0, "A much longer title than there was")
    qtbot.waitUntil(lambda: tabs.tabBar().width() > before)


def test_a_steady_label_grows_and_never_shrinks(qtbot: QtBot) -> None:
    box, label = QWidget(), SteadyLabel()
    layout = QHBoxLayout(box)
    layout.addWidget(label)
    layout.addStretch(1)
    qtbot.addWidget(box)
    box.show()
    qtbot.waitExposed(box)
    label.setText("100 images/s")
    qtbot.waitUntil(lambda: label.width() >= label.fontMetrics().horizontalAdvance(label.text()))
    while QApplication.hasPendingEvents():
        QApplication.processEvents()
    width, asked = label.width(), _Counter(box, QEvent.LayoutRequest)
    for text in ("9 images/s", "", "55 images/s"):
        label.setText(text)
        QApplication.processEvents()
    assert (label.width(), asked.number) == (width, 0)
    label.setText("1,000,000 images/s")
    qtbot.waitUntil(lambda: label.width() > width and asked.number > 0)


def test_a_steady_label_grows_with_its_font(qtbot: QtBot) -> None:
    label = SteadyLabel()
    qtbot.addWidget(label)
    label.setText("58.4 %")
    before = label.size()
    label.setStyleSheet("font-size: 40px")
    assert label.width() > before.width()
    assert label.height() > before.height()


def test_figures_keep_their_values_on_one_line(qtbot: QtBot) -> None:
    figures = [Figure("One"), Figure("Two")]
    for figure, text in zip(figures, ("12", "表情 58 %"), strict=True):
        qtbot.addWidget(figure)
        figure.set_value(text)
    assert len({figure.value_label.height() for figure in figures}) == 1
    assert figures[1].accessibleName() == "Two: 表情 58 %"


def test_an_icon_follows_the_theme(qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    ThemedIcon(button, "trash")
    before = QApplication.palette()

    def color() -> QColor:
        image = button.icon().pixmap(24, 24).toImage()
        points = [(x, y) for x in range(image.width()) for y in range(image.height())]
        return max((image.pixelColor(*point) for point in points), key=QColor.alpha)

    try:
        for wanted in ("#eeeeee", "#111111"):
            palette = QPalette(before)
            palette.setColor(QPalette.ButtonText, QColor(wanted))
            QApplication.setPalette(palette)
            QApplication.sendPostedEvents()
            assert abs(color().lightness() - QColor(wanted).lightness()) < 8
    finally:
        QApplication.setPalette(before)
