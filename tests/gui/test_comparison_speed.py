"""Accuracy against speed: the models fill the picture."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyqtgraph import InfiniteLine
from pytestqt.qtbot import QtBot

from ui.comparison_speed_page import ComparisonSpeedPage
from ui.comparison_state import ComparisonState
from ui.tables.run_row import RunRow, Scores, Speed


def _row(name: str, ms: float) -> RunRow:
    scores = Scores(accuracy=0.6, macro_f1=0.5, balanced_accuracy=0.5)
    speed = Speed(ms, 1.2 * ms, 1000 / ms)
    return RunRow(name, name, weights_path=Path(name), scores=scores, speed=speed)


@pytest.mark.parametrize(
    ("slowest_ms", "lines_ms", "kept_up"), [(3.3, [], 60), (20.0, [1000 / 60], 30)]
)
def test_quick_models_are_not_pressed_into_a_corner_by_slow_frame_rates(
    qtbot: QtBot, slowest_ms: float, lines_ms: list[float], kept_up: int
) -> None:
    state = ComparisonState()
    rows = [_row("quick", 0.5), _row("slow", slowest_ms)]
    state.set_selected(rows, rows[0])
    page = ComparisonSpeedPage(state)
    qtbot.addWidget(page)
    page.refresh()
    (left, right), _y = page.plot.getViewBox().viewRange()
    assert left <= 0.5 < slowest_ms <= right < 1.5 * slowest_ms
    lines = [item for item in page.plot.plotItem.items if isinstance(item, InfiniteLine)]
    assert [line.value() for line in lines] == pytest.approx(lines_ms)
    caption = page.caption_label.toolTip() + page.caption_label.text()
    assert f"keep up with {kept_up} frames/s" in caption
