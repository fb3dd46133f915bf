"""Writing the results of what is open to files, on a thread of its own."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from trainer.errors import OperationCancelled
from trainer.inference.recording import Recording

_COPY_SHARE = 0.7


@dataclass(frozen=True)
class ResultsOrder:
    """What is to be written where.

    Attributes:
        recording: A copy of what was found, not used by anybody else.
        video: The file, or what stands for it: a camera's name.
        folder: Where the files go.
        formats: Words of ``trainer.export_results.FORMATS``.
        copy: Write a marked copy of the video or photo too.
        labels: The copy shows boxes and labels.
        blur_faces: The copy hides the faces.
    """

    recording: Recording
    video: Path
    folder: Path
    formats: tuple[str, ...]
    copy: bool = False
    labels: bool = True
    blur_faces: bool = False


class ExportResultsWorker(Worker):
    """Writes tables, subtitles, a report, and a copy with the faces marked.

    Signals:
        written: (list of Path, sentence about sound that was left out or "")
    """

    written = pyqtSignal(list, str)

    def __init__(self, order: ResultsOrder) -> None:
        super().__init__()
        self._order = order

    def work(self) -> None:
        """Write everything; whole files or none of each.

        Raises:
            VideoError: Something cannot be read or written.
        """
        from trainer.export_results import export  # brings PyAV with the copy: not before
        from trainer.export_results.marked import MarkOptions, write_marked

        order, note = self._order, ""
        tables = (1 - _COPY_SHARE) if order.copy else 1.0
        files = export(
            order.recording,
            order.video,
            order.folder,
            order.formats,
            tick=lambda share: self._tell(tables * share),
        )
        if order.copy:
            path, note = write_marked(
                order.recording,
                order.video,
                order.folder / f"{order.video.stem}_annotated",
                MarkOptions(order.labels, order.blur_faces),
                tick=lambda share: self._tell(tables + _COPY_SHARE * share),
            )
            files.append(path)
        self.written.emit(files, note)

    def _tell(self, share: float) -> None:
        if self.should_stop():
            raise OperationCancelled
        self.progress.emit(share)
