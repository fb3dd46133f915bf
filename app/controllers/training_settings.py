"""Joins the form of the Train tab with data sets, files of settings and the device."""

from __future__ import annotations

import os
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QObject, QTimer
from PyQt5.QtWidgets import QFileDialog

from app.demo import demo_path
from app.settings import LastTraining, Settings
from trainer.config import TrainConfig
from trainer.errors import TrainingError
from trainer.presets import PRESETS
from trainer.runs import CONFIG
from ui.training_tab import TrainingTab


class TrainingSettingsController(QObject):
    """Fills the form, at the start with what it showed last; it starts nothing."""

    def __init__(self, tab: TrainingTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._form = tab.form
        self._settings = settings
        self._wasted = ""
        self._form.browse_requested.connect(self.choose_file)
        self._form.save_requested.connect(self.ask_to_save)
        self._form.load_requested.connect(self.ask_to_load)
        self._usual = self._shown()
        self._restore()
        # The form changes many fields at once, and fills its menus anew when the tab is shown.
        self._keep_timer = QTimer(self)
        self._keep_timer.setSingleShot(True)
        self._keep_timer.setInterval(0)
        self._keep_timer.timeout.connect(self._keep)
        self._form.changed.connect(self._keep_timer.start)
        self._form.model_changed.connect(self._keep_timer.start)

    def shutdown(self) -> None:
        """Keep what the form shows for the next start."""
        self._keep_timer.stop()
        self._keep()

    # -- from one start to the next ------------------------------------------------------

    def _restore(self) -> None:
        last = self._settings.last_training
        self.refresh(None if last is None else last.dataset)
        if last is None or not self._form.has_model(last.config.model):
            return
        config = last.config
        if self._form.dataset() != last.dataset:  # it is gone; what was chosen for it goes too
            config = config.changed(balance={}, targets="label")
        self._form.set_config(config)
        if last.preset in PRESETS:  # which may be another one in this version
            self._form.set_preset(last.preset)
        self._form.repeats_spin.setValue(min(last.repeats, self._form.repeats_spin.maximum()))
        self._form.advanced_button.setChecked(last.advanced)

    def _keep(self) -> None:
        shown = self._shown()
        if shown is not None:
            # What is as at the first start is left to this and later versions.
            self._settings.last_training = None if shown == self._usual else shown

    def _shown(self) -> LastTraining | None:
        """What the form shows; None where its fields do not go together."""
        form = self._form
        try:
            config = form.config()
        except TrainingError:
            return None
        return LastTraining(
            config,
            form.preset_combo.currentData(),
            form.dataset(),
            form.repeats_spin.value(),
            form.advanced_button.isChecked(),
        )

    # -- data sets -----------------------------------------------------------------------

    def refresh(self, chosen: Path | None = None) -> None:
        """Offer the data sets that were opened last."""
        known = [path for path in self._settings.recent_datasets if os.path.exists(path)]
        self._form.set_datasets(known, chosen)

    def choose_dataset(self, path: Path) -> None:
        """Select a data set."""
        if path != demo_path():
            self._settings.remember_dataset(path)
        self.refresh(path)

    def choose_file(self) -> None:
        """Ask for a data set file."""
        name, _ = QFileDialog.getOpenFileName(
            self._tab,
            self.tr("Choose a data set"),
            self._settings.last_folder,
            self.tr("FER2013 files (*.csv *.gz *.zip);;All files (*)"),
        )
        if name:
            self._settings.last_folder = str(Path(name).parent)
            self.choose_dataset(Path(name))

    # -- files of settings -----------------------------------------------------------------

    def ask_to_save(self) -> None:
        """Ask where to write the settings of the form."""
        name, _ = QFileDialog.getSaveFileName(
            self._tab,
            self.tr("Save the settings"),
            str(Path(self._settings.last_folder) / CONFIG),
            self.tr("Settings (*.yaml *.yml)"),
        )
        if name:
            self._settings.last_folder = str(Path(name).parent)
            self.save(Path(name))

    def ask_to_load(self) -> None:
        """Ask for a file of settings."""
        name, _ = QFileDialog.getOpenFileName(
            self._tab,
            self.tr("Load settings"),
            self._settings.last_folder,
            self.tr("Settings (*.yaml *.yml)"),
        )
        if name:
            self._settings.last_folder = str(Path(name).parent)
            self.load(Path(name))

    def save(self, path: Path) -> None:
        """Write the settings of the form as ``config.yaml`` of a run has them."""
        try:
            self._form.config().save(path)
        except TrainingError as error:
            self._tab.banner.show_message(str(error), "error")
        except OSError as error:
            text = self.tr("Cannot write {path}: {reason}.")
            self._tab.banner.show_message(
                text.format(path=path, reason=error.strerror or error), "error"
            )
        else:
            text = self.tr("The settings were written to {path}.")
            self._tab.banner.show_message(text.format(path=path))

    def load(self, path: Path) -> None:
        """Fill the form from a file; also from the ``config.yaml`` of a run folder."""
        try:
            config = TrainConfig.load(path)
        except TrainingError as error:
            self._tab.banner.show_message(str(error), "error")
            return
        if not self._form.has_model(config.model):
            text = self.tr("{path} is for the network {model}, which this Mien does not know.")
            self._tab.banner.show_message(text.format(path=path, model=config.model), "error")
            return
        self._tab.banner.clear()
        self._form.set_config(config)
        shown = self._form.config().to_dict()
        changes = [
            f"{name} {value} → {shown[name]}"
            for name, value in config.to_dict().items()
            if shown[name] != value
        ]
        if changes:
            text = self.tr("The form cannot show all of {path}: {changes}.")
            text = text.format(path=path, changes=", ".join(changes))
            self._tab.banner.show_message(text, "warning")

    # -- the device ------------------------------------------------------------------------

    def show_device(self, text: str, wasted: bool = False) -> None:
        """Show the badge from a text such as ``CPU (no CUDA device found)``.

        Args:
            text: Device with the reason.
            wasted: A GPU is there that cannot be used as things are.
        """
        if wasted:
            self._wasted = text
        why = QCoreApplication.translate("Device", text)
        title = text.split(" (")[0]
        if text == self._wasted:  # a run names its device without saying so again
            why = self.tr("{device}. There is a GPU that stays idle.").format(device=why)
            title = f"⚠ {title}"
        self._tab.progress.set_device(title, why)
