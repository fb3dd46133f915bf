"""A whole video or photo to a table, and to an annotated copy if wanted."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from trainer import __version__
from trainer._cv2 import cv2
from trainer.errors import OperationCancelled, VideoError
from trainer.files import atomic_path, write_bytes, write_text
from trainer.inference.annotate import draw
from trainer.inference.batch_recording import SESSION, begin_recording, keep_session
from trainer.inference.file_source import FileSource
from trainer.inference.pipeline import Pipeline
from trainer.inference.read_ahead import ReadAhead
from trainer.inference.recording import Recording
from trainer.inference.suffixes import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from trainer.inference.table import TableWriter
from trainer.inference.types import FrameResult
from trainer.inference.video import VideoSource, open_source
from trainer.inference.video_writer import VideoWriter

Progress = Callable[[int, float], None]


@dataclass(frozen=True)
class BatchOptions:
    """What is written.

    Attributes:
        out_dir: Folder of the results; made when missing.
        annotated: Also write a video (photo) with the faces marked.
        max_frames: Stop after so many frames; None reads everything.
        bom: Begin the CSV with a byte order mark, as Excel wants it.
        formats: What else is written of a video: ``"session"`` for the Player.
    """

    out_dir: Path
    annotated: bool = False
    max_frames: int | None = None
    bom: bool = False
    formats: tuple[str, ...] = ()


@dataclass(frozen=True)
class Analysis:
    """What one input gave.

    Attributes:
        table: The CSV.
        annotated: The video or photo with marks, or None.
        frames: Frames analysed.
        rows: Rows of the CSV without its header.
        persons: Different ids.
        seconds: Time spent.
        notes: Sentences about damage or left out sound.
        files: All files written, the table first.
    """

    table: Path
    annotated: Path | None
    frames: int
    rows: int
    persons: int
    seconds: float
    notes: tuple[str, ...]
    files: tuple[Path, ...] = ()


def expand_inputs(inputs: Iterable[Path]) -> list[Path]:
    """Replace folders by the videos and photos in them, sorted by name."""
    suffixes = PHOTO_SUFFIXES | VIDEO_SUFFIXES
    found: list[Path] = []
    for path in inputs:
        if path.is_dir():
            children = sorted(path.iterdir())
            found += [p for p in children if p.is_file() and p.suffix.lower() in suffixes]
        else:
            found.append(path)
    return found


def output_names(inputs: Iterable[Path]) -> list[str]:
    """Return a different name for each input: its stem, then ``stem_2``, ``stem_3``, ..."""
    taken: set[str] = set()
    names = []
    for path in inputs:
        name, number = path.stem, 1
        while name.casefold() in taken:  # many file systems do not tell A from a
            number += 1
            name = f"{path.stem}_{number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def analyse(
    path: Path,
    pipeline: Pipeline,
    options: BatchOptions,
    *,
    name: str | None = None,
    on_progress: Progress | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Analysis:
    """Analyse one input and write ``NAME.csv``, ``NAME.json`` and perhaps a marked copy.

    Every file appears complete or not at all.

    Args:
        path: Video or photo.
        pipeline: Reset before use.
        options: What is written.
        name: Name of the results without ending; the input's stem when None.
        on_progress: Called with the frames done and the share done (0..1).
        should_stop: Asked after every frame.

    Raises:
        VideoError: The input cannot be read, or nothing can be written.
        OperationCancelled: ``should_stop()`` said so.
    """
    name = name or path.stem
    started = time.perf_counter()
    pipeline.reset()
    try:
        with open_source(path) as source, ExitStack() as stack:
            job = _Job(path, source, pipeline, options, name, stack)
            job.run(on_progress, should_stop)
        job.keep(path)
    except OSError as error:
        raise VideoError(
            f"The results of {path.name} cannot be written to {options.out_dir} "
            f"({error.strerror or error})."
        ) from error
    analysis = job.analysis(time.perf_counter() - started)
    facts = _facts(path, source, pipeline, analysis)
    beside = options.out_dir / f"{name}.json"
    try:
        write_text(beside, json.dumps(facts, indent=1) + "\n")
    except OSError as error:
        raise VideoError(
            f"The results of {path.name} cannot be written to {options.out_dir} "
            f"({error.strerror or error})."
        ) from error
    marked = (analysis.annotated,) if analysis.annotated is not None else ()
    return replace(analysis, files=(analysis.table, beside, *marked))


class _Job:
    """The files of one input while they are written."""

    def __init__(
        self,
        path: Path,
        source: VideoSource,
        pipeline: Pipeline,
        options: BatchOptions,
        name: str,
        stack: ExitStack,
    ) -> None:
        self._source = source
        self._pipeline = pipeline
        self._options = options
        self._target = options.out_dir / f"{name}.csv"
        self._annotated: Path | None = None
        self._video: VideoWriter | None = None
        self._persons: set[int] = set()
        self._frames = 0
        self._share_done = 0.0
        self._recording: Recording | None = None
        self._notes: list[str] = []
        if options.formats and isinstance(source, FileSource):
            self._recording = begin_recording(path, source, pipeline)
        temporary = stack.enter_context(atomic_path(self._target))
        encoding = "utf-8-sig" if options.bom else "utf-8"
        file = stack.enter_context(temporary.open("w", encoding=encoding, newline=""))
        self._table = TableWriter(
            file,
            input_name=path.name,
            class_names=pipeline.class_names,
            size=(source.width, source.height),
        )
        if options.annotated and isinstance(source, FileSource):
            self._annotated = options.out_dir / f"{name}_annotated.mp4"
            clip = stack.enter_context(atomic_path(self._annotated))
            self._video = VideoWriter(clip, source)
            stack.callback(self._video.close)
        elif options.annotated:
            self._annotated = options.out_dir / f"{name}_annotated.jpg"

    def run(self, on_progress: Progress | None, should_stop: Callable[[], bool] | None) -> None:
        last_ms = 0.0
        with ReadAhead(self._source, limit=self._options.max_frames) as frames:
            for frame in frames:
                if should_stop is not None and should_stop():
                    raise OperationCancelled
                result = self._pipeline.process(frame)
                self._table.write(result)
                if self._recording is not None:
                    self._recording.add(result)
                self._persons.update(face.tracker_id for face in result.faces)
                self._frames += 1
                last_ms = frame.timestamp_ms
                self._mark(frame.image, result)
                if on_progress is not None:
                    on_progress(self._frames, self._share(last_ms))
        if self._video is not None:
            self._video.finish(last_ms + 1000 / max(self._source.fps, 1.0))

    def keep(self, path: Path) -> None:
        """Save the session, once the table is written."""
        if self._recording is not None and SESSION in self._options.formats:
            self._notes.append(keep_session(self._recording, path))

    def _share(self, timestamp_ms: float) -> float:
        """Return how much is done, 0..1; it never falls, whatever the header promised."""
        limit, length = self._options.max_frames, self._source.duration_ms
        by_time = min(0.99, timestamp_ms / length) if length else float(self._source.is_still)
        by_count = self._frames / limit if limit else 0.0
        self._share_done = min(1.0, max(self._share_done, by_time, by_count))
        return self._share_done

    def _mark(self, image: Any, result: FrameResult) -> None:
        if self._video is not None:
            self._video.write(draw(image, result), result.timestamp_ms)
        elif self._annotated is not None:
            # Encoded in memory: OpenCV cannot write to every path on Windows.
            _, data = cv2.imencode(".jpg", draw(image, result))
            write_bytes(self._annotated, data.tobytes())

    def analysis(self, seconds: float) -> Analysis:
        notes = [self._source.warning, *self._notes]
        if self._video is not None:
            notes.append(self._video.note)
        return Analysis(
            table=self._target,
            annotated=self._annotated,
            frames=self._frames,
            rows=self._table.rows,
            persons=len(self._persons),
            seconds=seconds,
            notes=tuple(note for note in notes if note),
        )


def _facts(
    path: Path, source: VideoSource, pipeline: Pipeline, analysis: Analysis
) -> dict[str, Any]:
    classifier, metadata = pipeline.classifier, pipeline.classifier.metadata
    weights = getattr(classifier, "path", None)
    return {
        "input": path.name,
        "version": __version__,
        "model": {
            "file": weights.name if isinstance(weights, Path) else "",
            "sha256": getattr(classifier, "sha256", ""),
            "architecture": metadata.architecture,
            "class_names": list(metadata.class_names),
            "dataset": metadata.dataset_name,
            "unsure_threshold": metadata.unsure_threshold,
        },
        "settings": asdict(pipeline.settings),
        "width": source.width,
        "height": source.height,
        "fps": source.fps,
        "duration_s": round(source.duration_ms / 1000, 6),
        "frames": analysis.frames,
        "rows": analysis.rows,
        "persons": analysis.persons,
        "warning": " ".join(analysis.notes),
        "analysis_s": round(analysis.seconds, 3),
    }
