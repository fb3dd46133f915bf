"""What the network confuses after the epoch that is just over."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QStackedLayout, QVBoxLayout, QWidget

from trainer.events import EpochFinished
from ui.widgets.confusion_matrix import ConfusionMatrix


class LiveConfusion(QWidget):
    """The confusion matrix of the validation split, with a line of words.

    Attributes:
        matrix: Shows the newest epoch.
        caption_label: Which epoch that is; the chosen cell in words.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = ConfusionMatrix()
        self.caption_label = QLabel()
        self.caption_label.setProperty("muted", True)
        self.caption_label.setWordWrap(True)
        self.counts_check = QCheckBox(self.tr("Counts"))
        self.counts_check.setToolTip(self.tr("Numbers of images instead of per cent of the row"))
        self.counts_check.toggled.connect(lambda on: self.matrix.set_as_share(not on))
        self._hint = QLabel(self.tr("What is taken for what appears here after the first epoch."))
        self._hint.setAlignment(Qt.AlignCenter)
        self._hint.setProperty("muted", True)
        row = QHBoxLayout()
        row.addWidget(self.caption_label, 1)
        row.addWidget(self.counts_check)
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.matrix, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._hint)
        self._stack.addWidget(shown)
        self._names: tuple[str, ...] = ()
        self._title = ""
        self.matrix.cell_selected.connect(self._on_cell_selected)

    def set_classes(self, names: Sequence[str]) -> None:
        """Set the names of rows and columns."""
        self._names = tuple(names)

    def clear(self, history: Sequence[EpochFinished] = ()) -> None:
        """Show nothing until an epoch is over; results.csv keeps no matrices."""
        self.matrix.set_matrix(None)
        self._stack.setCurrentIndex(0)
        if history:
            self.add_epoch(history[-1])

    def add_epoch(self, event: EpochFinished) -> None:
        """Show the matrix of an epoch, if it has one."""
        if len(event.val_confusion) != len(self._names) or not self._names:
            return
        chosen = self.matrix.current
        self.matrix.set_matrix(np.asarray(event.val_confusion, np.int64), self._names)
        self.matrix.current = chosen
        self._title = self.tr(
            "Validation split after epoch {epoch}: rows are the labels, columns the answers."
        ).format(epoch=event.epoch + 1)
        self.caption_label.setText(self._title)
        self._stack.setCurrentIndex(1)

    def _on_cell_selected(self, target: int, pred: int) -> None:
        self.caption_label.setText(f"{self._title} {self.matrix.sentence(target, pred)}")
