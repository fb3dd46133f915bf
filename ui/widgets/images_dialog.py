"""The images behind a cell of the confusion matrix."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPushButton, QVBoxLayout, QWidget

from ui.colors import expression_title
from ui.tables.sample_model import SampleModel
from ui.tables.samples import Samples
from ui.widgets.image_grid import ImageGrid


class ImagesDialog(QDialog):
    """A grid of images that were labelled one way and answered another (or the same).

    Attributes:
        grid: The images; a tool tip names label, split and line.
    """

    def __init__(
        self, samples: Samples, target: int, pred: int, total: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowContextHelpButtonHint, False)
        label = expression_title(samples.class_names[target])
        answer = expression_title(samples.class_names[pred])
        self.setWindowTitle(self.tr("Images"))
        title = QLabel(
            self.tr("{label}, recognised").format(label=label)
            if target == pred
            else self.tr("{label}, taken for {answer}").format(label=label, answer=answer)
        )
        title.setProperty("heading", "1")
        hint = QLabel(
            self.tr("{shown} of {total} images; the surest answers come first.").format(
                shown=len(samples), total=total
            )
        )
        hint.setProperty("muted", True)
        self.model = SampleModel(self)
        self.model.set_samples(samples)
        self.grid = ImageGrid()
        self.grid.setModel(self.model)
        self.grid.setAccessibleName(title.text())
        close = QPushButton(self.tr("Close"))
        close.setDefault(True)
        buttons = QDialogButtonBox()
        buttons.addButton(close, QDialogButtonBox.RejectRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 14)
        layout.setSpacing(8)
        layout.addWidget(title)
        layout.addWidget(hint)
        layout.addWidget(self.grid)
        layout.addWidget(buttons)
        self.resize(640, 480)
