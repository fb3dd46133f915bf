"""What opening a data set costs the window: ``python tests/benchmarks/bench_dataset_window.py``.

    --data FILE    a real data set, or
    --rows N       N generated rows in the form of FER2013 (1,000,000 stand for "much too many")

Opens it in the real window (under Xvfb where there is no screen), goes through the pages, scrolls
the grid, and prints as JSON how long a 1-ms heartbeat on the GUI thread was held up meanwhile and
how much memory the process took on top of the empty program.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tests.benchmarks.bench_player import Heartbeat  # noqa: E402
from tools.take_screenshots import Condition, Script, pause  # noqa: E402

_BLOCK = 1000
_SCROLLS = 60


def write_rows(path: Path, count: int) -> None:
    """Write a packed CSV of ``count`` simple pictures; blocks repeat, so that it is made soon."""
    random_values = [(37 * row + 11) % 251 for row in range(_BLOCK)]
    with open(path, "wb") as stream:
        stream.write(gzip.compress(b"emotion,pixels,Usage\n"))
        rows = []
        for row, value in enumerate(random_values):
            pixels = " ".join(
                str((value + column // 48 * (row % 3)) % 256) for column in range(2304)
            )
            usage = "Training" if row % 10 else "PublicTest"
            rows.append(f"{row % 7},{pixels},{usage}\n".encode())
        block = gzip.compress(b"".join(rows), compresslevel=9)
        for _ in range(count // _BLOCK):
            stream.write(block)


def memory_mb(peak: bool = False) -> float:
    """Resident memory of this process, now or at most, in MB."""
    if peak:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def run(data: Path) -> dict[str, float]:
    """Open ``data`` in the program and return the figures."""
    from app.__main__ import make_qt_app
    from app.application import Application
    from app.paths import settings_file
    from app.settings import Settings
    from trainer.data.library import DatasetEntry, Library

    qt_app = make_qt_app()
    program = Application(qt_app, Settings(settings_file()), "en", "light")
    heart = Heartbeat()
    figures: dict[str, float] = {}

    def finish(status: int) -> None:
        program.shutdown()
        program.window.close_now()
        qt_app.exit(status)

    def longest() -> float:
        gaps, heart.gaps_ms = heart.gaps_ms or [0.0], []
        return round(max(gaps), 1)

    def steps() -> Iterator[Condition]:
        program.window.show_tab("dataset")
        import torch  # noqa: F401  (its import is the one hitch that no data set causes)

        yield pause(2000)
        figures["memory_before_mb"] = round(memory_mb())
        # As one that was opened before: the summary would wait for somebody to accept it.
        Library().remember(DatasetEntry(data.name, data, "fer2013"))
        heart.start()
        started = time.perf_counter()
        program.dataset.open_dataset(data)
        yield lambda: program.dataset._tab.state.samples is not None
        figures["seconds_to_open"] = round(time.perf_counter() - started, 1)
        figures["longest_block_while_reading_ms"] = longest()
        yield lambda: not program.dataset.is_reading()
        figures["seconds_until_summed_up"] = round(time.perf_counter() - started, 1)
        figures["longest_block_while_summing_up_ms"] = longest()
        tab = program.dataset._tab
        figures["images"] = len(tab.state.samples)
        tab.show_page("images")
        yield pause(1500)
        figures["longest_block_showing_images_ms"] = longest()
        bar = tab.images_page.grid.verticalScrollBar()
        for step in range(_SCROLLS):
            bar.setValue(bar.maximum() * step // _SCROLLS)
            yield pause(16)
        figures["longest_block_scrolling_ms"] = longest()
        figures["memory_added_mb"] = round(memory_mb() - figures["memory_before_mb"])
        figures["memory_peak_mb"] = round(memory_mb(peak=True))

    program.start()
    program.window.resize(1366, 768)
    script = Script(steps(), finish)
    script.start()
    status = qt_app.exec_()
    if status:
        raise SystemExit(status)
    return figures


def main() -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--rows", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MIEN_HOME"] = folder
        data = args.data
        if data is None:
            data = Path(folder) / "rows.csv.gz"
            write_rows(data, max(args.rows, _BLOCK))
        print(json.dumps(run(data), indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
