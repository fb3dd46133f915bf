"""The selected face keeps all its bars in every window."""

from __future__ import annotations

import pytest
from PyQt5.QtCore import QSize
from pytestqt.qtbot import QtBot


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_all_seven_bars_have_their_place(make_app, qtbot: QtBot, language: str) -> None:
    """The time line takes room; it is the notes that give way, not the seventh expression."""
    program = make_app(language=language)
    window, panel = program.window, program.player._tab.face_panel
    window.show_tab("player")
    program.player._tab.show_media("video", 60_000.0)
    window.show()
    qtbot.waitExposed(window)

    def whole() -> bool:
        bars = panel.bars
        inside = bars.geometry().bottom() < panel.height()
        return inside and bars.height() == bars.sizeHint().height()

    for size in (window.minimumSizeHint(), QSize(1240, 720), QSize(1366, 768), QSize(1600, 1000)):
        window.resize(size)
        qtbot.waitUntil(whole)
        for note in (panel._legend, panel._hint):
            assert not note.isVisible() or note.geometry().top() > panel.bars.geometry().bottom()
    assert panel._hint.isVisible()  # where there is room the notes are there
