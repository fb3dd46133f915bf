"""Everything known about the selected face, beside the picture."""

from __future__ import annotations

from collections.abc import Mapping

from PyQt5.QtCore import QSize, Qt
from PyQt5.QtGui import QColor, QPainter, QPixmap, QResizeEvent
from PyQt5.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from trainer.inference.types import Face, FrameResult
from ui.colors import expression_title
from ui.widgets.face_overlay import face_color, face_title, is_trusted, quality_text
from ui.widgets.probability_bars import ProbabilityBars

_SPACING = 6


def largest_face(result: FrameResult) -> Face | None:
    """Return the face with the largest box, or None."""

    def area(face: Face) -> float:
        left, top, right, bottom = (float(value) for value in face.xyxy)
        return (right - left) * (bottom - top)

    return max(result.faces, key=area, default=None)


def find_face(result: FrameResult, tracker_id: int) -> Face | None:
    """Return the face of this person in this frame, or None."""
    return next((face for face in result.faces if face.tracker_id == tracker_id), None)


class FacePanel(QWidget):
    """Label, reason, person and probabilities of one face."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot_color = ""
        self._names: Mapping[int, str] = {}
        self._dot = QLabel()
        self._dot.setFixedSize(QSize(14, 14))
        self._title = QLabel()
        self._title.setProperty("figure", "true")
        self._person = QLabel()
        self._person.setProperty("muted", "true")
        self._reason = QLabel()
        self._reason.setWordWrap(True)
        self._reason.setMinimumHeight(self._reason.fontMetrics().height() * 2)
        self._reason.setAlignment(Qt.AlignTop)
        self.bars = ProbabilityBars()
        self._legend = QLabel(
            self.tr("Bar: smoothed over time. ▲ this frame alone. These are guesses of a network.")
        )
        self._hint = QLabel(self.tr("Click a face in the picture to select it."))
        self.bars.setToolTip(self._legend.text())
        for label in (self._legend, self._hint):
            label.setProperty("muted", "true")
            label.setWordWrap(True)

        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(self._dot)
        line.addWidget(self._title, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, _SPACING, 0, 0)
        layout.setSpacing(_SPACING)
        layout.addLayout(line)
        layout.addWidget(self._person)
        layout.addWidget(self._reason)
        layout.addSpacing(4)
        layout.addWidget(self.bars)
        layout.addSpacing(4)
        layout.addWidget(self._legend)
        layout.addStretch(1)
        layout.addWidget(self._hint)
        self.show_face(None, None)

    def show_face(self, result: FrameResult | None, face: Face | None) -> None:
        """Show one face of a frame; None says why there is nothing to show."""
        if face is None or result is None:
            self._show_nothing(result)
            return
        if face.corrected:
            _set_text(self._title, expression_title(face.expression))
            _set_text(self._reason, self.tr("You corrected it; the bars are the network's."))
        elif is_trusted(face):
            _set_text(
                self._title,
                f"{expression_title(face.expression)}  {face.confidence:.0%}".replace("%", " %"),
            )
            _set_text(self._reason, "")
        else:
            _set_text(self._title, face_title(face))
            _set_text(self._reason, self._why(face))
        _set_text(
            self._person,
            self.tr("{person} · {count} in the picture").format(
                person=self._names.get(face.tracker_id)
                or self.tr("Person {id}").format(id=face.tracker_id),
                count=len(result.faces),
            ),
        )
        self._set_dot(face_color(face))
        self.bars.show_probabilities(
            result.class_names,
            face.probs.tolist(),
            face.probs_raw.tolist(),
            face.label,
            muted=not is_trusted(face),
        )

    def set_names(self, names: Mapping[int, str]) -> None:
        """Call people by these names, by tracker id."""
        self._names = dict(names)

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._height_without_notes())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the notes out where they would take the bars' place; the tool tip has them too."""
        super().resizeEvent(event)
        room = self.height() - self._height_without_notes()
        for label in (self._legend, self._hint):
            room -= label.heightForWidth(self.width()) + _SPACING
            label.setVisible(room >= 0)

    def _height_without_notes(self) -> int:
        shown = (self._title, self._person, self._reason, self.bars)
        gaps = (len(shown) - 1) * _SPACING + 10 + _SPACING  # and those around the bars
        heights = (max(part.minimumHeight(), part.minimumSizeHint().height()) for part in shown)
        return sum(heights) + gaps

    def describe(self) -> None:
        """Bring the accessible texts up to date."""
        self.bars.describe()

    def _why(self, face: Face) -> str:
        reason = quality_text(face.quality)
        if reason:
            return self.tr("The face is {reason}: do not rely on it.").format(reason=reason)
        return self.tr("No expression is likely enough to be named.")

    def _show_nothing(self, result: FrameResult | None) -> None:
        _set_text(self._title, "–")
        self._set_dot(QColor(0, 0, 0, 0))
        if result is None:
            _set_text(self._person, "")
            _set_text(self._reason, "")
        elif result.faces:
            _set_text(
                self._person, self.tr("{count} in the picture").format(count=len(result.faces))
            )
            _set_text(self._reason, self.tr("The selected person is not in this picture."))
        else:
            _set_text(self._person, self.tr("No face in the picture"))
            _set_text(
                self._reason, self.tr("Faces that are very small, dark or turned are not found.")
            )
        self.bars.clear()

    def _set_dot(self, color: QColor) -> None:
        if color.name(QColor.HexArgb) == self._dot_color:
            return
        self._dot_color = color.name(QColor.HexArgb)
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(round(14 * ratio), round(14 * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.Antialiasing)
        painter.setPen(Qt.NoPen)
        painter.setBrush(color)
        painter.drawEllipse(1, 1, 12, 12)
        painter.end()
        self._dot.setPixmap(pixmap)


def _set_text(label: QLabel, text: str) -> None:
    # setText lays the panel out anew even when nothing changed.
    if label.text() != text:
        label.setText(text)
