"""The only place that reads .ui files."""

from __future__ import annotations

from pathlib import Path

from PyQt5 import uic
from PyQt5.QtWidgets import QWidget

_HERE = Path(__file__).resolve().parent


def load_ui(name: str, widget: QWidget) -> None:
    """Fill ``widget`` from ``ui/<name>.ui``; its children become attributes of ``widget``."""
    uic.loadUi(str(_HERE / f"{name}.ui"), widget)
