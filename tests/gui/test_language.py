"""Another language: the window is built anew, unless that would end what somebody waits for."""

from __future__ import annotations

from pathlib import Path

import pytest
from player_parts import FakeCamera
from PyQt5.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from app.application import Application
from app.controllers.batch import BatchController
from app.controllers.comparison_scoring import ScoringController
from app.controllers.comparison_tasks import TaskRunner
from app.controllers.correction_windows import CorrectionWindows
from app.controllers.dataset import DatasetController
from app.controllers.dataset_check import DatasetCheckController
from app.controllers.dataset_export import DatasetExporter
from app.controllers.player_analysis import WholeVideoAnalysis
from app.controllers.player_export import ResultsExporter
from app.controllers.player_recording import CameraRecorder
from app.controllers.training import TrainingController
from app.controllers.training_export import TrainingExportController
from app.controllers.training_pretrained import TrainingPretrainedController
from resources import resource_path
from trainer.config import TrainConfig
from trainer.run_queue import QueuedRun

_LONG = 90_000
_SAMPLE = resource_path("media", "sample.mp4")


def _switch(program: Application, qtbot: QtBot) -> None:
    old = program.window
    program.window.language_zh_action.trigger()
    qtbot.waitUntil(lambda: program.window is not old)


def _yes(_self: object) -> bool:
    return True


@pytest.mark.parametrize(
    ("kind", "name", "answer"),
    [
        (TrainingController, "is_running", _yes),
        (TrainingExportController, "is_busy", _yes),
        (TrainingPretrainedController, "is_busy", _yes),
        (DatasetController, "is_reading", _yes),
        (DatasetCheckController, "is_checking", _yes),
        (DatasetExporter, "is_writing", _yes),
        (ScoringController, "is_scoring", _yes),
        (TaskRunner, "is_running", _yes),
        (BatchController, "is_running", _yes),
        (CorrectionWindows, "is_improving", _yes),
        (CameraRecorder, "is_recording", property(_yes)),
        (WholeVideoAnalysis, "running", property(_yes)),
        (ResultsExporter, "is_writing", _yes),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_what_runs_goes_on(
    make_app,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    kind: type,
    name: str,
    answer: object,
) -> None:
    program = make_app()
    old = program.window
    assert hasattr(kind, name)
    monkeypatch.setattr(kind, name, answer)
    program.window.language_zh_action.trigger()
    qtbot.waitUntil(lambda: "next start" in old.status_bar.currentMessage())
    assert program.window is old
    assert old.language_en_action.isChecked()  # as the window is
    assert program.settings.language == "zh_CN"
    monkeypatch.undo()
    program.window.language_en_action.trigger()  # thought better of
    qtbot.waitUntil(lambda: program.settings.language == "en")
    assert program.window is old
    _switch(program, qtbot)
    assert program.window.tabs.tabText(1) == "训练"


@pytest.mark.parametrize(
    ("kind", "name", "answer"),
    [
        (TrainingExportController, "is_busy", _yes),
        (TrainingPretrainedController, "is_busy", _yes),
        (DatasetExporter, "is_writing", _yes),
        (CorrectionWindows, "is_improving", _yes),
        (CameraRecorder, "is_recording", property(_yes)),
        (ResultsExporter, "is_writing", _yes),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_closing_asks_before_it_ends_what_is_lost_then(
    make_app, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kind: type, name: str, answer: object
) -> None:
    program = make_app()
    monkeypatch.setattr(kind, name, answer)
    for button_name, stays in (("keep_going_button", True), ("stop_and_close_button", False)):
        program.window.close()
        assert program.window.isVisible()
        question = program._question
        assert question is not None
        assert " is being " in question.text() or " are being " in question.text()
        question.findChild(QPushButton, button_name).click()
        assert program.window.isVisible() == stays


def test_closing_does_not_ask_about_what_is_soon_made_again(
    make_app, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = make_app()
    monkeypatch.setattr(DatasetController, "is_reading", _yes)
    with qtbot.waitSignal(program.closed):
        program.window.close()


def test_a_training_that_starts_meanwhile_goes_on(make_app, tiny_csv: Path, qtbot: QtBot) -> None:
    program = make_app()
    old = program.window
    program.window.language_zh_action.trigger()
    program.training.train([QueuedRun(TrainConfig(model="lenet", epochs=500), tiny_csv)])
    qtbot.waitUntil(lambda: "next start" in old.status_bar.currentMessage())
    assert program.window is old
    assert program.training.is_running()
    program.training.stop()
    qtbot.waitSignal(program.training.run_finished, timeout=_LONG).wait()


def test_closing_asks_in_the_new_window_too(make_app, tiny_csv: Path, qtbot: QtBot) -> None:
    program = make_app()

    def train() -> None:
        program.training.train([QueuedRun(TrainConfig(model="lenet", epochs=500), tiny_csv)])
        program.window.close()
        assert program._question is not None
        assert program._question.isVisible()

    train()
    assert program._question is not None
    program._question.reject()
    with qtbot.waitSignal(program.training.run_finished, timeout=_LONG):
        program.training.stop()
    _switch(program, qtbot)
    train()
    assert "训练" in program._question.text()
    button = program._question.findChild(QPushButton, "stop_and_close_button")
    with qtbot.waitSignal(program.closed, timeout=_LONG):
        button.click()


@pytest.mark.parametrize("playing", [False, True])
def test_what_was_open_is_open_again(make_app, tiny_csv: Path, qtbot: QtBot, playing: bool) -> None:
    program = make_app()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        program.open_path(tiny_csv)
    with qtbot.waitSignal(program.player.opened, timeout=_LONG):
        program.open_path(_SAMPLE)
    program.player.pause()
    program.player.seek(400.0)
    qtbot.waitUntil(lambda: program.player.presenter.position_ms >= 400.0, timeout=_LONG)
    if playing:
        program.player.play()
    where = program.player.presenter.position_ms
    old = program.window
    program.window.language_zh_action.trigger()
    qtbot.waitUntil(lambda: program.window is not old)
    tab = program.dataset._tab
    qtbot.waitUntil(lambda: tab.state.samples is not None, timeout=_LONG)
    assert tab.state.samples.path == tiny_csv
    presenter = program.player.presenter
    qtbot.waitUntil(lambda: presenter.position_ms >= where - 100.0, timeout=_LONG)
    assert presenter.info.path == _SAMPLE
    assert presenter.playing == playing
    assert program.window.current_tab() == "player"


def test_an_open_camera_is_opened_again(
    make_app, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    devices: list[tuple[int, int, int]] = []

    def plug(index: int, width: int, height: int) -> FakeCamera:
        assert all(device.closed.is_set() for device in cameras)  # else it is in use
        devices.append((index, width, height))
        cameras.append(FakeCamera())
        return cameras[-1]

    cameras: list[FakeCamera] = []
    monkeypatch.setattr("trainer.inference.video.CameraSource", plug)
    program = make_app()
    with qtbot.waitSignal(program.player.frame_shown, timeout=_LONG):
        program.player.open_camera(1, "", (640, 480))
    assert program.player.presenter.info.title == "Camera 2"
    _switch(program, qtbot)
    qtbot.waitUntil(lambda: program.player.presenter.current is not None, timeout=_LONG)
    assert devices == [(1, 640, 480)] * 2
    assert program.player.presenter.info.title == "摄像头 2"


def test_nothing_is_opened_where_nothing_was(make_app, qtbot: QtBot) -> None:
    program = make_app()
    _switch(program, qtbot)
    assert not program.player.is_open()
    assert not program.dataset.is_reading()
