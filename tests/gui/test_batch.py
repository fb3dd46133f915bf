"""Many files in the window: list, start, pause, cancel, failures, what is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from player_parts import MakePlayer, write_clip
from PyQt5.QtCore import QMimeData, QPoint, Qt, QUrl
from PyQt5.QtGui import QDropEvent
from PyQt5.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.controllers.batch import BatchController, formats_offered
from app.settings import Settings
from app.workers.batch import BatchOrder, Changed, Moved, make_run
from trainer.errors import DataError, OperationCancelled
from trainer.export_results import FORMATS
from trainer.inference.queue_file import DONE, FAILED, WAITING, QueueFile
from ui.tables.batch_model import PROGRESS_COLUMN, PROGRESS_ROLE


class FakeRun:
    """Takes every file in turn; waits for ``go`` before it ends one."""

    def __init__(self, order: BatchOrder, changed: Changed, moved: Moved) -> None:
        self.order = order
        self.paused = False
        self.go = threading.Event()
        self._stopped = False
        self._changed, self._moved = changed, moved

    def run(self) -> None:
        queue = self.order.queue
        while not self._stopped and (item := queue.take_next()) is not None:
            self._changed(item)
            self._moved(item, 5, 0.5)
            self.go.wait(20)
            if self._stopped:
                item = replace(item, state=WAITING)
            elif "bad" in item.path.name:
                item = replace(item, state=FAILED, reason="bad.mp4 is no video.")
            else:
                item = replace(item, state=DONE, outputs=(f"{item.name}.csv",), frames=10)
            queue.put(item)
            self._changed(item)
        queue.save()
        if self._stopped:
            raise OperationCancelled

    def stop(self) -> None:
        self._stopped = True
        self.go.set()

    def set_paused(self, paused: bool) -> None:
        self.paused = paused


Make = Callable[..., BatchController]


@pytest.fixture
def runs() -> list[FakeRun]:
    return []


@pytest.fixture
def make_batch(qtbot: QtBot, tmp_path: Path, runs: list[FakeRun]) -> Iterator[Make]:
    made = []
    window = QWidget()
    qtbot.addWidget(window)

    def make_fake(order: BatchOrder, changed: Changed, moved: Moved) -> FakeRun:
        runs.append(FakeRun(order, changed, moved))
        return runs[-1]

    def make() -> BatchController:
        settings = Settings(tmp_path / "batch.ini")
        settings.qt.setValue("batch/folder", str(tmp_path / "out"))
        controller = BatchController(window, settings, make=make_fake)
        made.append(controller)
        return controller

    yield make
    for controller in made:
        controller.shutdown()


def clips(tmp_path: Path, *names: str) -> list[Path]:
    folder = tmp_path / "clips"
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_bytes(name.encode())
    return [folder / name for name in names]


def rows(batch: BatchController) -> list[tuple[str, str]]:
    assert batch.dialog is not None
    return [(item.path.name, item.state) for item in batch.dialog.model.items()]


def shown(qtbot: QtBot, batch: BatchController, paths: list[Path], number: int) -> None:
    batch.show(paths)
    qtbot.waitUntil(lambda: len(rows(batch)) == number, timeout=10_000)


def test_a_folder_is_listed_and_worked_through_with_a_failure(
    qtbot: QtBot, tmp_path: Path, make_batch: Make, runs: list[FakeRun]
) -> None:
    clips(tmp_path, "a.mp4", "bad.mp4", "c.jpg", "notes.txt")
    batch = make_batch()
    shown(qtbot, batch, [tmp_path / "clips"], 3)
    dialog = batch.dialog
    assert dialog is not None
    dialog.checks["video"].setChecked(True)
    dialog.jobs_spin.setValue(3)
    qtbot.mouseClick(dialog.start_button, Qt.LeftButton)
    bar = dialog.model.index(0, PROGRESS_COLUMN)
    qtbot.waitUntil(lambda: bar.data(PROGRESS_ROLE) == 0.5, timeout=10_000)
    assert not dialog.start_button.isEnabled()
    assert not dialog.jobs_spin.isEnabled()
    assert "running" in dialog.model.index(0, 1).data()
    with qtbot.waitSignal(batch.ended, timeout=10_000):
        runs[0].go.set()
    assert rows(batch) == [("a.mp4", DONE), ("bad.mp4", FAILED), ("c.jpg", DONE)]
    assert dialog.model.index(1, 4).data() == "bad.mp4 is no video."
    assert "2 of 3 done · 1 failed" in dialog.state_label.text()
    assert (runs[0].order.jobs, "video" in runs[0].order.formats) == (3, True)
    dialog.table.selectRow(1)
    qtbot.mouseClick(dialog.again_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: rows(batch)[1] == ("bad.mp4", WAITING), timeout=10_000)
    dialog.clear_button.click()
    assert rows(batch) == [("bad.mp4", WAITING)]


def test_pause_and_cancel(
    qtbot: QtBot, tmp_path: Path, make_batch: Make, runs: list[FakeRun]
) -> None:
    batch = make_batch()
    shown(qtbot, batch, clips(tmp_path, "a.mp4", "b.mp4"), 2)
    dialog = batch.dialog
    assert dialog is not None
    dialog.start_button.click()
    qtbot.waitUntil(lambda: bool(runs) and batch.is_running(), timeout=10_000)
    dialog.pause_button.click()
    qtbot.waitUntil(lambda: runs[0].paused)
    assert "paused" in dialog.state_label.text()
    dialog.pause_button.click()
    assert not runs[0].paused
    with qtbot.waitSignal(batch.ended, timeout=10_000):
        dialog.cancel_button.click()
    assert rows(batch) == [("a.mp4", WAITING), ("b.mp4", WAITING)]
    assert dialog.start_button.isEnabled()


def test_what_waits_is_there_again_at_the_next_start(
    qtbot: QtBot, tmp_path: Path, make_batch: Make
) -> None:
    first = make_batch()
    shown(qtbot, first, clips(tmp_path, "a.mp4"), 1)
    first.shutdown()
    second = make_batch()
    shown(qtbot, second, [], 1)
    assert rows(second) == [("a.mp4", WAITING)]


def test_another_folder_of_results_has_its_own_list(
    qtbot: QtBot, tmp_path: Path, make_batch: Make
) -> None:
    there = tmp_path / "there"
    queue = QueueFile(there)
    queue.add(clips(tmp_path, "old.mp4"))
    queue.save()
    batch = make_batch()
    shown(qtbot, batch, clips(tmp_path, "a.mp4"), 1)
    batch.set_folder(there)
    qtbot.waitUntil(lambda: len(rows(batch)) == 2, timeout=10_000)
    assert rows(batch) == [("old.mp4", WAITING), ("a.mp4", WAITING)]


def test_an_empty_folder_and_an_unusable_state_are_said(
    qtbot: QtBot, tmp_path: Path, make_batch: Make
) -> None:
    batch = make_batch()
    (tmp_path / "nothing").mkdir()
    batch.show([tmp_path / "nothing"])
    dialog = batch.dialog
    assert dialog is not None
    qtbot.waitUntil(lambda: "neither videos nor photos" in dialog.problem_label.text())
    newer = tmp_path / "newer"
    newer.mkdir()
    (newer / ".mien-queue.json").write_text('{"format": 99}')
    batch.set_folder(newer)
    qtbot.waitUntil(lambda: "another version of Mien" in dialog.problem_label.text())
    assert not dialog.start_button.isEnabled()


def test_a_queue_that_cannot_run_says_why(
    qtbot: QtBot, tmp_path: Path, make_batch: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: FakeRun) -> None:
        raise DataError("Another queue is writing here.")

    monkeypatch.setattr(FakeRun, "run", refuse)
    batch = make_batch()
    shown(qtbot, batch, clips(tmp_path, "a.mp4"), 1)
    with qtbot.waitSignal(batch.ended, timeout=10_000):
        batch.start()
    assert batch.dialog is not None
    assert batch.dialog.problem_label.text() == "Another queue is writing here."


def test_closing_the_program_asks_while_files_are_analysed(
    qtbot: QtBot, tmp_path: Path, make_batch: Make, runs: list[FakeRun]
) -> None:
    batch = make_batch()
    shown(qtbot, batch, clips(tmp_path, "a.mp4"), 1)
    closed: list[bool] = []
    assert not batch.holds_closing(lambda: closed.append(True))
    batch.start()
    qtbot.waitUntil(lambda: bool(runs), timeout=10_000)
    assert batch.holds_closing(lambda: closed.append(True))
    assert batch._question is not None
    stop = batch._question.findChild(QPushButton, "stop_batch_button")
    stop.click()
    qtbot.waitUntil(lambda: closed == [True], timeout=10_000)
    assert not batch.is_running()


def test_a_closing_that_was_given_up_is_not_made_good_for_later(
    qtbot: QtBot, tmp_path: Path, make_batch: Make, runs: list[FakeRun]
) -> None:
    """The program may ask on, about a training, and be told to stay."""
    batch = make_batch()
    shown(qtbot, batch, clips(tmp_path, "a.mp4"), 1)
    closed: list[bool] = []
    for _ in range(2):
        started = len(runs)
        batch.start()
        qtbot.waitUntil(lambda started=started: len(runs) > started, timeout=10_000)
        assert batch.holds_closing(lambda: closed.append(True))
        assert batch._question is not None
        with qtbot.waitSignal(batch.ended, timeout=10_000):
            batch._question.findChild(QPushButton, "stop_batch_button").click()
    assert closed == [True, True]
    batch.start()
    qtbot.waitUntil(lambda: len(runs) > 2, timeout=10_000)
    with qtbot.waitSignal(batch.ended, timeout=10_000):
        runs[2].go.set()
    assert closed == [True, True]


def test_what_is_ticked_is_written(tmp_path: Path) -> None:
    queue = QueueFile(tmp_path)
    order = BatchOrder(queue, None, ("blur", "session", "eaf"), 2)
    run = make_run(order, lambda item: None, lambda item, frames, share: None)
    options = run._recipe.options  # type: ignore[attr-defined]
    assert (options.annotated, options.blur_faces) == (True, True)
    assert options.formats == ("csv", "session", "eaf")
    keys = {key for key, _title in formats_offered()}
    assert keys - {"video", "blur", "session", "parquet"} < set(FORMATS)


@pytest.mark.slow
def test_a_real_clip_is_analysed_in_its_own_process(
    qtbot: QtBot, tmp_path: Path, make_player: MakePlayer
) -> None:
    write_clip(tmp_path / "a.mp4")
    player = make_player()
    batch = player.controller.batch
    batch._settings.qt.setValue("batch/folder", str(tmp_path / "out"))
    shown(qtbot, batch, [tmp_path / "a.mp4"], 1)
    with qtbot.waitSignal(batch.ended, timeout=60_000):
        batch.start()
    assert rows(batch) == [("a.mp4", DONE)]
    assert (tmp_path / "out" / "a.csv").is_file()
    with qtbot.waitSignal(player.controller.opened, timeout=10_000):
        assert batch.dialog is not None
        batch.dialog.table.selectRow(0)
        batch.dialog.open_button.click()


def drop(widget: QWidget, paths: list[Path]) -> bool:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(QPoint(5, 5), Qt.CopyAction, data, Qt.LeftButton, Qt.NoModifier)
    event.setAccepted(False)
    widget.dropEvent(event)
    return event.isAccepted()


def test_several_files_or_a_folder_of_videos_dropped_on_the_player_open_the_queue(
    qtbot: QtBot, tmp_path: Path, make_player: MakePlayer
) -> None:
    player = make_player()
    batch = player.controller.batch
    batch._settings.qt.setValue("batch/folder", str(tmp_path / "out"))
    paths = clips(tmp_path, "a.mp4", "b.mp4")
    assert drop(player.tab, paths)
    qtbot.waitUntil(lambda: len(rows(batch)) == 2, timeout=10_000)
    clips(tmp_path, "c.mp4")
    assert drop(player.tab, [tmp_path / "clips"])
    qtbot.waitUntil(lambda: len(rows(batch)) == 3, timeout=10_000)
    classes = tmp_path / "data" / "happy"
    classes.mkdir(parents=True)
    assert not drop(player.tab, [tmp_path / "data"])  # a data set: the window takes it


def test_dropping_on_the_queue_adds(qtbot: QtBot, tmp_path: Path, make_batch: Make) -> None:
    batch = make_batch()
    batch.show()
    assert batch.dialog is not None
    drop(batch.dialog, clips(tmp_path, "a.mp4"))
    qtbot.waitUntil(lambda: len(rows(batch)) == 1, timeout=10_000)


def test_the_more_menu_leads_to_the_queue_and_to_codings(
    qtbot: QtBot, make_player: MakePlayer
) -> None:
    player = make_player()
    menu = player.tab.more_button.menu()
    actions = {action.text(): action for action in menu.actions()}
    actions["Many files…"].trigger()
    assert player.controller.batch.dialog is not None
    assert player.controller.batch.dialog.isVisible()
    actions["Compare with a coding…"].trigger()
    assert player.controller.agreement.dialog is not None
    assert player.controller.agreement.dialog.isVisible()
    assert not actions["Record the camera…"].isEnabled()
