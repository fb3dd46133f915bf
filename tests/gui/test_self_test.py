"""``python -m app --self-test``: every part is tried, and a fault is found."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from starting import ROOT

from app.self_test import run_self_test
from app.self_test_core import CoreChecks
from app.self_test_tools import ToolChecks
from app.self_test_windows import WindowChecks
from trainer.errors import MienError

_CORE = ("weights", "detector", "classifier", "predict", "dataset", "training")
_CORE += ("evaluation", "comparison", "export", "int8")
_TOOLS = ("whole_video", "images", "second_run", "report", "heat_map", "imagenet")


def _replace_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    parts = ((CoreChecks, _CORE), (ToolChecks, _TOOLS), (WindowChecks, ("window", "player")))
    for kind, names in parts:
        for name in names:
            monkeypatch.setattr(kind, name, lambda _self: "fine")


def test_a_fault_is_reported(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], mien_home: Path
) -> None:
    _replace_checks(monkeypatch)
    assert run_self_test() == 0

    def fail(_self: CoreChecks) -> str:
        assert Path(os.environ["MIEN_HOME"]) != mien_home, "the user's own folders are used"
        raise MienError("No network here.")

    monkeypatch.setattr(CoreChecks, "detector", fail)
    monkeypatch.setattr(WindowChecks, "player", lambda _self: 1 / 0)
    capsys.readouterr()
    assert run_self_test() == 1
    told = capsys.readouterr().out
    assert "FAIL  detector: No network here." in told
    assert "FAIL  player: ZeroDivisionError" in told
    assert "self-test: 2 checks failed" in told
    assert str(mien_home / "config" / "mien.ini") in told
    assert (mien_home / "log" / "self-test.txt").read_text(encoding="utf-8") == told
    assert os.environ["MIEN_HOME"] == str(mien_home)


def test_the_player_check_leaves_nothing_to_be_written_later(qapp: object, mien_home: Path) -> None:
    checks = WindowChecks()
    checks._qt_app = qapp
    assert "10 frames shown" in checks.player()
    # What is not written by now would be after the check's folder was removed.
    assert (mien_home / "config" / "mien.ini").is_file()


def test_without_a_console_it_ends_well(monkeypatch: pytest.MonkeyPatch, mien_home: Path) -> None:
    _replace_checks(monkeypatch)
    monkeypatch.setattr(sys, "stdout", None)  # a windowed bundle on Windows
    assert run_self_test() == 0
    assert "ok    int8: fine" in (mien_home / "log" / "self-test.txt").read_text()


@pytest.mark.slow
@pytest.mark.timeout(900)  # some twenty seconds of work; minutes where others work too
def test_everything_works_off_screen_and_off_line(tmp_path: Path) -> None:
    environment = {**os.environ, "MIEN_HOME": str(tmp_path / "Über all"), "PYTHONPATH": str(ROOT)}
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        environment.pop(name, None)
    environment["PYTHONIOENCODING"] = "ascii"  # what cannot be printed must not end it
    command = [sys.executable, "-m", "app", "--self-test"]
    lonely = ["unshare", "--net", "--map-root-user"]
    if shutil.which("unshare") and not subprocess.run([*lonely, "true"]).returncode:
        command = [*lonely, *command]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line for line in done.stdout.splitlines() if line.startswith(("ok", "FAIL"))]
    assert len(lines) == 18
    written = {path.name for path in (tmp_path / "Über all").rglob("*") if path.is_file()}
    assert written == {"mien.log", "crash.log", "self-test.txt"}
