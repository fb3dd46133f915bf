"""A whole video or photo to tables and other files, and to an annotated copy if wanted."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from trainer.errors import OperationCancelled, VideoError
from trainer.export_results import check_formats, export, model_facts
from trainer.export_results.marked import MarkOptions, write_marked
from trainer.inference.batch_recording import SESSION, begin_recording, keep_session
from trainer.inference.file_source import FileSource
from trainer.inference.packet_times import PacketTimes
from trainer.inference.pipeline import Pipeline
from trainer.inference.read_ahead import ReadAhead
from trainer.inference.suffixes import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from trainer.inference.video import VideoSource, open_source

_MARKING_SHARE = 0.4
"""Share of the time that reading and writing the marked copy takes, for the progress."""

Progress = Callable[[int, float], None]


@dataclass(frozen=True)
class BatchOptions:
    """What is written.

    Attributes:
        out_dir: Folder of the results; made when missing.
        annotated: Also write a video (photo) with the faces marked.
        max_frames: Stop after so many frames; None reads everything.
        bom: Begin the CSV with a byte order mark, as Excel wants it.
        formats: Words of :data:`trainer.export_results.FORMATS`; ``"session"`` keeps a
            video's results for the Player too.
        blur_faces: Make the faces in the annotated copy unrecognisable.
    """

    out_dir: Path
    annotated: bool = False
    max_frames: int | None = None
    bom: bool = False
    formats: tuple[str, ...] = ("csv",)
    blur_faces: bool = False


@dataclass(frozen=True)
class Analysis:
    """What one input gave.

    Attributes:
        table: The first of the formats asked for, the CSV by default.
        annotated: The video or photo with marks, or None.
        frames: Frames analysed.
        rows: Rows of a table without its header.
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
    """Analyse one input and write ``NAME.csv`` (or other formats), ``NAME.json`` and
    perhaps a marked copy.

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
    check_formats(options.formats)
    pipeline.reset()
    try:
        options.out_dir.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=options.out_dir):
            pass  # a folder that cannot be written to is found before the work, not after it
        with open_source(path) as source:
            job = _Job(path, source, pipeline, options, on_progress, should_stop)
            job.run()
        return job.write(name, started)
    except OSError as error:
        raise VideoError(
            f"The results of {path.name} cannot be written to {options.out_dir} "
            f"({error.strerror or error})."
        ) from error


class _Job:
    """One input: looked at, then written."""

    def __init__(
        self,
        path: Path,
        source: VideoSource,
        pipeline: Pipeline,
        options: BatchOptions,
        on_progress: Progress | None,
        should_stop: Callable[[], bool] | None,
    ) -> None:
        self._path = path
        self._source = source
        self._pipeline = pipeline
        self._options = options
        self._on_progress = on_progress
        self._should_stop = should_stop
        self._frames = 0
        self._share_done = 0.0
        self._length_ms = 0.0
        self._recording = begin_recording(path, source, pipeline)

    def run(self) -> None:
        self._length_ms = self._source.duration_ms
        if not self._length_ms and isinstance(self._source, FileSource):
            for length_ms in PacketTimes(self._path).read():
                self._tell(0.0)
                self._length_ms = length_ms
        with ReadAhead(self._source, limit=self._options.max_frames) as frames:
            for frame in frames:
                self._recording.add(self._pipeline.process(frame))
                self._frames += 1
                self._tell(self._share(frame.timestamp_ms) * (1 - self._marking_share))
        length_ms = self._source.duration_ms or self._length_ms  # at the end the true one is known
        self._recording.info = replace(self._recording.info, duration_ms=length_ms)

    def write(self, name: str, started: float) -> Analysis:
        options, recording = self._options, self._recording
        notes = [self._source.warning]
        annotated = None
        if options.annotated:
            annotated, note = write_marked(
                recording,
                self._path,
                options.out_dir / f"{name}_annotated",
                MarkOptions(blur_faces=options.blur_faces),
                limit=options.max_frames,
                tick=lambda share: self._tell(1 - self._marking_share * (1 - share)),
            )
            notes.append(note)
        if SESSION in options.formats and isinstance(self._source, FileSource):
            notes.append(keep_session(recording, self._path))
        said = tuple(note for note in notes if note)
        rows = int(recording.frames["face_count"].clip(1).sum())
        classifier = self._pipeline.classifier
        more = {
            "model": {
                **model_facts(recording),
                "architecture": classifier.metadata.architecture,
                "dataset": classifier.metadata.dataset_name,
            },
            "rows": rows,
            "warning": " ".join(said),
            "analysis_s": round(time.perf_counter() - started, 3),
        }
        files = export(
            recording,
            self._path,
            options.out_dir,
            [word for word in options.formats if word != SESSION],
            name=name,
            bom=options.bom,
            more=more,
            tick=lambda _share: self._tell(1.0),
        )
        return Analysis(
            table=files[0],
            annotated=annotated,
            frames=self._frames,
            rows=rows,
            persons=len(recording.tracks),
            seconds=time.perf_counter() - started,
            notes=said,
            files=(*files, annotated) if annotated is not None else tuple(files),
        )

    @property
    def _marking_share(self) -> float:
        return _MARKING_SHARE if self._options.annotated else 0.0

    def _tell(self, share: float) -> None:
        if self._should_stop is not None and self._should_stop():
            raise OperationCancelled
        if self._on_progress is not None:
            self._on_progress(self._frames, share)

    def _share(self, timestamp_ms: float) -> float:
        """Return how much is done, 0..1; it never falls, whatever the header promised."""
        limit, length = self._options.max_frames, self._length_ms
        by_time = min(0.99, timestamp_ms / length) if length else float(self._source.is_still)
        by_count = self._frames / limit if limit else 0.0
        self._share_done = min(1.0, max(self._share_done, by_time, by_count))
        return self._share_done
