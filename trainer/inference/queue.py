"""Many files after one another, or several at once; what is done stays done."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from trainer.errors import DataError, MienError, OperationCancelled, WeightsError
from trainer.files import remove_leftovers
from trainer.inference.batch import Analysis, BatchOptions
from trainer.inference.classifier import default_model_path
from trainer.inference.pipeline import PipelineSettings, build_pipeline
from trainer.inference.queue_file import (
    DONE,
    FAILED,
    RUNNING,
    WAITING,
    QueueFile,
    QueueItem,
    work_key,
)
from trainer.inference.queue_process import (
    CANCELLED,
    FINISHED,
    PROGRESS,
    READY,
    REFUSED,
    Flag,
    Hand,
    Recipe,
    make_flag,
    resting,
    work_on,
)
from trainer.inference.queue_process import FAILED as FAILED_MESSAGE
from trainer.inference.video_hash import video_hash
from trainer.locks import hold
from trainer.run_onnx import ensure_onnx

LOCK_NAME = ".mien-queue.lock"

Changed = Callable[[QueueItem], None]
Moved = Callable[[QueueItem, int, float], None]


def suggested_jobs() -> int:
    """Return how many files this computer may analyse at once: a core each, one kept free."""
    return max(1, (os.cpu_count() or 2) - 1)


def model_sha256(weights: Path | None) -> str:
    """Return the hash (hex) of a network's file, the shipped one's for None.

    Raises:
        WeightsError: It cannot be read.
    """
    path = default_model_path() if weights is None else ensure_onnx(weights)
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise WeightsError(f"The weights file {path} does not exist.") from error
    except OSError as error:
        raise WeightsError(f"The weights file {path} cannot be read ({error.strerror}).") from error


class QueueRun:
    """Works through the waiting files of a :class:`QueueFile`.

    Each file's results appear whole or not at all, and the state is written after each, so
    that the same queue goes on after a crash. A file that fails does not stop the rest.
    """

    def __init__(
        self,
        queue: QueueFile,
        weights: Path | None,
        pipeline: PipelineSettings,
        options: BatchOptions,
        *,
        jobs: int = 1,
        again: bool = False,
        own_process: bool = False,
        on_changed: Changed | None = None,
        on_moved: Moved | None = None,
    ) -> None:
        """Prepare.

        Args:
            queue: What waits; others may add and remove meanwhile.
            weights: ONNX network; the shipped one when None.
            pipeline: Settings for all files.
            options: What is written; its folder is the queue's.
            jobs: How many files at once.
            again: Also analyse what is done already.
            own_process: A process of its own even for one job, so that a window stays quick.
            on_changed: Called when the state of a file changed.
            on_moved: Called with a running file, its frames and the share done (0..1).
        """
        self._queue = queue
        self._recipe = Recipe(weights, pipeline, options, gentle=own_process)
        self._jobs = max(1, jobs)
        self._again = again
        self._processes = own_process or self._jobs > 1
        self._on_changed = on_changed or (lambda item: None)
        self._on_moved = on_moved or (lambda item, frames, share: None)
        self._stop: Flag = make_flag() if self._processes else threading.Event()
        self._pause: Flag = make_flag() if self._processes else threading.Event()
        self._keys: dict[Path, str] = {}
        self._among: frozenset[Path] | None = None
        self._model_sha256 = ""

    def stop(self) -> None:
        """End after the frame that is being looked at; what runs will wait again."""
        self._stop.set()

    def set_paused(self, paused: bool) -> None:
        """Rest after the present frame, or go on."""
        if paused:
            self._pause.set()
        else:
            self._pause.clear()

    def run(self, paths: Iterable[Path] | None = None) -> None:
        """Work until nothing waits any more, or :meth:`stop` was called.

        Args:
            paths: Only these files of the queue; all when None.

        Raises:
            DataError: Another program works on the same folder, or it cannot be written to.
            WeightsError: The network cannot be loaded.
            OperationCancelled: :meth:`stop` was called.
        """
        if paths is not None:
            self._among = frozenset(Path(os.path.abspath(path)) for path in paths)
        lock = self._lock()
        try:
            self._model_sha256 = model_sha256(self._recipe.weights)
            remove_leftovers([self._queue.folder], deep=False)
            self._work()
        finally:
            lock.release()
        if self._stop.is_set():
            raise OperationCancelled

    def _lock(self) -> FileLock:
        folder = self._queue.folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            return hold(folder / LOCK_NAME)
        except Timeout as error:
            raise DataError(
                f"Another queue is writing to {folder}; wait for it or choose another folder."
            ) from error
        except OSError as error:
            raise DataError(
                f"The folder {folder} cannot be written to ({error.strerror or error}); "
                "choose another folder."
            ) from error

    def _work(self) -> None:
        self._queue.save()
        try:
            if self._processes:
                self._work_in_processes()
            else:
                self._work_here()
        finally:
            for item in self._queue.items():
                if item.state == RUNNING:
                    self._queue.put(replace(item, state=WAITING))
            self._queue.save()

    def _take(self) -> QueueItem | None:
        """Return the next file that has to be analysed; tell about those that need not be."""
        while not self._stop.is_set() and (item := self._queue.take_next(self._among)) is not None:
            self._on_changed(item)
            try:
                key = self._key(item)
            except MienError as error:
                self._settle(replace(item, state=FAILED, reason=str(error)))
                continue
            known = None if self._again else self._queue.done_before(key, item)
            if known is None:
                self._keys[item.path] = key
                self._queue.save()
                return item
            self._settle(known)
        return None

    def _key(self, item: QueueItem) -> str:
        options = asdict(self._recipe.options)
        del options["out_dir"]
        settings = {"pipeline": asdict(self._recipe.pipeline), "options": options}
        return work_key(video_hash(item.path), self._model_sha256, settings)

    def _settle(self, item: QueueItem) -> None:
        self._queue.put(item)
        self._queue.save()
        self._on_changed(item)

    def _heard(self, item: QueueItem, kind: str, value: Any) -> None:
        """Take a message about a file."""
        if kind == PROGRESS:
            self._on_moved(item, *value)
        elif kind == FINISHED:
            done = _done(item, value)
            self._queue.remember_done(self._keys[item.path], done)
            self._settle(done)
        elif kind == FAILED_MESSAGE:
            self._settle(replace(item, state=FAILED, reason=value))
        elif kind == CANCELLED:
            self._settle(replace(item, state=WAITING))

    # In this process ---------------------------------------------------------------------

    def _work_here(self) -> None:
        pipeline = build_pipeline(self._recipe.weights, self._recipe.pipeline)
        should_stop = resting(self._pause.is_set, self._stop.is_set)
        while (item := self._take()) is not None:
            work_on(
                item.path,
                item.name,
                pipeline,
                self._recipe.options,
                should_stop,
                partial(self._heard, item),
            )

    # In others ---------------------------------------------------------------------------

    def _work_in_processes(self) -> None:
        hands: dict[Connection, Hand] = {}
        try:
            # One is enough to find that there is nothing to do, or that the network is refused.
            item = self._take()
            while item is not None or _busy(hands):
                if item is not None:
                    self._free_hand(hands).order(item)
                    item = None
                    if self._has_room(hands) and (item := self._take()) is not None:
                        continue
                for connection in wait(list(hands), timeout=1.0):
                    assert isinstance(connection, Connection)
                    self._listen(hands, connection)
                if self._has_room(hands):
                    item = self._take()
        finally:
            self._stop_hands(hands)

    def _has_room(self, hands: dict[Connection, Hand]) -> bool:
        return _busy(hands) < self._jobs and not self._stop.is_set()

    def _free_hand(self, hands: dict[Connection, Hand]) -> Hand:
        for hand in hands.values():
            if hand.item is None:
                return hand
        hand = Hand(self._recipe, self._stop, self._pause)
        hands[hand.connection] = hand
        return hand

    def _listen(self, hands: dict[Connection, Hand], connection: Connection) -> None:
        hand = hands[connection]
        try:
            kind, value = connection.recv()
        except (EOFError, OSError):
            del hands[connection]
            self._bury(hand)
            return
        if kind == REFUSED:
            raise WeightsError(value)
        if kind == READY:
            hand.is_ready = True
        elif hand.item is not None:
            item = hand.item
            if kind != PROGRESS:
                hand.item = None
            self._heard(item, kind, value)

    def _bury(self, hand: Hand) -> None:
        cause = hand.cause_of_death()
        hand.end()
        if not hand.is_ready:
            raise DataError(f"The process that analyses files could not start ({cause}).")
        if hand.item is not None:
            sentence = f"The analysis of {hand.item.path.name} ended unexpectedly ({cause})."
            self._settle(replace(hand.item, state=FAILED, reason=sentence))

    def _stop_hands(self, hands: dict[Connection, Hand]) -> None:
        if _busy(hands):
            self._stop.set()
        for hand in hands.values():
            hand.end()


def _busy(hands: dict[Connection, Hand]) -> int:
    return sum(hand.item is not None for hand in hands.values())


def _done(item: QueueItem, analysis: Analysis) -> QueueItem:
    return replace(
        item,
        state=DONE,
        reason="",
        outputs=tuple(path.name for path in analysis.files),
        frames=analysis.frames,
        persons=analysis.persons,
        seconds=analysis.seconds,
        notes=analysis.notes,
        known=False,
    )
