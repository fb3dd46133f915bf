#!/usr/bin/env python3
"""Try a built program folder the way a user has it; needs Python only.

python3 tools/smoke_test.py dist/Mien

The folder is copied to a path with a blank and an umlaut and made read-only; the programs get a
fresh home, no Python, no virtual environment, a user without rights where we are root, and, where
the system lets us, no network. Afterwards nothing may be changed or left but in the user's folders.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

_LIMIT_S = 600
_KEPT = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "DISPLAY", "XAUTHORITY", "XDG_RUNTIME_DIR")
_NOBODY = 65534
# Where a program may keep things of its own, below the home.
_OWN = (".config/Mien", ".local/share/Mien", ".local/state/Mien", ".cache/Mien", "Library", "Mien")

_LOCK = re.compile(r"tmp/mien(-\d+)?/mien-[0-9a-f]+\.lock")


def bare_environment(home: Path) -> dict[str, str]:
    """Return the variables of a user who never saw Python, with ``home`` as everything's place."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if sys.platform != "win32":
        environment["PATH"] = "/usr/bin:/bin"
    environment.update(HOME=str(home), USERPROFILE=str(home), LANG="C.UTF-8")
    environment.update(APPDATA=str(home), LOCALAPPDATA=str(home))
    environment.update({name: str(home / "tmp") for name in ("TMPDIR", "TEMP", "TMP")})
    return environment


def without_rights(*folders: Path) -> list[str]:
    """Return a prefix that gives up root's rights, and give ``folders`` to the user it becomes."""
    if not sys.platform.startswith("linux") or os.geteuid() or shutil.which("setpriv") is None:
        return []
    for folder in folders:
        os.chown(folder, _NOBODY, _NOBODY)
    return ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups"]


def without_network() -> list[str]:
    """Return a prefix that takes the network away, where this user may do that."""
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return []
    prefix = ["unshare", "--net", "--map-current-user"]
    tried = subprocess.run([*prefix, "true"], capture_output=True)
    return prefix if tried.returncode == 0 else []


def state_of(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of every file and folder below ``folder``."""
    found = {}
    for path in [folder, *folder.rglob("*")]:
        facts = path.lstat()
        found[path.relative_to(folder).as_posix()] = (facts.st_size, facts.st_mtime_ns)
    return found


@contextmanager
def read_only_copy(folder: Path) -> Iterator[Path]:
    """Copy a program folder to an awkward place where nothing can be written.

    Raises:
        RuntimeError: Something in it was changed all the same.
    """
    with tempfile.TemporaryDirectory(prefix="Mien Prüfung ") as place:
        copy = Path(place) / "Mien"
        shutil.copytree(folder, copy, symlinks=True)
        Path(place).chmod(0o755)
        entries = [copy, *copy.rglob("*")]
        for path in entries:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222)
        before = state_of(copy)
        try:
            yield copy
            after = state_of(copy)
            changed = sorted(
                name for name in {*before, *after} if before.get(name) != after.get(name)
            )
            if changed:
                raise RuntimeError(f"the program changed its own folder: {changed[:5]}")
        finally:
            for path in entries:
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode | 0o200)


def strangers(home: Path, ours: Sequence[str]) -> list[str]:
    """Return files below ``home`` that lie neither in the program's own folders nor in ``ours``.

    The lock that tells a second start of the first one stays where there is no runtime folder.
    """
    own = (*_OWN, *ours)
    return sorted(
        name
        for name in state_of(home)
        if (home / name).is_file()
        and not any(name == o or name.startswith(f"{o}/") for o in own)
        and not _LOCK.fullmatch(name)
    )


def steps(copy: Path, home: Path) -> dict[str, list[str]]:
    """Return what is run, by name."""
    suffix = ".exe" if sys.platform == "win32" else ""
    window, command = str(copy / f"Mien{suffix}"), str(copy / f"mien-cli{suffix}")
    data, out = str(home / "demo.csv"), home / "out"
    run, small = out / "run", str(out / "small.onnx")
    sample = str(copy / "_internal" / "resources" / "media" / "sample.mp4")
    best = ["--weights", str(run / "best.safetensors")]
    training = ["train", "--data", data, "--epochs", "1", "--batch-size", "32"]
    return {
        "self-test": [window, "--self-test"],
        "window": [window, "--start-times", str(out / "times.json")],
        "demo": [command if suffix else window, "demo", data],
        "train": [command, *training, "--out", str(run)],
        "train lenet": [command, *training, "--model", "lenet", "--out", str(out / "lenet")],
        "evaluate": [command, "evaluate", "--data", data, "--split", "val", *best],
        "compare": [
            *(command, "compare", str(run), str(out / "lenet"), "--data", data),
            *("--html", str(out / "report.html")),
        ],
        "export to 8 bits": [command, "export", "--int8", "--data", data, "--out", small, *best],
        "predict": [
            *(command, "predict", sample, "--frames", "60", "--video"),
            *("--weights", small, "--out", str(out)),
        ],
    }


def smoke_test(folder: Path) -> dict[str, object]:
    """Run what a user would run first; return seconds by step.

    Raises:
        RuntimeError: A step failed; its output is in the text.
    """
    report: dict[str, object] = {}
    with read_only_copy(folder) as copy, tempfile.TemporaryDirectory() as home_name:
        home = Path(home_name)
        (home / "out").mkdir()
        (home / "tmp").mkdir()
        environment = bare_environment(home)
        prefix = without_rights(home, home / "out", home / "tmp")
        report["without_rights"] = bool(prefix)
        if sys.platform.startswith("linux") and (prefix or "DISPLAY" not in environment):
            environment.pop("DISPLAY", None)  # the screen is another user's
            environment["QT_QPA_PLATFORM"] = "offscreen"
        alone = without_network()
        report["without_network"] = bool(alone)
        prefix += alone
        for name, arguments in steps(copy, home).items():
            report[name] = _run(name, [*prefix, *arguments], environment, home)
        if not list((home / "out").glob("*.csv")):
            raise RuntimeError("predict wrote no table")
        times = json.loads((home / "out" / "times.json").read_text(encoding="utf-8"))
        if times["torch"]:
            raise RuntimeError("torch was imported before the window stood")
        if found := strangers(home, ("demo.csv", "out")):
            raise RuntimeError(f"files were left outside the program's folders: {found[:5]}")
    return report


def _run(name: str, command: Sequence[str], environment: dict[str, str], folder: Path) -> float:
    started = time.perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=_LIMIT_S,
    )
    if done.returncode:
        raise RuntimeError(f"{name} failed ({done.returncode}):\n{done.stdout}\n{done.stderr}")
    return round(time.perf_counter() - started, 1)


if __name__ == "__main__":
    print(json.dumps(smoke_test(Path(sys.argv[1]).resolve()), indent=1))
