"""What Compare answers is about the data, split, image and model that are chosen."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.application import Application
from app.workers.scoring import row_of
from tests.gui.test_comparison_tab import _choose, _make_run, _refresh
from trainer.compare.gradcam import GradCam
from trainer.compare.models import IMPORTED, MARKS, SHIPPED, Candidate
from trainer.files import write_text
from trainer.labels import EXPRESSIONS
from trainer.runs import ENVIRONMENT
from ui.comparison_tab import ComparisonTab


def _score(program: Application, tab: ComparisonTab, qtbot: QtBot, *names: str) -> None:
    _choose(tab, *names)
    with qtbot.waitSignal(program.comparison.scoring.idle, timeout=60_000):
        tab.runs_panel.score_button.click()


def test_reports_and_maps_are_about_what_is_chosen(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    _make_run("one", [0.5], lr=0.01, weights=True)
    program = make_app()
    tab = _refresh(program, qtbot)
    controller = program.comparison
    controller.judge_on(tiny_csv)
    qtbot.waitUntil(lambda: not controller.scoring.is_running(), timeout=60_000)
    _score(program, tab, qtbot, "one")
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


def test_known_scores_come_back_when_the_split_changes_during_a_look_up(
    make_app, tiny_csv: Path, qtbot: QtBot
) -> None:
    _make_run("one", [0.5], lr=0.01, weights=True)
    program = make_app()
    tab = _refresh(program, qtbot)
    scoring, splits = program.comparison.scoring, tab.runs_panel.split_combo
    program.comparison.judge_on(tiny_csv)
    qtbot.waitUntil(lambda: not scoring.is_running(), timeout=60_000)
    for split in ("val", "test"):
        splits.setCurrentIndex(splits.findData(split))
        qtbot.waitUntil(lambda: not scoring.is_running(), timeout=60_000)
        _score(program, tab, qtbot, "one")
    with qtbot.waitSignal(scoring.idle, timeout=60_000):
        splits.setCurrentIndex(splits.findData("val"))
        assert scoring.is_running()
        splits.setCurrentIndex(splits.findData("test"))
    assert [judged.scores.split for _row, judged in tab.state.judged()] == ["test"]


def test_scores_of_other_data_are_not_subtracted(make_app, mien_home: Path, qtbot: QtBot) -> None:
    _make_run("base", [0.61])
    _make_run("same-data", [0.5])
    _make_run("other-data", [0.55], data="b" * 64)
    _make_run("corrected-data", [0.52], weights=True)  # the file names what it was trained on
    program = make_app()
    model = _refresh(program, qtbot).runs_panel.run_model
    rows = {row.name: row for row in model.rows}
    program.comparison.marks.set_baseline(rows["base"].key)
    same, other, corrected, resnet = (
        model.index(model.row_of(rows[name].key), model.column("accuracy"))
        for name in ("same-data", "other-data", "corrected-data", "ResNet-34")
    )
    assert same.data() == "50.0 %  (-11.0)"
    assert same.data(Qt.ToolTipRole) == ""
    assert other.data() == "55.0 %"
    assert "different images" in other.data(Qt.ToolTipRole)
    assert corrected.data() == "52.0 %"
    assert "published figure" in resnet.data(Qt.ToolTipRole)
    program.comparison.marks.set_baseline(rows["LeNet"].key)
    assert resnet.data() == "72.4 %"  # the report's own split is not PrivateTest
    assert "published figure" in same.data(Qt.ToolTipRole)


@pytest.mark.parametrize(("kind", "can_delete"), [(SHIPPED, False), (IMPORTED, True)])
def test_a_damaged_file_of_mien_itself_is_not_deleted(
    tmp_path: Path, kind: str, can_delete: bool
) -> None:
    path = tmp_path / "network.onnx"
    damaged = Candidate(kind, path, tmp_path / MARKS, state="damaged", damage="It is cut off.")
    assert row_of(damaged).can_delete is can_delete


def test_a_data_set_chosen_from_the_disk_stays_when_the_list_is_read_again(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    known = {"source": str(tiny_csv), "content_hash": "1", "name": "tiny.csv"}
    write_text(_make_run("one", [0.5]) / ENVIRONMENT, json.dumps({"dataset": known}))
    program = make_app()
    tab = _refresh(program, qtbot)
    panel = tab.runs_panel
    assert panel.ground() == (tiny_csv, "val")
    other = tmp_path / "other.csv"
    other.write_bytes(tiny_csv.read_bytes())
    program.comparison.judge_on(other)
    _refresh(program, qtbot)
    assert panel.ground() == (other, "val")
    offered = [panel.data_combo.itemText(i) for i in range(panel.data_combo.count())]
    assert offered[:2] == ["tiny.csv", "other.csv"]
    # A list that was begun before the choice does not know it.
    third = tmp_path / "third.csv"
    third.write_bytes(tiny_csv.read_bytes())
    program.comparison.refresh()
    program.comparison.judge_on(third)
    qtbot.waitUntil(lambda: program.comparison._thread is None, timeout=20_000)
    assert panel.ground() == (third, "val")

    # The next start offers it as well, as long as it is there.
    again = make_app()
    assert _refresh(again, qtbot).runs_panel.ground() == (third, "val")
    third.unlink()
    ended = make_app()
    assert _refresh(ended, qtbot).runs_panel.ground() == (tiny_csv, "val")


def test_a_look_up_that_gives_way_to_scoring_is_made_good(
    make_app, tiny_csv: Path, qtbot: QtBot
) -> None:
    for name in ("one", "two"):
        _make_run(name, [0.5], weights=True)
    program = make_app()
    tab = _refresh(program, qtbot)
    scoring, panel = program.comparison.scoring, tab.runs_panel
    program.comparison.judge_on(tiny_csv)
    qtbot.waitUntil(lambda: not scoring.is_running(), timeout=60_000)
    _score(program, tab, qtbot, "one", "two")
    scoring.change_ground()  # as if it was chosen anew
    assert scoring.is_running()
    _score(program, tab, qtbot, "one")
    judged = {row.name for row in panel.run_model.rows if row.judged == "here"}
    assert judged >= {"one", "two"}


def test_scores_of_the_last_data_set_are_not_shown_for_the_next(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    _make_run("one", [0.5], weights=True)
    program = make_app()
    tab = _refresh(program, qtbot)
    controller = program.comparison
    controller.judge_on(tiny_csv)
    qtbot.waitUntil(lambda: not controller.scoring.is_running(), timeout=60_000)
    _score(program, tab, qtbot, "one")
    late = next(iter(tab.state.results.values()))
    other = tmp_path / "other.csv"
    other.write_text(tiny_csv.read_text(encoding="utf-8").replace(" 1", " 2"), encoding="utf-8")
    controller.judge_on(other)
    controller.scoring._on_judged(late)  # it was under way
    assert tab.state.results == {}
    qtbot.waitUntil(lambda: not controller.scoring.is_running(), timeout=60_000)
