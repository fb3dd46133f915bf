"""Changing the Player's keys."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from ui.dialogs import HelpDialog, close_buttons
from ui.player_keys import (
    FIXED,
    PLAYER_KEYS,
    action_of,
    is_usable,
    key_name,
    key_set,
    key_texts,
    portable,
    shown_keys,
    with_keys,
)
from ui.widgets.key_edit import KeyEdit

OwnKeys = dict[str, list[str]]


class KeysDialog(HelpDialog):
    """A table of actions and keys; the chosen action gets other ones.

    Signals:
        changed: (boris, own) Other keys: what they begin with, and the user's by action.
    """

    changed = pyqtSignal(bool, object)

    def __init__(
        self,
        boris: bool,
        own: Mapping[str, Sequence[str]],
        taken: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """Show the keys in use.

        Args:
            boris: Whether they begin with those of BORIS.
            own: The user's keys by action.
            taken: What else keys do in the window, by key in Qt's portable spelling.
            parent: The window.
        """
        super().__init__("", parent)
        self.setWindowTitle(self.tr("Keys of the Player"))
        self._taken = {portable(key): text for key, text in taken.items()}
        self._texts = key_texts()
        self._actions = [entry.action for entry in PLAYER_KEYS if entry.action not in FIXED]
        self._keys = key_set(boris, own)

        self.preset_combo = QComboBox()
        self.preset_combo.addItem(self.tr("Mien"), False)
        self.preset_combo.addItem(self.tr("BORIS"), True)
        self.preset_combo.setCurrentIndex(int(boris))
        self.preset_combo.setToolTip(
            self.tr("BORIS: the keys that people know from that program for coding behaviour")
        )
        self.preset_combo.setAccessibleName(self.tr("Keys as in"))
        preset = QHBoxLayout()
        preset.addWidget(QLabel(self.tr("Keys as in")))
        preset.addWidget(self.preset_combo)
        preset.addStretch(1)
        self.reset_button = QPushButton(self.tr("All as delivered"))
        preset.addWidget(self.reset_button)
        self.body.addLayout(preset)

        self.table = QTableWidget(len(self._actions), 2)
        self.table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Keys")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(True)
        self.table.setEditTriggers(QAbstractItemView.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SingleSelection)
        self.table.setTabKeyNavigation(False)
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignLeft | Qt.AlignVCenter)
        header.setSectionResizeMode(0, QHeaderView.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeToContents)
        self.body.addWidget(self.table)

        self.key_edit = KeyEdit()
        self.key_edit.setAccessibleName(self.tr("New key"))
        for line in self.key_edit.findChildren(QLineEdit):  # Qt's own words are not translated
            line.setPlaceholderText(self.tr("Press a key"))
        self.set_button = QPushButton(self.tr("Use only this"))
        self.add_button = QPushButton(self.tr("Add this"))
        self.clear_button = QPushButton(self.tr("No key"))
        row = QHBoxLayout()
        row.addWidget(QLabel(self.tr("New key")))
        row.addWidget(self.key_edit, 1)
        for button in (self.set_button, self.add_button, self.clear_button, self.reset_button):
            button.setAutoDefault(False)
            if button is not self.reset_button:
                row.addWidget(button)
        self.body.addLayout(row)
        self.note_label = QLabel()
        self.note_label.setWordWrap(True)
        self.note_label.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.note_label.setAlignment(Qt.AlignTop)
        self.body.addWidget(self.note_label)
        self.body.addWidget(close_buttons(self))
        self.fit(640, 560)

        self.preset_combo.currentIndexChanged.connect(lambda _index: self._begin({}))
        self.reset_button.clicked.connect(lambda _on: self._begin({}))
        self.table.itemSelectionChanged.connect(self._on_chosen)
        self.key_edit.keySequenceChanged.connect(self._on_typed)
        self.set_button.clicked.connect(lambda _on: self._give([self._typed()]))
        self.add_button.clicked.connect(lambda _on: self._give([*self._own(), self._typed()]))
        self.clear_button.clicked.connect(lambda _on: self._give([]))
        self._fill()
        self.table.selectRow(0)

    def choose(self, action: str) -> None:
        """Choose an action by its name."""
        self.table.selectRow(self._actions.index(action))

    def own_keys(self) -> OwnKeys:
        """Return what differs from the chosen program's keys, by action."""
        usual = key_set(self._boris())
        return {
            action: list(self._keys[action])
            for action in self._actions
            if self._keys[action] != usual[action]
        }

    def _boris(self) -> bool:
        return bool(self.preset_combo.currentData())

    def _chosen(self) -> str:
        return self._actions[max(0, self.table.currentRow())]

    def _own(self) -> tuple[str, ...]:
        return self._keys[self._chosen()]

    def _typed(self) -> str:
        return str(self.key_edit.keySequence().toString(QKeySequence.PortableText))

    def _begin(self, own: OwnKeys) -> None:
        self._keys = key_set(self._boris(), own)
        self._announce()

    def _give(self, wanted: Sequence[str]) -> None:
        self._keys = with_keys(self._keys, self._chosen(), wanted)
        self.key_edit.clear()
        self._announce()

    def _announce(self) -> None:
        self._fill()
        self._on_typed()
        self.changed.emit(self._boris(), self.own_keys())

    def _fill(self) -> None:
        for row, action in enumerate(self._actions):
            for column, text in enumerate((self._texts[action], shown_keys(self._keys, action))):
                item = self.table.item(row, column) or QTableWidgetItem()
                item.setText(text)
                self.table.setItem(row, column, item)

    def _on_chosen(self) -> None:
        self.key_edit.clear()
        self._on_typed()

    def _on_typed(self) -> None:
        key = self._typed()
        problem, note = self._judge(key) if key else ("", "")
        self.note_label.setText(problem or note or self._hint())
        usable = bool(key) and not problem
        self.set_button.setEnabled(usable)
        self.add_button.setEnabled(usable and bool(self._own()))
        self.clear_button.setEnabled(bool(self._own()))

    def _hint(self) -> str:
        return self.tr("Choose an action, click the field, and press the key it shall have.")

    def _judge(self, key: str) -> tuple[str, str]:
        """Return why a key cannot be had, and what becomes of what it does now."""
        shown = key_name(QKeySequence(key))
        if not is_usable(key):
            return self.tr("{key} is needed to move between the parts of the window.").format(
                key=shown
            ), ""
        if portable(key) in self._taken:
            return self.tr("{key} belongs to the whole window: {action}.").format(
                key=shown, action=self._taken[portable(key)]
            ), ""
        other = action_of(self._keys, key)
        if other in FIXED:
            return self.tr("{key} belongs to: {action}.").format(
                key=shown, action=self._texts[other]
            ), ""
        if other == self._chosen():
            return self.tr("{key} does that already.").format(key=shown), ""
        if other:
            return "", self.tr("{key} will be taken from: {action}.").format(
                key=shown, action=self._texts[other]
            )
        return "", ""
