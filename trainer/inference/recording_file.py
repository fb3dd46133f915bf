"""Session files: a recording kept beside its video, or in the user's folder.

A session is one zip file: ``session.json`` (what it belongs to, the user's edits) and one
``.npy`` file for every column. Nothing in it is ever executed.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from trainer import __version__
from trainer.errors import DataError
from trainer.files import DAMAGED_ARCHIVE, atomic_path, write_text
from trainer.inference.columns import Columns, Spec
from trainer.inference.quality import QUALITIES
from trainer.inference.recording import FRAME_SPEC, Recording, RecordingInfo, face_spec
from trainer.inference.recording_edits import RecordingEdits
from trainer.paths import data_dir

SESSION_SUFFIX = ".mien-session"

_FORMAT = 1
_MAX_BYTES = 2_000_000_000  # 60 hours of three faces
_MAX_JSON = 50_000_000


def sessions_dir() -> Path:
    """Folder of sessions whose video lies where nothing can be written."""
    return data_dir() / "sessions"


def session_path(video: Path) -> Path:
    """Return where the session of a video goes that lies in a writable folder."""
    return video.with_name(video.name + SESSION_SUFFIX)


def save_session(recording: Recording, video: Path, *, beside: bool = True) -> Path:
    """Write the session of a video and remember where it is; return the file.

    It goes beside the video, or into :func:`sessions_dir` where that folder cannot be
    written to or ``beside`` is False. There what another network found stays under its own name.

    Raises:
        DataError: Nothing can be written.
    """
    info = recording.info
    home = own_session_paths(info.video_hash)[0]
    places = [session_path(video), home] if beside else [home]
    for number, path in enumerate(places):
        try:
            if path == home:
                _make_way(home, info)
            save_recording(recording, path)
        except OSError as error:
            if number + 1 < len(places):
                continue
            raise DataError(
                f"The session of {video.name} cannot be written to {path.parent} "
                f"({error.strerror or error}); free some space or choose another folder."
            ) from error
        if path != home:
            _remember(info.video_hash, path)
        return path
    raise AssertionError("there is always a place")


def own_session_paths(content_hash: str, model_sha256: str = "") -> list[Path]:
    """Return where sessions of a video lie in the user's folder.

    The first is the latest one; the second, with a network given, is where that network's
    results were moved to when another one's took the first place.
    """
    paths = [sessions_dir() / f"{content_hash}{SESSION_SUFFIX}"]
    if model_sha256:
        paths.append(sessions_dir() / f"{content_hash}-{model_sha256[:12]}{SESSION_SUFFIX}")
    return paths


def _make_way(home: Path, info: RecordingInfo) -> None:
    """Move what another network found out of the place that is written to now."""
    there = session_owner(home)
    if there is not None and there[0] == info.video_hash and there[1] != info.model_sha256:
        kept = own_session_paths(info.video_hash, there[1])
        os.replace(home, kept[-1])  # the same place again when that network is unknown


def sessions_noted(content_hash: str) -> list[Path]:
    """Return where a session of a video was written outside the user's folder, if one was."""
    try:
        return [Path(json.loads(_note(content_hash).read_text(encoding="utf-8"))["path"])]
    except (OSError, ValueError, KeyError, TypeError):
        return []  # nothing was written elsewhere


def find_session(video: Path, content_hash: str) -> Path | None:
    """Return the session of a video, known again by its hash; None when there is none.

    Looked for beside the video, in the user's folder, and where it was written last.
    """
    places = [session_path(video), *own_session_paths(content_hash), *sessions_noted(content_hash)]
    found = [path for path in places if (session_owner(path) or ("",))[0] == content_hash]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def session_owner(path: Path) -> tuple[str, str] | None:
    """Return the hashes of the video and of the network; None when it is not readable."""
    try:
        with zipfile.ZipFile(path) as file:
            info = _read_json(file)["info"]
            return str(info["video_hash"]), str(info["model_sha256"])
    except (OSError, *DAMAGED_ARCHIVE):
        return None


def save_recording(recording: Recording, path: Path) -> None:
    """Write a recording to one file, whole or not at all; OSError when that fails."""
    facts = {
        "format": _FORMAT,
        "version": __version__,
        "info": asdict(recording.info),
        "edits": recording.edits.to_dict(),
    }
    with (
        atomic_path(path) as temporary,
        zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file,
    ):
        file.writestr("session.json", json.dumps(facts))
        for kind, table in (("frames", recording.frames), ("faces", recording.faces)):
            for name in table.names:
                with file.open(f"{kind}/{name}.npy", "w", force_zip64=True) as part:
                    np.lib.format.write_array(part, table[name], allow_pickle=False)


def load_recording(path: Path) -> Recording:
    """Read what :func:`save_recording` wrote.

    Raises:
        DataError: It is missing, damaged, too large, or of a newer version of Mien.
    """
    try:
        with zipfile.ZipFile(path) as file:
            if sum(part.file_size for part in file.infolist()) > _MAX_BYTES:
                raise ValueError("it is too large")
            values = _read_json(file)
            if values["format"] != _FORMAT:
                raise DataError(
                    f"The session {path.name} was written by another version of Mien "
                    f"({values.get('version', '')}); update Mien to open it."
                )
            info = _read_info(values["info"])
            frames = _read_table(file, "frames", FRAME_SPEC)
            faces = _read_table(file, "faces", face_spec(len(info.class_names)))
            edits = RecordingEdits.from_dict(values["edits"])
        _check(frames, faces, len(info.class_names))
        return Recording.of(info, frames, faces, edits)
    except OSError as error:
        raise DataError(
            f"The session {path} cannot be read ({error.strerror or error})."
        ) from error
    except DAMAGED_ARCHIVE as error:
        raise DataError(
            f"The session {path.name} is damaged ({error}); analyse the video again."
        ) from error


def _read_json(file: zipfile.ZipFile) -> dict[str, Any]:
    entry = file.getinfo("session.json")
    if entry.file_size > _MAX_JSON:
        raise ValueError("its description is too large")
    values = json.loads(file.read(entry))
    if not isinstance(values, dict):
        raise ValueError("its description is no table")
    return values


def _read_info(values: Mapping[str, Any]) -> RecordingInfo:
    names = tuple(str(name) for name in values["class_names"])
    if not 2 <= len(names) <= 100 or len(set(names)) != len(names):
        raise ValueError(f"it names the classes {names}")
    numbers = {name: float(values[name]) for name in ("duration_ms", "fps", "unsure_threshold")}
    numbers["start_ms"] = float(values.get("start_ms", 0.0))  # of an older Mien: not there
    if not all(0 <= number < 1e12 for number in numbers.values()):
        raise ValueError(f"it gives {numbers}")
    settings = values["settings"]
    return RecordingInfo(
        class_names=names,
        width=int(values["width"]),
        height=int(values["height"]),
        video_name=str(values["video_name"]),
        video_hash=str(values["video_hash"]),
        model=str(values["model"]),
        model_sha256=str(values["model_sha256"]),
        settings=dict(settings),
        **numbers,
    )


def _read_table(file: zipfile.ZipFile, kind: str, spec: Spec) -> Columns:
    arrays: dict[str, npt.NDArray[Any]] = {}
    for name in spec:
        data = file.read(f"{kind}/{name}.npy")
        arrays[name] = _read_array(data)
    return Columns.of(spec, arrays)


def _read_array(data: bytes) -> npt.NDArray[Any]:
    """Read a ``.npy`` file; one that promises more than it holds costs no memory."""
    stream = io.BytesIO(data)
    if np.lib.format.read_magic(stream) != (1, 0):
        raise ValueError("a column has an unknown form")
    shape, by_column, dtype = np.lib.format.read_array_header_1_0(stream)
    if by_column or dtype.hasobject or dtype.itemsize < 1:
        raise ValueError("a column has an unknown form")
    values = np.frombuffer(data, dtype, offset=stream.tell())
    return values.reshape(shape).copy()


def _check(frames: Columns, faces: Columns, classes: int) -> None:
    """Refuse tables that point outside each other; ValueError."""
    times, first, count = (frames[n] for n in ("timestamp_ms", "first_face", "face_count"))
    fits = (first >= 0) & (count >= 0) & (first + count <= len(faces))
    if not np.isfinite(times).all() or not (np.abs(times) < 1e12).all() or not fits.all():
        raise ValueError("its frames make no sense")
    frame, label = faces["frame"], faces["label"]
    owners = np.repeat(np.arange(len(frames)), count)
    place = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    inside = (frame >= -1) & (frame < len(frames))
    known = (label >= -1) & (label < classes) & (faces["quality"] < len(QUALITIES))
    finite = all(np.isfinite(faces[n]).all() for n in ("xyxy", "score", "raw", "steady"))
    if not (inside.all() and known.all() and finite):
        raise ValueError("its faces make no sense")
    if not (frame[np.repeat(first, count) + place] == owners).all():
        raise ValueError("its faces do not belong to its frames")


def _note(content_hash: str) -> Path:
    return sessions_dir() / f"{content_hash}.json"


def _remember(content_hash: str, path: Path) -> None:
    """Note where the session of a hash lies: the video may be moved away from it."""
    if not content_hash:
        return
    try:
        write_text(_note(content_hash), json.dumps({"path": os.path.abspath(path)}))
    except OSError:
        pass  # it is still found beside the video
