"""A person's coding beside the model's labels: kappa, confusion, and where they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QModelIndex, Qt, pyqtSignal
from PyQt5.QtGui import QDragEnterEvent, QDropEvent
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QHeaderView,
    QLabel,
    QPushButton,
    QSpinBox,
    QTableView,
    QTabWidget,
    QWidget,
)

from trainer.agreement.compare import Agreement
from ui.formats import count
from ui.loader import load_ui
from ui.tables.agreement_model import (
    CellsModel,
    ClassAgreementModel,
    ConfusionSecondsModel,
    DisagreementModel,
    kappa_text,
)
from ui.widgets.agreement_strip import AgreementStrip
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.scroll_dialog import make_scrollable


@dataclass(frozen=True)
class AgreementChoices:
    """What is compared with what.

    Attributes:
        tier: Name of the tier; None while there is no coding.
        person: Name of the person; None: chosen by name or by length.
        delay_ms: The coder's reaction time.
        gaps_are_neutral: What has no label counts as neutral.
    """

    tier: str | None
    person: str | None
    delay_ms: float
    gaps_are_neutral: bool


class AgreementDialog(QDialog):
    """Shows an :class:`Agreement`; the controller computes it.

    Signals:
        open_requested: Choose a coding.
        path_dropped: (Path) Take this coding.
        choices_changed: Something else is to be compared.
        delay_requested: Find the reaction time.
        seek_requested: (ms) Show this moment.
        save_requested: Write the figures to a file.
    """

    open_requested = pyqtSignal()
    path_dropped = pyqtSignal(Path)
    choices_changed = pyqtSignal()
    delay_requested = pyqtSignal()
    seek_requested = pyqtSignal(float)
    save_requested = pyqtSignal()

    open_button: QPushButton
    file_label: ElidedLabel
    choices_holder: QWidget
    tier_combo: QComboBox
    person_combo: QComboBox
    delay_spin: QSpinBox
    delay_button: QPushButton
    neutral_check: QCheckBox
    problem_label: QLabel
    kappa_label: QLabel
    notes_label: QLabel
    strip: AgreementStrip
    tables: QTabWidget
    classes_table: QTableView
    confusion_table: QTableView
    differ_label: QLabel
    differ_table: QTableView
    save_button: QPushButton
    close_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("agreement_dialog", self)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self.setWindowFlag(Qt.WindowMaximizeButtonHint, True)
        self.setSizeGripEnabled(True)
        self._classes = ClassAgreementModel(parent=self)
        self._confusion = ConfusionSecondsModel(parent=self)
        self.differences = DisagreementModel(self)
        _set_up(self.classes_table, self._classes)
        _set_up(self.confusion_table, self._confusion)
        _set_up(self.differ_table, self.differences)
        self.tier_combo.currentIndexChanged.connect(lambda _index: self.choices_changed.emit())
        self.person_combo.currentIndexChanged.connect(lambda _index: self.choices_changed.emit())
        self.delay_spin.valueChanged.connect(lambda _value: self.choices_changed.emit())
        self.neutral_check.toggled.connect(lambda _on: self.choices_changed.emit())
        self.open_button.clicked.connect(lambda _on: self.open_requested.emit())
        self.delay_button.clicked.connect(lambda _on: self.delay_requested.emit())
        self.save_button.clicked.connect(lambda _on: self.save_requested.emit())
        self.close_button.clicked.connect(lambda _on: self.close())
        self.strip.seek_requested.connect(self.seek_requested)
        self.differ_table.clicked.connect(self._seek)
        self.differ_table.selectionModel().currentRowChanged.connect(
            lambda now, _before: self._seek(now)
        )
        make_scrollable(self, 960, 620)
        self.show_result(None)

    # -- what the controller shows -----------------------------------------------------------

    def show_coding(self, name: str, tiers: Sequence[str], chosen: str) -> None:
        """Name the coding and offer its tiers."""
        self.file_label.setText(name)
        self._fill(self.tier_combo, tiers, chosen)

    def show_persons(self, names: Sequence[str], chosen: str) -> None:
        """Offer the people of the video."""
        if [self.person_combo.itemText(i) for i in range(self.person_combo.count())] != list(names):
            self._fill(self.person_combo, names, chosen)

    def _fill(self, combo: QComboBox, names: Sequence[str], chosen: str) -> None:
        blocked = combo.blockSignals(True)
        combo.clear()
        for name in names:
            combo.addItem(name or self.tr("(without a name)"), name)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        combo.blockSignals(blocked)

    def choices(self) -> AgreementChoices:
        """What is chosen."""
        return AgreementChoices(
            self.tier_combo.currentData(),
            self.person_combo.currentData(),
            float(self.delay_spin.value()),
            self.neutral_check.isChecked(),
        )

    def set_delay(self, ms: float) -> None:
        """Show a reaction time that was found."""
        self.delay_spin.setValue(round(ms))

    def show_result(
        self, found: Agreement | None, duration_ms: float = 0.0, notes: Sequence[str] = ()
    ) -> None:
        """Show an agreement, or nothing."""
        self.problem_label.hide()
        self._classes.show(found)
        self._confusion.show(found)
        self.differences.show(found.disagreements if found is not None else ())
        self.save_button.setEnabled(found is not None)
        for widget in (self.kappa_label, self.notes_label, self.strip, self.differ_label):
            widget.setVisible(found is not None)
        self.tables.setEnabled(found is not None)
        self.choices_holder.setEnabled(self.tier_combo.count() > 0)
        if not self.file_label.text():
            self.file_label.setText(self.tr("Nothing opened yet: ELAN, BORIS or CSV"))
        if found is None:
            return
        self.strip.set_data(duration_ms, found.coder, found.model, found.disagreements)
        self.kappa_label.setText(
            self.tr(
                "Cohen's kappa {kappa}, same label in {share} of {frames} frames ({seconds} s)"
            ).format(
                kappa=kappa_text(found.kappa),
                share=f"{found.share:.1%}",
                frames=count(found.frames),
                seconds=f"{found.seconds:.1f}",
            )
        )
        left = self.tr(
            "Not compared: {unsure} s where the model is unsure, {uncoded} s without a code."
        ).format(unsure=f"{found.unsure_s:.1f}", uncoded=f"{found.uncoded_s:.1f}")
        self.notes_label.setText(" ".join([left, *notes, *found.notes]))
        self.differ_label.setText(
            self.tr("{number} stretches differ; choose one to see it.").format(
                number=count(len(found.disagreements))
            )
            if found.disagreements
            else self.tr("Coder and model never differ.")
        )

    def show_problem(self, sentence: str) -> None:
        """Say why there is nothing to show."""
        self.show_result(None)
        self.problem_label.setText(sentence)
        self.problem_label.show()

    def _seek(self, index: QModelIndex) -> None:
        if index.isValid():
            self.seek_requested.emit(self.differences.item(index.row()).start_ms)

    # -- dropping ----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.path_dropped.emit(paths[0])


def _set_up(view: QTableView, model: CellsModel) -> None:
    view.setModel(model)
    view.verticalHeader().hide()
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setSelectionBehavior(QAbstractItemView.SelectRows)
    view.setSelectionMode(QAbstractItemView.SingleSelection)
    view.setTabKeyNavigation(False)
    view.setWordWrap(False)
    header = view.horizontalHeader()
    header.setHighlightSections(False)
    header.setSectionResizeMode(QHeaderView.ResizeToContents)
    header.setStretchLastSection(True)
