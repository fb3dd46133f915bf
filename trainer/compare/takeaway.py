"""Taking a model away: its calibration for the Player, and its file for others."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from trainer.compare.confidence import RiskCoverage, risk_coverage
from trainer.compare.models import IMPORTED, SHIPPED, Candidate, load_candidate
from trainer.compare.scoring import Scores, onnx_file
from trainer.errors import MienError
from trainer.files import atomic_path
from trainer.metadata import ModelMetadata
from trainer.model_files import read_metadata
from trainer.temperature import Temperature

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset

PLAYER_FOLDER = "player"
"""Folder beside imported models where their networks are kept as the Player reads them."""

CALIBRATED_ON = "calibrated_on"
"""Key of the metadata's ``extra`` that says which data and split fitted the temperature."""


def calibrated_coverage(scores: Scores, temperature: Temperature) -> RiskCoverage:
    """Return accuracy against faces answered, with the confidences of another temperature."""
    logits = scores.temperature.logits(scores.probs)
    return risk_coverage(temperature.probabilities(logits), scores.targets)


def threshold_for(coverage: RiskCoverage, accuracy: float) -> float | None:
    """Return the lowest confidence from which answers are right so often, None if none is.

    "Unsure" is then said of as few faces as possible.
    """
    enough = np.flatnonzero(coverage.accuracy >= accuracy)
    return float(coverage.thresholds[enough[-1]]) if len(enough) else None


def store_calibration(
    candidate: Candidate,
    temperature: Temperature,
    unsure_threshold: float,
    calibrated_on: str = "",
) -> Candidate:
    """Write temperature and threshold into a model's files, for the Player; return it read anew.

    No answer changes, only how sure it is; the file's hash does, so it is scored again.

    Args:
        candidate: A run or an imported model.
        temperature: What logits are divided by.
        unsure_threshold: Confidence below which the Player says "unsure", 0..1; 0 never.
        calibrated_on: Data and split that it was fitted on, for whoever reads the file.

    Raises:
        MienError: It is the shipped network, a run in training, or has no sound weights.
        WeightsError: A file is damaged.
    """
    if not 0 <= unsure_threshold < 1:
        raise MienError(f"The threshold must be in 0..1, got {unsure_threshold}.")
    if candidate.kind == SHIPPED:
        raise MienError(
            "The network that ships with Mien is not changed; export it and import the copy."
        )
    if candidate.run is not None and candidate.run.is_training:
        raise MienError(f"{candidate.name} is being trained right now; stop that first.")
    if not candidate.can_score:
        raise MienError(f"{candidate.name} has no weights to calibrate.")
    for path in (candidate.weights_path, candidate.onnx_path):
        if path is not None:
            metadata = read_metadata(path)
            extra = {**metadata.extra, CALIBRATED_ON: calibrated_on}
            _rewrite(
                path,
                replace(
                    metadata,
                    temperature=temperature,
                    unsure_threshold=unsure_threshold,
                    extra=extra,
                ),
            )
    return load_candidate(candidate.path)


def _rewrite(path: Path, metadata: ModelMetadata) -> None:
    """Exchange the metadata of a file, atomically; the tensors stay bit for bit."""
    if path.suffix.lower() == ".onnx":
        from trainer.export import set_onnx_metadata

        with atomic_path(path) as temporary:
            shutil.copyfile(path, temporary)
            set_onnx_metadata(temporary, metadata)
        return
    from safetensors.torch import load_file, save_file

    tensors = load_file(str(path))
    with atomic_path(path) as temporary:
        save_file(tensors, str(temporary), metadata=metadata.to_strings())


def export_model(
    candidate: Candidate,
    target: Path,
    *,
    int8_with: ExpressionDataset | None = None,
    cache_dir: Path | None = None,
) -> None:
    """Write a model as one file that others can import.

    Args:
        candidate: The model.
        target: ``.onnx`` or ``.safetensors``.
        int8_with: Write 8-bit ONNX, its ranges taken from the training images of these data.
        cache_dir: Where a model without ONNX is exported to on the way.

    Raises:
        MienError: The ending is another, or the model does not have what is needed.
        WeightsError: The model cannot be used.
    """
    suffix = target.suffix.lower()
    if suffix not in (".onnx", ".safetensors"):
        raise MienError(f"A model is written as .onnx or .safetensors, not as {target.name}.")
    weights = candidate.weights_path
    if int8_with is not None and suffix == ".onnx":
        from trainer.quantize import quantize_onnx
        from trainer.weights import load_weights

        if weights is None:
            raise MienError(f"{candidate.name} has no .safetensors file to make 8-bit ONNX from.")
        model, metadata = load_weights(weights)
        quantize_onnx(model, metadata, int8_with, target)
        return
    if suffix == ".onnx":
        source = onnx_file(candidate, cache_dir=cache_dir)
    elif weights is not None:
        source = weights
    else:
        raise MienError(f"{candidate.name} has no .safetensors file; export it as .onnx.")
    if target.exists() and target.samefile(source):
        raise MienError(f"{target} is the model itself; choose another name.")
    with atomic_path(target) as temporary:
        shutil.copyfile(source, temporary)


def player_file(candidate: Candidate) -> Path:
    """Return the network as the ONNX file that the Player reads, written first if need be.

    An imported safetensors file is written as ONNX into :data:`PLAYER_FOLDER` beside it, where
    it stays: the Player opens it again at its next start. Writing needs torch.

    Raises:
        WeightsError: There are no sound weights.
        MienError: The file cannot be written.
    """
    if candidate.kind != IMPORTED or candidate.onnx_path is not None:
        return onnx_file(candidate)
    target = kept_for_player(candidate.path)
    try:
        if target.is_file() and target.stat().st_mtime_ns >= candidate.path.stat().st_mtime_ns:
            return target
        with atomic_path(target) as temporary:
            shutil.copyfile(onnx_file(candidate), temporary)
    except OSError as error:
        raise MienError(
            f"{target} cannot be written ({error.strerror or error}); make room or free the folder."
        ) from error
    return target


def kept_for_player(path: Path) -> Path:
    """Return where :func:`player_file` keeps the network of an imported file."""
    return path.parent / PLAYER_FOLDER / f"{path.stem}.onnx"
