"""What the pages of the Dataset tab share: the data set, what was found, what was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QObject, pyqtSignal

from trainer.data.edits import Change, EditLog, Indices
from trainer.data.flags import Flag
from ui.tables.samples import Samples

if TYPE_CHECKING:
    from trainer.data.findings import Findings
    from trainer.data.statistics import Statistics
    from trainer.data.summary import DatasetSummary


class DatasetState(QObject):
    """The data set that is open, with the user's corrections; pages read it and change it.

    The arrays that are handed out are read-only: copy before writing.

    Attributes:
        samples: The data set as its source has it, or None.
        summary: Counts, repeats and leaks; None until they are known.
        statistics: Mean faces, light and contrast; None until they are known.
        findings: What the check found; None until somebody checked.
        edits: The corrections of ``samples``; None without a data set.

    Signals:
        samples_changed: Another data set is open, or none; everything else is new too.
        summary_changed: ``summary`` is there.
        statistics_changed: ``statistics`` is there.
        findings_changed: ``findings`` is another one.
        edits_changed: Something was corrected, taken back or reviewed.
        show_samples_requested: int64 indices and a title: the Images page shows just these.
    """

    samples_changed = pyqtSignal()
    summary_changed = pyqtSignal()
    statistics_changed = pyqtSignal()
    findings_changed = pyqtSignal()
    edits_changed = pyqtSignal()
    show_samples_requested = pyqtSignal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.samples: Samples | None = None
        self.summary: DatasetSummary | None = None
        self.statistics: Statistics | None = None
        self.findings: Findings | None = None
        self.edits: EditLog | None = None
        self._targets: npt.NDArray[np.int64] | None = None
        self._excluded: npt.NDArray[np.bool_] | None = None
        self._flags: npt.NDArray[np.uint32] | None = None
        # Connected first, so that whoever else listens already reads the new values.
        self.edits_changed.connect(self._forget)
        self.findings_changed.connect(self._forget)

    # -- what is known ----------------------------------------------------------------------

    def set_samples(self, samples: Samples | None, edits: EditLog | None) -> None:
        """Another data set, with its corrections; what was found in the last one is dropped."""
        if (samples is None) != (edits is None):
            raise ValueError("expected a data set and its corrections, or neither")
        if samples is not None and edits is not None and len(samples) != edits.count:
            raise ValueError(f"expected corrections of {len(samples)} images, got {edits.count}")
        self.samples, self.edits = samples, edits
        self.summary = self.statistics = self.findings = None
        self._forget()
        self.samples_changed.emit()

    def set_summary(self, summary: DatasetSummary) -> None:
        """Counts, repeats and leaks of the data set that is open."""
        self.summary = summary
        self.summary_changed.emit()

    def set_statistics(self, statistics: Statistics) -> None:
        """Mean faces, light and contrast of the data set that is open."""
        self.statistics = statistics
        self.statistics_changed.emit()

    def set_findings(self, findings: Findings | None) -> None:
        """What a check found; None forgets it."""
        if findings is not None and len(findings) != self._count():
            raise ValueError(f"expected findings of {self._count()} images, got {len(findings)}")
        self.findings = findings
        self.findings_changed.emit()

    def targets(self) -> npt.NDArray[np.int64]:
        """Labels with the corrections: int64 (N,), -1 without a label."""
        if self._targets is None:
            if self.samples is None or self.edits is None:
                self._targets = np.zeros(0, np.int64)
            else:
                self._targets = self.edits.apply_targets(self.samples.targets)
            self._targets.setflags(write=False)
        return self._targets

    def excluded(self) -> npt.NDArray[np.bool_]:
        """What the user left out: bool (N,)."""
        if self._excluded is None:
            edits = self.edits
            self._excluded = np.zeros(0, np.bool_) if edits is None else edits.excluded()
            self._excluded.setflags(write=False)
        return self._excluded

    def flags(self) -> npt.NDArray[np.uint32]:
        """What can be said against the images: uint32 (N,), bits of :class:`Flag`.

        An image counts as relabelled when its label differs from the source's.
        """
        if self._flags is None:
            flags = np.zeros(self._count(), np.uint32)
            if self.findings is not None:
                flags |= self.findings.flags
            if self.samples is not None:
                flags[self.targets() != self.samples.targets] |= np.uint32(Flag.RELABELLED)
                flags[self.excluded()] |= np.uint32(Flag.EXCLUDED)
            flags.setflags(write=False)
            self._flags = flags
        return self._flags

    def _count(self) -> int:
        return 0 if self.samples is None else len(self.samples)

    def _forget(self) -> None:
        self._targets = self._excluded = self._flags = None

    # -- what the user does -------------------------------------------------------------------

    def relabel(self, indices: Indices, target: int) -> None:
        """Give images another class; -1 takes the label away."""
        if self.edits is not None:
            before = len(self.edits.changes)
            self.edits.relabel(indices, target)
            self._tell(before)

    def exclude(self, indices: Indices) -> None:
        """Leave images out."""
        if self.edits is not None:
            before = len(self.edits.changes)
            self.edits.exclude(indices)
            self._tell(before)

    def restore(self, indices: Indices) -> None:
        """Take excluded images back in."""
        if self.edits is not None:
            before = len(self.edits.changes)
            self.edits.restore(indices)
            self._tell(before)

    def undo(self) -> Change | None:
        """Take the last correction back and return it; None when there is none."""
        change = None if self.edits is None else self.edits.undo()
        if change is not None:
            self.edits_changed.emit()
        return change

    def redo(self) -> Change | None:
        """Do again what was taken back last and return it; None when there is nothing."""
        change = None if self.edits is None else self.edits.redo()
        if change is not None:
            self.edits_changed.emit()
        return change

    def _tell(self, before: int) -> None:
        assert self.edits is not None
        if len(self.edits.changes) != before:
            self.edits_changed.emit()
