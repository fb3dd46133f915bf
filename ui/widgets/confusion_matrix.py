"""A confusion matrix that can be read by eye, by mouse and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QPoint, QRect, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from ui.colors import expression_title, is_dark
from ui.formats import count, percent


class ConfusionMatrix(QWidget):
    """Rows are the labels, columns the network's answers; one hue, darker is more.

    Signals:
        cell_selected: (target, pred) indices; the arrows and clicks choose.
        cell_activated: (target, pred) indices; a double click or Enter.
    """

    cell_selected = pyqtSignal(int, int)
    cell_activated = pyqtSignal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix: npt.NDArray[np.int64] | None = None
        self._names: Sequence[str] = ()
        self._as_share = True
        self.current = (0, 0)
        self.setFocusPolicy(Qt.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self.setAccessibleName(self.tr("Confusion matrix"))

    def set_matrix(self, matrix: npt.NDArray[np.int64] | None, names: Sequence[str] = ()) -> None:
        """Show int64 (C, C) counts, rows are targets; None shows nothing."""
        self._matrix = matrix
        self._names = names
        self.current = (0, 0)
        self.update()

    def set_as_share(self, on: bool) -> None:
        """Show per cent of the row instead of counts."""
        self._as_share = on
        self.update()

    def number(self, target: int, pred: int) -> int:
        """How many images are in a cell."""
        return 0 if self._matrix is None else int(self._matrix[target, pred])

    def sentence(self, target: int, pred: int) -> str:
        """The cell in words."""
        if self._matrix is None:
            return ""
        number, total = int(self._matrix[target, pred]), int(self._matrix[target].sum())
        if not total:
            return self.no_images(target)
        if target == pred:
            text = self.tr("{target}: {number} of {total} ({share}) were recognised.")
        else:
            text = self.tr("{target}: {number} of {total} ({share}) were taken for {pred}.")
        return text.format(
            target=expression_title(self._names[target]),
            pred=expression_title(self._names[pred]),
            number=count(number),
            total=count(total),
            share=percent(number / total),
        )

    def no_images(self, target: int) -> str:
        """What is said of a label without images."""
        return self.tr("{target}: no images.").format(target=expression_title(self._names[target]))

    def minimumSizeHint(self) -> QSize:
        return QSize(320, 210)

    def sizeHint(self) -> QSize:
        return QSize(460, 300)

    # -- geometry ----------------------------------------------------------------------------

    def _labels_width(self) -> int:
        metrics = self.fontMetrics()
        widest = max(
            (metrics.horizontalAdvance(expression_title(n)) for n in self._names), default=60
        )
        return widest + 12

    def _header(self) -> int:
        return self.fontMetrics().height() + 8

    def _cell_rect(self, target: int, pred: int) -> QRect:
        classes = max(1, len(self._names))
        left, top = self._labels_width(), self._header()
        width, height = self.width() - left - 1, self.height() - top - 1
        x0, x1 = left + width * pred // classes, left + width * (pred + 1) // classes
        y0, y1 = top + height * target // classes, top + height * (target + 1) // classes
        return QRect(x0, y0, x1 - x0 - 1, y1 - y0 - 1)

    def _cell_at(self, position: QPoint) -> tuple[int, int] | None:
        for target in range(len(self._names)):
            for pred in range(len(self._names)):
                if self._cell_rect(target, pred).contains(position):
                    return target, pred
        return None

    # -- Qt ----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._matrix is None:
            return
        painter = QPainter(self)
        palette = self.palette()
        text = palette.color(QPalette.Text)
        muted = palette.color(QPalette.PlaceholderText)
        metrics = self.fontMetrics()
        totals = np.maximum(1, self._matrix.sum(axis=1))
        for index, name in enumerate(self._names):
            title = expression_title(name)
            row, column = self._cell_rect(index, 0), self._cell_rect(0, index)
            painter.setPen(text)
            painter.drawText(
                QRect(0, row.y(), self._labels_width() - 8, row.height()),
                int(Qt.AlignRight | Qt.AlignVCenter),
                title,
            )
            painter.setPen(muted)
            painter.drawText(
                QRect(column.x(), 0, column.width(), self._header() - 4),
                int(Qt.AlignHCenter | Qt.AlignBottom),
                metrics.elidedText(title, Qt.ElideRight, column.width()),
            )
        for target in range(len(self._names)):
            for pred in range(len(self._names)):
                share = float(self._matrix[target, pred] / totals[target])
                self._paint_cell(painter, target, pred, share)
        if self.hasFocus():
            painter.setBrush(Qt.NoBrush)
            painter.setPen(QPen(text, 2))
            painter.drawRect(self._cell_rect(*self.current).adjusted(1, 1, 0, 0))

    def _paint_cell(self, painter: QPainter, target: int, pred: int, share: float) -> None:
        assert self._matrix is not None
        rect = self._cell_rect(target, pred)
        color = self._shade(share)
        painter.fillRect(rect, color)
        luminance = 0.299 * color.red() + 0.587 * color.green() + 0.114 * color.blue()
        painter.setPen(QColor("#10151D") if luminance > 140 else QColor("#FFFFFF"))
        text = str(int(self._matrix[target, pred]))
        if self._as_share:
            text = f"{100 * share:.0f}" if self._matrix[target].any() else "–"
        painter.drawText(rect, int(Qt.AlignCenter), text)

    def _shade(self, share: float) -> QColor:
        dark = is_dark(self.palette())
        low = QColor("#2A303A") if dark else QColor("#EEF2F8")
        high = QColor("#7DB4FF") if dark else QColor("#0B3F86")
        mix = min(1.0, share) ** 0.7
        return QColor(
            int(low.red() + mix * (high.red() - low.red())),
            int(low.green() + mix * (high.green() - low.green())),
            int(low.blue() + mix * (high.blue() - low.blue())),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.pos())
        if cell is not None:
            self._select(cell)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._matrix is not None and self._cell_at(event.pos()) == self.current:
            self.cell_activated.emit(*self.current)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        cell = self._cell_at(event.pos())
        self.setToolTip("" if cell is None else self.sentence(*cell))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {
            Qt.Key_Left: (0, -1),
            Qt.Key_Right: (0, 1),
            Qt.Key_Up: (-1, 0),
            Qt.Key_Down: (1, 0),
        }
        if self._matrix is not None and event.key() in (Qt.Key_Return, Qt.Key_Enter):
            self.cell_activated.emit(*self.current)
            return
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._names:
            super().keyPressEvent(event)
            return
        last = len(self._names) - 1
        self._select(
            (
                min(last, max(0, self.current[0] + step[0])),
                min(last, max(0, self.current[1] + step[1])),
            )
        )

    def _select(self, cell: tuple[int, int]) -> None:
        if self._matrix is None:
            return
        self.current = cell
        self.setAccessibleDescription(self.sentence(*cell))
        self.update()
        self.cell_selected.emit(*cell)
