"""Taking in a model that someone sent: copied only when it is seen to fit."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from trainer.compare.damage import check_classes
from trainer.compare.models import Candidate, load_candidate
from trainer.errors import MienError, WeightsError
from trainer.files import atomic_path
from trainer.model_files import SUFFIXES, sha256_of

_CODE = (".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".bin", ".h5", ".keras", ".joblib", ".tar")


def import_model(path: Path, models_folder: Path) -> Candidate:
    """Check a model file and copy it into the folder of imported models.

    ONNX is opened and run once on two faces; safetensors are loaded into the network that they
    name (which needs torch). Nothing inside a file is ever run as code.

    Args:
        path: A ``.safetensors`` or ``.onnx`` file that Mien wrote.
        models_folder: Where imported models are kept.

    Raises:
        WeightsError: It is no such file, or does not fit; the sentence says why.
        MienError: It cannot be copied, or is there already.
    """
    path = Path(path).expanduser()
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise WeightsError(_refusal(path))
    if not path.is_file():
        raise WeightsError(f"There is no file at {path}; check the path.")
    try:
        identity = sha256_of(path)
        _check_network(path)
        for other in sorted(models_folder.glob(f"*{suffix}")):
            if other.stat().st_size == path.stat().st_size and sha256_of(other) == identity:
                raise MienError(f"{path.name} is in the list already, as {other.name}.")
        target = _free_name(models_folder, path)
        with atomic_path(target) as temporary:
            shutil.copyfile(path, temporary)
            if sha256_of(temporary) != identity:
                raise MienError(f"{path.name} changed while it was read; import it again.")
    except OSError as error:
        raise MienError(
            f"{path.name} cannot be copied into {models_folder} ({error.strerror or error})."
        ) from error
    return load_candidate(target)


def _refusal(path: Path) -> str:
    suffix = path.suffix.lower()
    if suffix in _CODE:
        return (
            f"{path.name} is refused: {suffix} files can carry program code that runs when they "
            "are opened. Ask for a .safetensors or .onnx file that Mien exported."
        )
    return f"{path.name} is no model file: Mien takes .safetensors and .onnx that it exported."


def _check_network(path: Path) -> None:
    if path.suffix.lower() == ".onnx":
        from trainer.inference.classifier import OnnxClassifier

        metadata = OnnxClassifier(path).metadata
    else:
        from trainer.weights import load_weights

        _, metadata = load_weights(path)
    check_classes(metadata, path.name)


def _free_name(folder: Path, path: Path) -> Path:
    """Return where to put it; a name that every system takes, and that is free."""
    stem = re.sub(r"[^\w\- .]+", "_", path.stem).strip(" .")[:80] or "model"
    for number in range(1, 1000):
        name = stem if number == 1 else f"{stem} ({number})"
        target = folder / f"{name}{path.suffix.lower()}"
        if not target.exists():
            return target
    raise MienError(f"There is no free name for {path.name} in {folder}.")
