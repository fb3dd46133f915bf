"""A number with its name below, as on a dashboard."""

from __future__ import annotations

from PyQt5.QtCore import QSize
from PyQt5.QtWidgets import QLabel, QVBoxLayout, QWidget

from ui.widgets.steady_label import SteadyLabel

_LINE = 1.45  # of the font's height: room for glyphs that come from another, taller font


class Figure(QWidget):
    """Shows ``value`` large over a small title."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self.value_label = _Value("–")
        title_label = QLabel(title)
        title_label.setProperty("muted", True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(1)
        layout.addWidget(self.value_label)
        layout.addWidget(title_label)

    def set_value(self, text: str) -> None:
        """Show ``text``; screen readers get the title with it."""
        self.value_label.setText(text)
        self.setAccessibleName(f"{self._title}: {text}")


class _Value(SteadyLabel):
    """Keeps the values of several figures on one line whatever they are written in."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setProperty("figure", True)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), round(_LINE * self.fontMetrics().height()))
