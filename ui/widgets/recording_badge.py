"""The red sign over the picture while a camera is recorded; pressing it stops."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QObject, Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import QPushButton, QWidget

from ui.widgets.seek_bar import format_time

_TICK_MS = 500
_MARGIN = 12


class RecordingBadge(QPushButton):
    """Lies in the upper right corner of the picture.

    Signals:
        stop_requested: Stop recording.
    """

    stop_requested = pyqtSignal()

    def __init__(self, picture: QWidget) -> None:
        super().__init__(picture)
        self.setCursor(Qt.PointingHandCursor)
        self.setFocusPolicy(Qt.TabFocus)
        # The colour of danger in both themes, with text that stands out from it.
        self.setStyleSheet(
            "QPushButton { background: #B3261E; color: #FFFFFF; border: 2px solid #FFFFFF;"
            " border-radius: 14px; padding: 4px 12px; font-weight: 600; }"
            "QPushButton:hover { background: #8C1D18; }"
            "QPushButton:focus { border-color: #FFD54F; }"
        )
        self._seconds = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self.clicked.connect(lambda _on: self.stop_requested.emit())
        picture.installEventFilter(self)
        self.hide()

    def begin(self) -> None:
        """Show the sign and count from 0."""
        self._seconds = 0.0
        self.setEnabled(True)
        self._show()
        self._timer.start()
        self.show()
        self.raise_()

    def end(self) -> None:
        """Take the sign away."""
        self._timer.stop()
        self.hide()

    def _tick(self) -> None:
        self._seconds += _TICK_MS / 1000
        self._show()

    def _show(self) -> None:
        time = format_time(self._seconds * 1000)
        text = self.tr("● Recording {time} – stop").format(time=time)
        if text != self.text():
            self.setText(text)
            self.setToolTip(self.tr("The camera is written to this computer; press to stop"))
            self.setAccessibleName(self.tr("Stop recording the camera"))
            self._place()

    def _place(self) -> None:
        self.adjustSize()
        self.move(self.parentWidget().width() - self.width() - _MARGIN, _MARGIN)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Resize:
            self._place()
        return False
