"""The Train tab says what was done to the training images, and warns of leaks that are learnt."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from trainer.events import TrainingStarted
from ui.training_tab import TrainingTab


def _started(tmp_path: Path, **counts: int) -> TrainingStarted:
    return TrainingStarted(
        run_dir=tmp_path,
        device="CPU (no CUDA device found)",
        first_epoch=0,
        epochs=3,
        steps_per_epoch=10,
        train_samples=27_122,
        val_samples=3_589,
        parameters=18_000_000,
        **counts,
    )


def _tab(qtbot: QtBot) -> TrainingTab:
    tab = TrainingTab()
    qtbot.addWidget(tab)
    tab.show()
    return tab


def test_left_out_leaks_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    tab = _tab(qtbot)
    tab.show_started(_started(tmp_path, leaks_left_out=351, duplicates_left_out=1236), 0)
    assert (
        "351 training images also stand in the validation or test" in tab.progress.data_label.text()
    )
    assert "1\u202f236 exact repeats" in tab.progress.data_label.text()
    assert tab.banner.text == ""


def test_learnt_leaks_are_warned_of(qtbot: QtBot, tmp_path: Path) -> None:
    tab = _tab(qtbot)
    tab.show_started(_started(tmp_path, leaks_kept=351), 0)
    assert "too good" in tab.banner.text
    assert tab.banner.isVisible()


def test_balancing_and_corrections_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    tab = _tab(qtbot)
    tab.show_started(
        _started(tmp_path, balanced_added=3924, relabelled=4, excluded=2, targets_left_out=9), 0
    )
    assert "Balancing made 3\u202f924 images." in tab.progress.data_label.text()
    assert "4 images have another label, 2 are excluded" in tab.progress.data_label.text()
    assert "9 are left out because the votes give no target" in tab.progress.data_label.text()


def test_nothing_is_said_where_nothing_was_done(qtbot: QtBot, tmp_path: Path) -> None:
    tab = _tab(qtbot)
    tab.show_started(_started(tmp_path, balanced_added=5), 0)
    tab.show_preparing("Reading the data…")
    tab.show_started(_started(tmp_path), 0)
    assert not tab.progress.data_label.isVisible()
