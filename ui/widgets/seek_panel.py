"""What a slower check would look for, how long that takes, and the button that starts it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QComboBox, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.check_result import Check
from ui.check_texts import seek_text
from ui.widgets.reflow import centred

_WIDTH = 520


class SeekPanel(QWidget):
    """Words, a choice of predictions where they are needed, a button.

    Attributes:
        source_combo: Where predictions come from; data are run folders, None is k-fold.

    Signals:
        sought: Start looking: (check, run folder or None).
    """

    sought = pyqtSignal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._check = Check.NO_FACE
        self._text, self._note = QLabel(), QLabel()
        for label in (self._text, self._note):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignCenter)
        self._note.setProperty("muted", True)
        self._source_label = QLabel(self.tr("Predictions &from"))
        self.source_combo = QComboBox()
        self.source_combo.setAccessibleName(self.tr("Where the predictions come from"))
        self.source_combo.setMinimumWidth(240)
        self._source_label.setBuddy(self.source_combo)
        self.source_combo.currentIndexChanged.connect(lambda _index: self._show_note())
        self.start_button = QPushButton()
        self.start_button.setProperty("primary", True)
        self.start_button.clicked.connect(self._on_clicked)
        row = QGridLayout()
        row.addWidget(self._source_label, 0, 0)
        row.addWidget(self.source_combo, 0, 1)
        layout = QVBoxLayout(self)
        layout.setSpacing(12)
        layout.addStretch(3)
        layout.addLayout(centred(self._text, _WIDTH))
        layout.addLayout(row)
        layout.setAlignment(row, Qt.AlignHCenter)
        layout.addLayout(centred(self._note, _WIDTH))
        layout.addWidget(self.start_button, 0, Qt.AlignHCenter)
        layout.addStretch(4)

    def set_sources(self, sources: Sequence[tuple[str, Path | None, str]]) -> None:
        """Offer sources of predictions: (title, run folder or None for k-fold, note)."""
        chosen = self.source_combo.currentData()
        self.source_combo.clear()
        for title, path, note in sources:
            self.source_combo.addItem(title, path)
            self.source_combo.setItemData(self.source_combo.count() - 1, note, Qt.ToolTipRole)
        self.source_combo.setCurrentIndex(max(0, self.source_combo.findData(chosen)))
        self._show_note()

    def show_check(self, check: Check, count: int, *, enabled: bool) -> None:
        """Offer to look for something in ``count`` images."""
        self._check = check
        labels = check is Check.SUSPECTED
        for widget in (self._source_label, self.source_combo):
            widget.setVisible(labels)
        self._text.setText(seek_text(check, count))
        self.start_button.setText(
            self.tr("Find suspected label errors")
            if labels
            else self.tr("Look for images without a face")
        )
        self.start_button.setEnabled(enabled)
        self._show_note()

    def _show_note(self) -> None:
        note = self.source_combo.currentData(Qt.ToolTipRole)
        self._note.setText(str(note or "") if self._check is Check.SUSPECTED else "")
        for label in (self._text, self._note):
            label.setMinimumHeight(max(0, label.heightForWidth(_WIDTH)))

    def _on_clicked(self) -> None:
        self.sought.emit(self._check, self.source_combo.currentData())
