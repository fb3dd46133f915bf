"""Networks as ONNX: what the Player runs, with the same metadata as the weights."""

from __future__ import annotations

import copy
import io
import warnings
from pathlib import Path

import onnx
import torch
from torch import nn

from trainer.device import place
from trainer.files import write_bytes
from trainer.metadata import ModelMetadata

OPSET = 17
INPUT_NAME = "input"
OUTPUT_NAME = "logits"


def export_onnx(model: nn.Module, metadata: ModelMetadata, path: Path) -> None:
    """Write a network as ONNX with a free batch size and its metadata, atomically.

    The graph maps ``input`` float32 (batch, C, H, W) to ``logits`` float32 (batch,
    classes). The network itself is not changed.

    Args:
        model: The network, in any mode, on any device.
        metadata: Stored under the same keys as in safetensors.
        path: A ``.onnx`` file.
    """
    # A copy: the exporter switches to eval mode, and training may go on with the original.
    frozen = place(copy.deepcopy(model), torch.device("cpu"), torch.contiguous_format).eval()
    size = metadata.preprocessing.input_size
    example = torch.zeros(1, metadata.preprocessing.channels, size, size)
    written = io.BytesIO()
    with warnings.catch_warnings(), torch.no_grad():
        # The TorchScript exporter is announced as deprecated; the new one needs a second
        # tool chain (onnxscript) for the same graph of convolutions.
        warnings.simplefilter("ignore")
        torch.onnx.export(
            frozen,
            (example,),
            written,  # type: ignore[arg-type]  # it writes to streams too
            input_names=[INPUT_NAME],
            output_names=[OUTPUT_NAME],
            dynamic_axes={INPUT_NAME: {0: "batch"}, OUTPUT_NAME: {0: "batch"}},
            opset_version=OPSET,
            dynamo=False,
        )
    graph = onnx.load_from_string(written.getvalue())
    _describe(graph, metadata)
    write_bytes(path, graph.SerializeToString())


def set_onnx_metadata(path: Path, metadata: ModelMetadata) -> None:
    """Replace the metadata of an ONNX file in place."""
    graph = onnx.load(str(path))
    _describe(graph, metadata)
    onnx.save(graph, str(path))


def _describe(graph: onnx.ModelProto, metadata: ModelMetadata) -> None:
    del graph.metadata_props[:]
    for key, value in metadata.to_strings().items():
        entry = graph.metadata_props.add()
        entry.key, entry.value = key, value
