"""The drawn data set: made once, in the user's data folder."""

from __future__ import annotations

from pathlib import Path

from trainer.paths import data_dir
from ui.formats import DEMO_FILE


def demo_path() -> Path:
    """Where the drawn data set is or will be."""
    return data_dir() / DEMO_FILE


def ensure_demo() -> Path:
    """Draw the data set if it is not there yet; takes a few seconds, so call it in a worker."""
    path = demo_path()
    if not path.is_file():
        from trainer.data.demo import generate_demo

        path.parent.mkdir(parents=True, exist_ok=True)
        generate_demo(path)
    return path
