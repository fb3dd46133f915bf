"""Decoding in a thread of its own, a few frames ahead of the analysis."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Protocol

from trainer.inference.types import Frame


class _Readable(Protocol):
    def read(self) -> Frame | None: ...


class ReadAhead:
    """Iterates over a source's frames while a thread decodes the next ones.

    PyAV and OpenCV let go of the interpreter lock, so two cores are used. The queue is
    bounded: memory does not grow with the length of the video.

    Attributes:
        decode_ms: Milliseconds that each ``read()`` took, in order.
    """

    def __init__(self, source: _Readable, *, limit: int | None = None, ahead: int = 6) -> None:
        """Start decoding.

        Args:
            source: Not used by anybody else until :meth:`close`.
            limit: At most so many frames.
            ahead: Length of the queue, frames.
        """
        self.decode_ms: list[float] = []
        self._source = source
        self._limit = limit
        self._queue: queue.Queue[Frame | BaseException | None] = queue.Queue(ahead)
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._decode, name="decode", daemon=True)
        self._thread.start()

    def _decode(self) -> None:
        try:
            count = 0
            while not self._stop.is_set() and (self._limit is None or count < self._limit):
                start = time.perf_counter()
                frame = self._source.read()
                if frame is None:
                    break
                self.decode_ms.append((time.perf_counter() - start) * 1000)
                count += 1
                self._put(frame)
            self._put(None)
        except BaseException as error:  # handed to the iterating thread, which raises it
            self._put(error)

    def _put(self, item: Frame | BaseException | None) -> None:
        while not self._stop.is_set():
            try:
                self._queue.put(item, timeout=0.1)
                return
            except queue.Full:
                continue

    def __iter__(self) -> Iterator[Frame]:
        while True:
            item = self._queue.get()
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            yield item

    def close(self) -> None:
        """Stop the thread and wait for it."""
        self._stop.set()
        self._thread.join()

    def __enter__(self) -> ReadAhead:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
