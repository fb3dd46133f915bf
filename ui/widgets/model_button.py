"""A button that names the network in use and offers others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QMenu, QSizePolicy, QToolButton, QWidget

_MAX_WIDTH = 240  # pixels; the name is cut to fit


@dataclass(frozen=True)
class ModelChoice:
    """A network that can be analysed with.

    Attributes:
        path: Its file.
        title: Name to show.
        hint: What speaks for it; may be empty.
    """

    path: Path
    title: str
    hint: str = ""


class ModelButton(QToolButton):
    """Shows the network's name; its menu has the shipped ones, those used last, and a file.

    Signals:
        model_requested: (Path) Another network was chosen.
        file_requested: Choose a file.
    """

    model_requested = pyqtSignal(Path)
    file_requested = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._menu = QMenu(self)
        self._menu.setToolTipsVisible(True)
        self.setMenu(self._menu)
        self.setPopupMode(QToolButton.InstantPopup)
        self.setSizePolicy(QSizePolicy.Fixed, QSizePolicy.Fixed)

    def set_models(
        self, shipped: Sequence[ModelChoice], used: Sequence[ModelChoice], current: Path
    ) -> None:
        """Fill the menu and name the network in use.

        Args:
            shipped: Networks that come with Mien.
            used: Others that were used before, the last one first.
            current: The file in use; it is among them.
        """
        self._menu.clear()
        for group in (shipped, used):
            for choice in group:
                self._add(choice, choice.path == current)
            if group:
                self._menu.addSeparator()
        self._menu.addAction(self.tr("Another model…"), self.file_requested.emit)

    def _add(self, choice: ModelChoice, chosen: bool) -> None:
        text = f"{choice.title} — {choice.hint}" if choice.hint else choice.title
        action = self._menu.addAction(text.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(chosen)
        action.setToolTip(str(choice.path))
        action.triggered.connect(lambda _on, path=choice.path: self._on_chosen(path, chosen))
        if chosen:
            name = self.fontMetrics().elidedText(choice.title, Qt.ElideRight, _MAX_WIDTH - 40)
            self.setText(name.replace("&", "&&"))
            self.setAccessibleName(self.tr("Model: {name}").format(name=choice.title))

    def _on_chosen(self, path: Path, chosen: bool) -> None:
        if not chosen:
            self.model_requested.emit(path)
