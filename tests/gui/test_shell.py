"""Window, settings, errors, languages, themes."""

from __future__ import annotations

import re
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from PyQt5.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PyQt5.QtGui import QDropEvent, QPalette
from PyQt5.QtWidgets import QAbstractButton, QAction, QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.__main__ import parse_args
from app.errors import ErrorReporter
from app.settings import Settings
from app.workers.base import Worker, WorkerThread
from trainer.errors import MienError

# Names, units and codes that are the same in every language.
_NAMES = re.compile(
    r"Mien|VGG|LightNet|LeNet|ResNet|FER2013|CSV|English|CPU|GPU|PyTorch|CUDA|Ctrl|Shift|Esc|Del|F\d+|SGD"
    r"|SHA-256 [0-9a-f]+|\bpx\b|Enter|Space"
    r"|\bMB\b|config\.yaml|Nesterov|Mixup|bfloat16|TensorBoard|Alt\+(?:Up|Down)"
    r"|Language|YuNet|ONNX|\bfps\b|\bms\b|\bM\b|\bs\b|\bFPS\b|\bAlt\b|\([A-Z]\)|\.[a-z0-9]+|[a-z0-9_]+\.csv"
)


def test_tabs_stand_in_order_and_answer_to_keys(make_app) -> None:
    window = make_app().window
    titles = [window.tabs.tabText(i) for i in range(window.tabs.count())]
    assert titles == ["Dataset", "Train", "Compare", "Player"]
    assert window.current_tab() == "player"
    window.show_training_action.trigger()
    assert window.current_tab() == "training"


def test_the_window_does_not_import_torch() -> None:
    code = "import sys, app.application; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_dropped_file_goes_where_it_belongs(make_app, qtbot: QtBot, tmp_path: Path) -> None:
    window = make_app().window
    window.media_requested.disconnect()
    window.dataset_requested.disconnect()
    for name, signal in (
        ("a.mp4", window.media_requested),
        ("b.csv", window.dataset_requested),
    ):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(tmp_path / name))])
        event = QDropEvent(QPoint(9, 9), Qt.CopyAction, data, Qt.LeftButton, Qt.NoModifier)
        with qtbot.waitSignal(signal) as dropped:
            window.dropEvent(event)
        assert dropped.args[0] == tmp_path / name


def test_settings_reach_the_disk_without_being_asked_to(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "mien.ini"
    settings = Settings(path)
    settings.theme = "dark"
    qtbot.waitUntil(lambda: path.exists() and "theme=dark" in path.read_text(), timeout=10_000)
    settings.theme = "light"
    del settings  # the program ends before the next time
    assert "theme=light" in path.read_text()


def test_damaged_settings_are_put_aside(tmp_path: Path) -> None:
    path = tmp_path / "mien.ini"
    path.write_bytes(b"\x00\xff\xfe broken")
    settings = Settings(path)
    assert settings.damaged_copy is not None
    assert settings.damaged_copy.exists()
    settings.theme = "dark"
    settings.remember_dataset(tmp_path / "a b 表情.csv")
    settings.sync()
    again = Settings(path)
    assert again.damaged_copy is None
    assert again.theme == "dark"
    assert again.recent_datasets == [tmp_path / "a b 表情.csv"]


def test_an_exception_in_a_slot_becomes_a_dialog(qtbot: QtBot) -> None:
    reporter = ErrorReporter()
    with qtbot.captureExceptions():
        reporter.install()
        try:
            QTimer.singleShot(0, lambda: 1 / 0)
            qtbot.waitUntil(lambda: reporter.dialog is not None)
            thread = threading.Thread(target=lambda: [][1])
            thread.start()
            thread.join()
            qtbot.waitUntil(lambda: "IndexError" in reporter.dialog.report())
        finally:
            reporter.uninstall()
    dialog = reporter.dialog
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert "ZeroDivisionError" in dialog.summary_label.text()
    dialog.copy_button.click()
    copied = QApplication.clipboard().text()
    assert "Traceback" in copied
    assert "PyQt5:" in copied
    dialog.reject()


class _Failing(Worker):
    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self._error = error

    def work(self) -> None:
        raise self._error


@pytest.mark.parametrize("error", [MienError("Say this."), ValueError("odd"), MemoryError()])
def test_a_worker_always_answers(qtbot: QtBot, error: BaseException) -> None:
    worker = _Failing(error)
    thread = WorkerThread(worker)
    with qtbot.waitSignals([worker.failed, worker.finished, thread.finished]):
        thread.start()
    assert thread.wait(1000)


class _Idle(Worker):
    def work(self) -> None:
        pass


def test_threads_are_over_when_their_owner_hears_of_it(qtbot: QtBot) -> None:
    """Else dropping one there would hang the window now and then."""
    over: list[bool] = []
    for _ in range(60):
        thread = WorkerThread(_Idle())
        thread.finished.connect(lambda one=thread: over.append(one.isFinished()))
        with qtbot.waitSignal(thread.finished, timeout=5000):
            thread.start()
        thread.stop_and_wait()
        assert thread.isFinished()
    assert all(over)


def test_a_thread_that_was_to_start_later_does_not_after_it_was_stopped(qtbot: QtBot) -> None:
    """Else it would run on, and abort the program, when its owner is gone."""
    thread = WorkerThread(Worker())
    thread.start_after(20)
    assert thread.stop_and_wait()
    with qtbot.assertNotEmitted(thread.started, wait=150):
        pass
    assert not thread.isRunning()


def test_theme_changes_the_palette(make_app, qapp: QApplication) -> None:
    program = make_app(theme="light")
    assert qapp.palette().color(QPalette.Window).lightness() > 200
    program.window.theme_dark_action.trigger()
    assert qapp.palette().color(QPalette.Window).lightness() < 60
    assert program.settings.theme == "dark"
    program.window.theme_light_action.trigger()


def test_the_language_changes_inside_the_program(make_app, qtbot: QtBot) -> None:
    program = make_app()
    old = program.window
    program.window.show_tab("training")
    program.window.language_zh_action.trigger()
    qtbot.waitUntil(lambda: program.window is not old)
    assert program.window.tabs.tabText(1) == "训练"
    assert program.window.current_tab() == "training"
    assert program.settings.language == "zh_CN"


def test_everything_visible_is_chinese(make_app, tiny_csv: Path, qtbot: QtBot) -> None:
    program = make_app(language="zh_CN")
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.open_path(tiny_csv)
    window = program.window
    texts: list[str] = []
    for tab in (window.tabs.widget(i) for i in range(3)):
        for widget in tab.findChildren((QLabel, QAbstractButton)):
            texts += [widget.text(), widget.toolTip(), widget.accessibleName()]
    texts += [window.tabs.tabText(i) for i in range(4)]
    texts += [action.text() for action in window.menuBar().findChildren(QAction)]
    texts += [action.text() for action in window.findChildren(QAction)]
    english = [text for text in texts if re.search(r"[A-Za-z]{2,}", _NAMES.sub("", text))]
    english = [text for text in english if str(tiny_csv.parent) not in text]
    assert english == []


def test_an_empty_argument_is_no_file() -> None:
    assert parse_args([]).file is None
    assert parse_args([""]).file is None
    assert parse_args(["clip.mp4"]).file == Path("clip.mp4")
