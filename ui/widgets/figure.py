"""A number with its name below, as on a dashboard."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, Qt
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

_LINE = 1.45  # of the font's height: room for glyphs that come from another, taller font


class Figure(QWidget):
    """Shows ``value`` large over a small title."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.value_label = QLabel("–")
        self.value_label.setProperty("figure", True)
        title_label = QLabel(title)
        title_label.setProperty("muted", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.value_label)
        layout.addWidget(title_label)
        self._fit()

    def set_value(self, text: str) -> None:
        """Show ``text``; screen readers get the title with it."""
        self.value_label.setText(text)
        self.setAccessibleName(f"{self._title}: {text}")

    def changeEvent(self, event: QEvent) -> None:
        """Keep the values of several figures on one line whatever they are written in."""
        super().changeEvent(event)
        if event.type() in (QEvent.FontChange, QEvent.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self.value_label.ensurePolished()
        self.value_label.setAlignment(Qt.AlignLeft | Qt.AlignVCenter)
        self.value_label.setFixedHeight(round(_LINE * self.value_label.fontMetrics().height()))
