"""Where files cannot be locked, as in some network home folders, all goes on without locks."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from filelock import FileLock, Timeout

from tests.core.correction_parts import make_correction
from tests.core.inference_helpers import write_clip, write_model
from tests.core.training_parts import ignore, never
from trainer import runs
from trainer.config import TrainConfig
from trainer.data.corrections import CorrectionStore
from trainer.data.dataset import ExpressionDataset
from trainer.data.library import DatasetEntry, Library
from trainer.inference.batch import BatchOptions
from trainer.inference.pipeline import PipelineSettings
from trainer.inference.queue import QueueRun
from trainer.inference.queue_file import DONE, QueueFile
from trainer.locks import held, hold
from trainer.run_queue import QueuedRun, RunQueue
from trainer.training import fit


def _unlocked(number: int) -> OSError:
    return OSError(number, os.strerror(number))


_REASONS = [
    NotImplementedError("this file system knows no locks"),
    _unlocked(errno.ENOLCK),
    _unlocked(errno.ENOSYS),
    _unlocked(errno.EOPNOTSUPP),
]


@pytest.fixture(params=_REASONS, ids=str)
def no_locks(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    def acquire(_lock: FileLock, timeout: float | None = None) -> None:
        raise request.param

    monkeypatch.setattr(FileLock, "acquire", acquire)


def test_a_lock_is_waited_for_and_given_back(tmp_path: Path) -> None:
    path = tmp_path / "a.lock"
    with held(path), pytest.raises(Timeout):
        hold(path)
    hold(path).release()


def test_a_lock_that_may_not_be_made_is_no_missing_feature(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises((NotADirectoryError, FileExistsError)):
        hold(tmp_path / "file" / "a.lock")


@pytest.mark.usefixtures("no_locks")
def test_the_queue_of_trainings_is_kept(tmp_path: Path) -> None:
    queue = RunQueue(tmp_path / "queue.json")
    queue.add([QueuedRun(TrainConfig(), key="mine")])
    queue.close()
    assert [run.key for run in RunQueue(queue.path).runs] == ["mine"]


@pytest.mark.usefixtures("no_locks")
def test_a_run_is_trained_and_resumed(
    tiny_model: str, demo: ExpressionDataset, tmp_path: Path
) -> None:
    config = TrainConfig(model=tiny_model, epochs=1, batch_size=20)
    folder = tmp_path / "run"
    folder.mkdir()
    fit(config, demo, ignore, never, run_dir=folder)
    fit(config.changed(epochs=2), demo, ignore, never, run_dir=folder, resume=True)
    run = runs.load_run(folder)
    assert len(run.history) == 2
    assert not run.is_training


@pytest.mark.usefixtures("no_locks")
def test_corrections_are_kept(tmp_path: Path) -> None:
    store = CorrectionStore(tmp_path / "mine")
    store.add(make_correction(1))
    store.add(make_correction(1, label="neutral"))
    assert [item.label for item in store.read().items] == ["neutral"]


@pytest.mark.usefixtures("no_locks")
def test_data_sets_are_remembered(tmp_path: Path) -> None:
    library = Library(tmp_path / "datasets.json")
    library.remember(DatasetEntry("Faces", tmp_path / "a", "image-folder"))
    library.rename("Faces", "Mine")
    library.remember(DatasetEntry("More", tmp_path / "b", "image-folder"))
    library.forget("More")
    assert [entry.name for entry in library.entries] == ["Mine"]


@pytest.mark.usefixtures("no_locks")
def test_a_list_of_videos_is_analysed(tmp_path: Path) -> None:
    queue = QueueFile(tmp_path / "out")
    queue.add([write_clip(tmp_path / "a.mp4")])
    weights = write_model(tmp_path / "tiny.onnx")
    QueueRun(queue, weights, PipelineSettings(), BatchOptions(queue.folder)).run()
    assert [item.state for item in queue.items()] == [DONE]
