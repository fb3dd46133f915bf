"""Waiting while the user has paused a training."""

from __future__ import annotations

import time
from collections.abc import Callable

from trainer.errors import OperationCancelled

_ASK_EVERY_S = 0.05  # twenty questions a second cost a core less than a thousandth of its time


def wait_while_paused(should_pause: Callable[[], bool], should_stop: Callable[[], bool]) -> float:
    """Return once ``should_pause`` says no; sleeps in between.

    Returns:
        Seconds that were waited, 0 when there was no pause.

    Raises:
        OperationCancelled: ``should_stop`` said so during the pause.
    """
    if not should_pause():
        return 0.0
    started = time.perf_counter()
    while should_pause():
        if should_stop():
            raise OperationCancelled
        time.sleep(_ASK_EVERY_S)
    return time.perf_counter() - started
