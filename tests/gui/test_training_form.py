"""The form of the Train tab: presets, every setting there and back, files of settings."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from PyQt5.QtCore import QPoint, QPointF, Qt
from PyQt5.QtGui import QWheelEvent
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.settings import Settings
from trainer.config import AugmentConfig, TrainConfig
from trainer.errors import TrainingError
from trainer.models import available_models
from trainer.presets import PRESETS, preset
from ui.training_choices import OWN
from ui.training_form import TrainingForm
from ui.training_tab import TrainingTab


@pytest.fixture
def form(qtbot: QtBot) -> TrainingForm:
    shown = TrainingForm()
    qtbot.addWidget(shown)
    return shown


def _choose(form: TrainingForm, model: str) -> None:
    form.model_combo.setCurrentIndex(form.model_combo.findData(model))


@pytest.mark.parametrize("name", PRESETS)
@pytest.mark.parametrize("model", available_models())
def test_presets_survive_the_form(form: TrainingForm, name: str, model: str) -> None:
    _choose(form, model)
    form.set_preset(name)
    wanted = preset(name, model).changed(threads=form.threads_spin.value())
    assert form.config() == wanted
    form.epochs_spin.setValue(form.epochs_spin.value() + 1)
    assert form.preset_combo.currentData() == OWN


def test_a_preset_follows_the_network_but_own_settings_stay(form: TrainingForm) -> None:
    form.set_preset("quick")
    _choose(form, "lenet")
    assert form.config().train_limit == preset("quick", "lenet").train_limit
    form.epochs_spin.setValue(7)
    _choose(form, "vgg9_bn")
    assert form.config().epochs == 7
    assert form.config().train_limit == preset("quick", "lenet").train_limit


_UNUSUAL = TrainConfig(
    model="vgg9",
    epochs=13,
    batch_size=48,
    lr=0.0123,
    momentum=0.85,
    nesterov=False,
    weight_decay=0.00025,
    schedule="step",
    step_epochs=4,
    step_factor=0.3,
    warmup_epochs=1.5,
    label_smoothing=0.15,
    mixup=0.2,
    class_weights="balanced",
    sampler="weighted",
    targets="votes",
    teachers=("a.safetensors", "b.safetensors"),
    train_limit=1234,
    ema_decay=0.995,
    clip_norm=2.5,
    patience=6,
    seed=42,
    threads=3,
    deterministic=True,
    amp=False,
    augment=AugmentConfig(0.4, 0.05, 6.0, 0.07, 0.15, 0.25, 0.3, 0.6, 0.02),
    augment_ramp_epochs=2.0,
    drop_duplicates=False,
    drop_leaks=False,
    apply_edits=False,
    balance={"disgust": 10},
    tensorboard=True,
)


def test_every_setting_can_be_shown_and_read_back(form: TrainingForm) -> None:
    default = TrainConfig()
    same = [
        entry.name
        for entry in fields(TrainConfig)
        if getattr(_UNUSUAL, entry.name) == getattr(default, entry.name)
    ]
    # No field of their own: they come with the preset, or from the file that was loaded.
    start = {"init_weights", "fine_tune", "freeze_epochs", "head_lr_factor"}
    assert set(same) <= start | {"val_limit", "device"}
    form.set_config(_UNUSUAL)
    assert form.config() == _UNUSUAL
    form.set_preset("best")
    form.set_balance({})
    changed = form.config()
    assert changed == preset("best", "vgg9").changed(seed=42, threads=3)


def test_settings_that_do_not_go_together_are_refused(form: TrainingForm) -> None:
    form.batch_spin.setMinimum(0)
    form.batch_spin.setValue(0)
    with pytest.raises(TrainingError, match="batch size"):
        form.config()


def test_the_rule_of_the_targets_is_told(form: TrainingForm) -> None:
    form.targets_combo.setCurrentIndex(form.targets_combo.findData("majority"))
    assert "ties" in form.targets_hint_label.text()
    form.set_balance({"disgust": 10})
    assert "Disgust × 10" in form.balance_hint_label.text()


def test_fields_of_the_step_schedule_wait_for_it(form: TrainingForm) -> None:
    assert not form.step_factor_spin.isEnabled()
    form.schedule_combo.setCurrentIndex(form.schedule_combo.findData("step"))
    assert form.step_factor_spin.isEnabled()


def test_the_wheel_scrolls_past_fields(form: TrainingForm) -> None:
    form.show()
    before = form.epochs_spin.value()
    form.epochs_spin.clearFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 120),
        QPoint(0, 120),
        Qt.NoButton,
        Qt.NoModifier,
        Qt.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(form.epochs_spin, wheel)
    assert form.epochs_spin.value() == before


# -- files -------------------------------------------------------------------------------------


def _controller(qtbot: QtBot, tmp_path: Path) -> tuple[object, TrainingTab]:
    from app.controllers.training_settings import TrainingSettingsController

    tab = TrainingTab()
    qtbot.addWidget(tab)
    tab.show()
    return TrainingSettingsController(tab, Settings(tmp_path / "mien.ini"), tab), tab


def test_settings_are_saved_and_loaded(qtbot: QtBot, tmp_path: Path) -> None:
    controller, tab = _controller(qtbot, tmp_path)
    tab.form.set_config(_UNUSUAL)
    path = tmp_path / "my settings.yaml"
    controller.save(path)
    assert str(path) in tab.banner.text
    tab.form.set_preset("report")
    controller.load(path)
    assert tab.form.config() == _UNUSUAL
    assert tab.form.preset_combo.currentData() == OWN
    assert tab.banner.text == ""


def test_what_the_form_cannot_show_of_a_file_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    controller, tab = _controller(qtbot, tmp_path)
    path = tmp_path / "long.yaml"
    _UNUSUAL.changed(epochs=5000, seed=2**40).save(path)
    controller.load(path)
    assert tab.form.config() == _UNUSUAL.changed(epochs=1000, seed=999_999)
    assert "epochs 5000 → 1000, seed 1099511627776 → 999999" in tab.banner.text


_BAD = ["", "[1, 2]", "epochs: many", "epochs: 2.5", "model: no_such_net", "\x00"]


@pytest.mark.parametrize("text", _BAD)
def test_a_bad_file_of_settings_changes_nothing(qtbot: QtBot, tmp_path: Path, text: str) -> None:
    controller, tab = _controller(qtbot, tmp_path)
    before = tab.form.config()
    path = tmp_path / "bad.yaml"
    path.write_text(text, encoding="utf-8")
    controller.load(path)
    assert tab.banner.text != ""
    assert tab.form.config() == before


def test_a_folder_that_cannot_be_written_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    controller, tab = _controller(qtbot, tmp_path)
    (tmp_path / "file").write_text("", encoding="utf-8")
    controller.save(tmp_path / "file" / "config.yaml")
    assert "Cannot write" in tab.banner.text
