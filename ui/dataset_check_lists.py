"""What the Check page shows of what was found: the list of checks, and one check's results."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QItemSelectionModel
from PyQt5.QtWidgets import QWidget

from ui.check_result import PAIR_CHECKS, Check, CheckResult
from ui.check_texts import check_sentence, found_title, image_caption
from ui.dataset_check_base import DatasetCheckBase
from ui.dataset_checks import CheckedData
from ui.dataset_state import DatasetState

Ints = npt.NDArray[np.int64]

_SLOW = (Check.NO_FACE, Check.SUSPECTED)
_PICTURES = (Check.BLANK, Check.DARK, Check.BLURRED, Check.NO_FACE)


class DatasetCheckLists(DatasetCheckBase):
    """The page without what changes labels and exclusions.

    Attributes:
        state: The data set of the tab; None before it is set.
        data: The data set with what was found and corrected; None without one.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state: DatasetState | None = None
        self.data: CheckedData | None = None
        self._result: CheckResult | None = None
        self._running = False
        self._seek_again = False
        self._offered: Check | None = None  # what the panel that looks for more was shown for
        self.seek_panel.sought.connect(self._on_sought)
        self.again_button.clicked.connect(self._on_again_clicked)
        self.checks_view.selectionModel().currentChanged.connect(
            lambda _new, _old: self._on_check_chosen()
        )
        self.show_idle()
        self.choose(Check.EXACT)

    def set_result(self, result: CheckResult | None) -> None:
        """Show what was found in the data set of the state; None: nobody looked yet."""
        self._result, self._seek_again = result, False
        self._renew()
        self._show_check()

    def show_running(self, text: str) -> None:
        """Something is being looked for."""
        self.banner.clear()
        self._running = True
        self.progress_label.setText(text)
        self.progress_bar.setValue(0)
        self.progress_row.show()
        self._show_check()

    def show_progress(self, fraction: float, text: str = "") -> None:
        """How much was looked at."""
        self.progress_bar.setValue(int(1000 * fraction))
        if text:
            self.progress_label.setText(text)

    def show_idle(self) -> None:
        """Nothing is being looked for."""
        self._running = False
        self.progress_row.hide()
        self._show_check()

    def _renew(self, *, count: bool = True) -> None:
        state = self.state
        if state is None or state.samples is None:
            self.data = None
        else:
            self.data = CheckedData(
                state.samples, self._result, state.targets(), state.excluded(), self.data
            )
        if count and self.data is not None:
            self.check_model.set_rows(self.data.rows())

    # -- the chosen check --------------------------------------------------------------------

    @property
    def check(self) -> Check:
        """The check whose results are shown."""
        row = max(0, self.checks_view.currentIndex().row())
        return self.check_model.rows[row].check

    def choose(self, check: Check) -> None:
        """Show the results of a check."""
        row = next(i for i, line in enumerate(self.check_model.rows) if line.check is check)
        self.checks_view.selectionModel().setCurrentIndex(
            self.check_model.index(row), QItemSelectionModel.ClearAndSelect
        )

    def _on_check_chosen(self) -> None:
        self._seek_again = False
        self._show_check()

    def _show_check(self) -> None:
        check, data = self.check, self.data
        row = self.check_model.row_of(check)
        known = data is not None and data.is_known(check)
        found = known and bool((row.open or 0) + row.settled)
        self.check_button.setEnabled(data is not None and not self._running)
        self.check_button.setText(
            self.tr("Check the data set") if self._result is None else self.tr("Check again")
        )
        for button in (self.copy_button, self.review_button, self.show_button):
            button.setEnabled(found and not self._seek_again)
        self.save_button.setEnabled(self._result is not None)
        self.again_button.setVisible(known and check is Check.SUSPECTED and not self._seek_again)
        self.exclude_button.setVisible(found and check in (*PAIR_CHECKS, *_PICTURES))
        self.exclude_button.setEnabled(bool(row.open))
        self.exclude_button.setText(
            self.tr("Exclude all but one of each…")
            if check in PAIR_CHECKS
            else self.tr("Exclude all…")
        )
        self.title_label.setText(found_title(row, pairs=check in PAIR_CHECKS))
        self.sentence_label.setText(check_sentence(check))
        self._show_staleness()
        if self._result is None and check not in _SLOW:
            self.results.setCurrentWidget(self.intro_page)
            self.intro_page.first_button.setEnabled(data is not None and not self._running)
        elif check in _SLOW and (not known or self._seek_again):
            self._show_seek(check)
        elif not found:
            self.nothing_label.setText(self.tr("Nothing found."))
            if not row.available:
                self.nothing_label.setText(self.tr("No votes are joined to this data set."))
            self.results.setCurrentWidget(self.nothing_page)
        elif check in PAIR_CHECKS:
            self.pairs_panel.show_check(data, check)
            self.results.setCurrentWidget(self.pairs_panel)
        else:
            self._show_grid()

    def _show_grid(self) -> None:
        assert self.data is not None
        data, check = self.data, self.check
        edits = None if self.state is None else self.state.edits
        self.grid_model.show_images(
            data,
            data.images(check),
            lambda sample: image_caption(data, check, sample),
            None if edits is None else edits.reviewed(),
        )
        self.results.setCurrentWidget(self.grid)

    def _show_staleness(self) -> None:
        edits = None if self.state is None else self.state.edits
        stale = (
            self.check is Check.SUSPECTED
            and edits is not None
            and self._result is not None
            and self._result.findings.label_errors is not None
            and self._result.labels_version != edits.version
        )
        self.stale_label.setVisible(stale)
        self.stale_label.setText(
            self.tr(
                "⚠ Corrections were made since these were looked for; look again to take them "
                "into account."
            )
        )

    # -- slower checks -----------------------------------------------------------------------

    def _show_seek(self, check: Check) -> None:
        count = 0 if self.data is None else len(self.data.samples)
        enabled = self.data is not None and not self._running
        self.seek_panel.show_check(check, count, enabled=enabled)
        new = self._offered is not check or not self.seek_panel.isVisible()
        self._offered = check
        if check is Check.SUSPECTED and new:
            self.sources_requested.emit()
        self.results.setCurrentWidget(self.seek_panel)

    def _on_sought(self, check: Check, source: Path | None) -> None:
        if check is Check.SUSPECTED:
            self.labels_requested.emit(source)
        else:
            self.faces_requested.emit()

    def _on_again_clicked(self) -> None:
        self._seek_again = True
        self._show_check()

    def _on_escape(self) -> None:
        if self._running:
            self.cancel_button.click()
        elif self._seek_again:
            self._on_check_chosen()

    def shown_images(self) -> Ints:
        """The images of the list shown, in its order."""
        if self.data is None:
            return np.zeros(0, np.int64)
        return (
            self.pairs_panel.images() if self.check in PAIR_CHECKS else self.data.images(self.check)
        )
