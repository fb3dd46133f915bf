"""The Overview page shows what was measured and lets the list of bad rows be taken away."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PyQt5.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from trainer.data.edits import EditLog
from trainer.data.statistics import measure
from trainer.data.summary import DatasetSummary
from trainer.labels import EXPRESSIONS
from ui.dataset_facts import facts, vote_facts
from ui.dataset_overview_page import DatasetOverviewPage
from ui.dataset_state import DatasetState
from ui.tables.samples import Samples


def samples() -> Samples:
    random = np.random.default_rng(0)
    return Samples(
        images=random.integers(0, 256, (14, 48, 48), dtype=np.uint8),
        targets=np.arange(14) % 6,  # nobody is neutral
        splits=np.repeat([0, 1], 7).astype(np.uint8),
        source_rows=np.arange(14) + 2,
        class_names=EXPRESSIONS,
        name="some.csv",
        path=Path("some.csv"),
        problems=((4, "label '9' is unknown"), (9, "has 100 pixels instead of 2304")),
    )


@pytest.fixture
def page(qtbot: QtBot) -> DatasetOverviewPage:
    page = DatasetOverviewPage()
    qtbot.addWidget(page)
    return page


def show(page: DatasetOverviewPage, data: Samples) -> DatasetState:
    state = DatasetState(page)
    page.set_state(state)
    state.set_samples(data, EditLog("0" * 64, EXPRESSIONS, len(data)))
    return state


def test_medians_are_written_and_an_empty_split_is_left_out(page: DatasetOverviewPage) -> None:
    data = samples()
    state = show(page, data)
    assert page.pictures_card.isHidden()
    found = measure(data.images, data.targets, data.splits, 7)
    state.set_statistics(found)
    assert not page.pictures_card.isHidden()
    text = page.brightness_label.text()
    assert f"Training {found.median_brightness[0]:.0f}" in text
    assert "Test" not in text
    assert page.brightness_plot._names == ("Training", "Validation")
    page.resize(1000, 600)
    assert not page.grab().isNull()  # a class without images is painted too


def test_the_list_of_bad_rows_can_be_copied(page: DatasetOverviewPage) -> None:
    show(page, samples())
    assert "2 rows" in page.problems_label.text()
    page.copy_problems_button.click()
    lines = QApplication.clipboard().text().splitlines()
    assert lines[1:] == ["4\tlabel '9' is unknown", "9\thas 100 pixels instead of 2304"]


def test_no_bad_rows_no_list(page: DatasetOverviewPage) -> None:
    show(page, replace(samples(), problems=()))
    assert page.problems_card.isHidden()


def test_a_class_without_training_images_is_named() -> None:
    counts = np.array([[5, 1, 0], [0, 3, 0], [5, 1, 0]])
    summary = DatasetSummary(
        name="some",
        content_hash="0",
        class_names=("anger", "disgust", "fear"),
        counts=counts,
        imbalance_ratio=1.0,
        largest_class="anger",
        smallest_class="fear",
        smallest_share=0.5,
        duplicates={"train": 0, "val": 0, "test": 0},
        conflicting_duplicates=0,
        leaks={},
        rows_left_out=0,
    )
    text = " ".join(facts(summary))
    assert "No training image shows: Disgust." in text
    assert "about as many" not in text
    assert "no training images" in " ".join(facts(replace(summary, counts=counts * 0)))


def test_votes_are_summed_up() -> None:
    votes = np.zeros((4, 10), np.uint8)
    votes[0, 1] = 10  # all agree
    votes[1, :2] = 5  # a tie
    votes[2, 9] = 6  # no face
    votes[2, 0] = 4
    text = " ".join(vote_facts(votes))
    assert "3 images have votes" in text
    assert "33.3 % of them" in text
    assert "no face in 1 images" in text


def test_a_list_that_cannot_be_saved_is_said(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=60_000):
        program.dataset.open_dataset(tiny_csv)
    program.dataset.save_problems(tmp_path / "rows.tsv")
    assert (tmp_path / "rows.tsv").read_text(encoding="utf-8").count("\n") == 1
    program.dataset.save_problems(tmp_path / "rows.tsv" / "inside a file.tsv")
    assert program.dataset._tab.banner.text


def test_distributions_can_be_read_as_numbers(page: DatasetOverviewPage) -> None:
    data = samples()
    images = np.full_like(data.images, 20)
    images[10:] = 200  # the last four of the seven for validation
    state = show(page, replace(data, images=images))
    state.set_statistics(measure(images, data.targets, data.splits, 7))
    page.numbers_button.click()
    table = page.brightness_table
    assert page.brightness_stack.currentWidget() is table
    heads = [table.horizontalHeaderItem(i).text() for i in range(table.columnCount())]
    assert heads == ["Grey levels", "Training", "Validation"]
    rows = [[table.item(r, c).text() for c in range(3)] for r in range(table.rowCount())]
    assert rows[0] == ["0\u201332", "100 %", "43 %"]
    assert rows[6] == ["192\u2013224", "0 %", "57 %"]


def test_a_low_window_scrolls_and_nothing_lies_over_another(
    page: DatasetOverviewPage, qtbot: QtBot
) -> None:
    data = samples()
    state = show(page, data)
    state.set_statistics(measure(data.images, data.targets, data.splits, 7))
    page.facts_label.setText("\n\n".join(["Something worth knowing about the data."] * 6))
    page.resize(960, 300)
    page.show()
    qtbot.waitExposed(page)
    qtbot.waitUntil(lambda: page.page_scroll.verticalScrollBar().maximum() > 0)
    assert page.facts_label.y() >= page.classes_view.geometry().bottom()
    assert page.facts_label.height() >= page.facts_label.heightForWidth(page.facts_label.width())


def test_counts_follow_corrections(page: DatasetOverviewPage) -> None:
    state = show(page, replace(samples(), targets=np.full(14, -1)))
    assert page.class_model.index(7, 1).data() == "0"
    state.relabel(np.array([0, 1, 2], np.int64), 3)
    state.exclude(np.array([2, 5], np.int64))
    assert page.class_model.index(3, 1).data() == "2"
    assert page.class_model.index(7, 1).data() == "2"


def test_photos_without_labels_are_said_to_wait_for_them(page: DatasetOverviewPage) -> None:
    data = replace(
        samples(),
        targets=np.full(14, -1),
        files=tuple(f"{i}.jpg" for i in range(14)),
        problems=((0, "dog.jpg: no face was found"),),
    )
    state = show(page, data)
    state.set_summary(summary_of(data))
    assert "14 images have no label" in page.facts_label.text()
    state.relabel(np.arange(4), 3)
    assert "10 images have no label" in page.facts_label.text()
    assert "1 files were left out" in page.problems_label.text()
    assert page.problems_table.isColumnHidden(0)
    assert page.problems_text() == "Reason\ndog.jpg: no face was found\n"


def summary_of(data: Samples) -> DatasetSummary:
    return DatasetSummary(
        name=data.name,
        content_hash="0",
        class_names=data.class_names,
        counts=np.zeros((7, 3), np.int64),
        imbalance_ratio=1.0,
        largest_class="",
        smallest_class="",
        smallest_share=0.0,
        duplicates={"train": 0, "val": 0, "test": 0},
        conflicting_duplicates=0,
        leaks={},
        rows_left_out=0,
    )
