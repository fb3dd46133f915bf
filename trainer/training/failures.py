"""What may stop a training from outside, as one sentence each: memory and disk."""

from __future__ import annotations

import errno
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import torch

from trainer.errors import OutOfMemory, TrainingError

_SIGNS = ("out of memory", "defaultcpuallocator", "not enough memory", "can't allocate memory")


def is_out_of_memory(error: BaseException) -> bool:
    """Tell whether PyTorch or Python ran out of memory, on whatever device."""
    if isinstance(error, MemoryError | torch.OutOfMemoryError):
        return True
    return isinstance(error, RuntimeError) and any(sign in str(error).lower() for sign in _SIGNS)


@contextmanager
def explained(run_dir: Path, batch_size: int) -> Iterator[None]:
    """Turn a full disk and used-up memory into errors that say what to do.

    Raises:
        OutOfMemory: There was no memory for a batch.
        TrainingError: A file of the run could not be written.
    """
    try:
        yield
    except OSError as error:
        elsewhere = error.filename and not Path(str(error.filename)).is_relative_to(run_dir)
        if elsewhere or isinstance(error, BrokenPipeError):
            raise  # not about the run's files: whoever reads the output went away, for one
        reason = error.strerror or str(error)
        advice = "make the folder writable, or close the program that has its files open"
        if error.errno == errno.ENOSPC:
            advice = "free some space"
        raise TrainingError(
            f"The run cannot be written to {run_dir} ({reason}); its last checkpoint is whole: "
            f"{advice}, then go on with the run."
        ) from error
    except (RuntimeError, MemoryError) as error:
        if not is_out_of_memory(error):
            raise
        # The frames hold the batch's tensors; the next attempt needs their memory.
        traceback.clear_frames(error.__traceback__)
        if torch.cuda.is_available():
            torch.cuda.empty_cache()
        raise _out_of_memory(run_dir, batch_size) from error


def _out_of_memory(run_dir: Path, batch_size: int) -> OutOfMemory:
    text = f"There is not enough memory to train {run_dir.name} with batches of {batch_size} images"
    if batch_size <= 2:
        return OutOfMemory(f"{text}; choose a smaller network.", None)
    smaller = max(2, batch_size // 2)
    return OutOfMemory(f"{text}; go on with the run and batches of {smaller}.", smaller)
