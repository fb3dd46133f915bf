#!/usr/bin/env python3
"""Treat a built program badly, and look at what it says. Linux, under a virtual screen, as root.

xvfb-run -s "-screen 0 1366x768x24" python tools/bundle_trials.py dist/Mien --pictures FOLDER

Needs Mien's own environment for the pictures. A second start, a kill, damaged settings, a full
disk, a missing library and no screen: each trial has a home of its own. Prints JSON: the exit
status, what stood on the terminal, and the warnings of the log.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from PyQt5.QtGui import QGuiApplication, QImage

_PATIENCE_S = 90.0
_LIBRARY = "libGL.so.1"


class Screen:
    """The virtual screen, and pictures of it."""

    def __init__(self, folder: Path) -> None:
        self._app = QGuiApplication(sys.argv[:1])
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def look(self) -> QImage:
        """Return what the screen shows now."""
        return self._app.primaryScreen().grabWindow(0).toImage()

    def settle(self, name: str = "", rest_s: float = 3.0) -> None:
        """Wait until the window has been drawn and time has passed; keep a picture.

        The splash stands in the middle; the window reaches the corner, for there is no manager.
        """
        end = time.monotonic() + _PATIENCE_S
        while self._corner_is_black():
            if time.monotonic() > end:
                raise RuntimeError("no window was drawn")
            time.sleep(0.3)
        time.sleep(rest_s)
        if name:
            self.look().save(str(self._folder / f"{name}.png"))

    def _corner_is_black(self) -> bool:
        corner = self.look().copy(0, 0, 200, 200)
        points = [(x, y) for x in range(4, 200, 12) for y in range(4, 200, 12)]
        return all(corner.pixel(x, y) & 0xFFFFFF == 0 for x, y in points)


class Running:
    """A started program with a home of its own."""

    def __init__(
        self,
        program: Path,
        home: Path,
        args: Sequence[str] = (),
        *,
        before: Sequence[str] = (),
        environ: Mapping[str, str] | None = None,
    ) -> None:
        kept = {name: os.environ[name] for name in ("DISPLAY", "XAUTHORITY") if name in os.environ}
        self.home = home
        self.process = subprocess.Popen(
            [*before, str(program), "--language", "en", "--theme", "light", *args],
            env={
                "PATH": "/usr/bin:/bin",
                "HOME": str(home),
                "XDG_RUNTIME_DIR": str(home),
                "LANG": "C.UTF-8",
                **kept,
                **(environ or {}),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            errors="replace",
        )

    def end(self, how: signal.Signals | None = signal.SIGTERM) -> dict[str, object]:
        """End it (None: wait for its own end); return what it said."""
        if how is not None:
            self.process.send_signal(how)
        out, errors = self.process.communicate(timeout=_PATIENCE_S)
        log = self.home / ".local" / "state" / "Mien" / "log" / "mien.log"
        lines = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
        return {
            "status": self.process.returncode,
            "terminal": [*out.splitlines(), *errors.splitlines()][:12],
            "log": [line[24:] for line in lines if " WARNING " in line or "another" in line][-6:],
        }


@contextmanager
def full_disk(place: Path) -> Iterator[Path]:
    """Give a home on a file system of its own with no byte left."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "none", str(place)], check=True)
    try:
        with open(place / "filler", "wb", buffering=0) as file:
            try:
                while True:
                    file.write(b"\0" * 4096)
            except OSError:
                file.flush()
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def second_start(program: Path, home: Path, screen: Screen) -> dict[str, object]:
    """The first window gets the file of the second start, which ends."""
    sample = program.parent / "_internal" / "resources" / "media" / "sample.mp4"
    first = Running(program, home)
    screen.settle()
    second = Running(program, home, [str(sample)])
    told = second.end(None)
    screen.settle("bundle-player", 8.0)
    return {"second": told, "first": first.end()}


def killed(program: Path, home: Path, screen: Screen) -> dict[str, object]:
    """The start after a kill says so; the lock and the socket that were left do no harm."""
    first = Running(program, home)
    screen.settle()
    gone = first.end(signal.SIGKILL)
    left = sorted(str(p.relative_to(home)) for p in home.rglob("*") if "lock" in p.name)
    again = Running(program, home)
    screen.settle("bundle-killed", 5.0)
    return {"killed": gone["status"], "left": left, "again": again.end()}


def damaged_settings(program: Path, home: Path, screen: Screen) -> dict[str, object]:
    """A settings file of random bytes is put aside and named."""
    path = home / ".config" / "Mien" / "mien.ini"
    path.parent.mkdir(parents=True)
    path.write_bytes(os.urandom(4096))
    started = Running(program, home)
    screen.settle("bundle-damaged-settings")
    told = started.end()
    return {**told, "kept": [p.name for p in path.parent.iterdir()]}


def no_space(program: Path, home: Path, screen: Screen) -> dict[str, object]:
    """With no space for settings and log it works, and says what will be forgotten."""
    with full_disk(home) as place:
        started = Running(program, place, environ={"XDG_RUNTIME_DIR": "/tmp"})
        screen.settle("bundle-full-disk", 5.0)
        return started.end()


def missing_library(program: Path, home: Path, screen: Screen) -> dict[str, object]:
    """A library that cannot be loaded is named on the terminal."""
    found = subprocess.run(["ldconfig", "-p"], check=True, capture_output=True, text=True).stdout
    line = next(line for line in found.splitlines() if line.strip().startswith(_LIBRARY))
    path = Path(line.partition("=>")[2].strip()).resolve()
    hide = f'mount --bind /dev/null "{path}" && exec "$0" "$@"'
    return Running(program, home, before=["unshare", "--mount", "sh", "-c", hide]).end(None)


def no_screen(program: Path, home: Path, screen: Screen) -> dict[str, object]:
    """Without a screen there is a sentence, not an abort."""
    return Running(program, home, environ={"DISPLAY": ""}).end(None)


TRIALS: tuple[Callable[[Path, Path, Screen], dict[str, object]], ...] = (
    second_start,
    killed,
    damaged_settings,
    no_space,
    missing_library,
    no_screen,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the trials."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--only", choices=[trial.__name__ for trial in TRIALS], nargs="+")
    args = parser.parse_args(argv)
    screen = Screen(args.pictures)
    program = args.folder.resolve() / "Mien"
    report = {}
    for trial in TRIALS:
        if args.only and trial.__name__ not in args.only:
            continue
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            report[trial.__name__] = trial(program, Path(home), screen)
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
