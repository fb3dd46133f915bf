"""Turning decoded frames upright by the file's display matrix."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer._cv2 import cv2

Image = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Orientation:
    """How stored pixels become the picture that is meant: transpose first, then flip.

    Attributes:
        transpose: Rows and columns change places.
        flip_x: Mirrored left to right (after the transposition).
        flip_y: Mirrored top to bottom (after the transposition).
    """

    transpose: bool = False
    flip_x: bool = False
    flip_y: bool = False

    @classmethod
    def from_matrix(cls, a: float, b: float, c: float, d: float) -> Orientation:
        """Read a display matrix, where x' = a x + c y and y' = b x + d y, y pointing down.

        Angles between the quarter turns are taken to the nearest one: no camera writes
        them, and a frame has to stay a rectangle.
        """
        if abs(a) + abs(d) >= abs(b) + abs(c):
            return cls(transpose=False, flip_x=a < 0, flip_y=d < 0)
        return cls(transpose=True, flip_x=c < 0, flip_y=b < 0)

    def apply(self, image: Image) -> Image:
        """Return ``image`` (H, W, 3) upright and contiguous."""
        if self.transpose:
            image = cv2.transpose(image)
        if self.flip_x and self.flip_y:
            image = cv2.flip(image, -1)
        elif self.flip_x:
            image = cv2.flip(image, 1)
        elif self.flip_y:
            image = cv2.flip(image, 0)
        return image


UPRIGHT = Orientation()


def orientation_of(display_matrix: bytes | memoryview) -> Orientation:
    """Parse FFmpeg's side data: nine little- or native-endian int32, 16.16 fixed point."""
    if len(display_matrix) < 36:
        return UPRIGHT
    values = np.frombuffer(bytes(display_matrix), dtype=np.int32, count=9).astype(float)
    return Orientation.from_matrix(values[0], values[1], values[3], values[4])
