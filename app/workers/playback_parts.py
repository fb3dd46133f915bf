"""What the playback worker is given: its services, its orders, the wording of errors."""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, is_dataclass
from pathlib import Path
from typing import Protocol

from PyQt5.QtCore import QCoreApplication

from app.workers.base import summary_of
from app.workers.media import AnalysisPipeline, CameraDevice, MediaSource, open_media
from app.workers.recorder import RecordedModel
from trainer.errors import MienError
from trainer.inference.session_choice import FoundSession, open_session

log = logging.getLogger(__name__)


def default_pipeline(model_path: Path | None) -> AnalysisPipeline:
    """Build the pipeline that the whole program shares; imports ONNX Runtime, never torch."""
    from app.workers.default_pipeline import build

    return build(model_path)


def default_camera(index: int, size: tuple[int, int] = (1280, 720)) -> CameraDevice:
    """Open a camera by its index; it may choose another size than the wanted one."""
    from trainer.inference.video import CameraSource

    return CameraSource(index, width=size[0], height=size[1])


def load_session(path: Path, model_sha256: str) -> FoundSession:
    """Return a video's hash, and the results saved for it, if there are some."""
    return open_session(path, model_sha256)


def recorded_model(pipeline: AnalysisPipeline) -> RecordedModel:
    """Return what a recording says about the network."""
    classifier = getattr(pipeline, "classifier", None)
    metadata = getattr(classifier, "metadata", None)
    path = getattr(classifier, "path", None)
    name = path.name if isinstance(path, Path) else str(getattr(metadata, "architecture", ""))
    threshold = float(getattr(metadata, "unsure_threshold", 0.0) or 0.0)
    settings = getattr(pipeline, "settings", None)
    return RecordedModel(
        name,
        str(getattr(classifier, "sha256", "")),
        threshold,
        asdict(settings) if is_dataclass(settings) and not isinstance(settings, type) else {},
    )


class OpenCamera(Protocol):
    """Opens a camera by its index, in a wanted size (pixels) or its usual one."""

    def __call__(self, index: int, size: tuple[int, int] = ..., /) -> CameraDevice: ...


@dataclass(frozen=True)
class PlaybackServices:
    """Where the worker gets its parts; tests replace them."""

    open_media: Callable[[Path], MediaSource] = open_media
    open_camera: OpenCamera = default_camera
    make_pipeline: Callable[[Path | None], AnalysisPipeline] = default_pipeline
    load_session: Callable[[Path, str], FoundSession] = load_session


@dataclass
class Orders:
    """What the GUI thread asked for since the worker last looked; newer replaces older."""

    open_path: Path | None = None
    open_camera: tuple[int, str, tuple[int, int] | None] | None = None
    close: bool = False
    seek_ms: float | None = None
    model: list[Path | None] = field(default_factory=list)
    record: list[Path | None] = field(default_factory=list)
    generation: int = 0


class OrderDesk:
    """Holds the latest orders until the worker takes them; any thread may leave some.

    Attributes:
        waiting: There are orders that were not taken yet.
    """

    def __init__(self, condition: threading.Condition) -> None:
        self._condition = condition
        self._orders = Orders()
        self.waiting = False

    def leave(self, generation: int | None, **changes: object) -> None:
        """Change the named orders and wake the worker; None keeps the generation."""
        with self._condition:
            for name, value in changes.items():
                setattr(self._orders, name, value)
            if generation is not None:
                self._orders.generation = generation
            self.waiting = True
            self._condition.notify_all()

    @property
    def gives_way(self) -> bool:
        """Whether what is open shall be closed, be it for something else."""
        with self._condition:
            orders = self._orders
            return orders.close or (orders.open_path or orders.open_camera) is not None

    def take(self) -> Orders:
        """Return what was ordered and begin anew."""
        with self._condition:
            orders = self._orders
            self._orders = Orders(generation=orders.generation)
            self.waiting = False
            return orders


def other_size(name: str, wanted: tuple[int, int], given: tuple[int, int]) -> str:
    """Return the sentence about a camera that chose its size itself."""
    text = QCoreApplication.translate(
        "PlaybackWorker", "{name} does not offer {wanted}; it gives {given} instead."
    )
    sizes = [f"{width} × {height}" for width, height in (wanted, given)]
    return text.format(name=name, wanted=sizes[0], given=sizes[1])


def explain(error: Exception) -> tuple[str, str]:
    """Return one sentence for the user, and the traceback for the log."""
    details = "".join(traceback.format_exception(type(error), error, error.__traceback__))
    if isinstance(error, MienError):
        log.warning("the Player: %s", error)
    else:
        log.error("the Player's worker met an unexpected error\n%s", details)
    return summary_of(error), details
