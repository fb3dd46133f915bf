"""Face crops to expression probabilities on ONNX Runtime; torch is never imported."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from trainer.errors import WeightsError
from trainer.inference.shipped import default_model_path
from trainer.inference.types import FloatArray
from trainer.metadata import ModelMetadata
from trainer.preprocess import normalize

_MAX_BYTES = 2_000_000_000


class Classifier(Protocol):
    """Gives probabilities for face images."""

    metadata: ModelMetadata

    def predict(self, images: npt.NDArray[np.uint8]) -> FloatArray:
        """Return float32 (N, C) probabilities of uint8 (N, 1, S, S) grey faces."""


class OnnxClassifier:
    """An exported network with its own preprocessing and temperature.

    Attributes:
        path: The file.
        metadata: What the file says about itself.
        sha256: Hash of the file, hex.
    """

    def __init__(self, path: Path | None = None, *, threads: int = 1) -> None:
        """Load and check a network.

        Args:
            path: An ONNX file that Mien exported; the shipped one when None.
            threads: Threads of one ``predict`` call.

        Raises:
            WeightsError: Missing, not ONNX, damaged, without metadata, or its inputs and
                outputs do not fit the metadata.
        """
        self.path = Path(path) if path is not None else default_model_path()
        data = _read(self.path)
        self.sha256 = hashlib.sha256(data).hexdigest()
        self._session = _open(data, self.path.name, threads)
        self.metadata = _check(self._session, self.path.name)
        size = self.metadata.preprocessing.image_side
        probe = self._run(np.full((2, 1, size, size), 128, np.uint8))
        wanted = (2, len(self.metadata.class_names))
        if probe.shape != wanted or not np.isfinite(probe).all():
            raise WeightsError(
                f"{self.path.name} gave {probe.shape} values for two faces, expected {wanted} "
                "finite ones; export it again."
            )

    def predict(self, images: npt.NDArray[np.uint8]) -> FloatArray:
        """Return float32 (N, C), the calibrated probabilities of all faces in one run.

        Args:
            images: uint8 (N, 1, S, S), S the preset's ``image_side``.
        """
        if not len(images):
            return np.zeros((0, len(self.metadata.class_names)), np.float32)
        return self.metadata.temperature.probabilities(self._run(images))

    def _run(self, images: npt.NDArray[np.uint8]) -> FloatArray:
        inputs = normalize(images, self.metadata.preprocessing)
        try:
            return np.asarray(self._session.run(["logits"], {"input": inputs})[0], np.float32)
        except Exception as error:  # onnxruntime's exceptions have no common public base
            raise WeightsError(
                f"{self.path.name} cannot be run ({_first_line(error)}); export it again."
            ) from error


def _read(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > _MAX_BYTES:
            raise WeightsError(f"{path.name} has {size} bytes, too many for an expression network.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise WeightsError(f"The weights file {path} does not exist.") from error
    except OSError as error:
        raise WeightsError(f"The weights file {path} cannot be read ({error.strerror}).") from error


def _open(data: bytes, name: str, threads: int) -> Any:
    # A tenth of a second, and the window must not wait for it.
    from trainer._onnxruntime import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    # Spinning threads would take the second core from decoding and from the window.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return onnxruntime.InferenceSession(data, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's exceptions have no common public base
        raise WeightsError(
            f"{name} is not an ONNX network or is damaged; choose a file that "
            "'python -m trainer export' or a training run wrote."
        ) from error


def _check(session: Any, name: str) -> ModelMetadata:
    try:
        values = dict(session.get_modelmeta().custom_metadata_map)
    except Exception as error:  # text that is not UTF-8 fails inside the binding
        raise WeightsError(f"The metadata in {name} is damaged; export the file again.") from error
    metadata = ModelMetadata.from_strings(values, source=name)
    preprocessing = metadata.preprocessing
    size = preprocessing.input_size
    inputs = {item.name: item for item in session.get_inputs()}
    outputs = {item.name: item for item in session.get_outputs()}
    if set(inputs) != {"input"} or "logits" not in outputs:
        raise WeightsError(
            f"{name} has inputs {sorted(inputs)} and outputs {sorted(outputs)}, expected 'input' "
            "and 'logits'; export it with 'python -m trainer export'."
        )
    _check_shape(name, "input", inputs["input"].shape, (preprocessing.channels, size, size))
    _check_shape(name, "logits", outputs["logits"].shape, (len(metadata.class_names),))
    if inputs["input"].type != "tensor(float)":
        raise WeightsError(f"{name} takes {inputs['input'].type}, expected tensor(float).")
    return metadata


def _check_shape(name: str, what: str, shape: Sequence[Any], wanted: tuple[int, ...]) -> None:
    """Compare all but the batch axis; names of free axes fit everything."""
    given = list(shape)
    fits = len(given) == len(wanted) + 1 and all(
        not isinstance(have, int) or have == want
        for have, want in zip(given[1:], wanted, strict=True)
    )
    batch_is_free = bool(given) and not isinstance(given[0], int)
    if not fits or not batch_is_free:
        raise WeightsError(
            f"The shape of '{what}' in {name} is {json.dumps(given)}, expected "
            f"{json.dumps(['batch', *wanted])} by its own metadata; export it again."
        )


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0][:200] if lines else type(error).__name__
