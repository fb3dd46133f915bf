"""What Compare answers is about the data, split, image and model that are chosen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from pytestqt.qtbot import QtBot

from tests.gui.test_comparison_tab import _choose, _make_run, _refresh
from trainer.compare.gradcam import GradCam
from trainer.labels import EXPRESSIONS


def test_reports_and_maps_are_about_what_is_chosen(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    _make_run("one", [0.5], lr=0.01, weights=True)
    program = make_app()
    tab = _refresh(program, qtbot)
    controller = program.comparison
    controller.judge_on(tiny_csv)
    qtbot.waitUntil(lambda: not controller.scoring.is_running(), timeout=60_000)
    _choose(tab, "one")
    with qtbot.waitSignal(controller.scoring.idle, timeout=60_000):
        tab.runs_panel.score_button.click()
    row, judged = tab.state.judged()[0]

    page = tab.page("gradcam")
    first, second = (int(sample) for sample in judged.scores.indices[:2])
    heat = np.zeros((48, 48), np.float32)
    found = GradCam(0, EXPRESSIONS, np.full(7, 1 / 7, np.float32), heat, heat, 0.1, "layer")
    for since, pictures in ((second, 1), (first, 3)):
        page.choose_image(first)
        page.refresh()
        page._on_run_clicked()
        page.choose_image(since)
        page.refresh()
        page.show_explanation(found)  # of the first image
        assert len(page.pictures.pictures) == pictures
    qtbot.waitUntil(lambda: not controller.tasks.is_running(), timeout=60_000)

    before = controller.scoring.chosen_ground()
    assert before is not None
    panel = tab.runs_panel
    panel.split_combo.setCurrentIndex(panel.split_combo.findData("test"))
    after = controller.scoring.chosen_ground()
    assert after is not None
    assert (before.split, after.split) == ("val", "test")
    controller.files._on_report_requested([row])  # nothing was judged there yet
    assert "Press Score first" in tab.banner.label.text()
    other = tmp_path / "other.csv"
    other.write_bytes(tiny_csv.read_bytes())
    controller.judge_on(other)
    assert controller.scoring.chosen_ground() is None
    qtbot.waitUntil(lambda: not controller.scoring.is_running(), timeout=60_000)
