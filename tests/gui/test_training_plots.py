"""Curves of a training: values under the mouse, smoothing, axes, recall, confusions, and speed."""

from __future__ import annotations

import math
import time
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PyQt5.QtCore import QPointF, Qt
from PyQt5.QtGui import QColor
from pytestqt.qtbot import QtBot
from training_parts import STEPS, epoch, finished, started, step

from trainer.labels import EXPRESSIONS
from ui.training_plots import TrainingPlots
from ui.training_tab import TrainingTab
from ui.widgets.curve_math import (
    calm_range,
    nearest,
    range_without_outliers,
    rounded_up,
    smoothed,
    strokes,
)
from ui.widgets.metrics_plot import CurveStyle, MetricsPlot

_EVENT_MS = 8.0


@pytest.fixture
def plots(qtbot: QtBot) -> TrainingPlots:
    shown = TrainingPlots()
    qtbot.addWidget(shown)
    shown.resize(980, 420)
    shown.show()
    qtbot.waitExposed(shown)
    shown.set_classes(EXPRESSIONS)
    return shown


def _plot(qtbot: QtBot) -> MetricsPlot:
    plot = MetricsPlot()
    qtbot.addWidget(plot)
    plot.resize(400, 300)
    plot.show()
    qtbot.waitExposed(plot)
    plot.set_labels("Loss", "Epoch", values="{:.3f}")
    plot.set_curves({"train": CurveStyle("Training", "#2A86D1", Qt.DashLine, "o")})
    return plot


# -- numbers -----------------------------------------------------------------------------------


def test_smoothing_starts_at_the_first_value_and_lags_behind() -> None:
    assert smoothed([4.0, 4.0, 4.0], 0.9) == pytest.approx([4.0, 4.0, 4.0])
    values = smoothed([0.0, 1.0, math.nan, 1.0], 0.5)
    assert values[1] == pytest.approx(2 / 3)
    assert math.isnan(values[2])
    assert values[1] < values[3] < 1.0
    assert smoothed([1.0, 2.0], 0.0) == [1.0, 2.0]


def test_outliers_are_only_called_so_among_many_values() -> None:
    assert range_without_outliers([1.0, 900.0]) is None
    assert range_without_outliers([1.0, 1.1, 1.2, 1.3, 1.2, 1.1, 1.0, 1.15]) is None
    found = range_without_outliers([1.0 + 0.01 * n for n in range(60)] + [900.0, math.nan])
    assert found == pytest.approx((1.0, 1.59))


@pytest.mark.parametrize(("wanted", "index"), [(-5, 0), (1.4, 0), (1.6, 1), (2.0, 1), (99, 2)])
def test_the_nearest_point(wanted: float, index: int) -> None:
    assert nearest(np.array([1.0, 2.0, 3.0]), wanted) == index


@given(st.floats(0, 5000), st.floats(0, 300))
def test_axes_hold_all_values_and_end_at_round_numbers(last: float, more: float) -> None:
    end = rounded_up(last)
    assert max(last, 5.0) <= end + 1e-6
    assert end <= max(5.0, last + 5.0, 1.5 * last)
    low, high = last - more, last + 1e-4
    bottom, top = calm_range(low, high)
    assert bottom < low
    assert top > high
    assert top - bottom < 2.5 * max(high - low, 0.1 * abs(high), 1e-3)


def test_an_axis_waits_before_it_grows() -> None:
    assert len({rounded_up(float(epoch)) for epoch in range(1, 101)}) <= 15
    growing = [calm_range(30.0, 60.0 + 0.2 * number) for number in range(50)]
    assert len(set(growing)) <= 8


def test_dashes_go_on_around_corners_and_stop_at_gaps() -> None:
    x = np.linspace(0.0, 100.0, 401)  # steps much shorter than a dash
    y = np.zeros_like(x)
    plain = strokes(x, y)
    assert plain.shape == (400, 4)
    drawn = strokes(x, y, (5.0, 3.0))
    length = np.hypot(drawn[:, 2] - drawn[:, 0], drawn[:, 3] - drawn[:, 1]).sum()
    assert length == pytest.approx(100 * 5 / 8, abs=3)
    covered = np.zeros(1000, bool)
    for left, _, right, _ in drawn:
        covered[round(10 * left) : round(10 * right)] = True
    changes = np.flatnonzero(np.diff(covered.astype(int)))
    assert len(changes) == pytest.approx(2 * 100 / 8, abs=2)  # whole dashes, not one a step
    y[200] = math.nan
    assert len(strokes(x, y)) == 398
    left_out = strokes(x, y, (5.0, 3.0))
    assert not ((left_out[:, 0] < 50.0) & (left_out[:, 2] > 50.0)).any()
    assert strokes(np.array([1.0]), np.array([1.0]), (5.0, 3.0)).shape == (0, 4)
    assert strokes(np.array([]), np.array([])).shape == (0, 4)


# -- one plot ----------------------------------------------------------------------------------


def _is_painted(plot: MetricsPlot, x: float, y: float, color: str) -> bool:
    """Whether a pixel near a point of the data has the curve's colour."""
    image = plot.grab().toImage()
    at = plot.mapFromScene(plot.getViewBox().mapViewToScene(QPointF(x, y)))
    wanted, ratio = QColor(color).rgb(), image.devicePixelRatioF()
    near = range(-2, 3)
    return any(
        image.pixel(round(at.x() * ratio) + dx, round(at.y() * ratio) + dy) == wanted
        for dx in near
        for dy in near
    )


def test_points_stand_where_the_axes_say(qtbot: QtBot) -> None:
    plot = _plot(qtbot)
    plot.set_data("train", [1.0, 2.0, 3.0], [1.5, 0.25, 1.125])
    for log in (False, True):
        plot.set_log(log)
        plot.finish_drawing()
        for x, y in ((1.0, 1.5), (2.0, 0.25), (3.0, 1.125)):
            assert _is_painted(plot, x, math.log10(y) if log else y, "#2A86D1")
        assert not _is_painted(plot, 4.0, math.log10(0.5) if log else 0.5, "#2A86D1")
    plot.resize(600, 360)
    assert _is_painted(plot, 2.0, math.log10(0.25), "#2A86D1")


def test_a_plot_is_drawn_ahead_of_its_painting(qtbot: QtBot) -> None:
    plot = _plot(qtbot)
    plot.set_data("train", [1.0, 2.0], [1.5, 1.25])
    plot.finish_drawing()
    picture = plot._layer._picture
    assert picture is not None
    plot.grab()
    plot.point_at(1.0)
    plot.grab()
    assert plot._layer._picture is picture  # painting only copied it
    plot.set_data("train", [1.0, 2.0, 3.0], [1.5, 1.25, 1.0])
    plot.finish_drawing()
    assert plot._layer._picture is not picture


def test_the_mouse_reads_the_nearest_epoch(qtbot: QtBot) -> None:
    plot = _plot(qtbot)
    plot.set_data("train", [1.0, 2.0, 3.0], [1.5, 1.25, 1.125])
    plot.finish_drawing()
    plot.grab()
    scene = plot.getViewBox().mapViewToScene(QPointF(2.2, 1.25))
    with qtbot.waitSignal(plot.pointed_at):
        plot._on_mouse_moved(scene)
    assert plot.readout.isVisible()
    assert "Epoch 2" in plot.readout.text()
    assert "1.250" in plot.readout.text()
    assert "Training" in plot.readout.text()
    with qtbot.waitSignal(plot.pointed_at) as left:
        plot._on_mouse_moved(QPointF(-50, -50))
    assert left.args == [None]
    assert not plot.readout.isVisible()


def test_smoothing_keeps_what_was_measured(qtbot: QtBot) -> None:
    plot = _plot(qtbot)
    plot.set_data("train", [1.0, 2.0, 3.0], [0.0, 3.0, 0.0])
    plot.set_smoothing(0.5)
    assert plot.shown("train") == pytest.approx([0.0, 2.0, 6 / 7])
    assert plot.data("train")[1] == [0.0, 3.0, 0.0]
    plot.finish_drawing()
    faint, solid = plot._layer._curves
    assert list(faint.y) == [0.0, 3.0, 0.0]
    assert list(solid.y) == pytest.approx([0.0, 2.0, 6 / 7])
    plot.set_smoothing(0.0)
    assert plot.shown("train") == [0.0, 3.0, 0.0]


@pytest.mark.parametrize("values", [[0.001, 0.1, 5.0], [1.0, 1.2, 1.9]])
def test_a_logarithmic_axis_has_ticks(qtbot: QtBot, values: list[float]) -> None:
    plot = _plot(qtbot)
    plot.set_data("train", [1.0, 2.0, 3.0], values)
    plot.set_log(True)
    plot.finish_drawing()
    plot.grab()
    low, high = plot.getViewBox().viewRange()[1]
    assert low <= math.log10(values[0])
    ((_spacing, ticks),) = plot.getAxis("left").tickValues(low, high, 300)
    assert len(ticks) >= 3
    assert plot.data("train")[1] == values


def test_an_outlier_leaves_the_picture(qtbot: QtBot) -> None:
    plot = _plot(qtbot)
    values = [50.0] + [2.0 - 0.01 * n for n in range(40)]
    plot.set_data("train", [float(n) for n in range(1, 42)], values)
    plot.finish_drawing()
    assert plot.getViewBox().viewRange()[1][1] > 40
    plot.set_without_outliers(True)
    plot.finish_drawing()
    assert plot.getViewBox().viewRange()[1][1] < 3
    plot.set_without_outliers(False)
    plot.finish_drawing()
    assert plot.getViewBox().viewRange()[1][1] > 40


def test_plots_side_by_side_are_drawn_after_each_other(plots: TrainingPlots, qtbot: QtBot) -> None:
    """Both at once would hold up the window for more than a frame."""
    drawn: list[str] = []
    for name, plot in (
        ("accuracy", plots.curves.accuracy_plot),
        ("loss", plots.curves.loss_plot),
        ("recall", plots.recall.plot),
    ):

        def take_turn(plot: MetricsPlot = plot, name: str = name) -> bool:
            drawn.append(name)
            return MetricsPlot._take_turn(plot)

        plot._take_turn = take_turn
    plots.add_epoch(epoch(0))
    assert drawn == []  # not at once
    qtbot.waitUntil(lambda: len(drawn) == 2)
    assert drawn == ["accuracy", "loss"]
    plots.pages_bar.setCurrentIndex(1)
    qtbot.waitUntil(lambda: len(drawn) == 3)
    assert drawn[2:] == ["recall"]
    assert not plots.recall.plot._hint.isVisible()


# -- all pages ---------------------------------------------------------------------------------


def test_every_page_follows_the_epochs(plots: TrainingPlots) -> None:
    for number in range(3):
        plots.add_step(step(number, 10, lr=0.02))
        plots.add_epoch(epoch(number, (0.4, 0.6, 0.5)[number]))
    wanted = epoch(2)
    disgust = EXPRESSIONS.index("disgust")
    assert plots.recall.plot.data("disgust")[1][-1] == pytest.approx(
        100 * wanted.val_recall[disgust]
    )
    assert plots.rate.plot.data("lr")[1][0] == 0.02
    assert plots.confusion.matrix.number(1, 2) == wanted.val_confusion[1][2]
    assert "epoch 3" in plots.confusion.caption_label.text()
    headers = [
        plots.epoch_model.headerData(column, Qt.Horizontal)
        for column in range(plots.epoch_model.columnCount())
    ]
    assert "Recall, Disgust" in headers
    rows = [plots.epoch_model.index(row, 1).data() for row in range(3)]
    assert rows == ["", "best", ""]


def test_the_chosen_cell_stays_chosen_when_an_epoch_ends(plots: TrainingPlots) -> None:
    plots.add_epoch(epoch(0))
    plots.confusion.matrix._select((3, 4))
    plots.add_epoch(epoch(1))
    assert plots.confusion.matrix.current == (3, 4)


def test_epochs_of_older_versions_have_no_recall(plots: TrainingPlots) -> None:
    old = (epoch(0, with_classes=False), epoch(1, with_classes=False))
    plots.clear(old)
    assert plots.recall.plot.data("anger") == ([], [])
    plots.add_epoch(epoch(2))
    assert plots.recall.plot.data("anger")[0] == [3.0]
    assert plots.curves.accuracy_plot.data("val")[0] == [1.0, 2.0, 3.0]


def test_the_table_stands_in_for_the_curves(plots: TrainingPlots) -> None:
    extra = plots.add_page(MetricsPlot(), "Extra")
    plots.table_button.click()
    assert plots.stack.currentWidget() is plots.epochs_view
    assert not plots.controls.isVisible()
    plots.pages_bar.setCurrentIndex(extra)
    assert isinstance(plots.stack.currentWidget(), MetricsPlot)
    assert not plots.table_button.isVisible()
    plots.add_epoch(epoch(0))
    plots.pages_bar.setCurrentIndex(1)
    header, model = plots.epochs_view.horizontalHeader(), plots.epoch_model
    measure = plots.epochs_view.fontMetrics().horizontalAdvance
    for column in range(model.columnCount()):  # nothing is cut off
        texts = (model.headerData(column, Qt.Horizontal), model.index(0, column).data())
        assert header.sectionSize(column) > max(measure(str(text or "")) for text in texts)
    plots.table_button.click()
    assert plots.stack.currentWidget() is plots.recall


def test_controls_change_all_plots(plots: TrainingPlots) -> None:
    for number in range(3):
        plots.add_epoch(epoch(number))
    plots.smoothing_slider.setValue(50)
    loss = plots.curves.loss_plot
    assert loss.shown("val") != loss.data("val")[1]
    plots.log_check.click()
    assert loss.getAxis("left").logMode
    assert plots.rate.plot.getAxis("left").logMode
    assert not plots.curves.accuracy_plot.getAxis("left").logMode


def test_a_long_epoch_does_not_gather_points_for_ever(plots: TrainingPlots) -> None:
    for number in range(3 * STEPS):
        plots.add_step(step(0, number % STEPS))
    assert len(plots.curves.loss_plot.data("running")[0]) <= 240
    plots.add_epoch(epoch(0))
    assert len(plots.rate.plot.data("lr")[0]) <= 50


# -- the window stays smooth -------------------------------------------------------------------


def test_events_cost_the_window_a_few_milliseconds(qtbot: QtBot, tmp_path: Path) -> None:
    """The median of many, painting apart: 16 ms is what a frame of the Player may wait."""
    tab = TrainingTab()
    qtbot.addWidget(tab)
    tab.resize(1366, 700)
    tab.show()
    qtbot.waitExposed(tab)
    history = tuple(epoch(number, 0.4 + number / 1000) for number in range(60))
    tab.show_started(started(tmp_path, epochs=100, history=history), 10)
    step_ms, epoch_ms = [], []
    for number in range(60, 75):
        for at in range(0, STEPS, 40):
            began = time.thread_time()
            tab.show_step(step(number, at))
            step_ms.append(1000 * (time.thread_time() - began))
        began = time.thread_time()
        tab.show_epoch(epoch(number))
        epoch_ms.append(1000 * (time.thread_time() - began))
    print(f"step {np.median(step_ms):.1f} ms, epoch {np.median(epoch_ms):.1f} ms")
    assert float(np.median(step_ms)) < _EVENT_MS
    assert float(np.median(epoch_ms)) < _EVENT_MS


# -- what came out -----------------------------------------------------------------------------


def test_the_summary_says_what_is_kept(qtbot: QtBot, tmp_path: Path) -> None:
    tab = TrainingTab()
    qtbot.addWidget(tab)
    tab.show()
    tab.show_preparing("Reading the data…")
    tab.show_started(started(tmp_path, epochs=30), 2)
    for number, accuracy in enumerate((0.4, 0.6, 0.5, 0.5)):
        tab.show_epoch(epoch(number, accuracy))
    assert tab.progress.since_figure.value_label.text() == "2 / 2"
    tab.resize(1366, 700)
    tab.grab()
    size = tab.plots.curves.accuracy_plot.size()
    tab.show_finished(finished(tmp_path, done=4, best=1), 75.0)
    tab.show_ended()
    tab.grab()
    assert tab.plots.curves.accuracy_plot.size() == size  # the end does not move the curves
    text = tab.progress.summary_label.text()
    assert "Kept is epoch 2 of 4: it recognises 60.0 %" in text
    assert "26 epochs early" in text
    assert "1 min 15 s" in text
    assert tab.progress.use_button.isVisible()
    assert not tab.progress.stop_button.isVisible()


def test_a_run_without_an_epoch_offers_nothing(qtbot: QtBot, tmp_path: Path) -> None:
    tab = TrainingTab()
    qtbot.addWidget(tab)
    tab.show()
    tab.show_preparing("Reading the data…")
    tab.show_started(started(tmp_path), 0)
    tab.show_finished(finished(tmp_path, done=0, best=None, stopped=True), 3.0)
    tab.show_ended()
    assert "no network to keep" in tab.progress.summary_label.text()
    assert tab.progress.summary_label.isVisible()
    assert not tab.progress.finish_widget.isVisible()
