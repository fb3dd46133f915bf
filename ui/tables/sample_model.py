"""List model of the images that pass the filters."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PyQt5.QtGui import QImage

from ui.sample_texts import sample_text
from ui.tables.samples import Samples

SAMPLE_ROLE = Qt.UserRole
"""Index into the samples (int)."""


class SampleModel(QAbstractListModel):
    """Rows are indices into the arrays; labels and remarks may differ from the source's.

    Attributes:
        samples: The data set, or None.
        rows: int64 (M,), index into the samples of every row.
        targets: int64 (N,), labels to show.
        remarks: uint32 (N,), bits of :class:`trainer.data.flags.Flag`, to show.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.samples: Samples | None = None
        self.rows: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self.targets: npt.NDArray[np.int64] = np.zeros(0, np.int64)
        self.remarks: npt.NDArray[np.uint32] = np.zeros(0, np.uint32)

    def set_samples(self, samples: Samples | None) -> None:
        """Show all images of a data set as its source has them."""
        self.beginResetModel()
        self.samples = samples
        self.rows = np.arange(0 if samples is None else len(samples), dtype=np.int64)
        self.targets = np.zeros(0, np.int64) if samples is None else samples.targets
        self.remarks = np.zeros(len(self.targets), np.uint32)
        self.endResetModel()

    def set_rows(self, rows: npt.NDArray[np.int64]) -> None:
        """Show these images, int64 (M,)."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def set_marks(self, targets: npt.NDArray[np.int64], remarks: npt.NDArray[np.uint32]) -> None:
        """Show other labels and remarks; rows and selection stay."""
        self.targets, self.remarks = targets, remarks
        if len(self.rows):
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def sample_index(self, index: QModelIndex) -> int:
        """Index into the samples of a row of the view."""
        return int(self.rows[index.row()])

    def text(self, sample: int) -> str:
        """An image in words."""
        assert self.samples is not None
        return sample_text(
            self.samples, sample, int(self.targets[sample]), int(self.remarks[sample])
        )

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        if not index.isValid() or self.samples is None:
            return None
        if role == SAMPLE_ROLE:
            return self.sample_index(index)
        if role in (Qt.ToolTipRole, Qt.AccessibleTextRole):
            return self.text(self.sample_index(index))
        return None


def grey_image(pixels: npt.NDArray[np.uint8]) -> QImage:
    """Wrap uint8 (H, W) C-contiguous pixels without copying; keep the array alive."""
    height, width = pixels.shape
    # PyQt5 takes any buffer here; its stubs know only bytes, which would be a copy.
    return QImage(  # type: ignore[call-overload, no-any-return]
        pixels.data, width, height, width, QImage.Format_Grayscale8
    )
