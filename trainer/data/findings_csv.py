"""Findings as tables that a spreadsheet reads: one row an image, or one row a pair."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.data.findings import Findings
from trainer.data.flags import Flag
from trainer.labels import SPLITS

Ints = npt.NDArray[np.int64]

IMAGE_COLUMNS: tuple[str, ...] = (
    "index",
    "line",
    "file",
    "split",
    "label",
    "label_in_source",
    "excluded",
    "flags",
    "repeats_index",
    "repeats_line",
    "distance",
    "brightness",
    "contrast",
    "sharpness",
    "vote_agreement",
    "vote_entropy",
    "label_probability",
    "suggested",
    "suggested_probability",
)
PAIR_COLUMNS: tuple[str, ...] = (
    *(
        f"{side}_{name}"
        for side in ("first", "second")
        for name in ("index", "line", "file", "split", "label", "excluded")
    ),
    "distance",
    "different_splits",
    "different_labels",
)


@dataclass(frozen=True)
class FindingsTable:
    """What the rows are made of.

    Attributes:
        findings: What was found.
        class_names: Classes.
        given: int64 (N,), labels of the source, -1 for none.
        targets: int64 (N,), labels with the corrections.
        excluded: bool (N,).
        splits: uint8 (N,).
        lines: int64 (N,), lines of the source file.
        files: File name of each image, or () when the images are rows of one file.
        probs: float32 (N, C), behind the suspected label errors; None without.
    """

    findings: Findings
    class_names: Sequence[str]
    given: Ints
    targets: Ints
    excluded: npt.NDArray[np.bool_]
    splits: npt.NDArray[np.uint8]
    lines: Ints
    files: Sequence[str] = ()
    probs: npt.NDArray[np.float32] | None = None

    def flagged(self) -> Ints:
        """Return the images that something is said against, or that were corrected."""
        changed = self.excluded | (self.given != self.targets)
        return np.flatnonzero((self.findings.flags != 0) | changed)

    def image_rows(self, indices: Ints) -> Iterator[list[str]]:
        """Yield a row for each image, in this order."""
        nearest = self._nearest()
        for index in indices.tolist():
            other, distance = nearest.get(index, (-1, 0.0))
            yield [
                str(index),
                *self._place(index),
                self._name(self.targets[index]),
                self._name(self.given[index]),
                _yes(self.excluded[index]),
                self._flags(index),
                "" if other < 0 else str(other),
                "" if other < 0 else str(int(self.lines[other])),
                "" if other < 0 else f"{distance:.4f}",
                *self._measures(index),
                *self._suspicion(index),
            ]

    def pair_rows(self, rows: Ints) -> Iterator[list[str]]:
        """Yield a row for each of these rows of ``findings.pairs``."""
        for row in rows.tolist():
            pair = self.findings.pairs[row].tolist()
            cells: list[str] = []
            for index in pair:
                cells += [str(index), *self._place(index), self._name(self.targets[index])]
                cells.append(_yes(self.excluded[index]))
            labels = self.targets[pair]
            differ = labels.min() >= 0 and labels[0] != labels[1]
            cells.append(f"{self.findings.pair_distance[row]:.4f}")
            yield [*cells, _yes(self.findings.pair_across[row]), _yes(differ)]

    def _nearest(self) -> dict[int, tuple[int, float]]:
        """Return for each image of a pair the other image that is most alike, and how alike."""
        found: dict[int, tuple[int, float]] = {}
        order = np.argsort(self.findings.pair_distance, kind="stable")
        distances = self.findings.pair_distance[order].tolist()
        for (first, second), distance in zip(
            self.findings.pairs[order].tolist(), distances, strict=True
        ):
            found.setdefault(first, (second, distance))
            found.setdefault(second, (first, distance))
        return found

    def _place(self, index: int) -> list[str]:
        name = self.files[index] if self.files else ""
        return [str(int(self.lines[index])), name, SPLITS[int(self.splits[index])]]

    def _name(self, target: int) -> str:
        return self.class_names[int(target)] if target >= 0 else ""

    def _flags(self, index: int) -> str:
        bits = int(self.findings.flags[index])
        return ";".join((flag.name or "").lower() for flag in Flag if bits & flag)

    def _measures(self, index: int) -> list[str]:
        found = self.findings
        return [
            f"{found.brightness[index]:.1f}",
            f"{found.contrast[index]:.1f}",
            f"{found.sharpness[index]:.3f}",
            _number(found.agreement[index]),
            _number(found.entropy[index]),
        ]

    def _suspicion(self, index: int) -> list[str]:
        errors = self.findings.label_errors
        if errors is None:
            return ["", "", ""]
        target = int(errors.suggested[index])
        share = "" if self.probs is None or target < 0 else _number(self.probs[index, target])
        return [_number(errors.given_prob[index]), self._name(target), share]


def _yes(value: object) -> str:
    return "1" if value else "0"


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.4f}"


def to_csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as CSV text with a header."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return stream.getvalue()
