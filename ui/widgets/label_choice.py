"""The labels an image can be given, with what a network and the voters say to each."""

from __future__ import annotations

from functools import partial

import numpy as np
from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QGridLayout, QLabel, QPushButton, QWidget

from ui.colors import expression_title
from ui.dataset_checks import CheckedData
from ui.formats import percent

MOST_KEYS = 9
"""Labels that have a key of their own."""


class LabelChoice(QWidget):
    """A button for each class, the label held now pressed; the keys are the panel's.

    Attributes:
        names: Classes.

    Signals:
        chosen: Index of the class of a button that was clicked.
    """

    chosen = pyqtSignal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names: tuple[str, ...] = ()
        self.buttons: list[QPushButton] = []
        self._network: list[QLabel] = []
        self._votes: list[QLabel] = []
        self._others = QLabel()
        self._others.setProperty("muted", True)
        self._others.setWordWrap(True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        self._network_title, self._votes_title = (
            QLabel(self.tr("Network")),
            QLabel(self.tr("Votes")),
        )
        for column, title in ((1, self._network_title), (2, self._votes_title)):
            title.setProperty("muted", True)
            title.setAlignment(Qt.AlignRight)
            self._grid.addWidget(title, 0, column)

    def set_names(self, names: tuple[str, ...]) -> None:
        """Offer these classes."""
        if names == self.names:
            return
        self.names = names
        for widget in (*self.buttons, *self._network, *self._votes):
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self.buttons, self._network, self._votes = [], [], []
        for number, name in enumerate(names):
            title = expression_title(name)
            key = str(number + 1) if number < MOST_KEYS else ""
            button = QPushButton(f"{key}   {title}".strip())
            button.setStyleSheet("text-align: left;")
            button.setFocusPolicy(Qt.NoFocus)
            button.setCheckable(True)
            button.setAccessibleName(title)
            text = self.tr("Label it {label} and go on ({key})")
            button.setToolTip(text.format(label=title, key=key or "–"))
            button.clicked.connect(partial(self._on_clicked, number))
            self._grid.addWidget(button, number + 1, 0)
            self.buttons.append(button)
            for labels, column in ((self._network, 1), (self._votes, 2)):
                label = QLabel()
                label.setAlignment(Qt.AlignRight | Qt.AlignVCenter)
                self._grid.addWidget(label, number + 1, column)
                labels.append(label)
        self._grid.addWidget(self._others, len(names) + 1, 0, 1, 3)

    def _on_clicked(self, number: int) -> None:
        self.chosen.emit(number)

    def show_image(self, data: CheckedData, sample: int) -> None:
        """Show what is said to an image."""
        probs = None if data.result is None else data.result.probs
        if probs is not None and np.isnan(probs[sample]).any():
            probs = None
        votes, others = data.class_votes(sample)
        self._network_title.setVisible(probs is not None)
        self._votes_title.setVisible(votes is not None)
        for number, button in enumerate(self.buttons):
            button.setChecked(number == int(data.targets[sample]))
            share = "" if probs is None else percent(float(probs[sample, number]))
            self._network[number].setText(share)
            given = 0 if votes is None else votes[number]
            self._votes[number].setText(str(given) if given else "")
            said = [button.accessibleName()]
            if share:
                said.append(self.tr("network {share}").format(share=share))
            if given:
                said.append(self.tr("{number} votes").format(number=given))
            button.setAccessibleDescription(", ".join(said))
        words = ", ".join(f"{self._answer(name)} {number}" for name, number in others.items())
        self._others.setText(self.tr("Other votes: {votes}").format(votes=words) if words else "")

    def _answer(self, name: str) -> str:
        if name == "NF":
            return self.tr("no face")
        if name == "unknown":
            return self.tr("cannot tell")
        return expression_title(name)
