"""A small data set with known faults, for the tests of the Check page."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.controllers.dataset_check import DatasetCheckController
from app.settings import Settings
from trainer.data.edits import EditLog
from trainer.data.findings import check_images
from trainer.data.label_errors import LabelErrors
from trainer.labels import EXPRESSIONS
from ui.check_result import CheckResult
from ui.dataset_check_page import DatasetCheckPage
from ui.dataset_state import DatasetState
from ui.tables.samples import Samples

COUNT = 40


def make_samples(content_hash: str = "abc", *, votes: bool = False, seed: int = 0) -> Samples:
    """Return 40 images of noise, 30 to train and 10 to judge.

    1 repeats 0 with another label, 2 repeats 0 with the same, 31 (validation) repeats 5;
    6 is blank, 7 very dark.
    """
    rng = np.random.default_rng(seed)
    images = rng.integers(0, 256, (COUNT, 48, 48)).astype(np.uint8)
    targets = (np.arange(COUNT) % len(EXPRESSIONS)).astype(np.int64)
    images[1] = images[2] = images[0]
    images[31] = images[5]
    images[6] = 200
    images[7] //= 12
    targets[[0, 1, 2]] = (0, 3, 0)
    targets[31] = targets[5]
    counted = np.zeros((COUNT, 10), np.uint8)
    counted[:, 0] = 10  # everybody says neutral
    return Samples(
        images=images,
        targets=targets,
        splits=np.repeat(np.array([0, 1], np.uint8), (30, 10)),
        source_rows=np.arange(2, COUNT + 2),
        class_names=EXPRESSIONS,
        name="noise.csv",
        path=Path("noise.csv"),
        content_hash=content_hash,
        votes=counted if votes else None,
    )


def make_result(samples: Samples, *suspected: tuple[int, int]) -> CheckResult:
    """Check the images; ``suspected`` are (image, suggested class), the worst first."""
    found = check_images(samples.images, samples.targets, samples.splits, votes=samples.votes)
    result = CheckResult(found)
    if not suspected:
        return result
    count = len(samples)
    suggested = np.full(count, -1, np.int64)
    probs = np.full((count, len(EXPRESSIONS)), 0.02, np.float32)
    for index, target in suspected:
        suggested[index] = target
        probs[index, target] = 0.88
    errors = LabelErrors(
        order=np.array([index for index, _ in suspected], np.int64),
        suggested=suggested,
        given_prob=np.full(count, 0.02, np.float32),
        source="a test",
    )
    version = EditLog(samples.content_hash, EXPRESSIONS, count).version
    return result.with_label_errors(errors, probs, version)


class CheckedPage:
    """The page with its state and its controller.

    Attributes:
        page, state, controller: As in the program.
        saves: How often the side file would have been written.
    """

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.state = DatasetState()
        self.page = DatasetCheckPage()
        qtbot.addWidget(self.page)
        self.page.set_state(self.state)
        settings = Settings(folder / "settings.ini")
        settings.runs_folder = folder / "runs"
        self.controller = DatasetCheckController(self.page, self.state, settings)
        self.saves = 0
        self.state.edits_changed.connect(self._on_edits_changed)

    def _on_edits_changed(self) -> None:
        self.saves += 1

    def open(self, samples: Samples) -> EditLog:
        """Open a data set; keys reach the page."""
        log = EditLog(samples.content_hash, samples.class_names, len(samples))
        self.state.set_samples(samples, log)
        self.page.resize(1200, 640)
        self.page.show()
        QApplication.setActiveWindow(self.page)
        return log
