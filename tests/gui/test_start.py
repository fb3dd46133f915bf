"""Second starts, kills, damaged files, full disks: the program starts and says what it found."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PyQt5.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot
from starting import ROOT, Started

from app import second_start
from app.instance import SingleInstance, runtime_folder
from app.second_start import may_open
from app.sessions import Session
from trainer.data.demo import generate_demo
from ui.widgets.notice_bar import NoticeBar

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and mounts of Unix")
Start = Callable[..., Started]

_TELL_OPENED = """\
from app.application import Application
Application.open_path = lambda self, path: tell(opened=str(path))
"""
_TELL_FRONT = """\
from ui.main_window import MainWindow
front = MainWindow.come_to_front
MainWindow.come_to_front = lambda self: (tell(front=True), front(self))
"""


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start programs; those still running at the end of the test are killed."""
    made: list[Started] = []

    def make(*args: str, **options: object) -> Started:
        home = options.pop("home", tmp_path / "user")
        made.append(Started(home, args, **options))  # type: ignore[arg-type]
        return made[-1]

    yield make
    for program in made:
        program.close()


def _full_disk_commands(folder: Path) -> tuple[str, ...]:
    """Run what follows with a full file system of its own at ``folder``."""
    script = 'mount -t tmpfs -o size=64k full "$0"; cat /dev/zero >"$0/filler"; exec "$@"'
    command = ("unshare", "-m", "sh", "-c", script, str(folder))
    if shutil.which("unshare") is None:
        pytest.skip("no unshare")
    test = f"test ! -s {folder}/none -a -s {folder}/filler"
    if subprocess.run([*command, "sh", "-c", test], capture_output=True).returncode:
        pytest.skip("file systems cannot be mounted here")
    return command


# -- second start --------------------------------------------------------------------------


@posix
def test_a_second_start_hands_its_file_to_the_first(start: Start, tmp_path: Path) -> None:
    first = start(prepare=_TELL_OPENED + _TELL_FRONT)
    first.hear("ready")
    second = start("holiday 表情.mp4")
    assert second.end(None) == 0
    assert first.hear("front")
    assert first.hear("opened") == str(ROOT / "holiday 表情.mp4")  # its folder, not the first's
    assert first.process.poll() is None


@posix
def test_a_killed_program_does_not_block_the_next(start: Start, tmp_path: Path) -> None:
    first = start()
    first.hear("ready")
    first.kill()
    second = start()
    assert second.hear("notice") == "Mien did not close properly last time."
    third = start()
    assert third.end(None) == 0, "the socket that the killed program left was not replaced"
    assert second.end() == 0
    fourth = start()
    fourth.hear("ready")
    assert fourth.end() == 0
    assert "not close properly" not in fourth.errors()
    assert list((tmp_path / "user" / "data" / "running").iterdir()) == []


@posix
def test_a_first_program_that_hangs_is_asked_about(start: Start, tmp_path: Path) -> None:
    first = start()
    first.hear("ready")
    first.process.send_signal(signal.SIGSTOP)
    early = """\
from app import second_start
from app.instance import SingleInstance
hand_over = SingleInstance.hand_over
SingleInstance.hand_over = lambda self, file, _ms: hand_over(self, file, 300)
second_start.ask = lambda: (tell(asked=True), "window")[1]
"""
    second = start(early=early)
    assert second.hear("asked")
    assert second.hear("ready")


def test_the_question_offers_three_ways(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    for wanted, title in (
        ("again", "Try again"),
        ("window", "Open a second window"),
        ("close", "Close"),
    ):

        def choose(box: QMessageBox, title: str = title) -> int:
            next(button for button in box.buttons() if button.text() == title).click()
            return 0

        monkeypatch.setattr(QMessageBox, "exec_", choose)
        assert second_start.ask() == wanted


def test_a_message_that_is_none_does_no_harm(qtbot: QtBot) -> None:
    from PyQt5.QtNetwork import QLocalSocket

    first = SingleInstance()
    assert first.claim()
    for text in (b"\xff\n", b"{}\n", b"[1]\n", b"x" * 70_000):
        socket = QLocalSocket()
        with qtbot.waitSignal(socket.disconnected):
            socket.connectToServer(first.address)
            socket.write(text)
    other = SingleInstance()
    assert not other.claim()
    first.release()
    assert may_open(other, None)
    other.release()


@posix
def test_a_folder_of_others_is_not_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(shared))
    assert runtime_folder() != shared
    shared.chmod(0o700)
    assert runtime_folder() == shared


# -- ending --------------------------------------------------------------------------------


@posix
def test_closing_the_window_ends_the_program(start: Start, tmp_path: Path) -> None:
    program = start(prepare="QTimer.singleShot(200, window.close)")
    program.hear("ready")
    assert program.end(None) == 0
    assert list((tmp_path / "user" / "data" / "running").iterdir()) == []


@posix
def test_the_systems_signal_closes_properly(start: Start, tmp_path: Path) -> None:
    program = start(prepare="window.show_tab('comparison')")
    program.hear("ready")
    assert program.end(signal.SIGTERM) == 0
    assert "tab=comparison" in (tmp_path / "user" / "config" / "mien.ini").read_text()


# -- files that are damaged or cannot be written -------------------------------------------


@posix
def test_damaged_settings_are_told(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "user" / "config" / "mien.ini"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"\x00\xff broken")
    program = start()
    aside = path.with_name("mien.ini.damaged")
    assert program.hear("notice") == f"The settings file was damaged; it was kept as {aside}."
    assert aside.read_bytes() == b"\x00\xff broken"
    assert program.end() == 0


@posix
def test_a_home_that_cannot_be_written(start: Start, tmp_path: Path) -> None:
    home = tmp_path / "user"
    home.write_text("a file where the folder should be")  # stops root too, as no mode would
    program = start()
    notices = {program.hear("notice"), program.hear("notice")}
    assert any(text.startswith("The settings cannot be written to") for text in notices)
    assert any(text.startswith("The log cannot be written to") for text in notices)
    assert all("Not a directory" in text for text in notices)
    assert program.hear("ready")
    assert program.end() == 0
    assert "Traceback" not in program.errors()
    assert home.read_text() == "a file where the folder should be"


@posix
def test_a_full_disk_is_told(start: Start, tmp_path: Path) -> None:
    home = tmp_path / "user"
    home.mkdir()
    program = start(before=_full_disk_commands(home))
    notices = [program.hear("notice"), program.hear("notice")]
    assert all("No space left on device" in text for text in notices), notices
    assert program.hear("ready")
    assert program.end() == 0
    assert "Traceback" not in program.errors()


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full")
def test_a_disk_that_fills_up_later_is_told(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "user" / "log" / "mien.log"
    path.parent.mkdir(parents=True)
    path.symlink_to("/dev/full")
    prepare = "import logging, threading\n"
    prepare += "threading.Thread(target=logging.getLogger().info, args=('one',)).start()"
    program = start(prepare=prepare)
    assert "No space left on device" in program.hear("notice")
    assert program.end() == 0
    assert "Traceback" not in program.errors()


@posix
def test_nothing_is_written_beside_the_program(
    start: Start, tmp_path: Path, tiny_csv: Path
) -> None:
    copy = tmp_path / "Programme für alle"
    for name in ("app", "ui", "trainer", "resources"):
        shutil.copytree(
            ROOT / name,
            copy / name,
            ignore=shutil.ignore_patterns("__pycache__"),
            copy_function=_link,
        )
    before = _listing(copy)
    prepare = """\
from app.controllers.dataset import DatasetController
app = next(o for o in __import__("gc").get_objects() if type(o).__name__ == "Application")
app.dataset.reading_finished.connect(lambda *_: tell(read=True))

def accept():  # the summary of a data set that Mien does not know
    dialog = app.dataset.opener.dialog
    if dialog is not None and dialog.isVisible():
        dialog.open_button.click()
        timer.stop()

from PyQt5.QtCore import QTimer
timer = QTimer(app)
timer.timeout.connect(accept)
timer.start(50)
"""
    bare = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "1"}  # as a bundle has it
    program = start(str(tiny_csv), prepare=prepare, root=copy, env=bare)
    assert program.hear("read")
    assert program.end() == 0
    assert "Cannot open" not in program.errors()  # Qt and its icons
    assert _listing(copy) == before


def _link(source: str, target: str) -> None:
    """Copy what somebody may edit meanwhile; the weights need not be twice on the disk."""
    if os.path.getsize(source) > 1_000_000:
        with contextlib.suppress(OSError):  # another file system
            os.link(source, target)
            return
    shutil.copy2(source, target)


def _listing(folder: Path) -> dict[str, tuple[int, int]]:
    return {
        str(path.relative_to(folder)): (path.stat().st_size, path.stat().st_mtime_ns)
        for path in folder.rglob("*")
    }


# -- what a killed program leaves ------------------------------------------------------------


@posix
@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_training_that_was_killed_is_offered(start: Start, tmp_path: Path) -> None:
    data = generate_demo(
        tmp_path / "data.csv", train_per_class=2, val_per_class=1, test_per_class=0
    )
    prepare = f"""\
from pathlib import Path
from trainer.config import TrainConfig
from trainer.events import EpochFinished
from trainer.run_queue import QueuedRun
app = next(o for o in __import__("gc").get_objects() if type(o).__name__ == "Application")

def on_event(event):
    if isinstance(event, EpochFinished):
        tell(epoch=event.epoch)

config = TrainConfig(epochs=500, threads=1)
app.training.train([QueuedRun(config, Path({str(data)!r}))])
app.training._thread.worker.event_announced.connect(on_event)
app.training._thread.worker.failed.connect(lambda *told: tell(epoch=told))
"""
    first = start(prepare=prepare)
    assert first.hear("epoch", 400.0) == 0
    first.kill()
    (run,) = (tmp_path / "user" / "data" / "runs").iterdir()
    second = start()
    notice = second.hear_fact("notice")
    assert notice["notice"].startswith("Mien did not close properly last time.")
    assert f"The training {run.name} ended after" in notice["notice"]
    assert "of 500 epochs; you can resume it." in notice["notice"]
    assert notice["action"] == "Show the training"
    assert second.end() == 0


def test_the_notice_leads_to_the_training(qtbot: QtBot) -> None:
    bar = NoticeBar()
    qtbot.addWidget(bar)
    done: list[int] = []
    bar.add("First.", "Do it", lambda: done.append(1))
    bar.add("Second.")
    assert bar.text == "First.\nSecond."
    bar.action_button.click()
    assert done == [1]
    assert bar.isHidden()
    assert bar.sentences() == ()


def test_a_session_knows_the_living_from_the_dead(tmp_path: Path) -> None:
    first, second = Session(tmp_path), Session(tmp_path)
    first.begin()
    second.begin()
    assert second.killed == ()
    second.end()
    first.end()
    assert list(tmp_path.iterdir()) == []


def test_the_splash_is_painted_before_the_window_loads(qtbot: QtBot, qapp: QApplication) -> None:
    from app.splash import Splash

    splash = Splash("dark")
    qtbot.addWidget(splash)
    assert splash.pixmap().width() >= 300
    splash.appear()
    assert splash.isVisible()
