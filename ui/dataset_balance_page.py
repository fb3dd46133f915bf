"""Balance: multiply the training images of rare expressions, and see what is made."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from trainer.data.balance import LARGEST_FACTOR, even_factors, variants
from trainer.labels import SPLITS
from ui.colors import expression_title
from ui.dataset_state import DatasetState
from ui.formats import count, percent
from ui.loader import load_ui
from ui.widgets.before_after_bar import BeforeAfterBar
from ui.widgets.contact_sheet import ContactSheet
from ui.widgets.reflow import flow, turn

_MADE = 11
_DEBOUNCE_MS = 120


class DatasetBalancePage(QWidget):
    """Chooses a factor for each class; the Train tab takes the choice.

    Signals:
        balance_requested: ``dict[str, int]``, factor by class name, 1 left out; empty means
            that nothing is balanced.
    """

    balance_requested = pyqtSignal(dict)

    page_layout: QHBoxLayout
    buttons_layout: QHBoxLayout
    choice_layout: QHBoxLayout
    lead_label: QLabel
    table_scroll: QScrollArea
    table_widget: QWidget
    even_button: QPushButton
    reset_button: QPushButton
    use_button: QPushButton
    sum_label: QLabel
    preview_combo: QComboBox
    seed_spin: QSpinBox
    next_button: QPushButton
    preview_label: QLabel
    sheet: ContactSheet

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("dataset_balance_page", self)
        flow(self.buttons_layout)
        flow(self.choice_layout)
        self._narrow = False
        self._state: DatasetState | None = None
        self._names: tuple[str, ...] = ()
        self._counts: list[int] = []
        self._spins: list[QSpinBox] = []
        self._bars: list[BeforeAfterBar] = []
        self._after_labels: list[QLabel] = []
        self._place = 0
        self._grid = QGridLayout(self.table_widget)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(6)
        self.table_widget.setSizePolicy(QSizePolicy.Preferred, QSizePolicy.Maximum)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._show_preview)
        self.even_button.clicked.connect(self._on_even_clicked)
        self.reset_button.clicked.connect(self._on_reset_clicked)
        self.use_button.clicked.connect(lambda: self.balance_requested.emit(self.factors()))
        self.preview_combo.activated.connect(lambda _index: self._on_class_chosen())
        self.seed_spin.valueChanged.connect(lambda _value: self._timer.start())
        self.next_button.clicked.connect(self._on_next_clicked)

    def set_state(self, state: DatasetState) -> None:
        """Follow a data set; called once."""
        self._state = state
        state.samples_changed.connect(self._rebuild)
        state.edits_changed.connect(self._recount)
        self._rebuild()

    def factors(self) -> dict[str, int]:
        """Factor by class name; classes that are left alone are left out."""
        chosen = zip(self._names, self._spins, strict=True)
        return {name: spin.value() for name, spin in chosen if spin.value() > 1}

    def set_factors(self, factors: dict[str, int]) -> None:
        """Show a choice; classes that it does not name are left alone."""
        for name, spin in zip(self._names, self._spins, strict=True):
            spin.setValue(factors.get(name, 1))

    # -- the table ---------------------------------------------------------------------------

    def _training(self) -> npt.NDArray[np.int64]:
        """Indices of the training images that are not excluded, int64 (M,)."""
        if self._state is None or self._state.samples is None:
            return np.zeros(0, np.int64)
        train = self._state.samples.splits == SPLITS.index("train")
        labelled = self._state.targets() >= 0
        return np.flatnonzero(train & labelled & ~self._state.excluded())

    def _rebuild(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._spins, self._bars, self._after_labels = [], [], []
        samples = None if self._state is None else self._state.samples
        self._names = () if samples is None else samples.class_names
        self.preview_combo.clear()
        heads = (self.tr("Expression"), self.tr("Now"), self.tr("Factor"), self.tr("Then"))
        for column, text in enumerate(heads):
            label = QLabel(text)
            label.setProperty("muted", True)
            self._grid.addWidget(label, 0, column, self._side(column) | Qt.AlignVCenter)
        for row, name in enumerate(self._names, start=1):
            self._add_row(row, name)
            self.preview_combo.addItem(expression_title(name), row - 1)
        self._grid.setColumnStretch(4, 1)
        self._recount()
        self._fit_table()
        if self._counts and any(self._counts):
            filled = [number or max(self._counts) for number in self._counts]
            self.preview_combo.setCurrentIndex(int(np.argmin(filled)))
        self._place = 0
        self._show_preview()

    def set_narrow(self, narrow: bool) -> None:
        """Use one column where there is no room for two; the page scrolls then, not the table."""
        turn(self.page_layout, narrow)
        self.table_scroll.setVerticalScrollBarPolicy(
            Qt.ScrollBarAlwaysOff if narrow else Qt.ScrollBarAsNeeded
        )
        self._narrow = narrow
        self._fit_table()

    def _fit_table(self) -> None:
        height = self.table_widget.sizeHint().height() if self._narrow else 0
        self.table_scroll.setMinimumHeight(height)

    @staticmethod
    def _side(column: int) -> Qt.AlignmentFlag:
        return Qt.AlignLeft if column in (0, 2) else Qt.AlignRight

    def _add_row(self, row: int, name: str) -> None:
        title = expression_title(name)
        spin = QSpinBox()
        spin.setRange(1, LARGEST_FACTOR)
        spin.setPrefix("× ")
        spin.setAccessibleName(self.tr("Factor of {name}").format(name=title))
        spin.setToolTip(self.tr("1 leaves the expression as it is"))
        spin.valueChanged.connect(lambda _value: self._show_sums())
        now, then, bar = QLabel(), QLabel(), BeforeAfterBar(name)
        self._grid.addWidget(QLabel(title), row, 0)
        self._grid.addWidget(now, row, 1, Qt.AlignRight | Qt.AlignVCenter)
        self._grid.addWidget(spin, row, 2)
        self._grid.addWidget(then, row, 3, Qt.AlignRight | Qt.AlignVCenter)
        self._grid.addWidget(bar, row, 4)
        self._spins.append(spin)
        self._bars.append(bar)
        self._after_labels.append(then)

    def _recount(self) -> None:
        if self._state is None or self._state.samples is None:
            self._counts = []
        else:
            targets = self._state.targets()[self._training()]
            self._counts = np.bincount(targets, minlength=len(self._names)).tolist()
        for row, number in enumerate(self._counts, start=1):
            item = self._grid.itemAtPosition(row, 1)
            label = None if item is None else item.widget()
            if isinstance(label, QLabel):
                label.setText(count(number))
        self._show_sums()
        self._timer.start()

    def _show_sums(self) -> None:
        after = [n * spin.value() for n, spin in zip(self._counts, self._spins, strict=False)]
        largest = max(after, default=0)
        for number, now, label, bar in zip(
            after, self._counts, self._after_labels, self._bars, strict=False
        ):
            label.setText(count(number))
            bar.set_values(now, number, largest)
        added = sum(after) - sum(self._counts)
        smallest = min((number for number in after if number), default=0)
        if added:
            text = self.tr(
                "{added} images are made, {total} in all; the rarest expression is then "
                "{share} of the training images. An epoch takes {longer} times as long."
            )
        else:
            text = self.tr("Nothing is multiplied yet. Choose factors, or even them out.")
        total = sum(after)
        self.sum_label.setText(
            text.format(
                added=count(added),
                total=count(total),
                share=percent(smallest / total if total else None),
                longer=f"{total / max(sum(self._counts), 1):.1f}",
            )
        )
        self.use_button.setEnabled(bool(self._counts))
        self.use_button.setText(
            self.tr("Train with this") if added else self.tr("Train without balancing")
        )

    def _on_even_clicked(self) -> None:
        for spin, factor in zip(self._spins, even_factors(self._counts), strict=True):
            spin.setValue(factor)

    def _on_reset_clicked(self) -> None:
        self.set_factors({})

    # -- the preview -------------------------------------------------------------------------

    def _on_class_chosen(self) -> None:
        self._place = 0
        self._show_preview()

    def _on_next_clicked(self) -> None:
        self._place += 1
        self._show_preview()

    def _show_preview(self) -> None:
        samples = None if self._state is None else self._state.samples
        target = self.preview_combo.currentData()
        if self._state is None or samples is None or target is None:
            self.sheet.set_images([])
            self.preview_label.setText(self.tr("Open a data set to see what balancing makes."))
            return
        training = self._training()
        members = training[self._state.targets()[training] == target]
        self.next_button.setEnabled(len(members) > 1)
        if not len(members):
            self.sheet.set_images([])
            self.preview_label.setText(self.tr("This expression has no training images."))
            return
        image = samples.images[members[self._place % len(members)]]
        made = variants(image, _MADE, self.seed_spin.value())
        self.sheet.set_images([image, *made])
        self.preview_label.setText(
            self.tr("First the image itself, then {number} that balancing makes of it.").format(
                number=_MADE
            )
        )
