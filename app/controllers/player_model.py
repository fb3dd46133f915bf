"""Which network the Player analyses with: the choice, and its memory between starts."""

from __future__ import annotations

import os
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QObject, pyqtSignal
from PyQt5.QtWidgets import QFileDialog

from app.settings import Settings
from app.workers.frame_buffer import ReadyFrame
from trainer.inference.shipped import (
    classic_model_path,
    default_model_path,
    light_model_path,
    shipped_model_paths,
)
from ui.player_tab import PlayerTab
from ui.widgets.model_button import ModelChoice

_MAX_USED = 6
_THIN = 4  # a face's expression on every 4th frame or fewer: seen as a lag
_THIN_FOR_MS = 4000.0


class ModelChooser(QObject):
    """Fills the Player's model button and remembers what was chosen.

    Signals:
        chosen: (Path) Analyse with this network.
    """

    chosen = pyqtSignal(Path)

    def __init__(self, tab: PlayerTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        tab.model_button.model_requested.connect(self.chosen)
        tab.model_button.file_requested.connect(self.choose_file)
        self._current = default_model_path()
        self._thin_since_ms: float | None = None
        self._offered = False
        self.show(self._current)

    def remembered(self) -> Path | None:
        """Return the network of the last start, if it is not the default one and still there."""
        path = self._settings.player_model
        if path is None or path == default_model_path():
            return None
        if path.parent == Path() or _came_with_mien(path):
            path = next((own for own in _shipped_but_default() if own.name == path.name), None)
        return path if path is not None and os.path.isfile(path) else None

    def path(self) -> Path | None:
        """Return the network in use; None is the default one."""
        return None if self._current == default_model_path() else self._current

    def used(self, path: Path | None) -> None:
        """A network is in use from now on; None is the default one."""
        path = path or default_model_path()
        if path in shipped_model_paths():
            # By name alone: the next version of Mien may lie elsewhere and have a better default.
            default = path == default_model_path()
            self._settings.player_model = None if default else Path(path.name)
        else:
            self._settings.player_model = path
            self._settings.remember_model(path)
        self.show(path)

    def watch(self, ready: ReadyFrame) -> None:
        """Offer the light network, once, when this computer cannot keep up with the default one.

        Args:
            ready: A frame that is shown while playing.
        """
        too_slow = not ready.analysed or ready.pace.classify_every >= _THIN
        if not too_slow or self._current != default_model_path():
            self._thin_since_ms = None
            return
        since = ready.timestamp_ms if self._thin_since_ms is None else self._thin_since_ms
        self._thin_since_ms = min(since, ready.timestamp_ms)  # a jump back begins anew
        lasted = ready.timestamp_ms - self._thin_since_ms
        if self._offered or lasted < _THIN_FOR_MS or not light_model_path().is_file():
            return
        self._offered = True
        self._tab.offer_banner.offer(
            self.tr(
                "With so many faces this computer cannot name every expression in every frame; "
                "LightNet is faster and less accurate."
            ),
            self.tr("Use LightNet"),
            lambda: self.chosen.emit(light_model_path()),
            "info",
        )

    def show(self, current: Path) -> None:
        """Bring the button up to date."""
        self._current = current
        shipped = [choice for choice in _shipped() if choice.path.is_file()]
        paths = [path for path in self._settings.recent_models if os.path.isfile(path)]
        if current not in shipped_model_paths() and current not in paths:
            paths.insert(0, current)
        used = [ModelChoice(path, title_of(path)) for path in paths[:_MAX_USED]]
        self._tab.model_button.set_models(shipped, used, current)

    def choose_file(self) -> None:
        """Ask for a network's file."""
        chosen, _ = QFileDialog.getOpenFileName(
            self._tab,
            self.tr("Choose a model"),
            self._settings.last_folder,
            self.tr("Models") + " (*.onnx)",
        )
        if chosen:
            self._settings.last_folder = str(Path(chosen).parent)
            self.chosen.emit(Path(chosen))


def _shipped_but_default() -> tuple[Path, ...]:
    return light_model_path(), classic_model_path()


def _came_with_mien(path: Path) -> bool:
    """Tell whether a network came with a Mien, be it another version or another copy of it."""
    return path.parts[-3:-1] == ("resources", "weights")


def title_of(path: Path) -> str:
    """Return a network's name: of a run's the folder's, since every run calls its file the same."""
    return path.parent.name if path.stem == "best" else path.stem


def _shipped() -> tuple[ModelChoice, ...]:
    translate = QCoreApplication.translate
    return (
        ModelChoice(
            default_model_path(),
            translate("Models", "Two-column LightNet"),
            translate("ModelChooser", "the most accurate"),
        ),
        ModelChoice(
            light_model_path(),
            "LightNet",
            translate("ModelChooser", "for weak computers and many faces"),
        ),
        ModelChoice(classic_model_path(), "VGG-9", translate("ModelChooser", "the classic one")),
    )
