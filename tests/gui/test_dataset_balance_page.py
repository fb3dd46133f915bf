"""The Balance page counts, previews what training will see, and hands the choice on."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from trainer.data.edits import EditLog
from trainer.labels import EXPRESSIONS
from ui.dataset_balance_page import DatasetBalancePage
from ui.dataset_state import DatasetState
from ui.tables.samples import Samples
from ui.training_form import TrainingForm

COUNTS = (12, 2, 5, 24, 8, 7, 6)  # disgust is the rare one


@pytest.fixture
def state() -> DatasetState:
    targets = np.repeat(np.arange(7), COUNTS)
    count = len(targets) + 7
    images = np.random.default_rng(0).integers(0, 256, (count, 48, 48), dtype=np.uint8)
    samples = Samples(
        images=images,
        targets=np.append(targets, np.arange(7)),
        splits=np.append(np.zeros(len(targets), np.uint8), np.ones(7, np.uint8)),
        source_rows=np.arange(count) + 2,
        class_names=EXPRESSIONS,
        name="some.csv",
        path=Path("some.csv"),
        content_hash="0" * 64,
    )
    state = DatasetState()
    state.set_samples(samples, EditLog(samples.content_hash, EXPRESSIONS, count))
    return state


@pytest.fixture
def page(qtbot: QtBot, state: DatasetState) -> DatasetBalancePage:
    page = DatasetBalancePage()
    qtbot.addWidget(page)
    page.set_state(state)
    return page


def then(page: DatasetBalancePage) -> list[str]:
    return [label.text() for label in page._after_labels]


def test_only_training_images_are_counted(page: DatasetBalancePage) -> None:
    assert then(page) == [str(number) for number in COUNTS]
    assert page.factors() == {}


def test_even_out_brings_every_class_near_the_largest(page: DatasetBalancePage) -> None:
    page.even_button.click()
    assert page.factors()["disgust"] == 12
    assert "happiness" not in page.factors()
    assert then(page)[1] == "24"
    page.reset_button.click()
    assert page.factors() == {}


def test_an_excluded_image_is_not_multiplied(page: DatasetBalancePage, state: DatasetState) -> None:
    state.exclude(np.array([12]))  # one of the two disgust images
    page.set_factors({"disgust": 10})
    assert then(page)[1] == "10"


def test_the_rarest_class_is_previewed_first_and_the_seed_changes_it(
    page: DatasetBalancePage, state: DatasetState, qtbot: QtBot
) -> None:
    assert page.preview_combo.currentData() == 1
    assert state.samples is not None
    first = page.sheet.images()
    assert (first[0] == state.samples.images[12]).all()
    with qtbot.waitSignal(page._timer.timeout):
        page.seed_spin.setValue(5)
    second = page.sheet.images()
    assert (first[0] == second[0]).all()
    assert not (first[1] == second[1]).all()
    page.next_button.click()
    assert (page.sheet.images()[0] == state.samples.images[13]).all()


def test_the_choice_reaches_the_train_tab_and_can_be_removed(
    page: DatasetBalancePage, qtbot: QtBot
) -> None:
    page.set_factors({"disgust": 10, "fear": 2})
    with qtbot.waitSignal(page.balance_requested) as asked:
        page.use_button.click()
    tab = TrainingForm()
    qtbot.addWidget(tab)
    tab.set_balance(asked.args[0])
    assert tab.config().balance == {"disgust": 10, "fear": 2}
    assert "× 10" in tab.balance_label.text()
    tab.balance_remove_button.click()
    assert tab.config().balance == {}
    assert tab.balance_frame.isHidden()


def test_another_data_set_forgets_the_factors(qtbot: QtBot) -> None:
    tab = TrainingForm()
    qtbot.addWidget(tab)
    tab.set_datasets([Path("a.csv"), Path("b.csv")], Path("a.csv"))
    tab.set_balance({"disgust": 10})
    tab.set_datasets([Path("c.csv"), Path("a.csv")])  # the menu is filled anew
    assert tab.balance == {"disgust": 10}
    tab.dataset_combo.setCurrentIndex(0)
    assert tab.balance == {}


def test_no_data_set_is_said(qtbot: QtBot) -> None:
    page = DatasetBalancePage()
    qtbot.addWidget(page)
    page.set_state(DatasetState())
    assert not page.use_button.isEnabled()
    assert page.preview_label.text()
