"""The time line with its row of controls; every wish is a signal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QPoint, pyqtSignal
from PyQt5.QtWidgets import (
    QComboBox,
    QInputDialog,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from ui.colors import expression_title
from ui.loader import load_ui
from ui.widgets.hover_card import HoverCard
from ui.widgets.seek_bar import format_time
from ui.widgets.timeline import Timeline
from ui.widgets.timeline_data import GAP_MS, ExcludedRange, Marker, PersonLine, TimelineData

_MOST_LINES = 3

Picture = npt.NDArray[np.uint8]


class PlayerTimelinePanel(QWidget):
    """What was found over the whole video, and the marks the user sets in it.

    Signals:
        seek_requested: (ms)
        drag_started, drag_finished: The playhead is held.
        person_chosen: (person id)
        change_requested: (direction) To the next (1) or previous (-1) change of expression.
        mark_requested: (ms) Set a mark; a negative time is the frame shown.
        mark_moved: (mark id, ms)
        mark_named: (mark id, text)
        mark_removed: (mark id)
        exclude_toggled: Begin or end an excluded stretch at the frame shown.
        exclude_requested: (start, end) Leave this stretch out, ms.
        include_requested: (start, end) Take it back in.
        analyse_requested: (start and end in ms, or None) Look at this stretch, or at the whole
            video, in the background.
        cancel_requested: Stop looking.
    """

    seek_requested = pyqtSignal(float)
    drag_started = pyqtSignal()
    drag_finished = pyqtSignal()
    person_chosen = pyqtSignal(int)
    change_requested = pyqtSignal(int)
    mark_requested = pyqtSignal(float)
    mark_moved = pyqtSignal(int, float)
    mark_named = pyqtSignal(int, str)
    mark_removed = pyqtSignal(int)
    exclude_toggled = pyqtSignal()
    exclude_requested = pyqtSignal(float, float)
    include_requested = pyqtSignal(float, float)
    analyse_requested = pyqtSignal(object)
    cancel_requested = pyqtSignal()

    timeline: Timeline
    person_combo: QComboBox
    stacked_button: QToolButton
    previous_button: QToolButton
    next_button: QToolButton
    marker_button: QToolButton
    exclude_button: QToolButton
    analysis_label: QLabel
    analysis_progress: QProgressBar
    analyse_button: QPushButton
    cancel_button: QPushButton
    zoom_in_button: QToolButton
    zoom_out_button: QToolButton
    zoom_all_button: QToolButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("player_timeline_panel", self)
        self._data = TimelineData()
        self._markers: tuple[Marker, ...] = ()
        self._loop: tuple[float, float] | None = None
        self.picture_at: Callable[[float], Picture | None] = lambda _ms: None
        self._card = HoverCard(self)
        self._card.hide()
        line = self.timeline
        line.seek_requested.connect(self.seek_requested)
        line.drag_started.connect(self.drag_started)
        line.drag_finished.connect(self.drag_finished)
        line.person_chosen.connect(self.person_chosen)
        line.exclude_requested.connect(self.exclude_requested)
        line.marker_moved.connect(self.mark_moved)
        line.marker_activated.connect(self._ask_name)
        line.menu_requested.connect(self._show_menu)
        line.hovered.connect(self._on_hovered)
        self.person_combo.activated.connect(self._on_person_activated)
        self.stacked_button.toggled.connect(line.set_stacked)
        self.previous_button.clicked.connect(lambda _on: self.change_requested.emit(-1))
        self.next_button.clicked.connect(lambda _on: self.change_requested.emit(1))
        self.marker_button.clicked.connect(lambda _on: self.mark_requested.emit(-1.0))
        self.exclude_button.clicked.connect(lambda _on: self.exclude_toggled.emit())
        self.analyse_button.clicked.connect(lambda _on: self.analyse_requested.emit(self._loop))
        self.cancel_button.clicked.connect(lambda _on: self.cancel_requested.emit())
        self.zoom_in_button.clicked.connect(lambda _on: line.zoom(1.6))
        self.zoom_out_button.clicked.connect(lambda _on: line.zoom(1 / 1.6))
        self.zoom_all_button.clicked.connect(lambda _on: line.show_all())
        self.set_loop(None)
        self.show_analysis(None)

    # --- what the controller shows ---------------------------------------------------------

    def reset(self, duration_ms: float) -> None:
        """Begin with a video about which nothing is known."""
        self._data, self._markers = TimelineData(), ()
        self.timeline.reset(duration_ms)
        self.person_combo.clear()
        self.exclude_button.setChecked(False)
        self._card.hide()
        self.show_analysis(None)

    def set_data(self, data: TimelineData, changed: tuple[float, float] | None) -> None:
        """Show persons; see :meth:`Timeline.set_data`."""
        self._data = data
        self.timeline.set_data(data, changed=changed)
        titles = [(line.title, line.person_id) for line in data.lines]
        combo = self.person_combo
        if titles != [(combo.itemText(row), combo.itemData(row)) for row in range(combo.count())]:
            combo.clear()
            for title, person_id in titles:
                combo.addItem(title, person_id)
            self._sync_combo()

    def set_chosen(self, person_id: int) -> None:
        """Draw the curves of this person; 0 is the first one."""
        self.timeline.set_chosen(person_id)
        self._sync_combo()

    def set_annotations(self, markers: Sequence[Marker], excluded: Sequence[ExcludedRange]) -> None:
        """Show marks and excluded stretches."""
        self._markers = tuple(markers)
        self.timeline.set_annotations(markers, excluded)

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Show the stretch that is repeated; a whole one is what the button analyses."""
        self.timeline.set_loop(loop)
        self._loop = loop if loop is not None and loop[1] > loop[0] else None
        if self._loop is None:
            self.analyse_button.setText(self.tr("Analyse whole video"))
            tip = self.tr("Look at every frame in the background; it waits while the video plays")
        else:
            self.analyse_button.setText(self.tr("Analyse A to B"))
            tip = self.tr(
                "Look at every frame from A to B in the background; without A and B, "
                "at the whole video"
            )
        self.analyse_button.setToolTip(tip)

    def show_analysis(self, share: float | None, text: str = "") -> None:
        """Show how the analysis of the whole video goes; None: it does not run."""
        running = share is not None
        self.analysis_progress.setVisible(running)
        self.cancel_button.setVisible(running)
        self.analyse_button.setVisible(not running)
        self.analysis_label.setText(text)
        if share is not None:
            self.analysis_progress.setValue(round(1000 * share))

    def describe(self, ms: float) -> None:
        """Bring the text for screen readers up to date; called a few times a second."""
        line = self.timeline.chosen_line()
        text = self._values(line, ms) if line is not None else self.tr("Nothing was found yet.")
        self.timeline.setAccessibleDescription(f"{format_time(ms, tenths=True)}  {text}")

    # --- the user --------------------------------------------------------------------------

    def _sync_combo(self) -> None:
        line = self.timeline.chosen_line()
        if line is not None:
            self.person_combo.setCurrentIndex(self.person_combo.findData(line.person_id))

    def _on_person_activated(self, row: int) -> None:
        self.person_chosen.emit(int(self.person_combo.itemData(row)))

    def _on_hovered(self, x: int, ms: float) -> None:
        if ms < 0 or not self.timeline.isEnabled():
            self._card.hide()
            return
        line = self.timeline.chosen_line()
        texts = [format_time(ms, hours=ms >= 3_600_000, tenths=True)]
        if line is not None:
            texts.append(f"{line.title}: {self._values(line, ms)}")
        self._card.show_at(self.timeline, x, "\n".join(texts), self.picture_at(ms))

    def _values(self, line: PersonLine, ms: float) -> str:
        if not len(line.times_ms):
            return self.tr("not there")
        place = int(np.searchsorted(line.times_ms, ms + 0.5)) - 1
        if place < 0 or ms - line.times_ms[place] > GAP_MS:
            return self.tr("not there")
        probs = line.probs[place]
        best = np.argsort(-probs)[:_MOST_LINES]
        names = self._data.class_names
        return ", ".join(
            f"{expression_title(names[index])} {probs[index] * 100:.0f} %" for index in best
        )

    def _ask_name(self, marker_id: int) -> None:
        marker = next((m for m in self._markers if m.marker_id == marker_id), None)
        if marker is None:
            return
        text, accepted = QInputDialog.getText(
            self, self.tr("Name the mark"), self.tr("Name"), text=marker.text
        )
        if accepted:
            self.mark_named.emit(marker_id, text)

    def _show_menu(self, place: QPoint, ms: float) -> None:
        menu = QMenu(self)
        for text, act in self.menu_actions(ms):
            menu.addAction(text).triggered.connect(lambda _on, do=act: do())
        menu.popup(place)

    def menu_actions(self, ms: float) -> list[tuple[str, Callable[[], None]]]:
        """Return what the menu offers at a time: texts and what they do."""
        line = self.timeline
        at = format_time(ms, tenths=True)
        actions: list[tuple[str, Callable[[], None]]] = [
            (self.tr("Mark {time}").format(time=at), lambda: self.mark_requested.emit(ms))
        ]
        near = min(self._markers, key=lambda marker: abs(marker.time_ms - ms), default=None)
        if near is not None and abs(near.time_ms - ms) < 12 * line.view.ms_per_pixel:
            number = near.marker_id
            actions.append((self.tr("Name the mark…"), lambda: self._ask_name(number)))
            actions.append((self.tr("Remove the mark"), lambda: self.mark_removed.emit(number)))
        part = line.excluded_at(ms)
        if part is not None:
            start, end = part.start_ms, part.end_ms
            actions.append(
                (
                    self.tr("Take the excluded stretch back in"),
                    lambda: self.include_requested.emit(start, end),
                )
            )
        shown = (line.view.start_ms, line.view.end_ms)
        if not line.shows_all:
            actions.append(
                (self.tr("Analyse what is shown"), lambda: self.analyse_requested.emit(shown))
            )
        if self._loop is not None:
            actions.append(
                (self.tr("Analyse whole video"), lambda: self.analyse_requested.emit(None))
            )
        actions.append((self.tr("Show the whole video"), line.show_all))
        return actions
