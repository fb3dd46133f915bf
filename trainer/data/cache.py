"""A parsed data set kept as a ``.pt`` tensor file beside a manifest.

The manifest holds the source's size, time and sha256 and the tensor file's own sha256. A
cache whose source changed, or whose bytes are not the ones that were written, is made
again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path
from typing import Any

import torch

from trainer.data.dataset import ExpressionDataset
from trainer.data.fer2013 import RowProblem
from trainer.files import atomic_path, write_text

_log = logging.getLogger(__name__)
_VERSION = 1
_TENSORS = ("images", "targets", "splits", "source_rows")


def file_sha256(path: Path) -> str:
    """Return the sha256 (hex) of a file."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _paths(folder: Path, source: Path) -> tuple[Path, Path]:
    key = hashlib.sha256(str(source.resolve()).encode()).hexdigest()[:16]
    stem = f"{source.name.split('.')[0]}-{key}"
    return folder / f"{stem}.pt", folder / f"{stem}.json"


def load_cached(folder: Path, source: Path) -> ExpressionDataset | None:
    """Return the cached data set of ``source``, or None when it must be parsed (again)."""
    tensor_path, manifest_path = _paths(folder, source)
    if not (tensor_path.is_file() and manifest_path.is_file()):
        return None
    try:
        manifest: dict[str, Any] = json.loads(manifest_path.read_text(encoding="utf-8"))
        if manifest["version"] != _VERSION or not _same_source(manifest, source):
            return None
        if file_sha256(tensor_path) != manifest["tensor_sha256"]:
            _log.warning("The cache %s is damaged and is made again.", tensor_path)
            return None
        tensors = torch.load(tensor_path, map_location="cpu", weights_only=True)
        return ExpressionDataset(
            **{name: tensors[name] for name in _TENSORS},
            name=source.name,
            source=str(source),
            content_hash=manifest["content_hash"],
            problems=tuple(RowProblem(line, reason) for line, reason in manifest["problems"]),
        )
    except (OSError, ValueError, KeyError, TypeError, RuntimeError, EOFError) as error:
        _log.warning("The cache %s cannot be used (%s) and is made again.", tensor_path, error)
        return None


def _same_source(manifest: dict[str, Any], source: Path) -> bool:
    status = source.stat()
    if status.st_size != manifest["source_size"]:
        return False
    # A copied or touched file has another time; its content decides then.
    return status.st_mtime_ns == manifest["source_mtime_ns"] or (
        file_sha256(source) == manifest["source_sha256"]
    )


def store(folder: Path, source: Path, dataset: ExpressionDataset) -> None:
    """Write the cache; a full disk or a read-only folder is logged, not raised."""
    tensor_path, manifest_path = _paths(folder, source)
    try:
        status = source.stat()
        with atomic_path(tensor_path) as temporary:
            torch.save({name: getattr(dataset, name) for name in _TENSORS}, temporary)
        manifest = {
            "version": _VERSION,
            "source": str(source),
            "source_size": status.st_size,
            "source_mtime_ns": status.st_mtime_ns,
            "source_sha256": file_sha256(source),
            "tensor_sha256": file_sha256(tensor_path),
            "content_hash": dataset.content_hash,
            "problems": [[problem.line, problem.reason] for problem in dataset.problems],
        }
        write_text(manifest_path, json.dumps(manifest, indent=1))
    except (OSError, RuntimeError) as error:
        _log.warning("The data set could not be cached in %s: %s", folder, error)
