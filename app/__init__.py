"""The desktop program: wiring of windows, controllers and workers."""

from app.utf8 import use_utf8_names

use_utf8_names()  # before any module of this package imports Qt
