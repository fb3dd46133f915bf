#!/usr/bin/env python3
"""Build the program folder and its archive; needs Python and git's files only.

python3 tools/package.py            environment, build, smoke test, archive in dist/
python3 tools/package.py --cuda     Linux: with the CUDA build of PyTorch (gigabytes), not the CPU's
python3 tools/package.py --whole    leave everything in (to see what the exclusions save)

The environment lies in .venv-package and is made anew when setup.cfg or constraints.txt changed.
Inside the bundle OpenCV is the headless wheel of the same version: Mien draws its windows with
Qt, and the other wheel carries a second Qt whose plugins get in the way of the first.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import run  # noqa: E402  (the bootstrap's own environment code)
from tools.smoke_test import smoke_test  # noqa: E402

VENV = ROOT / ".venv-package"
DIST = ROOT / "dist"
WORK = ROOT / "build"
EPOCH = "1767225600"  # 2026-01-01: one date for every file, so that builds can be compared


def make_environment(cpu: bool) -> Path:
    """Return the Python of an environment with Mien, PyInstaller and headless OpenCV."""
    python = run.venv_program("python", VENV)
    stamp = VENV / run.STAMP.name
    key = run.fingerprint(ROOT, cpu)
    if run.read_stamp(stamp).get("key") == key and python.is_file():
        return python
    run.make_venv(VENV)
    environment = run.clean_environment()

    def pip(*arguments: str) -> None:
        command = [str(python), "-m", "pip", "--disable-pip-version-check", *arguments]
        subprocess.run(command, check=True, cwd=ROOT, env=environment)

    pip("install", *run.pip_command(python, False, cpu)[5:-1], ".[build]")
    version = subprocess.run(
        [str(python), "-c", "from importlib.metadata import *; print(version('opencv-python'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    pip("uninstall", "-y", "opencv-python")
    pip("install", f"opencv-python-headless=={version}")
    run.write_stamp(stamp, key, cpu, dev=False)
    return python


def build(python: Path, whole: bool) -> float:
    """Run PyInstaller; return the seconds it took."""
    environment = {
        **os.environ,
        "MIEN_BUNDLE": "whole" if whole else "slim",
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": EPOCH,
    }
    command = [str(python), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(DIST), "--workpath", str(WORK), str(ROOT / "build.spec")]
    started = time.perf_counter()
    subprocess.run(command, check=True, cwd=ROOT, env=environment)
    return time.perf_counter() - started


def size_of(folder: Path) -> int:
    """Return the bytes of all files below a folder; links count nothing."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file() and not p.is_symlink())


def size_table(folder: Path, shown: int = 20) -> list[tuple[str, float]]:
    """Return (name, megabytes) of the largest parts of a bundle."""
    inside = folder / "_internal"
    sizes = {
        path.name: (size_of(path) if path.is_dir() else path.stat().st_size) / 1e6
        for path in inside.iterdir()
        if not path.is_symlink()
    }
    return sorted(sizes.items(), key=lambda item: -item[1])[:shown]


def program_folder() -> Path:
    """Return what is handed out: the app bundle on macOS, else the folder."""
    return DIST / ("Mien.app" if sys.platform == "darwin" else "Mien")


def installed_sizes(python: Path) -> dict[str, int]:
    """Return bytes by folder or module of the environment that the bundle was made from."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    asked = subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True)
    entries = Path(asked.stdout.strip()).iterdir()
    return {e.name: size_of(e) if e.is_dir() else e.stat().st_size for e in entries}


def left_out(python: Path, folder: Path, shown: int = 25) -> dict[str, float]:
    """Return megabytes by package of what is installed and not in the bundle, largest first.

    What PyInstaller packed into the program file counts as left out: compiled modules, a few
    megabytes of most packages.
    """
    inside = folder / "_internal"
    missing = {}
    for name, size in installed_sizes(python).items():
        here = inside / name
        kept = size_of(here) if here.is_dir() else here.stat().st_size if here.is_file() else 0
        missing[name] = round((size - kept) / 1e6, 1)
    return dict(sorted(missing.items(), key=lambda item: -item[1])[:shown])


def archive(folder: Path) -> Path:
    """Pack the folder the way its system's users unpack: .zip on Windows, else .tar.xz."""
    from trainer import __version__

    name = f"Mien-{__version__}-{platform.system().lower()}-{platform.machine().lower()}"
    if sys.platform == "win32":
        target = DIST / f"{name}.zip"
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
            for path in sorted(folder.rglob("*")):
                packed.write(path, path.relative_to(folder.parent))
        return target
    target = DIST / f"{name}.tar.xz"

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mtime = int(EPOCH)
        return entry

    with tarfile.open(target, "w:xz", preset=3) as packed:
        packed.add(folder, folder.name, filter=plain)
    return target


def add_desktop_entry(folder: Path) -> None:
    """Put a menu entry, its picture, and what installs them beside the program, for Linux."""
    for name in ("resources/icons/mien.svg", "tools/mien.desktop", "tools/add-to-menu.sh"):
        shutil.copy(ROOT / name, folder / Path(name).name)


def main(argv: Sequence[str] | None = None) -> int:
    """Do all of it; print the report as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cuda", action="store_true", help="Linux: with the CUDA build of PyTorch")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--no-archive", action="store_true")
    args = parser.parse_args(argv)
    python = make_environment(cpu=not args.cuda)
    seconds = build(python, args.whole)
    folder = DIST / "Mien"
    if sys.platform.startswith("linux"):
        add_desktop_entry(folder)
    report: dict[str, object] = {
        "build_s": round(seconds),
        "megabytes": round(size_of(folder) / 1e6),
        "largest": {name: round(size, 1) for name, size in size_table(folder)},
        "left_out_by_package": left_out(python, folder),
        "left_out_by_pattern": json.loads((WORK / "build" / "left_out.json").read_text("utf-8")),
        "smoke_test": smoke_test(folder),
    }
    if not args.no_archive:
        packed = archive(program_folder())
        report["archive"] = packed.name
        report["archive_megabytes"] = round(packed.stat().st_size / 1e6)
    print(json.dumps(report, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
