"""How soon the window is there: ``python tests/benchmarks/bench_start.py [--program PATH]``.

Starts ``python -m app``, or a built program, several times in a home of its own and prints as JSON
the milliseconds from the start of the process to the first paint of splash and window: the median
and each start, and the processor time until then, which a busy machine changes less. The first
start, which fills the disk cache and makes the home, is not counted.
With ``--cold`` the program's files are dropped from the disk cache before each start (Linux; what
other running programs use stays there). Exit status 1: torch was imported before the window.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_LIMIT_S = 120


def start_once(command: list[str], environment: dict[str, str], report: Path) -> dict[str, float]:
    """Start the program; return ``splash_ms``, ``window_ms``, ``closed_ms`` and ``torch``.

    Raises:
        RuntimeError: It ended without showing a window.
    """
    report.unlink(missing_ok=True)
    started = time.time()
    done = subprocess.run(
        [*command, "--start-times", str(report)],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        timeout=_LIMIT_S,
    )
    closed = time.time()
    if done.returncode or not report.is_file():
        raise RuntimeError(f"no window:\n{done.stderr.decode(errors='replace')}")
    told = json.loads(report.read_text(encoding="utf-8"))
    times = {f"{name}_ms": (at - started) * 1000.0 for name, at in told["times"].items()}
    times |= {f"{name}_cpu_ms": used * 1000.0 for name, used in told["cpu"].items()}
    return {**times, "closed_ms": (closed - started) * 1000.0, "torch": told["torch"]}


def forget(folders: list[Path]) -> None:
    """Drop the files below ``folders`` from the disk cache."""
    os.sync()
    for folder in folders:
        for path in folder.rglob("*"):
            if not path.is_file():
                continue
            handle = os.open(path, os.O_RDONLY)
            try:
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)


def measure(program: Path | None, count: int, cold: bool) -> dict[str, object]:
    """Start ``count`` times and return the figures."""
    command = [str(program.resolve())] if program else [sys.executable, "-m", "app"]
    folders = [program.resolve().parent] if program else [Path(sys.prefix), ROOT]
    with tempfile.TemporaryDirectory() as name:
        environment = {**os.environ, "MIEN_HOME": str(Path(name, "home"))}
        if sys.platform.startswith("linux") and not os.environ.get("DISPLAY"):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        if program is None:
            # Compiled modules, as an installation has them, wherever this checkout may be.
            environment.pop("PYTHONDONTWRITEBYTECODE", None)
            environment |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(Path(name, "pyc"))}
        report = Path(name, "times.json")
        start_once(command, environment, report)
        starts = []
        for _ in range(count):
            if cold:
                forget(folders)
            starts.append(start_once(command, environment, report))
    figures: dict[str, object] = {
        "program": program.name if program else "python -m app",
        "cold": cold,
        "platform": environment.get("QT_QPA_PLATFORM") or "the screen's",
        "torch_imported": any(bool(one["torch"]) for one in starts),
    }
    for key in ("splash_ms", "window_ms", "closed_ms", "splash_cpu_ms", "window_cpu_ms"):
        figures[f"{key}_median"] = round(statistics.median(one[key] for one in starts))
        figures[key] = [round(one[key]) for one in starts]
    return figures


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=Path, help="a built program instead of python -m app")
    parser.add_argument("--count", type=int, default=5, help="number of starts [5]")
    parser.add_argument("--cold", action="store_true", help="with an empty disk cache")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    args = parser.parse_args()
    figures = measure(args.program, args.count, args.cold)
    text = json.dumps(figures, indent=1)
    print(text)
    if args.json:
        args.json.write_text(text + "\n", encoding="utf-8")
    return 1 if figures["torch_imported"] else 0


if __name__ == "__main__":
    sys.exit(main())
