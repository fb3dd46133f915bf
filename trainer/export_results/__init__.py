"""Results of a video as files for other programs: tables, subtitles, coding, a report.

Everything here takes a :class:`trainer.inference.recording.Recording` and writes whole files
or none. :func:`export` writes several formats at once.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from trainer import __version__
from trainer.errors import VideoError
from trainer.export_results.boris import boris_table
from trainer.export_results.elan import eaf
from trainer.export_results.names import SETTINGS, free_name, written_before
from trainer.export_results.parquet import MISSING, is_available, write_parquet
from trainer.export_results.praat import textgrid
from trainer.export_results.report import report
from trainer.export_results.subtitles import srt, webvtt
from trainer.export_results.tables import Tick, write_table
from trainer.files import atomic_path, write_bytes
from trainer.inference.recording import Recording
from trainer.inference.recording_views import persons


@dataclass(frozen=True)
class Format:
    """One kind of file.

    Attributes:
        name: Word for the command line.
        ending: Added to the name of the results.
        content: Makes the file's text of the recording and the path of the video; None
            for a table, which is written row by row.
    """

    name: str
    ending: str
    content: Callable[[Recording, Path], str] | None = None


FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format("csv", ".csv"),
        Format("vtt", ".vtt", webvtt),
        Format("srt", ".srt", srt),
        Format("eaf", ".eaf", eaf),
        Format("textgrid", ".TextGrid", textgrid),
        Format("boris", ".boris.tsv", boris_table),
        Format("html", ".html", report),
        Format("parquet", ".parquet"),
    )
}
"""Every format by its word, in the order in which they are offered."""


def export(
    recording: Recording,
    video: Path,
    out_dir: Path,
    formats: Iterable[str],
    *,
    name: str | None = None,
    bom: bool = False,
    more: Mapping[str, object] | None = None,
    tick: Tick | None = None,
) -> list[Path]:
    """Write files ``NAME.csv``, ... and beside them ``NAME.json`` with the settings.

    Files of that name that Mien did not write are left alone; the results are then called
    ``NAME.mien``.

    Args:
        recording: What is written, as the user edited it.
        video: The file it was made of; only its name and place are used.
        out_dir: Made when missing.
        formats: Words of ``FORMATS``.
        name: Name of the files; the video's stem when None.
        bom: Begin the CSV with a byte order mark, as Excel wants it.
        more: Further JSON-able entries for the settings.
        tick: Told the share done (0..1) now and then; may raise to stop.

    Returns:
        The files, the settings last.

    Raises:
        VideoError: Nothing can be written.
        ValueError: There is no such format.
    """
    chosen = [_format(word) for word in dict.fromkeys(formats)]
    endings = [made.ending for made in chosen]
    stem = free_name(out_dir, name or video.stem, endings)
    files = {f"{stem}{ending}" for ending in endings}
    files |= written_before(out_dir, stem, endings) or set()
    said = {**facts(recording), **(more or {}), "files": sorted(files)}
    written = []
    try:
        for place, made in enumerate(chosen):
            path = out_dir / f"{stem}{made.ending}"
            _write(made, recording, video, path, bom, said, _part(tick, place, len(chosen)))
            written.append(path)
        path = out_dir / f"{stem}{SETTINGS}"
        write_bytes(path, (json.dumps(said, indent=1) + "\n").encode())
    except OSError as error:
        raise VideoError(
            f"The results of {video.name} cannot be written to {out_dir} "
            f"({error.strerror or error}); choose another folder."
        ) from error
    return [*written, path]


def _write(
    made: Format,
    recording: Recording,
    video: Path,
    path: Path,
    bom: bool,
    said: Mapping[str, object],
    tick: Tick,
) -> None:
    tick(0.0)
    if made.content is not None:
        write_bytes(path, made.content(recording, video).encode("utf-8", "replace"))
        return
    with atomic_path(path) as temporary:
        if made.name == "parquet":
            write_parquet(recording, video, temporary, facts=said, tick=tick)
            return
        encoding = "utf-8-sig" if bom else "utf-8"
        with temporary.open("w", encoding=encoding, errors="replace", newline="") as file:
            write_table(recording, video, file, tick=tick)


def _part(tick: Tick | None, place: int, count: int) -> Tick:
    """Return what tells ``tick`` the share of one of ``count`` files."""
    return lambda share: None if tick is None else tick((place + share) / count)


def facts(recording: Recording) -> dict[str, object]:
    """Return what is needed to make the same results again, JSON-able."""
    info = recording.info
    return {
        "input": info.video_name,
        "video_hash": info.video_hash,
        "version": __version__,
        "model": model_facts(recording),
        "settings": dict(info.settings),
        "width": info.width,
        "height": info.height,
        "fps": info.fps,
        "first_picture_s": round(info.start_ms / 1000, 6),
        "duration_s": round(recording.duration_ms / 1000, 6),
        "frames": len(recording),
        "persons": {str(p.number): p.name for p in persons(recording)},
        "excluded_s": [[low / 1000, high / 1000] for low, high in recording.edits.excluded],
        "corrected_faces": len(recording.edits.labels),
    }


def model_facts(recording: Recording) -> dict[str, object]:
    """Return what the settings say about the network, JSON-able."""
    info = recording.info
    return {
        "file": info.model,
        "sha256": info.model_sha256,
        "class_names": list(info.class_names),
        "unsure_threshold": info.unsure_threshold,
    }


def parse_formats(text: str) -> tuple[str, ...]:
    """Read words parted by commas; ValueError names the one that is no format."""
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    return tuple(_format(word).name for word in dict.fromkeys(words))


def check_formats(formats: Iterable[str]) -> None:
    """Raise VideoError when a format needs what is not installed: before hours of work."""
    if "parquet" in formats and not is_available():
        raise VideoError(MISSING)


def _format(word: str) -> Format:
    if word not in FORMATS:
        raise ValueError(f"the format must be one of {', '.join(FORMATS)}, got {word!r}")
    return FORMATS[word]
