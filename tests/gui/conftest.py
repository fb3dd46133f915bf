"""What the tests of the windows share: a private home, the application, tiny data."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from dataset_parts import remember
from player_parts import FakeCamera, FakePipeline, MakePlayer, Player
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.application import Application
from app.controllers.player import PlayerController
from app.paths import settings_file
from app.settings import Settings
from app.workers.media import AnalysisPipeline
from app.workers.playback_parts import PlaybackServices
from trainer.data.demo import generate_demo
from ui.player_tab import PlayerTab

MakeApp = Callable[..., Application]


@pytest.fixture(autouse=True)
def _no_key_stays_down(qapp: QApplication) -> Iterator[None]:
    """Release what a test pressed: with Shift still down the next test would select ranges."""
    yield
    if qapp.keyboardModifiers() != Qt.NoModifier:
        QTest.keyClick(QWidget(), Qt.Key_F35)


@pytest.fixture(autouse=True)
def _windows_go_on_the_gui_thread() -> Iterator[None]:
    """As in the program (``app.garbage``): no worker of a later test takes its windows down."""
    gc.disable()
    yield
    _rounds.append(gc.collect(2 if len(_rounds) % 20 == 0 else 1))


_rounds: list[int] = []


@pytest.fixture(autouse=True)
def mien_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs, runs and caches of one test."""
    home = tmp_path / "home"
    monkeypatch.setenv("MIEN_HOME", str(home))
    return home


@pytest.fixture
def tiny_csv(drawn_csv: Path, mien_home: Path) -> Path:
    """A drawn data set of 56 training images, opened before."""
    return remember(drawn_csv)


@pytest.fixture(scope="session")
def drawn_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, never opened."""
    path = tmp_path_factory.mktemp("data") / "tiny.csv"
    return generate_demo(path, train_per_class=8, val_per_class=2, test_per_class=2)


@pytest.fixture
def make_app(qtbot: QtBot) -> Iterator[MakeApp]:
    """Build the program; what is still open at the end of the test is shut down."""
    from PyQt5.QtWidgets import QApplication

    from app.i18n import install_language

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    made: list[Application] = []

    def make(language: str = "en", theme: str = "light") -> Application:
        program = Application(application, Settings(settings_file()), language, theme)
        made.append(program)
        program.start()
        return program

    yield make
    for program in made:
        program.shutdown()
        program.window.close_now()
        program.window.deleteLater()
    install_language(application, "en")


@pytest.fixture
def make_player(qtbot: QtBot, tmp_path: Path) -> Iterator[MakePlayer]:
    """Build Players; they are shut down at the end of the test."""
    made: list[Player] = []

    def make(
        pipeline: Callable[[Path | None], AnalysisPipeline] | None = None,
        settings: Settings | None = None,
        *,
        camera: Callable[[int], object] | None = None,
    ) -> Player:
        services = PlaybackServices(
            make_pipeline=pipeline or (lambda _path: FakePipeline()),
            open_camera=camera or (lambda _index: FakeCamera()),  # type: ignore[arg-type]
        )
        tab = PlayerTab()
        qtbot.addWidget(tab)
        settings = settings or Settings(tmp_path / f"settings{len(made)}.ini")
        controller = PlayerController(tab, settings, services=services, find_cameras=lambda: [])
        player = Player(tab, controller)
        controller.frame_shown.connect(player.remember)
        tab.resize(900, 600)
        tab.show()
        qtbot.waitExposed(tab)
        made.append(player)
        return player

    yield make
    for player in made:
        player.controller.shutdown()
