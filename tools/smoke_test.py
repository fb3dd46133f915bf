#!/usr/bin/env python3
"""Try a built program folder the way a user has it; needs Python only.

python3 tools/smoke_test.py dist/Mien

The folder is copied to a path with a blank and an umlaut and made read-only; the programs get a
fresh home, no Python, no virtual environment and, where the system lets us, no network.
"""

from __future__ import annotations

import os
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


def bare_environment(home: Path) -> dict[str, str]:
    """Return the variables of a user who never saw Python, with ``home`` as everything's place."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    if sys.platform != "win32":
        environment["PATH"] = "/usr/bin:/bin"
    environment.update(HOME=str(home), USERPROFILE=str(home), LANG="C.UTF-8")
    environment.update(APPDATA=str(home), LOCALAPPDATA=str(home))
    return environment


def without_network() -> list[str]:
    """Return a prefix that takes the network away, where this user may do that."""
    if not sys.platform.startswith("linux") or shutil.which("unshare") is None:
        return []
    prefix = ["unshare", "--net", "--map-root-user"]
    tried = subprocess.run([*prefix, "true"], capture_output=True)
    return prefix if tried.returncode == 0 else []


@contextmanager
def read_only_copy(folder: Path) -> Iterator[Path]:
    """Copy a program folder to an awkward place where nothing can be written."""
    with tempfile.TemporaryDirectory(prefix="Mien Prüfung ") as place:
        copy = Path(place) / "Mien"
        shutil.copytree(folder, copy, symlinks=True)
        entries = [copy, *copy.rglob("*")]
        for path in entries:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222)
        try:
            yield copy
        finally:
            for path in entries:
                if not path.is_symlink():
                    path.chmod(path.stat().st_mode | 0o200)


def smoke_test(folder: Path) -> dict[str, object]:
    """Run what a user would run first; return seconds by step.

    Raises:
        RuntimeError: A step failed; its output is in the text.
    """
    suffix = ".exe" if sys.platform == "win32" else ""
    report: dict[str, object] = {}
    with read_only_copy(folder) as copy, tempfile.TemporaryDirectory() as home_name:
        home = Path(home_name)
        environment = bare_environment(home)
        prefix = without_network()
        report["without_network"] = bool(prefix)
        window, command = copy / f"Mien{suffix}", copy / f"mien-cli{suffix}"
        data, run_folder = home / "demo.csv", home / "run"
        sample = copy / "_internal" / "resources" / "media" / "sample.mp4"
        steps: dict[str, list[str]] = {
            "self-test": [str(window), "--self-test"],
            "demo": [str(command), "demo", str(data)],
            "train": [
                *(str(command), "train", "--data", str(data), "--epochs", "1"),
                *("--batch-size", "32", "--out", str(run_folder)),
            ],
            "evaluate": [
                *(str(command), "evaluate", "--data", str(data), "--split", "val"),
                *("--weights", str(run_folder / "best.safetensors")),
            ],
            "export": [
                *(str(command), "export", "--weights", str(run_folder / "best.safetensors")),
                *("--int8", "--data", str(data), "--out", str(home / "small.onnx")),
            ],
            "predict": [
                *(str(command), "predict", str(sample), "--frames", "60", "--video"),
                *("--weights", str(home / "small.onnx"), "--out", str(home / "out")),
            ],
        }
        for name, arguments in steps.items():
            report[name] = _run(name, [*prefix, *arguments], environment, home)
        if not list((home / "out").glob("*.csv")):
            raise RuntimeError("predict wrote no table")
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
    import json

    print(json.dumps(smoke_test(Path(sys.argv[1]).resolve()), indent=1))
