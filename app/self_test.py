"""``python -m app --self-test``: does everything that the program needs work here?

Every tab's work is done once, in a temporary home, off screen, without network. The checks
are in :mod:`app.self_test_core`, :mod:`app.self_test_tools` and :mod:`app.self_test_windows`.
"""

from __future__ import annotations

import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from app.log import log_trouble, versions
from app.paths import log_file, reason_of, settings_file
from trainer.errors import MienError
from trainer.files import write_text
from trainer.paths import cache_dir, data_dir, runs_dir

log = logging.getLogger(__name__)
_REPORT = "self-test.txt"


class Report:
    """Prints line by line and keeps the lines, for a bundle that has no console."""

    def __init__(self) -> None:
        self._lines: list[str] = []

    def say(self, line: str) -> None:
        """Print a line on whatever there is; a terminal may lack letters of a path."""
        self._lines.append(line)
        if sys.stdout is None:
            return
        encoding = sys.stdout.encoding or "ascii"
        print(line.encode(encoding, "backslashreplace").decode(encoding), flush=True)

    def save(self, path: Path) -> None:
        """Keep the report beside the log."""
        try:
            write_text(path, "\n".join(self._lines) + "\n")
        except OSError as error:
            self.say(f"the report cannot be kept in {path}: {reason_of(error)}")


def run_self_test() -> int:
    """Print a report; return 0 when everything works, else 1."""
    report, started = Report(), time.monotonic()
    _say_where(report)
    keep = log_file().with_name(_REPORT)
    with (
        tempfile.TemporaryDirectory(prefix="mien-self-test-", ignore_cleanup_errors=True) as name,
        _temporary_home(Path(name)),
    ):
        failures = _run_checks(report, Path(name))
    seconds = time.monotonic() - started
    report.say(
        f"self-test passed in {seconds:.0f} s, {time.process_time():.0f} s of them at work"
        if not failures
        else f"self-test: {failures} checks failed"
    )
    report.save(keep)
    return 1 if failures else 0


def _say_where(report: Report) -> None:
    for name, version in versions().items():
        report.say(f"  {name}: {version}")
    places = (
        ("settings", settings_file()),
        ("log", log_file()),
        ("data", data_dir()),
        ("runs", runs_dir()),
        ("cache", cache_dir()),
    )
    for name, path in places:
        report.say(f"  {name}: {path}")
    if log_trouble.error is not None:
        report.say(f"  the log cannot be written: {reason_of(log_trouble.error)}")


def _run_checks(report: Report, folder: Path) -> int:
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.self_test_core import CoreChecks
    from app.self_test_tools import ToolChecks
    from app.self_test_windows import WindowChecks

    core, windows = CoreChecks(folder), WindowChecks()
    tools = ToolChecks(core, folder)
    checks = (
        ("weights", core.weights),
        ("detector", core.detector),
        ("classifier", core.classifier),
        ("window", windows.window),
        ("player", windows.player),
        ("whole video", tools.whole_video),
        ("predict", core.predict),
        ("data set", core.dataset),
        ("image check", tools.images),
        ("training", core.training),
        ("evaluation", core.evaluation),
        ("comparison", core.comparison),
        ("second run", tools.second_run),
        ("report", tools.report),
        ("heat map", tools.heat_map),
        ("ImageNet", tools.imagenet),
        ("export", core.export),
        ("int8", core.int8),
    )
    failures = 0
    for name, check in checks:
        begun = time.monotonic()
        try:
            found = check()
        # A fault of any kind is the finding that this report is for.
        except Exception as error:
            failures += 1
            log.exception("the self-test's check of %s failed", name)
            kind = "" if isinstance(error, MienError) else f"{type(error).__name__}: "
            report.say(f"FAIL  {name}: {kind}{error}")
        else:
            report.say(f"ok    {name}: {found} ({time.monotonic() - begun:.1f} s)")
    return failures


@contextmanager
def _temporary_home(folder: Path) -> Iterator[None]:
    """Let all of Mien's own files go into ``folder``: nothing of the user's is touched."""
    before = os.environ.get("MIEN_HOME")
    os.environ["MIEN_HOME"] = str(folder / "home")
    try:
        yield
    finally:
        if before is None:
            del os.environ["MIEN_HOME"]
        else:
            os.environ["MIEN_HOME"] = before
