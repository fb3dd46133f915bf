"""The picture: one frame in a letterbox, with the faces found in exactly this frame."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QPointF, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import (
    QColor,
    QContextMenuEvent,
    QFont,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PyQt5.QtWidgets import QSizePolicy, QWidget

from trainer.inference.types import FrameResult
from ui.widgets.face_overlay import face_at, face_text, paint_faces

_BACKGROUND = QColor("#0E1014")


def as_image(picture: npt.NDArray[np.uint8]) -> QImage:
    """Wrap a BGRA array (h, w, 4) without copying; the array must outlive the image."""
    height, width = picture.shape[:2]
    # The stubs do not know that any buffer is taken.
    return QImage(  # type: ignore[call-overload]
        picture.data, width, height, width * 4, QImage.Format_RGB32
    )


class VideoView(QWidget):
    """Shows pictures that were scaled and converted elsewhere; painting only copies them.

    Signals:
        face_clicked: (tracker id) A face was clicked; 0 is the picture beside all faces.
        menu_requested: (tracker id, QPoint on the screen) The right button was pressed on a face.
        double_clicked: The picture was double-clicked.
        pixel_size_changed: (width, height) Size in device pixels to scale frames to.
        painted: The picture given last has reached the screen for the first time.
    """

    face_clicked = pyqtSignal(int)
    menu_requested = pyqtSignal(int, object)
    double_clicked = pyqtSignal()
    pixel_size_changed = pyqtSignal(int, int)
    painted = pyqtSignal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: npt.NDArray[np.uint8] | None = None  # QImage does not own its memory
        self._image = QImage()
        self._result: FrameResult | None = None
        self._source_size = QSize()
        self._selected_id = 0
        self._names: Mapping[int, str] = {}
        self._boxes_visible = True
        self._fresh = False
        self.setAttribute(Qt.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Expanding, QSizePolicy.Expanding)
        self.setMinimumSize(240, 160)
        self.setAccessibleName(self.tr("Video picture"))
        self.setAccessibleDescription(self.tr("No picture yet"))

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def show_frame(
        self,
        picture: npt.NDArray[np.uint8],
        source_size: tuple[int, int],
        result: FrameResult,
        selected_id: int = 0,
    ) -> None:
        """Show a frame.

        Args:
            picture: uint8 (h, w, 4), BGRA, scaled to the view.
            source_size: Width and height of the frame that ``result`` speaks of.
            result: Faces of this frame.
            selected_id: Tracker id of the face to draw strongly, or 0.
        """
        self._picture = np.ascontiguousarray(picture)
        self._image = as_image(self._picture)
        self._source_size = QSize(*source_size)
        self._result = result
        self._selected_id = selected_id
        self._fresh = True
        self.update()

    def clear(self) -> None:
        """Show nothing."""
        self._image = QImage()
        self._picture = None
        self._result = None
        self.setAccessibleDescription(self.tr("No picture yet"))
        self.update()

    @property
    def selected_id(self) -> int:
        """Tracker id of the face that is drawn strongly, or 0."""
        return self._selected_id

    def set_selected(self, tracker_id: int) -> None:
        """Draw another face strongly."""
        self._selected_id = tracker_id
        self.update()

    def set_names(self, names: Mapping[int, str]) -> None:
        """Write these names at the boxes, by tracker id, in place of numbers."""
        if names != self._names:
            self._names = dict(names)
            self.update()

    def set_boxes_visible(self, visible: bool) -> None:
        """Draw or leave out the boxes."""
        self._boxes_visible = visible
        self.update()

    def describe(self) -> None:
        """Bring the accessible description up to date; too costly for every frame."""
        texts: Sequence[str] = (
            [face_text(face, self._names) for face in self._result.faces] if self._result else []
        )
        if not texts:
            text = self.tr("No face in the picture")
        else:
            text = self.tr("{count} faces: {faces}").format(
                count=len(texts), faces="; ".join(texts)
            )
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)

    def pixel_size(self) -> tuple[int, int]:
        """Return the size in device pixels."""
        ratio = self.devicePixelRatioF()
        return round(self.width() * ratio), round(self.height() * ratio)

    def frame_rect(self) -> QRectF:
        """Return where the frame lies, logical pixels."""
        if self._source_size.isEmpty():
            return QRectF()
        ratio = self.devicePixelRatioF()
        size = self._source_size.scaled(QSize(*self.pixel_size()), Qt.KeepAspectRatio)
        if abs(size.width() - self._image.width()) <= 2 and (
            abs(size.height() - self._image.height()) <= 2
        ):
            size = self._image.size()  # the same but for rounding: blit, do not scale
        # Whole device pixels, so that the copy stays sharp.
        box_width, box_height = self.pixel_size()
        left = (box_width - size.width()) // 2
        top = (box_height - size.height()) // 2
        return QRectF(left / ratio, top / ratio, size.width() / ratio, size.height() / ratio)

    def snapshot(self, frame: npt.NDArray[np.uint8]) -> QImage:
        """Draw a full-resolution frame with the boxes of the frame shown.

        Args:
            frame: uint8 (H, W, 4), BGRA, the frame shown.
        """
        height, width = frame.shape[:2]
        image = as_image(frame).copy()
        if self._result is not None and self._boxes_visible:
            painter = QPainter(image)
            font = QFont(self.font())
            font.setPixelSize(max(12, round(height / 45)))
            area = QRectF(0, 0, width, height)
            paint_faces(painter, self._result, 1.0, area, self._selected_id, font, self._names)
            painter.end()
        return image

    # --- events ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._image.isNull():
            painter.fillRect(self.rect(), _BACKGROUND)
            return
        target = self.frame_rect()
        if target != QRectF(self.rect()):
            painter.fillRect(self.rect(), _BACKGROUND)
        painter.drawImage(target, self._image)
        if self._result is not None and self._boxes_visible and self._result.faces:
            scale = target.width() / self._source_size.width()
            paint_faces(
                painter, self._result, scale, target, self._selected_id, self.font(), self._names
            )
        painter.end()
        if self._fresh:
            self._fresh = False
            self.painted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.pixel_size_changed.emit(*self.pixel_size())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton and self._result is not None:
            self.face_clicked.emit(self._face_at(QPointF(event.localPos())))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._result is None:
            return
        # The menu key has no place of its own: it means the selected face.
        by_mouse = event.reason() == QContextMenuEvent.Mouse
        face = self._face_at(QPointF(event.pos())) if by_mouse else self._selected_id
        if face:
            self.menu_requested.emit(face, event.globalPos())

    def _face_at(self, point: QPointF) -> int:
        if self._result is None:
            return 0
        area = self.frame_rect()
        scale = area.width() / max(1, self._source_size.width())
        return face_at(self._result, scale, area.topLeft(), point)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.LeftButton:
            self.double_clicked.emit()
