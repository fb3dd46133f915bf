"""The form of the Train tab is at the next start as it was left, whatever lies in the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtWidgets import QAction
from pytestqt.qtbot import QtBot

from app.controllers.training_settings import TrainingSettingsController
from app.paths import settings_file
from app.settings import LastTraining, Settings
from trainer.config import TrainConfig
from trainer.presets import preset
from ui.training_choices import OWN, default_threads
from ui.training_form import TrainingForm
from ui.training_tab import TrainingTab

MakeForm = Callable[[], tuple[TrainingForm, TrainingSettingsController]]


@pytest.fixture
def make_form(qtbot: QtBot) -> MakeForm:
    """A Train tab as a start of the program fills it."""

    def make() -> tuple[TrainingForm, TrainingSettingsController]:
        tab = TrainingTab()
        qtbot.addWidget(tab)
        return tab.form, TrainingSettingsController(tab, Settings(settings_file()), tab)

    return make


def _choose(form: TrainingForm, model: str) -> None:
    form.model_combo.setCurrentIndex(form.model_combo.findData(model))


def _kept(value: object) -> None:
    """Leave a value in the file of the settings, as a Mien before did."""
    settings = Settings(settings_file())
    settings.qt.setValue("training/last", value)
    settings.sync()


def test_own_settings_are_there_at_the_next_start(make_app, tiny_csv: Path) -> None:
    first = make_app()
    first.training.choose_dataset(tiny_csv)
    first.training.set_balance({"disgust": 10})
    form = first.training._tab.form
    _choose(form, "lenet")
    form.epochs_spin.setValue(7)
    form.rotation_spin.setValue(3.5)
    form.seed_spin.setValue(11)
    form.repeats_spin.setValue(4)
    form.advanced_button.setChecked(True)
    wanted = form.config()
    first.end()
    again = make_app().training._tab.form
    assert again.config() == wanted
    assert again.dataset() == tiny_csv
    assert again.preset_combo.currentData() == OWN
    assert again.repeats_spin.value() == 4
    assert again.advanced_button.isChecked()
    assert "Disgust × 10" in again.balance_label.text()


def test_a_preset_stays_that_preset(make_form: MakeForm) -> None:
    form, controller = make_form()
    _choose(form, "resnet11")
    form.set_preset("report")
    form.seed_spin.setValue(5)
    controller.shutdown()
    again, _ = make_form()
    assert again.preset_combo.currentData() == "report"
    threads = again.threads_spin.value()
    assert again.config() == preset("report", "resnet11").changed(seed=5, threads=threads)


def test_what_nobody_changed_is_left_to_the_next_version(make_form: MakeForm) -> None:
    form, controller = make_form()
    form.epochs_spin.setValue(7)
    form.reset()
    controller.shutdown()
    assert Settings(settings_file()).last_training is None


def test_the_settings_of_a_program_that_is_killed_are_kept(
    make_form: MakeForm, qtbot: QtBot
) -> None:
    form, _ = make_form()
    form.epochs_spin.setValue(7)
    qtbot.waitUntil(lambda: Settings(settings_file()).last_training is not None)
    assert make_form()[0].epochs_spin.value() == 7


def test_a_data_set_that_is_gone_takes_its_balance_along(
    make_form: MakeForm, tmp_path: Path
) -> None:
    config = TrainConfig(epochs=9, balance={"disgust": 10}, targets="votes")
    settings = Settings(settings_file())
    settings.last_training = LastTraining(config, OWN, tmp_path / "gone.csv")
    settings.sync()
    form, _ = make_form()
    assert form.dataset() is None
    assert form.config() == config.changed(balance={}, targets="label")


_GOOD: dict[str, Any] = {"config": {"model": "lenet", "epochs": 3}, "preset": OWN}


@pytest.mark.parametrize(
    "value",
    [
        "{",
        "[]",
        "[" * 100_000,
        {"config": []},
        {"config": {"epochs": 2.5}},
        {"config": {"epochs": 0}},
        {"config": {"model": "a network of a newer Mien"}},
        {"config": {"model": 3}},
        {"config": {"new_setting": 1}},
    ],
)
def test_settings_that_cannot_be_read_are_as_at_the_first_start(
    make_form: MakeForm, value: Any
) -> None:
    usual = make_form()[0].config()
    _kept(value if isinstance(value, str) else json.dumps({**_GOOD, **value}))
    form, _ = make_form()
    assert form.config() == usual
    assert form.preset_combo.currentData() == "best"


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"preset": "of a newer Mien"},
        {"preset": 5, "dataset": 5, "repeats": "many", "advanced": "yes"},
        {"repeats": 10**30},
        {"config": {"model": "lenet", "epochs": 3, "seed": 2**62, "train_limit": 10**30}},
    ],
)
def test_the_rest_of_damaged_or_older_settings_is_used(make_form: MakeForm, value: Any) -> None:
    _kept(json.dumps({**_GOOD, **value}))
    config = make_form()[0].config()
    assert (config.model, config.epochs) == ("lenet", 3)


def test_everything_can_be_set_back(make_form: MakeForm, tiny_csv: Path) -> None:
    form, controller = make_form()
    controller.choose_dataset(tiny_csv)
    usual = form.config()
    _choose(form, "lenet")
    form.epochs_spin.setValue(7)
    form.seed_spin.setValue(9)
    form.repeats_spin.setValue(3)
    form.threads_spin.setValue(default_threads() + 1)
    form.set_balance({"disgust": 10})
    menu = form.file_button.menu()
    reset = next(action for action in menu.actions() if action.objectName() == "reset_action")
    assert isinstance(reset, QAction)
    reset.trigger()
    assert form.config() == usual
    assert form.preset_combo.currentData() == "best"
    assert form.repeats_spin.value() == 1
    assert form.dataset() == tiny_csv
