"""Findings as a table: every image stands in its row with what was said against it."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import numpy as np
import pytest

from trainer.data.findings import Findings, check_images
from trainer.data.findings_csv import IMAGE_COLUMNS, PAIR_COLUMNS, FindingsTable, to_csv
from trainer.data.label_errors import LabelErrors


@pytest.fixture
def table() -> FindingsTable:
    rng = np.random.default_rng(3)
    images = rng.integers(0, 256, (5, 48, 48)).astype(np.uint8)
    images[3] = images[1]
    images[4] = 7
    given = np.array([0, 1, 1, 0, -1], np.int64)
    splits = np.array([0, 0, 0, 1, 0], np.uint8)
    found: Findings = check_images(images, given, splits)
    return FindingsTable(
        findings=found,
        class_names=("anger, loud", "fear"),
        given=given,
        targets=given,
        excluded=np.zeros(5, np.bool_),
        splits=splits,
        lines=np.arange(2, 7),
    )


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_remarked_and_corrected_images_have_a_row(table: FindingsTable) -> None:
    targets = table.targets.copy()
    targets[2] = 0
    table = replace(table, targets=targets)
    rows = read(to_csv(IMAGE_COLUMNS, table.image_rows(table.flagged())))
    assert [row["index"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[0]["flags"] == "leak"
    assert (rows[0]["repeats_index"], rows[0]["repeats_line"]) == ("3", "5")
    assert rows[0]["distance"] == "0.0000"
    assert (rows[1]["label"], rows[1]["label_in_source"]) == ("anger, loud", "fear")
    assert (rows[3]["label"], rows[3]["flags"], rows[3]["vote_agreement"]) == ("", "blank", "")


def test_suspicions_carry_their_probabilities(table: FindingsTable) -> None:
    errors = LabelErrors(
        order=np.array([2]),
        suggested=np.array([-1, -1, 0, -1, -1]),
        given_prob=np.array([0.9, 0.8, 0.1, np.nan, np.nan], np.float32),
        source="a test",
    )
    probs = np.full((5, 2), np.nan, np.float32)
    probs[2] = (0.9, 0.1)
    table = replace(table, findings=table.findings.with_label_errors(errors), probs=probs)
    (row,) = read(to_csv(IMAGE_COLUMNS, table.image_rows(np.array([2]))))
    assert row["flags"] == "suspected"
    assert (row["suggested"], row["suggested_probability"]) == ("anger, loud", "0.9000")
    assert row["label_probability"] == "0.1000"


def test_pairs_tell_both_places(table: FindingsTable) -> None:
    (row,) = read(to_csv(PAIR_COLUMNS, table.pair_rows(np.array([0]))))
    assert (row["first_line"], row["first_split"]) == ("3", "train")
    assert (row["second_line"], row["second_split"]) == ("5", "val")
    assert (row["different_splits"], row["different_labels"]) == ("1", "1")


def test_files_are_named(table: FindingsTable) -> None:
    table = replace(table, files=("a.png", "b.png", "c.png", "fear/d.png", "e.png"))
    (row,) = read(to_csv(IMAGE_COLUMNS, table.image_rows(np.array([3]))))
    assert row["file"] == "fear/d.png"
