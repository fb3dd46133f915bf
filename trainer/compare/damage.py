"""What is wrong with a model's files, in one sentence each."""

from __future__ import annotations

import json
from pathlib import Path

from trainer.errors import MienError
from trainer.labels import canonical_indices
from trainer.metadata import ModelMetadata
from trainer.model_files import read_metadata


def one_line(text: str) -> str:
    """Return text without the line breaks and indents that parsers put into their messages."""
    return " ".join(text.split())


def json_damage(path: Path) -> str:
    """Return why a JSON file of settings cannot be read; "" if it can, or is not there."""
    if not path.is_file():
        return ""
    try:
        if isinstance(json.loads(path.read_text(encoding="utf-8")), dict):
            return ""
        reason = "it holds no settings"
    except (ValueError, RecursionError) as error:
        reason = str(error)
    return f"{path.name} cannot be read ({reason})."


def fitting_metadata(path: Path) -> ModelMetadata:
    """Return what a model file says about itself.

    Raises:
        WeightsError: It is damaged or was not written by Mien.
        MienError: It has other classes.
    """
    metadata = read_metadata(path)
    check_classes(metadata, path.name)
    return metadata


def check_classes(metadata: ModelMetadata, name: str) -> None:
    """Refuse a model that does not know the seven expressions.

    Raises:
        MienError: The sentence says which are missing.
    """
    try:
        canonical_indices(metadata.class_names)
    except ValueError as error:
        raise MienError(
            f"{name} cannot be compared: {error}; Mien compares models of the seven expressions."
        ) from error
