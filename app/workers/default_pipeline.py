"""The pipeline that the Player uses: YuNet, tracker, ONNX classifier. Never imports torch."""

from __future__ import annotations

from pathlib import Path

from app.workers.media import AnalysisPipeline
from trainer.inference.classifier import OnnxClassifier
from trainer.inference.detector import YuNetDetector
from trainer.inference.pipeline import Pipeline


def build(model_path: Path | None) -> AnalysisPipeline:
    """Build a pipeline with the given model, or with the one that ships with Mien.

    Raises:
        WeightsError: The model is missing or does not fit; one sentence says why.
    """
    return Pipeline(YuNetDetector(), OnnxClassifier(model_path))
