"""The card of the Train tab that says what is going on, and what came out."""

from __future__ import annotations

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QToolButton,
    QWidget,
    QWidgetAction,
)

from trainer.events import EpochFinished, StepFinished, TrainingFinished, TrainingStarted
from ui.colors import expression_title
from ui.formats import count, percent, time_left
from ui.loader import load_ui
from ui.training_facts import data_facts
from ui.training_texts import since_best, state_sentence, summary_sentences
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.figure import Figure


class TrainingProgress(QFrame):
    """State, bars, figures; Pause and Stop while a run goes on, what to do with it after.

    Signals:
        pause_toggled: Hold (True) or go on.
        stop_requested: Stop, keep the best.
        use_requested, compare_requested, folder_requested: The buttons.
        export_requested: ``"onnx"`` or ``"int8"``.
    """

    pause_toggled = pyqtSignal(bool)
    stop_requested = pyqtSignal()
    use_requested = pyqtSignal()
    compare_requested = pyqtSignal()
    folder_requested = pyqtSignal()
    export_requested = pyqtSignal(str)

    state_label: ElidedLabel
    device_button: QToolButton
    pause_button: QPushButton
    stop_button: QPushButton
    bars_widget: QWidget
    epoch_bar: QProgressBar
    epoch_time_label: QLabel
    run_bar: QProgressBar
    run_time_label: QLabel
    figures_layout: QHBoxLayout
    data_label: QLabel
    summary_label: QLabel
    finish_widget: QWidget
    use_button: QPushButton
    compare_button: QPushButton
    export_button: QPushButton
    folder_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("training_progress", self)
        self._running = self._stopping = self._paused = self._exporting = False
        self._epochs = self._patience = 0
        self._class_names: tuple[str, ...] = ()
        self._history: list[EpochFinished] = []
        self._add_figures()
        self._add_menus()
        self.data_label.hide()
        self.summary_label.hide()
        self.pause_button.clicked.connect(lambda: self.pause_toggled.emit(not self._paused))
        self.stop_button.clicked.connect(self.stop_requested)
        self.use_button.clicked.connect(self.use_requested)
        self.compare_button.clicked.connect(self.compare_requested)
        self.folder_button.clicked.connect(self.folder_requested)
        self.show_idle()

    def _add_figures(self) -> None:
        self.epoch_figure = Figure(self.tr("Epoch"))
        self.best_figure = Figure(self.tr("Best validation accuracy"))
        self.since_figure = Figure(self.tr("Epochs since best"))
        self.speed_figure = Figure(self.tr("Images/s"))
        self.size_figure = Figure(self.tr("Training images"))
        self._figures = (
            self.epoch_figure,
            self.best_figure,
            self.since_figure,
            self.speed_figure,
            self.size_figure,
        )
        for figure in self._figures:
            self.figures_layout.addWidget(figure)
        self.figures_layout.addStretch(1)

    def _add_menus(self) -> None:
        menu = QMenu(self.export_button)
        for title, kind in (
            (self.tr("ONNX, as it is…"), "onnx"),
            (self.tr("ONNX with 8 bits, if it earns it…"), "int8"),
        ):
            action = menu.addAction(title)
            action.triggered.connect(lambda _on, kind=kind: self.export_requested.emit(kind))
        self.export_button.setMenu(menu)
        self._device_label = QLabel()
        self._device_label.setMargin(10)
        self._device_label.setWordWrap(True)
        self._device_label.setMinimumWidth(320)
        self._device_label.setTextInteractionFlags(Qt.TextSelectableByMouse)
        device_menu = QMenu(self.device_button)
        shown = QWidgetAction(device_menu)
        shown.setDefaultWidget(self._device_label)
        device_menu.addAction(shown)
        self.device_button.setMenu(device_menu)

    # -- states --------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        kept = bool(self._history)
        self.pause_button.setVisible(self._running)
        self.stop_button.setVisible(self._running)
        self.pause_button.setEnabled(self._running and not self._stopping)
        self.stop_button.setEnabled(self._running and not self._stopping)
        self.pause_button.setText(self.tr("Continue") if self._paused else self.tr("Pause"))
        # Nothing moves as a run ends, or the whole window would be painted.
        self.state_label.setMinimumHeight(self.stop_button.sizeHint().height())
        for part in (self.bars_widget, self.finish_widget):
            part.setVisible(kept or self._running)
        self.summary_label.setVisible(self._running or bool(self.summary_label.text().strip()))
        for button in (self.use_button, self.compare_button, self.folder_button):
            button.setEnabled(kept)
        self.export_button.setEnabled(kept and not self._running and not self._exporting)

    def show_idle(self) -> None:
        """Nothing was started yet."""
        self._running = self._stopping = self._paused = False
        self.state_label.setText(self.tr("Choose data and a network, then start"))
        self._show_buttons()

    def show_preparing(self, text: str) -> None:
        """The data are being read."""
        self._running, self._stopping, self._paused = True, False, False
        self._history = []
        self.data_label.hide()
        self.summary_label.setText(" ")  # as high as the sentence that will stand there
        self.state_label.setText(text)
        for bar in (self.run_bar, self.epoch_bar):
            bar.setValue(0)
        for label in (self.epoch_time_label, self.run_time_label):
            label.clear()
        for figure in self._figures:  # those of the run before are not this one's
            figure.set_value("–")
        self._show_buttons()

    def show_loading(self, fraction: float) -> None:
        """How much of the data is read."""
        self.epoch_bar.setValue(int(1000 * fraction))

    def show_stopping(self) -> None:
        """Stop was pressed: said at once."""
        self._stopping = True
        self.state_label.setText(self.tr("Stopping, keeping the best epoch…"))
        self._show_buttons()

    def show_paused(self, paused: bool) -> None:
        """Pause or Continue was pressed: said at once."""
        self._paused = paused
        if paused:
            self.state_label.setText(self.tr("Paused; Continue goes on from here"))
        else:
            self.state_label.setText(self.tr("Training"))
        self._show_buttons()

    def show_started(self, event: TrainingStarted, patience: int) -> None:
        """The run goes on its way."""
        self._epochs, self._patience = event.epochs, patience
        self._class_names = event.class_names
        self._history = list(event.history)
        self.size_figure.set_value(count(event.train_samples))
        self.speed_figure.set_value("–")
        self.epoch_figure.set_value(f"{event.first_epoch + 1} / {event.epochs}")
        self._show_best()
        lines = data_facts(event)
        self.data_label.setText(" ".join(lines))
        self.data_label.setVisible(bool(lines))
        if not self._stopping and not self._paused:
            self.state_label.setText(self.tr("Training"))
        self._show_buttons()

    def show_step(self, event: StepFinished) -> None:
        """A few times a second."""
        done = (event.step + 1) / max(1, event.steps_per_epoch)
        self.epoch_bar.setValue(int(1000 * done))
        self.run_bar.setValue(int(1000 * (event.epoch + done) / max(1, self._epochs)))
        self.epoch_time_label.setText(time_left(event.epoch_eta_s))
        self.run_time_label.setText(time_left(event.run_eta_s))
        self.epoch_figure.set_value(f"{event.epoch + 1} / {self._epochs}")
        self.speed_figure.set_value(f"{event.images_per_second:.0f}")

    def show_epoch(self, event: EpochFinished) -> None:
        """An epoch is over."""
        self._history.append(event)
        self.run_bar.setValue(int(1000 * (event.epoch + 1) / max(1, self._epochs)))
        self._show_best()
        if len(self._history) == 1:
            self._show_buttons()

    def _show_best(self) -> None:
        best = max(self._history, key=lambda entry: entry.val_accuracy, default=None)
        if best is None:
            self.best_figure.set_value("–")
        else:
            self.best_figure.set_value(
                self.tr("{accuracy} (epoch {epoch})").format(
                    accuracy=percent(best.val_accuracy), epoch=best.epoch + 1
                )
            )
        self.since_figure.set_value(since_best(self._history, self._patience))

    def show_finished(self, event: TrainingFinished, seconds: float) -> None:
        """The run ended or was stopped."""
        titles = [expression_title(name) for name in self._class_names]
        self.state_label.setText(state_sentence(event))
        self.summary_label.setText(
            summary_sentences(event, self._history, seconds, self._epochs, titles)
        )

    def show_ended(self, text: str = "") -> None:
        """The worker is done."""
        self._running = self._stopping = self._paused = False
        for label in (self.epoch_time_label, self.run_time_label):
            label.clear()
        if text:
            self.state_label.setText(text)
        self._show_buttons()

    def set_exporting(self, on: bool) -> None:
        """Whether the network is being written."""
        self._exporting = on
        self._show_buttons()

    def set_device(self, title: str, why: str) -> None:
        """Show the badge; a click on it tells ``why``."""
        self.device_button.setText(title)
        self.device_button.setToolTip(why)
        self.device_button.setAccessibleName(f"{title}. {why}")
        self._device_label.setText(why)
        self.device_button.show()
