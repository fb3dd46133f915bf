"""Processes that analyse files for a queue, and what they say to the one that runs it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from trainer._cv2 import cv2
from trainer.errors import MienError, OperationCancelled
from trainer.inference.batch import Analysis, BatchOptions, analyse
from trainer.inference.pipeline import Pipeline, PipelineSettings, build_pipeline

_TELL_S = 0.1
_REST_S = 0.05
_END_S = 10.0

READY, REFUSED, PROGRESS, FINISHED, FAILED, CANCELLED = (
    "ready", "refused", "progress", "finished", "failed", "cancelled",
)  # fmt: skip


class Flag(Protocol):
    """As :class:`threading.Event` and multiprocessing's are."""

    def is_set(self) -> bool: ...

    def set(self) -> None: ...

    def clear(self) -> None: ...


@dataclass(frozen=True)
class Recipe:
    """How every file of a queue is analysed.

    Attributes:
        weights: ONNX network; the shipped one when None.
        pipeline: Settings of the analysis.
        options: What is written.
        gentle: Give way to other programs, and to the window.
    """

    weights: Path | None
    pipeline: PipelineSettings
    options: BatchOptions
    gentle: bool = False


def resting(paused: Callable[[], bool], stopped: Callable[[], bool]) -> Callable[[], bool]:
    """Return a ``should_stop`` that waits as long as the queue is paused."""

    def should_stop() -> bool:
        while paused() and not stopped():
            time.sleep(_REST_S)
        return stopped()

    return should_stop


def work_on(
    path: Path,
    name: str,
    pipeline: Pipeline,
    options: BatchOptions,
    should_stop: Callable[[], bool],
    tell: Callable[[str, Any], None],
) -> None:
    """Analyse one file and tell how it ended; only a fault of the program is raised."""
    told_s = 0.0

    def on_progress(frames: int, share: float) -> None:
        nonlocal told_s
        now = time.monotonic()
        if now - told_s >= _TELL_S:
            told_s = now
            tell(PROGRESS, (frames, share))

    try:
        analysis: Analysis = analyse(
            path, pipeline, options, name=name, on_progress=on_progress, should_stop=should_stop
        )
    except OperationCancelled:
        tell(CANCELLED, None)
    except MienError as error:
        tell(FAILED, str(error))
    except MemoryError:
        tell(FAILED, f"There is not enough memory for {path.name}; close other programs.")
    else:
        tell(FINISHED, analysis)


def _serve(connection: Connection, recipe: Recipe, stop: Flag, pause: Flag) -> None:
    """Analyse what is asked for until the other end closes; runs in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who runs the queue decides
    if recipe.gentle and hasattr(os, "nice"):
        os.nice(5)
    cv2.setNumThreads(1)
    try:
        pipeline = build_pipeline(recipe.weights, recipe.pipeline)
    except MienError as error:
        connection.send((REFUSED, str(error)))
        return
    connection.send((READY, None))
    parent = multiprocessing.parent_process()
    # A paused process must not outlive the program.
    should_stop = resting(
        pause.is_set, lambda: stop.is_set() or (parent is not None and not parent.is_alive())
    )

    def tell(kind: str, value: Any) -> None:
        connection.send((kind, value))

    try:
        while True:
            path, name = connection.recv()
            try:
                work_on(path, name, pipeline, recipe.options, should_stop, tell)
            except OSError:
                raise
            except Exception as error:  # one damaged file must not end the queue
                reason = (str(error).strip().splitlines() or ["-"])[0][:200]
                tell(FAILED, f"{path.name} met a fault in Mien ({type(error).__name__}: {reason}).")
    except (EOFError, OSError):
        return  # the program that asked is gone


class Hand:
    """A process that analyses one file after the other.

    Attributes:
        connection: Gives (kind, value) messages; at its end when the process has died.
        item: What it works on; None while it is free.
        is_ready: Whether it has loaded its networks.
    """

    def __init__(self, recipe: Recipe, stop: Flag, pause: Flag) -> None:
        context = multiprocessing.get_context("spawn")  # threads of the window survive no fork
        self.connection, there = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(there, recipe, stop, pause), name="mien-queue", daemon=True
        )
        self._process.start()
        there.close()
        self.item: Any = None
        self.is_ready = False

    def order(self, item: Any) -> None:
        """Have a file analysed."""
        self.item = item
        try:
            self.connection.send((item.path, item.name))
        except OSError:
            pass  # it has died: reading from the connection tells so

    def cause_of_death(self) -> str:
        """Say how the process ended."""
        self._process.join(_END_S)
        code = self._process.exitcode
        if code is None or code >= 0:
            return f"exit code {code}"
        return f"signal {-code}" + (", perhaps for want of memory" if code == -9 else "")

    def end(self) -> None:
        """Let the process end; one that does not is ended."""
        self.connection.close()
        self._process.join(_END_S)
        if self._process.is_alive():
            self._process.kill()
            self._process.join(_END_S)


def make_flag() -> Flag:
    """Return a flag that processes of a queue can see."""
    flag: Flag = multiprocessing.get_context("spawn").Event()
    return flag
