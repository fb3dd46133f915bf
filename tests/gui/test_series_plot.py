"""The plot of the Compare tab's pages."""

from __future__ import annotations

import math

import pyqtgraph as pg
from PyQt5.QtGui import QColor, QPainter, QPixmap
from PyQt5.QtWidgets import QStyleOptionViewItem, QTableView
from pytestqt.qtbot import QtBot

from trainer.labels import EXPRESSIONS
from ui.comparison_state import style_at
from ui.tables.class_model import ClassModel
from ui.widgets.bar_delegate import BarDelegate
from ui.widgets.series_plot import Series, SeriesPlot


def test_bars_carry_the_marks_of_the_legend_where_there_is_a_value(qtbot: QtBot) -> None:
    plot = SeriesPlot()
    qtbot.addWidget(plot)
    bars = Series("a", style_at(1, "a"), [0.0, 1.0, 2.0], [40.0, math.nan, 60.0], "bars")
    plot.set_axes("Recall, %", "", names=("Anger", "Disgust", "Fear"))
    plot.set_series([bars])
    marks = [item for item in plot.listDataItems() if isinstance(item, pg.ScatterPlotItem)]
    marks += [item for item in plot.plotItem.items if isinstance(item, pg.ScatterPlotItem)]
    assert len(marks[0].getData()[0]) == 2
    assert all(point.symbol() == bars.style.symbol for point in marks[0].points())
    assert plot.getViewBox().menu is None  # pyqtgraph's own menus are not translated


def test_a_class_without_images_has_no_bar(qtbot: QtBot) -> None:
    """A sliver would say that there is something."""
    import numpy as np

    model = ClassModel()
    counts = np.zeros((7, 3), np.int64)
    counts[0] = 10
    model.set_counts(EXPRESSIONS, counts)
    view = QTableView()
    qtbot.addWidget(view)
    column = model.columnCount() - 1

    def colours(row: int) -> set[int]:
        picture = QPixmap(300, 30)
        picture.fill(QColor("white"))
        option = QStyleOptionViewItem()
        option.rect = picture.rect()
        option.widget = view
        painter = QPainter(picture)
        BarDelegate(view).paint(painter, option, model.index(row, column))
        painter.end()
        image = picture.toImage()
        found = (QColor(image.pixel(x, 15)) for x in range(200))
        return {colour.saturation() > 60 for colour in found}

    assert True in colours(0)
    assert colours(1) == {False}
