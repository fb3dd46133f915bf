"""The Player's file dialogs, and saving a picture."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QObject, pyqtSignal
from PyQt5.QtWidgets import QFileDialog, QWidget

from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.frame_buffer import ReadyFrame
from app.workers.rendering import render
from app.workers.snapshot import SnapshotWorker
from trainer.inference.suffixes import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from ui.player_tab import PlayerTab


def _tr(text: str) -> str:
    return QCoreApplication.translate("PlayerFiles", text)


def media_filters() -> str:
    """The choices of a file dialog for videos and photos."""
    videos = " ".join(f"*{suffix}" for suffix in sorted(VIDEO_SUFFIXES))
    photos = " ".join(f"*{suffix}" for suffix in sorted(PHOTO_SUFFIXES))
    return ";;".join(
        (
            _tr("Videos and photos") + f" ({videos} {photos})",
            _tr("Videos") + f" ({videos})",
            _tr("Photos") + f" ({photos})",
            _tr("All files") + " (*)",
        )
    )


def choose_media(parent: QWidget, settings: Settings) -> Path | None:
    """Ask for a video or photo; return None when the dialog was cancelled."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent, _tr("Open a video or photo"), settings.last_folder, media_filters()
    )
    if not chosen:
        return None
    settings.last_folder = str(Path(chosen).parent)
    return Path(chosen)


class SnapshotSaver(QObject):
    """Asks where to, draws the boxes, and writes the PNG on another thread.

    Signals:
        saved: (Path) A picture was written.
    """

    saved = pyqtSignal(Path)

    def __init__(self, tab: PlayerTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._settings = settings
        self._thread: WorkerThread | None = None

    def ask(self, ready: ReadyFrame, title: str) -> None:
        """Ask for a file and write the frame to it."""
        name = f"{Path(title).stem}-{ready.timestamp_ms / 1000.0:.3f}s.png"
        chosen, _ = QFileDialog.getSaveFileName(
            self._tab,
            _tr("Save this picture"),
            str(Path(self._settings.last_folder) / name),
            _tr("PNG picture") + " (*.png)",
        )
        if chosen:
            path = Path(chosen)
            self._settings.last_folder = str(path.parent)
            self.save(ready, path if path.suffix else path.with_suffix(".png"))

    def save(self, ready: ReadyFrame, path: Path) -> None:
        """Write the frame in full resolution, with the boxes if they are shown."""
        self.shutdown()
        image = self._tab.video_view.snapshot(render(ready.frame.image, (0, 0)))
        worker = SnapshotWorker(image, path)
        worker.failed.connect(self._on_failed)
        worker.saved.connect(self._on_saved)
        self._thread = WorkerThread(worker, self)
        self._thread.start()

    def shutdown(self) -> None:
        """Wait for the picture that is being written."""
        if self._thread is not None:
            self._thread.stop_and_wait()

    def _on_failed(self, sentence: str, _details: str) -> None:
        self._tab.show_message(sentence)

    def _on_saved(self, path: Path) -> None:
        self._tab.show_message(_tr("Saved as {path}.").format(path=path), level="info")
        self.saved.emit(path)
