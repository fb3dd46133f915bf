"""What a model file says about itself, read without torch and without reading its weights.

Both kinds carry the keys of :class:`ModelMetadata`: safetensors in its JSON header, ONNX in the
``metadata_props`` of its protobuf message. Listing hundreds of models must not open networks.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from safetensors import SafetensorError, safe_open

from trainer.errors import WeightsError
from trainer.metadata import ModelMetadata

SUFFIXES: tuple[str, ...] = (".safetensors", ".onnx")

_METADATA_PROPS = 14  # field of onnx's ModelProto: repeated StringStringEntryProto
_MOST_METADATA = 16 << 20
_NOT_TRAINED = ("running_mean", "running_var", "num_batches_tracked")


def read_metadata(path: Path) -> ModelMetadata:
    """Return the metadata of a ``.safetensors`` or ``.onnx`` file.

    Raises:
        WeightsError: The file is missing, damaged, or was not written by Mien.
    """
    if not path.is_file():
        raise WeightsError(f"There is no weights file at {path}; check the path.")
    if path.suffix.lower() == ".onnx":
        values = _onnx_strings(path)
    else:
        values, _ = _safetensors_header(path)
    return ModelMetadata.from_strings(values, source=path.name)


def count_parameters(path: Path) -> int:
    """Return how many trained numbers a file holds (means and variances of norms not counted).

    In an 8-bit ONNX file the scales and zero points of the quantisation count too.

    Raises:
        WeightsError: The file is missing or damaged.
    """
    if not path.is_file():
        raise WeightsError(f"There is no weights file at {path}; check the path.")
    if path.suffix.lower() == ".onnx":
        import onnx

        try:
            graph = onnx.load(str(path)).graph
        except Exception as error:  # protobuf's exceptions have no common public base
            raise WeightsError(f"{path} is no sound ONNX file: {error}.") from error
        return sum(_product(list(entry.dims)) for entry in graph.initializer)
    _, shapes = _safetensors_header(path)
    return sum(
        _product(shape)
        for name, shape in shapes.items()
        if name.rsplit(".", 1)[-1] not in _NOT_TRAINED
    )


def sha256_of(path: Path) -> str:
    """Return the hash of a file, hex."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _product(shape: list[int]) -> int:
    product = 1
    for side in shape:
        product *= side
    return product


def _safetensors_header(path: Path) -> tuple[dict[str, str], dict[str, list[int]]]:
    """Return the strings and the shapes of the tensors."""
    try:
        with safe_open(str(path), framework="np") as file:
            shapes = {name: file.get_slice(name).get_shape() for name in file.keys()}  # noqa: SIM118
            return dict(file.metadata() or {}), shapes
    except (SafetensorError, OSError, ValueError) as error:
        raise WeightsError(f"{path} is no sound safetensors file: {error}.") from error


def _onnx_strings(path: Path) -> dict[str, str]:
    """Return ONNX's ``metadata_props``; the graph, nearly the whole file, is skipped over."""
    strings: dict[str, str] = {}
    try:
        with open(path, "rb") as stream:
            size = path.stat().st_size
            if size == 0:
                raise ValueError("it is empty")
            for entry in _onnx_entries(stream, size):
                parts = dict(_text_fields(entry))
                strings[parts.get(1, "")] = parts.get(2, "")
    except (OSError, ValueError) as error:
        raise WeightsError(f"{path} is no sound ONNX file: {error}.") from error
    return strings


def _onnx_entries(stream: BinaryIO, size: int) -> Iterator[bytes]:
    """Walk over the top level of a protobuf message (encoding: protobuf.dev) of ``size`` bytes."""
    while stream.tell() < size:
        tag = _varint(stream)
        field, kind = tag >> 3, tag & 7
        if kind == 0:
            _varint(stream)
            continue
        length = {1: 8, 5: 4}.get(kind) if kind != 2 else _varint(stream)
        if length is None or stream.tell() + length > size:
            raise ValueError("it is cut off or is something else")
        if field == _METADATA_PROPS and kind == 2:
            if length > _MOST_METADATA:
                raise ValueError("its metadata is too large")
            yield stream.read(length)
        else:
            stream.seek(length, 1)


def _text_fields(message: bytes) -> Iterator[tuple[int, str]]:
    stream = io.BytesIO(message)
    while stream.tell() < len(message):
        tag = _varint(stream)
        if tag & 7 != 2:
            raise ValueError("its metadata is damaged")
        length = _varint(stream)
        text = stream.read(length)
        if len(text) != length:
            raise ValueError("its metadata is damaged")
        yield tag >> 3, text.decode("utf-8")


def _varint(stream: BinaryIO) -> int:
    value = shift = 0
    while True:
        byte = stream.read(1)
        if not byte or shift > 63:
            raise ValueError("it is cut off or is something else")
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
        shift += 7
