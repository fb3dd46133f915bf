"""Boxes and labels of faces over a frame, the same on the screen and in a snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PyQt5.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from trainer.inference.types import Face, FrameResult
from ui.colors import expression_color, expression_title
from ui.widgets.face_labels import LabelChoice, PlacedLabel, place_labels

_GREY = "#6E6E6E"
_NOBODY: Mapping[int, str] = {}


def quality_text(quality: str) -> str:
    """Return in words why a face should not be trusted; empty when it is fine."""
    texts = {
        "small": QCoreApplication.translate("Faces", "too small"),
        "dark": QCoreApplication.translate("Faces", "too dark"),
        "bright": QCoreApplication.translate("Faces", "too bright"),
        "blurred": QCoreApplication.translate("Faces", "blurred"),
        "turned": QCoreApplication.translate("Faces", "turned away"),
        "cut off": QCoreApplication.translate("Faces", "cut off"),
    }
    return "" if quality == "ok" else texts.get(quality, quality)


def is_trusted(face: Face) -> bool:
    """Whether the expression is shown in colour: sure, and of a good picture."""
    return face.expression != "unsure" and face.quality == "ok"


def face_title(face: Face) -> str:
    """Return the expression; for a face of poor quality why none is named."""
    reason = quality_text(face.quality)
    return reason[:1].upper() + reason[1:] if reason else expression_title(face.expression)


def face_texts(face: Face, names: Mapping[int, str] = _NOBODY) -> tuple[str, ...]:
    """Return the label of a box, then shorter ones for a crowd.

    In full it is the expression and the confidence, or why there is no guess, and the person
    by the name that the user gave, else by number.
    """
    if face.corrected:
        title = QCoreApplication.translate("Faces", "corrected: {expression}").format(
            expression=expression_title(face.expression)
        )
        return f"{title}  #{face.tracker_id}", title
    title = face_title(face)
    middle = f"{face.confidence * 100:.0f} %" if is_trusted(face) else ""
    parts = [title, middle, names.get(face.tracker_id) or f"#{face.tracker_id}"]
    texts = ["  ".join(part for part in parts[:length] if part) for length in (3, 2, 1)]
    return tuple(dict.fromkeys(texts))


def face_text(face: Face, names: Mapping[int, str] = _NOBODY) -> str:
    """Return the label of a box in full."""
    return face_texts(face, names)[0]


def face_color(face: Face) -> QColor:
    """Return the colour of a face's box; grey when it should not be trusted."""
    return QColor(expression_color(face.expression) if is_trusted(face) else _GREY)


def text_color(background: QColor) -> QColor:
    """Return black or white, whichever reads better on ``background`` (WCAG luminance)."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = background.getRgbF()
    luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    return QColor("black") if (luminance + 0.05) ** 2 > 1.05 * 0.05 else QColor("white")


def face_box(face: Face, scale: float, origin: QPointF) -> QRectF:
    """Return a face's box in the painter's coordinates."""
    left, top, right, bottom = (float(value) * scale for value in face.xyxy)
    return QRectF(left + origin.x(), top + origin.y(), right - left, bottom - top)


def face_at(result: FrameResult, scale: float, origin: QPointF, point: QPointF) -> int:
    """Return the tracker id of the smallest face under ``point``, or 0."""
    hits = [
        (box.width() * box.height(), face.tracker_id)
        for face in result.faces
        if (box := face_box(face, scale, origin)).contains(point)
    ]
    return min(hits)[1] if hits else 0


def paint_faces(
    painter: QPainter,
    result: FrameResult,
    scale: float,
    frame: QRectF,
    selected_id: int,
    font: QFont,
    names: Mapping[int, str] = _NOBODY,
) -> None:
    """Draw all faces of a frame; the selected one last, on top.

    Args:
        painter: Draws in logical pixels.
        result: What was found in exactly the frame below.
        scale: Painter pixels for one frame pixel.
        frame: Where the frame lies.
        selected_id: Tracker id of the face that is drawn strongly, or 0.
        font: Of the labels.
        names: Of people that have one, by tracker id.
    """
    painter.save()
    painter.setRenderHint(QPainter.Antialiasing)
    painter.setClipRect(frame)
    bold = QFont(font)
    bold.setBold(True)
    # The selected one is first in getting room and last in being drawn.
    faces = sorted(result.faces, key=lambda face: (face.tracker_id != selected_id, face.tracker_id))
    fonts = [bold if face.tracker_id == selected_id else font for face in faces]
    boxes = [face_box(face, scale, frame.topLeft()) for face in faces]
    labels = place_labels(boxes, _choices(faces, fonts, names), frame)
    drawn = list(zip(faces, boxes, labels, fonts, strict=True))[::-1]
    for face, box, _label, _font in drawn:
        _paint_box(painter, box, face_color(face), face.tracker_id == selected_id, is_trusted(face))
    for face, _box, label, label_font in drawn:
        painter.setFont(label_font)
        _paint_label(painter, label, face_color(face))
    painter.restore()


def _choices(
    faces: Sequence[Face], fonts: Sequence[QFont], names: Mapping[int, str]
) -> list[list[LabelChoice]]:
    choices = []
    for face, font in zip(faces, fonts, strict=True):
        metrics = QFontMetricsF(font)
        choices.append(
            [
                LabelChoice(text, metrics.horizontalAdvance(text) + 12.0, metrics.height() + 5.0)
                for text in face_texts(face, names)
            ]
        )
    return choices


def _paint_box(
    painter: QPainter, box: QRectF, color: QColor, selected: bool, trusted: bool
) -> None:
    width = 3.0 if selected else 1.8
    painter.setBrush(Qt.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 150), width + 2.0))
    painter.drawRoundedRect(box, 4.0, 4.0)
    style = Qt.SolidLine if trusted else Qt.DashLine
    painter.setPen(QPen(QColor("white") if selected else color.lighter(115), width, style))
    painter.drawRoundedRect(box, 4.0, 4.0)
    if selected:
        painter.setPen(QPen(color, 1.6, style))
        painter.drawRoundedRect(box.adjusted(2.3, 2.3, -2.3, -2.3), 3.0, 3.0)


def _paint_label(painter: QPainter, label: PlacedLabel, color: QColor) -> None:
    painter.setPen(QPen(QColor(0, 0, 0, 130), 1.0))
    painter.setBrush(color)
    painter.drawRoundedRect(label.rect, 4.0, 4.0)
    painter.setPen(text_color(color))
    painter.drawText(label.rect, Qt.AlignCenter, label.text)
