"""The pages of the Dataset tab see one state: corrections count at once, and can be undone."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from trainer.data.edits import EditLog
from trainer.data.findings import check_images
from trainer.data.flags import Flag
from trainer.labels import EXPRESSIONS
from ui.dataset_state import DatasetState
from ui.tables.samples import Samples


def _samples(count: int = 12) -> Samples:
    random = np.random.default_rng(0)
    return Samples(
        images=random.integers(0, 256, (count, 48, 48), np.uint8),
        targets=np.arange(count, dtype=np.int64) % 7,
        splits=np.zeros(count, np.uint8),
        source_rows=np.arange(2, count + 2, dtype=np.int64),
        class_names=EXPRESSIONS,
        name="drawn.csv",
        path=Path("drawn.csv"),
        content_hash="abc",
        kind="fer2013",
    )


@pytest.fixture
def state(qtbot: QtBot) -> DatasetState:
    state = DatasetState()
    samples = _samples()
    state.set_samples(samples, EditLog(samples.content_hash, EXPRESSIONS, len(samples)))
    return state


def test_corrections_are_seen_at_once_and_taken_back(state: DatasetState, qtbot: QtBot) -> None:
    seen: list[tuple[int, bool, int]] = []
    state.edits_changed.connect(
        lambda: seen.append(
            (int(state.targets()[3]), bool(state.excluded()[4]), int(state.flags()[3]))
        )
    )
    state.relabel([3], 0)
    state.exclude([4])
    state.undo()
    state.undo()
    state.redo()
    mark = int(Flag.RELABELLED)
    assert seen == [
        (0, False, mark),
        (0, True, mark),
        (0, False, mark),
        (3, False, 0),
        (0, False, mark),
    ]


def test_the_label_it_has_already_marks_nothing(state: DatasetState) -> None:
    state.relabel([3], 3)
    assert not state.flags().any()


def test_findings_and_corrections_show_together(state: DatasetState, qtbot: QtBot) -> None:
    samples = state.samples
    assert samples is not None
    samples.images[5] = samples.images[2]
    state.exclude([5])
    with qtbot.waitSignal(state.findings_changed):
        state.set_findings(check_images(samples.images, samples.targets, samples.splits))
    assert state.flags()[5] & Flag.EXACT_REPEAT
    assert state.flags()[5] & Flag.EXCLUDED


def test_another_data_set_starts_clean(state: DatasetState, qtbot: QtBot) -> None:
    samples = state.samples
    assert samples is not None
    state.set_findings(check_images(samples.images, samples.targets, samples.splits))
    state.exclude([1])
    other = _samples(5)
    with qtbot.waitSignal(state.samples_changed):
        state.set_samples(other, EditLog("def", EXPRESSIONS, len(other)))
    assert state.findings is None
    assert state.targets().tolist() == other.targets.tolist()
    assert not state.excluded().any()
    assert not state.flags().any()


def test_without_a_data_set_nothing_can_be_corrected(state: DatasetState) -> None:
    state.set_samples(None, None)
    state.relabel([0], 1)
    state.exclude([0])
    assert state.undo() is None
    assert state.redo() is None
    assert len(state.targets()) == len(state.excluded()) == len(state.flags()) == 0
