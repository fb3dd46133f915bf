"""What people answered when asked for the expression of an image, as bars with numbers."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QCoreApplication, QRect, QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PyQt5.QtWidgets import QSizePolicy, QWidget

from trainer.data.votes import VOTE_COLUMNS
from ui.colors import expression_color, expression_title


def answer_title(name: str) -> str:
    """The translated name of an answer."""
    if name == "unknown":
        return QCoreApplication.translate("VoteBars", "Could not tell")
    if name == "NF":
        return QCoreApplication.translate("VoteBars", "No face")
    return expression_title(name)


class VoteBars(QWidget):
    """One row for every answer that somebody gave, the most given first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[str, int]] = []
        self._total = 0
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Fixed)

    def set_votes(self, votes: npt.NDArray[np.uint8] | None) -> None:
        """Show uint8 (10,) votes, columns as :data:`VOTE_COLUMNS`; None hides the bars."""
        given = [] if votes is None else [int(number) for number in votes]
        order = sorted(range(len(given)), key=lambda answer: -given[answer])
        self._rows = [(VOTE_COLUMNS[answer], given[answer]) for answer in order if given[answer]]
        self._total = sum(given)
        self.setVisible(bool(self._rows))
        self.setAccessibleName(
            ", ".join(f"{answer_title(name)} {number}" for name, number in self._rows)
        )
        self.updateGeometry()
        self.update()

    def _line(self) -> int:
        return self.fontMetrics().height() + 4

    def sizeHint(self) -> QSize:
        return QSize(200, self._line() * len(self._rows))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        metrics, line = painter.fontMetrics(), self._line()
        names = max((metrics.horizontalAdvance(answer_title(name)) for name, _ in self._rows))
        left = min(names + 2, self.width() // 2) + 8
        room = self.width() - left - metrics.horizontalAdvance("00") - 8
        for row, (name, number) in enumerate(self._rows):
            top = row * line
            painter.setPen(self.palette().color(QPalette.WindowText))
            words = metrics.elidedText(answer_title(name), Qt.ElideRight, left - 8)
            painter.drawText(QRect(0, top, left - 8, line), int(Qt.AlignVCenter), words)
            width = max(2, round(room * number / max(1, self._total)))
            bar = QRect(left, top + 4, width, line - 8)
            painter.fillRect(bar, QColor(expression_color(name)))
            place = QRect(bar.right() + 6, top, 40, line)
            painter.drawText(place, int(Qt.AlignVCenter), str(number))
