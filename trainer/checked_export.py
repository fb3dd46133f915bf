"""A trained network as an ONNX file that was compared with the network itself first."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.errors import MienError, OperationCancelled
from trainer.files import write_bytes

if TYPE_CHECKING:
    from torch import nn

    from trainer.data.dataset import ExpressionDataset
    from trainer.metadata import ModelMetadata
    from trainer.parity import Int8Report, Parity


@dataclass(frozen=True)
class ExportReport:
    """What was found before the file was written.

    Attributes:
        parity: ONNX against PyTorch.
        int8: 8 bits against float32; None when float32 was written.
    """

    parity: Parity
    int8: Int8Report | None = None


def export_checked(
    model: nn.Module,
    metadata: ModelMetadata,
    out: Path,
    dataset: ExpressionDataset | None,
    *,
    int8: bool = False,
    should_stop: Callable[[], bool] = lambda: False,
) -> ExportReport:
    """Write the network if it says what the trained one says; return the figures.

    Args:
        model: The network.
        metadata: What goes into the file with it.
        out: The ONNX file.
        dataset: Real images for the comparison; 8 bits cannot be made without.
        int8: Write 8 bits.
        should_stop: Asked between the steps.

    Raises:
        MienError: It does not, or 8 bits are not worth it: nothing is written.
        OperationCancelled: ``should_stop`` said so.
    """
    from trainer.export import export_onnx
    from trainer.parity import compare_int8, compare_onnx

    def check() -> None:
        if should_stop():
            raise OperationCancelled

    if int8 and dataset is None:
        raise MienError("8 bits need a data set with real images.")
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        export_onnx(model, metadata, full)
        check()
        parity = compare_onnx(model, metadata, full, dataset)
        if not parity.agrees:
            raise MienError(
                f"The export is refused, ONNX gives other values than PyTorch. {parity.sentence()}."
            )
        if not int8 or dataset is None:
            write_bytes(out, full.read_bytes())
            return ExportReport(parity)

        from trainer.quantize import quantize_onnx

        check()
        quantized = Path(folder) / "int8.onnx"
        quantize_onnx(model, metadata, dataset, quantized)
        check()
        figures = compare_int8(full, quantized, dataset)
        if not figures.worth_it:
            raise MienError(
                "The 8-bit network is refused: it must be faster here and lose at most half a "
                f"point. {figures.sentence()}. Export it in float32."
            )
        check()
        _claim(quantized, metadata, figures, dataset)
        write_bytes(out, quantized.read_bytes())
        return ExportReport(parity, figures)


def _claim(
    quantized: Path, metadata: ModelMetadata, figures: Int8Report, dataset: ExpressionDataset
) -> None:
    """Let an 8-bit file tell its own scores, not those that the network had in float32.

    A file tells scores on its own data only: it loses them when it was checked on other data.
    """
    from trainer.export import set_onnx_metadata

    kept = {key: value for key, value in metadata.metrics.items() if key not in figures.metrics}
    if dataset.content_hash == metadata.dataset_hash:
        kept.update(figures.metrics)
    set_onnx_metadata(quantized, replace(metadata, metrics=kept))
