"""Static INT8 quantisation of an exported network (QDQ, per channel)."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from torch import nn

from trainer.data.dataset import ExpressionDataset
from trainer.errors import DataError
from trainer.export import INPUT_NAME, export_onnx, set_onnx_metadata
from trainer.files import atomic_path
from trainer.metadata import ModelMetadata
from trainer.preprocess import Preprocessing, normalize

CALIBRATION_IMAGES = 1024
"""Of 48 pixels; of larger ones fewer, since the calibration keeps every layer's values."""
_PERCENTILE = 99.999
_BATCH = 64
_FEWEST = 32


def quantize_onnx(
    model: nn.Module, metadata: ModelMetadata, dataset: ExpressionDataset, path: Path
) -> None:
    """Write a network as 8-bit ONNX, atomically.

    Weights are signed integers of a 7-bit range a channel, activations unsigned 8-bit. The
    narrower weights keep processors without VNNI instructions from saturating their 16-bit
    sums. The first two convolutions and the last layer, small and the most sensitive, stay
    in float32. Activation ranges cover all but 1e-5 of the values on training images, never on
    validation or test: a range cut at the 99.9th percentile moved the probabilities of the
    shipped networks five to twenty times further (KL divergence from float32) and cost the
    default 0.75 points, since its strongest activations are what tells the classes apart.

    Raises:
        DataError: The data set has no training images.
    """
    from trainer._onnxruntime import quantization

    tools = quantization()
    images = _calibration_images(dataset, metadata.preprocessing)
    with tempfile.TemporaryDirectory() as folder, atomic_path(path) as temporary:
        full, prepared = Path(folder) / "full.onnx", Path(folder) / "prepared.onnx"
        export_onnx(model, metadata, full)
        # Every shape here is known but the batch, so the symbolic inference has nothing to add.
        tools.shape_inference.quant_pre_process(str(full), str(prepared), skip_symbolic_shape=True)
        with contextlib.redirect_stdout(io.StringIO()):  # the calibrator prints as it goes
            tools.quantize_static(
                str(prepared),
                str(temporary),
                _Reader(images, metadata.preprocessing),
                quant_format=tools.QuantFormat.QDQ,
                activation_type=tools.QuantType.QUInt8,
                weight_type=tools.QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
                nodes_to_exclude=_sensitive_nodes(prepared),
                calibrate_method=tools.CalibrationMethod.Percentile,
                extra_options={"CalibPercentile": _PERCENTILE},
            )
        set_onnx_metadata(temporary, metadata)


def _sensitive_nodes(path: Path) -> list[str]:
    """Return the names of the first two convolutions (of each column) and of the last layer."""
    before: dict[str, int] = {}  # the most convolutions that led to a value
    first, layers = [], []
    for node in onnx.load(str(path)).graph.node:
        passed = max((before.get(name, 0) for name in node.input), default=0)
        if node.op_type == "Conv" and passed < 2:
            first.append(node.name)
        if node.op_type in ("Conv", "Gemm", "MatMul"):
            layers.append(node.name)
        before.update(dict.fromkeys(node.output, passed + (node.op_type == "Conv")))
    return [*first, *layers[-1:]]


def _calibration_images(
    dataset: ExpressionDataset, preprocessing: Preprocessing
) -> npt.NDArray[np.uint8]:
    count = max(_FEWEST, CALIBRATION_IMAGES * 48**2 // preprocessing.input_size**2)
    indices = dataset.indices("train")
    if len(indices) == 0:
        raise DataError(f"{dataset.name} has no training images to calibrate with.")
    chosen = torch.randperm(len(indices), generator=torch.Generator().manual_seed(0))
    images: npt.NDArray[np.uint8] = dataset.images[indices[chosen[:count]]].numpy()
    return images


class _Reader:
    """Feeds batches to the calibration (onnxruntime's CalibrationDataReader by shape)."""

    def __init__(self, images: npt.NDArray[np.uint8], preprocessing: Preprocessing) -> None:
        # Batches of one size only: the histogram collector stacks them.
        size = min(_BATCH, len(images))
        starts = range(0, len(images) - size + 1, size)
        self._preprocessing = preprocessing
        self._batches: Iterator[npt.NDArray[np.uint8]] = iter(
            [images[start : start + size] for start in starts]
        )

    def get_next(self) -> dict[str, npt.NDArray[np.float32]] | None:
        """Return the next batch by input name, None at the end."""
        batch = next(self._batches, None)
        return None if batch is None else {INPUT_NAME: normalize(batch, self._preprocessing)}
