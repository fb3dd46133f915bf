"""How well the Player keeps time: ``python tests/benchmarks/bench_player.py CLIP [--json F]``.

Plays the clip in a real window (under Xvfb where there is no screen) and prints the 95th
percentile of the presentation error, the late frames, and the longest time for which a
1-ms heartbeat on the GUI thread was held up, beside what a process that does nothing was. What
comes before the first frame, when the page changes, counts as opening. With ``--train`` a VGG-9
trains in the same window.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PyQt5.QtCore import QEventLoop, QObject, Qt, QTimer  # noqa: E402
from PyQt5.QtWidgets import QApplication  # noqa: E402

from app.__main__ import make_qt_app  # noqa: E402
from app.controllers.player import PlayerController  # noqa: E402
from app.settings import Settings  # noqa: E402
from app.theme import Theme  # noqa: E402
from app.workers.base import WorkerThread  # noqa: E402
from app.workers.default_pipeline import build  # noqa: E402
from app.workers.playback_parts import PlaybackServices  # noqa: E402
from app.workers.preload import PreloadWorker  # noqa: E402
from app.workers.training import TrainingOrder, TrainingWorker  # noqa: E402
from tests.benchmarks.machine import Machine  # noqa: E402
from trainer.config import TrainConfig  # noqa: E402
from trainer.data.demo import generate_demo  # noqa: E402
from trainer.events import StepFinished  # noqa: E402
from ui.player_tab import PlayerTab  # noqa: E402


class Heartbeat(QObject):
    """A timer of 1 ms that remembers how long it was held up."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin to listen."""
        self._last = time.perf_counter()
        self._timer.start(1)

    def stop(self) -> None:
        """Stop listening."""
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps_ms.append((now - self._last) * 1000.0 - 1.0)
        self._last = now


@contextmanager
def training(folder: Path) -> Iterator[None]:
    """Train VGG-9 on drawn faces, as the Train tab does, while the context is open."""
    data = generate_demo(folder / "demo.csv")
    config = TrainConfig(model="vgg9_bn", epochs=1000, threads=1)
    worker = TrainingWorker(TrainingOrder(data, config, folder / "runs"))
    thread = WorkerThread(worker)
    loop = QEventLoop()

    def begun(event: object) -> None:
        if isinstance(event, StepFinished):
            loop.quit()

    worker.event_announced.connect(begun)
    worker.finished.connect(loop.quit)
    thread.start()
    loop.exec_()
    try:
        yield
    finally:
        thread.stop_and_wait()


def run(
    clip: Path, weights: Path | None, seconds: float, size: tuple[int, int], app: QApplication
) -> dict[str, float]:
    """Play ``clip`` for at most ``seconds`` and return the figures."""
    Theme(app).apply("light")
    tab = PlayerTab()
    tab.resize(*size)
    services = PlaybackServices(make_pipeline=lambda path: build(path or weights))
    with tempfile.TemporaryDirectory() as folder:
        player = PlayerController(tab, Settings(Path(folder) / "s.ini"), services=services)
        heart, machine = Heartbeat(), Machine()
        problems: list[str] = []
        player.failed.connect(problems.append)
        player.failed.connect(lambda _sentence: app.quit())
        player.playing_changed.connect(lambda on: None if on else app.quit())

        opening_ms: list[float] = []

        def begin(_page: int) -> None:
            # Importing libraries and loading the model happens once, before the page changes;
            # the change itself counts, from the last beat before it.
            tab.pages.currentChanged.disconnect(begin)
            heart.gaps_ms.clear()
            machine.begin()

        def play(_result: object) -> None:
            player.frame_shown.disconnect(play)
            opening_ms.extend(heart.gaps_ms)
            heart.gaps_ms.clear()

        tab.pages.currentChanged.connect(begin)
        player.frame_shown.connect(play)
        heart.start()
        tab.show()
        QTimer.singleShot(0, lambda: player.open_file(clip))
        QTimer.singleShot(round(seconds * 1000), app.quit)
        app.exec_()
        heart.stop()
        beside = machine.end()
        cadence = player.presenter.current.pace.detect_every if player.presenter.current else 0
        player.shutdown()
    gaps = sorted(heart.gaps_ms) or [0.0]
    if problems:
        print(problems[0], file=sys.stderr)
        sys.exit(2)
    return {
        **player.stats.to_dict(),
        "longest_gui_block_opening_ms": round(max(opening_ms, default=0.0), 3),
        "longest_gui_block_ms": round(gaps[-1], 3),
        "gui_blocks_over_16_ms": sum(gap > 16.0 for gap in gaps),
        "p99_gui_block_ms": round(gaps[int(0.99 * (len(gaps) - 1))], 3),
        **beside,
        "detect_every": cadence,
    }


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--weights", type=Path, help="ONNX model; the shipped one if left out")
    parser.add_argument("--seconds", type=float, default=20.0, help="play at most so long")
    parser.add_argument("--size", default="1366x768", help="size of the Player in pixels")
    parser.add_argument("--json", type=Path, help="also write the figures here")
    parser.add_argument("--train", action="store_true", help="while a network trains")
    args = parser.parse_args()
    width, height = (int(part) for part in args.size.split("x"))
    if args.train:
        PreloadWorker().work()  # the window has done that before a training can start
    application = make_qt_app()
    with tempfile.TemporaryDirectory() as folder:
        beside = training(Path(folder)) if args.train else nullcontext()
        with beside:
            figures = run(args.clip, args.weights, args.seconds, (width, height), application)
    text = json.dumps({"clip": args.clip.name, "training": args.train, **figures}, indent=2)
    print(text)
    if args.json:
        args.json.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
