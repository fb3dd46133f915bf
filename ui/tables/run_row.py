"""What the Compare tab's table shows of a run, an imported model or a published figure."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QCoreApplication

from trainer.events import EpochFinished
from ui.formats import dataset_title
from ui.tables.judged import flag_title

if TYPE_CHECKING:
    from trainer.compare.ground import Flag
    from trainer.compare.models import Candidate


@dataclass(frozen=True)
class Scores:
    """How a model did on a split; NaN where nothing is known.

    Attributes:
        accuracy, macro_f1, balanced_accuracy: Fractions.
        loss: Mean cross entropy.
        low, high: 95 % interval of the accuracy, fractions.
        n: Images; 0 when unknown.
    """

    accuracy: float = math.nan
    macro_f1: float = math.nan
    balanced_accuracy: float = math.nan
    loss: float = math.nan
    low: float = math.nan
    high: float = math.nan
    n: int = 0


@dataclass(frozen=True)
class Speed:
    """Time for one face on this machine, batch 1.

    Attributes:
        median_ms, p95_ms: Milliseconds.
        faces_per_second: Faces in a second, one after the other.
    """

    median_ms: float
    p95_ms: float
    faces_per_second: float


@dataclass(frozen=True)
class RunRow:
    """One line of the table.

    Attributes:
        key: Tells rows apart for good: the path, or a name for what has none.
        name: Folder or file name, or the title of a published figure.
        title: What the user calls it; "" keeps ``name``.
        note: The user's words.
        kind: ``"run"``, ``"imported"``, ``"shipped"``, ``"literature"`` or ``"damaged"``.
        state: ``"finished"``, ``"stopped"``, ``"interrupted"``, ``"training"`` of a run, else "".
        model: Registry name of the network.
        dataset: Name of the training data.
        dataset_hash: Its content hash; "" when unknown.
        scores: On the split that models are judged on, or where that was not asked, its own.
        judged: ``"here"`` (scored on that split), ``"own"`` (its own validation) or ``"report"``.
        pinned: Stands above all others.
        hidden: Left out unless hidden ones are asked for.
        flags: What must be said about the scores before they are compared.
        epochs: Epochs done.
        parameters: Trainable parameters; 0 when unknown.
        size_bytes: Size of the weights file; 0 when unknown.
        speed: None until it was measured.
        seconds: Time all epochs took.
        date: When it was changed last, or None.
        path: The run's folder or the model's file; None for a published figure.
        weights_path: What is scored, or None.
        onnx_path: Weights for the Player, or None.
        history: Epochs, oldest first.
        settings: Settings of the training as texts; empty when unknown.
        problem: Why it is damaged, or where a published figure is from.
        candidate: The core's own description of a model; None for a published figure.
    """

    key: str
    name: str
    kind: str = "run"
    title: str = ""
    note: str = ""
    state: str = ""
    model: str = ""
    dataset: str = ""
    dataset_hash: str = ""
    scores: Scores = field(default_factory=Scores)
    judged: str = ""
    pinned: bool = False
    hidden: bool = False
    flags: tuple[Flag, ...] = ()
    epochs: int = 0
    parameters: int = 0
    size_bytes: int = 0
    speed: Speed | None = None
    seconds: float = 0.0
    date: datetime | None = None
    path: Path | None = None
    weights_path: Path | None = None
    onnx_path: Path | None = None
    history: tuple[EpochFinished, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    candidate: Candidate | None = None

    @property
    def is_model(self) -> bool:
        """Whether there are weights to score."""
        return self.weights_path is not None

    @property
    def can_delete(self) -> bool:
        """Whether it is the user's, and nobody writes to it."""
        if self.candidate is not None and self.candidate.kind == "shipped":
            return False  # damaged or not
        return self.kind in ("run", "imported", "damaged") and self.state != "training"

    @property
    def can_edit(self) -> bool:
        """Whether it can be given a title and a note, pinned and hidden."""
        return self.candidate is not None


def row_title(row: RunRow) -> str:
    """Name to show."""
    if row.title:
        return row.title
    if row.kind == "shipped":
        default = QCoreApplication.translate("RunModel", "Default network")
        return {"lightnet": "LightNet", "vgg9_bn": "VGG-9"}.get(row.name, default)
    return row.name


def state_title(row: RunRow) -> str:
    """The translated state of a row."""
    titles = {
        "finished": QCoreApplication.translate("RunModel", "finished"),
        "stopped": QCoreApplication.translate("RunModel", "stopped"),
        "interrupted": QCoreApplication.translate("RunModel", "interrupted"),
        "training": QCoreApplication.translate("RunModel", "training now"),
        "shipped": QCoreApplication.translate("RunModel", "comes with Mien"),
        "imported": QCoreApplication.translate("RunModel", "imported"),
        "literature": QCoreApplication.translate("RunModel", "published figure"),
        "damaged": QCoreApplication.translate("RunModel", "damaged"),
    }
    return titles.get(row.state or row.kind, row.state or row.kind)


def judged_title(row: RunRow) -> str:
    """What the scores of a row are of, and what is to be minded."""
    judged = {
        "here": QCoreApplication.translate("RunModel", "these images"),
        "own": QCoreApplication.translate("RunModel", "its own validation"),
        "report": QCoreApplication.translate("RunModel", "reported elsewhere"),
    }
    found = [f"⚠ {flag_title(flag.code)}" if flag.serious else flag_title(flag.code)
             for flag in row.flags]
    return "; ".join([judged.get(row.judged, "–"), *found])


def data_title(row: RunRow) -> str:
    """Name of the training data."""
    return dataset_title(row.dataset)
