"""The Train tab: choose data and network, start, watch it learn, stop, use the result."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PyQt5.QtCore import QCoreApplication, Qt
from PyQt5.QtWidgets import QHeaderView, QShortcut, QTableView, QWidget

from trainer.config import TrainConfig
from trainer.events import EpochFinished, StepFinished, TrainingFinished, TrainingStarted
from trainer.models import model_infos
from ui.colors import expression_title
from ui.formats import count, duration, millions, percent, time_left
from ui.icons import icon
from ui.loader import load_ui
from ui.tables.epoch_model import EpochModel
from ui.training_facts import show_data_facts
from ui.training_form import (
    PRESETS,
    default_threads,
    preset_titles,
    read_config,
    schedule_titles,
    show_config,
)
from ui.training_tab_base import TrainingTabBase
from ui.widgets.figure import Figure

DEMO = "demo"
"""Data of the entry of ``dataset_combo`` that stands for the drawn faces."""


class TrainingTab(TrainingTabBase):
    """Shows settings and progress; its signals are those of :class:`TrainingTabBase`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("training_tab", self)
        self._preset = PRESETS["standard"]
        self._filling = False
        self.balance: dict[str, int] = {}
        self._targets = "label"
        self.epoch_model = EpochModel(self)
        self._epochs = 0
        self._stopping = False
        self._add_figures()
        self._fill_choices()
        self._connect()
        self.device_label.hide()
        self.set_balance({})
        self.show_idle()

    def _add_figures(self) -> None:
        self.epoch_figure = Figure(self.tr("Epoch"))
        self.best_figure = Figure(self.tr("Best validation accuracy"))
        self.speed_figure = Figure(self.tr("Images/s"))
        self.lr_figure = Figure(self.tr("Learning rate"))
        self.size_figure = Figure(self.tr("Training images"))
        for figure in (
            self.epoch_figure,
            self.best_figure,
            self.speed_figure,
            self.lr_figure,
            self.size_figure,
        ):
            self.figures_layout.addWidget(figure)
        self.figures_layout.addStretch(1)

    def _fill_choices(self) -> None:
        self.browse_button.setIcon(icon("folder"))
        for name, info in model_infos().items():
            self.model_combo.addItem(QCoreApplication.translate("Models", info.title), name)
        self.model_combo.setCurrentIndex(max(0, self.model_combo.findData("vgg9_bn")))
        for name, title in preset_titles().items():
            self.preset_combo.addItem(title, name)
        for name, title in schedule_titles().items():
            self.schedule_combo.addItem(title, name)
        self.threads_spin.setValue(default_threads())
        self.epochs_view.setModel(self.epoch_model)
        self.epochs_view.verticalHeader().hide()
        self.epochs_view.setShowGrid(False)
        self.epochs_view.setAlternatingRowColors(True)
        self.epochs_view.setSelectionBehavior(QTableView.SelectRows)
        self.epochs_view.setTabKeyNavigation(False)
        header = self.epochs_view.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignRight | Qt.AlignVCenter)
        self.set_datasets([])
        self.set_preset("standard")
        self._show_model_hint()

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start_requested)
        self.stop_button.clicked.connect(self.stop_requested)
        self.resume_button.clicked.connect(self.resume_requested)
        self.browse_button.clicked.connect(self.browse_requested)
        self.use_button.clicked.connect(self.use_requested)
        self.advanced_button.toggled.connect(self._on_advanced_toggled)
        self.preset_combo.activated.connect(
            lambda _index: self.set_preset(self.preset_combo.currentData())
        )
        self.model_combo.currentIndexChanged.connect(lambda _index: self._show_model_hint())
        self.dataset_combo.currentIndexChanged.connect(lambda _index: self._on_dataset_changed())
        self.balance_remove_button.clicked.connect(lambda: self.set_balance({}))
        self.curves_button.toggled.connect(
            lambda shown: self.views_stack.setCurrentIndex(0 if shown else 1)
        )
        fields = (self.epochs_spin, self.batch_spin, self.lr_spin, self.momentum_spin)
        for spin in (*fields, self.decay_spin, self.smoothing_spin, self.patience_spin):
            spin.valueChanged.connect(lambda _value: self._on_field_changed())
        self.schedule_combo.currentIndexChanged.connect(lambda _index: self._on_field_changed())
        self.augment_check.toggled.connect(lambda _on: self._on_field_changed())
        self.duplicates_check.toggled.connect(lambda _on: self._on_field_changed())
        escape = QShortcut(Qt.Key_Escape, self, context=Qt.WidgetWithChildrenShortcut)
        escape.setWhatsThis(self.tr("Stop the training"))
        escape.activated.connect(self.stop_button.click)

    # -- settings ------------------------------------------------------------------------

    def set_datasets(self, paths: Sequence[Path], chosen: Path | None = None) -> None:
        """Fill the menu with recent data sets; the drawn faces are always there."""
        before, balance, targets = self.dataset(), self.balance, self._targets
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

    def set_preset(self, name: str) -> None:
        """Fill the fields from a preset."""
        self.preset_combo.setCurrentIndex(self.preset_combo.findData(name))
        if name in PRESETS:
            self._preset = PRESETS[name]
            self._filling = True
            show_config(self, self._preset)
            self._filling = False

    def set_balance(self, factors: dict[str, int]) -> None:
        """Show how training images are multiplied; the Dataset tab chooses it."""
        self.balance = dict(factors)
        parts = [f"{expression_title(name)} × {factor}" for name, factor in factors.items()]
        self.balance_label.setText(self.tr("Balanced: {parts}").format(parts=", ".join(parts)))
        self.balance_frame.setVisible(bool(factors))

    def set_targets(self, targets: str) -> None:
        """Show what is learnt from an image; the Dataset tab chooses it."""
        self._targets = targets
        self._show_dataset_hint()

    def config(self) -> TrainConfig:
        """Read the fields; raises TrainingError when they do not go together."""
        return read_config(self, self._preset).changed(targets=self._targets)

    def _on_field_changed(self) -> None:
        if not self._filling:
            self.preset_combo.setCurrentIndex(self.preset_combo.findData("own"))

    def _on_advanced_toggled(self, shown: bool) -> None:
        self.advanced_widget.setVisible(shown)
        self.advanced_button.setArrowType(Qt.DownArrow if shown else Qt.RightArrow)

    def _show_model_hint(self) -> None:
        info = model_infos()[self.model_combo.currentData()]
        self.model_hint_label.setText(
            self.tr("{description} {parameters} parameters.").format(
                description=QCoreApplication.translate("Models", info.description),
                parameters=millions(info.parameters),
            )
        )

    def _on_dataset_changed(self) -> None:
        self.set_balance({})  # chosen for the counts of another data set
        self.set_targets("label")

    def _show_dataset_hint(self) -> None:
        path = self.dataset()
        if path is None:
            text = self.tr("Cartoon faces that Mien draws: to try the training, not to measure.")
        else:
            text = str(path.parent)
        if self._targets == "majority":
            text += "\n" + self.tr("Learns the majority of the votes.")
        elif self._targets == "votes":
            text += "\n" + self.tr("Learns the shares of the votes.")
        self.dataset_hint_label.setText(text)

    # -- states --------------------------------------------------------------------------

    def _set_running(self, running: bool) -> None:
        self.settings_widget.setEnabled(not running)
        self.start_button.setEnabled(not running)
        self.resume_button.setEnabled(not running)
        self.stop_button.setEnabled(running and not self._stopping)

    def show_idle(self) -> None:
        """Nothing was started yet."""
        self.state_label.setText(self.tr("Choose data and a network, then start"))
        self._set_running(False)

    def show_preparing(self, text: str) -> None:
        """The data are being read."""
        self._stopping = False
        self._set_running(True)
        self.banner.clear()
        self.data_label.hide()
        self.state_label.setText(text)
        self.run_bar.setValue(0)
        self.epoch_bar.setValue(0)
        self.epoch_time_label.clear()
        self.run_time_label.clear()

    def show_loading(self, fraction: float) -> None:
        """How much of the data is read."""
        self.epoch_bar.setValue(int(1000 * fraction))

    def show_stopping(self) -> None:
        """Stop was pressed: said at once."""
        self._stopping = True
        self._set_running(True)
        self.state_label.setText(self.tr("Stopping, keeping the best epoch…"))

    def show_started(self, event: TrainingStarted) -> None:
        """The run goes on its way."""
        self._epochs = event.epochs
        self.curves.clear(event.history)
        self.epoch_model.clear(event.history)
        self.use_button.setEnabled(bool(event.history))
        self.run_label.setText(event.run_dir.name)
        self.run_label.setToolTip(str(event.run_dir))
        self.set_device(event.device)
        self.size_figure.set_value(count(event.train_samples))
        self.best_figure.set_value("–")
        self.speed_figure.set_value("–")
        self.epoch_figure.set_value(f"{event.first_epoch + 1} / {event.epochs}")
        if event.history:
            self._show_best(max(event.history, key=lambda entry: entry.val_accuracy))
        show_data_facts(self, event)
        if not self._stopping:
            self.state_label.setText(self.tr("Training"))

    def show_step(self, event: StepFinished) -> None:
        """A few times a second."""
        done = (event.step + 1) / max(1, event.steps_per_epoch)
        self.epoch_bar.setValue(int(1000 * done))
        self.run_bar.setValue(int(1000 * (event.epoch + done) / max(1, self._epochs)))
        self.epoch_time_label.setText(time_left(event.epoch_eta_s))
        self.run_time_label.setText(time_left(event.run_eta_s))
        self.epoch_figure.set_value(f"{event.epoch + 1} / {self._epochs}")
        self.speed_figure.set_value(f"{event.images_per_second:.0f}")
        self.lr_figure.set_value(f"{event.lr:.3g}")
        self.curves.add_step(event)

    def show_epoch(self, event: EpochFinished) -> None:
        """A row and a point more."""
        self.epoch_model.append(event)
        self.curves.add_epoch(event)
        self.epochs_view.scrollToBottom()
        self.run_bar.setValue(int(1000 * (event.epoch + 1) / max(1, self._epochs)))
        if event.is_best:
            self._show_best(event)
            self.use_button.setEnabled(True)

    def _show_best(self, event: EpochFinished) -> None:
        self.best_figure.set_value(
            self.tr("{accuracy} (epoch {epoch})").format(
                accuracy=percent(event.val_accuracy), epoch=event.epoch + 1
            )
        )

    def show_finished(self, event: TrainingFinished, seconds: float) -> None:
        """The run ended or was stopped."""
        if event.best_val_accuracy is None:
            text = self.tr("Stopped before the first epoch was over; nothing was kept")
        elif event.stopped:
            text = self.tr("Stopped after {epochs} epochs; best {accuracy}").format(
                epochs=event.epochs_done, accuracy=percent(event.best_val_accuracy)
            )
        else:
            text = self.tr("Finished in {time}; best {accuracy}").format(
                time=duration(seconds), accuracy=percent(event.best_val_accuracy)
            )
        self.state_label.setText(text)
        self.use_button.setEnabled(event.onnx_path is not None)

    def show_ended(self, text: str = "") -> None:
        """The worker is done; the settings can be used again."""
        self._stopping = False
        self._set_running(False)
        self.epoch_time_label.clear()
        self.run_time_label.clear()
        if text:
            self.state_label.setText(text)

    def set_device(self, text: str) -> None:
        """Show the badge, e.g. ``CPU (no CUDA device found)``."""
        self.device_label.setText(QCoreApplication.translate("Device", text))
        self.device_label.show()

    def set_resumable(self, name: str, epochs_done: int, epochs: int) -> None:
        """Offer to go on with an interrupted run; an empty name takes the offer away."""
        self.resume_button.setVisible(bool(name))
        text = self.tr("Resume ({done} of {epochs} epochs)")
        self.resume_button.setText(text.format(done=epochs_done, epochs=epochs))
        self.resume_button.setToolTip(self.tr("Go on with the run {name}").format(name=name))
