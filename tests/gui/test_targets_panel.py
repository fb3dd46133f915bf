"""The Overview says what each choice of targets leaves out, and Train gets the choice."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from dataset_parts import open_new
from pytestqt.qtbot import QtBot

from trainer.data.edits import EditLog
from trainer.labels import EXPRESSIONS
from ui.dataset_state import DatasetState
from ui.tables.samples import Samples
from ui.targets_panel import TargetsPanel

HEAD = "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"


def _samples(votes: np.ndarray | None) -> Samples:
    # Five training images, one of them happiness for all, and one for validation.
    return Samples(
        images=np.zeros((6, 48, 48), np.uint8),
        targets=np.zeros(6, np.int64),
        splits=np.array([0, 0, 0, 0, 0, 1], np.uint8),
        source_rows=np.arange(2, 8),
        class_names=EXPRESSIONS,
        name="some.csv",
        path=Path("some.csv"),
        content_hash="0" * 64,
        kind="fer2013",
        votes=votes,
    )


VOTES = np.array(
    [
        [0, 10, 0, 0, 0, 0, 0, 0, 0, 0],
        [5, 5, 0, 0, 0, 0, 0, 0, 0, 0],
        [4, 3, 3, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 1, 9],
        [0, 0, 0, 0, 10, 0, 0, 0, 0, 0],
        [0, 10, 0, 0, 0, 0, 0, 0, 0, 0],
    ],
    np.uint8,
)


@pytest.fixture
def shown(qtbot: QtBot) -> tuple[TargetsPanel, DatasetState]:
    state = DatasetState()
    panel = TargetsPanel()
    qtbot.addWidget(panel)
    panel.set_state(state)
    samples = _samples(VOTES)
    state.set_samples(samples, EditLog(samples.content_hash, EXPRESSIONS, 6))
    panel.show()
    qtbot.waitUntil(lambda: bool(panel.votes_label.text()))
    return panel, state


def test_counts_are_of_training_images(shown: tuple[TargetsPanel, DatasetState]) -> None:
    panel, _ = shown
    assert "5 of 5" in panel.label_label.text()
    text = panel.majority_label.text()
    assert "2 of 5" in text
    for part in ("1 tie", "1 have no majority", "1 are no face", "1 of them then have another"):
        assert part in text
    assert "4 of 5" in panel.votes_label.text()
    assert "1 are no face" in panel.votes_label.text()
    assert "Validation and test images are always judged by the label" in panel.rule_label.text()


def test_corrections_are_counted(shown: tuple[TargetsPanel, DatasetState], qtbot: QtBot) -> None:
    panel, state = shown
    state.relabel(np.array([3]), 2)  # a label by hand stands above the votes
    state.exclude(np.array([4]))
    qtbot.waitUntil(lambda: "2 of 4" in panel.majority_label.text())
    assert "no face" not in panel.majority_label.text()


def test_without_votes_there_is_no_choice(
    shown: tuple[TargetsPanel, DatasetState],
) -> None:
    panel, state = shown
    panel.set_choice("votes")
    samples = _samples(None)
    state.set_samples(samples, EditLog(samples.content_hash, EXPRESSIONS, 6))
    assert panel.isHidden()
    assert panel.choice() == "label"


def test_the_choice_reaches_the_training(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    own = Path(shutil.copy(tiny_csv, tmp_path / "own.csv"))
    usages = [line.rsplit(",", 1)[1] for line in own.read_text().splitlines()[1:]]
    rows = [f"{usage},fer.png,0,10,0,0,0,0,0,0,0,0" for usage in usages]
    votes = tmp_path / "fer2013new.csv"
    votes.write_text("\n".join([HEAD, *rows]) + "\n")
    program = make_app()
    open_new(program, own, qtbot)
    tab = program.dataset._tab
    panel = tab.overview_page.targets_panel
    panel.majority_button.click()
    panel.use_button.click()
    assert program.window.current_tab() == "training"
    assert program.training._tab.form.config().targets == "majority"
    tab.balance_page.balance_requested.emit({"anger": 2})
    config = program.training._tab.form.config()
    assert (config.targets, config.balance) == ("majority", {"anger": 2})
