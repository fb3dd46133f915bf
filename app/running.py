"""What is going on that taking the window down would end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import QCoreApplication
from PyQt5.QtWidgets import QMessageBox, QPushButton, QWidget

if TYPE_CHECKING:
    from app.application import Application


def running_work(program: Application, *, lost_only: bool = False) -> str:
    """Name one thing that somebody waits for, as a translated clause; "" where there is none.

    Args:
        program: Where to look.
        lost_only: Pass over what closing keeps as far as it is done, or what is soon made again.
    """
    training, dataset = program.training, program.dataset
    comparison, player = program.comparison, program.player
    lost = (
        (training.export.is_busy(), _tr("a network is being exported")),
        (training.pretrained.is_busy(), _tr("weights are being fetched")),
        (player.tools.exporter.is_writing(), _tr("results are being exported")),
        (player.tools.correction_windows.is_improving(), _tr("a network is being improved")),
        (player.camera_recorder.is_recording, _tr("the camera is being recorded")),
        (dataset.exporter.is_writing(), _tr("a data set is being exported")),
    )
    other = (
        (training.is_running(), _tr("a training runs")),
        (player.batch.is_running(), _tr("files are being analysed")),
        (player.tools.analysis.running, _tr("a video is being analysed")),
        (dataset.is_reading(), _tr("a data set is being read")),
        (dataset.check.is_checking(), _tr("a data set is being checked")),
        (comparison.scoring.is_scoring(), _tr("networks are being judged")),
        (comparison.tasks.is_running(), _tr("networks are being compared")),
    )
    work = lost if lost_only else (*other, *lost)
    return next((clause for busy, clause in work if busy), "")


def closing_question(work: str, parent: QWidget) -> tuple[QMessageBox, QPushButton]:
    """Return a question whether to close all the same, and its button that says yes.

    Args:
        work: What :func:`running_work` named.
        parent: The window.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Question)
    box.setWindowTitle(_tr("Close Mien"))
    box.setText(_tr("Close although {work}?").format(work=work))
    box.setInformativeText(_tr("What is not done is not kept."))
    stop = box.addButton(_tr("Stop and close"), QMessageBox.AcceptRole)
    stop.setObjectName("stop_and_close_button")
    keep = box.addButton(_tr("Keep going"), QMessageBox.RejectRole)
    keep.setObjectName("keep_going_button")
    box.setEscapeButton(keep)
    box.setDefaultButton(keep)
    return box, stop


def _tr(text: str) -> str:
    return QCoreApplication.translate("Running", text)
