"""The Train tab: choose data and network, start, watch it learn, stop, use the result."""

from __future__ import annotations

from PyQt5.QtCore import Qt, QTimer, pyqtSignal
from PyQt5.QtWidgets import QPushButton, QScrollArea, QShortcut, QWidget

from trainer.events import EpochFinished, StepFinished, TrainingFinished, TrainingStarted
from ui.loader import load_ui
from ui.training_facts import leak_warning
from ui.training_form import TrainingForm
from ui.training_plots import TrainingPlots
from ui.training_progress import TrainingProgress
from ui.training_queue_page import TrainingQueuePage
from ui.widgets.message_banner import MessageBanner
from ui.widgets.offer_banner import OfferBanner

_GROWN_MS = 60  # the form has its new height then, also where a scroll bar makes it narrower


class TrainingTab(QWidget):
    """Settings on the left, progress and curves on the right; controllers do the work.

    Attributes:
        form: The settings.
        progress: What is going on.
        plots: Curves and tables of the run.
        queue_page: A page of ``plots`` with the runs that wait.
        banner, offer_banner: What went wrong; what can be done about it.

    Signals:
        start_requested: Train with the settings now.
        queue_requested: Train with them later.
    """

    start_requested = pyqtSignal()
    queue_requested = pyqtSignal()

    banner: MessageBanner
    offer_banner: OfferBanner
    settings_scroll: QScrollArea
    form: TrainingForm
    progress: TrainingProgress
    plots: TrainingPlots
    start_button: QPushButton
    queue_button: QPushButton

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("training_tab", self)
        self.queue_page = TrainingQueuePage()
        self._queue_index = self.plots.add_page(self.queue_page, self.tr("Queue"))
        self._time_timer = QTimer(self)
        self._time_timer.setSingleShot(True)
        self._time_timer.setInterval(_GROWN_MS)
        self._time_timer.timeout.connect(self._show_time)
        self.form.time_shown.connect(self._time_timer.start)
        self.start_button.clicked.connect(self.start_requested)
        self.queue_button.clicked.connect(self.queue_requested)
        escape = QShortcut(Qt.Key_Escape, self, context=Qt.WidgetWithChildrenShortcut)
        escape.setWhatsThis(self.tr("Stop the training"))
        escape.activated.connect(self.progress.stop_button.click)
        pause = QShortcut(Qt.Key_Pause, self, context=Qt.WidgetWithChildrenShortcut)
        pause.setWhatsThis(self.tr("Pause the training, and go on"))
        pause.activated.connect(self.progress.pause_button.click)

    def _show_time(self) -> None:
        self.settings_scroll.ensureWidgetVisible(self.form.time_label, 0, 8)

    def show_queue(self) -> None:
        """Bring the page with the queue to the front."""
        self.plots.pages_bar.setCurrentIndex(self._queue_index)

    def set_waiting(self, number: int) -> None:
        """Write on the page's tab how many runs wait."""
        text = self.tr("Queue ({number})").format(number=number) if number else self.tr("Queue")
        if text != self.plots.pages_bar.tabText(self._queue_index):
            self.plots.pages_bar.setTabText(self._queue_index, text)

    # -- states --------------------------------------------------------------------------

    def show_preparing(self, text: str) -> None:
        """A run begins: its data are being read."""
        self.start_button.setEnabled(False)
        self.banner.clear()
        self.offer_banner.clear()
        self.progress.show_preparing(text)
        self.queue_page.set_training(True)

    def show_started(self, event: TrainingStarted, patience: int) -> None:
        """The run goes on its way."""
        self.plots.set_classes(event.class_names)
        self.plots.clear(event.history)
        self.plots.run_label.setText(event.run_dir.name)
        self.plots.run_label.setToolTip(str(event.run_dir))
        self.progress.show_started(event, patience)
        if leak_warning(event):
            self.banner.show_message(leak_warning(event), "warning")

    def show_step(self, event: StepFinished) -> None:
        """A few times a second."""
        self.progress.show_step(event)
        self.plots.add_step(event)

    def show_epoch(self, event: EpochFinished) -> None:
        """A row and a point more."""
        self.progress.show_epoch(event)
        self.plots.add_epoch(event)

    def show_finished(self, event: TrainingFinished, seconds: float) -> None:
        """The run ended or was stopped."""
        self.progress.show_finished(event, seconds)

    def show_ended(self, text: str = "") -> None:
        """The worker is done; another run can start."""
        self.progress.show_ended(text)
        self.start_button.setEnabled(True)
        self.queue_page.set_training(False)
