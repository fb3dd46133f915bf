"""The collection of corrections, and improving the model with it, as the windows show them."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from player_parts import MakePlayer, Player, open_paused, write_clip
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.core.correction_parts import make_correction
from trainer.data.corrections import CorrectionStore
from trainer.data.fer2013 import read_fer2013
from trainer.errors import DataError
from trainer.improve.outcome import BETTER, FORGETS, NOT_BETTER, UNCLEAR, Outcome, measure
from ui.corrections_dialog import CorrectionsDialog
from ui.improve_dialog import ImproveDialog


@pytest.fixture
def player(qtbot: QtBot, make_player: MakePlayer) -> Player:
    made: Player = make_player()
    return made


def fill(count: int) -> CorrectionStore:
    store = CorrectionStore()
    for number in range(count):
        store.add(make_correction(number))
    return store


def show(qtbot: QtBot, player: Player) -> CorrectionsDialog:
    windows = player.controller.tools.correction_windows
    with qtbot.waitSignal(player.controller.tools.corrections.changed, timeout=10_000):
        windows.action.trigger()
    dialog = windows._dialog
    assert dialog is not None
    with qtbot.waitActive(dialog):
        dialog.activateWindow()
    return dialog


def outcome(verdict: str, path: Path | None = None) -> Outcome:
    found = measure(np.array([True, False] * 10), np.array([True] * 18 + [False] * 2))
    shown = None if verdict == FORGETS else found
    return Outcome(
        verdict, 20, "h", 3, "videos", 3, shown, shown, "FER2013", 1.0, "m", "s", path, 2.0
    )


def test_the_more_menu_opens_what_is_kept(qtbot: QtBot, player: Player) -> None:
    dialog = show(qtbot, player)
    assert "No corrections yet" in dialog.summary_label.text()
    assert not dialog.improve_button.isEnabled()
    dialog.close()
    fill(9)
    dialog = show(qtbot, player)
    assert dialog.model.rowCount() == 9
    assert dialog.class_list.item(1).text() == "Anger   2"
    dialog.class_list.setCurrentRow(1)
    assert dialog.model.rowCount() == 2
    dialog.grid.choose_row(0)
    assert "the model said Unsure; a film.mp4 at" in dialog.chosen_label.text()


def test_labels_change_and_deleting_can_be_undone(qtbot: QtBot, player: Player) -> None:
    store = fill(3)
    dialog = show(qtbot, player)
    changed = player.controller.tools.corrections.changed
    dialog.grid.choose_row(0)  # the newest
    with qtbot.waitSignal(changed, timeout=10_000):
        qtbot.keyClick(dialog, Qt.Key_7)
    assert [item.label for item in store.read().items] == ["anger", "disgust", "neutral"]
    dialog.grid.choose_row(1)
    with qtbot.waitSignal(changed, timeout=10_000):
        qtbot.keyClick(dialog, Qt.Key_Delete)
    assert [item.label for item in store.read().items] == ["anger", "neutral"]
    with qtbot.waitSignal(changed, timeout=10_000):
        dialog.undo_button.click()
    assert sorted(item.label for item in store.read().items) == ["anger", "disgust", "neutral"]
    assert not dialog.undo_button.isVisible()


def test_the_dataset_tab_is_given_a_file_that_it_reads(qtbot: QtBot, player: Player) -> None:
    fill(6)
    dialog = show(qtbot, player)
    with qtbot.waitSignal(player.controller.dataset_requested, timeout=10_000) as wanted:
        dialog.dataset_button.click()
    rows = read_fer2013(wanted.args[0])
    assert len(rows.targets) == 6
    assert set(rows.splits.tolist()) == {0, 1}


def test_improving_says_what_is_missing(qtbot: QtBot, player: Player) -> None:
    fill(3)
    dialog = show(qtbot, player)
    dialog.improve_button.click()
    asked = player.controller.tools.correction_windows._improve
    assert asked is not None
    assert "at least 12" in asked.verdict_label.text()
    assert not asked.start_button.isEnabled()


def test_a_failure_and_a_cancel_bring_the_question_back(
    qtbot: QtBot, player: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(14)
    windows = player.controller.tools.correction_windows
    show(qtbot, player)
    asked = windows.show_improve()

    def refuse(*_args: object, **_more: object) -> None:
        raise DataError("No such features; choose others.")

    monkeypatch.setattr("trainer.improve.network.HeadNetwork", refuse)
    asked.start_button.click()
    qtbot.waitUntil(lambda: windows._thread is None, timeout=20_000)
    assert "No such features" in asked.verdict_label.text()
    assert asked.start_button.isEnabled()
    asked.show_running()
    with qtbot.waitSignal(asked.cancel_requested):
        asked.close_button.click()
    asked.show_ended("")
    assert "nothing was written" in asked.verdict_label.text()


@pytest.mark.parametrize("verdict", [BETTER, UNCLEAR, NOT_BETTER, FORGETS])
def test_the_result_is_said_plainly(qtbot: QtBot, tmp_path: Path, verdict: str) -> None:
    dialog = ImproveDialog()
    qtbot.addWidget(dialog)
    written = tmp_path / "new.onnx" if verdict in (BETTER, UNCLEAR) else None
    dialog.show_outcome(outcome(verdict, written), clip_is_open=True)
    dialog.show()
    kept = "kept the old one" in dialog.verdict_label.text()
    assert kept == (written is None)
    assert dialog.use_button.isVisible() == (written is not None)
    assert dialog.again_button.isVisible() == (written is not None)
    assert dialog.table.values.rowCount() == (0 if verdict == FORGETS else 2)
    if verdict != FORGETS:
        assert dialog.table.values.text(0, 2).startswith("50.0 %")


def test_nothing_is_replaced_until_the_user_says_so_then_the_clip_plays_again(
    qtbot: QtBot, player: Player, tmp_path: Path
) -> None:
    write_clip(tmp_path / "clip.mp4")
    open_paused(qtbot, player, tmp_path / "clip.mp4")
    windows = player.controller.tools.correction_windows
    dialog = windows.show_improve()
    windows._outcome = outcome(BETTER, tmp_path / "new.onnx")
    with qtbot.assertNotEmitted(player.controller.model_changed, wait=50):
        windows._on_thread_finished()
    with qtbot.waitSignal(player.controller.model_changed, timeout=10_000) as changed:
        dialog.again_button.click()
    assert changed.args[0].name == "new"
    qtbot.waitUntil(lambda: player.controller.presenter.playing, timeout=5000)


def step_six(qtbot: QtBot, player: Player) -> None:
    """Go six frames on, to one with a face."""
    presenter = player.controller.presenter
    assert presenter.info is not None
    goal_ms = presenter.position_ms + 5.5 * presenter.info.frame_ms
    presenter.step(6)
    qtbot.waitUntil(
        lambda: presenter.position_ms >= goal_ms and bool(player.tab.shown_id), timeout=20_000
    )


@pytest.mark.media
def test_real_corrections_improve_the_shipped_network_without_torch(
    qtbot: QtBot, make_player: MakePlayer, shared_folder: Path
) -> None:
    """From keys on a real clip to figures and a file; the verdict is whatever is true."""
    from app.workers.playback_parts import default_pipeline

    player: Player = make_player(pipeline=default_pipeline)
    tools = player.controller.tools
    for clip in ("lp_d10.mp4", "lp_d3.mp4"):
        open_paused(qtbot, player, shared_folder / "media" / "videos" / clip)
        qtbot.waitUntil(lambda: player.controller.presenter.current is not None)
        with qtbot.waitActive(player.tab):
            player.tab.activateWindow()
        player.tab.setFocus()
        for _ in range(7):
            step_six(qtbot, player)
            with qtbot.waitSignal(tools.corrections.changed, timeout=10_000):
                qtbot.keyClick(player.tab, Qt.Key_6)
    items = CorrectionStore().read().items
    assert len({item.video for item in items}) == 2
    assert len(items) == 14
    show(qtbot, player)
    dialog = tools.correction_windows.show_improve()
    had_torch = "torch" in sys.modules
    dialog.start_button.click()
    qtbot.waitUntil(lambda: tools.correction_windows._thread is None, timeout=100_000)
    found = tools.correction_windows._outcome
    assert found is not None, dialog.verdict_label.text()
    assert had_torch or "torch" not in sys.modules
    # Calling every face surprised may be more than the network can learn without forgetting.
    assert dialog.table.values.rowCount() == (0 if found.verdict == FORGETS else 2)
    assert dialog.verdict_label.text() == dialog.verdict_text(found)
