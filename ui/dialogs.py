"""Small dialogs of the Help menu: shortcuts and log."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtGui import QFontDatabase
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)


def close_buttons(dialog: QDialog) -> QDialogButtonBox:
    """A row with the button that closes ``dialog``."""
    close = QPushButton(QCoreApplication.translate("Dialogs", "Close"))
    close.setDefault(True)
    buttons = QDialogButtonBox()
    buttons.addButton(close, QDialogButtonBox.RejectRole)
    buttons.rejected.connect(dialog.reject)
    return buttons


class HelpDialog(QDialog):
    """A dialog with a title, margins and an empty column to fill."""

    def __init__(self, title: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(20, 18, 20, 14)
        self.body.setSpacing(12)

    def fit(self, width: int, height: int) -> None:
        """Take this size, in logical pixels, or what the screen has room for."""
        screen = QApplication.primaryScreen()
        if screen is not None:
            room = screen.availableSize()
            width, height = min(width, room.width() - 20), min(height, room.height() - 60)
        self.resize(width, height)


class ShortcutsDialog(HelpDialog):
    """All keys; rows of (part of the program, action, keys)."""

    def __init__(self, rows: Sequence[tuple[str, str, str]], parent: QWidget | None = None) -> None:
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
        self.body.addWidget(close_buttons(self))
        self.fit(600, 520)


class LogDialog(HelpDialog):
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
        buttons = close_buttons(self)
        buttons.addButton(copy, QDialogButtonBox.ActionRole)
        self.body.addWidget(self.view)
        self.body.addWidget(buttons)
        self.fit(860, 520)
        scroll.setValue(scroll.maximum())
