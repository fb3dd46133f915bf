"""What a run goes on with, and when there is nothing to go on with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from tests.core.training_parts import ignore, never
from trainer import runs
from trainer.cli import main
from trainer.config import TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.errors import MienError, TrainingError
from trainer.events import EpochFinished, TrainingEvent, TrainingFinished
from trainer.training import fit, fit_seeds


@pytest.fixture(autouse=True)
def private_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))


@pytest.fixture
def config(tiny_model: str) -> TrainConfig:
    return TrainConfig(model=tiny_model, epochs=2, batch_size=20, lr=0.05, seed=1)


def train(
    config: TrainConfig, dataset: ExpressionDataset, folder: Path, *, resume: bool = False
) -> TrainingFinished:
    folder.mkdir(exist_ok=True)
    return fit(config, dataset, ignore, never, run_dir=folder, resume=resume)


def kill_before_the_end(folder: Path) -> None:
    """Leave the folder as a process does that dies after its last checkpoint."""
    path = folder / runs.METRICS
    metrics = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**metrics, "state": "interrupted"}), encoding="utf-8")


def test_new_settings_of_the_optimizer_count_from_the_first_resumed_update(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    train(config, demo, tmp_path / "run")
    changed = config.changed(epochs=3, weight_decay=0.1, momentum=0.5, nesterov=False)
    train(changed, demo, tmp_path / "run", resume=True)
    checkpoint = torch.load(tmp_path / "run" / runs.CHECKPOINT, weights_only=True)
    groups = checkpoint["optimizer"]["param_groups"]
    assert sorted({group["weight_decay"] for group in groups}) == [0.0, 0.1]
    assert {(group["momentum"], group["nesterov"]) for group in groups} == {(0.5, False)}


def test_a_resumed_run_that_dies_is_offered_again(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    train(config, demo, folder)
    seen: list[str] = []

    def die(event: TrainingEvent) -> None:
        if not isinstance(event, EpochFinished) and (folder / runs.METRICS).is_file():
            seen.append(runs.load_run(folder).state)
        if seen[-1:] == ["interrupted"]:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fit(config.changed(epochs=9), demo, die, never, run_dir=folder, resume=True)
    run = runs.load_run(folder)
    assert run.state == "interrupted"
    assert run.can_resume
    assert run.metrics["top1_accuracy"] > 0  # the best epoch's figures are kept


def test_a_run_that_died_after_its_last_epoch_is_only_ended(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    folder = tmp_path / "run_seed1"
    train(config, demo, folder)
    kill_before_the_end(folder)
    weights = (folder / runs.WEIGHTS).read_bytes()
    summary = fit_seeds(config, demo, [1], ignore, never, base=tmp_path / "run")
    assert summary.runs == (folder,)
    run = runs.load_run(folder)
    assert run.state == "finished"
    assert len(run.history) == 2
    assert (folder / runs.WEIGHTS).read_bytes() == weights


def test_patience_that_is_used_up_stays_so(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    still = config.changed(lr=1e-9, patience=2, epochs=30, warmup_epochs=0.0)
    folder = tmp_path / "run"
    ended = train(still, demo, folder).epochs_done
    with pytest.raises(TrainingError, match="more patience"):
        train(still, demo, folder, resume=True)
    kill_before_the_end(folder)
    assert train(still, demo, folder, resume=True).epochs_done == ended
    more = train(still.changed(patience=ended + 1, epochs=ended + 1), demo, folder, resume=True)
    assert more.epochs_done == ended + 1


def test_a_run_knows_its_data_from_any_folder(
    tiny_model: str, demo_csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(demo_csv.parent)
    arguments = ["--model", tiny_model, "--epochs", "1", "--out", str(tmp_path / "run")]
    assert main(["train", "--data", demo_csv.name, *arguments]) == 0
    monkeypatch.chdir(tmp_path)
    assert main(["train", "--resume", "run", "--epochs", "2"]) == 0


def test_other_peoples_files_are_not_replaced(
    config: TrainConfig,
    demo: ExpressionDataset,
    demo_csv: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path / "run_seed1"
    folder.mkdir()
    (folder / runs.RESULTS).write_text("epoch,mine\n", encoding="utf-8")
    assert main(["train", "--data", str(demo_csv), "--out", str(folder)]) == 2
    assert "results.csv" in capsys.readouterr().err
    with pytest.raises(MienError, match=r"results\.csv"):
        fit_seeds(config, demo, [1], ignore, never, base=tmp_path / "run")
    assert (folder / runs.RESULTS).read_text(encoding="utf-8") == "epoch,mine\n"


@pytest.mark.parametrize("values", [{"deterministic": True}, {"threads": 1}])
def test_a_run_on_one_thread_leaves_the_next_one_its_threads(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path, values: dict[str, bool | int]
) -> None:
    before = torch.get_num_threads()
    try:
        torch.set_num_threads(2)
        train(config.changed(**values), demo, tmp_path / "run")
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(before)
