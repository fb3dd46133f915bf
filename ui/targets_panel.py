"""The choice of what a training learns from, and how many images each choice leaves."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, QTimer, pyqtSignal
from PyQt5.QtGui import QShowEvent
from PyQt5.QtWidgets import QFrame, QLabel, QPushButton, QRadioButton, QWidget

from trainer.data.target_choice import TargetChoice, choose_targets
from trainer.labels import SPLITS
from ui.dataset_state import DatasetState
from ui.formats import count
from ui.loader import load_ui


class TargetsPanel(QFrame):
    """Label, majority or shares of the votes, or both; shown only where there are votes.

    Signals:
        train_requested: Train with what is chosen.
    """

    train_requested = pyqtSignal()

    label_button: QRadioButton
    label_label: QLabel
    majority_button: QRadioButton
    majority_label: QLabel
    votes_button: QRadioButton
    votes_label: QLabel
    both_button: QRadioButton
    both_label: QLabel
    rule_label: QLabel
    use_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("targets_panel", self)
        self._state: DatasetState | None = None
        self._rows = {
            "label": (self.label_button, self.label_label),
            "majority": (self.majority_button, self.majority_label),
            "votes": (self.votes_button, self.votes_label),
            "both": (self.both_button, self.both_label),
        }
        # A review corrects many labels, mostly while another page is shown.
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._recount)
        self._stale = True
        self.use_button.clicked.connect(self.train_requested)
        self.setVisible(False)

    def set_state(self, state: DatasetState) -> None:
        """Show this data set from now on."""
        self._state = state
        state.samples_changed.connect(self._on_samples_changed)
        state.edits_changed.connect(self._on_edits_changed)
        self._on_samples_changed()

    def choice(self) -> str:
        """One of :data:`trainer.data.target_choice.TARGETS`; the label where nobody voted."""
        return next(name for name, (button, _) in self._rows.items() if button.isChecked())

    def set_choice(self, choice: str) -> None:
        """Choose what to learn from."""
        self._rows[choice][0].setChecked(True)

    def _on_samples_changed(self) -> None:
        samples = None if self._state is None else self._state.samples
        self.set_choice("label")
        self.setVisible(samples is not None and samples.votes is not None)
        self._on_edits_changed()

    def _on_edits_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._timer.start()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._timer.start()

    def _recount(self) -> None:
        samples = None if self._state is None else self._state.samples
        if self._state is None or samples is None or samples.votes is None:
            return
        self._stale = False
        used = (samples.splits == SPLITS.index("train")) & ~self._state.excluded()
        targets, given = self._state.targets()[used], samples.targets[used]
        for name, (_, label) in self._rows.items():
            made = choose_targets(
                name, targets, samples.votes[used], samples.class_names, targets != given
            )
            kept = ~made.left_out & (targets >= 0)
            label.setText(_sentence(made, int((made.targets != targets)[kept].sum())))


def _sentence(made: TargetChoice, changed: int) -> str:
    """Say how many images a choice leaves, and why it leaves the others out.

    Args:
        made: The choice, for training images.
        changed: How many of those used then have another class than their label.
    """
    parts = []
    if made.choice == "majority":
        parts.append(
            QCoreApplication.translate(
                "TargetsPanel", "The answer of more than half of the ten people."
            )
        )
    elif made.choice == "votes":
        parts.append(
            QCoreApplication.translate(
                "TargetsPanel",
                "As many parts of each expression as people named it; an answer that only one "
                "gave counts as a slip (Barsoum et al., 2016).",
            )
        )
    elif made.choice == "both":
        parts.append(
            QCoreApplication.translate(
                "TargetsPanel",
                "The label weighs half and the shares of the votes half; where the votes name no "
                "class here, the label alone.",
            )
        )
    parts.append(
        QCoreApplication.translate("TargetsPanel", "{used} of {total} training images.").format(
            used=count(made.used), total=count(len(made.targets))
        )
    )
    if changed:
        parts.append(
            QCoreApplication.translate(
                "TargetsPanel", "{number} of them then show mainly another expression."
            ).format(number=count(changed))
            if made.shares is not None
            else QCoreApplication.translate(
                "TargetsPanel", "{number} of them then have another label."
            ).format(number=count(changed))
        )
    reasons = [
        title.format(number=count(made.reasons[name]))
        for name, title in _reason_titles().items()
        if made.reasons[name]
    ]
    if reasons:
        parts.append(
            QCoreApplication.translate("TargetsPanel", "Left out: {reasons}.").format(
                reasons=", ".join(reasons)
            )
        )
    return " ".join(parts)


def _reason_titles() -> dict[str, str]:
    return {
        "tie": QCoreApplication.translate("TargetsPanel", "{number} tie"),
        "no_majority": QCoreApplication.translate("TargetsPanel", "{number} have no majority"),
        "no_face": QCoreApplication.translate("TargetsPanel", "{number} are no face"),
        "unknown": QCoreApplication.translate("TargetsPanel", "{number} are unknown"),
        "other_answer": QCoreApplication.translate(
            "TargetsPanel", "{number} show an expression that is no class here"
        ),
        "no_votes": QCoreApplication.translate("TargetsPanel", "{number} have no votes that count"),
        "no_label": QCoreApplication.translate("TargetsPanel", "{number} have no label"),
    }
