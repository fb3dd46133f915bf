"""The only ``import cv2`` of the project: ``from trainer._cv2 import cv2``.

OpenCV's wheel for Linux brings Qt plugins of its own and, while it is imported, points
``QT_QPA_PLATFORM_PLUGIN_PATH`` and ``QT_QPA_FONTDIR`` at them. A QApplication created
afterwards loads those plugins and aborts under xcb. Both variables are put back here.
"""

from __future__ import annotations

import os
from typing import Any

_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
_before = {name: os.environ.get(name) for name in _QT_VARIABLES}

import cv2 as _module  # noqa: E402  (the variables must be read first)

for _name, _value in _before.items():
    if _value is None:
        os.environ.pop(_name, None)
    else:
        os.environ[_name] = _value

# Its stubs give every image the widest array type, which fits no annotation of ours.
cv2: Any = _module

# Its own messages ("can't open camera by index") would go to stderr beside our sentence.
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

__all__ = ["cv2"]
