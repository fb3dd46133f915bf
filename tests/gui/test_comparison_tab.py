"""The Compare tab reads run folders."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from trainer.config import TrainConfig
from trainer.events import EpochFinished
from trainer.files import write_text
from trainer.paths import runs_dir
from trainer.runs import (
    CONFIG,
    ENVIRONMENT,
    METRICS,
    PREDICTIONS,
    RESULTS,
    training_lock,
    write_results,
)


def _make_run(name: str, accuracies: list[float]) -> Path:
    path = runs_dir() / name
    path.mkdir(parents=True)
    TrainConfig().save(path / CONFIG)
    history = [
        EpochFinished(i, 1.0, 0.3, 1.2, value, value - 0.05, 0.01, 70.0, 60.0, True)
        for i, value in enumerate(accuracies)
    ]
    write_results(path / RESULTS, history)
    write_text(path / METRICS, '{"state": "finished"}')
    targets = np.arange(14) % 7
    probs = np.eye(7, dtype=np.float32)[np.where(targets == 2, 4, targets)]
    np.savez_compressed(path / PREDICTIONS, probs=probs, targets=targets, indices=np.arange(14))
    return path


@pytest.fixture
def two_runs(mien_home: Path) -> list[Path]:
    """A better and a worse run."""
    return [_make_run("a-better", [0.4, 0.61]), _make_run("b-worse", [0.3, 0.5])]


def _refresh(program, qtbot: QtBot):
    with qtbot.waitSignal(program.comparison.refreshed, timeout=20_000):
        program.window.show_tab("comparison")
        program.comparison.refresh()
    # Showing the tab has it read too: a late second reading would take the selection away.
    qtbot.waitUntil(lambda: program.comparison._thread is None, timeout=20_000)
    return program.comparison._tab


def test_runs_are_sorted_by_value_and_drawn(
    make_app, two_runs: list[Path], qtbot: QtBot, tmp_path: Path
) -> None:
    program = make_app()
    tab = _refresh(program, qtbot)
    names = [tab._row_at(i).name for i in range(tab.sorted_model.rowCount())]
    assert [name for name in names if name in ("a-better", "b-worse")] == ["a-better", "b-worse"]
    tab.runs_view.sortByColumn(3, Qt.AscendingOrder)
    tab.runs_view.selectAll()
    assert tab.plot.data("b-worse")[1] == pytest.approx([30.0, 50.0])
    tab.runs_view.selectRow(names[::-1].index("a-better"))
    assert "2 of 2 (100.0 %)" in tab.matrix.sentence(2, 4)
    program.comparison.write_csv(tmp_path / "runs.csv")
    assert "a-better,vgg9_bn,,0.610000" in (tmp_path / "runs.csv").read_text(encoding="utf-8")


def test_deleting_asks_and_goes_to_the_trash(
    make_app, two_runs: list[Path], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    trashed: list[str] = []
    monkeypatch.setattr("send2trash.send2trash", trashed.append)
    program = make_app()
    tab = _refresh(program, qtbot)
    row = next(row for row in tab.run_model.rows if row.name == "b-worse")
    tab.delete_requested.emit([row])
    question = program.comparison._question
    assert question is not None
    assert trashed == []
    with qtbot.waitSignal(program.comparison.refreshed, timeout=20_000):
        question.findChild(QPushButton, "confirm_delete_button").click()
    assert trashed == [str(two_runs[1])]


def test_a_cell_shows_its_images(
    make_app, two_runs: list[Path], tiny_csv: Path, qtbot: QtBot
) -> None:
    from trainer.data import load_dataset

    known = {"source": str(tiny_csv), "content_hash": load_dataset(tiny_csv).content_hash}
    environment = json.dumps({"dataset": known})
    write_text(two_runs[0] / ENVIRONMENT, environment)
    program = make_app()
    tab = _refresh(program, qtbot)
    tab.runs_view.selectRow(
        [tab._row_at(i).name for i in range(tab.sorted_model.rowCount())].index("a-better")
    )
    tab.matrix._select((2, 3))
    assert not tab.images_button.isEnabled()
    tab.matrix._select((2, 4))
    tab.images_button.click()
    qtbot.waitUntil(lambda: program.comparison.images_dialog is not None, timeout=20_000)
    dialog = program.comparison.images_dialog
    assert dialog.model.rowCount() == tab.matrix.number(2, 4) == 2
    dialog.reject()


def test_a_changed_data_set_is_said(make_app, two_runs: list[Path], qtbot: QtBot) -> None:
    program = make_app()
    tab = _refresh(program, qtbot)
    row = next(row for row in tab.run_model.rows if row.name == "b-worse")
    tab.images_requested.emit(row, 2, 4)
    qtbot.waitUntil(lambda: "not where it was" in tab.banner.text, timeout=20_000)


def test_a_run_in_training_cannot_be_deleted(make_app, two_runs: list[Path], qtbot: QtBot) -> None:
    with training_lock(two_runs[0]):
        tab = _refresh(make_app(), qtbot)
    rows = {row.name: row for row in tab.run_model.rows}
    assert not rows["a-better"].can_delete
    assert rows["b-worse"].can_delete


def test_damaged_predictions_are_said(make_app, two_runs: list[Path], qtbot: QtBot) -> None:
    for path in two_runs:
        (path / PREDICTIONS).write_bytes(b"broken")
    tab = _refresh(make_app(), qtbot)
    tab.runs_view.selectAll()
    row = next(row for row in tab.run_model.rows if row.name == "a-better")
    tab.current_changed.emit(row)
    assert "damaged" in tab.banner.text
