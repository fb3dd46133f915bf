"""What the tests of the windows share: a private home, the application, tiny data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.application import Application
from app.paths import settings_file
from app.settings import Settings
from trainer.data.demo import generate_demo

MakeApp = Callable[..., Application]


@pytest.fixture(autouse=True)
def mien_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, logs, runs and caches of one test."""
    home = tmp_path / "home"
    monkeypatch.setenv("MIEN_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def tiny_csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A drawn data set of 56 training images."""
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
