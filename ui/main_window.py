"""The main window: four tabs, menus, status bar; a file may be dropped anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QEvent, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QGuiApplication, QIcon
from PyQt5.QtWidgets import (
    QAction,
    QActionGroup,
    QApplication,
    QMainWindow,
    QMenu,
    QStatusBar,
    QTabWidget,
    QWidget,
)

from resources import resource_path
from ui.icons import icon
from ui.loader import load_ui
from ui.widgets.notice_bar import NoticeBar

TAB_NAMES: tuple[str, ...] = ("dataset", "training", "comparison", "player")
DATASET_SUFFIXES: tuple[str, ...] = (".csv", ".gz", ".zip")


def is_dataset_path(path: Path) -> bool:
    """Whether a dropped file or folder is meant for the Dataset tab."""
    return path.is_dir() or path.suffix.lower() in DATASET_SUFFIXES


class MainWindow(QMainWindow):
    """Shows the tabs it is given and announces what the menus ask for.

    Signals:
        media_requested: A video or photo to play, or a network (``.onnx``) to use.
        dataset_requested: A data set to open.
        open_media_requested, open_dataset_requested: Ask for a file with a dialog.
        sample_requested: Play the bundled clip.
        clear_recent_requested: Forget the recent files.
        theme_requested: ``"light"``, ``"dark"`` or ``"system"``.
        language_requested: ``"en"`` or ``"zh_CN"``.
        shortcuts_requested, log_requested, log_folder_requested, about_requested: Help menu.
        tab_shown: Name of the tab that is shown now.
        close_requested: The window should close; the receiver decides.
    """

    media_requested = pyqtSignal(Path)
    dataset_requested = pyqtSignal(Path)
    open_media_requested = pyqtSignal()
    open_dataset_requested = pyqtSignal()
    sample_requested = pyqtSignal()
    clear_recent_requested = pyqtSignal()
    theme_requested = pyqtSignal(str)
    language_requested = pyqtSignal(str)
    shortcuts_requested = pyqtSignal()
    log_requested = pyqtSignal()
    log_folder_requested = pyqtSignal()
    about_requested = pyqtSignal()
    tab_shown = pyqtSignal(str)
    close_requested = pyqtSignal()

    tabs: QTabWidget
    notice_bar: NoticeBar
    status_bar: QStatusBar
    recent_menu: QMenu
    open_action: QAction
    open_dataset_action: QAction
    open_sample_action: QAction
    quit_action: QAction
    shortcuts_action: QAction
    log_action: QAction
    log_folder_action: QAction
    about_action: QAction
    show_dataset_action: QAction
    show_training_action: QAction
    show_comparison_action: QAction
    show_player_action: QAction
    theme_light_action: QAction
    theme_dark_action: QAction
    theme_system_action: QAction
    language_en_action: QAction
    language_zh_action: QAction

    def __init__(
        self,
        dataset_tab: QWidget,
        training_tab: QWidget,
        comparison_tab: QWidget,
        player_tab: QWidget,
    ) -> None:
        super().__init__()
        load_ui("main_window", self)
        self.setWindowIcon(QIcon(str(resource_path("icons", "mien.svg"))))
        self._may_close = False
        self._tab_widgets = dict(
            zip(TAB_NAMES, (dataset_tab, training_tab, comparison_tab, player_tab), strict=True)
        )
        self._tab_actions = dict(
            zip(
                TAB_NAMES,
                (
                    self.show_dataset_action,
                    self.show_training_action,
                    self.show_comparison_action,
                    self.show_player_action,
                ),
                strict=True,
            )
        )
        # A small screen with large letters has less room than that.
        room = QGuiApplication.primaryScreen().availableSize()
        self.setMinimumSize(QSize(1000, 600).boundedTo(room))
        self._add_tabs()
        self._connect_menus()

    def _add_tabs(self) -> None:
        for name, tab in self._tab_widgets.items():
            action = self._tab_actions[name]
            index = self.tabs.addTab(tab, action.text())
            keys = action.shortcut().toString()
            self.tabs.setTabToolTip(index, f"{action.text()} ({keys})")
            action.triggered.connect(lambda _checked, shown=name: self.show_tab(shown))
        self._set_icons()
        self.tabs.currentChanged.connect(lambda _index: self.tab_shown.emit(self.current_tab()))

    def _set_icons(self) -> None:
        for index, name in enumerate(TAB_NAMES):
            self.tabs.setTabIcon(index, icon(name))

    def _connect_menus(self) -> None:
        signals = (
            (self.open_action, self.open_media_requested),
            (self.open_dataset_action, self.open_dataset_requested),
            (self.open_sample_action, self.sample_requested),
            (self.shortcuts_action, self.shortcuts_requested),
            (self.log_action, self.log_requested),
            (self.log_folder_action, self.log_folder_requested),
            (self.about_action, self.about_requested),
        )
        for action, signal in signals:
            action.triggered.connect(lambda _checked, wanted=signal: wanted.emit())
        self.quit_action.triggered.connect(lambda _checked: self.close())
        self._choices(
            {
                "light": self.theme_light_action,
                "dark": self.theme_dark_action,
                "system": self.theme_system_action,
            },
            self.theme_requested.emit,
        )
        self._choices(
            {"en": self.language_en_action, "zh_CN": self.language_zh_action},
            self.language_requested.emit,
        )

    def _choices(self, actions: dict[str, QAction], chosen: Callable[[str], None]) -> None:
        group = QActionGroup(self)
        for value, action in actions.items():
            group.addAction(action)
            action.triggered.connect(lambda _checked, picked=value: chosen(picked))

    # -- what the controller sets ------------------------------------------------------

    def current_tab(self) -> str:
        """Name of the tab shown."""
        return TAB_NAMES[self.tabs.currentIndex()]

    def show_tab(self, name: str) -> None:
        """Show a tab by name and give it the focus."""
        self.tabs.setCurrentWidget(self._tab_widgets[name])
        self._tab_widgets[name].setFocus(Qt.OtherFocusReason)

    def set_theme(self, name: str) -> None:
        """Tick the theme in the menu."""
        actions = {"light": self.theme_light_action, "dark": self.theme_dark_action}
        actions.get(name, self.theme_system_action).setChecked(True)

    def set_language(self, name: str) -> None:
        """Tick the language in the menu."""
        chosen = self.language_zh_action if name == "zh_CN" else self.language_en_action
        chosen.setChecked(True)

    def set_recent(self, paths: Sequence[Path]) -> None:
        """Fill the menu of recent files."""
        self.recent_menu.clear()
        self.recent_menu.setEnabled(bool(paths))
        for number, path in enumerate(paths, start=1):
            text = f"&{number % 10}  {path.name.replace('&', '&&')}"
            action = self.recent_menu.addAction(text)
            action.setToolTip(str(path))
            action.triggered.connect(lambda _on, wanted=path: self.media_requested.emit(wanted))
        if paths:
            self.recent_menu.addSeparator()
            clear = self.recent_menu.addAction(self.tr("Clear this list"))
            clear.triggered.connect(lambda _checked: self.clear_recent_requested.emit())

    def set_document(self, title: str, unsaved: bool) -> None:
        """Name what the Player shows in the window's title; an asterisk says it is not saved."""
        self.setWindowTitle(f"{title}[*] – Mien" if title else "Mien[*]")
        self.setWindowModified(unsaved)

    def show_status(self, text: str, timeout_ms: int = 8000) -> None:
        """Show a passing message; 0 keeps it."""
        self.status_bar.showMessage(text, timeout_ms)

    def come_to_front(self) -> None:
        """Show the window over others, also when it was minimised."""
        self.setWindowState(self.windowState() & ~Qt.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()
        QApplication.alert(self)  # where the system keeps windows back, its entry blinks

    def close_now(self) -> None:
        """Close without asking again."""
        self._may_close = True
        self.close()

    # -- Qt ----------------------------------------------------------------------------

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_requested.emit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.PaletteChange and hasattr(self, "_tab_widgets"):
            self._set_icons()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if not paths:
            return
        event.acceptProposedAction()
        if is_dataset_path(paths[0]):
            self.dataset_requested.emit(paths[0])
        else:
            self.media_requested.emit(paths[0])
