"""Repeated images in pairs: a list, and the chosen pair enlarged side by side."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QItemSelectionModel, Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QShortcut,
    QWidget,
)

from ui.check_result import Check
from ui.check_texts import label_title, place_title
from ui.dataset_checks import CheckedData
from ui.formats import count
from ui.loader import load_ui
from ui.tables.pair_model import PairFilter, PairModel, PairOrder
from ui.widgets.pair_delegate import PairDelegate
from ui.widgets.pixel_view import PixelView
from ui.widgets.reflow import flow, turn

Ints = npt.NDArray[np.int64]


class PairsPanel(QWidget):
    """Shows the pairs of one check.

    Signals:
        exclude_requested, restore_requested: int64 indices of images.
        show_requested: int64 indices of images to show elsewhere.
    """

    exclude_requested = pyqtSignal(object)
    restore_requested = pyqtSignal(object)
    show_requested = pyqtSignal(object)

    outer_layout: QHBoxLayout
    tools_layout: QHBoxLayout
    order_combo: QComboBox
    filter_combo: QComboBox
    settled_check: QCheckBox
    shown_label: QLabel
    pairs_view: QListView
    remark_label: QLabel
    first_view: PixelView
    second_view: PixelView
    first_label: QLabel
    second_label: QLabel
    first_button: QPushButton
    second_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("pairs_panel", self)
        flow(self.tools_layout)
        self.model = PairModel(self)
        self._check = Check.EXACT
        for text, order in (
            (self.tr("Most alike first"), PairOrder.ALIKE_FIRST),
            (self.tr("Least alike first"), PairOrder.ALIKE_LAST),
            (self.tr("In the order of the file"), PairOrder.FILE),
        ):
            self.order_combo.addItem(text, order)
        for text, chosen in (
            (self.tr("All pairs"), PairFilter.ALL),
            (self.tr("Different splits"), PairFilter.ACROSS),
            (self.tr("Different labels"), PairFilter.CONFLICT),
        ):
            self.filter_combo.addItem(text, chosen)
        view = self.pairs_view
        view.setModel(self.model)
        view.setItemDelegate(PairDelegate(view))
        view.setUniformItemSizes(True)
        view.setVerticalScrollMode(QListView.ScrollPerPixel)
        view.verticalScrollBar().setSingleStep(40)
        self._views = (self.first_view, self.second_view)
        self._labels = (self.first_label, self.second_label)
        self._buttons = (self.first_button, self.second_button)
        self._connect()
        self._show_pair()

    def set_narrow(self, narrow: bool) -> None:
        """Put the pair below the list where there is no room beside it."""
        turn(self.outer_layout, narrow)
        self.pairs_view.setMinimumHeight(190 if narrow else 0)

    def _connect(self) -> None:
        for combo in (self.order_combo, self.filter_combo):
            combo.activated.connect(lambda _index: self._fill())
        self.settled_check.toggled.connect(lambda _on: self._fill())
        self.pairs_view.selectionModel().currentChanged.connect(
            lambda _new, _old: self._show_pair()
        )
        self.pairs_view.activated.connect(lambda _index: self._show_elsewhere())
        self.first_button.clicked.connect(lambda: self._toggle(0))
        self.second_button.clicked.connect(lambda: self._toggle(1))
        for keys, text, side in (
            ("Del", self.tr("Exclude the right image of a pair"), 1),
            ("Shift+Del", self.tr("Exclude the left image of a pair"), 0),
        ):
            shortcut = QShortcut(keys, self, context=Qt.WidgetWithChildrenShortcut)
            shortcut.setWhatsThis(text)
            shortcut.activated.connect(lambda side=side: self._toggle(side))
            self._buttons[side].setToolTip(f"{text} ({keys})")

    def show_check(self, data: CheckedData | None, check: Check) -> None:
        """Show the pairs of a check; the chosen place in the list stays."""
        same = check is self._check
        self._check = check
        row = self.pairs_view.currentIndex().row() if same else 0
        self._fill(data, row)

    def _fill(self, data: CheckedData | None = None, row: int = 0) -> None:
        data = data if data is not None else self.model.data_shown
        rows = np.zeros(0, np.int64) if data is None else data.pairs(self._check)
        current = self.pairs_view.currentIndex()
        pair = self.model.pair(current) if current.isValid() else (-1, -1)
        self.model.show_pairs(
            data,
            rows,
            self.order_combo.currentData(),
            self.filter_combo.currentData(),
            settled=self.settled_check.isChecked(),
        )
        self.shown_label.setText(
            self.tr("{number} pairs").format(number=count(self.model.rowCount()))
        )
        kept = self.model.row_of(*pair)
        row = kept if kept >= 0 else min(max(row, 0), self.model.rowCount() - 1)
        if row >= 0:
            index = self.model.index(row)
            self.pairs_view.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.ClearAndSelect
            )
            self.pairs_view.scrollTo(index)
        self._show_pair()

    def images(self) -> Ints:
        """Images of all pairs shown, in their order."""
        return self.model.images()

    def current_pair(self) -> tuple[int, int] | None:
        """The chosen pair, as indices into the samples."""
        index = self.pairs_view.currentIndex()
        return self.model.pair(index) if index.isValid() else None

    def _show_pair(self) -> None:
        pair, data = self.current_pair(), self.model.data_shown
        for button in self._buttons:
            button.setEnabled(pair is not None)
        if pair is None or data is None:
            self.remark_label.setText(self.tr("No pair to show."))
            for view, label in zip(self._views, self._labels, strict=True):
                view.set_pixels(None)
                label.clear()
            return
        words = self.model.remarks(self.pairs_view.currentIndex())
        text = ", ".join(words)
        self.remark_label.setText(text[:1].upper() + text[1:])
        for sample, view, label, button in zip(
            pair, self._views, self._labels, self._buttons, strict=True
        ):
            view.set_pixels(data.samples.images[sample])
            title = f"{label_title(data, sample)}\n{place_title(data, sample)}"
            view.setAccessibleName(title)
            excluded = bool(data.excluded[sample])
            label.setText(f"{title}\n{self.tr('excluded')}" if excluded else title)
            button.setText(self.tr("Take back in") if excluded else self.tr("Exclude"))

    def _toggle(self, side: int) -> None:
        pair, data = self.current_pair(), self.model.data_shown
        if pair is None or data is None:
            return
        chosen = np.array([pair[side]], np.int64)
        if data.excluded[pair[side]]:
            self.restore_requested.emit(chosen)
        else:
            self.exclude_requested.emit(chosen)

    def _show_elsewhere(self) -> None:
        pair = self.current_pair()
        if pair is not None:
            self.show_requested.emit(np.array(pair, np.int64))
