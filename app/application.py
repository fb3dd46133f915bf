"""Builds the window and its controllers, and takes them down in order."""

from __future__ import annotations

import logging
from pathlib import Path

from PyQt5.QtCore import QObject, QTimer, QUrl, pyqtSignal
from PyQt5.QtGui import QDesktopServices
from PyQt5.QtWidgets import QApplication, QMessageBox

from app.controllers.comparison import ComparisonController
from app.controllers.dataset import DatasetController
from app.controllers.player import PlayerController
from app.controllers.training import TrainingController
from app.garbage import GarbageCollector
from app.help import shortcut_rows
from app.i18n import LANGUAGE_NAMES, install_language
from app.log import versions
from app.paths import log_file
from app.running import closing_question, running_work
from app.settings import Settings
from app.theme import Theme
from app.workers.base import WorkerThread
from app.workers.preload import PreloadWorker
from ui.about_dialog import AboutDialog
from ui.comparison_tab import ComparisonTab
from ui.dataset_tab import DatasetTab
from ui.dialogs import LogDialog, ShortcutsDialog
from ui.licences_dialog import LicencesDialog, licences_text
from ui.main_window import MainWindow, is_dataset_path
from ui.player_tab import PlayerTab
from ui.training_tab import TrainingTab

log = logging.getLogger(__name__)
_LOG_TAIL_BYTES = 200_000


class Application(QObject):
    """Owner of everything that lives as long as the program.

    Attributes:
        window: The main window.
        dataset, training, comparison, player: The tabs' controllers.

    Signals:
        closing: The program ends now; nothing may be handed to it any more.
        closed: All work has ended and the window is gone.
    """

    closing = pyqtSignal()
    closed = pyqtSignal()

    window: MainWindow

    def __init__(self, qt_app: QApplication, settings: Settings, language: str, theme: str) -> None:
        super().__init__()
        self._qt_app = qt_app
        self._garbage = qt_app.findChild(GarbageCollector)
        self.settings = settings
        self._language = language
        self._theme_name = theme
        self._theme = Theme(qt_app)
        self._theme.apply(theme)
        install_language(qt_app, language)
        self._preload: WorkerThread | None = None
        self._device: tuple[str, bool] | None = None
        self._closing = False
        self._question: QMessageBox | None = None
        self._build()

    def start(self, file: Path | None = None) -> None:
        """Show the window; ``file`` opens where it belongs."""
        name = self.settings.last_tab or "player"
        self.window.show_tab("player" if file is not None else name)
        self.window.show()
        if file is not None:
            QTimer.singleShot(0, lambda: self.open_path(file))
        else:
            self._on_tab_shown(self.window.current_tab())

    def open_path(self, path: Path) -> None:
        """Open a video, photo or network in the Player, or a data set in the Dataset tab."""
        if is_dataset_path(path):
            self._on_dataset_requested(path)
        else:
            self._on_media_requested(path)

    def take_over(self, file: Path | None) -> None:
        """Do what another start of the program was asked for: come to the front, open a file."""
        self.window.come_to_front()
        if file is not None:
            self.open_path(file)

    def end(self) -> None:
        """Close without a question, as the system asks; a training can be resumed."""
        self._close()

    # -- building and taking down --------------------------------------------------------

    def _build(self) -> None:
        dataset_tab, training_tab = DatasetTab(), TrainingTab()
        comparison_tab, player_tab = ComparisonTab(), PlayerTab()
        self.window = MainWindow(dataset_tab, training_tab, comparison_tab, player_tab)
        self.dataset = DatasetController(dataset_tab, self.settings, self)
        self.training = TrainingController(training_tab, self.settings, self)
        self.comparison = ComparisonController(comparison_tab, self.settings, self)
        self.player = PlayerController(player_tab, self.settings, self)
        self.window.set_theme(self._theme_name)
        self.window.set_language(self._language)
        self.window.set_recent(self.settings.recent_media)
        self.window.restoreGeometry(self.settings.bytes_value("window/geometry"))
        self._connect_window()
        self._connect_controllers()
        if self._garbage is not None:
            self._garbage.busy = lambda: self.player.presenter.playing
        if self._device is not None:
            self._on_device_known(*self._device)

    def _connect_window(self) -> None:
        window = self.window
        window.media_requested.connect(self._on_media_requested)
        window.dataset_requested.connect(self._on_dataset_requested)
        window.open_media_requested.connect(self._on_open_media_requested)
        window.open_dataset_requested.connect(self._on_open_dataset_requested)
        window.sample_requested.connect(self._on_sample_requested)
        window.clear_recent_requested.connect(self._on_clear_recent_requested)
        window.theme_requested.connect(self._on_theme_requested)
        window.language_requested.connect(self._on_language_requested)
        window.shortcuts_requested.connect(self._on_shortcuts_requested)
        window.log_requested.connect(self._on_log_requested)
        window.log_folder_requested.connect(self._on_log_folder_requested)
        window.about_requested.connect(self._on_about_requested)
        window.tab_shown.connect(self._on_tab_shown)
        window.close_requested.connect(self._on_close_requested)

    def _connect_controllers(self) -> None:
        self.training.use_in_player_requested.connect(self._on_use_in_player_requested)
        self.comparison.use_in_player_requested.connect(self._on_use_in_player_requested)
        self.dataset.train_requested.connect(self._on_train_requested)
        self.comparison.train_requested.connect(lambda: self.window.show_tab("training"))
        self.comparison.images_requested.connect(self._on_images_requested)
        self.training.compare_requested.connect(lambda: self.window.show_tab("comparison"))
        self.training.run_finished.connect(self._on_run_finished)
        self.player.recent_changed.connect(self._on_recent_changed)
        self.player.dataset_requested.connect(self._on_dataset_requested)
        self.player.document_changed.connect(self.window.set_document)
        self.player.model_changed.connect(lambda _model: self._keep("the Player's libraries"))
        for controller in (self.dataset, self.training, self.comparison):
            controller.status_changed.connect(self.window.show_status)

    def shutdown(self) -> None:
        """Stop all work and join all threads."""
        self.window.hide()
        self.player.shutdown()
        self.dataset.shutdown()
        self.training.shutdown()
        self.comparison.shutdown()
        if self._preload is not None:
            self._preload.stop_and_wait()
        self.settings.sync()

    def _rebuild(self) -> None:
        """Build the window anew, in the language installed now, with the same files open."""
        old, tab = self.window, self.window.current_tab()
        data, presenter = self.dataset.path(), self.player.presenter
        video = presenter.info.path if presenter.info is not None else None
        position_ms, playing = presenter.position_ms, presenter.playing
        camera = self.player.camera()
        self._question = None  # it goes with the old window
        self._remember_window()
        old_controllers = (self.player, self.dataset, self.training, self.comparison)
        for controller in old_controllers:
            controller.shutdown()
        old.tab_shown.disconnect()
        self._build()
        self.window.show_tab(tab)
        self.window.show()
        old.close_now()
        old.deleteLater()
        for controller in old_controllers:
            controller.deleteLater()
        if self._garbage is not None:
            self._garbage.release()
        self._on_tab_shown(tab)
        if data is not None:
            self.dataset.open_dataset(data)
        if video is not None:
            self.player.return_to(video, position_ms, playing=playing)
        elif camera is not None:
            self.player.open_camera(*camera)

    def _remember_window(self) -> None:
        self.settings.set_bytes("window/geometry", self.window.saveGeometry())
        self.settings.last_tab = self.window.current_tab()

    # -- files ---------------------------------------------------------------------------

    def _on_media_requested(self, path: Path) -> None:
        self.window.show_tab("player")
        if path.suffix.lower() == ".onnx":
            self.player.set_model(path)
            return
        self.player.open_file(path)

    def _on_dataset_requested(self, path: Path) -> None:
        self.window.show_tab("dataset")
        self.dataset.open_dataset(path)

    def _on_open_media_requested(self) -> None:
        self.window.show_tab("player")
        self.player.choose_file()

    def _on_open_dataset_requested(self) -> None:
        self.window.show_tab("dataset")
        self.dataset.choose_file()

    def _on_sample_requested(self) -> None:
        self.window.show_tab("player")
        self.player.open_sample()

    def _on_recent_changed(self) -> None:
        self.window.set_recent(self.settings.recent_media)

    def _on_clear_recent_requested(self) -> None:
        self.settings.clear_recent()
        self.window.set_recent([])

    def _on_use_in_player_requested(self, path: Path) -> None:
        self.player.set_model(path)
        self.window.show_tab("player")
        self.window.show_status(
            self.tr("The Player uses {name} now.").format(name=f"{path.parent.name}/{path.name}")
        )
        if not self.player.is_open():
            self.player.open_sample()  # so that the network can be seen at work

    def _on_train_requested(self, path: Path, balance: dict[str, int], targets: str) -> None:
        self.training.choose_dataset(path)
        self.training.set_balance(balance)
        self.training.set_targets(targets)
        self.window.show_tab("training")

    def _on_images_requested(
        self, path: Path, indices: list[int], title: str, content_hash: str
    ) -> None:
        self.window.show_tab("dataset")
        self.dataset.show_images(path, indices, title, content_hash)

    def _on_device_known(self, text: str, wasted: bool) -> None:
        self._device = (text, wasted)
        self.training.settings_files.show_device(text, wasted)

    def _on_run_finished(self) -> None:
        self.comparison.refresh()
        if self._closing:
            self._close()

    # -- menus ---------------------------------------------------------------------------

    def _on_theme_requested(self, name: str) -> None:
        self._theme_name = name
        self.settings.theme = name
        self._theme.apply(name)

    def _on_language_requested(self, language: str) -> None:
        self.settings.language = language
        if language != self._language:
            # Later: the menu that asked must not be deleted while its signal is being handled.
            QTimer.singleShot(0, lambda: self._change_language(language))

    def _change_language(self, language: str) -> None:
        work = running_work(self)  # now, since something may have started meanwhile
        if work:
            self.window.set_language(self._language)
            text = self.tr(
                "{language} is used after the next start, because {work}; choose it again once "
                "that is over to have it at once."
            )
            self.window.show_status(text.format(language=LANGUAGE_NAMES[language], work=work), 0)
            return
        self._language = language
        install_language(self._qt_app, language)
        self._rebuild()

    def _on_shortcuts_requested(self) -> None:
        ShortcutsDialog(shortcut_rows(self.window), self.window).open()

    def _on_log_requested(self) -> None:
        LogDialog(_tail(log_file()), self.window).open()

    def _on_log_folder_requested(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file().parent)))

    def _on_about_requested(self) -> None:
        dialog = AboutDialog(versions(), self.window)
        dialog.licences_requested.connect(lambda: LicencesDialog(licences_text(), dialog).open())
        dialog.open()

    # -- tabs, closing -------------------------------------------------------------------

    def _on_tab_shown(self, name: str) -> None:
        if name == "training":
            self.training.refresh()
        if name == "comparison":
            self.comparison.refresh()
        if name in ("dataset", "training") and self._preload is None:
            worker = PreloadWorker()
            worker.device_known.connect(self._on_device_known)
            worker.finished.connect(self._on_preloaded)
            if self._garbage is not None:
                self._garbage.importing = True
            self._preload = WorkerThread(worker, self)
            # After the tab is painted: importing torch holds the GIL for 0.3 s.
            self._preload.start_after(400)

    def _on_preloaded(self) -> None:
        if self._garbage is not None:
            self._garbage.importing = False
        self._keep("PyTorch")

    def _keep(self, what: str) -> None:
        if self._garbage is not None:
            self._garbage.keep(what)

    def _on_close_requested(self) -> None:
        if self.player.batch.holds_closing(self._on_close_requested):
            return
        work = running_work(self, lost_only=True)
        if self._question is not None:
            self._question.deleteLater()
            self._question = None
        if self.training.is_running():
            self._question = self._training_question()
        elif work:
            self._question, stop = closing_question(work, self.window)
            stop.clicked.connect(self._close)
        else:
            self._close()
            return
        self._question.open()

    def _training_question(self) -> QMessageBox:
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Question)
        box.setWindowTitle(self.tr("A training is running"))
        box.setText(self.tr("A training is running. What should happen with it?"))
        box.setInformativeText(
            self.tr("The best epoch so far is kept, and the run can be resumed later.")
        )
        stop = box.addButton(self.tr("Stop, keep the best, close"), QMessageBox.AcceptRole)
        stop.setObjectName("stop_and_close_button")
        keep = box.addButton(self.tr("Keep training, minimise"), QMessageBox.ActionRole)
        keep.setObjectName("keep_training_button")
        cancel = box.addButton(self.tr("Cancel"), QMessageBox.RejectRole)
        box.setEscapeButton(cancel)
        stop.clicked.connect(self._stop_and_close)
        keep.clicked.connect(self.window.showMinimized)
        return box

    def _stop_and_close(self) -> None:
        self._closing = True
        if self.training.is_running():
            self.training.stop()
        else:
            self._close()

    def _close(self) -> None:
        self.closing.emit()
        self._remember_window()
        self.shutdown()
        self.window.close_now()
        self.closed.emit()


def _tail(path: Path) -> str:
    """Return the end of a text file, or why there is none."""
    try:
        with open(path, "rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _LOG_TAIL_BYTES))
            return file.read().decode("utf-8", errors="replace")
    except FileNotFoundError:
        return ""
    except OSError as error:
        return str(error)
