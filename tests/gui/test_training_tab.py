"""The Train tab trains, shows, pauses, stops, survives errors."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.application import Application
from trainer.config import TrainConfig
from trainer.labels import EXPRESSIONS
from trainer.run_queue import QueuedRun
from ui.training_tab import TrainingTab

_LONG = 90_000
_STOP_S = 1.0


def _prepare(program: Application, data: Path, epochs: int) -> TrainingTab:
    program.training.choose_dataset(data)
    program.window.show_tab("training")
    tab = program.training._tab
    tab.form.model_combo.setCurrentIndex(tab.form.model_combo.findData("lenet"))
    tab.form.set_preset("quick")
    tab.form.epochs_spin.setValue(epochs)
    tab.form.batch_spin.setValue(16)
    return tab


def _epochs(tab: TrainingTab) -> int:
    return tab.plots.epoch_model.rowCount()


def test_a_run_grows_curves_and_can_be_used_in_the_player(
    make_app, tiny_csv: Path, qtbot: QtBot
) -> None:
    program = make_app()
    tab = _prepare(program, tiny_csv, 2)
    with qtbot.waitSignal(program.training.run_finished, timeout=_LONG):
        qtbot.mouseClick(tab.start_button, Qt.LeftButton)
        assert not tab.start_button.isEnabled()
        assert tab.progress.stop_button.isEnabled()
    assert tab.banner.text == ""
    assert tab.plots.curves.accuracy_plot.data("val")[0] == [1.0, 2.0]
    assert len(tab.plots.curves.loss_plot.data("train")[1]) == 2
    assert tab.plots.recall.plot.data("disgust")[0] == [1.0, 2.0]
    assert tab.plots.confusion.matrix.number(0, 0) >= 0
    assert _epochs(tab) == 2
    assert tab.start_button.isEnabled()
    used: list[str] = []
    program.player.model_changed.connect(lambda model: used.append(model.name))
    with qtbot.waitSignal(program.player.frame_shown, timeout=20_000) as shown:
        qtbot.mouseClick(tab.progress.use_button, Qt.LeftButton)
    assert program.window.current_tab() == "player"
    assert used == [tab.plots.run_label.text()]
    assert shown.args[0].class_names == EXPRESSIONS
    assert program.player.presenter.playing


def test_stop_is_acknowledged_at_once_and_the_run_can_be_resumed(
    make_app, tiny_csv: Path, qtbot: QtBot
) -> None:
    program = make_app()
    tab = _prepare(program, tiny_csv, 500)
    tab.start_button.click()
    qtbot.waitUntil(lambda: _epochs(tab) >= 1, timeout=_LONG)
    with qtbot.waitSignal(program.training.run_finished, timeout=10_000):
        began = time.perf_counter()
        tab.progress.stop_button.click()
        assert "Stopping" in tab.progress.state_label.text()
        assert not tab.progress.stop_button.isEnabled()
    assert time.perf_counter() - began <= _STOP_S
    assert tab.progress.use_button.isVisible()
    page = tab.queue_page
    qtbot.waitUntil(lambda: page.resumable_model.rowCount() == 1, timeout=10_000)
    done = _epochs(tab)
    page.resume_button.click()
    qtbot.waitUntil(lambda: _epochs(tab) > done, timeout=_LONG)
    assert page.queue_model.rowCount() == 1  # the same run, not a second one
    with qtbot.waitSignal(program.training.run_finished, timeout=10_000):
        program.training.stop()


def test_a_pause_holds_the_training_and_stop_ends_it(
    make_app, tiny_csv: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import trainer.training

    loop = sys.modules[f"{trainer.training.__name__}.loop"]
    wait_while_paused = loop.wait_while_paused
    waits = threading.Event()

    def wait(should_pause: Callable[[], bool], should_stop: Callable[[], bool]) -> float:
        if should_pause():
            waits.set()
        waited: float = wait_while_paused(should_pause, should_stop)
        return waited

    monkeypatch.setattr(loop, "wait_while_paused", wait)
    program = make_app()
    tab = _prepare(program, tiny_csv, 500)
    tab.start_button.click()
    qtbot.waitUntil(lambda: _epochs(tab) >= 1, timeout=_LONG)
    tab.progress.pause_button.click()
    assert tab.progress.pause_button.text() == "Continue"
    assert "Paused" in tab.progress.state_label.text()
    worker = program.training._worker
    assert worker is not None
    qtbot.waitUntil(waits.is_set, timeout=_LONG)  # the update under way is done
    with qtbot.assertNotEmitted(worker.event_announced, wait=300):
        assert program.training.is_running()
    with qtbot.waitSignal(worker.event_announced, timeout=10_000):
        tab.progress.pause_button.click()
    tab.progress.pause_button.click()
    with qtbot.waitSignal(program.training.run_finished, timeout=10_000):
        tab.progress.stop_button.click()


@pytest.mark.media
@pytest.mark.slow
def test_stop_on_fer2013_takes_less_than_a_second(
    make_app, shared_folder: Path, qtbot: QtBot
) -> None:
    """One update of the default network on 64 images is the longest thing to wait for."""
    program = make_app()
    tab = _prepare(program, shared_folder / "data" / "fer2013.csv.gz", 3)
    tab.form.model_combo.setCurrentIndex(tab.form.model_combo.findData("vgg9_bn"))
    tab.form.batch_spin.setValue(64)
    tab.start_button.click()
    qtbot.waitUntil(lambda: tab.progress.run_bar.value() > 2, timeout=_LONG)
    with qtbot.waitSignal(program.training.run_finished, timeout=10_000):
        began = time.perf_counter()
        tab.progress.stop_button.click()
    assert time.perf_counter() - began <= _STOP_S
    assert tab.start_button.isEnabled()


def test_a_worker_that_fails_says_one_sentence(make_app, tmp_path: Path, qtbot: QtBot) -> None:
    broken = tmp_path / "broken.csv"
    broken.write_text("nothing,of,use\n1,2,3\n", encoding="utf-8")
    program = make_app()
    tab = _prepare(program, broken, 1)
    with qtbot.waitSignal(program.training.run_finished, timeout=_LONG):
        tab.start_button.click()
    assert "broken.csv" in tab.banner.text
    assert "Traceback" not in tab.banner.text
    assert tab.start_button.isEnabled()


def test_a_run_that_does_not_begin_shows_no_figures_of_the_one_before(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    tab = _prepare(program, tiny_csv, 1)
    with qtbot.waitSignal(program.training.run_finished, timeout=_LONG):
        tab.start_button.click()
    progress = tab.progress
    figures = (progress.best_figure, progress.epoch_figure, progress.since_figure)
    assert all(figure.value_label.text() != "–" for figure in figures)
    gone = QueuedRun(TrainConfig(model="lenet"), tmp_path / "gone.csv")
    with qtbot.waitSignal(program.training.run_finished, timeout=_LONG):
        program.training.train([gone])
    assert "error" in progress.state_label.text()
    assert all(figure.value_label.text() == "–" for figure in figures)


def test_closing_while_training_asks_and_then_keeps_the_best(
    make_app, tiny_csv: Path, qtbot: QtBot
) -> None:
    program = make_app()
    tab = _prepare(program, tiny_csv, 500)
    tab.start_button.click()
    tab.queue_button.click()  # must not start when the program closes
    qtbot.waitUntil(lambda: _epochs(tab) >= 1, timeout=_LONG)
    program.window.close()
    assert program.window.isVisible()
    question = program._question
    assert question is not None
    button = question.findChild(QPushButton, "stop_and_close_button")
    with qtbot.waitSignal(program.training.run_finished, timeout=10_000):
        button.click()
    assert not program.window.isVisible()
    assert not program.training.is_running()
