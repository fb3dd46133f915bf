"""The Dataset tab: what is in a data set, and what is wrong with it."""

from __future__ import annotations

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QWidget,
)

from ui.dataset_balance_page import DatasetBalancePage
from ui.dataset_check_page import DatasetCheckPage
from ui.dataset_images_page import DatasetImagesPage
from ui.dataset_overview_page import DatasetOverviewPage
from ui.dataset_state import DatasetState
from ui.formats import DEMO_FILE, dataset_title
from ui.loader import load_ui
from ui.widgets.elided_label import ElidedLabel
from ui.widgets.empty_state import EmptyState
from ui.widgets.message_banner import MessageBanner
from ui.widgets.reflow import PageScroll, flow


class DatasetTab(QWidget):
    """The frame around the pages that show a data set.

    Attributes:
        state: What the pages share; :meth:`DatasetState.set_samples` opens a data set.

    Signals:
        open_requested: Ask for a file.
        open_folder_requested: Ask for a folder.
        recent_requested: Offer what was opened before.
        reread_requested: Ask again how the data set shown is read.
        export_requested: Write the data set shown to other files.
        demo_requested: Draw and open the demo data set.
        cancel_requested: Stop reading.
        train_requested: Take the data set shown to the Train tab.
        balance_requested: Take it there with a factor by class name.
    """

    open_requested = pyqtSignal()
    open_folder_requested = pyqtSignal()
    recent_requested = pyqtSignal()
    reread_requested = pyqtSignal()
    export_requested = pyqtSignal()
    demo_requested = pyqtSignal()
    cancel_requested = pyqtSignal()
    train_requested = pyqtSignal()
    balance_requested = pyqtSignal(dict)

    banner: MessageBanner
    pages: QStackedWidget
    empty_page: EmptyState
    loading_page: QWidget
    loading_label: QLabel
    loading_bar: QProgressBar
    cancel_button: QPushButton
    data_page: QWidget
    header_layout: QHBoxLayout
    name_label: ElidedLabel
    nav_bar: QTabBar
    open_button: QPushButton
    export_button: QPushButton
    train_button: QPushButton
    views: QStackedWidget
    overview_page: DatasetOverviewPage
    images_page: DatasetImagesPage
    check_page: DatasetCheckPage
    balance_page: DatasetBalancePage

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("dataset_tab", self)
        flow(self.header_layout)
        self.state = DatasetState(self)
        self._names: list[str] = []
        self.empty_page.set_content(
            "dataset",
            self.tr("No data set is open"),
            self.tr(
                "Open FER2013 as a CSV file, plain or packed, or a folder with pictures by "
                "expression, to see how many there are of each, which repeat, and what is "
                "doubtful. Or let Mien draw a small demo data set to try everything."
            ),
            self.tr("Open a data set"),
            self.tr("Draw the demo data set"),
        )
        # A page is placed in dataset_tab.ui and named here; it brings set_state(state).
        self._add_page("overview", self.tr("Overview"), self.overview_page)
        self._add_page("images", self.tr("Images"), self.images_page)
        self._add_page("check", self.tr("Check"), self.check_page)
        self._add_page("balance", self.tr("Balance"), self.balance_page)
        for page in (self.overview_page, self.images_page, self.check_page, self.balance_page):
            page.set_state(self.state)
        self._connect()
        self.pages.setCurrentWidget(self.empty_page)

    def _add_page(self, name: str, title: str, page: QWidget) -> None:
        self._names.append(name)
        self.nav_bar.addTab(title)
        self.views.insertWidget(len(self._names) - 1, PageScroll(page))

    def _connect(self) -> None:
        self.empty_page.second_button.clicked.connect(self.demo_requested)
        menu = QMenu(self.open_button)
        menu.addAction(self.tr("&File…"), self.open_requested.emit)
        menu.addAction(self.tr("F&older of pictures…"), self.open_folder_requested.emit)
        menu.addAction(self.tr("&Recent…"), self.recent_requested.emit)
        menu.addSeparator()
        self.reread_action = menu.addAction(
            self.tr("&Classes and votes of this one…"), self.reread_requested.emit
        )
        self.reread_action.setEnabled(False)
        self.open_button.setMenu(menu)
        self.empty_page.first_button.setMenu(menu)
        self.cancel_button.clicked.connect(self.cancel_requested)
        self.export_button.clicked.connect(self.export_requested)
        self.train_button.clicked.connect(self.train_requested)
        self.overview_page.targets_panel.train_requested.connect(self.train_requested)
        self.balance_page.balance_requested.connect(self.balance_requested)
        self.nav_bar.currentChanged.connect(self.views.setCurrentIndex)
        self.views.setCurrentIndex(self.nav_bar.currentIndex())
        self.overview_page.class_chosen.connect(self._on_class_chosen)
        self.state.samples_changed.connect(self._on_samples_changed)
        self.state.show_samples_requested.connect(lambda _indices, _title: self.show_page("images"))

    # -- pages ---------------------------------------------------------------------------------

    def show_page(self, name: str) -> None:
        """Show ``"overview"``, ``"images"``, ``"check"`` or ``"balance"``, if it is there."""
        if name in self._names:
            self.nav_bar.setCurrentIndex(self._names.index(name))

    def current_page(self) -> str:
        """Name of the page shown."""
        return self._names[self.nav_bar.currentIndex()]

    def _on_class_chosen(self, target: int) -> None:
        self.images_page.show_class(target)
        self.show_page("images")

    def _on_samples_changed(self) -> None:
        samples = self.state.samples
        if samples is not None:
            self.name_label.setText(dataset_title(samples.name))
        self.reread_action.setEnabled(samples is not None and samples.name != DEMO_FILE)
        self.show_previous()

    # -- what the controller sets ----------------------------------------------------------------

    def show_loading(self, text: str) -> None:
        """A data set is being read."""
        self.banner.clear()
        self.loading_label.setText(text)
        self.loading_bar.setValue(0)
        self.pages.setCurrentWidget(self.loading_page)
        self.cancel_button.setFocus()

    def show_progress(self, fraction: float) -> None:
        """How much is read."""
        self.loading_bar.setValue(int(1000 * fraction))

    def show_previous(self) -> None:
        """Show what is open: after a data set was read, or when reading failed or was cancelled."""
        has_data = self.state.samples is not None
        self.pages.setCurrentWidget(self.data_page if has_data else self.empty_page)
