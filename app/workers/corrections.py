"""Writes and reads the user's corrections off the GUI thread: a disk may take its time."""

from __future__ import annotations

import queue
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker, summary_of
from app.workers.playback_parts import explain
from trainer.data.correction import Correction, Place
from trainer.data.correction_units import judged_keys
from trainer.data.corrections import CorrectionStore, write_fer2013_csv
from trainer.errors import OperationCancelled
from trainer.inference.types import Face, Frame


@dataclass(frozen=True)
class LabelOrder:
    """A face to keep.

    Attributes:
        frame: Where it is.
        face: As it was found, before any correction.
        label: What the user says it shows.
        source: Name of the video, photo or camera.
        source_hash: Of its content.
        model: File name of the network.
        model_sha256: Of its file.
        person: The person's number.
        ticket: Names the order in the answer.
    """

    frame: Frame
    face: Face
    label: str
    source: str
    source_hash: str
    model: str
    model_sha256: str
    person: int
    ticket: int


class CorrectionWorker(Worker):
    """Carries out one order after another until it is stopped; what is ordered is still written.

    Signals:
        kept: (ticket, Correction, Correction before or None) A face is in the file.
        taken_back: (ticket, tuple of Correction) What was kept of the face until now.
        refused: (ticket, sentence) Neither was done.
        listed: (Corrections) What the file holds now; after every change and on demand.
        removed: (tuple of Correction) They are gone.
        exported: (Path) A CSV was written.
    """

    kept = pyqtSignal(int, object, object)
    taken_back = pyqtSignal(int, object)
    refused = pyqtSignal(int, str)
    listed = pyqtSignal(object)
    removed = pyqtSignal(object)
    exported = pyqtSignal(Path)

    def __init__(self, store: CorrectionStore | None = None) -> None:
        super().__init__()
        self.store = store or CorrectionStore()
        self._orders: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()

    def stop(self) -> None:
        """End when everything ordered so far is done."""
        super().stop()
        self._orders.put(None)

    def work(self) -> None:
        while (order := self._orders.get()) is not None:
            try:
                order()
            except OperationCancelled:
                continue
            except Exception as error:
                self.failed.emit(*explain(error))

    # Orders, from the GUI thread ----------------------------------------------------------

    def read(self) -> None:
        """Say what is there."""
        self._orders.put(self._list)

    def keep(self, order: LabelOrder) -> None:
        """Cut a face out and keep it with its label."""
        self._orders.put(lambda: self._keep(order))

    def take_back(self, place: Place, label: str | None, ticket: int) -> None:
        """Give a face the label it had before; None removes it."""
        self._orders.put(lambda: self._take_back(place, label, ticket))

    def put_back(self, items: tuple[Correction, ...]) -> None:
        """Undo: faces as they were, labels included."""
        self._orders.put(lambda: self._put_back(items))

    def remove(self, keys: tuple[str, ...]) -> None:
        """Remove faces."""
        self._orders.put(lambda: self._remove(keys))

    def relabel(self, keys: tuple[str, ...], label: str) -> None:
        """Give faces another label."""
        self._orders.put(lambda: self._relabel(keys, label))

    def export(self, path: Path) -> None:
        """Write all as a FER2013 CSV."""
        self._orders.put(lambda: self._export(path))

    # On the worker's thread ---------------------------------------------------------------

    def _list(self) -> None:
        self.listed.emit(self.store.read())

    def _keep(self, order: LabelOrder) -> None:
        from trainer.inference.correcting import Origin, cut_correction  # brings OpenCV

        try:
            origin = Origin(order.source, order.source_hash, order.model, order.model_sha256)
            item = cut_correction(order.frame, order.face, order.label, origin, person=order.person)
            self.kept.emit(order.ticket, *self.store.add(item))
        except Exception as error:
            explain(error)  # into the log
            self.refused.emit(order.ticket, summary_of(error))
        self._list()

    def _take_back(self, place: Place, label: str | None, ticket: int) -> None:
        try:
            self.taken_back.emit(ticket, self.store.take_back(place, label))
        except Exception as error:
            explain(error)  # into the log
            self.refused.emit(ticket, summary_of(error))
        self._list()

    def _put_back(self, items: tuple[Correction, ...]) -> None:
        for item in items:
            self.store.add(item)
        self._list()

    def _remove(self, keys: tuple[str, ...]) -> None:
        self.removed.emit(self.store.remove(keys))
        self._list()

    def _relabel(self, keys: tuple[str, ...], label: str) -> None:
        self.store.relabel(keys, label)
        self._list()

    def _export(self, path: Path) -> None:
        items = self.store.read().items
        judged = judged_keys(items)
        write_fer2013_csv(items, path, lambda item: item.key in judged)
        self.exported.emit(path)
