"""Memory that a training keeps from one update to the next, and gives back at its end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch

from trainer.config import TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.events import EpochFinished, TrainingEvent
from trainer.training import fit
from trainer.training.memory import freed_memory_kept

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only the GNU C library is told")

_ELEMENTS = 12_000_000  # 48 MB: more than the library ever keeps by itself


def _faults_of_an_update() -> int:
    """Use and free so much; return how many pages the system had to clear for it."""
    import resource

    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    torch.ones(_ELEMENTS).sum()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 2**20


def test_the_same_memory_is_used_again_and_given_back_at_the_end() -> None:
    with freed_memory_kept() as kept:
        if not kept:
            pytest.skip("this system has another C library")
        _faults_of_an_update()
        # Now and then a small object takes the place: then the next one is used again and again.
        assert min(_faults_of_an_update() for _ in range(5)) < 200
        held = _resident_mb()
    assert _resident_mb() < held - 30


def test_a_training_keeps_it(demo: ExpressionDataset, tiny_model: str, tmp_path: Path) -> None:
    held: list[float] = []

    def look(event: TrainingEvent) -> None:
        if isinstance(event, EpochFinished):
            _faults_of_an_update()
            held.append(_resident_mb())

    fit(TrainConfig(model=tiny_model, epochs=1), demo, look, lambda: False, run_dir=tmp_path / "r")
    with freed_memory_kept() as kept:
        assert not kept or _resident_mb() < held[0] - 30
