"""Writing a data set: as what, where, with or without corrections; then how far it is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)

from ui.dataset_state import DatasetState
from ui.formats import count
from ui.loader import load_ui

_PACKED = (".gz", ".zip", ".tar")
_TABLES = (".csv", ".csv.gz", ".csv.zip")


class ExportDatasetDialog(QDialog):
    """Asks what to write, then shows the progress.

    Signals:
        export_requested: Write it; the choices are read from here.
        cancel_requested: Stop writing.
    """

    export_requested = pyqtSignal()
    cancel_requested = pyqtSignal()

    form_widget: QWidget
    csv_radio: QRadioButton
    folder_radio: QRadioButton
    edits_check: QCheckBox
    path_edit: QLineEdit
    path_button: QToolButton
    total_label: QLabel
    problem_label: QLabel
    bar: QProgressBar
    buttons: QDialogButtonBox

    def __init__(self, state: DatasetState, folder: Path, parent: QWidget | None = None) -> None:
        """Offer to write what ``state`` shows; ``folder`` is where it is suggested to go."""
        super().__init__(parent)
        load_ui("export_dataset_dialog", self)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        if state.samples is None:
            raise ValueError("expected a data set to be open")
        self._state, self._samples, self._folder = state, state.samples, folder
        self._writing = False
        self._suggested = ""
        self.bar.hide()
        self.export_button = QPushButton(self.tr("Export"))
        self.export_button.setProperty("primary", True)
        self.export_button.setDefault(True)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.buttons.addButton(self.export_button, QDialogButtonBox.ActionRole)
        self.buttons.addButton(self.cancel_button, QDialogButtonBox.RejectRole)
        self.export_button.clicked.connect(self.export_requested)
        self.buttons.rejected.connect(self.reject)
        self.csv_radio.toggled.connect(lambda _on: self._on_kind_changed())
        self.edits_check.toggled.connect(lambda _on: self._check())
        self.path_edit.textChanged.connect(lambda _text: self._check())
        self.path_button.clicked.connect(self._on_path_clicked)
        self._show_edits()
        if not (self.targets() >= 0).any():
            self.folder_radio.setChecked(True)  # a CSV has no place for what is not labelled
        self._on_kind_changed()

    # -- what was chosen -----------------------------------------------------------------------

    def as_csv(self) -> bool:
        """Whether one CSV is wanted, and not folders."""
        return self.csv_radio.isChecked()

    def path(self) -> Path:
        """Where it shall be written."""
        return Path(self.path_edit.text().strip()).expanduser()

    def targets(self) -> npt.NDArray[np.int64]:
        """The labels to write: int64 (N,), -1 without one."""
        return self._state.targets() if self._with_edits() else self._samples.targets

    def excluded(self) -> npt.NDArray[np.bool_]:
        """What is left out: bool (N,)."""
        if self._with_edits():
            return self._state.excluded()
        return np.zeros(len(self._samples), np.bool_)

    def _with_edits(self) -> bool:
        return self._has_edits and self.edits_check.isChecked()

    # -- the form ------------------------------------------------------------------------------

    def _show_edits(self) -> None:
        excluded = self._state.excluded()
        relabelled = int(((self._state.targets() != self._samples.targets) & ~excluded).sum())
        out = int(excluded.sum())
        self._has_edits = bool(relabelled or out)
        self.edits_check.setEnabled(self._has_edits)
        if self._has_edits:
            text = self.tr(
                "With your corrections ({relabelled} images with another label, {excluded} "
                "excluded)"
            )
        else:
            text = self.tr("With your corrections (there are none)")
        self.edits_check.setText(text.format(relabelled=count(relabelled), excluded=count(out)))

    def _on_kind_changed(self) -> None:
        """Suggest another path, unless the user chose one."""
        if self.path_edit.text() in ("", self._suggested):
            stem = self._stem()
            name = f"{stem}_exported.csv" if self.as_csv() else f"{stem}_pictures"
            self._suggested = str(self._folder / name)
            self.path_edit.setText(self._suggested)
        self._check()

    def _stem(self) -> str:
        path = Path(self._samples.name)
        while path.suffix.lower() in (*_PACKED, ".csv"):
            path = path.with_suffix("")
        return path.name or "dataset"

    def _check(self) -> None:
        targets, excluded = self.targets(), self.excluded()
        kept = ~excluded
        unlabelled = int((kept & (targets < 0)).sum())
        total = int(kept.sum()) - (unlabelled if self.as_csv() else 0)
        text = self.tr("{number} images will be written.").format(number=count(total))
        if unlabelled and self.as_csv():
            more = self.tr("{number} without a label are left out: the form has no place for them.")
            text += " " + more.format(number=count(unlabelled))
        elif unlabelled:
            more = self.tr("{number} without a label go to a folder of their own.")
            text += " " + more.format(number=count(unlabelled))
        self.total_label.setText(text)
        problem, note = self._problem(total)
        self.problem_label.setText(problem or note)
        self.problem_label.setVisible(bool(problem or note))
        self.export_button.setEnabled(not problem and not self._writing)

    def _problem(self, total: int) -> tuple[str, str]:
        """Return why it cannot be written, and what to know before it is; "" for nothing."""
        if not total:
            return self.tr("There is nothing to write."), ""
        if not self.path_edit.text().strip():
            return self.tr("Say where to write."), ""
        path = self.path()
        try:
            return self._problem_there(path)
        except OSError as error:
            text = self.tr("{path} cannot be looked at ({reason}).")
            return text.format(path=path, reason=error.strerror or error), ""

    def _problem_there(self, path: Path) -> tuple[str, str]:
        source = self._samples.path
        if path.resolve() == source.resolve():
            return self.tr("That is the data set itself, which is never changed."), ""
        if source.resolve() in path.resolve().parents:
            return self.tr("That lies inside the data set, which is never changed."), ""
        if self.as_csv():
            if path.is_dir():
                return self.tr("That is a folder; add a file name such as data.csv."), ""
            if not path.name.lower().endswith(_TABLES):
                return self.tr("The file's name must end in .csv, .csv.gz or .csv.zip."), ""
            if path.exists():
                return "", self.tr("A file of this name is there and will be replaced.")
            return "", ""
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            return self.tr("Something is there already; choose a new or empty folder."), ""
        return "", ""

    def _on_path_clicked(self) -> None:
        if self.as_csv():
            name, _ = QFileDialog.getSaveFileName(
                self,
                self.tr("Export as CSV"),
                self.path_edit.text(),
                self.tr("FER2013 files (*.csv *.gz *.zip);;All files (*)"),
            )
        else:
            name = QFileDialog.getExistingDirectory(
                self, self.tr("Choose an empty folder"), str(self.path().parent)
            )
        if name:
            self.path_edit.setText(name)

    # -- while it is written -------------------------------------------------------------------

    def show_writing(self) -> None:
        """It is being written; only Cancel can be pressed."""
        self._writing = True
        self.bar.setValue(0)
        self.bar.show()
        self.form_widget.setEnabled(False)
        self.export_button.setEnabled(False)
        self.problem_label.hide()
        self.cancel_button.setFocus()

    def show_progress(self, fraction: float) -> None:
        """How much is written."""
        self.bar.setValue(int(1000 * fraction))

    def show_ended(self, problem: str = "") -> None:
        """Writing ended without success; the form can be used again."""
        self._writing = False
        self.bar.hide()
        self.form_widget.setEnabled(True)
        self.cancel_button.setEnabled(True)
        self._check()
        if problem:
            self.problem_label.setText(problem)
            self.problem_label.show()

    def reject(self) -> None:
        """Stop writing; close when nothing is written."""
        if self._writing:
            self.cancel_button.setEnabled(False)
            self.cancel_requested.emit()
        else:
            super().reject()
