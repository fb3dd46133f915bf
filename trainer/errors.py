"""The one exception whose text is meant for the person in front of the screen."""

from __future__ import annotations


class MienError(Exception):
    """Something the user can act on.

    The message is one sentence that says what went wrong, where, and what to do. The
    command line prints it and exits with code 2; the windows show it in a dialog. Any
    other exception is a fault of the program and is reported with its traceback.
    """


class DataError(MienError):
    """A data set cannot be read or used as asked."""


class WeightsError(MienError):
    """A weights file is missing, damaged, unsafe, or does not fit the model."""


class VideoError(MienError):
    """A file or camera cannot be opened or read as video."""


class TrainingError(MienError):
    """A training run cannot start or go on (diverged loss, damaged checkpoint, ...)."""


class OutOfMemory(TrainingError):
    """There was not enough memory for a batch; the run can go on with a smaller one.

    Attributes:
        suggested_batch_size: What to try; None when the batch cannot be made smaller.
    """

    def __init__(self, message: str, suggested_batch_size: int | None) -> None:
        super().__init__(message)
        self.suggested_batch_size = suggested_batch_size


class OperationCancelled(Exception):
    """The caller's ``should_stop`` ended a long operation; not an error."""
