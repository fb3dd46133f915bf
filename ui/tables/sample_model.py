"""List model of the images that pass the filters."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QAbstractListModel, QModelIndex, QObject, Qt
from PyQt5.QtGui import QImage

from trainer.labels import SPLITS
from ui.colors import expression_title, split_title
from ui.tables.samples import Samples

SAMPLE_ROLE = Qt.UserRole
"""Index into the samples (int)."""


class SampleModel(QAbstractListModel):
    """Rows are indices into the arrays: a filter costs one NumPy comparison."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.samples: Samples | None = None
        self._rows: npt.NDArray[np.int64] = np.zeros(0, np.int64)

    def set_samples(self, samples: Samples | None) -> None:
        """Show all images of a data set."""
        self.samples = samples
        self.set_filter(None, None)

    def set_filter(self, target: int | None, split: int | None) -> None:
        """Show one class and one split; None means all."""
        self.beginResetModel()
        if self.samples is None:
            self._rows = np.zeros(0, np.int64)
        else:
            keep = np.ones(len(self.samples), np.bool_)
            if target is not None:
                keep &= self.samples.targets == target
            if split is not None:
                keep &= self.samples.splits == split
            self._rows = np.flatnonzero(keep)
        self.endResetModel()

    def sample_index(self, index: QModelIndex) -> int:
        """Index into the samples of a row of the view."""
        return int(self._rows[index.row()])

    def target_name(self, sample: int) -> str:
        """Class name of a sample."""
        assert self.samples is not None
        return self.samples.class_names[int(self.samples.targets[sample])]

    def image(self, sample: int) -> QImage:
        """Grey image of a sample; shares the array's memory."""
        assert self.samples is not None
        return grey_image(self.samples.images[sample])

    def rowCount(self, parent: QModelIndex | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex, role: int = Qt.DisplayRole) -> object:
        if not index.isValid() or self.samples is None:
            return None
        sample = self.sample_index(index)
        if role == SAMPLE_ROLE:
            return sample
        if role in (Qt.ToolTipRole, Qt.AccessibleTextRole):
            text = self.tr("{label}, {split}, line {line}")
            return text.format(
                label=expression_title(self.target_name(sample)),
                split=split_title(SPLITS[int(self.samples.splits[sample])]),
                line=int(self.samples.source_rows[sample]),
            )
        return None


def grey_image(pixels: npt.NDArray[np.uint8]) -> QImage:
    """Wrap uint8 (H, W) C-contiguous pixels without copying; keep the array alive."""
    height, width = pixels.shape
    # PyQt5 takes any buffer here; its stubs know only bytes, which would be a copy.
    return QImage(  # type: ignore[call-overload, no-any-return]
        pixels.data, width, height, width, QImage.Format_Grayscale8
    )
