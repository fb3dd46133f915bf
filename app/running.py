"""What is going on that taking the window down would end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PyQt5.QtCore import QCoreApplication

if TYPE_CHECKING:
    from app.application import Application


def running_work(program: Application) -> str:
    """Name one thing that somebody waits for, as a translated clause; "" where there is none."""
    training, dataset = program.training, program.dataset
    comparison, player = program.comparison, program.player
    work = (
        (training.is_running(), _tr("a training runs")),
        (training.export.is_busy(), _tr("a network is being exported")),
        (training.pretrained.is_busy(), _tr("weights are being fetched")),
        (player.batch.is_running(), _tr("files are being analysed")),
        (player.tools.analysis.running, _tr("a video is being analysed")),
        (player.tools.exporter.is_writing(), _tr("results are being exported")),
        (player.tools.correction_windows.is_improving(), _tr("a network is being improved")),
        (player.camera_recorder.is_recording, _tr("the camera is being recorded")),
        (dataset.is_reading(), _tr("a data set is being read")),
        (dataset.check.is_checking(), _tr("a data set is being checked")),
        (dataset.exporter.is_writing(), _tr("a data set is being exported")),
        (comparison.scoring.is_scoring(), _tr("networks are being judged")),
        (comparison.tasks.is_running(), _tr("networks are being compared")),
    )
    return next((clause for busy, clause in work if busy), "")


def _tr(text: str) -> str:
    return QCoreApplication.translate("Running", text)
