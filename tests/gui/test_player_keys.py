"""Changing the Player's keys."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from player_parts import MakePlayer, open_paused, write_clip
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.settings import Settings
from ui.keys_dialog import KeysDialog
from ui.player_keys import PLAYER_KEYS, key_set, portable


@pytest.fixture
def dialog(qtbot: QtBot) -> KeysDialog:
    made = KeysDialog(False, {}, {"Ctrl+O": "Open"})
    qtbot.addWidget(made)
    made.show()
    return made


def test_another_key_works_at_once_and_after_a_start(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    write_clip(path)
    player = make_player()
    open_paused(qtbot, player, path)
    tab = player.tab
    (keys,) = [action for action in tab._more_menu.actions() if "Keys" in action.text()]
    keys.trigger()
    changing = player.controller.tools.keys_dialog
    assert changing is not None
    changing.choose("boxes")
    qtbot.keyClick(changing.key_edit, Qt.Key_T)
    assert changing.set_button.isEnabled()
    changing.set_button.click()
    changing.accept()
    tab.activateWindow()
    qtbot.waitUntil(tab.isActiveWindow, timeout=5000)
    shown = tab.boxes_button.isChecked()
    qtbot.keyClick(tab, Qt.Key_B)
    assert tab.boxes_button.isChecked() == shown
    qtbot.keyClick(tab, Qt.Key_T)
    assert tab.boxes_button.isChecked() != shown
    assert tab.boxes_button.toolTip().endswith("(T)")
    assert ("Show or hide the boxes", "T") in tab.shortcut_help()
    assert Settings(tmp_path / "settings0.ini").own_keys == {"boxes": ["T"]}


def test_a_key_that_is_in_use_changes_its_owner_and_says_so(
    qtbot: QtBot, dialog: KeysDialog
) -> None:
    dialog.choose("mark")
    qtbot.keyClick(dialog.key_edit, Qt.Key_S)
    assert "Save this picture" in dialog.note_label.text()
    with qtbot.waitSignal(dialog.changed) as changed:
        dialog.add_button.click()
    boris, own = changed.args
    assert not boris
    assert own == {"snapshot": [], "mark": ["E", "S"]}
    assert key_set(boris, own)["snapshot"] == ()
    with qtbot.waitSignal(dialog.changed) as changed:
        dialog.reset_button.click()
    assert changed.args == [False, {}]


def test_keys_that_cannot_be_had_say_why(qtbot: QtBot, dialog: KeysDialog) -> None:
    dialog.choose("mark")
    for key, modifier, words in (
        (Qt.Key_O, Qt.ControlModifier, "whole window"),
        (Qt.Key_Escape, Qt.NoModifier, "needed to move"),
        (Qt.Key_Return, Qt.NoModifier, "needed to move"),
        (Qt.Key_E, Qt.NoModifier, "already"),
        (Qt.Key_1, Qt.NoModifier, "belongs to"),
    ):
        qtbot.keyClick(dialog.key_edit, key, modifier)
        assert words in dialog.note_label.text()
        assert not dialog.set_button.isEnabled()
        assert not dialog.add_button.isEnabled()
    dialog.clear_button.click()
    assert dialog.own_keys() == {"mark": []}
    assert not dialog.clear_button.isEnabled()


def test_a_shifted_sign_is_the_sign(qtbot: QtBot, dialog: KeysDialog) -> None:
    qtbot.keyClick(dialog.key_edit, Qt.Key_BraceLeft, Qt.ShiftModifier)
    assert dialog._typed() == "{"
    qtbot.keyClick(dialog.key_edit, Qt.Key_A, Qt.ShiftModifier)
    assert dialog._typed() == "Shift+A"


_NAMES = st.sampled_from([entry.action for entry in PLAYER_KEYS] + ["nothing"])
_KEYS = st.sampled_from(
    ["S", "s", "Space", "Ctrl+S", "Esc", "Tab", "", "A, B", "F13", "nonsense", "{", "3"]
)


@given(st.booleans(), st.dictionaries(_NAMES, st.lists(_KEYS, max_size=4), max_size=8))
def test_whatever_was_saved_no_key_has_two_meanings(boris: bool, own: dict[str, list[str]]) -> None:
    keys = key_set(boris, own)
    assert set(keys) == {entry.action for entry in PLAYER_KEYS}
    assert keys["escape"] == ("Esc",)
    assert keys["label_fear"] == ("3",)
    all_of_them = [portable(key) for those in keys.values() for key in those]
    assert len(all_of_them) == len(set(all_of_them))
    assert "" not in all_of_them


@pytest.mark.parametrize("text", ["", "no json", "[1]", '{"mark": 3}', '{"mark": [3, null]}'])
def test_damaged_keys_are_the_usual_ones(tmp_path: Path, text: str) -> None:
    settings = Settings(tmp_path / "settings.ini")
    settings.qt.setValue("player/own_keys", text)
    found = settings.own_keys
    assert key_set(False, {name: keys for name, keys in found.items() if keys}) == key_set()
