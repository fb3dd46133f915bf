"""Where the networks that come with Mien lie."""

from __future__ import annotations

from pathlib import Path

from resources import resource_path

DEFAULT_MODEL = "vgg9_bn.onnx"
LIGHT_MODEL = "lightnet.onnx"


def default_model_path() -> Path:
    """Return where the shipped expression network lies."""
    return resource_path("weights", DEFAULT_MODEL)


def light_model_path() -> Path:
    """Return where the small one for weak computers and crowds lies."""
    return resource_path("weights", LIGHT_MODEL)
