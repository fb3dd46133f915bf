"""Does what the pages of the Compare tab ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QFileDialog, QWidget

from app.controllers.comparison_files import FilesController
from app.controllers.comparison_marks import MarksController
from app.controllers.comparison_scoring import ScoringController
from app.controllers.comparison_tasks import Task, TaskRunner
from app.workers.comparison_tasks import join_votes, judge_pairs, try_on_worse_images
from ui.comparison_page import ComparisonPage
from ui.comparison_tab import ComparisonTab
from ui.formats import count
from ui.tables.judged import Judged
from ui.tables.run_row import RunRow
from ui.widgets.images_dialog import ImagesDialog

Indices = npt.NDArray[np.int64]


class PagesController(QObject):
    """Connects pages as they are made.

    Attributes:
        images_dialog: The images of a cell that were shown last, or None.

    Signals:
        images_requested: (data set, indices, title, content hash) Show them in the Dataset tab.
    """

    images_requested = pyqtSignal(object, list, str, str)

    def __init__(
        self,
        tab: ComparisonTab,
        marks: MarksController,
        files: FilesController,
        scoring: ScoringController,
        tasks: TaskRunner,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._marks = marks
        self._files = files
        self._scoring = scoring
        self._tasks = tasks
        self.images_dialog: ImagesDialog | None = None
        tab.page_made.connect(self._on_page_made)

    def _on_page_made(self, name: str, page: QWidget) -> None:
        if isinstance(page, ComparisonPage):
            self._marks.connect_page(page)
        connect = getattr(self, f"_connect_{name}", None)
        if connect is not None:
            connect(page)

    def _connect_confusion(self, page: QWidget) -> None:
        from ui.comparison_confusion_page import ComparisonConfusionPage

        assert isinstance(page, ComparisonConfusionPage)
        page.images_requested.connect(self.show_images)
        page.dataset_requested.connect(self.open_in_dataset_tab)

    def _connect_images(self, page: QWidget) -> None:
        from ui.comparison_images_page import ComparisonImagesPage

        assert isinstance(page, ComparisonImagesPage)
        page.dataset_requested.connect(self.open_in_dataset_tab)
        page.image_chosen.connect(self._on_image_chosen)

    def _connect_statistics(self, page: QWidget) -> None:
        from ui.comparison_statistics_page import ComparisonStatisticsPage

        assert isinstance(page, ComparisonStatisticsPage)
        page.pairs_requested.connect(self.judge_pairs)

    def _connect_calibration(self, page: QWidget) -> None:
        from ui.comparison_calibration_page import ComparisonCalibrationPage

        assert isinstance(page, ComparisonCalibrationPage)
        page.store_requested.connect(lambda key: self._files.store(key, None))

    def _connect_risk(self, page: QWidget) -> None:
        from ui.comparison_risk_page import ComparisonRiskPage

        assert isinstance(page, ComparisonRiskPage)
        page.store_requested.connect(self._files.store)

    def _connect_people(self, page: QWidget) -> None:
        from ui.comparison_people_page import ComparisonPeoplePage

        assert isinstance(page, ComparisonPeoplePage)
        page.votes_requested.connect(self._on_votes_requested)

    def _connect_robustness(self, page: QWidget) -> None:
        from ui.comparison_robustness_page import ComparisonRobustnessPage

        assert isinstance(page, ComparisonRobustnessPage)

        def show_progress(name: str, fraction: float) -> None:
            if name == "robustness":
                page.show_progress(None if fraction >= 1 else fraction)

        page.run_requested.connect(self.measure_robustness)
        page.cancel_requested.connect(lambda: self._tasks.cancel("robustness"))
        self._tasks.progress.connect(show_progress)

    def _connect_gradcam(self, page: QWidget) -> None:
        from ui.comparison_gradcam_page import ComparisonGradcamPage

        assert isinstance(page, ComparisonGradcamPage)

        def explain(key: str, image: Indices, target: int | None) -> None:
            from trainer.compare.gradcam import grad_cam

            row = next((row for row in self._tab.state.selected if row.key == key), None)
            candidate = row.candidate if row is not None else None
            if candidate is None:
                page.finished()
                return
            # The page counts classes as the data set does, the network perhaps otherwise.
            names = candidate.metadata.class_names if candidate.metadata is not None else ()
            samples = self._tab.state.samples
            if target is not None and samples is not None:
                target = names.index(samples.class_names[target])
            self._tasks.run(
                Task(
                    "explain",
                    lambda _worker: grad_cam(candidate, np.asarray(image, np.uint8), target),
                    page.show_explanation,
                    page.finished,
                )
            )

        page.explain_requested.connect(explain)

    # -- work ----------------------------------------------------------------------------------

    def _on_image_chosen(self, sample: int) -> None:
        from ui.comparison_gradcam_page import ComparisonGradcamPage

        page = self._tab.page("gradcam")
        if isinstance(page, ComparisonGradcamPage):
            page.choose_image(sample)

    def judge_pairs(self, pairs: list[tuple[str, str]]) -> None:
        """Judge whether models differ."""
        results = self._tab.state.results
        samples, split = self._tab.state.samples, self._tab.state.split
        known = [
            (results[first], results[second])
            for first, second in pairs
            if first in results and second in results
        ]

        def then(found: dict[tuple[str, str], Any]) -> None:
            if samples is self._tab.state.samples and split == self._tab.state.split:
                self._tab.state.pairs |= found
                self._tab.state.results_changed.emit()

        self._tasks.run(Task("pairs", lambda worker: judge_pairs(known, worker), then))

    def measure_robustness(self, rows: list[RunRow], images: int) -> None:
        """Try models on worse images."""
        ground = self._scoring.chosen_ground()
        candidates = [row.candidate for row in rows if row.candidate is not None]
        if ground is None:
            return

        def then(found: dict[str, Any]) -> None:
            samples = self._tab.state.samples
            same = samples is not None and samples.content_hash == ground.dataset.content_hash
            if same and ground.split == self._tab.state.split:
                self._tab.state.robustness |= found
                self._tab.state.results_changed.emit()

        self._tasks.run(
            Task(
                "robustness",
                lambda worker: try_on_worse_images(candidates, ground, images, worker),
                then,
            )
        )

    def _on_votes_requested(self) -> None:
        samples = self._tab.state.samples
        if samples is None:
            return
        chosen, _ = QFileDialog.getOpenFileName(
            self._tab,
            self.tr("Choose the file with FER+ votes"),
            str(samples.path.parent),
            self.tr("CSV files (*.csv)"),
        )
        if chosen:
            self.join_votes(samples.path, Path(chosen))

    def join_votes(self, path: Path, votes: Path) -> None:
        """Join people's votes to the data set that models are judged on."""
        self._tasks.run(
            Task(
                "votes",
                lambda worker: join_votes(path, votes, worker),
                lambda _path: self._scoring.read_anew(),
            )
        )

    def show_images(self, indices: Indices, title: str, _judged: Judged) -> None:
        """Show images of the data set in a window of their own."""
        samples = self._tab.state.samples
        if samples is None:
            return
        hint = self.tr("{total} images; the surest answers come first.").format(
            total=count(len(indices))
        )
        dialog = ImagesDialog(samples, indices, title, hint, self._tab)
        dialog.dataset_requested.connect(lambda: self.open_in_dataset_tab(indices, title))
        self.images_dialog = dialog
        dialog.open()

    def open_in_dataset_tab(self, indices: Indices, title: str) -> None:
        """Show images in the Dataset tab, where labels can be corrected."""
        samples = self._tab.state.samples
        if samples is not None:
            found = [int(index) for index in indices]
            self.images_requested.emit(samples.path, found, title, samples.content_hash)
