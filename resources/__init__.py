"""Files that ship with Mien: weights, media, icons, translations. Imports nothing of ours."""

from __future__ import annotations

from pathlib import Path

_ROOT = Path(__file__).resolve().parent


def resource_path(*parts: str) -> Path:
    """Return the absolute path of a shipped file, e.g. ``resource_path("weights", "a.onnx")``.

    The lookup is relative to this file, so it works from any working folder and in a
    frozen bundle that mirrors the source tree. The file need not exist; callers that
    open it report a missing file with this path.
    """
    return _ROOT.joinpath(*parts)
