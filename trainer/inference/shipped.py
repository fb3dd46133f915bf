"""Where the networks that come with Mien lie."""

from __future__ import annotations

from pathlib import Path

from resources import resource_path

DEFAULT_MODEL = "lightnet_columns.onnx"
LIGHT_MODEL = "lightnet.onnx"
CLASSIC_MODEL = "vgg9_bn.onnx"


def default_model_path() -> Path:
    """Return where the shipped expression network lies, the most accurate one."""
    return resource_path("weights", DEFAULT_MODEL)


def light_model_path() -> Path:
    """Return where the small one for weak computers and crowds lies."""
    return resource_path("weights", LIGHT_MODEL)


def classic_model_path() -> Path:
    """Return where VGG-9 lies, the network of textbooks and courses."""
    return resource_path("weights", CLASSIC_MODEL)


def shipped_model_paths() -> tuple[Path, ...]:
    """Return all expression networks that come with Mien, the default one first."""
    return default_model_path(), light_model_path(), classic_model_path()
