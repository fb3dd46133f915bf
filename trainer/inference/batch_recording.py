"""The results of a whole video kept as the Player's session."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from trainer.errors import DataError
from trainer.inference.media_time import picture_start_ms
from trainer.inference.pipeline import Pipeline
from trainer.inference.recording import Recording, RecordingInfo
from trainer.inference.recording_edits import RecordingEdits
from trainer.inference.recording_file import (
    load_recording,
    own_session_paths,
    save_session,
    session_owner,
    session_path,
)
from trainer.inference.video import VideoSource
from trainer.inference.video_hash import video_hash

SESSION = "session"


def begin_recording(path: Path, source: VideoSource, pipeline: Pipeline) -> Recording:
    """Return an empty recording of a video that a pipeline will analyse."""
    classifier = pipeline.classifier
    weights = getattr(classifier, "path", None)
    threshold = pipeline.settings.unsure_threshold
    if threshold is None:
        threshold = classifier.metadata.unsure_threshold
    return Recording(
        RecordingInfo(
            class_names=pipeline.class_names,
            width=source.width,
            height=source.height,
            duration_ms=source.duration_ms,
            fps=source.fps,
            video_name=path.name,
            video_hash=video_hash(path),
            unsure_threshold=float(threshold or 0.0),
            model=weights.name if isinstance(weights, Path) else classifier.metadata.architecture,
            model_sha256=str(getattr(classifier, "sha256", "")),
            settings=asdict(pipeline.settings),
            start_ms=picture_start_ms(source),
        )
    )


def keep_session(recording: Recording, video: Path) -> str:
    """Save a recording for the Player; return a sentence when another stays instead.

    Raises:
        DataError: It cannot be written.
    """
    info = recording.info
    owner = (info.video_hash, info.model_sha256)
    for path in (*own_session_paths(*owner), session_path(video)):
        if session_owner(path) == owner and _holds_more(path, len(recording)):
            return "The session saved before was kept: it holds changes by hand or more frames."
    save_session(recording, video, beside=False)
    return ""


def _holds_more(path: Path, frames: int) -> bool:
    try:
        old = load_recording(path)
    except DataError:
        return True  # perhaps of a newer Mien: it is not ours to replace
    return len(old) > frames or old.edits.to_dict() != RecordingEdits().to_dict()
