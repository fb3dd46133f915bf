"""Does training in a thread of the window disturb it more than in a process of its own?

    QT_QPA_PLATFORM=offscreen python -m tests.benchmarks.bench_thread_or_process [--seconds 12]

A precise 33 ms timer, as the Player's, copies a 1280 x 720 picture each time while VGG-9 trains
not at all, in a QThread (one and two threads of PyTorch), in one of lower priority, and in a
process at nice 10. The ways are tried in turns; what counts is how they compare within one run.
Prints JSON: the interval between two ticks and the time one tick took (ms, median, p99, largest),
and the speed of the training.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial

import numpy as np
from PyQt5.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, Qt, QThread, QTimer
from PyQt5.QtGui import QGuiApplication, QImage

from app.workers.priority import lower_this_thread

PERIOD_MS = 33
BATCH = 32


def train(seconds: float, threads: int, on_start: Callable[[], None]) -> float:
    """Train for about ``seconds`` after a warm-up; return images a second."""
    import torch

    from trainer.config import TrainConfig
    from trainer.device import place
    from trainer.errors import OperationCancelled
    from trainer.events import StepFinished
    from trainer.models import create_model, model_info
    from trainer.training.loop import Samples, TrainState, make_optimizer, train_one_epoch

    torch.set_num_threads(threads)
    count = 100 * BATCH
    config = TrainConfig(model="vgg9_bn", batch_size=BATCH, lr=1e-3, ema_decay=0.0)
    samples = Samples(
        torch.randint(0, 256, (count, 1, 48, 48), dtype=torch.uint8),
        torch.randint(0, 7, (count,)),
        torch.arange(count),
        7,
    )
    model = place(create_model("vgg9_bn"))
    state = TrainState(model, make_optimizer(model, config), None, torch.device("cpu"))
    speed, end = 0.0, 0.0

    def on_step(event: StepFinished) -> None:
        nonlocal speed, end
        if end == 0.0:
            end = time.perf_counter() + seconds
            on_start()
        speed = event.images_per_second

    try:
        train_one_epoch(
            state, samples, 0, config, model_info("vgg9_bn").preprocessing, on_step,
            lambda: 0.0 < end < time.perf_counter(),
        )  # fmt: skip
    except OperationCancelled:
        pass
    return speed


class Ticks:
    """Runs the timer and keeps how late and how long its ticks were."""

    def __init__(self) -> None:
        self.intervals: list[float] = []
        self.durations: list[float] = []

    def watch(self, seconds: float) -> None:
        """Let the event loop run for that long."""
        loop, timer, clock = QEventLoop(), QTimer(), QElapsedTimer()
        pixels = np.zeros((720, 1280, 3), np.uint8)
        last = -1

        def tick() -> None:
            nonlocal last
            now = clock.nsecsElapsed()
            if last >= 0:
                self.intervals.append((now - last) / 1e6)
            last = now
            QImage(pixels.data, 1280, 720, 3840, QImage.Format_RGB888).copy()
            self.durations.append((clock.nsecsElapsed() - now) / 1e6)

        timer.setTimerType(Qt.PreciseTimer)
        timer.timeout.connect(tick)
        QTimer.singleShot(int(1000 * seconds), loop.quit)
        clock.start()
        timer.start(PERIOD_MS)
        loop.exec_()
        timer.stop()

    def summary(self) -> dict[str, dict[str, float]]:
        """Return median, p99 and largest."""
        return {
            name: {
                "median": round(float(np.median(values)), 2),
                "p99": round(float(np.percentile(values, 99)), 2),
                "max": round(max(values), 2),
            }
            for name, values in (("interval_ms", self.intervals), ("tick_ms", self.durations))
        }


class TrainingThread(QThread):
    """Trains as the window does."""

    def __init__(self, seconds: float, threads: int, *, yielding: bool) -> None:
        super().__init__()
        self._seconds, self._threads, self._yielding = seconds, threads, yielding
        self.started_training = threading.Event()
        self.speed = 0.0

    def run(self) -> None:
        if self._yielding:
            lower_this_thread()
        self.speed = train(self._seconds, self._threads, self.started_training.set)


def _wait(done: Callable[[], bool]) -> None:
    while not done():
        QCoreApplication.processEvents(QEventLoop.AllEvents, 20)
        time.sleep(0.02)


def in_thread(seconds: float, threads: int, ticks: Ticks, *, yielding: bool = False) -> float:
    """Measure beside a training in a QThread, at lower priority if ``yielding``."""
    worker = TrainingThread(seconds, threads, yielding=yielding)
    worker.start()
    _wait(worker.started_training.is_set)
    ticks.watch(seconds)
    worker.wait()
    return worker.speed


def in_process(seconds: float, threads: int, ticks: Ticks) -> float:
    """Measure beside a training in a process at nice 10."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_thread_or_process", "--worker"]
    command += ["--threads", str(threads), "--seconds", str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        process.stdout.readline()
        ticks.watch(seconds)
        return float(process.stdout.readline())


def alone(seconds: float, _threads: int, ticks: Ticks) -> float:
    """Measure without a training."""
    ticks.watch(seconds)
    return 0.0


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=12)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--only", nargs="+", metavar="WAY", help="e.g. 'no training' 'thread, 1'")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--threads", type=int, default=1, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.worker:
        os.nice(10)
        speed = train(args.seconds, args.threads, lambda: print("started", flush=True))
        print(speed, flush=True)
        return
    application = QGuiApplication([])
    ways: dict[str, tuple[Callable[[float, int, Ticks], float], int]] = {
        "no training": (alone, 0),
        "thread, 1": (in_thread, 1),
        "process, 1": (in_process, 1),
        "yielding thread, 1": (partial(in_thread, yielding=True), 1),
        "thread, 2": (in_thread, 2),
        "yielding thread, 2": (partial(in_thread, yielding=True), 2),
    }
    ways = {name: way for name, way in ways.items() if args.only is None or name in args.only}
    ticks = {name: Ticks() for name in ways}
    speeds: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(args.rounds):
        for name, (way, threads) in ways.items():
            speeds[name].append(round(way(args.seconds, threads, ticks[name]), 1))
    print(
        json.dumps(
            {name: {**ticks[name].summary(), "images_per_second": speeds[name]} for name in ways}
            | {"cores": os.cpu_count(), "load": os.getloadavg()},
            indent=1,
        )
    )
    application.quit()


if __name__ == "__main__":
    main()
