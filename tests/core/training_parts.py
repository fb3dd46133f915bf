"""What tests that train give to ``fit`` where nothing is to be watched or stopped."""

from __future__ import annotations

from trainer.events import TrainingEvent


def never() -> bool:
    """Say that nobody asks to stop."""
    return False


def ignore(event: TrainingEvent) -> None:
    """Hear of an event and do nothing."""
