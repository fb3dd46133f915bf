"""The Compare tab: models beside each other, and the pictures of the chosen ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import pyqtSignal
from PyQt5.QtWidgets import QSplitter, QStackedWidget, QTabBar, QTableView, QWidget

from ui.comparison_page import ComparisonPage
from ui.comparison_runs_panel import ComparisonRunsPanel
from ui.comparison_state import ComparisonState
from ui.loader import load_ui
from ui.tables.run_row import RunRow
from ui.widgets.empty_state import EmptyState
from ui.widgets.message_banner import MessageBanner

PageMaker = Callable[[ComparisonState], ComparisonPage]


class ComparisonTab(QWidget):
    """Shows runs and models; a controller reads, scores and changes them.

    Attributes:
        state: What is chosen and known.
        runs_panel: The table with its buttons.

    Signals:
        train_requested: The button shown while there is nothing.
        page_made: (name, page) A page is shown for the first time; it may be connected now.
    """

    train_requested = pyqtSignal()
    page_made = pyqtSignal(str, QWidget)

    banner: MessageBanner
    pages: QStackedWidget
    empty_page: EmptyState
    runs_page: QWidget
    splitter: QSplitter
    runs_panel: ComparisonRunsPanel
    nav_bar: QTabBar
    views: QStackedWidget

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        load_ui("comparison_tab", self)
        self.state = ComparisonState(self)
        self._made: dict[str, ComparisonPage] = {}
        self.empty_page.set_content(
            "comparison",
            self.tr("Nothing to compare yet"),
            self.tr(
                "Every training leaves a run here: its accuracy, its curves and what it "
                "confuses. Train a network first; the demo data set needs a minute."
            ),
            self.tr("Go to training"),
        )
        self._names: list[str] = []
        for name, title in self._titles():
            self._names.append(name)
            self.nav_bar.addTab(title)
        self.splitter.setSizes([270, 340])
        self.splitter.setStretchFactor(1, 1)
        self.empty_page.first_button.clicked.connect(self.train_requested)
        self.runs_panel.selection_changed.connect(self._on_selection_changed)
        self.nav_bar.currentChanged.connect(lambda _index: self._show_current())
        self.state.choose_requested.connect(self._on_choose_requested)

    def _titles(self) -> list[tuple[str, str]]:
        return [
            ("curves", self.tr("Curves")),
            ("confusion", self.tr("Confusion")),
            ("classes", self.tr("Per class")),
            ("statistics", self.tr("Statistics")),
            ("images", self.tr("Images")),
            ("speed", self.tr("Speed")),
            ("calibration", self.tr("Calibration")),
            ("risk", self.tr("Unsure")),
            ("people", self.tr("People")),
            ("robustness", self.tr("Robustness")),
            ("gradcam", self.tr("Grad-CAM")),
            ("settings", self.tr("Settings")),
        ]

    @property
    def runs_view(self) -> QTableView:
        """The table."""
        return self.runs_panel.runs_view

    def set_rows(self, rows: Sequence[RunRow]) -> None:
        """Show runs and models, keeping the selection."""
        usable = [row for row in rows if row.kind != "literature"]
        self.pages.setCurrentWidget(self.runs_page if usable else self.empty_page)
        self.runs_panel.set_rows(rows)
        self._show_current()

    # -- pages ---------------------------------------------------------------------------------

    def page(self, name: str) -> ComparisonPage:
        """Return a page by name, made now if it was never shown."""
        if name not in self._made:
            # Twelve pages with their plots would cost the start of the program a second.
            from ui.comparison_pages import make_page

            page = make_page(name, self.state)
            self._made[name] = page
            self.views.addWidget(page)
            self.page_made.emit(name, page)
        return self._made[name]

    def show_page(self, name: str) -> None:
        """Show a page by name."""
        self.nav_bar.setCurrentIndex(self._names.index(name))
        self._show_current()

    def current_page(self) -> str:
        """Name of the page shown."""
        return self._names[self.nav_bar.currentIndex()]

    def _show_current(self) -> None:
        if self.pages.currentWidget() is self.runs_page and self.isVisible():
            self.views.setCurrentWidget(self.page(self.current_page()))

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._show_current()

    # -- selection -----------------------------------------------------------------------------

    def _on_selection_changed(self) -> None:
        panel = self.runs_panel
        self.state.set_selected(panel.selected_rows(), panel.current_row())

    def _on_choose_requested(self, key: str) -> None:
        """Make the row of a curve the current one; what else was chosen stays chosen."""
        keys = {row.key for row in self.state.selected} | {key}
        self.runs_panel.choose(keys, key)
        self._on_selection_changed()
        self.runs_view.scrollTo(self.runs_view.currentIndex())
