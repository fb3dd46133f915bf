"""An exported network taken apart before its last layer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import helper, numpy_helper

from trainer.errors import OperationCancelled, WeightsError
from trainer.files import write_bytes
from trainer.metadata import ModelMetadata
from trainer.preprocess import normalize

Floats = npt.NDArray[np.float32]

_BATCH = 32
INPUT_NAME, OUTPUT_NAME = "input", "logits"  # as trainer.export writes them, which needs torch


class HeadNetwork:
    """A network whose last layer is linear; what it is given are the *features*.

    Attributes:
        path: The file.
        metadata: What it says about itself.
        sha256: Hash of the file.
        weight: float32 (C, D), the last layer's.
        bias: float32 (C,).
    """

    def __init__(self, path: Path, *, threads: int = 1) -> None:
        """Load a network.

        Raises:
            WeightsError: It is no network that Mien exported, or does not end in a linear layer
                of 32-bit numbers.
        """
        from trainer.inference.classifier import OnnxClassifier

        checked = OnnxClassifier(path)  # says in one sentence what is wrong with a file
        self.path, self.metadata, self.sha256 = checked.path, checked.metadata, checked.sha256
        data = self.path.read_bytes()
        if hashlib.sha256(data).hexdigest() != self.sha256:
            raise WeightsError(f"{self.path.name} changed while it was read; try again.")
        self._graph = onnx.load_from_string(data)
        self._weight_name, self._bias_name, self._feature_name = self._find_head()
        self._transposed = self.weight_is_transposed()
        self.weight = self._initializer(self._weight_name)
        if not self._transposed:
            self.weight = np.ascontiguousarray(self.weight.T)
        self.bias = self._initializer(self._bias_name)
        self._session = self._open(threads)

    def features(
        self,
        images: npt.NDArray[np.uint8],
        *,
        on_progress: Callable[[float], None] | None = None,
        should_stop: Callable[[], bool] | None = None,
    ) -> tuple[Floats, Floats]:
        """Return what the last layer is given and what it makes of it.

        Args:
            images: uint8 (N, 1, S, S), S the preset's ``image_side``.
            on_progress: Called with 0..1.
            should_stop: Asked between batches.

        Returns:
            float32 (N, D) and (N, C).

        Raises:
            OperationCancelled: ``should_stop`` said so.
        """
        parts = []
        for start in range(0, len(images), _BATCH):
            if should_stop is not None and should_stop():
                raise OperationCancelled
            inputs = normalize(images[start : start + _BATCH], self.metadata.preprocessing)
            parts.append(self._session.run([self._feature_name], {INPUT_NAME: inputs})[0])
            if on_progress is not None:
                on_progress(min(1.0, (start + _BATCH) / len(images)))
        found = np.concatenate(parts).astype(np.float32)
        return found, self.logits(found)

    def logits(self, features: Floats) -> Floats:
        """Return float32 (N, C), the last layer's answer to features (N, D)."""
        return np.asarray(features @ self.weight.T + self.bias, np.float32)

    def save_with_head(
        self, weight: Floats, bias: Floats, metadata: ModelMetadata, path: Path
    ) -> None:
        """Write a copy with another last layer and other metadata, atomically.

        Args:
            weight: float32 (C, D).
            bias: float32 (C,).
            metadata: Of the copy.
            path: A ``.onnx`` file.
        """
        copy = onnx.ModelProto()
        copy.CopyFrom(self._graph)
        stored = weight if self._transposed else np.ascontiguousarray(weight.T)
        for name, values in ((self._weight_name, stored), (self._bias_name, bias)):
            entry = next(one for one in copy.graph.initializer if one.name == name)
            entry.CopyFrom(numpy_helper.from_array(np.asarray(values, np.float32), name))
        del copy.metadata_props[:]
        for key, text in metadata.to_strings().items():
            prop = copy.metadata_props.add()
            prop.key, prop.value = key, text
        write_bytes(path, copy.SerializeToString())

    # Finding the head ----------------------------------------------------------------------

    def _find_head(self) -> tuple[str, str, str]:
        nodes = [node for node in self._graph.graph.node if OUTPUT_NAME in node.output]
        known = {entry.name for entry in self._graph.graph.initializer}
        refusal = WeightsError(
            f"{self.path.name} does not end in a linear layer of 32-bit numbers, so its last layer "
            "cannot be fitted; use a network that Mien trained and exported."
        )
        if len(nodes) != 1 or nodes[0].op_type != "Gemm" or len(nodes[0].input) != 3:
            raise refusal
        feature, weight, bias = nodes[0].input
        scales = {item.name: item.f for item in nodes[0].attribute}
        plain = scales.get("alpha", 1.0) == 1.0 and scales.get("beta", 1.0) == 1.0
        if weight not in known or bias not in known or not plain:
            raise refusal
        self._node = nodes[0]
        return weight, bias, feature

    def weight_is_transposed(self) -> bool:
        """Whether the file holds the last layer's weight as (C, D)."""
        return any(item.name == "transB" and item.i == 1 for item in self._node.attribute)

    def _initializer(self, name: str) -> Floats:
        entry = next(one for one in self._graph.graph.initializer if one.name == name)
        values = numpy_helper.to_array(entry)
        if values.dtype != np.float32:
            raise WeightsError(
                f"The last layer of {self.path.name} is of {values.dtype}, expected float32."
            )
        return np.array(values)

    def _open(self, threads: int) -> Any:
        from trainer._onnxruntime import onnxruntime

        opened = onnx.ModelProto()
        opened.CopyFrom(self._graph)
        opened.graph.output.append(
            helper.make_tensor_value_info(
                self._feature_name, onnx.TensorProto.FLOAT, ["batch", self.weight.shape[1]]
            )
        )
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.log_severity_level = 4
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        return onnxruntime.InferenceSession(
            opened.SerializeToString(), options, providers=["CPUExecutionProvider"]
        )
