"""Small dialogs of the Help menu: shortcuts, log, about."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtGui import QFontDatabase, QIcon
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from resources import resource_path

LICENCES: tuple[tuple[str, str], ...] = (
    ("Qt 5 / PyQt5", "LGPL-3.0 / GPL-3.0"),
    ("PyTorch, torchvision", "BSD-3-Clause"),
    ("OpenCV", "Apache-2.0"),
    ("ONNX Runtime", "MIT"),
    ("NumPy, pandas, SciPy, scikit-learn", "BSD-3-Clause"),
    ("PyAV (FFmpeg)", "BSD-3-Clause (LGPL-2.1+)"),
    ("pyqtgraph", "MIT"),
    ("safetensors", "Apache-2.0"),
    ("YuNet 2023mar", "MIT"),
)


def _close_buttons(dialog: QDialog) -> QDialogButtonBox:
    close = QPushButton(QCoreApplication.translate("Dialogs", "Close"))
    close.setDefault(True)
    buttons = QDialogButtonBox()
    buttons.addButton(close, QDialogButtonBox.RejectRole)
    buttons.rejected.connect(dialog.reject)
    return buttons


class _Dialog(QDialog):
    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 18, 20, 14)
        self.body.setSpacing(12)


class ShortcutsDialog(_Dialog):
    """All keys; rows of (part of the program, action, keys)."""

    def __init__(
        self, rows: Sequence[tuple[str, str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(QCoreApplication.translate("Dialogs", "Keyboard shortcuts"), parent)
        self.table = QTableWidget(len(rows), 3)
        self.table.setHorizontalHeaderLabels(
            [
                QCoreApplication.translate("Dialogs", "Where"),
                QCoreApplication.translate("Dialogs", "Action"),
                QCoreApplication.translate("Dialogs", "Keys"),
            ]
        )
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectRows)
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                self.table.setItem(row, column, QTableWidgetItem(text))
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignLeft | Qt.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.Stretch)
        self.body.addWidget(self.table)
        self.body.addWidget(_close_buttons(self))
        self.resize(600, 520)


class LogDialog(_Dialog):
    """The end of the log, to read and to copy."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Dialogs", "Log"), parent)
        self.view = QPlainTextEdit(text)
        self.view.setReadOnly(True)
        self.view.setLineWrapMode(QPlainTextEdit.NoWrap)
        self.view.setFont(QFontDatabase.systemFont(QFontDatabase.FixedFont))
        self.view.setAccessibleName(QCoreApplication.translate("Dialogs", "Log"))
        scroll = self.view.verticalScrollBar()
        copy = QPushButton(QCoreApplication.translate("Dialogs", "Copy all"))
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QApplication.clipboard().setText(self.view.toPlainText()))
        buttons = _close_buttons(self)
        buttons.addButton(copy, QDialogButtonBox.ActionRole)
        self.body.addWidget(self.view)
        self.body.addWidget(buttons)
        self.resize(860, 520)
        scroll.setValue(scroll.maximum())


class AboutDialog(_Dialog):
    """What Mien is, what it must not be used for, versions and licences."""

    def __init__(self, versions: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(QCoreApplication.translate("Dialogs", "About Mien"), parent)
        sign = QLabel()
        sign.setPixmap(QIcon(str(resource_path("icons", "mien.svg"))).pixmap(64, 64))
        title = QLabel(f"Mien {versions.get('Mien', '')}")
        title.setProperty("heading", "1")
        purpose = QLabel(
            QCoreApplication.translate(
                "Dialogs",
                "A workbench for facial expressions: inspect a data set, train networks, compare "
                "them, and play a video with the expression beside every face. Everything stays "
                "on this computer.",
            )
        )
        limits = QLabel(
            QCoreApplication.translate(
                "Dialogs",
                "An expression is what a face shows, not what a person feels. Use Mien with "
                "people who agreed, and not to judge people at work or in education.",
            )
        )
        lines = [f"{name}: {version}" for name, version in versions.items() if name != "Mien"]
        lines += ["", *(f"{name}: {licence}" for name, licence in LICENCES)]
        details = QPlainTextEdit("\n".join(lines))
        details.setReadOnly(True)
        details.setAccessibleName(QCoreApplication.translate("Dialogs", "Versions and licences"))
        licence = QLabel(
            QCoreApplication.translate("Dialogs", "Free software under the GNU GPL, version 3.")
        )
        licence.setProperty("muted", True)
        for widget in (sign, title, purpose, limits, details, licence):
            if isinstance(widget, QLabel):
                widget.setWordWrap(True)
            self.body.addWidget(widget)
        self.body.addWidget(_close_buttons(self))
        self.resize(520, 560)
