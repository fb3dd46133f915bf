"""Improving the model: what with, how far it is, what came of it and what to do with that."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QWidget,
)

from trainer.improve.outcome import BETTER, FORGETS, NOT_BETTER, UNCLEAR, BeforeAfter, Outcome
from ui.loader import load_ui
from ui.widgets.value_table import ValueTable


class ImproveDialog(QDialog):
    """Asks, shows the progress, then the figures.

    Signals:
        start_requested: Begin; the choice is :meth:`replay_choice`.
        cancel_requested: Stop.
        use_requested: Use the new model.
        again_requested: Use it and play the clip that is open from its start.
    """

    start_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    use_requested = pyqtSignal()
    again_requested = pyqtSignal()

    title_label: QLabel
    about_label: QLabel
    form_widget: QWidget
    replay_combo: QComboBox
    bar: QProgressBar
    verdict_label: QLabel
    table: ValueTable
    note_label: QLabel
    use_button: QPushButton
    again_button: QPushButton
    start_button: QPushButton
    close_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("improve_dialog", self)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self._running = False
        self.table.setSortingEnabled(False)
        self.table.setFixedHeight(112)
        self.start_button.clicked.connect(self.start_requested)
        self.use_button.clicked.connect(self.use_requested)
        self.again_button.clicked.connect(self.again_requested)
        self.close_button.clicked.connect(self.reject)
        self.start_button.setDefault(True)

    def sizeHint(self) -> QSize:
        return QSize(800, 430)

    def show_question(
        self, model: str, corrections: int, missing: str, replays: Sequence[tuple[str, object]]
    ) -> None:
        """Ask whether to begin.

        Args:
            model: Name of the model in use.
            corrections: How many there are.
            missing: Why it cannot be done yet; "" when it can.
            replays: (text, data) of what can be replayed, the best first.
        """
        self.title_label.setText(
            self.tr("Improve {model} with {count} corrections").format(
                model=model, count=corrections
            )
        )
        self.replay_combo.clear()
        for text, data in replays:
            self.replay_combo.addItem(text, data)
        self._show_state(result=False)
        self.verdict_label.setText(missing)
        self.note_label.setText(
            self.tr(
                "With stored features it takes seconds, with a data set of FER2013's size half a "
                "minute to two minutes."
            )
        )
        self.start_button.setEnabled(not missing)

    def replay_choice(self) -> object:
        """The data of the replay that was chosen."""
        return self.replay_combo.currentData()

    def show_running(self) -> None:
        """It is under way; only Cancel can be pressed."""
        self._running = True
        self.bar.setValue(0)
        self._show_state(result=False)
        self.verdict_label.setText("")
        self.close_button.setEnabled(True)
        self.close_button.setFocus()

    def show_progress(self, fraction: float) -> None:
        """How far it is, 0..1."""
        self.bar.setValue(int(1000 * fraction))

    def show_ended(self, sentence: str) -> None:
        """It ended without figures: the reason, or "" when it was cancelled."""
        self._running = False
        self._show_state(result=False)
        self.verdict_label.setText(sentence or self.tr("Cancelled; nothing was written."))

    def show_outcome(self, outcome: Outcome, clip_is_open: bool) -> None:
        """Show what came of it."""
        self._running = False
        self._show_state(result=True)
        self.verdict_label.setText(self.verdict_text(outcome))
        rows = []
        if outcome.held_out is not None:
            rows.append(self._row(self.tr("Held-out corrections"), outcome.held_out))
        if outcome.base is not None:
            name = self.tr("Base split ({data})").format(data=outcome.replay)
            rows.append(self._row(name, outcome.base))
        self.table.set_table(
            (
                self.tr("Accuracy on"),
                self.tr("Faces"),
                self.tr("Before"),
                self.tr("After"),
                self.tr("Difference in points"),
            ),
            rows,
        )
        self.table.setVisible(bool(rows))
        self.note_label.setText(self._note(outcome))
        written = outcome.path is not None
        self.use_button.setVisible(written)
        self.again_button.setVisible(written and clip_is_open)
        self.start_button.setVisible(False)
        (self.again_button if clip_is_open else self.use_button).setDefault(written)

    def verdict_text(self, outcome: Outcome) -> str:
        """The verdict in a sentence or two."""
        texts = {
            BETTER: self.tr("Better on faces that were held out, and the base split holds."),
            UNCLEAR: self.tr(
                "Better on the faces that were held out, but so few cannot show it: judge the new "
                "model by eye."
            ),
            NOT_BETTER: self.tr("Not better on faces that were held out: kept the old one."),
            FORGETS: self.tr(
                "Whatever is tried, more than 1 point of the base split would be lost: kept the "
                "old one."
            ),
        }
        text = texts[outcome.verdict]
        if outcome.path is not None:
            more = self.tr("Saved as {name}; the model in use was not replaced.")
            text += " " + more.format(name=outcome.path.name)
        return text

    def _note(self, outcome: Outcome) -> str:
        if outcome.held_out is None:
            return ""
        if outcome.unit_kind == "videos":
            parted = self.tr("held out by video ({count})")
        else:
            parted = self.tr("held out by person within one video ({count})")
        text = self.tr(
            "In brackets: 95 % intervals. Corrections were {parted}. People mostly correct what is "
            "wrong, so “before” is low by choice of faces: confirm right answers too."
        )
        return text.format(parted=parted.format(count=outcome.units))

    def _row(self, name: str, found: BeforeAfter) -> tuple[str, ...]:
        shares = [
            f"{100 * one.value:.1f} % ({100 * one.low:.1f}–{100 * one.high:.1f})"
            for one in (found.before, found.after)
        ]
        lead = found.difference
        difference = f"{100 * lead.value:+.1f} ({100 * lead.low:+.1f} … {100 * lead.high:+.1f})"
        return name, str(found.count), *shares, difference

    def _show_state(self, *, result: bool) -> None:
        self.form_widget.setVisible(not result)
        self.form_widget.setEnabled(not self._running)
        self.bar.setVisible(self._running)
        self.table.setVisible(result)
        for button in (self.use_button, self.again_button):
            button.setVisible(False)
        self.start_button.setVisible(not result)
        self.start_button.setEnabled(not self._running)
        self.close_button.setText(self.tr("Cancel") if self._running else self.tr("Close"))

    def reject(self) -> None:
        """Stop what is running; close when nothing is."""
        if self._running:
            self.close_button.setEnabled(False)
            self.cancel_requested.emit()
        else:
            super().reject()
