"""A run that is killed, finds a full disk or runs out of memory can go on and loses nothing."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors import SafetensorError

import trainer.weights
from tests.core.training_parts import ignore, never
from trainer import device, runs
from trainer.config import TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.errors import MienError, OutOfMemory, TrainingError
from trainer.events import EpochFinished, StepFinished, TrainingEvent
from trainer.files import remove_leftovers
from trainer.training import fit, fit_seeds
from trainer.training.failures import is_out_of_memory
from trainer.training.loop import TrainState
from trainer.weights import load_weights


@pytest.fixture
def config(tiny_model: str) -> TrainConfig:
    return TrainConfig(model=tiny_model, epochs=3, batch_size=20, lr=0.05, seed=1)


def run(config: TrainConfig, dataset: ExpressionDataset, folder: Path, **options: Any) -> None:
    folder.mkdir(exist_ok=True)
    fit(config, dataset, options.pop("on_event", ignore), never, run_dir=folder, **options)


def saved(folder: Path) -> dict[str, Any]:
    return torch.load(folder / runs.CHECKPOINT, weights_only=True)


def assert_same_state(one: Path, other: Path) -> None:
    for part in ("model", "average"):
        first, second = saved(one)[part], saved(other)[part]
        assert (first is None) == (second is None)
        for name, value in (first or {}).items():
            assert torch.equal(value, second[name]), (part, name)


@pytest.mark.parametrize(
    "values",
    [
        {"mixup": 0.3, "sampler": "weighted", "class_weights": "balanced", "ema_decay": 0.9},
        {"ema_decay": 0.0, "balance": {"disgust": 2}, "augment_ramp_epochs": 0.0},
    ],
)
def test_resuming_gives_the_same_bits(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path, values: dict[str, Any]
) -> None:
    config = config.changed(**values)
    run(config, demo, tmp_path / "whole")
    stop = False

    def on_event(event: TrainingEvent) -> None:
        nonlocal stop
        stop = isinstance(event, StepFinished) and event.epoch == 1

    (tmp_path / "parts").mkdir()
    fit(config, demo, on_event, lambda: stop, run_dir=tmp_path / "parts")
    assert len(runs.load_run(tmp_path / "parts").history) == 1
    run(config, demo, tmp_path / "parts", resume=True)
    assert_same_state(tmp_path / "whole", tmp_path / "parts")


KILLED = """
import os, signal, sys
from pathlib import Path
import torch
from trainer.config import TrainConfig
from trainer.data import load_dataset
from trainer.events import StepFinished
from trainer.training import fit

def die():
    os.kill(os.getpid(), signal.SIGKILL)

def on_event(event):
    if isinstance(event, StepFinished) and event.epoch == 1 and sys.argv[3] == "epoch":
        die()

saved = torch.save
def half(content, stream):
    if len(content.get("history", ())) == 2:
        stream.write(b"PK half of a checkpoint")
        stream.flush()
        die()
    saved(content, stream)
if sys.argv[3] == "checkpoint":
    torch.save = half

data, folder = Path(sys.argv[1]), Path(sys.argv[2])
config = TrainConfig.load(folder / "asked.yaml")
fit(config, load_dataset(data, cache_dir=folder), on_event, lambda: False, run_dir=folder)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("moment", ["epoch", "checkpoint"])
def test_a_killed_run_goes_on_to_the_same_weights(
    demo_csv: Path, demo: ExpressionDataset, tmp_path: Path, moment: str
) -> None:
    config = TrainConfig(model="lenet", epochs=2, batch_size=70, lr=0.02, threads=1)
    folder = tmp_path / "killed"
    folder.mkdir()
    config.save(folder / "asked.yaml")
    command = [sys.executable, "-c", KILLED, str(demo_csv), str(folder), moment]
    ended = subprocess.run(command, capture_output=True, cwd=Path.cwd(), check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()

    assert len(saved(folder)["history"]) == 1
    assert runs.load_run(folder).can_resume
    assert load_weights(folder / runs.WEIGHTS)[1].architecture == "lenet"
    run(config, demo, folder, resume=True)
    run(config, demo, tmp_path / "whole")
    assert_same_state(tmp_path / "whole", folder)
    # What the killed process was writing is swept away at the next start.
    remove_leftovers([tmp_path])
    assert not [path for path in folder.iterdir() if path.name.startswith(".")]


def test_a_full_disk_keeps_the_last_checkpoint_and_says_what_to_do(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = torch.save

    def full(content: Any, stream: Any) -> None:
        if len(content["history"]) == 2:
            stream.write(b"half")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        original(content, stream)

    monkeypatch.setattr(torch, "save", full)
    with pytest.raises(TrainingError, match="No space left.*free some space") as caught:
        run(config, demo, tmp_path / "run")
    assert "\n" not in str(caught.value)
    assert len(saved(tmp_path / "run")["history"]) == 1
    assert runs.load_run(tmp_path / "run").can_resume
    monkeypatch.undo()
    assert not list((tmp_path / "run").glob(".last*"))


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
@pytest.mark.parametrize("name", [runs.CHECKPOINT, runs.PREDICTIONS])
def test_every_large_file_reports_a_full_disk_as_such(
    config: TrainConfig,
    demo: ExpressionDataset,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
) -> None:
    """The writers of PyTorch and NumPy meet a device that is full."""
    import tempfile

    original = tempfile.mkstemp

    def mkstemp(prefix: str, suffix: str, dir: Path) -> tuple[int, str]:
        handle, path = original(prefix=prefix, suffix=suffix, dir=dir)
        if prefix.startswith(f".{Path(name).stem}-") and suffix == Path(name).suffix:
            os.unlink(path)
            os.symlink("/dev/full", path)
        return handle, path

    monkeypatch.setattr(tempfile, "mkstemp", mkstemp)
    with pytest.raises(TrainingError, match="No space left"):
        run(config, demo, tmp_path / "run")


def test_weights_that_find_the_disk_full_are_reported_as_such(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words are the library's own, from a file system of 200 kB."""

    def full(*_args: Any, **_options: Any) -> None:
        text = "Error while serializing: I/O error: No space left on device (os error 28)"
        raise SafetensorError(text)

    monkeypatch.setattr(trainer.weights, "save_file", full)
    with pytest.raises(TrainingError, match="No space left.*free some space"):
        run(config, demo, tmp_path / "run")


@pytest.mark.parametrize(
    "error", [BrokenPipeError(), PermissionError(errno.EACCES, "denied", "/somewhere/else")]
)
def test_what_is_not_about_the_run_is_not_blamed_on_its_folder(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path, error: OSError
) -> None:
    def on_event(event: TrainingEvent) -> None:
        raise error

    with pytest.raises(type(error)):
        run(config, demo, tmp_path / "run", on_event=on_event)


def starved(limit: int, error: Exception) -> Callable[..., Any]:
    """Stand in for the optimizer: updates of more than ``limit`` images find no memory."""
    from trainer.training import loop

    original = loop._update

    def update(state: TrainState, inputs: torch.Tensor, *rest: Any) -> Any:
        if len(inputs) > limit:
            raise error
        return original(state, inputs, *rest)

    return update


@pytest.mark.parametrize(
    "error",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried ..."),
        MemoryError(),
    ],
)
def test_out_of_memory_offers_a_smaller_batch_and_keeps_the_run(
    config: TrainConfig,
    demo: ExpressionDataset,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    monkeypatch.setattr("trainer.training.loop._update", starved(10, error))
    with pytest.raises(OutOfMemory, match="batches of 10") as caught:
        run(config, demo, tmp_path / "run")
    assert caught.value.suggested_batch_size == 10
    # Even in the first epoch, before there is a checkpoint, the run can go on.
    smaller = config.changed(batch_size=10)
    run(smaller, demo, tmp_path / "run", resume=True)
    assert runs.load_run(tmp_path / "run").state == "finished"


def test_other_faults_are_not_taken_for_want_of_memory(
    config: TrainConfig,
    demo: ExpressionDataset,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert not is_out_of_memory(RuntimeError("shapes do not match"))
    fault = RuntimeError("shapes do not match")
    monkeypatch.setattr("trainer.training.loop._update", starved(0, fault))
    with pytest.raises(RuntimeError, match="shapes"):
        run(config, demo, tmp_path / "run")


def test_seeds_are_summed_up_and_what_is_done_is_not_done_again(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    config = config.changed(epochs=2)
    base = tmp_path / "three"
    epochs: list[EpochFinished] = []

    def on_event(event: TrainingEvent) -> None:
        if isinstance(event, EpochFinished):
            epochs.append(event)

    stopped = fit_seeds(config, demo, [0, 1], on_event, lambda: len(epochs) == 3, base=base)
    assert [folder.name for folder in stopped.runs] == ["three_seed0"]
    summary = fit_seeds(config, demo, [0, 1], on_event, never, base=base)
    assert len(epochs) == 4  # two runs of two epochs, none of them twice
    assert [folder.name for folder in summary.runs] == ["three_seed0", "three_seed1"]
    one, other = summary.accuracies
    assert summary.mean == pytest.approx((one + other) / 2)
    assert summary.deviation == pytest.approx(abs(one - other) / 2**0.5)
    with pytest.raises(TrainingError, match="other settings"):
        fit_seeds(config.changed(lr=0.01), demo, [0], on_event, never, base=base)
    with pytest.raises(TrainingError, match="different seeds"):
        fit_seeds(config, demo, [1, 1], on_event, never, base=base)


def test_a_gpu_is_never_left_unused_in_silence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    monkeypatch.setattr(torch.version, "cuda", None)
    monkeypatch.setattr(torch.version, "hip", None)
    monkeypatch.setattr(device, "_nvidia_card", lambda: False)
    assert device.choose_device().text == "CPU (this PyTorch is a CPU build)"
    assert not device.choose_device().wasted
    monkeypatch.setattr(device, "_nvidia_card", lambda: True)
    assert "there is an NVIDIA GPU" in device.choose_device().text
    assert device.choose_device().wasted
    assert not device.choose_device("cpu").wasted
    with pytest.raises(TrainingError, match="cuda cannot be used: there is an NVIDIA GPU"):
        device.choose_device("cuda")
    with pytest.raises(TrainingError, match="no device 'tpu'"):
        device.choose_device("tpu")


def test_a_gpu_is_taken_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "current_device", lambda: 0)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 1)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda index: "Stand-in 9000")
    assert device.choose_device().text == "GPU 0 (Stand-in 9000)"
    assert str(device.choose_device("cuda:0").device) == "cuda:0"
    with pytest.raises(TrainingError, match="1 GPU that PyTorch can use"):
        device.choose_device("cuda:1")


def test_a_run_that_cannot_be_locked_is_told_like_one_that_cannot_be_written(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    (tmp_path / "run" / runs.LOCK).mkdir(parents=True)
    with pytest.raises(TrainingError, match="cannot be written to .*run"):
        run(config, demo, tmp_path / "run")


def test_a_training_that_fails_before_it_begins_leaves_no_folder(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    missing = config.changed(init_weights=str(tmp_path / "not_there.safetensors"))
    with pytest.raises(MienError, match="not_there"):
        run(missing, demo, tmp_path / "run")
    assert not (tmp_path / "run").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("kept")
    with pytest.raises(MienError, match="not_there"):
        run(missing, demo, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["notes.txt"]
