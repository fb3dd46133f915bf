"""Runs wait for each other: order, failures, seeds, restart, a smaller batch."""

from __future__ import annotations

from pathlib import Path

import pytest
from PyQt5.QtCore import Qt, QTimer
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.application import Application
from trainer.config import TrainConfig
from trainer.errors import OutOfMemory
from trainer.run_queue import (
    FAILED,
    FINISHED,
    RUNNING,
    STOPPED,
    WAITING,
    QueuedRun,
    RunQueue,
    queue_file,
)
from trainer.runs import Run
from ui.training_queue_page import TrainingQueuePage

_LONG = 90_000


def _run(data: Path | None, key: str, **values: object) -> QueuedRun:
    config = TrainConfig(model="lenet", epochs=1, batch_size=16, threads=1).changed(**values)
    return QueuedRun(config, data, key=key)


def _states(program: Application) -> list[str]:
    return [run.state for run in program.training.queue.queue.runs]


def test_the_next_starts_by_itself_and_a_failure_stops_nobody(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    training = program.training
    missing = tmp_path / "gone.csv"
    training.train([_run(tiny_csv, "a"), _run(missing, "b"), _run(tiny_csv, "c", seed=1)])
    assert training.is_running()
    qtbot.waitUntil(lambda: _states(program)[-1] == FINISHED, timeout=_LONG)
    qtbot.waitUntil(lambda: not training.is_running())
    assert _states(program) == [FINISHED, FAILED, FINISHED]
    failed = training.queue.queue.runs[1]
    assert "gone.csv" in failed.message
    assert all(run.accuracy >= 0 for run in training.queue.queue.runs if run.state == FINISHED)
    model = training._tab.queue_page.queue_model
    assert model.index(1, 0).data(Qt.ToolTipRole) == failed.message
    assert "failed" in model.index(1, 0).data()


def test_added_runs_wait_and_survive_a_restart(make_app, tiny_csv: Path, qtbot: QtBot) -> None:
    program = make_app()
    program.training.choose_dataset(tiny_csv)
    program.window.show_tab("training")
    tab = program.training._tab
    tab.form.model_combo.setCurrentIndex(tab.form.model_combo.findData("lenet"))
    tab.form.repeats_spin.setValue(3)
    tab.form.epochs_spin.setValue(1)
    tab.queue_button.click()
    assert not program.training.is_running()
    assert "3 waiting; nothing starts" in tab.queue_page.queue_label.text()
    program.shutdown()
    again = make_app()
    assert [run.config.seed for run in again.training.queue.queue.runs] == [0, 1, 2]
    assert not again.training.is_running()
    again.training._tab.queue_page.run_queue_button.click()
    qtbot.waitUntil(lambda: _states(again) == [FINISHED] * 3, timeout=_LONG)
    folders = {run.run_dir for run in again.training.queue.queue.runs}
    assert len(folders) == 3


def test_what_died_with_the_program_goes_on(make_app, tiny_csv: Path, qtbot: QtBot) -> None:
    queue = RunQueue(queue_file())
    queue.add([_run(tiny_csv, "a")])
    queue.update("a", state=RUNNING)
    queue.close()
    program = make_app()
    page = program.training._tab.queue_page
    assert "interrupted" in page.queue_model.index(0, 0).data()
    assert "1 waiting; nothing starts" in page.queue_label.text()
    assert page.run_queue_button.isEnabled()
    page.run_queue_button.click()
    qtbot.waitUntil(lambda: _states(program) == [FINISHED], timeout=_LONG)


def test_a_second_window_says_that_it_does_not_keep_the_queue(make_app, tiny_csv: Path) -> None:
    queue = RunQueue(queue_file())
    queue.add([_run(tiny_csv, "a")])
    program = make_app()
    assert program.training.queue.queue.runs == ()
    banner = program.training._tab.banner
    assert banner.isVisibleTo(program.training._tab)
    assert "Another window of Mien" in banner.label.text()
    program.shutdown()
    queue.close()
    assert [run.key for run in RunQueue(queue_file()).runs] == ["a"]


def test_stop_lets_the_rest_wait(make_app, tiny_csv: Path, qtbot: QtBot) -> None:
    program = make_app()
    training = program.training
    training.train([_run(tiny_csv, "a", epochs=500), _run(tiny_csv, "b")])
    with qtbot.waitSignal(training.run_finished, timeout=_LONG):
        qtbot.waitUntil(lambda: training._run_dir is not None, timeout=_LONG)
        training.stop()
    with qtbot.waitCallback() as turned:  # the next run would start in the turn before this one
        QTimer.singleShot(0, turned)
    assert _states(program) == [STOPPED, WAITING]
    assert not training.is_running()


def test_an_interrupted_run_stays_chosen_while_another_one_trains(make_app, tiny_csv: Path) -> None:
    queue = make_app().training.queue
    page = queue._page
    queue.add([_run(tiny_csv, "a")])
    queue._on_listed([Run(Path(name), TrainConfig(), (), {}, {}) for name in ("one", "two")])
    page.interrupted_view.selectRow(1)
    queue.update("a", accuracy=0.5)
    assert [index.row() for index in page.interrupted_view.selectionModel().selectedRows()] == [1]


def test_out_of_memory_offers_a_smaller_batch_that_resumes(
    make_app, tiny_csv: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import trainer.training

    program = make_app()
    training = program.training
    tab = training._tab
    real = trainer.training.fit

    def scarce(config: TrainConfig, *args: object, **kwargs: object) -> object:
        if config.batch_size > 8:
            real(config.changed(epochs=1), *args, **kwargs)  # type: ignore[arg-type]
            raise OutOfMemory("There is no memory for batches of 16.", 8)
        return real(config, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(trainer.training, "fit", scarce)
    with qtbot.waitSignal(training.run_finished, timeout=_LONG):
        training.train([_run(tiny_csv, "a", epochs=3)])
    assert "no memory" in tab.offer_banner.text
    assert tab.offer_banner.offer_button.text() == "Try with batch 8"
    folder = training._run_dir
    with qtbot.waitSignal(training.run_finished, timeout=_LONG):
        tab.offer_banner.offer_button.click()
    assert training._run_dir == folder
    assert tab.plots.curves.loss_plot.data("val")[0] == [1.0, 2.0, 3.0]
    assert _states(program) == [FINISHED]
    assert not tab.offer_banner.isVisible()


# -- the page ----------------------------------------------------------------------------------


@pytest.fixture
def page(qtbot: QtBot) -> TrainingQueuePage:
    shown = TrainingQueuePage()
    qtbot.addWidget(shown)
    shown.show()
    shown.set_runs([_run(None, "a"), _run(None, "b")])
    return shown


def test_runs_are_moved_and_removed_by_keys(page: TrainingQueuePage, qtbot: QtBot) -> None:
    QApplication.setActiveWindow(page)  # no window manager does it on a bare X server
    page.queue_view.setFocus()
    page.queue_view.selectRow(1)
    with qtbot.waitSignal(page.move_requested) as moved:
        qtbot.keyClick(page.queue_view, Qt.Key_Up, Qt.AltModifier)
    assert moved.args == ["b", -1]
    with qtbot.waitSignal(page.remove_requested) as removed:
        qtbot.keyClick(page.queue_view, Qt.Key_Delete)
    assert removed.args == [["b"]]


def test_a_selection_follows_its_run(page: TrainingQueuePage) -> None:
    page.queue_view.selectRow(1)
    page.set_runs([_run(None, "b"), _run(None, "a")])
    assert [run.key for run in page._chosen()] == ["b"]


def test_the_buttons_know_what_can_be_done(page: TrainingQueuePage) -> None:
    assert page.run_queue_button.isEnabled()
    page.set_training(True)
    assert not page.run_queue_button.isEnabled()
    page.set_runs([QueuedRun(TrainConfig(), key="a", state=RUNNING)])
    page.queue_view.selectRow(0)
    assert not page.remove_button.isEnabled()
    assert not page.up_button.isEnabled()
    page.set_runs([QueuedRun(TrainConfig(), key="a", state=FINISHED)])
    assert page.clear_button.isEnabled()
