"""Some images of a data set, in a window of their own."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.tables.sample_model import SampleModel
from ui.tables.samples import Samples
from ui.widgets.image_grid import ImageGrid


class ImagesDialog(QDialog):
    """A grid of the images behind a number.

    Attributes:
        grid: The images; a tool tip names label, split and line.

    Signals:
        dataset_requested: Show them in the Dataset tab.
    """

    dataset_requested = pyqtSignal()

    def __init__(
        self,
        samples: Samples,
        indices: npt.NDArray[np.int64],
        title: str,
        hint: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        self.setWindowTitle(self.tr("Images"))
        title_label = QLabel(title)
        title_label.setWordWrap(True)
        title_label.setProperty("heading", "1")
        hint_label = QLabel(hint)
        hint_label.setProperty("muted", True)
        self.model = SampleModel(self)
        self.model.set_samples(samples)
        self.model.set_rows(np.asarray(indices, np.int64))
        self.grid = ImageGrid()
        self.grid.setModel(self.model)
        self.grid.setAccessibleName(title)
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        open_button = QPushButton(self.tr("Open in Dataset tab"))
        buttons = QDialogButtonBox()
        buttons.addButton(open_button, QDialogButtonBox.ActionRole)
        buttons.addButton(close, QDialogButtonBox.RejectRole)
        buttons.rejected.connect(self.reject)
        open_button.clicked.connect(self._on_open_clicked)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(title_label)
        layout.addWidget(hint_label)
        layout.addWidget(self.grid)
        layout.addWidget(buttons)
        self.resize(680, 500)

    def _on_open_clicked(self) -> None:
        self.dataset_requested.emit()
        self.reject()
