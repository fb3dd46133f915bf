"""Boxes and labels of faces over a frame, the same on the screen and in a snapshot."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from trainer.inference.types import Face, FrameResult
from ui.colors import expression_color, expression_title

_GREY = "#6E6E6E"
_MARGIN = 2.0


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


def face_text(face: Face) -> str:
    """Return the label of a box: expression, confidence or reason, person."""
    title = expression_title(face.expression)
    reason = quality_text(face.quality)
    middle = reason if reason else f"{face.confidence * 100:.0f} %"
    if face.expression == "unsure" and not reason:
        middle = ""
    return "  ".join(part for part in (title, middle, f"#{face.tracker_id}") if part)


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


def label_rect(box: QRectF, width: float, height: float, frame: QRectF) -> QRectF:
    """Place a label above its box, else inside it, and always inside the frame."""
    top = box.top() - height - _MARGIN
    if top < frame.top():
        top = max(frame.top(), box.top() + _MARGIN)
    left = min(max(box.left(), frame.left()), max(frame.left(), frame.right() - width))
    top = min(top, max(frame.top(), frame.bottom() - height))
    return QRectF(left, top, width, height)


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
) -> None:
    """Draw all faces of a frame; the selected one last, on top.

    Args:
        painter: Draws in logical pixels.
        result: What was found in exactly the frame below.
        scale: Painter pixels for one frame pixel.
        frame: Where the frame lies.
        selected_id: Tracker id of the face that is drawn strongly, or 0.
        font: Of the labels.
    """
    painter.save()
    painter.setRenderHint(QPainter.Antialiasing)
    painter.setClipRect(frame)
    order = sorted(result.faces, key=lambda face: face.tracker_id == selected_id)
    for face in order:
        _paint_face(painter, face, scale, frame, face.tracker_id == selected_id, font)
    painter.restore()


def _paint_face(
    painter: QPainter, face: Face, scale: float, frame: QRectF, selected: bool, font: QFont
) -> None:
    box = face_box(face, scale, frame.topLeft())
    color = face_color(face)
    width = 3.0 if selected else 1.8
    painter.setBrush(Qt.NoBrush)
    painter.setPen(QPen(QColor(0, 0, 0, 150), width + 2.0))
    painter.drawRoundedRect(box, 4.0, 4.0)
    style = Qt.SolidLine if is_trusted(face) else Qt.DashLine
    painter.setPen(QPen(QColor("white") if selected else color.lighter(115), width, style))
    painter.drawRoundedRect(box, 4.0, 4.0)
    if selected:
        painter.setPen(QPen(color, 1.6, style))
        painter.drawRoundedRect(box.adjusted(2.3, 2.3, -2.3, -2.3), 3.0, 3.0)

    label_font = QFont(font)
    label_font.setBold(selected)
    painter.setFont(label_font)
    metrics = QFontMetricsF(label_font)
    text = face_text(face)
    label = label_rect(box, metrics.horizontalAdvance(text) + 12.0, metrics.height() + 5.0, frame)
    painter.setPen(QPen(QColor(0, 0, 0, 130), 1.0))
    painter.setBrush(color)
    painter.drawRoundedRect(label, 4.0, 4.0)
    painter.setPen(text_color(color))
    painter.drawText(label, Qt.AlignCenter, text)
