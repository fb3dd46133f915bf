"""Looking for what can be said against the images of a data set, on threads of their own."""

from __future__ import annotations

import enum
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QCoreApplication, pyqtSignal

from app.workers.base import Worker
from trainer.data.findings import check_images
from trainer.data.findings_csv import IMAGE_COLUMNS, FindingsTable, to_csv
from trainer.data.flags import Flag
from trainer.data.label_errors import find_label_errors
from trainer.data.neighbours import Neighbours
from trainer.data.run_predictions import run_probs
from trainer.errors import MienError, OperationCancelled
from trainer.files import write_text
from trainer.runs import Run, list_runs
from ui.check_result import CheckResult
from ui.dataset_checks import CheckedData
from ui.tables.samples import Samples

_FACE_BATCH = 32


class Job(enum.Enum):
    """What to look for."""

    IMAGES = "images"
    FACES = "faces"
    LABELS = "labels"


class CheckWorker(Worker):
    """Does one job on a data set as it is corrected now.

    Signals:
        stage_changed: What is done now, in words.
        checked: (:class:`Samples`, :class:`CheckResult`)
    """

    stage_changed = pyqtSignal(str)
    checked = pyqtSignal(object, object)

    def __init__(
        self, data: CheckedData, version: str, job: Job, run_dir: Path | None = None
    ) -> None:
        """Prepare.

        Args:
            data: The data set, with what was found in it before.
            version: Version of its corrections.
            job: What to look for; the images are checked first if nobody did.
            run_dir: Run whose predictions tell label errors; None trains small networks.
        """
        super().__init__()
        self._data = data
        self._version = version
        self._job = job
        self._run_dir = run_dir

    def work(self) -> None:
        result = self._data.result
        if self._job is Job.IMAGES or result is None:
            result = self._check_images(result)
        if self._job is Job.FACES:
            result = self._check_faces(result)
        if self._job is Job.LABELS:
            result = self._check_labels(result)
        self.checked.emit(self._data.samples, result)

    def _check_images(self, before: CheckResult | None) -> CheckResult:
        translate = QCoreApplication.translate
        self.stage_changed.emit(translate("CheckWorker", "Looking for repeats and poor images…"))
        samples = self._data.samples
        found = check_images(
            samples.images,
            self._data.targets,
            samples.splits,
            votes=self._data.votes,
            on_progress=self.progress.emit,
            should_stop=self.should_stop,
        )
        if before is None:
            return CheckResult(found)
        # What was found by the slower checks still holds.
        found = replace(found, flags=found.flags | before.findings.flags & np.uint32(Flag.NO_FACE))
        return replace(before, findings=found.with_label_errors(before.findings.label_errors))

    def _check_faces(self, result: CheckResult) -> CheckResult:
        from trainer.face_check import face_finder  # imports OpenCV, on this thread

        self.stage_changed.emit(QCoreApplication.translate("CheckWorker", "Looking for faces…"))
        find = face_finder()
        images = self._data.samples.images
        seen = np.zeros(len(images), np.bool_)
        for start in range(0, len(images), _FACE_BATCH):
            self._may_go_on()
            batch = images[start : start + _FACE_BATCH]
            seen[start : start + len(batch)] = find(batch)
            self.progress.emit((start + len(batch)) / len(images))
        return result.with_faces(seen)

    def _check_labels(self, result: CheckResult) -> CheckResult:
        data = self._data
        judged = np.where(data.excluded, -1, data.targets)
        if self._run_dir is None:
            self.stage_changed.emit(
                QCoreApplication.translate(
                    "CheckWorker", "Training small networks to judge what they did not see…"
                )
            )
            probs = self._fold_probs(judged)
            source = QCoreApplication.translate(
                "CheckWorker", "small networks, each of which learnt from the other images"
            )
        else:
            self.stage_changed.emit(
                QCoreApplication.translate("CheckWorker", "Reading the predictions…")
            )
            samples = data.samples
            probs = run_probs(
                self._run_dir, samples.content_hash, samples.class_names, len(samples)
            )
            source = QCoreApplication.translate(
                "CheckWorker", "the run {name}, for the validation images only"
            ).format(name=self._run_dir.name)
        errors = find_label_errors(judged, probs, source=source)
        return result.with_label_errors(errors, probs, self._version)

    def _fold_probs(self, targets: npt.NDArray[np.int64]) -> npt.NDArray[np.float32]:
        # torch is imported here, on the worker's thread.
        import torch

        from trainer.data.dataset import ExpressionDataset
        from trainer.data.out_of_sample import out_of_sample_probs

        samples = self._data.samples
        dataset = ExpressionDataset(
            images=torch.from_numpy(samples.images[:, None]),
            targets=torch.from_numpy(targets),
            splits=torch.from_numpy(samples.splits),
            source_rows=torch.from_numpy(samples.source_rows),
            name=samples.name,
            source=str(samples.path),
            content_hash=samples.content_hash,
            class_names=samples.class_names,
        )
        # Threads that wait for each other on cores that something else uses stand still.
        threads = torch.get_num_threads()
        torch.set_num_threads(max(1, threads // 2))
        try:
            return out_of_sample_probs(
                dataset, on_progress=self.progress.emit, should_stop=self.should_stop
            )
        finally:
            torch.set_num_threads(threads)

    def _may_go_on(self) -> None:
        if self.should_stop():
            raise OperationCancelled


class SourcesWorker(Worker):
    """Finds runs that predicted the validation images of a data set.

    Signals:
        found: List of :class:`Run`, newest first.
    """

    found = pyqtSignal(list)

    def __init__(self, runs_folder: Path, content_hash: str) -> None:
        super().__init__()
        self._folder = runs_folder
        self._hash = content_hash

    def work(self) -> None:
        runs = [run for run in list_runs(self._folder) if _fits(run, self._hash)]
        self.found.emit(runs)


def _fits(run: Run, content_hash: str) -> bool:
    known = run.data.get("content_hash")
    return bool(content_hash) and known == content_hash and run.predictions_path is not None


class NeighboursWorker(Worker):
    """Describes the images, so that alike ones can be found.

    Signals:
        described: (:class:`Samples`, :class:`Neighbours`)
    """

    described = pyqtSignal(object, object)

    def __init__(self, samples: Samples) -> None:
        super().__init__()
        self._samples = samples

    def work(self) -> None:
        neighbours = Neighbours(self._samples.images, should_stop=self.should_stop)
        self.described.emit(self._samples, neighbours)


class SaveFindingsWorker(Worker):
    """Writes a row for each image that something is said against.

    Signals:
        saved: (path, number of images)
    """

    saved = pyqtSignal(Path, int)

    def __init__(self, table: FindingsTable, path: Path) -> None:
        super().__init__()
        self._table = table
        self._path = path

    def work(self) -> None:
        indices = self._table.flagged()
        try:
            write_text(self._path, to_csv(IMAGE_COLUMNS, self._table.image_rows(indices)))
        except OSError as error:
            text = QCoreApplication.translate("CheckWorker", "Cannot write {path}: {reason}.")
            raise MienError(text.format(path=self._path, reason=error.strerror or error)) from error
        self.saved.emit(self._path, len(indices))
