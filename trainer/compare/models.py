"""The models that can be compared: runs, imported files, and the networks that come with Mien."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from trainer import runs
from trainer.compare.damage import fitting_metadata, json_damage, one_line
from trainer.compare.marks import Marks, read_marks, write_marks
from trainer.errors import MienError
from trainer.inference.shipped import shipped_model_paths
from trainer.metadata import ModelMetadata
from trainer.model_files import SUFFIXES
from trainer.models import model_infos
from trainer.paths import data_dir

_log = logging.getLogger(__name__)

RUN, IMPORTED, SHIPPED = "run", "imported", "shipped"
KINDS: tuple[str, ...] = (RUN, IMPORTED, SHIPPED)

MARKS = "compare.json"
"""Side file in a run folder; beside an imported model it is ``<file name>.compare.json``."""

_RUN_FILES = (
    runs.RESULTS,
    runs.WEIGHTS,
    runs.ONNX,
    runs.CHECKPOINT,
    runs.METRICS,
    runs.PREDICTIONS,
    runs.ENVIRONMENT,
)


@dataclass(frozen=True)
class Candidate:
    """A model that can stand in the comparison.

    Attributes:
        kind: One of :data:`KINDS`.
        path: The run's folder, or the model's file; it identifies the candidate.
        marks_path: Side file of the user's marks.
        marks: The user's marks.
        architecture: Registry name; "" if unknown.
        metadata: What its weights say about themselves; None without sound weights.
        run: The run, for one.
        state: ``"finished"``, ``"stopped"``, ``"interrupted"``, ``"training"``, ``"imported"``,
            ``"shipped"`` or ``"damaged"``.
        damage: Why something of it cannot be read, a sentence; "" if all can.
        onnx_path: Network for ONNX Runtime, if it is there and not older than the weights;
            :func:`trainer.compare.scoring.onnx_file` writes a missing one.
        weights_path: Network as safetensors, if there is one.
        parameters: Trained numbers; 0 if unknown.
        file_bytes: Size of the file that is scored, 0 without one.
        date: Of the last epoch, or of the file; None for the shipped ones.
    """

    kind: str
    path: Path
    marks_path: Path
    marks: Marks = field(default_factory=Marks)
    architecture: str = ""
    metadata: ModelMetadata | None = None
    run: runs.Run | None = None
    state: str = ""
    damage: str = ""
    onnx_path: Path | None = None
    weights_path: Path | None = None
    parameters: int = 0
    file_bytes: int = 0
    date: datetime | None = None

    @property
    def key(self) -> str:
        """What tells it from all others: its path."""
        return str(self.path)

    @property
    def file_name(self) -> str:
        """Name of the run's folder, or of the model's file without its ending."""
        return self.path.name if self.kind == RUN else self.path.stem

    @property
    def name(self) -> str:
        """Name to show: the user's, or the folder's or file's."""
        return self.marks.title or self.file_name

    @property
    def model_path(self) -> Path | None:
        """The file that is scored: ONNX if there is one, else safetensors."""
        return self.onnx_path or self.weights_path

    @property
    def can_score(self) -> bool:
        """Whether there are sound weights with Mien's metadata and the seven expressions."""
        return self.model_path is not None and self.metadata is not None

    @property
    def epochs(self) -> int:
        """Finished epochs of a run; 0 for others."""
        return len(self.run.history) if self.run is not None else 0

    @property
    def dataset_name(self) -> str:
        """Data it was trained on, as far as known."""
        if self.run is not None and self.run.dataset_name:
            return self.run.dataset_name
        return self.metadata.dataset_name if self.metadata is not None else ""

    @property
    def dataset_hashes(self) -> frozenset[str]:
        """Content hashes of the training data: as it is, and with the user's corrections."""
        known = {self.metadata.dataset_hash} if self.metadata is not None else set()
        if self.run is not None:
            known.add(str(self.run.data.get("content_hash") or ""))
        return frozenset(known - {""})

    def with_marks(self, **changes: Any) -> Candidate:
        """Write the user's marks (``title``, ``note``, ``pinned``, ``hidden``), return a copy.

        Raises:
            MienError: The side file cannot be written.
        """
        return replace(self, marks=write_marks(self.marks_path, **changes))


def models_dir() -> Path:
    """Folder of imported models unless the user chooses another."""
    return data_dir() / "models"


def list_candidates(runs_folder: Path, models_folder: Path) -> list[Candidate]:
    """Return the shipped networks, the runs (newest name first) and the imported models.

    What is damaged is listed with the reason and harms nothing else. No network is opened.
    """
    shipped = (shipped_candidate(models_folder, path) for path in shipped_model_paths())
    found = [candidate for candidate in shipped if candidate is not None]
    found += [load_candidate(path) for path in _entries(runs_folder) if is_run_folder(path)]
    for path in reversed(_entries(models_folder)):
        if path.suffix.lower() in SUFFIXES and not path.name.startswith(".") and path.is_file():
            found.append(load_candidate(path))
    return found


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir(), reverse=True)
    except FileNotFoundError:
        return []
    except OSError as error:
        _log.warning("The folder %s cannot be listed: %s", folder, error)
        return []


def is_run_folder(path: Path) -> bool:
    """Whether a folder is a run, or what is left of one."""
    try:
        return path.is_dir() and any((path / name).exists() for name in (runs.CONFIG, *_RUN_FILES))
    except OSError as error:
        _log.warning("The folder %s cannot be looked at: %s", path, error)
        return False


def load_candidate(path: Path) -> Candidate:
    """Read a run folder or a model file; what is wrong with it stands in ``damage``."""
    if path.is_dir():
        return _run_candidate(path)
    marks_path = path.with_name(f"{path.name}.{MARKS}")
    return _file_candidate(IMPORTED, path, marks_path)


def shipped_candidate(models_folder: Path, path: Path) -> Candidate | None:
    """Return a network that ships with Mien; None when its file is missing.

    Args:
        models_folder: Where its marks are kept, since its own folder may be read-only.
        path: Its file.
    """
    if not path.is_file():
        return None
    found = _file_candidate(SHIPPED, path, models_folder / f"shipped-{path.name}.{MARKS}")
    weights = path.with_suffix(".safetensors")
    return replace(found, weights_path=weights if weights.is_file() else None)


def _file_candidate(kind: str, path: Path, marks_path: Path) -> Candidate:
    candidate = Candidate(kind, path, marks_path, marks=read_marks(marks_path), state=kind)
    is_onnx = path.suffix.lower() == ".onnx"
    try:
        metadata = fitting_metadata(path)
        stat = path.stat()
    except (MienError, OSError) as error:
        return replace(candidate, state="damaged", damage=one_line(str(error)))
    return replace(
        candidate,
        architecture=metadata.architecture,
        metadata=metadata,
        onnx_path=path if is_onnx else None,
        weights_path=None if is_onnx else path,
        parameters=_registered_parameters(metadata.architecture),
        file_bytes=stat.st_size,
        date=None if kind == SHIPPED else datetime.fromtimestamp(stat.st_mtime),
    )


def _run_candidate(path: Path) -> Candidate:
    candidate = Candidate(RUN, path, path / MARKS, marks=read_marks(path / MARKS))
    try:
        run: runs.Run | None = runs.load_run(path)
        damage = [json_damage(path / name) for name in (runs.METRICS, runs.ENVIRONMENT)]
    except (MienError, OSError) as error:
        run, damage = None, [str(error)]
    metadata = None
    usable: dict[str, Path] = {}
    for name in (runs.WEIGHTS, runs.ONNX):
        if name == runs.ONNX and fresh_onnx(path) is None:
            continue
        try:
            if (path / name).is_file():
                metadata = fitting_metadata(path / name)
                usable[name] = path / name
        except (MienError, OSError) as error:
            damage.append(str(error))
    damage = [text for text in damage if text]
    architecture = run.config.model if run is not None else ""
    if metadata is not None:
        architecture = metadata.architecture
    scored = usable.get(runs.ONNX) or usable.get(runs.WEIGHTS)
    return replace(
        candidate,
        architecture=architecture,
        metadata=metadata,
        run=run,
        state=_run_state(run, damage),
        damage=one_line(" ".join(damage)),
        onnx_path=usable.get(runs.ONNX),
        weights_path=usable.get(runs.WEIGHTS),
        parameters=_registered_parameters(architecture),
        file_bytes=scored.stat().st_size if scored is not None else 0,
        date=_date(path),
    )


def fresh_onnx(run_dir: Path) -> Path | None:
    """Return a run's ``best.onnx`` if it is there and not older than its weights."""
    path, weights = run_dir / runs.ONNX, run_dir / runs.WEIGHTS
    try:
        written = path.stat().st_mtime_ns
        fresh = not weights.is_file() or written >= weights.stat().st_mtime_ns
    except OSError:
        return None
    return path if fresh else None


def _run_state(run: runs.Run | None, damage: list[str]) -> str:
    if run is None or damage:
        return "damaged"
    return "training" if run.is_training else run.state


def _date(path: Path) -> datetime | None:
    """Return when the last epoch was written, or the folder."""
    for changed in (path / runs.RESULTS, path):
        try:
            return datetime.fromtimestamp(changed.stat().st_mtime)
        except OSError:
            continue
    return None


def _registered_parameters(architecture: str) -> int:
    info = model_infos().get(architecture)
    return info.parameters if info is not None else 0
