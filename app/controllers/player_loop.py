"""The stretch that is repeated: points A and B."""

from __future__ import annotations

from PyQt5.QtCore import QObject

from app.controllers.presenter import FramePresenter
from ui.player_tab import PlayerTab
from ui.widgets.loop_button import Loop


class LoopControl(QObject):
    """Sets the two points and shows them at the seek bar and in the time line."""

    def __init__(
        self, tab: PlayerTab, presenter: FramePresenter, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._presenter = presenter
        self._loop: Loop | None = None
        tab.loop_button.point_requested.connect(self.set_point)

    def set_point(self, point: str) -> None:
        """Set ``"a"``, ``"b"``, the ``"next"`` one of them, or ``"clear"`` both."""
        info = self._presenter.info
        if info is None or info.kind != "video":
            return
        loop, here = self._loop, self._presenter.position_ms
        if point == "next":
            point = "a" if loop is None else ("b" if loop[1] is None else "clear")
        if point == "clear":
            self._set(None)
            return
        after = here + info.frame_ms  # the frame shown belongs to the stretch
        if point == "a":
            end = None if loop is None else loop[1]
            self._set((here, end if end is not None and end > after else None))
        else:
            start = 0.0 if loop is None else loop[0]
            low, high = min(start, here), max(start + info.frame_ms, after)
            self._set((low, high))

    def clear(self) -> None:
        """Repeat no stretch, because something else is opened."""
        self._set(None)

    def _set(self, loop: Loop | None) -> None:
        self._loop = loop
        whole = None if loop is None or loop[1] is None else (loop[0], loop[1])
        self._presenter.loop_range = whole
        self._tab.loop_button.show_loop(loop)
        self._tab.seek_bar.set_loop(loop)
        drawn = None if loop is None else (loop[0], loop[0] if loop[1] is None else loop[1])
        self._tab.timeline_panel.set_loop(drawn)
