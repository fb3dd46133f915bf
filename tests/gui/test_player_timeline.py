"""The time line: zoom, seeking, marks, excluded stretches, filling while playing."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from player_parts import MakePlayer, open_paused, play_to_end, shown_after, write_clip
from PyQt5.QtCore import QEvent, QPoint, QPointF, Qt
from PyQt5.QtGui import QColor, QMouseEvent, QWheelEvent
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.workers.whole_video import unseen_ranges
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


# --- in the Player ---------------------------------------------------------------------------


def test_it_fills_while_the_video_plays(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    player = make_player()
    play_to_end(qtbot, player, path)
    tools = player.controller.tools
    qtbot.waitUntil(
        lambda: tools.timeline.overview is not None and tools.timeline.overview.share > 0.99,
        timeout=5000,
    )
    found = tools.timeline.overview
    assert found is not None
    assert [line.person_id for line in found.data.lines] == [1, 2]
    assert len(found.data.lines[0].times_ms) == 30
    assert player.tab.timeline_panel.person_combo.count() == 2


def test_the_whole_video_is_analysed_at_once(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    times = write_clip(path, frames=120)
    player = make_player()
    open_paused(qtbot, player, path)
    analysis = player.controller.tools.analysis
    with qtbot.waitSignal(analysis.ended, timeout=15_000):
        player.tab.timeline_panel.analyse_button.click()
    recording = player.controller.tools.recorder.recording
    assert recording is not None
    assert recording.frame_times().tolist() == pytest.approx(times, abs=1.0)
    assert player.tab.timeline_panel.analyse_button.isVisible()


def test_frames_that_playing_only_skimmed_are_looked_at_again(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=60)
    player = make_player()
    open_paused(qtbot, player, path)
    tools = player.controller.tools
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        tools.analysis.start()
    recording = tools.recorder.recording
    assert recording is not None
    recording.frames["detector_ran"][10:20] = False
    assert unseen_ranges(recording) == [(pytest.approx(400.0), pytest.approx(800.0))]
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        tools.analysis.start()
    assert tools.recorder.recording is recording
    assert recording.frames["detector_ran"].all()


def test_only_a_stretch_is_analysed_when_asked(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    times = np.array(write_clip(path, frames=120))
    player = make_player()
    open_paused(qtbot, player, path)
    tools, panel = player.controller.tools, player.tab.timeline_panel
    assert panel.analyse_button.text() == "Analyse whole video"
    shown_after(qtbot, player, lambda: player.controller.seek(1000.0))
    tools.loop.set_point("a")
    shown_after(qtbot, player, lambda: player.controller.seek(2000.0))
    tools.loop.set_point("b")
    assert panel.analyse_button.text() == "Analyse A to B"
    shares: list[float] = []
    progress = panel.analysis_progress
    progress.valueChanged.connect(lambda value: shares.append(value / progress.maximum()))
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        panel.analyse_button.click()
    recording = tools.recorder.recording
    assert recording is not None
    found = recording.frame_times()
    inside = times[(times >= 999.0) & (times <= 2001.0)]
    assert np.isin(np.round(inside), np.round(found)).all()
    assert found.max() < 3500.0  # and what the Player read ahead; the rest was left alone
    assert max(shares) > 0.9
    with qtbot.waitSignal(tools.analysis.nothing_to_do, timeout=5000):
        panel.analyse_button.click()
    # What is shown when zoomed in, and the rest, from the menu of the time line.
    panel.timeline.zoom(4.0, 4000.0)
    menu = dict(panel.menu_actions(4000.0))
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        menu["Analyse what is shown"]()
    assert len(found) < len(recording.frame_times()) < len(times)
    with qtbot.waitSignal(tools.analysis.ended, timeout=15_000):
        menu["Analyse the whole video"]()
    assert recording.frame_times().tolist() == pytest.approx(times.tolist(), abs=1.0)
    tools.loop.clear()
    assert "Analyse the whole video" not in dict(panel.menu_actions(4000.0))
    assert panel.analyse_button.text() == "Analyse whole video"


def test_a_running_analysis_ends_when_another_video_is_opened(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.mp4", tmp_path / "b.mp4"
    write_clip(first, frames=200)
    write_clip(second, frames=5)
    player = make_player()
    open_paused(qtbot, player, first)
    player.controller.tools.analysis.start()
    open_paused(qtbot, player, second)
    assert not player.controller.tools.analysis.running
    recording = player.controller.tools.recorder.recording
    assert recording is not None
    assert recording.info.video_name == "b.mp4"


def test_marks_and_excluded_stretches_by_keys_with_undo(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=60)
    player = make_player()
    open_paused(qtbot, player, path)
    edits = player.controller.tools.recorder.edits
    tab = player.tab
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow, timeout=5000)
    shown_after(qtbot, player, lambda: tab.seek_requested.emit(400.0))
    qtbot.keyClick(tab, Qt.Key_E)
    qtbot.keyClick(tab, Qt.Key_X)
    shown_after(qtbot, player, lambda: tab.seek_requested.emit(1200.0))
    qtbot.keyClick(tab, Qt.Key_X)
    assert [mark.timestamp_ms for mark in edits.markers] == [pytest.approx(400.0)]
    assert edits.excluded == ((pytest.approx(400.0), pytest.approx(1200.0)),)
    player.controller.tools.timeline.undo()
    assert edits.excluded == ()
    panel = tab.timeline_panel
    panel.mark_named.emit(edits.markers[0].number, "smile")
    assert edits.markers[0].text == "smile"
    panel.mark_moved.emit(edits.markers[0].number, 800.0)
    assert [(mark.timestamp_ms, mark.text) for mark in edits.markers] == [(800.0, "smile")]
    player.controller.tools.timeline.undo()
    assert edits.markers[0].timestamp_ms == pytest.approx(400.0)
    assert any("Remove" in text for text, _ in panel.menu_actions(400.0))


def test_jumping_to_the_next_change_of_expression(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path, frames=20)
    player = make_player()
    play_to_end(qtbot, player, path)
    tools = player.controller.tools
    qtbot.waitUntil(lambda: tools.timeline.overview is not None, timeout=5000)
    shown = shown_after(qtbot, player, lambda: player.tab.timeline_panel.previous_button.click())
    assert shown == pytest.approx(0.0)


def test_a_fault_is_said_and_the_next_look_works(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    player = make_player()
    timeline = player.controller.tools.timeline
    with monkeypatch.context() as broken:
        broken.setattr(timeline._curves, "_build", lambda: 1 // 0)
        open_paused(qtbot, player, path)
        qtbot.waitUntil(player.tab.message_banner.isVisible, timeout=5000)
    assert "ZeroDivisionError" in player.tab.message_label.text()
    timeline._curves.ask()
    qtbot.waitUntil(lambda: timeline.overview is not None, timeout=5000)
