"""The way from the Camera button to an opened camera."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QWidget

from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.camera import CameraListWorker
from trainer.inference.camera_backend import CameraInfo, list_cameras
from ui.widgets.camera_dialog import CameraDialog

_NOTICE_KEY = "player/camera_notice_accepted"


class CameraChooser(QObject):
    """Shows the dialog, looks for cameras in the background, remembers the notice.

    Signals:
        chosen: (index, name) Open this camera.
        open_file_requested: The user wants a file instead.
    """

    chosen = pyqtSignal(int, str)
    open_file_requested = pyqtSignal()

    def __init__(
        self,
        parent_widget: QWidget,
        settings: Settings,
        find: Callable[[], Sequence[CameraInfo]] = list_cameras,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._parent_widget = parent_widget
        self._settings = settings
        self._find = find
        self._search: WorkerThread | None = None
        self.dialog: CameraDialog | None = None

    @property
    def notice_accepted(self) -> bool:
        """Whether the first-use notice was agreed to."""
        return str(self._settings.qt.value(_NOTICE_KEY, "false")).lower() == "true"

    def show(self) -> None:
        """Open the dialog without blocking."""
        if self.dialog is not None:
            self.dialog.raise_()
            return
        dialog = CameraDialog(
            notice_needed=not self.notice_accepted, parent=self._parent_widget.window()
        )
        self.dialog = dialog
        dialog.refresh_requested.connect(self._on_refresh_requested)
        dialog.notice_accepted.connect(self._on_notice_accepted)
        dialog.camera_chosen.connect(self.chosen)
        dialog.open_file_requested.connect(self.open_file_requested)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()
        dialog.refresh()

    def shutdown(self) -> None:
        """Close the dialog and join the search."""
        if self.dialog is not None:
            self.dialog.reject()
        if self._search is not None:
            self._search.stop_and_wait(2000)

    def _on_refresh_requested(self) -> None:
        if self._search is not None:
            self._search.stop_and_wait(2000)
        worker = CameraListWorker(self._find)
        worker.listed.connect(self._on_listed)
        worker.failed.connect(self._on_search_failed)
        self._search = WorkerThread(worker, self)
        self._search.start()

    def _on_listed(self, cameras: list[CameraInfo]) -> None:
        if self.dialog is not None:
            self.dialog.set_cameras(cameras)

    def _on_search_failed(self, sentence: str, _details: str) -> None:
        if self.dialog is not None:
            self.dialog.set_problem(sentence)

    def _on_notice_accepted(self) -> None:
        self._settings.qt.setValue(_NOTICE_KEY, "true")
        self._settings.sync()

    def _on_dialog_finished(self, _result: int) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
