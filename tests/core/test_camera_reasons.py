"""Why a camera does not open: a sentence that says what to do, on every system."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from trainer.errors import VideoError
from trainer.inference.camera_backend import OpenCvBackend
from trainer.inference.camera_source import CameraSource


def pretend(monkeypatch: pytest.MonkeyPatch, *, exists: bool, allowed: bool) -> None:
    there, access = Path.exists, os.access

    def path_exists(path: Path, **more: Any) -> bool:
        return exists if str(path).startswith("/dev/video") else there(path, **more)

    def may(path: Any, mode: int, **more: Any) -> bool:
        return allowed if str(path).startswith("/dev/video") else access(path, mode, **more)

    monkeypatch.setattr(Path, "exists", path_exists)
    monkeypatch.setattr(os, "access", may)


@pytest.mark.parametrize(
    ("exists", "allowed", "words"),
    [
        (False, False, "there is no camera number 4; plug it in"),
        (True, False, "may not be used by this account; add the account to the group 'video'"),
        (True, True, "it is used by another program"),
    ],
)
def test_linux_tells_missing_denied_and_in_use_apart(
    monkeypatch: pytest.MonkeyPatch, exists: bool, allowed: bool, words: str
) -> None:
    pretend(monkeypatch, exists=exists, allowed=allowed)
    assert words in OpenCvBackend("linux").reason(3)


@pytest.mark.parametrize(
    ("platform", "words"),
    [("darwin", "Privacy & Security, Camera"), ("win32", "or blocked (")],
)
def test_other_systems_name_the_setting_that_may_deny(platform: str, words: str) -> None:
    assert words in OpenCvBackend(platform).reason(0)


def test_a_driver_that_fails_while_reading_is_one_sentence() -> None:
    class Broken:
        now = 0.0

        def open(self, index: int, width: int, height: int) -> Broken:
            return self

        def reason(self, index: int) -> str:
            return ""

        def clock(self) -> float:
            self.now += 0.5
            return self.now

        def read(self) -> tuple[bool, Any]:
            raise RuntimeError("driver")

        def release(self) -> None: ...

    camera = Broken()
    with pytest.raises(VideoError, match="Lens was opened but sends no picture"):
        CameraSource(0, name="Lens", backend=camera, clock=camera.clock)
