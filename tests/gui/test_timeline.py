"""The time line alone: what it draws, zoom, seeking, marks, excluded stretches."""

from __future__ import annotations

import numpy as np
import pytest
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QColor, QMouseEvent, QWheelEvent
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trainer.labels import EXPRESSIONS
from ui.colors import expression_color
from ui.widgets.timeline import Timeline
from ui.widgets.timeline_data import (
    UNSURE_LABEL,
    ExcludedRange,
    Marker,
    PersonLine,
    TimelineData,
    TimeView,
    columns,
    tick_step_ms,
)

DURATION = 10_000.0


def line(person: int, label: str, start: float = 0.0, end: float = DURATION) -> PersonLine:
    times = np.arange(start, end, 40.0)
    probs = np.full((len(times), 7), 0.05, np.float32)
    probs[:, EXPRESSIONS.index(label)] = 0.7
    labels = np.full(len(times), EXPRESSIONS.index(label), np.int16)
    return PersonLine(person, f"P{person}", times, probs, np.ones(len(times), np.float32), labels)


def everything(*lines: PersonLine) -> TimelineData:
    return TimelineData(EXPRESSIONS, lines, np.array([[0.0, DURATION]]))


@pytest.fixture
def timeline(qtbot: QtBot) -> Timeline:
    widget = Timeline()
    qtbot.addWidget(widget)
    widget.resize(872, widget.sizeHint().height())  # 800 pixels of time
    widget.reset(DURATION)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def drag(widget: Timeline, x0: int, x1: int, y: int, modifier: Qt.KeyboardModifiers) -> None:
    for kind, x, buttons in (
        (QEvent.MouseButtonPress, x0, Qt.LeftButton),
        (QEvent.MouseMove, x1, Qt.LeftButton),
        (QEvent.MouseButtonRelease, x1, Qt.NoButton),
    ):
        button = Qt.NoButton if kind == QEvent.MouseMove else Qt.LeftButton
        event = QMouseEvent(kind, QPointF(x, y), button, buttons, modifier)
        {
            QEvent.MouseButtonPress: widget.mousePressEvent,
            QEvent.MouseMove: widget.mouseMoveEvent,
            QEvent.MouseButtonRelease: widget.mouseReleaseEvent,
        }[kind](event)


def color_at(widget: Timeline, x: float, y: float) -> QColor:
    widget.finish_drawing()
    return QColor(widget.grab().toImage().pixel(round(x), round(y)))


def test_a_column_is_the_mean_of_its_frames_and_gaps_stay_gaps() -> None:
    times = np.r_[np.arange(0, 1000, 10.0), np.arange(5000, 6000, 10.0)]
    probs = np.linspace(0, 1, len(times), dtype=np.float32)[:, None]
    found = columns(
        PersonLine(1, "", times, probs, probs[:, 0], np.zeros(len(times), np.int16)),
        TimeView(0, 10_000, 0, 100),
        0.0,
        10_000.0,
    )
    assert len(found.starts) == 2
    assert found.x.tolist() == [*np.arange(10) + 0.5, *np.arange(50, 60) + 0.5]
    assert found.probs[0, 0] == pytest.approx(probs[:10].mean())


def test_marks_of_time_are_round_and_not_crowded() -> None:
    for ms_per_pixel in (0.05, 1.0, 37.0, 4000.0):
        assert tick_step_ms(ms_per_pixel) >= 90 * ms_per_pixel


def test_strips_show_who_shows_what_and_gaps_are_empty(timeline: Timeline) -> None:
    timeline.set_data(everything(line(1, "happiness"), line(2, "sadness", 5000.0)))
    first, second = timeline.frame().rows[:2]
    view = timeline.view
    bottom = first.bottom() - 1
    assert color_at(timeline, view.x_of(9000), bottom) == QColor(expression_color("happiness"))
    late = color_at(timeline, view.x_of(9000), second.bottom() - 1)
    assert late == QColor(expression_color("sadness"))
    early = color_at(timeline, view.x_of(2000), second.bottom() - 1)
    assert early.saturation() < 20


def test_what_the_models_disagree_on_is_drawn_faintly(timeline: Timeline) -> None:
    sure = line(1, "anger")
    doubtful = PersonLine(
        1,
        "P1",
        sure.times_ms,
        sure.probs,
        np.full(len(sure.times_ms), 0.1, np.float32),
        sure.labels,
    )
    curves = timeline.frame().curves
    x = timeline.view.x_of(4000)

    def ink(data: TimelineData) -> int:
        timeline.set_data(data)
        return max(
            color_at(timeline, x, y).saturation() for y in range(curves.top(), curves.bottom())
        )

    assert ink(everything(sure)) > 2 * ink(everything(doubtful)) > 0


def test_new_data_change_only_their_columns(timeline: Timeline) -> None:
    timeline.set_data(everything(line(1, "fear", 0.0, 5000.0)))
    timeline.finish_drawing()
    timeline.set_data(everything(line(1, "fear", 0.0, 8000.0)), changed=(5000.0, 8000.0))
    bottom = timeline.frame().rows[0].bottom() - 1
    assert color_at(timeline, timeline.view.x_of(7000), bottom) == QColor(expression_color("fear"))


def test_a_new_size_does_not_hold_the_window_up(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.set_data(everything(line(1, "fear")))
    timeline.finish_drawing()
    fear = QColor(expression_color("fear"))
    timeline.resize(1272, timeline.height())
    bottom = timeline.frame().rows[0].bottom() - 1
    # The old picture stays, what is new waits, and a paint does not draw it all at once.
    early = timeline.grab().toImage()
    assert QColor(early.pixel(400, bottom)) == fear
    assert QColor(early.pixel(1200, bottom)) != fear
    qtbot.waitUntil(
        lambda: QColor(timeline.grab().toImage().pixel(1200, bottom)) == fear, timeout=5000
    )


def test_nothing_is_left_of_the_video_before(qtbot: QtBot, timeline: Timeline) -> None:
    timeline.set_data(everything(line(1, "fear")))
    for _ in range(3):
        timeline._paint_slice()
    timeline.reset(DURATION)  # another one of the same length opens while it is drawn
    timeline.finish_drawing()
    bottom = timeline.frame().rows[0].bottom() - 1
    assert color_at(timeline, 400, bottom) != QColor(expression_color("fear"))


def test_growing_frame_by_frame_leaves_no_seams(timeline: Timeline) -> None:
    whole = line(1, "fear")
    timeline.zoom(8.0, 0.0)  # frames are many pixels apart
    shown = timeline.view.end_ms
    timeline.set_data(everything(line(1, "fear", 0.0, 200.0)))
    timeline.finish_drawing()
    for end in np.arange(240.0, shown, 40.0):
        grown = line(1, "fear", 0.0, float(end))
        timeline.set_data(everything(grown), changed=(float(end) - 40.0, float(end) - 40.0))
    bottom = timeline.frame().rows[0].bottom() - 1
    image = timeline.grab().toImage()
    last = timeline.view.x_of(shown - 120.0)
    colors = {image.pixel(x, bottom) for x in range(round(timeline.view.left) + 2, round(last))}
    assert colors == {QColor(expression_color("fear")).rgb()}
    timeline.set_data(everything(whole))
    timeline.finish_drawing()
    assert [text for _place, text, _color in timeline._names] == ["Fear"]


def test_names_are_whole_on_the_screen_while_a_stretch_grows(
    qtbot: QtBot, timeline: Timeline
) -> None:
    strip = timeline.frame().rows[0]

    def until(end: float) -> TimelineData:
        grown = line(1, "happiness", 0.0, end)
        return TimelineData(EXPRESSIONS, (grown,), np.array([[0.0, end]]))

    timeline.set_data(until(40.0))
    timeline.finish_drawing()
    for end in np.arange(80.0, 3000.0, 40.0):
        timeline.set_data(until(float(end)), changed=(float(end) - 40.0, float(end)))
        QApplication.processEvents()
    # What the window shows after painting bit by bit against the same painted at once.
    on_screen = timeline.screen().grabWindow(timeline.winId()).toImage().copy(strip)
    at_once = timeline.grab().toImage().copy(strip)
    same_format = at_once.convertToFormat(on_screen.format())
    assert on_screen == same_format


def test_the_wheel_zooms_around_the_mouse(qtbot: QtBot, timeline: Timeline) -> None:
    x = timeline.view.x_of(3000.0)
    place = QPointF(x, 40)
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, 240), Qt.NoButton, Qt.NoModifier, Qt.NoScrollPhase, False
    )
    with qtbot.waitSignal(timeline.view_changed):
        timeline.wheelEvent(event)
    assert timeline.view.ms_at(x) == pytest.approx(3000.0)
    assert timeline.view.end_ms - timeline.view.start_ms < 0.7 * DURATION
    for _ in range(40):
        timeline.zoom(1.6)
    assert timeline.view.end_ms - timeline.view.start_ms >= 200.0
    timeline.show_all()
    assert (timeline.view.start_ms, timeline.view.end_ms) == (0.0, DURATION)


def test_dragging_seeks_and_shift_dragging_excludes(timeline: Timeline) -> None:
    sought: list[float] = []
    excluded: list[tuple[float, float]] = []
    timeline.seek_requested.connect(sought.append)
    timeline.exclude_requested.connect(lambda a, b: excluded.append((a, b)))
    view = timeline.view
    x0, x1 = round(view.x_of(1000.0)), round(view.x_of(4000.0))
    drag(timeline, x0, x1, 50, Qt.NoModifier)
    assert sought[0] == pytest.approx(1000.0, abs=13)
    assert sought[-1] == pytest.approx(4000.0, abs=13)
    drag(timeline, x1, x0, 50, Qt.ShiftModifier)
    assert excluded[0] == pytest.approx((1000.0, 4000.0), abs=13)


def test_a_flag_can_be_dragged(timeline: Timeline) -> None:
    timeline.set_annotations([Marker(7, 2000.0, "smile")], [ExcludedRange(5000.0, 6000.0)])
    moved: list[tuple[int, float]] = []
    timeline.marker_moved.connect(lambda number, ms: moved.append((number, ms)))
    view = timeline.view
    drag(timeline, round(view.x_of(2000.0)) + 3, round(view.x_of(8000.0)), 6, Qt.NoModifier)
    assert moved == [(7, pytest.approx(8000.0, abs=13))]
    assert timeline.excluded_at(5500.0) is not None


def test_a_strip_chooses_its_person(timeline: Timeline) -> None:
    timeline.set_data(everything(line(1, "fear"), line(2, "anger")))
    chosen: list[int] = []
    timeline.person_chosen.connect(chosen.append)
    row = timeline.frame().rows[1]
    drag(timeline, 20, 20, row.center().y(), Qt.NoModifier)
    assert chosen == [2]
    timeline.set_chosen(2)
    found = timeline.chosen_line()
    assert found is not None
    assert found.person_id == 2


def test_curves_and_areas_and_unsure_faces_are_drawn(timeline: Timeline) -> None:
    data = line(1, "surprise")
    data.labels[:100] = UNSURE_LABEL
    timeline.set_data(everything(data))
    timeline.set_stacked(True)
    curves = timeline.frame().curves
    middle = color_at(timeline, timeline.view.x_of(7000), curves.center().y())
    assert middle == QColor(expression_color("surprise"))
