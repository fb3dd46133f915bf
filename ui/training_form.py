"""The settings of a training: data, network, preset, and what is folded away under Advanced."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, QEvent, QObject, Qt
from PyQt5.QtWidgets import QCheckBox, QComboBox, QMenu, QWidget

from trainer.config import TrainConfig
from trainer.models import model_infos
from trainer.presets import preset
from ui.colors import expression_title
from ui.formats import millions
from ui.icons import ThemedIcon
from ui.loader import load_ui
from ui.training_choices import (
    OWN,
    class_weight_titles,
    default_threads,
    preset_hint,
    preset_titles,
    sampler_titles,
    schedule_titles,
    target_rule,
    target_titles,
)
from ui.training_fields import all_fields, read_config, show_config
from ui.training_form_base import TrainingFormBase

DEMO = "demo"
"""Data of the entry of ``dataset_combo`` that stands for the drawn faces."""
_FIRST_MODEL = "vgg9_bn"


class TrainingForm(TrainingFormBase):
    """Reads and shows a :class:`TrainConfig`; its signals are those of the base.

    Attributes:
        balance: Factor by class name, chosen in the Dataset tab.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("training_form", self)
        self.balance: dict[str, int] = {}
        self._base = preset("best", _FIRST_MODEL)
        self._filling = self._measuring = False
        self._fill_choices()
        self.set_datasets([])
        self.set_balance({})
        self.set_preset("best")
        self._connect()

    def _fill_choices(self) -> None:
        ThemedIcon(self.browse_button, "folder")
        for name, info in model_infos().items():
            self.model_combo.addItem(QCoreApplication.translate("Models", info.title), name)
        self.model_combo.setCurrentIndex(max(0, self.model_combo.findData(_FIRST_MODEL)))
        for combo, titles in (
            (self.preset_combo, preset_titles()),
            (self.schedule_combo, schedule_titles()),
            (self.targets_combo, target_titles()),
            (self.class_weights_combo, class_weight_titles()),
            (self.sampler_combo, sampler_titles()),
        ):
            for name, title in titles.items():
                combo.addItem(title, name)
        self.threads_spin.setValue(default_threads())
        menu = QMenu(self.file_button)
        menu.addAction(self.tr("Save settings…")).triggered.connect(self.save_requested)
        menu.addAction(self.tr("Load settings…")).triggered.connect(self.load_requested)
        menu.addSeparator()
        reset = menu.addAction(self.tr("Reset all settings"))
        reset.setObjectName("reset_action")
        reset.triggered.connect(self.reset)
        self.file_button.setMenu(menu)
        for child in self.findChildren(QWidget):
            if hasattr(child, "setValue") or isinstance(child, QComboBox):
                child.setFocusPolicy(Qt.StrongFocus)
                child.installEventFilter(self)

    def _connect(self) -> None:
        self.browse_button.clicked.connect(self.browse_requested)
        self.advanced_button.toggled.connect(self._on_advanced_toggled)
        self.time_button.clicked.connect(self.measure_requested)
        self.preset_combo.activated.connect(
            lambda _index: self.set_preset(self.preset_combo.currentData())
        )
        self.model_combo.currentIndexChanged.connect(lambda _index: self._on_model_changed())
        self.dataset_combo.currentIndexChanged.connect(lambda _index: self._on_dataset_changed())
        self.balance_remove_button.clicked.connect(lambda: self.set_balance({}))
        for field in all_fields(self):
            if isinstance(field, QCheckBox):
                field.toggled.connect(lambda _on: self._on_field_changed())
            elif isinstance(field, QComboBox):
                field.currentIndexChanged.connect(lambda _index: self._on_field_changed())
            else:
                field.valueChanged.connect(lambda _value: self._on_field_changed())
        self.pretrained_panel.changed.connect(self._on_field_changed)
        self.advanced_button.toggled.connect(lambda _on: self.changed.emit())
        for spin in (self.seed_spin, self.threads_spin, self.repeats_spin):
            spin.valueChanged.connect(lambda _value: self.changed.emit())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the form unless a field is being edited."""
        if event.type() == QEvent.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return bool(super().eventFilter(watched, event))

    # -- data ----------------------------------------------------------------------------

    def set_datasets(self, paths: Sequence[Path], chosen: Path | None = None) -> None:
        """Fill the menu with recent data sets; the drawn faces are always there."""
        before, balance = self.dataset(), self.balance
        targets = self.targets_combo.currentData()
        self.dataset_combo.clear()
        for path in paths:
            self.dataset_combo.addItem(path.name, path)
            self.dataset_combo.setItemData(
                self.dataset_combo.count() - 1, str(path), Qt.ToolTipRole
            )
        self.dataset_combo.addItem(self.tr("Demo data set (drawn faces)"), DEMO)
        wanted = chosen or before
        index = next((i for i, path in enumerate(paths) if path == wanted), len(paths))
        self.dataset_combo.setCurrentIndex(index)
        if self.dataset() == before:
            self.set_balance(balance)
            self.set_targets(targets)
        self._show_dataset_hint()

    def dataset(self) -> Path | None:
        """The chosen data set; None stands for the drawn faces."""
        data = self.dataset_combo.currentData()
        return data if isinstance(data, Path) else None

    def set_balance(self, factors: dict[str, int]) -> None:
        """Show how training images are multiplied; the Dataset tab chooses it."""
        self.balance = dict(factors)
        parts = [f"{expression_title(name)} × {factor}" for name, factor in factors.items()]
        text = self.tr("Balanced: {parts}").format(parts=", ".join(parts))
        self.balance_label.setText(text)
        self.balance_frame.setVisible(bool(factors))
        if not factors:
            text = self.tr("No balancing by augmentation; the Dataset tab's Balance page makes it.")
        self.balance_hint_label.setText(text)
        self.changed.emit()

    def set_targets(self, targets: str) -> None:
        """Choose what is learnt from an image: one of :data:`trainer.config.TARGETS`."""
        self.targets_combo.setCurrentIndex(self.targets_combo.findData(targets))

    def _on_dataset_changed(self) -> None:
        self.set_balance({})  # chosen for the counts of another data set
        self.set_targets("label")  # another one may have no votes
        self._show_dataset_hint()

    def _show_dataset_hint(self) -> None:
        path = self.dataset()
        if path is None:
            text = self.tr("Cartoon faces that Mien draws: to try the training, not to measure.")
        else:
            text = str(path.parent)
        self.dataset_hint_label.setText(text)

    # -- settings ------------------------------------------------------------------------

    def set_preset(self, name: str) -> None:
        """Fill the fields from a preset for the chosen network."""
        model = self.model_name()
        if name != OWN:
            self._show(preset(name, model))
        elif model != self._base.model:  # own settings stay; where the weights start does not
            start = preset("best", model)
            self._base = self._base.changed(
                model=model, init_weights=start.init_weights, fine_tune=start.fine_tune
            )
            self._filling = True
            self.pretrained_panel.show_config(self._base)
            self._filling = False
        self._choose_preset(name)
        self._show_model_hint()
        self.model_changed.emit()
        self.changed.emit()

    def reset(self) -> None:
        """Show what the form shows at the first start; the data set stays."""
        usual = preset("best", _FIRST_MODEL)
        self.set_config(usual.changed(threads=default_threads()))
        self.set_preset("best")
        self.repeats_spin.setValue(1)

    def set_config(self, config: TrainConfig) -> None:
        """Fill everything from settings that were saved, but for the data set."""
        self._filling = True
        self.model_combo.setCurrentIndex(max(0, self.model_combo.findData(config.model)))
        self._filling = False
        self._show(config, with_machine=True)
        self.set_balance(config.balance)
        self._choose_preset(OWN)
        self._show_model_hint()
        self.model_changed.emit()

    def config(self) -> TrainConfig:
        """Read the fields; raises TrainingError when they do not go together."""
        return read_config(self, self._base)

    def has_model(self, name: str) -> bool:
        """Whether a network of that name can be chosen."""
        return bool(self.model_combo.findData(name) >= 0)

    def model_name(self) -> str:
        """Registry name of the chosen network."""
        return str(self.model_combo.currentData())

    def _show(self, config: TrainConfig, *, with_machine: bool = False) -> None:
        self._base = config
        self._filling = True
        show_config(self, config, with_machine=with_machine)
        self._filling = False
        self._show_dependent()

    def _choose_preset(self, name: str) -> None:
        self.preset_combo.setCurrentIndex(self.preset_combo.findData(name))
        self.preset_hint_label.setText(preset_hint(name))

    def _on_field_changed(self) -> None:
        if not self._filling:
            self._choose_preset(OWN)
            self._show_dependent()
            self.changed.emit()

    def _on_model_changed(self) -> None:
        if not self._filling:
            self.set_preset(self.preset_combo.currentData())

    def _show_dependent(self) -> None:
        """Let only what belongs to the choices made be changed."""
        steps = self.schedule_combo.currentData() == "step"
        for widget in (
            self.step_epochs_label,
            self.step_epochs_spin,
            self.step_factor_label,
            self.step_factor_spin,
        ):
            widget.setEnabled(steps)
        self.nesterov_check.setEnabled(self.momentum_spin.value() > 0)
        self.targets_hint_label.setText(target_rule(self.targets_combo.currentData()))

    def _show_model_hint(self) -> None:
        info = model_infos()[self.model_combo.currentData()]
        self.model_hint_label.setText(
            self.tr("{description} {parameters} parameters, {size} MB.").format(
                description=QCoreApplication.translate("Models", info.description),
                parameters=millions(info.parameters),
                size=f"{4 * info.parameters / 1e6:.3g}",
            )
        )

    # -- how long it takes -----------------------------------------------------------------

    def show_measuring(self, text: str) -> None:
        """It is being measured; the button gives up."""
        self.time_button.setText(self.tr("Cancel"))
        self.show_time(text)
        self._measuring = True

    def show_measured(self) -> None:
        """It is measured no more; without a result the line goes away."""
        self.time_button.setText(self.tr("How long will it take?"))
        if self._measuring:
            self.show_time("")

    def show_time(self, text: str) -> None:
        """Show what was measured; "" for nothing."""
        self._measuring = False
        self.time_label.setText(text)
        self.time_label.setVisible(bool(text))
        if text:
            self.time_shown.emit()

    def _on_advanced_toggled(self, shown: bool) -> None:
        self.advanced_widget.setVisible(shown)
        self.advanced_button.setArrowType(Qt.DownArrow if shown else Qt.RightArrow)
