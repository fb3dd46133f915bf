"""What Qt itself writes is in the window's language: buttons, context menus, file dialogs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt5.QtCore import QLibraryInfo
from PyQt5.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
)
from pytestqt.qtbot import QtBot

from app.i18n import install_language

_LATIN = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture
def chinese(qapp: QApplication) -> Iterator[None]:
    install_language(qapp, "zh_CN")
    yield
    install_language(qapp, "en")


def _buttons(qtbot: QtBot) -> list[str]:
    box = QMessageBox(QMessageBox.Question, "", "")
    qtbot.addWidget(box)
    box.setStandardButtons(QMessageBox.Yes | QMessageBox.No | QMessageBox.Cancel | QMessageBox.Ok)
    return sorted(button.text() for button in box.buttons())


@pytest.mark.usefixtures("chinese")
def test_standard_buttons_are_chinese(qtbot: QtBot) -> None:
    assert not [text for text in _buttons(qtbot) if _LATIN.search(text)]


@pytest.mark.usefixtures("chinese")
def test_the_context_menu_of_a_text_field_is_chinese(qtbot: QtBot) -> None:
    field = QLineEdit()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    qtbot.addWidget(menu)
    texts = [action.text().split("\t")[0] for action in menu.actions()]
    assert any(texts)
    assert not [text for text in texts if _LATIN.search(text)]


@pytest.mark.usefixtures("chinese")
def test_a_file_dialog_of_qt_is_chinese(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = QFileDialog(None, "", str(tmp_path))
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.DontUseNativeDialog)
    texts = [widget.text() for widget in dialog.findChildren(QLabel)]
    texts += [widget.text() for widget in dialog.findChildren(QAbstractButton)]
    assert len([text for text in texts if text]) > 3
    assert not [text for text in texts if _LATIN.search(text)]


@pytest.mark.usefixtures("chinese")
def test_english_comes_back(qtbot: QtBot, qapp: QApplication) -> None:
    install_language(qapp, "en")
    assert _buttons(qtbot) == ["&No", "&Yes", "Cancel", "OK"]


def test_without_qts_file_mien_itself_is_still_chinese(
    qapp: QApplication,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(QLibraryInfo, "location", lambda _which: str(tmp_path))
    with caplog.at_level(logging.WARNING):
        install_language(qapp, "zh_CN")
    assert qapp.translate("MainWindow", "Train") == "训练"
    assert str(tmp_path) in caplog.text
    install_language(qapp, "en")
