"""List model of images that a check remarks on, in the order of the check."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PyQt5.QtGui import QImage

from ui.check_texts import sample_line
from ui.dataset_checks import CheckedData
from ui.tables.sample_model import grey_image

Ints = npt.NDArray[np.int64]


class FlaggedModel(QAbstractListModel):
    """Rows are indices into the samples."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.data_shown: CheckedData | None = None
        self.indices: Ints = np.zeros(0, np.int64)
        self._reviewed: npt.NDArray[np.bool_] | None = None
        self._caption: Callable[[int], str] = str

    def show_images(
        self,
        data: CheckedData | None,
        indices: Ints,
        caption: Callable[[int], str],
        reviewed: npt.NDArray[np.bool_] | None = None,
    ) -> None:
        """Show images.

        Args:
            data: What they belong to.
            indices: int64 (M,), in the order to show.
            caption: Gives the second line below a thumbnail from its index.
            reviewed: bool (N,), gets a tick; None ticks nothing.
        """
        same = self.data_shown is not None and np.array_equal(indices, self.indices)
        if not same:
            self.beginResetModel()
        self.data_shown, self.indices = data, indices
        self._caption, self._reviewed = caption, reviewed
        if not same:
            self.endResetModel()
        elif len(indices):  # the selection and the place in the list stay
            self.dataChanged.emit(self.index(0), self.index(len(indices) - 1))

    def sample(self, index: QModelIndex) -> int:
        """Index into the samples of a row."""
        return int(self.indices[index.row()])

    def picture(self, sample: int) -> QImage:
        """Grey image of a sample; shares the array's memory."""
        assert self.data_shown is not None
        return grey_image(self.data_shown.samples.images[sample])

    def caption(self, sample: int) -> str:
        """Second line below the thumbnail."""
        return self._caption(sample)

    def is_reviewed(self, sample: int) -> bool:
        """Whether somebody looked at it."""
        return self._reviewed is not None and bool(self._reviewed[sample])

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.indices)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        if not index.isValid() or self.data_shown is None:
            return None
        if role in (Qt.ToolTipRole, Qt.AccessibleTextRole):
            sample = self.sample(index)
            parts = [sample_line(self.data_shown, sample), self.caption(sample)]
            if self.is_reviewed(sample):
                parts.append(self.tr("reviewed"))
            return ", ".join(part for part in parts if part)
        return None
