"""A parsed data set kept as a ``.pt`` tensor file beside a manifest.

The manifest holds the source's stamp (size, time and sha256 of a file; a digest over names,
sizes and times of a folder's files) and the tensor file's own sha256. A cache whose source
changed, or whose bytes are not the ones that were written, is made again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch

from trainer.data.dataset import content_hash
from trainer.data.fer2013 import RowProblem
from trainer.data.loaded import Loaded
from trainer.data.tree import Tree
from trainer.files import atomic_path, write_text

_log = logging.getLogger(__name__)
_VERSION = 2
_ARRAYS = ("images", "targets", "splits", "source_rows", "votes", "groups", "numbers")
_OPTIONAL = ("votes", "groups")
_FILES = "files"  # names joined by NUL, as bytes
_TEXTS = ("kind", "class_names", "row_count", "has_usage", "notes")


def file_sha256(path: Path) -> str:
    """Return the sha256 (hex) of a file."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class DatasetCache:
    """The cache of one source, read in one way.

    Attributes:
        tensor_path: The tensors' file.
        manifest_path: The manifest's file.
    """

    def __init__(
        self,
        folder: Path,
        source: Path,
        tree: Tree | None,
        class_map: Mapping[str, str | None] | None,
    ) -> None:
        """Choose the files.

        Args:
            folder: Folder of all caches.
            source: The file or folder.
            tree: What the folder holds; None for a file.
            class_map: The user's class map: another one is another cache.
        """
        self._source = source
        self._tree = tree
        key = str(source.resolve())
        if class_map:
            key += json.dumps(sorted((name, ours or "") for name, ours in class_map.items()))
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        # A short name: the whole path has to stay below what file systems allow.
        safe = "".join(c if c.isalnum() or c in "-_ " else "_" for c in source.name.split(".")[0])
        stem = f"{safe[:40]}-{digest}"
        self.tensor_path = folder / f"{stem}.pt"
        self.manifest_path = folder / f"{stem}.json"

    def load(self) -> tuple[Loaded, str] | None:
        """Return content and content hash, or None when the source must be read (again)."""
        if not (self.tensor_path.is_file() and self.manifest_path.is_file()):
            return None
        try:
            manifest: dict[str, Any] = json.loads(self.manifest_path.read_text(encoding="utf-8"))
            if manifest["version"] != _VERSION or not self._is_fresh(manifest["stamp"]):
                return None
            if file_sha256(self.tensor_path) != manifest["tensor_sha256"]:
                _log.warning("The cache %s is damaged and is made again.", self.tensor_path)
                return None
            tensors = torch.load(self.tensor_path, map_location="cpu", weights_only=True)
            arrays = {name: tensors[name].numpy() for name in _ARRAYS if name in tensors}
            files = tensors[_FILES].numpy().tobytes().decode("utf-8", "surrogatepass")
            texts = {name: manifest[name] for name in _TEXTS}
            texts |= {name: tuple(texts[name]) for name in ("class_names", "notes")}
            problems = tuple(
                RowProblem(int(line), str(reason), str(file))
                for line, reason, file in manifest["problems"]
            )
            loaded = Loaded(
                **arrays,
                **texts,
                files=tuple(files.split("\0")) if files else (),
                problems=problems,
            )
            return loaded, str(manifest["content_hash"])
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, EOFError) as error:
            _log.warning(
                "The cache %s cannot be used (%s) and is made again.", self.tensor_path, error
            )
            return None

    def store(self, loaded: Loaded) -> str:
        """Write the cache and return the content hash.

        A full disk or a read-only folder is logged, not raised.
        """
        images, targets, splits = (
            torch.from_numpy(getattr(loaded, name)) for name in ("images", "targets", "splits")
        )
        identity = content_hash(images, targets, splits)
        tensors = {"images": images, "targets": targets, "splits": splits}
        for name in _ARRAYS[3:]:
            if (array := getattr(loaded, name)) is not None:
                tensors[name] = torch.from_numpy(array)
        files = "\0".join(loaded.files).encode("utf-8", "surrogatepass")
        tensors[_FILES] = torch.from_numpy(np.frombuffer(files, np.uint8).copy())
        try:
            # Through a stream of our own: closing it may wait for the disk, and torch would do
            # that without letting other threads run (0.4 s for 0.7 GB on ext4).
            with atomic_path(self.tensor_path) as temporary, open(temporary, "wb") as stream:
                torch.save(tensors, stream)
            manifest = {
                "version": _VERSION,
                "source": str(self._source),
                "stamp": self._stamp(),
                "tensor_sha256": file_sha256(self.tensor_path),
                "content_hash": identity,
                **{name: getattr(loaded, name) for name in _TEXTS},
                "problems": [[entry.line, entry.reason, entry.file] for entry in loaded.problems],
            }
            write_text(self.manifest_path, json.dumps(manifest, indent=1))
        except (OSError, RuntimeError) as error:
            _log.warning("The data set could not be cached in %s: %s", self.tensor_path, error)
        return identity

    def _stamp(self) -> dict[str, Any]:
        if self._tree is not None:
            return {"digest": self._tree.digest}
        status = self._source.stat()
        return {
            "size": status.st_size,
            "mtime_ns": status.st_mtime_ns,
            "sha256": file_sha256(self._source),
        }

    def _is_fresh(self, stamp: dict[str, Any]) -> bool:
        if self._tree is not None:
            return bool(stamp["digest"] == self._tree.digest)
        status = self._source.stat()
        if status.st_size != stamp["size"]:
            return False
        # A copied or touched file has another time; its content decides then.
        return bool(
            status.st_mtime_ns == stamp["mtime_ns"] or file_sha256(self._source) == stamp["sha256"]
        )
