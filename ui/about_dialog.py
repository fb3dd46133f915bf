"""Help > About Mien: what it is, its licence, and whose work it stands on."""

from __future__ import annotations

from html import escape

from PyQt5.QtCore import QCoreApplication, Qt, pyqtSignal
from PyQt5.QtGui import QIcon
from PyQt5.QtWidgets import (
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from resources import resource_path
from ui.dialogs import HelpDialog, close_buttons

_GPL = "https://www.gnu.org/licenses/gpl-3.0.html"
# Name, licence, home page. The full list is resources/licences/third_party.txt.
COMPONENTS: tuple[tuple[str, str, str], ...] = (
    ("Qt 5", "LGPL-3.0", "https://www.qt.io/"),
    ("PyQt5", "GPL-3.0", "https://www.riverbankcomputing.com/software/pyqt/"),
    ("PyTorch, torchvision", "BSD-3-Clause", "https://pytorch.org/"),
    ("OpenCV", "Apache-2.0", "https://opencv.org/"),
    ("ONNX Runtime", "MIT", "https://onnxruntime.ai/"),
    ("ONNX", "Apache-2.0", "https://onnx.ai/"),
    ("PyAV", "BSD-3-Clause", "https://pyav.basswood.io/"),
    ("FFmpeg, x264, x265", "LGPL-3.0-or-later, GPL-2.0-or-later", "https://ffmpeg.org/"),
    ("NumPy", "BSD-3-Clause", "https://numpy.org/"),
    ("SciPy", "BSD-3-Clause", "https://scipy.org/"),
    ("pandas", "BSD-3-Clause", "https://pandas.pydata.org/"),
    ("scikit-learn", "BSD-3-Clause", "https://scikit-learn.org/"),
    ("pyqtgraph", "MIT", "https://www.pyqtgraph.org/"),
    ("safetensors", "Apache-2.0", "https://github.com/huggingface/safetensors"),
)
_YUNET = "https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet"
_FER2013 = "https://arxiv.org/abs/1307.0414"


def _tr(text: str) -> str:
    return QCoreApplication.translate("About", text)


class AboutDialog(HelpDialog):
    """Version, licence, purpose and limits, sources of model and detector, components.

    Signals:
        licences_requested: Show the full list of third-party licences.
    """

    licences_requested = pyqtSignal()

    def __init__(self, versions: dict[str, str], parent: QWidget | None = None) -> None:
        super().__init__(_tr("About Mien"), parent)
        page = QWidget()
        page.setProperty("transparent", True)
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(0, 0, 10, 0)
        self._column.setSpacing(10)
        self._column.addLayout(self._head(versions.get("Mien", "")))
        self._say(
            _tr(
                "A workbench for facial expressions: inspect a data set, train networks, compare "
                "them, and play a video with the expression beside every face. Everything stays "
                "on this computer."
            )
        )
        self._say(
            _tr(
                "An expression is what a face shows, not what a person feels. Use Mien with "
                "people who agreed, and not to judge people at work or in education."
            )
        )
        self._add_sources()
        self._add_components()
        lines = [f"{name} {number}" for name, number in versions.items() if name != "Mien"]
        self._headline(_tr("Versions"))
        self._say("\n".join(lines), selectable=True)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self.licences_button = QPushButton(_tr("Third-party licences…"))
        self.licences_button.setAutoDefault(False)
        self.licences_button.clicked.connect(lambda _checked: self.licences_requested.emit())
        buttons = close_buttons(self)
        buttons.addButton(self.licences_button, QDialogButtonBox.ActionRole)
        self.body.addWidget(scroll)
        self.body.addWidget(buttons)
        self.fit(560, 600)

    def _head(self, version: str) -> QHBoxLayout:
        sign = QLabel()
        sign.setPixmap(QIcon(str(resource_path("icons", "mien.svg"))).pixmap(64, 64))
        title = QLabel(f"Mien {version}")
        title.setProperty("heading", "1")
        licence = QLabel(_link(_GPL, _tr("Free software under the GNU GPL, version 3 or later.")))
        licence.setOpenExternalLinks(True)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(title)
        words.addWidget(licence)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(sign)
        row.addLayout(words, 1)
        return row

    def _add_sources(self) -> None:
        self._headline(_tr("Model, detector, sample video"))
        self._say_rich(
            _tr("Expressions: a VGG-9 network of this project, trained on {dataset}.").format(
                dataset=_link(_FER2013, "FER2013 (Goodfellow et al., 2013)")
            )
        )
        self._say_rich(
            _tr("Faces: {detector} by Shiqi Yu and others, MIT licence.").format(
                detector=_link(_YUNET, "YuNet 2023mar")
            )
        )
        self._say_rich(
            escape(_tr("Sample video: portraits by NASA and the US Navy, in the public domain."))
        )

    def _add_components(self) -> None:
        self._headline(_tr("Mien stands on"))
        lines = [f"{_link(link, name)} – {licence}" for name, licence, link in COMPONENTS]
        self._say_rich("<br>".join(lines))

    def _headline(self, text: str) -> None:
        label = QLabel(text)
        label.setProperty("heading", "2")
        self._column.addWidget(label)

    def _say(self, text: str, *, selectable: bool = False) -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.PlainText)
        label.setWordWrap(True)
        if selectable:
            label.setTextInteractionFlags(Qt.TextSelectableByMouse | Qt.TextSelectableByKeyboard)
        self._column.addWidget(label)

    def _say_rich(self, text: str) -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.RichText)
        label.setWordWrap(True)
        label.setOpenExternalLinks(True)  # by mouse, and by Tab and Enter
        self._column.addWidget(label)


def _link(address: str, text: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>'
