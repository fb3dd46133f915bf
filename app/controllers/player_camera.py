"""The way from the Camera button to an opened camera."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QWidget

from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.camera import CameraListWorker, CameraPreviewWorker
from app.workers.media import CameraDevice
from app.workers.playback_parts import default_camera
from trainer.inference.camera_backend import CameraInfo, list_cameras
from ui.widgets.camera_dialog import CameraDialog
from ui.widgets.camera_preview import PREVIEW_SIZE

_NOTICE_KEY = "player/camera_notice_accepted"


class CameraChooser(QObject):
    """Shows the dialog, looks for cameras in the background, remembers the notice.

    Signals:
        chosen: (index, name) Open this camera; it is not used by the preview any more.
        open_file_requested: The user wants a file instead.

    Attributes:
        dialog: The dialog while it is open.
        size: Width and height to ask the chosen camera for; None for its usual size.
    """

    chosen = pyqtSignal(int, str)
    open_file_requested = pyqtSignal()

    def __init__(
        self,
        parent_widget: QWidget,
        settings: Settings,
        find: Callable[[], Sequence[CameraInfo]] = list_cameras,
        parent: QObject | None = None,
        *,
        open_camera: Callable[[int], CameraDevice] = default_camera,
        playing: Callable[[], int] = lambda: -1,
    ) -> None:
        """Prepare.

        Args:
            parent_widget: The dialog appears over its window.
            settings: Remember that the notice was agreed to.
            find: Lists the cameras.
            parent: Qt's.
            open_camera: Opens one for the preview.
            playing: Number of the camera that the Player shows now, -1 for none.
        """
        super().__init__(parent)
        self._playing = playing
        self._open_camera = open_camera
        self._preview: WorkerThread | None = None
        self._previewed = self._wanted = -1
        self._choice: tuple[int, str] | None = None
        self.size: tuple[int, int] | None = None
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
        dialog.camera_chosen.connect(self._on_camera_chosen)
        dialog.preview_requested.connect(self._on_preview_requested)
        dialog.open_file_requested.connect(self.open_file_requested)
        dialog.finished.connect(self._on_dialog_finished)
        dialog.open()
        dialog.refresh()

    def shutdown(self) -> None:
        """Close the dialog and join the search."""
        if self.dialog is not None:
            self.dialog.reject()
        for thread in (self._search, self._preview):
            if thread is not None:
                thread.stop_and_wait(2000)

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

    def _on_camera_chosen(self, index: int, name: str) -> None:
        if self.dialog is not None:
            self.size = self.dialog.wanted_size
        self._choice = (index, name)
        self._on_preview_requested(-1)

    def _on_preview_requested(self, index: int) -> None:
        """Show another camera, once the one before is released."""
        self._wanted = index
        if self._preview is None:
            self._next_preview()
        elif index != self._previewed:
            self._preview.worker.stop()

    def _next_preview(self) -> None:
        self._previewed = self._wanted
        if self._choice is not None:
            (index, name), self._choice = self._choice, None
            self.chosen.emit(index, name)
            return
        if self._wanted < 0 or self.dialog is None:
            return
        if self._wanted == self._playing():
            self.dialog.preview.set_sentence(self.tr("The Player shows this camera now."))
            return
        width = round(PREVIEW_SIZE.width() * self.dialog.devicePixelRatioF())
        worker = CameraPreviewWorker(self._open_camera, self._wanted, width)
        worker.pictured.connect(self._on_pictured)
        worker.failed.connect(self._on_preview_failed)
        self._preview = WorkerThread(worker, self)
        self._preview.finished.connect(self._on_preview_finished)
        self._preview.start()

    def _on_pictured(self, picture: npt.NDArray[np.uint8]) -> None:
        if self.dialog is not None and self._wanted == self._previewed:
            self.dialog.preview.set_picture(picture)

    def _on_preview_failed(self, sentence: str, _details: str) -> None:
        if self.dialog is not None and self._wanted == self._previewed:
            self.dialog.preview.set_sentence(sentence)

    def _on_preview_finished(self) -> None:
        thread, self._preview = self._preview, None
        if thread is not None:
            thread.deleteLater()
        if self._wanted != self._previewed or self._choice is not None:
            self._next_preview()

    def _on_dialog_finished(self, _result: int) -> None:
        self._on_preview_requested(-1)
        if self.dialog is not None:
            self.dialog.deleteLater()
            self.dialog = None
