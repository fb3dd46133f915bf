#!/usr/bin/env python3
"""Set Mien up and start it, or run its tests; needs nothing but Python.

python3 run.py [FILE]               set up what is missing, start Mien
python3 run.py --test [ARGS]        set up, run the checks and the tests (ARGS go to pytest)
python3 run.py --cpu [...]          Linux: take the CPU build of torch (1 GB on disk, not 5.5 GB)
python3 run.py --missing [--test]   Linux: only list the system packages that are missing

Everything is installed into the folder .venv beside this file. Delete it to start over.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "mien-stamp.json"
INPUTS = ("setup.cfg", "pyproject.toml", "constraints.txt")
MIN_PYTHON = (3, 11)
CPU_INDEX = "https://download.pytorch.org/whl/cpu"
VENV_PARTS = {"bin", "lib", "lib64", "include", "share", "Scripts", "Lib", "Include", "pyvenv.cfg"}
VENV_PARTS |= {".gitignore", STAMP.name, "etc", "man"}

OFFLINE_SIGNS = (
    "name resolution",
    "newconnectionerror",
    "max retries",
    "connection refused",
    "getaddrinfo",
    "network is unreachable",
    "read timed out",
    "proxyerror",
)

_MOST_WORKERS = 4  # of the tests; each takes about a gigabyte
SETUP_FAILED = 2  # the exit status for everything the user has to mend first


class SetupError(Exception):
    """Something the user has to mend; the text says what and how."""


class Library(NamedTuple):
    """A shared library or program and the package that brings it on three families of Linux."""

    name: str
    apt: str
    dnf: str
    pacman: str


# What `import cv2` and Qt's xcb plugin load. The wheels bring the rest. Without these Qt says only
# "could not load the platform plugin xcb even though it was found".
LIBRARIES = (
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libglib-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", *["xcb-util-renderutil"] * 2),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-xinerama.so.0", "libxcb-xinerama0", "libxcb", "libxcb"),
)
FONTS = Library("a font", "fonts-dejavu-core", "dejavu-sans-fonts", "ttf-dejavu")
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
XVFB = Library("Xvfb", "xvfb", "xorg-x11-server-Xvfb", "xorg-server-xvfb")
XAUTH = Library("xauth", "xauth", "xorg-x11-xauth", "xorg-xauth")


# --- the system -----------------------------------------------------------------------------


def can_load(soname: str) -> bool:
    """Whether the dynamic linker finds the library, which is what will be asked of it later."""
    try:
        ctypes.CDLL(soname)
    except OSError:
        return False
    return True


def has_font() -> bool:
    """Whether any scalable font is installed; without one Qt draws no text at all."""
    for folder in FONT_FOLDERS:
        for _, _, names in os.walk(os.path.expanduser(folder)):
            if any(name.lower().endswith((".ttf", ".otf", ".ttc")) for name in names):
                return True
    return False


def missing_libraries(
    for_tests: bool,
    load: Callable[[str], bool] = can_load,
    which: Callable[[str], str | None] = shutil.which,
    font: Callable[[], bool] = has_font,
) -> list[Library]:
    """What this Linux lacks for the window, and with `for_tests` for the tests."""
    missing = [library for library in LIBRARIES if not load(library.name)]
    if not font():
        missing.append(FONTS)
    if for_tests:
        missing += [program for program in (XVFB, XAUTH) if which(program.name) is None]
    if importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        missing.append(Library("Python's venv module", package, "python3", "python"))
    return missing


def install_line(missing: Sequence[Library], which: Callable[[str], str | None]) -> str:
    """The one command that installs what is missing, for the package manager found here."""
    if which("apt-get") is None and which("dnf"):
        start, packages = "sudo dnf install", [library.dnf for library in missing]
    elif which("apt-get") is None and which("pacman"):
        start, packages = "sudo pacman -S --needed", [library.pacman for library in missing]
    else:
        start, packages = "sudo apt-get install", [library.apt for library in missing]
    return " ".join([start, *dict.fromkeys(packages)])


def missing_message(
    missing: Sequence[Library], which: Callable[[str], str | None] = shutil.which
) -> str:
    """Names what is missing and ends with the line to paste."""
    names = ", ".join(library.name for library in missing)
    line = install_line(missing, which)
    return f"Mien needs these from your system first: {names}. Install them with:\n\n    {line}\n"


def check_system(for_tests: bool) -> None:
    """Raise SetupError unless Python and the shared libraries are good enough."""
    if sys.version_info < MIN_PYTHON:
        have = ".".join(map(str, sys.version_info[:3]))
        raise SetupError(f"Mien needs Python 3.11 or newer; this is Python {have}.")
    if not sys.platform.startswith("linux") or os.environ.get("MIEN_SKIP_LIBRARY_CHECK"):
        return
    missing = missing_libraries(for_tests)
    if missing:
        raise SetupError(missing_message(missing))


def display_problem(
    args: Sequence[str],
    environ: Mapping[str, str],
    platform: str,
    command: str = "python3 run.py",
) -> str | None:
    """A sentence when a window cannot be shown here, None when nothing stands against it."""
    if not platform.startswith("linux"):
        return None
    if any(environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")):
        return None
    if {"--self-test", "--help", "-h", "--version"} & set(args):
        return None  # these show no window
    return (
        "Mien has a window and found no display: neither DISPLAY nor WAYLAND_DISPLAY is set. "
        "Start it from a desktop (over ssh: `ssh -X`), or check it with "
        f"`{command} --self-test`, which needs no display."
    )


# --- the environment --------------------------------------------------------------------------


def venv_program(name: str, venv: Path = VENV) -> Path:
    """Path of a program inside the environment."""
    if os.name == "nt":
        return venv / "Scripts" / f"{name}.exe"
    return venv / "bin" / name


def fingerprint(root: Path, cpu: bool) -> str:
    """Hash of everything that decides what is installed.

    The folder is part of it because an environment holds absolute paths: a moved one is stale.
    """
    digest = hashlib.sha256()
    facts = [str(root), sys.version, sys.platform, os.path.realpath(sys.base_prefix), str(cpu)]
    digest.update("\0".join(facts).encode())
    for name in INPUTS:
        digest.update(b"\0" + name.encode() + b"\0" + (root / name).read_bytes())
    return digest.hexdigest()


def read_stamp(path: Path) -> dict[str, object]:
    """What the last complete installation wrote; empty when there was none or it is damaged."""
    try:
        stamp = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def write_stamp(path: Path, key: str, cpu: bool, dev: bool) -> None:
    """Say that the installation is complete. Written last, and whole or not at all."""
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps({"key": key, "cpu": cpu, "dev": dev}), encoding="utf-8")
    os.replace(temporary, path)


def is_current(stamp: Mapping[str, object], key: str, dev: bool) -> bool:
    """Whether nothing has to be installed. An environment for tests also serves for starting."""
    return stamp.get("key") == key and (bool(stamp.get("dev")) or not dev)


def is_usable(venv: Path) -> bool:
    """Whether the environment runs this Python version and has a working pip."""
    python = venv_program("python", venv)
    if not python.exists():
        return False
    code = "import sys, pip; print('{}.{}'.format(*sys.version_info[:2]))"
    try:
        done = subprocess.run([str(python), "-c", code], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and done.stdout.strip() == "{}.{}".format(*sys.version_info[:2])


def make_venv(venv: Path) -> None:
    """Make the environment anew, in place of a half-made or outdated one."""
    if venv.exists():
        strangers = {entry.name for entry in venv.iterdir()} - VENV_PARTS
        if strangers:
            raise SetupError(
                f"{venv} is in the way and holds more than a Python environment "
                f"({', '.join(sorted(strangers)[:3])}): move it and run this again."
            )
    print(f"Making {venv.name} with Python {sys.version.split()[0]} ...", flush=True)
    command = [sys.executable, "-m", "venv", "--clear", str(venv)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SetupError(f"Python could not make {venv}:\n{(done.stdout + done.stderr).strip()}")


def pip_command(python: Path, dev: bool, cpu: bool) -> list[str]:
    """The installation; an editable one, so that a change to the code needs no second."""
    command = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["-c", "constraints.txt"]
    if cpu and sys.platform.startswith("linux"):  # elsewhere the usual build is a CPU build already
        command += ["--extra-index-url", CPU_INDEX]
    return [*command, "-e", ".[dev]" if dev else "."]


def explain_pip(errors: str) -> str:
    """Turn what pip said on stderr into a sentence that says what to do."""
    low = errors.lower()
    if "no space left" in low:
        return "The disk is full: Mien's packages need about 2 GB (8 GB with CUDA). Free some room."
    if any(sign in low for sign in OFFLINE_SIGNS):
        return (
            "The packages could not be downloaded: this machine seems to be offline, or a proxy is "
            "in the way. Connect once and run the same command again; after that no network is "
            "needed."
        )
    if "no matching distribution" in low or "requires a different python" in low:
        have = sys.version.split()[0]
        return (
            f"A package has no build for Python {have} on this system (pip names it above). "
            "Mien is tested with Python 3.11: try that one."
        )
    return "pip could not install Mien's packages; its message stands above."


def install(dev: bool, cpu: bool) -> None:
    """Run pip; its progress goes to the terminal, its errors also into our explanation."""
    print("Installing Mien's packages; the first time takes a minute or more ...", flush=True)
    environ = clean_environment()
    environ["PIP_RETRIES"] = environ.get("PIP_RETRIES", "2")  # offline: say so soon
    command = pip_command(venv_program("python"), dev, cpu)
    errors: list[str] = []
    with subprocess.Popen(
        command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True, errors="replace"
    ) as process:
        assert process.stderr is not None

        def forward(stream: Iterable[str]) -> None:
            for line in stream:
                errors.append(line)
                sys.stderr.write(line)

        reader = threading.Thread(target=forward, args=(process.stderr,))
        reader.start()
        status = process.wait()
        reader.join()
    if status:
        raise SetupError(explain_pip("".join(errors)))


def clean_environment() -> dict[str, str]:
    """The caller's environment without the settings that would mix in another Python's packages."""
    drop = ("PYTHONPATH", "PYTHONHOME", "__PYVENV_LAUNCHER__")
    return {name: value for name, value in os.environ.items() if name not in drop}


def set_up(dev: bool, cpu: bool) -> None:
    """Make .venv match setup.cfg and constraints.txt; costs nothing when it does already."""
    stamp = read_stamp(STAMP)
    cpu = cpu or bool(os.environ.get("MIEN_CPU")) or bool(stamp.get("cpu"))
    key = fingerprint(ROOT, cpu)
    if is_current(stamp, key, dev) and venv_program("python").exists():
        return
    # pip takes an installed CUDA torch for good enough, so a new choice needs a new environment.
    other_torch = bool(stamp) and bool(stamp.get("cpu")) != cpu
    dev = dev or bool(stamp.get("dev"))
    STAMP.unlink(missing_ok=True)
    if other_torch or not is_usable(VENV):
        make_venv(VENV)
    install(dev, cpu)
    write_stamp(STAMP, key, cpu, dev)


# --- what is asked for ------------------------------------------------------------------------


def call(command: Sequence[str | Path]) -> int:
    """Run a command in the project's folder; its exit status."""
    return subprocess.call([os.fspath(part) for part in command], cwd=ROOT, env=clean_environment())


def run_tests(args: Sequence[str]) -> int:
    """Checks first, then pytest, whose summary is the last line; nonzero when any failed."""
    python = venv_program("python")
    checks: dict[str, list[str | Path]] = {
        "ruff check": [python, "-m", "ruff", "check", "."],
        "mypy": [python, "-m", "mypy"],
        "lint-imports": [venv_program("lint-imports")],
    }
    failed = []
    for name, command in checks.items():
        print(f"== {name}", flush=True)
        if call(command):
            failed.append(name)
    if failed:
        print(f"== failed before the tests: {', '.join(failed)}", flush=True)
    print("== pytest", flush=True)
    if not args:  # the whole suite; a few tests are sooner done in one process
        args = ["-n", str(min(_MOST_WORKERS, os.cpu_count() or 1)), "--dist", "loadfile"]
    status = call([python, "-m", "pytest", *args])
    return status or int(bool(failed))


def absolute_files(args: Sequence[str], cwd: Path) -> list[str]:
    """Arguments that name existing files, made absolute: Mien starts in its own folder."""
    return [
        str(cwd / arg) if arg and not arg.startswith("-") and (cwd / arg).exists() else arg
        for arg in args
    ]


def start(args: Sequence[str]) -> int:
    """Start the program; its exit status (on POSIX this process becomes the program)."""
    command = [str(venv_program("python")), "-m", "app", *absolute_files(args, Path.cwd())]
    if os.name == "nt":
        return call(command)
    os.chdir(ROOT)
    os.execve(command[0], command, clean_environment())


def main(argv: Sequence[str]) -> int:
    """Take our own options from the front; the rest belongs to the program or to pytest."""
    rest = list(argv)
    ours: set[str] = set()
    while rest and rest[0] in ("--test", "--cpu", "--missing", "--help", "-h"):
        ours.add(rest.pop(0))
    if ours & {"--help", "-h"}:
        print(__doc__)
        return 0
    testing = "--test" in ours
    try:
        if "--missing" in ours:
            if sys.platform.startswith("linux"):
                for package in dict.fromkeys(lib.apt for lib in missing_libraries(testing)):
                    print(package)
            return 0
        check_system(testing)
        problem = None if testing else display_problem(rest, os.environ, sys.platform)
        if problem:
            raise SetupError(problem)
        set_up(dev=testing, cpu="--cpu" in ours)
        return run_tests(rest) if testing else start(rest)
    except SetupError as error:
        print(f"\n{error}", file=sys.stderr)
        return SETUP_FAILED
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
