"""The Player's status line in words."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication

from app.controllers.playback_stats import PlaybackStats
from app.workers.frame_buffer import ReadyFrame
from app.workers.media import MediaInfo, ModelDescription


def _tr(text: str) -> str:
    return QCoreApplication.translate("PlayerStatus", text)


def status_text(
    info: MediaInfo,
    stats: PlaybackStats,
    ready: ReadyFrame | None,
    model: ModelDescription | None,
    playing: bool,
) -> str:
    """Return the line of figures under the picture."""
    height, width = ready.frame.image.shape[:2] if ready else (info.height, info.width)
    parts = [info.title, f"{width} × {height}"]
    if info.kind != "photo":
        source = _tr("{fps:.2f} fps source").format(fps=info.fps)
        if playing and stats.shown_fps:
            source += " · " + _tr("{fps:.1f} shown").format(fps=stats.shown_fps)
        parts.append(source)
        parts.append(_tr("{count} late").format(count=stats.late_count))
    faces = len(ready.result.faces) if ready else 0
    parts.append(_tr("1 face") if faces == 1 else _tr("{count} faces").format(count=faces))
    if model is None:
        parts.append(_tr("no model: faces are not analysed"))
    else:
        if stats.median_latency_ms:
            parts.append(_tr("{ms:.1f} ms a frame").format(ms=stats.median_latency_ms))
        parts.extend(text for text in (model.detector, model.device) if text)
    return "   |   ".join(parts)


def cadence_text(ready: ReadyFrame | None) -> str:
    """Return what is said openly when not every frame is analysed; empty when all are."""
    if ready is None:
        return ""
    if not ready.analysed:
        return _tr("too slow: this frame is not analysed")
    parts = []
    if ready.pace.detect_every > 1:
        parts.append(_tr("finding faces on {every} frame"))
        parts[-1] = parts[-1].format(every=_ordinal(ready.pace.detect_every))
    if ready.pace.classify_every > 1 and ready.result.faces:
        parts.append(_tr("each expression on {every} frame"))
        parts[-1] = parts[-1].format(every=_ordinal(ready.pace.classify_every))
    return _tr(", ").join(parts)


def _ordinal(number: int) -> str:
    if number == 2:
        return _tr("every 2nd")
    return _tr("every 3rd") if number == 3 else _tr("every {n}th").format(n=number)
