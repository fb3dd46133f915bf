"""What the window imports early, so that nothing large is imported while a training runs."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.workers.base import WorkerThread
from app.workers.preload import PreloadWorker

ROOT = Path(__file__).resolve().parents[2]

_TRAIN = """\
import json, sys
from pathlib import Path
from app.workers.preload import PreloadWorker
PreloadWorker().work()
from trainer.config import TrainConfig
from trainer.data import load_dataset
from trainer.data.demo import generate_demo
from trainer.training import fit
folder = Path(sys.argv[1])
before = set(sys.modules)
data = load_dataset(generate_demo(folder / "demo.csv"))
config = TrainConfig(model="lenet", epochs=1, threads=1, train_limit=128, val_limit=64)
fit(config, data, lambda _event: None, lambda: False, run_dir=folder / "run")
print(json.dumps(sorted(set(sys.modules) - before)))
"""


def test_a_training_imports_nothing_large_any_more(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _TRAIN, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    late = json.loads(done.stdout.splitlines()[-1])
    # 2,000 without the preload: PyTorch's compiler, SymPy, SciPy, scikit-learn, pandas.
    assert len(late) < 40, late


def test_the_device_is_known_before_the_rest_is_there(qtbot: QtBot) -> None:
    worker = PreloadWorker()
    told: list[str] = []
    worker.device_known.connect(lambda text, _wasted: told.append(text))
    thread = WorkerThread(worker)
    with qtbot.waitSignal(worker.finished, timeout=60_000):
        thread.start()
    thread.stop_and_wait()
    assert len(told) == 1
    assert "torch._dynamo" in sys.modules
