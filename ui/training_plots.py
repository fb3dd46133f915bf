"""The pages of the Train tab that show how a run learns, and how they are looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSlider,
    QStackedWidget,
    QTabBar,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from trainer.events import EpochFinished, StepFinished
from ui.tables.epoch_model import EpochModel
from ui.widgets.live_confusion import LiveConfusion
from ui.widgets.metrics_plot import MetricsPlot
from ui.widgets.rate_curve import RateCurve
from ui.widgets.recall_curves import RecallCurves
from ui.widgets.training_curves import TrainingCurves

_SMOOTHEST = 95  # per cent


class TrainingPlots(QWidget):
    """Curves, recall, learning rate and confusions of one run; pages can be added.

    Attributes:
        curves, recall, rate, confusion: The pages.
        epoch_model: The numbers behind them.
        pages_bar: Chooses the page.
        smoothing_slider, log_check, outliers_check: How curves are drawn.
        table_button: The numbers instead of the curves.
        run_label: Name of the run.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.curves = TrainingCurves()
        self.recall = RecallCurves()
        self.rate = RateCurve()
        self.confusion = LiveConfusion()
        self.epoch_model = EpochModel(self)
        self.epochs_view = _epochs_view(self.epoch_model)
        self.pages_bar = QTabBar()
        self.pages_bar.setProperty("pages", True)
        self.pages_bar.setDrawBase(False)
        self.pages_bar.setExpanding(False)
        self.pages_bar.setAccessibleName(self.tr("What is shown of the run"))
        self.stack = QStackedWidget()
        for page, title in (
            (self.curves, self.tr("Accuracy and loss")),
            (self.recall, self.tr("Recall")),
            (self.rate, self.tr("Learning rate")),
            (self.confusion, self.tr("Confusion")),
        ):
            self.add_page(page, title)
        self._own_pages = self.stack.count()
        self.stack.addWidget(self.epochs_view)
        self.run_label = QLabel()
        self.run_label.setProperty("muted", True)
        self.run_label.setTextInteractionFlags(Qt.TextSelectableByMouse)
        self._make_controls()
        self._lay_out()
        self.pages_bar.currentChanged.connect(lambda _index: self._show_page())
        self._show_page()

    def add_page(self, page: QWidget, title: str) -> int:
        """Add a page, after the others; return its number."""
        self.stack.addWidget(page)
        return int(self.pages_bar.addTab(title))

    def _make_controls(self) -> None:
        self.smoothing_slider = QSlider(Qt.Horizontal)
        self.smoothing_slider.setRange(0, _SMOOTHEST)
        self.smoothing_slider.setFixedWidth(90)
        self.smoothing_slider.setAccessibleName(self.tr("Smoothing"))
        self.smoothing_slider.setToolTip(
            self.tr("Average over epochs; what was measured stays, faintly")
        )
        self.log_check = QCheckBox(self.tr("Log axis"))
        self.log_check.setToolTip(self.tr("Loss and learning rate on a logarithmic axis"))
        self.outliers_check = QCheckBox(self.tr("Without outliers"))
        self.outliers_check.setToolTip(self.tr("Fit the axes to most values; far ones leave it"))
        self.table_button = QPushButton(self.tr("Table"))
        self.table_button.setCheckable(True)
        self.table_button.setToolTip(self.tr("The numbers of all epochs"))
        self.smoothing_slider.valueChanged.connect(self._on_smoothing_changed)
        self.log_check.toggled.connect(self._on_log_toggled)
        self.outliers_check.toggled.connect(self._on_outliers_toggled)
        self.table_button.toggled.connect(lambda _on: self._show_page())

    def _lay_out(self) -> None:
        self.controls = QWidget()
        row = QHBoxLayout(self.controls)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        smoothing_label = QLabel(self.tr("Smoothing"))
        smoothing_label.setBuddy(self.smoothing_slider)
        for widget in (smoothing_label, self.smoothing_slider, self.log_check, self.outliers_check):
            row.addWidget(widget)
        top = QHBoxLayout()
        top.addWidget(self.pages_bar)
        top.addStretch(1)
        top.addWidget(self.table_button)
        bottom = QHBoxLayout()
        bottom.addWidget(self.run_label, 1)
        bottom.addWidget(self.controls)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.stack, 1)
        layout.addLayout(bottom)

    # -- what the loop announces -------------------------------------------------------------

    def set_classes(self, names: Sequence[str]) -> None:
        """Name the classes of the run that begins."""
        self.recall.set_classes(names)
        self.confusion.set_classes(names)
        self.epoch_model.set_classes(names)

    def clear(self, history: Sequence[EpochFinished] = ()) -> None:
        """Start anew with the earlier epochs of a resumed run."""
        for page in (self.curves, self.recall, self.rate, self.confusion):
            page.clear(history)
        self.epoch_model.clear(history)

    def add_step(self, event: StepFinished) -> None:
        """A few times a second."""
        self.curves.add_step(event)
        self.rate.add_step(event)

    def add_epoch(self, event: EpochFinished) -> None:
        """One point more on every page."""
        for page in (self.curves, self.recall, self.rate, self.confusion):
            page.add_epoch(event)
        self.epoch_model.append(event)
        if self.epochs_view.isVisible():  # behind the curves it need not lay itself out
            self._show_last_epochs()

    # -- how they are looked at --------------------------------------------------------------

    def _plots(self) -> tuple[MetricsPlot, ...]:
        curves = self.curves
        return (curves.accuracy_plot, curves.loss_plot, self.recall.plot, self.rate.plot)

    def _show_page(self) -> None:
        index = self.pages_bar.currentIndex()
        of_run = index < self._own_pages
        as_table = of_run and self.table_button.isChecked()
        self.stack.setCurrentIndex(self._own_pages if as_table else self._stack_index(index))
        if as_table:
            self._show_last_epochs()
        self.controls.setVisible(of_run and not as_table and index != self._own_pages - 1)
        self.table_button.setVisible(of_run)
        self.run_label.setVisible(of_run)

    def _show_last_epochs(self) -> None:
        self.epochs_view.scrollToBottom()
        self.epochs_view.resizeColumnsToContents()

    def _stack_index(self, page: int) -> int:
        return page if page < self._own_pages else page + 1  # the table stands between

    def _on_smoothing_changed(self, value: int) -> None:
        for plot in self._plots():
            plot.set_smoothing(value / 100)

    def _on_log_toggled(self, on: bool) -> None:
        self.curves.loss_plot.set_log(on)
        self.rate.plot.set_log(on)

    def _on_outliers_toggled(self, on: bool) -> None:
        for plot in self._plots():
            plot.set_without_outliers(on)


def _epochs_view(model: EpochModel) -> QTableView:
    view = QTableView()
    view.setModel(model)
    view.verticalHeader().hide()
    view.setShowGrid(False)
    view.setAlternatingRowColors(True)
    view.setSelectionBehavior(QTableView.SelectRows)
    view.setTabKeyNavigation(False)
    view.setHorizontalScrollMode(QTableView.ScrollPerPixel)
    view.setAccessibleName(view.tr("Epochs"))
    header = view.horizontalHeader()
    # Fitted by hand: by itself it measures every row again for every epoch, also behind the curves.
    header.setSectionResizeMode(QHeaderView.Interactive)
    header.setResizeContentsPrecision(0)  # the rows that can be seen
    header.setStretchLastSection(True)
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignRight | Qt.AlignVCenter)
    return view
