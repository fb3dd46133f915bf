"""Classes that the judged split has no images of."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from tests.core.compare_parts import make_scores
from trainer.labels import EXPRESSIONS
from ui.comparison_classes_page import ComparisonClassesPage
from ui.comparison_state import ComparisonState
from ui.tables.judged import Judged
from ui.tables.run_row import RunRow
from ui.widgets.difference_matrix import DifferenceMatrix


def test_a_class_without_images_is_not_said_to_be_recognised_in_none(qtbot: QtBot) -> None:
    state = ComparisonState()
    row = RunRow("a", "a", weights_path=Path("a.onnx"))
    state.set_selected([row], row)
    state.add_result(Judged("a", make_scores([0, 0, 1], [0, 0, 2], [0.9, 0.8, 0.7])))
    page = ComparisonClassesPage(state)
    qtbot.addWidget(page)
    page.refresh()
    recall = page.plot.series[0].y
    assert recall[:2] == [100.0, 0.0]
    assert all(math.isnan(value) for value in recall[2:])
    assert "worst on Disgust" in page.caption_label.toolTip() + page.caption_label.text()
    assert page.table.values.text(2, 3) == "–"
    assert page.table.values.to_text().splitlines()[3] == "a,Fear,,,,0"
    titles = [text for _place, text in page.plot.getAxis("bottom")._tickLevels[0]]
    assert titles[:3] == ["Anger", "Disgust", "Fear (no images)"]


def test_a_row_without_images_says_so_in_the_matrix(qtbot: QtBot) -> None:
    view = DifferenceMatrix()
    qtbot.addWidget(view)
    counts = np.zeros((7, 7), np.int64)
    counts[0, 0] = 2
    for other in (None, counts):
        view.set_difference(counts, other, EXPRESSIONS)
        assert view.sentence(1, 0) == "Disgust: no images."
        assert "2 of 2" in view.sentence(0, 0) or "points" in view.sentence(0, 0)
