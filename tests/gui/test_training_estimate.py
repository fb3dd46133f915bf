"""The Train tab says how long an epoch will take, and a start does not wait for that."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.controllers.training_estimate import TrainingEstimateController
from trainer.data.library import DatasetEntry, Library
from ui.training_tab import TrainingTab


@pytest.fixture
def parts(mien_home: Path, qtbot: QtBot, tmp_path: Path):
    """A tab with a data set of 900 images chosen, and its controller."""
    data = tmp_path / "faces.csv"
    data.touch()
    counts = {"train": {"anger": 500, "disgust": 100}, "val": {"anger": 300}}
    Library().remember(DatasetEntry(data.name, data, "fer2013", counts=counts))
    tab = TrainingTab()
    qtbot.addWidget(tab)
    tab.form.set_datasets([data], data)
    tab.form.model_combo.setCurrentIndex(tab.form.model_combo.findData("lenet"))
    tab.form.batch_spin.setValue(8)
    controller = TrainingEstimateController(tab)
    yield tab, controller
    controller.shutdown()


def test_the_time_is_measured_and_belongs_to_the_settings(parts, qtbot: QtBot) -> None:
    tab, controller = parts
    tab.form.epochs_spin.setValue(3)
    with qtbot.waitSignal(controller.ended, timeout=30_000):
        tab.form.time_button.click()
        assert tab.form.time_button.text() == "Cancel"
    text = tab.form.time_label.text()
    assert text.startswith("5 layers with weights; 20 batches on ")
    assert "an epoch" in text
    assert "for all 3." in text
    data = tab.form.dataset()
    tab.form.set_datasets([data], data)  # as when the tab is shown again
    qtbot.waitUntil(lambda: not controller._compare_timer.isActive())
    assert tab.form.time_label.text() == text
    tab.form.batch_spin.setValue(16)
    qtbot.waitUntil(lambda: tab.form.time_label.text() == "")


def test_balancing_counts_what_it_makes(parts) -> None:
    tab, controller = parts
    config = tab.form.config()
    assert controller._images(config) == (600, 300)
    assert controller._images(config.changed(balance={"disgust": 10})) == (1500, 300)
    assert controller._images(config.changed(train_limit=60, val_limit=50)) == (60, 50)


def test_a_start_ends_it_and_forbids_another(parts, qtbot: QtBot) -> None:
    tab, controller = parts
    with qtbot.waitSignal(controller.ended, timeout=30_000):
        tab.form.time_button.click()
        controller.set_training(True)
    assert tab.form.time_label.text() == ""
    assert not tab.form.time_button.isEnabled()
    controller.set_training(False)
    assert tab.form.time_button.isEnabled()
