"""The licences of everything Mien stands on, to read, search and copy."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal
from PyQt5.QtGui import (
    QFontDatabase,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QTextDocument,
)
from PyQt5.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QShortcut,
    QWidget,
)

from resources import resource_path
from ui.dialogs import HelpDialog, close_buttons

# What was found must be seen at a glance, while the search line keeps the focus.
_FOUND_STYLE = (
    "QPlainTextEdit { selection-background-color: palette(highlight);"
    " selection-color: palette(highlighted-text); }"
)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Licences", text)


def licences_text() -> str:
    """The generated list, or a sentence that says where it should be."""
    path = resource_path("licences", "third_party.txt")
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        return _tr("The list cannot be read ({reason}); install Mien again.").format(reason=error)


class _SearchEdit(QLineEdit):
    """Keeps Enter to itself: in a dialog it would press the Close button.

    Signals:
        entered: Enter was pressed; True with Shift.
    """

    entered = pyqtSignal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key_Return, Qt.Key_Enter):
            self.entered.emit(bool(event.modifiers() & Qt.ShiftModifier))
            event.accept()
            return
        super().keyPressEvent(event)


class LicencesDialog(HelpDialog):
    """A read-only text with a search line.

    Attributes:
        view: The text.
        search_edit: What to look for; Enter goes on, Shift+Enter back.
        count_label: Which of how many places is shown.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Third-party licences"), parent)
        self.view = QPlainTextEdit(text)
        self.view.setReadOnly(True)
        self.view.setLineWrapMode(QPlainTextEdit.NoWrap)
        self.view.setFont(QFontDatabase.systemFont(QFontDatabase.FixedFont))
        self.view.setAccessibleName(_tr("Third-party licences"))
        self.view.setStyleSheet(_FOUND_STYLE)
        self._plain = text.casefold()
        self.search_edit = _SearchEdit()
        self.search_edit.setPlaceholderText(_tr("Search, for example a package"))
        self.search_edit.setAccessibleName(_tr("Search"))
        self.search_edit.setClearButtonEnabled(True)
        self.search_edit.textChanged.connect(self._on_text_changed)
        self.search_edit.entered.connect(self.go_on)
        self.back_button = QPushButton(_tr("Previous"))
        self.next_button = QPushButton(_tr("Next"))
        self.back_button.clicked.connect(lambda _checked: self.go_on(True))
        self.next_button.clicked.connect(lambda _checked: self.go_on())
        self.count_label = QLabel()
        self.count_label.setMinimumWidth(90)
        self.count_label.setProperty("muted", True)
        row = QHBoxLayout()
        row.addWidget(self.search_edit, 1)
        row.addWidget(self.count_label)
        for button in (self.back_button, self.next_button):
            button.setAutoDefault(False)
            row.addWidget(button)
        for keys, act in (
            (QKeySequence.Find, self.search_edit.setFocus),
            (QKeySequence.FindNext, self.go_on),
            (QKeySequence.FindPrevious, lambda: self.go_on(True)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self.body.addLayout(row)
        self.body.addWidget(self.view)
        self.body.addWidget(close_buttons(self))
        self.fit(900, 600)
        self.search_edit.setFocus()
        self._on_text_changed("")

    def go_on(self, backward: bool = False) -> None:
        """Go to the next or previous place; after the last comes the first."""
        wanted = self.search_edit.text()
        if not wanted:
            return
        options = QTextDocument.FindFlags()
        if backward:
            options |= QTextDocument.FindBackward
        if not self.view.find(wanted, options):
            cursor = self.view.textCursor()
            cursor.movePosition(QTextCursor.End if backward else QTextCursor.Start)
            self.view.setTextCursor(cursor)
            self.view.find(wanted, options)
        self.view.centerCursor()
        self._show_count()

    def _on_text_changed(self, text: str) -> None:
        for button in (self.back_button, self.next_button):
            button.setEnabled(bool(text))
        cursor = self.view.textCursor()
        cursor.movePosition(QTextCursor.Start)
        self.view.setTextCursor(cursor)
        self.go_on()
        self._show_count()

    def _show_count(self) -> None:
        wanted = self.search_edit.text().casefold()
        if not wanted:
            self.count_label.setText("")
            return
        total = self._plain.count(wanted)
        if not total:
            self.count_label.setText(_tr("Not found"))
            return
        before = self.view.textCursor().selectionStart()
        place = self._plain.count(wanted, 0, before) + 1
        self.count_label.setText(
            _tr("{place} of {total}").format(place=min(place, total), total=total)
        )
