"""How long the window is held up while it trains: the Train tab alone.

    python -m tests.benchmarks.bench_training_window [--data D] [--model vgg9_bn] [--seconds 30]

Starts a training in the Train tab of a real window (under Xvfb where there is no screen) and
listens from its first step on. Prints JSON: the longest time for which a 1-ms heartbeat on the
GUI thread was held up and how often it was for more than 16 ms, the same for a process that does
nothing, and what was trained meanwhile.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from pathlib import Path

from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QApplication

from app.__main__ import make_qt_app
from tests.benchmarks.bench_player import Heartbeat
from tests.benchmarks.machine import Machine
from trainer.data.demo import generate_demo


def train(
    data: Path, model: str, seconds: float, home: Path, app: QApplication
) -> dict[str, object]:
    """Train in the window for so long; return the figures."""
    from app.application import Application
    from app.settings import Settings

    program = Application(app, Settings(home / "s.ini"), "en", "light")
    program.window.resize(1366, 768)
    program.settings.last_tab = "training"
    program.start()
    program.training.choose_dataset(data)
    tab, heart, machine = program.training._tab, Heartbeat(), Machine()
    tab.form.model_combo.setCurrentIndex(tab.form.model_combo.findData(model))
    program.training.run_finished.connect(lambda *_: app.quit())

    def begin() -> None:
        tab.start_button.click()
        heart.start()
        machine.begin()
        QTimer.singleShot(round(seconds * 1000), app.quit)

    # PyTorch is there when somebody has chosen settings.
    assert program._preload is not None
    program._preload.finished.connect(lambda: QTimer.singleShot(0, begin))
    app.exec_()
    heart.stop()
    beside = machine.end()
    epochs = tab.plots.epoch_model.rowCount()
    program.shutdown()
    gaps = sorted(heart.gaps_ms) or [0.0]
    return {
        "model": model,
        "seconds": seconds,
        "epochs_done": epochs,
        "longest_gui_block_ms": round(gaps[-1], 1),
        "gui_blocks_over_16_ms": sum(gap > 16.0 for gap in gaps),
        "ten_longest_ms": [round(gap, 1) for gap in gaps[:-11:-1]],
        "p99_gui_block_ms": round(gaps[int(0.99 * (len(gaps) - 1))], 2),
        **beside,
    }


def main() -> int:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="a data set; drawn faces if left out")
    parser.add_argument("--model", default="vgg9_bn")
    parser.add_argument("--seconds", type=float, default=30.0)
    args = parser.parse_args()
    app = make_qt_app()
    with tempfile.TemporaryDirectory() as name:
        os.environ["MIEN_HOME"] = str(Path(name, "home"))
        data = args.data or generate_demo(Path(name, "demo.csv"))
        figures = train(data, args.model, args.seconds, Path(name), app)
    print(json.dumps(figures, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
