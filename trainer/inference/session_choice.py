"""Which saved session belongs to a video and a network; a damaged one is kept aside."""

from __future__ import annotations

import logging
import os
from dataclasses import dataclass
from pathlib import Path

from trainer.errors import DataError
from trainer.inference.recording import Recording
from trainer.inference.recording_file import (
    load_recording,
    own_session_paths,
    session_owner,
    session_path,
    sessions_noted,
)
from trainer.inference.video_hash import video_hash

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class FoundSession:
    """What was saved for a video.

    Attributes:
        content_hash: Of the video.
        recording: The results, or None when there are none that can be used.
        warning: One sentence about a session that cannot be used, else "".
    """

    content_hash: str
    recording: Recording | None = None
    warning: str = ""


def open_session(video: Path, model_sha256: str = "") -> FoundSession:
    """Return the results saved for a video, those of this network rather than others.

    Looked for in the user's folder, beside the video, and where a session of this content was
    written last. A file that cannot be read is renamed, so that nothing is written over it.

    Raises:
        VideoError: The video cannot be read.
    """
    content = video_hash(video)
    places = [*own_session_paths(content, model_sha256), session_path(video)]
    places += sessions_noted(content)
    warning = ""
    found: list[tuple[bool, float, Path]] = []
    for path in dict.fromkeys(places):
        try:
            changed = path.stat().st_mtime
        except OSError:
            continue  # there is none
        owner = session_owner(path)
        if owner is None:
            warning = warning or _kept_aside(path)
        elif owner[0] == content:
            found.append((owner[1] == model_sha256, changed, path))
    for _same, _changed, path in sorted(found, reverse=True):
        try:
            return FoundSession(content, load_recording(path), warning)
        except DataError as error:
            _log.warning("%s", error)
            warning = warning or _kept_aside(path)
    return FoundSession(content, None, warning)


def _kept_aside(path: Path) -> str:
    """Rename a session that cannot be used; return the sentence that says so."""
    copy = path.with_name(path.name + ".damaged")
    number = 2
    while copy.exists():
        copy = path.with_name(f"{path.name}.damaged-{number}")
        number += 1
    try:
        os.replace(path, copy)
    except OSError as error:
        return (
            f"The session {path} cannot be read or moved ({error.strerror or error}); "
            f"the video is analysed anew."
        )
    return (
        f"The session saved for this video is damaged or of a newer Mien; it was kept as "
        f"{copy}, and the video is analysed anew."
    )
