"""What a weights file says about itself, the same keys in safetensors and ONNX."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from trainer import __version__
from trainer.errors import WeightsError
from trainer.labels import EXPRESSIONS
from trainer.preprocess import Preprocessing
from trainer.temperature import Temperature

FORMAT = "mien-weights-1"
"""Value of the ``format`` key; a file without it was not written by Mien."""


def val_metrics(scores: Mapping[str, Any]) -> dict[str, float]:
    """Return the figures of a validation split as a weights file keeps them.

    Args:
        scores: What :func:`trainer.metrics.classification_metrics` returned.
    """
    kept = ("top1_accuracy", "macro_f1", "log_loss")
    return {f"val_{name}": float(scores[name]) for name in kept}


@dataclass(frozen=True)
class ModelMetadata:
    """Everything needed to use a network correctly without its training code.

    Attributes:
        architecture: Registry name, e.g. ``"vgg9_bn"``.
        class_names: Classes in the order of the logits.
        preprocessing: The input preset.
        dataset_name: File or folder name of the training data.
        dataset_hash: Content hash of the training data (sha256, hex).
        metrics: Figures measured by the trainer, e.g. ``val_top1_accuracy``.
        temperature: The logits are divided by it before softmax.
        unsure_threshold: A confidence below it is shown as "unsure"; 0 never is.
        version: Version of Mien that wrote the file.
        extra: Further strings (run name, date, licence of the data, ...).
    """

    architecture: str
    class_names: tuple[str, ...] = EXPRESSIONS
    preprocessing: Preprocessing = field(default_factory=Preprocessing)
    dataset_name: str = ""
    dataset_hash: str = ""
    metrics: Mapping[str, float] = field(default_factory=dict)
    temperature: Temperature = Temperature()
    unsure_threshold: float = 0.0
    version: str = __version__
    extra: Mapping[str, str] = field(default_factory=dict)

    def with_metrics(self, metrics: Mapping[str, float]) -> ModelMetadata:
        """Return a copy with ``metrics`` merged in."""
        return replace(self, metrics={**self.metrics, **metrics})

    def to_strings(self) -> dict[str, str]:
        """Return a flat string map, the only kind both file formats hold."""
        return {
            "format": FORMAT,
            "architecture": self.architecture,
            "class_names": json.dumps(list(self.class_names)),
            "preprocessing": json.dumps(self.preprocessing.to_dict()),
            "dataset_name": self.dataset_name,
            "dataset_hash": self.dataset_hash,
            "metrics": json.dumps(dict(self.metrics)),
            "temperature": repr(float(self.temperature.value)),
            "temperature_slope": repr(float(self.temperature.slope)),
            "unsure_threshold": repr(float(self.unsure_threshold)),
            "version": self.version,
            "extra": json.dumps(dict(self.extra)),
        }

    @classmethod
    def from_strings(cls, values: Mapping[str, str], *, source: str) -> ModelMetadata:
        """Parse and check what :meth:`to_strings` wrote.

        Args:
            values: The string map of the file.
            source: File name for the message.

        Raises:
            WeightsError: A key is missing or does not make sense; the text says which.
        """
        if values.get("format") != FORMAT:
            raise WeightsError(
                f"{source} carries no Mien metadata (class names, input size, normalisation), "
                "so it cannot be used safely; export it with 'python -m trainer export'."
            )
        try:
            names = json.loads(values["class_names"])
            extra: dict[str, Any] = json.loads(values.get("extra", "{}"))
            metadata = cls(
                architecture=values["architecture"],
                class_names=tuple(str(name) for name in names),
                preprocessing=Preprocessing.from_dict(json.loads(values["preprocessing"])),
                dataset_name=values.get("dataset_name", ""),
                dataset_hash=values.get("dataset_hash", ""),
                metrics={
                    str(key): float(value)
                    for key, value in json.loads(values.get("metrics", "{}")).items()
                },
                temperature=Temperature(
                    float(values.get("temperature", "1.0")),
                    float(values.get("temperature_slope", "0.0")),
                ),
                unsure_threshold=float(values.get("unsure_threshold", "0.0")),
                version=values.get("version", ""),
                extra={str(key): str(value) for key, value in extra.items()},
            )
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise WeightsError(
                f"The metadata in {source} is damaged ({error}); export the file again."
            ) from error
        if len(metadata.class_names) < 2:
            raise WeightsError(
                f"The metadata in {source} makes no sense (classes {metadata.class_names}); "
                "export the file again."
            )
        return metadata
