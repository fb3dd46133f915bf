"""Writing what the Player found: as what, where; then how far it is, and what was written."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
)

from ui.formats import count
from ui.loader import load_ui
from ui.widgets.scroll_dialog import make_scrollable

_COPY, _HIDE, _BARE = "copy", "hide", "bare"
_FOR_PHOTOS = ("csv", "parquet")


@dataclass(frozen=True)
class Coverage:
    """What there is to write.

    Attributes:
        kind: ``"video"``, ``"photo"`` or ``"camera"``.
        frames: Frames that were analysed.
        people: Different people in them.
        share: How much of the video was analysed, 0..1.
    """

    kind: str
    frames: int = 0
    people: int = 0
    share: float = 0.0


@dataclass(frozen=True)
class ResultChoices:
    """What the user wants.

    Attributes:
        folder: Where to.
        formats: Words of ``trainer.export_results.FORMATS``.
        copy: A marked copy too.
        labels: With boxes and labels in it.
        blur_faces: With the faces hidden in it.
    """

    folder: Path
    formats: tuple[str, ...]
    copy: bool
    labels: bool
    blur_faces: bool


class ExportResultsDialog(QDialog):
    """Asks what to write, shows the progress, then what was written.

    Signals:
        export_requested: Write it; :meth:`choices` says what.
        cancel_requested: Stop writing.
        analyse_requested: Analyse the whole video first.
        open_folder_requested: Show the folder of the results.
    """

    export_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    analyse_requested = pyqtSignal()
    open_folder_requested = pyqtSignal()

    coverage_label: QLabel
    analyse_button: QPushButton
    form_widget: QWidget
    formats_layout: QGridLayout
    copy_check: QCheckBox
    labels_check: QCheckBox
    blur_check: QCheckBox
    blur_label: QLabel
    folder_edit: QLineEdit
    folder_button: QToolButton
    note_label: QLabel
    bar: QProgressBar
    buttons: QDialogButtonBox

    def __init__(
        self,
        title: str,
        coverage: Coverage,
        folder: Path,
        chosen: Sequence[str],
        parent: QWidget | None = None,
        *,
        parquet: bool = False,
    ) -> None:
        """Offer to write what ``coverage`` says of ``title``.

        Args:
            title: Name of the video, photo or camera.
            coverage: What there is.
            folder: Where it is suggested to go.
            chosen: What was chosen last, as :meth:`chosen_words` gave it.
            parent: The window.
            parquet: Whether Parquet can be written.
        """
        super().__init__(parent)
        load_ui("export_results_dialog", self)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self._coverage = coverage
        self._stem = Path(title).stem
        self._writing = False
        self._written = ""
        self.checks: dict[str, QCheckBox] = {}
        self.bar.hide()
        self.export_button = QPushButton(self.tr("Export"))
        self.export_button.setProperty("primary", True)
        self.export_button.setDefault(True)
        self.folder_open_button = QPushButton(self.tr("Open folder"))
        self.close_button = QPushButton(self.tr("Cancel"))
        self.buttons.addButton(self.export_button, QDialogButtonBox.ActionRole)
        self.buttons.addButton(self.close_button, QDialogButtonBox.RejectRole)
        self._add_formats(parquet)
        self._choose(chosen)
        self.folder_edit.setText(str(folder))
        self.export_button.clicked.connect(self.export_requested)
        self.folder_open_button.clicked.connect(self.open_folder_requested)
        self.analyse_button.clicked.connect(self.analyse_requested)
        self.buttons.rejected.connect(self.reject)
        self.folder_edit.textChanged.connect(lambda _text: self._on_changed())
        self.folder_button.clicked.connect(self._on_folder_clicked)
        for box in (*self.checks.values(), self.copy_check, self.labels_check, self.blur_check):
            box.toggled.connect(lambda _on: self._on_changed())
        self._show_coverage(title)
        self._on_changed()
        make_scrollable(self, 620, 470)

    # -- what was chosen -----------------------------------------------------------------------

    def choices(self) -> ResultChoices:
        """What the user wants."""
        copy = self.copy_check.isEnabled() and self.copy_check.isChecked()
        return ResultChoices(
            Path(self.folder_edit.text().strip()).expanduser(),
            tuple(key for key, box in self.checks.items() if box.isEnabled() and box.isChecked()),
            copy,
            self.labels_check.isChecked(),
            self.blur_check.isChecked(),
        )

    def chosen_words(self) -> list[str]:
        """What is ticked, to be ticked again the next time."""
        words = [key for key, box in self.checks.items() if box.isChecked()]
        more = ((_COPY, self.copy_check.isChecked()), (_HIDE, self.blur_check.isChecked()))
        words += [word for word, on in more if on]
        return words if self.labels_check.isChecked() else [*words, _BARE]

    # -- the form ------------------------------------------------------------------------------

    def _add_formats(self, parquet: bool) -> None:
        texts = {
            "csv": self.tr("Table (CSV)"),
            "parquet": self.tr("Table (Parquet)"),
            "vtt": self.tr("Subtitles (WebVTT)"),
            "srt": self.tr("Subtitles (SRT)"),
            "eaf": self.tr("ELAN annotation (.eaf)"),
            "textgrid": self.tr("Praat TextGrid"),
            "boris": self.tr("BORIS events (TSV)"),
            "html": self.tr("Report page (HTML)"),
        }
        for number, (key, text) in enumerate(texts.items()):
            box = QCheckBox(text)
            self.checks[key] = box
            self.formats_layout.addWidget(box, number // 2, number % 2)
            if self._coverage.kind == "photo" and key not in _FOR_PHOTOS:
                box.setEnabled(False)
                box.setToolTip(self.tr("A photo has no length that could be written."))
        if not parquet:
            self.checks["parquet"].setEnabled(False)
            self.checks["parquet"].setToolTip(
                self.tr("Needs the package pyarrow; CSV has the same columns.")
            )
        photo = self._coverage.kind == "photo"
        if photo:
            self.blur_label.setText(
                self.tr(
                    "Look at the copy before you share it: a face that was not found is not hidden."
                )
            )
        self.copy_check.setText(
            self.tr("Copy of the photo (JPEG)")
            if photo
            else self.tr("Copy of the video (MP4), with its sound")
        )
        if self._coverage.kind == "camera":
            self.copy_check.setEnabled(False)
            self.copy_check.setToolTip(self.tr("The pictures of a camera are not kept."))

    def _choose(self, words: Sequence[str]) -> None:
        for key, box in self.checks.items():
            box.setChecked(key in words)
        self.copy_check.setChecked(_COPY in words)
        self.blur_check.setChecked(_HIDE in words)
        self.labels_check.setChecked(_BARE not in words)

    def _show_coverage(self, title: str) -> None:
        found = self._coverage
        whole = found.share >= 0.995
        if not found.frames and found.kind != "video":
            text = self.tr(
                "Nothing of {title} was analysed yet: there is no model, or no frame was looked at."
            )
        elif not found.frames:
            text = self.tr(
                "Nothing of {title} was analysed yet. Play it, or better analyse the whole video "
                "first."
            )
        elif found.kind == "photo":
            text = "{title}: {people}."
        elif found.kind == "camera" or whole:
            text = self.tr("{title}: {frames} frames analysed, {people}.")
        else:
            text = self.tr(
                "{share} % of {title} was analysed: {frames} frames, {people}. Only that is "
                "written; in a copy with hidden faces the rest is hidden as a whole."
            )
        self.coverage_label.setText(
            text.format(
                title=title,
                frames=count(found.frames),
                people=self.tr("1 person")
                if found.people == 1
                else self.tr("{number} people").format(number=count(found.people)),
                share=int(100 * found.share),
            )
        )
        self.analyse_button.setVisible(found.kind == "video" and not whole)
        self.form_widget.setEnabled(bool(found.frames))

    def _on_changed(self) -> None:
        copy = self.copy_check.isEnabled() and self.copy_check.isChecked()
        for widget in (self.labels_check, self.blur_check):
            widget.setEnabled(copy)
        self.blur_label.setVisible(copy and self.blur_check.isChecked())
        problem = self._problem()
        if not self._written:
            self.note_label.setText(problem or self._replaced())
        self.note_label.setVisible(bool(self.note_label.text()))
        self.export_button.setEnabled(
            not problem and not self._writing and bool(self._coverage.frames)
        )

    def _problem(self) -> str:
        choices = self.choices()
        if not self._coverage.frames:
            return ""
        if not choices.formats and not choices.copy:
            return self.tr("Choose at least one kind of file.")
        if choices.copy and not choices.labels and not choices.blur_faces:
            return self.tr("The copy would be like the original: choose labels or hidden faces.")
        if not self.folder_edit.text().strip():
            return self.tr("Say where to write.")
        if choices.folder.exists() and not choices.folder.is_dir():
            return self.tr("That is a file; choose a folder.")
        return ""

    def _replaced(self) -> str:
        folder = self.choices().folder
        try:
            with os.scandir(folder) as entries:
                there = {entry.name for entry in entries}
        except OSError:
            return ""
        if f"{self._stem}.json" in there:
            return self.tr("Results of this name are there and will be replaced.")
        return ""

    def _on_folder_clicked(self) -> None:
        name = QFileDialog.getExistingDirectory(
            self, self.tr("Choose a folder"), self.folder_edit.text()
        )
        if name:
            self.folder_edit.setText(name)

    # -- while it is written -------------------------------------------------------------------

    def show_writing(self) -> None:
        """It is being written; only Cancel can be pressed."""
        self._writing, self._written = True, ""
        self.bar.setValue(0)
        self.bar.show()
        self.form_widget.setEnabled(False)
        self.analyse_button.setEnabled(False)
        self.export_button.setEnabled(False)
        self._offer_folder(False)
        self.note_label.hide()
        self.close_button.setText(self.tr("Cancel"))
        self.close_button.setFocus()

    def show_progress(self, fraction: float) -> None:
        """How much is written."""
        self.bar.setValue(int(1000 * fraction))

    def show_written(self, files: Sequence[Path], note: str) -> None:
        """Say what was written."""
        text = self.tr("{number} files were written: {names}.")
        names = ", ".join(path.name for path in files)
        self._written = text.format(number=len(files), names=names) + (f" {note}" if note else "")

    def show_ended(self, problem: str = "") -> None:
        """Writing ended; the form can be used again."""
        self._writing = False
        self.bar.hide()
        self.form_widget.setEnabled(True)
        self.analyse_button.setEnabled(True)
        self.close_button.setEnabled(True)
        if problem or self._written:
            self.note_label.setText(problem or self._written)
        if self._written:
            self.close_button.setText(self.tr("Close"))
            self._offer_folder(True)
            self.folder_open_button.setFocus()
        self._on_changed()
        if problem:
            self.note_label.setText(problem)
            self.note_label.show()

    def _offer_folder(self, on: bool) -> None:
        """Put the button in the row or take it out.

        Hiding it would not last: the row shows all its buttons again whenever the style changes.
        """
        shown = self.folder_open_button in self.buttons.buttons()
        if on and not shown:
            self.buttons.addButton(self.folder_open_button, QDialogButtonBox.ActionRole)
        elif shown and not on:
            self.buttons.removeButton(self.folder_open_button)

    def reject(self) -> None:
        """Stop writing; close when nothing is written."""
        if self._writing:
            self.close_button.setEnabled(False)
            self.cancel_requested.emit()
        else:
            super().reject()
