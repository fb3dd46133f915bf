"""What the Player can open: video files, photos, cameras, behind one small interface."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from trainer.inference.finding import FindingSettings
from trainer.inference.smoothing import SmoothingSettings
from trainer.inference.types import Frame, FrameResult
from trainer.runs import ONNX


class MediaSource(Protocol):
    """What the worker needs of a source; ``trainer.inference.video`` provides files."""

    width: int
    height: int
    fps: float
    duration_ms: float

    def read(self) -> Frame | None:
        """Return the next frame, or None at the end."""
        ...

    def seek(
        self, timestamp_ms: float, should_stop: Callable[[], bool] | None = None, /
    ) -> None:
        """Make the next read() return the frame shown at that time, unless told to stop."""
        ...

    def close(self) -> None:
        """Release the file."""
        ...


class CameraDevice(Protocol):
    """What the worker needs of a camera."""

    def read(self) -> Frame | None:
        """Wait for and return the next frame."""
        ...

    def close(self) -> None:
        """Release the device."""
        ...


class AnalysisPipeline(Protocol):
    """The part of ``trainer.inference.pipeline.Pipeline`` that the Player calls."""

    def process(
        self, frame: Frame, *, detect: bool = True, classify_at_most: int | None = None
    ) -> FrameResult:
        """Analyse one frame; the limit is for faces that are known already."""
        ...

    def reset(self) -> None:
        """Forget the tracks, after a jump in time."""
        ...

    def set_smoothing(self, smoothing: SmoothingSettings) -> None:
        """Average and hold labels otherwise from the next frame on."""
        ...

    def set_finding(self, finding: FindingSettings) -> None:
        """Count other places as faces from the next frame on."""
        ...


@dataclass(frozen=True)
class MediaInfo:
    """What was opened.

    Attributes:
        kind: ``"video"``, ``"photo"`` or ``"camera"``.
        title: File name or camera name.
        width: Pixels, upright.
        height: Pixels, upright.
        fps: Average frame rate; 0 for a photo.
        duration_ms: Length; 0 for photos and cameras, and while it is unknown.
        path: The file, or None for a camera.
        variable_rate: Frames are shown for different times, so that numbers need counting;
            None: that is not known.
        start_ms: When other programs show a video's first picture, whose time is 0 here.
    """

    kind: str
    title: str
    width: int
    height: int
    fps: float = 0.0
    duration_ms: float = 0.0
    path: Path | None = None
    variable_rate: bool | None = False
    start_ms: float = 0.0

    @property
    def frame_ms(self) -> float:
        """Average duration of a frame, milliseconds."""
        return 1000.0 / self.fps if self.fps > 0 else 40.0


@dataclass(frozen=True)
class ModelDescription:
    """What the status line says about the analysis.

    Attributes:
        name: File name of the model without suffix.
        detector: Name of the face detector.
        device: Where it is computed.
        path: The model's file; None is the one that ships with Mien.
    """

    name: str
    detector: str = "YuNet"
    device: str = "CPU · ONNX Runtime"
    path: Path | None = None


def describe(pipeline: AnalysisPipeline, model_path: Path | None) -> ModelDescription:
    """Return the names of the status line."""
    name = model_path.stem if model_path is not None else ""
    if model_path is not None and name == Path(ONNX).stem:
        name = model_path.parent.name  # every run calls its network the same
    if not name:
        metadata = getattr(getattr(pipeline, "classifier", None), "metadata", None)
        name = str(getattr(metadata, "architecture", "") or "")
    detector = type(getattr(pipeline, "detector", None)).__name__.replace("Detector", "")
    detector = "" if detector == "NoneType" else detector
    return ModelDescription(name=name, detector=detector, path=model_path)


def open_media(path: Path) -> MediaSource:
    """Open a video file or a photo.

    Raises:
        VideoError: It cannot be opened; one sentence says why.
    """
    from trainer.inference.video import open_source  # brings PyAV: not before it is needed

    return open_source(path)


def unanalysed(frame: Frame, class_names: tuple[str, ...]) -> FrameResult:
    """Return an empty result for a frame that was not analysed."""
    return FrameResult(frame.frame_index, frame.timestamp_ms, (), class_names, detector_ran=False)
