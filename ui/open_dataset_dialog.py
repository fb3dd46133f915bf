"""Before a data set is read: what it is, how its classes are called, what will be done."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QWidget,
)

from trainer.data.source_info import SourceInfo
from trainer.labels import EXPRESSIONS, SPLITS
from ui.colors import expression_title, split_title
from ui.formats import count
from ui.loader import load_ui


def kind_title(kind: str) -> str:
    """The translated title of a kind of data set."""
    titles = {
        "fer2013": QCoreApplication.translate("Kinds", "FER2013 CSV"),
        "fer-plus folders": QCoreApplication.translate("Kinds", "FER+ folders"),
        "image-folder": QCoreApplication.translate("Kinds", "Folders of pictures by class"),
        "ckplus48": "CK+48",
        "raf-db": "RAF-DB",
        "affectnet": "AffectNet",
        "photos": QCoreApplication.translate("Kinds", "Photos without labels"),
    }
    return titles.get(kind, kind)


class OpenDatasetDialog(QDialog):
    """Shows a :class:`SourceInfo`; accepted when the user wants it read."""

    kind_label: QLabel
    path_label: QLabel
    total_label: QLabel
    classes_table: QTableWidget
    votes_check: QCheckBox
    votes_edit: QLineEdit
    votes_button: QToolButton
    notes_label: QLabel
    problem_label: QLabel
    buttons: QDialogButtonBox

    def __init__(self, info: SourceInfo, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("open_dataset_dialog", self)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self._info = info
        self._combos: dict[str, QComboBox] = {}
        self.open_button = QPushButton(self.tr("Open"))
        self.open_button.setProperty("primary", True)
        self.open_button.setDefault(True)
        self.kind_label.setText(kind_title(info.kind))
        self.path_label.setText(str(info.path))
        self._show_total()
        self._fill_table()
        self.notes_label.setText("\n".join(info.notes))
        self.notes_label.setVisible(bool(info.notes))
        takes_votes = info.kind == "fer2013"
        for widget in (self.votes_check, self.votes_edit, self.votes_button):
            widget.setVisible(takes_votes)
        self._show_votes(info.votes_path)
        self.votes_check.toggled.connect(self._on_votes_toggled)
        self.votes_edit.textEdited.connect(lambda _text: self._check())
        self.votes_button.clicked.connect(self._on_votes_clicked)
        cancel_button = QPushButton(self.tr("Cancel"))
        self.buttons.addButton(self.open_button, QDialogButtonBox.AcceptRole)
        self.buttons.addButton(cancel_button, QDialogButtonBox.RejectRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._check()
        self.open_button.setFocus()
        if self.classes_table.isHidden():
            self.resize(self.width(), self.layout().totalHeightForWidth(self.width()))

    def class_map(self) -> dict[str, str | None]:
        """What the user chose that differs from how the names map by themselves."""
        chosen = {name: combo.currentData() for name, combo in self._combos.items()}
        return {n: ours for n, ours in chosen.items() if ours != self._info.class_map.get(n)}

    def votes(self) -> Path | None:
        """File with FER+ votes, or None."""
        if self.votes_check.isHidden() or not self.votes_check.isChecked():
            return None
        text = self.votes_edit.text().strip()
        return Path(text).expanduser() if text else None

    def set_choices(self, class_map: Mapping[str, str | None], votes: Path | None) -> None:
        """Show what was chosen earlier.

        Args:
            class_map: As :meth:`class_map` gives it.
            votes: File with FER+ votes, or None for none.
        """
        for name, ours in class_map.items():
            combo = self._combos.get(name)
            if combo is not None:
                combo.setCurrentIndex(max(combo.findData(ours), 0))
        if votes is None:
            self.votes_check.setChecked(False)
        else:
            self._show_votes(votes)

    def _show_votes(self, path: Path | None) -> None:
        self.votes_edit.setText("" if path is None else str(path))
        self.votes_check.setChecked(path is not None)
        self._on_votes_toggled(path is not None)

    def _on_votes_toggled(self, wanted: bool) -> None:
        self.votes_edit.setEnabled(wanted)
        self.votes_button.setEnabled(wanted)
        self._check()
        if wanted and self.isVisible() and not self.votes_edit.text().strip():
            self.votes_edit.setFocus()

    def _show_total(self) -> None:
        total = count(self._info.total)
        if not self._info.labelled:
            text = self.tr("{number} photos; faces are looked for while reading")
        elif self._info.exact:
            text = self.tr("{number} images")
        else:
            text = self.tr("about {number} images")
        self.total_label.setText(text.format(number=total))

    def _fill_table(self) -> None:
        table, info = self.classes_table, self._info
        splits = [split for split in SPLITS if split in info.counts]
        heads = [self.tr("Class there"), self.tr("Expression here")]
        table.setColumnCount(2 + len(splits))
        table.setHorizontalHeaderLabels([*heads, *(split_title(split) for split in splits)])
        table.setRowCount(len(info.class_map))
        table.setVisible(info.labelled and bool(info.class_map))
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(34)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.Stretch)
        for row, (theirs, ours) in enumerate(info.class_map.items()):
            table.setItem(row, 0, _cell(theirs, Qt.AlignLeft))
            combo = QComboBox()
            combo.addItem(self.tr("Leave out"), None)
            for name in EXPRESSIONS:
                combo.addItem(expression_title(name), name)
            combo.setCurrentIndex(max(combo.findData(ours), 0))
            combo.setAccessibleName(self.tr("Expression for {name}").format(name=theirs))
            combo.currentIndexChanged.connect(lambda _index: self._check())
            table.setCellWidget(row, 1, combo)
            self._combos[theirs] = combo
            for column, split in enumerate(splits, start=2):
                number = info.counts[split].get(theirs, 0)
                table.setItem(row, column, _cell(count(number), Qt.AlignRight))

    def _check(self) -> None:
        """Nothing can be read when every class is left out, no votes from a file not named."""
        empty = self._info.labelled and bool(self._combos)
        empty = empty and all(combo.currentData() is None for combo in self._combos.values())
        problem = self.tr("Say for at least one class which expression it is.") if empty else ""
        if not empty and not self.votes_check.isHidden() and self.votes_check.isChecked():
            path = self.votes()
            if path is None:
                problem = self.tr("Name the file with the votes, or take the tick away.")
            elif not path.exists():
                problem = self.tr("There is no file with votes at {path}.").format(path=path)
        self.problem_label.setText(problem)
        self.problem_label.setVisible(bool(problem))
        self.open_button.setEnabled(not problem)

    def _on_votes_clicked(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            self.tr("FER+ votes"),
            str(self._info.path.parent),
            self.tr("FER+ votes (*.csv);;All files (*)"),
        )
        if name:
            self._show_votes(Path(name))


def _cell(text: str, side: Qt.AlignmentFlag) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setFlags(Qt.ItemIsEnabled)
    item.setTextAlignment(int(side | Qt.AlignVCenter))
    return item
