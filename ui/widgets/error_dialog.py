"""A fault of the program, said in one sentence, with details that can be copied."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QFontDatabase
from PyQt5.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QVBoxLayout,
    QWidget,
)


class ErrorDialog(QDialog):
    """Summary sentence, traceback and versions.

    Attributes:
        summary_label: The sentence.
        details_view: Traceback and versions.
        copy_button: Copies all of it.
    """

    def __init__(
        self, summary: str, details: str, versions: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Mien – something went wrong"))
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self._versions = versions
        self._reports: list[tuple[str, str]] = [(summary, details)]
        self.summary_label = QLabel(summary)
        self.summary_label.setTextFormat(Qt.PlainText)
        self.summary_label.setWordWrap(True)
        self.summary_label.setTextInteractionFlags(Qt.TextSelectableByMouse)
        hint = QLabel(
            self.tr(
                "You can go on working. The details below help to find the cause; they are "
                "also in the log."
            )
        )
        hint.setWordWrap(True)
        hint.setProperty("muted", True)
        self.details_view = QPlainTextEdit()
        self.details_view.setReadOnly(True)
        self.details_view.setLineWrapMode(QPlainTextEdit.NoWrap)
        self.details_view.setFont(QFontDatabase.systemFont(QFontDatabase.FixedFont))
        self.details_view.setAccessibleName(self.tr("Details"))
        self.copy_button = QPushButton(self.tr("Copy details"))
        self.copy_button.setAutoDefault(False)
        self.copy_button.clicked.connect(self._on_copy_clicked)
        close_button = QPushButton(self.tr("Close"))
        close_button.setDefault(True)

        sign = QLabel()
        sign.setPixmap(self.style().standardIcon(QStyle.SP_MessageBoxWarning).pixmap(32, 32))
        sign.setAlignment(Qt.AlignTop)
        words = QVBoxLayout()
        words.addWidget(self.summary_label)
        words.addWidget(hint)
        top = QHBoxLayout()
        top.setSpacing(14)
        top.addWidget(sign)
        top.addLayout(words, 1)
        buttons = QDialogButtonBox()
        buttons.addButton(self.copy_button, QDialogButtonBox.ActionRole)
        buttons.addButton(close_button, QDialogButtonBox.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 14)
        layout.setSpacing(12)
        layout.addLayout(top)
        layout.addWidget(self.details_view, 1)
        layout.addWidget(buttons)
        self.resize(640, 380)
        self._refresh()

    def add(self, summary: str, details: str) -> None:
        """Append a further fault that came while the dialog was open (the first 20 are kept)."""
        if len(self._reports) < 20:
            self._reports.append((summary, details))
            self._refresh()

    def report(self) -> str:
        """Everything as text."""
        blocks = [f"{summary}\n\n{details.rstrip()}" for summary, details in self._reports]
        return "\n\n".join([*blocks, self._versions])

    def _refresh(self) -> None:
        self.details_view.setPlainText(self.report())

    def _on_copy_clicked(self) -> None:
        QApplication.clipboard().setText(self.report())
        self.copy_button.setText(self.tr("Copied"))
