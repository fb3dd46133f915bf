"""Choose a camera by its name, after the notice that everybody reads once."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from trainer.inference.camera_backend import CameraInfo
from ui.icons import icon
from ui.widgets.camera_preview import CameraPreview
from ui.widgets.scroll_dialog import make_scrollable

_SIZES = ((640, 480), (1280, 720), (1920, 1080))


class CameraDialog(QDialog):
    """Lists the cameras; the controller finds them.

    Signals:
        refresh_requested: Look for cameras (again).
        camera_chosen: (index, name) Open this one.
        notice_accepted: The first-use notice was agreed to.
        open_file_requested: Play a file instead.
        preview_requested: (index) Show what this camera sees; -1 shows none.
    """

    refresh_requested = pyqtSignal()
    camera_chosen = pyqtSignal(int, str)
    notice_accepted = pyqtSignal()
    open_file_requested = pyqtSignal()
    preview_requested = pyqtSignal(int)

    def __init__(self, *, notice_needed: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Use a camera"))
        self._notice_needed = notice_needed
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(12)
        heading = QLabel(self.tr("Choose a camera"))
        heading.setProperty("heading", "1")
        layout.addWidget(heading)

        self.camera_list = QListWidget()
        self.camera_list.setAccessibleName(self.tr("Cameras"))
        self.camera_list.setMinimumHeight(110)
        self.camera_list.currentRowChanged.connect(lambda _row: self._on_row_changed())
        self.camera_list.itemActivated.connect(lambda _item: self._on_open())
        self.preview = CameraPreview()
        choice = QHBoxLayout()
        choice.setSpacing(12)
        choice.addWidget(self.camera_list, 1)
        choice.addWidget(self.preview)
        layout.addLayout(choice, 1)
        self.state_label = QLabel()
        self.state_label.setWordWrap(True)
        layout.addWidget(self.state_label)
        row = QHBoxLayout()
        self.refresh_button = QPushButton(self.tr("&Refresh"))
        self.refresh_button.setAutoDefault(False)
        self.refresh_button.clicked.connect(lambda _on: self.refresh())
        self.open_file_button = QPushButton(self.tr("Open a &file instead…"))
        self.open_file_button.setAutoDefault(False)
        self.open_file_button.setProperty("flat", "true")
        self.open_file_button.clicked.connect(lambda _on: self._on_open_file())
        row.addWidget(self.refresh_button)
        row.addWidget(self.open_file_button)
        row.addStretch(1)
        self.size_combo = QComboBox()
        self.size_combo.setAccessibleName(self.tr("Size of the picture"))
        self.size_combo.setToolTip(self.tr("The camera may choose another size; Mien says so"))
        self.size_combo.addItem(self.tr("Usual size"), None)
        for size in _SIZES:
            self.size_combo.addItem(f"{size[0]} × {size[1]}", size)
        row.addWidget(self.size_combo)
        layout.addLayout(row)

        self.notice = self._build_notice()
        layout.addWidget(self.notice)
        self.notice.setVisible(notice_needed)
        buttons = QDialogButtonBox()
        buttons.addButton(QPushButton(self.tr("Cancel")), QDialogButtonBox.RejectRole)
        self.open_button = QPushButton(self.tr("&Use this camera"))
        self.open_button.setProperty("primary", "true")
        self.open_button.setDefault(True)
        buttons.addButton(self.open_button, QDialogButtonBox.AcceptRole)
        buttons.accepted.connect(self._on_open)
        buttons.rejected.connect(self.reject)
        layout.addWidget(buttons)
        make_scrollable(self, 640)
        self._update_buttons()

    def _build_notice(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("card", "true")
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(14, 12, 14, 12)
        title = QLabel(self.tr("Before the first picture"))
        title.setProperty("heading", "2")
        text = QLabel(
            self.tr(
                "The pictures stay on this computer: nothing is stored or sent. Use the camera "
                "only with the consent of everybody in the picture. The names are guesses of a "
                "network and say nothing about what a person feels. Do not use them to judge "
                "pupils, students, applicants or staff; in the European Union the law forbids it."
            )
        )
        text.setWordWrap(True)
        self.consent_box = QCheckBox(self.tr("&Everybody in the picture has agreed"))
        self.consent_box.toggled.connect(lambda _on: self._on_row_changed())
        for widget in (title, text, self.consent_box):
            inner.addWidget(widget)
        return frame

    def refresh(self) -> None:
        """Ask for the list of cameras."""
        self.camera_list.clear()
        self.camera_list.setEnabled(False)
        self.refresh_button.setEnabled(False)
        self.state_label.setText(self.tr("Looking for cameras…"))
        self._update_buttons()
        self.refresh_requested.emit()

    def set_cameras(self, cameras: Sequence[CameraInfo]) -> None:
        """Show the cameras that were found."""
        self.refresh_button.setEnabled(True)
        self.camera_list.setEnabled(bool(cameras))
        self.camera_list.clear()
        for camera in cameras:
            item = QListWidgetItem(icon("player-camera"), camera.name)
            item.setData(Qt.UserRole, camera.index)
            self.camera_list.addItem(item)
        if cameras:
            self.camera_list.setCurrentRow(0)
            self.camera_list.setFocus(Qt.OtherFocusReason)
            self.state_label.setText("")
        else:
            self.set_problem(
                self.tr(
                    "No camera was found. Connect one and press Refresh, or open a file instead."
                )
            )
        self.state_label.setVisible(not cameras)
        self._update_buttons()

    def set_problem(self, sentence: str) -> None:
        """Say why there is no list."""
        self.refresh_button.setEnabled(True)
        self.state_label.setText(sentence)
        self.state_label.show()

    @property
    def wanted_size(self) -> tuple[int, int] | None:
        """Width and height to ask the camera for, pixels; None for its usual size."""
        size: tuple[int, int] | None = self.size_combo.currentData()
        return size

    def _on_row_changed(self) -> None:
        self._update_buttons()
        self._ask_for_preview()

    def _ask_for_preview(self) -> None:
        """No picture before everybody in it has agreed."""
        item = self.camera_list.currentItem()
        self.preview.wait(self._agreed(), item is not None)
        shown = item is not None and self._agreed()
        self.preview_requested.emit(int(item.data(Qt.UserRole)) if item and shown else -1)

    def _agreed(self) -> bool:
        return not self._notice_needed or self.consent_box.isChecked()

    def _update_buttons(self) -> None:
        self.open_button.setEnabled(self._agreed() and self.camera_list.currentRow() >= 0)

    def _on_open(self) -> None:
        item = self.camera_list.currentItem()
        if item is None or not self.open_button.isEnabled():
            return
        if self._notice_needed:
            self.notice_accepted.emit()
        self.camera_chosen.emit(int(item.data(Qt.UserRole)), item.text())
        self.accept()

    def _on_open_file(self) -> None:
        self.reject()
        self.open_file_requested.emit()
