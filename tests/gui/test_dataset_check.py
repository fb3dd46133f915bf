"""The Check page: what is said against images is true, and settling it harms nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from check_parts import CheckedPage, make_result, make_samples
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from app.workers.dataset_check import Job
from trainer.config import TrainConfig
from trainer.labels import EXPRESSIONS
from ui.check_result import Check
from ui.tables.pair_model import PairFilter

MakePage = Callable[[], CheckedPage]
MINUTE = 60_000


@pytest.fixture
def make_page(qtbot: QtBot, tmp_path: Path) -> Iterator[MakePage]:
    made: list[CheckedPage] = []

    def make() -> CheckedPage:
        made.append(CheckedPage(qtbot, tmp_path))
        return made[-1]

    yield make
    for checked in made:
        checked.controller.shutdown()


def counts(checked: CheckedPage) -> dict[Check, int | None]:
    return {row.check: row.open for row in checked.page.check_model.rows}


def test_without_a_data_set_nothing_can_be_started(make_page: MakePage) -> None:
    page = make_page().page
    for button in (page.check_button, page.review_button, page.show_button, page.save_button):
        assert not button.isEnabled()
    for check in Check:
        page.choose(check)
    page.grab()


def test_a_check_finds_what_is_there_and_is_remembered(make_page: MakePage, qtbot: QtBot) -> None:
    checked = make_page()
    checked.open(make_samples())
    assert set(counts(checked).values()) == {None}
    with qtbot.waitSignal(checked.controller.check_finished, timeout=MINUTE):
        checked.page.intro_page.first_button.click()
    found = counts(checked)
    assert (found[Check.EXACT], found[Check.LEAK], found[Check.CONFLICT]) == (2, 1, 1)
    assert (found[Check.BLANK], found[Check.DARK], found[Check.NO_FACE]) == (1, 1, None)
    assert checked.state.findings is not None
    assert checked.page.progress_row.isHidden()

    checked.open(make_samples("other", seed=1))
    assert set(counts(checked).values()) == {None}
    assert checked.state.findings is None
    checked.open(make_samples())
    assert counts(checked) == found
    assert checked.state.findings is not None


def test_cancel_leaves_what_was_found(make_page: MakePage, qtbot: QtBot) -> None:
    checked = make_page()
    samples = make_samples()
    checked.open(samples)
    checked.page.set_result(make_result(samples))
    checked.page.choose(Check.SUSPECTED)
    with qtbot.waitSignal(checked.controller.check_finished, timeout=MINUTE):
        checked.page.seek_panel.start_button.click()
        assert checked.controller.is_checking()
        qtbot.keyClick(checked.page.seek_panel, Qt.Key_Escape)
    assert not checked.controller.is_checking()
    assert checked.page.progress_row.isHidden()
    assert counts(checked)[Check.EXACT] == 2
    assert counts(checked)[Check.SUSPECTED] is None
    assert checked.page.banner.isHidden()


def test_runs_are_offered_whichever_check_was_looked_at_before(make_page: MakePage) -> None:
    checked = make_page()
    samples = make_samples()
    checked.open(samples)
    checked.page.set_result(make_result(samples))
    asked: list[bool] = []
    checked.page.sources_requested.connect(lambda: asked.append(True))
    for before in (Check.EXACT, Check.NO_FACE):  # the latter's panel is the same one
        checked.page.choose(before)
        asked.clear()
        checked.page.choose(Check.SUSPECTED)
        assert asked == [True]


def test_pairs_are_filtered_and_settled_one_by_one(make_page: MakePage) -> None:
    checked = make_page()
    samples = make_samples()
    checked.open(samples)
    checked.page.set_result(make_result(samples))
    checked.page.choose(Check.EXACT)
    panel = checked.page.pairs_panel
    assert panel.model.rowCount() == 2
    panel.filter_combo.setCurrentIndex(panel.filter_combo.findData(PairFilter.CONFLICT))
    panel.filter_combo.activated.emit(panel.filter_combo.currentIndex())
    assert panel.current_pair() == (0, 1)
    panel.filter_combo.setCurrentIndex(0)
    panel.filter_combo.activated.emit(0)

    panel.second_button.click()
    excluded = int(np.flatnonzero(checked.state.excluded())[0])
    assert excluded in (1, 2)
    assert panel.model.rowCount() == 1
    assert panel.current_pair() == (0, 3 - excluded)
    assert counts(checked)[Check.EXACT] == 1

    panel.settled_check.setChecked(True)
    assert panel.model.rowCount() == 2
    panel.pairs_view.setCurrentIndex(panel.model.index(panel.model.row_of(0, excluded)))
    panel.second_button.click()
    assert not checked.state.excluded().any()


def test_a_new_label_settles_a_conflict_at_once(make_page: MakePage) -> None:
    checked = make_page()
    samples = make_samples()
    checked.open(samples)
    checked.page.set_result(make_result(samples))
    assert counts(checked)[Check.CONFLICT] == 1
    checked.state.relabel([1], 0)
    assert counts(checked)[Check.CONFLICT] == 0


@pytest.mark.parametrize(
    ("check", "gone"), [(Check.EXACT, [1, 2]), (Check.LEAK, [5]), (Check.CONFLICT, [1, 2])]
)
def test_all_but_one_of_each_is_said_confirmed_and_one_step_back(
    make_page: MakePage, check: Check, gone: list[int]
) -> None:
    checked = make_page()
    samples = make_samples()
    log = checked.open(samples)
    checked.page.set_result(make_result(samples))
    checked.page.choose(check)
    checked.page.exclude_button.click()
    question = checked.page.question
    assert question is not None
    assert f"{len(gone)} images" in question.text()
    confirm = question.findChild(QPushButton, "confirm_exclude_button")
    assert confirm is not None
    confirm.click()
    assert np.flatnonzero(checked.state.excluded()).tolist() == gone
    assert counts(checked)[check] == 0
    assert len(log.changes) == 1
    checked.page.undo()
    assert not checked.state.excluded().any()


def test_images_are_asked_for_elsewhere(make_page: MakePage, qtbot: QtBot) -> None:
    checked = make_page()
    samples = make_samples()
    checked.open(samples)
    checked.page.set_result(make_result(samples))
    checked.page.choose(Check.LEAK)
    with qtbot.waitSignal(checked.state.show_samples_requested) as asked:
        checked.page.show_button.click()
    indices, title = asked.args
    assert sorted(indices.tolist()) == [5, 31]
    assert title == "Leaks between splits"


def test_chosen_images_of_a_grid_are_excluded_and_taken_back(
    make_page: MakePage, qtbot: QtBot
) -> None:
    checked = make_page()
    samples = make_samples()
    checked.open(samples)
    checked.page.set_result(make_result(samples))
    checked.page.choose(Check.DARK)
    checked.page.grid.choose(7)
    checked.page.grid.setFocus()
    qtbot.keyClick(checked.page.grid, Qt.Key_Delete)
    assert np.flatnonzero(checked.state.excluded()).tolist() == [7]
    checked.page.grid.choose(7)
    qtbot.keyClick(checked.page.grid, Qt.Key_Delete)
    assert not checked.state.excluded().any()


def test_votes_suggest_and_say_who_disagrees(make_page: MakePage) -> None:
    checked = make_page()
    samples = make_samples(votes=True)
    checked.open(samples)
    checked.page.set_result(make_result(samples))
    neutral = EXPRESSIONS.index("neutral")
    against = int((samples.targets != neutral).sum())
    assert counts(checked)[Check.AGAINST_VOTES] == against
    checked.page.choose(Check.AGAINST_VOTES)
    checked.page.start_review()
    panel = checked.page.review_panel
    assert "Neutral (100.0 % of the votes)" in panel.suggested_label.text()
    first = panel.current
    panel.accept()
    assert checked.state.targets()[first] == neutral


def test_everything_found_is_copied_and_saved(
    make_page: MakePage, qtbot: QtBot, tmp_path: Path
) -> None:
    checked = make_page()
    samples = make_samples()
    checked.open(samples)
    checked.page.set_result(make_result(samples, (9, 3)))
    for check, rows in ((Check.EXACT, 2), (Check.SUSPECTED, 1)):
        checked.page.choose(check)
        checked.page.copy_button.click()
        assert len(QApplication.clipboard().text().splitlines()) == rows + 1
    path = tmp_path / "findings 表.csv"
    with qtbot.waitSignal(checked.controller.status_changed, timeout=MINUTE):
        checked.controller.save(path)
    flagged = [line.split(",")[0] for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    assert {"1", "2", "5", "6", "7", "9", "31"} <= set(flagged)


def test_a_place_that_cannot_be_written_is_said(
    make_page: MakePage, qtbot: QtBot, tmp_path: Path
) -> None:
    checked = make_page()
    samples = make_samples()
    checked.open(samples)
    checked.page.set_result(make_result(samples))
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    checked.controller.save(blocked / "findings.csv")
    qtbot.waitUntil(lambda: bool(checked.page.banner.text), timeout=MINUTE)
    assert "findings.csv" in checked.page.banner.text


def make_run(folder: Path, content_hash: str, probs: np.ndarray, indices: np.ndarray) -> Path:
    folder.mkdir(parents=True)
    TrainConfig().save(folder / "config.yaml")
    text = f'{{"dataset": {{"content_hash": "{content_hash}"}}}}'
    (folder / "environment.json").write_text(text, encoding="utf-8")
    np.savez(
        folder / "predictions.npz",
        probs=probs,
        targets=np.zeros(len(indices), np.int64),
        indices=indices,
        class_names=np.array(EXPRESSIONS),
    )
    return folder


def test_a_run_of_the_same_data_tells_label_errors(
    make_page: MakePage, qtbot: QtBot, tmp_path: Path
) -> None:
    samples = make_samples()
    judged = np.arange(30, 40)
    probs = np.full((10, 7), 0.01, np.float32)
    probs[np.arange(10), samples.targets[judged]] = 0.94
    probs[4] = 0.01
    probs[4, (samples.targets[34] + 1) % 7] = 0.94
    make_run(tmp_path / "runs" / "mine", "abc", probs, judged)
    make_run(tmp_path / "runs" / "other data", "zzz", probs, judged)
    make_run(tmp_path / "runs" / "damaged", "abc", probs, judged + 100)
    checked = make_page()
    checked.open(samples)
    checked.page.choose(Check.SUSPECTED)
    combo = checked.page.seek_panel.source_combo
    qtbot.waitUntil(lambda: combo.count() == 3, timeout=MINUTE)
    combo.setCurrentIndex(combo.findText("the run damaged"))
    with qtbot.waitSignal(checked.controller.check_finished, timeout=MINUTE):
        checked.page.seek_panel.start_button.click()
    assert "damaged" in checked.page.banner.text
    combo.setCurrentIndex(combo.findText("the run mine"))
    with qtbot.waitSignal(checked.controller.check_finished, timeout=MINUTE):
        checked.page.seek_panel.start_button.click()
    assert counts(checked)[Check.SUSPECTED] == 1
    assert checked.page.grid_model.indices.tolist() == [34]
    assert checked.page.stale_label.isHidden()
    checked.state.relabel([8], 2)
    assert not checked.page.stale_label.isHidden()


def test_faces_are_looked_for_when_asked(make_page: MakePage, qtbot: QtBot) -> None:
    checked = make_page()
    checked.open(make_samples())
    with qtbot.waitSignal(checked.controller.check_finished, timeout=MINUTE):
        checked.controller.look_for(Job.FACES)
    assert counts(checked)[Check.NO_FACE] == 40  # noise
    assert counts(checked)[Check.EXACT] == 2
    with qtbot.waitSignal(checked.controller.check_finished, timeout=MINUTE):
        checked.controller.look_for(Job.IMAGES)
    assert counts(checked)[Check.NO_FACE] == 40


def test_every_list_is_painted(make_page: MakePage) -> None:
    checked = make_page()
    samples = make_samples(votes=True)
    checked.open(samples)
    checked.page.set_result(make_result(samples, (9, 3), (33, 0)))
    checked.state.exclude([7, 9])
    for check in Check:
        checked.page.choose(check)
        checked.page.grab()
        if check in (Check.EXACT, Check.LEAK, Check.CONFLICT):
            assert not checked.page.pairs_panel.isHidden()


def test_looking_again_can_be_left_without_looking(make_page: MakePage, qtbot: QtBot) -> None:
    checked = make_page()
    samples = make_samples()
    checked.open(samples)
    checked.page.set_result(make_result(samples, (9, 3)))
    checked.page.choose(Check.SUSPECTED)
    checked.page.again_button.click()
    assert checked.page.results.currentWidget() is checked.page.seek_panel
    assert not checked.page.review_button.isEnabled()
    qtbot.keyClick(checked.page.seek_panel, Qt.Key_Escape)
    assert checked.page.results.currentWidget() is checked.page.grid
    assert checked.page.review_button.isEnabled()


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_small_networks_judge_what_is_neither_excluded_nor_for_testing(
    make_page: MakePage, qtbot: QtBot
) -> None:
    checked = make_page()
    samples = make_samples()
    samples.splits[35:] = 2
    checked.open(samples)
    checked.state.exclude([4])
    checked.page.choose(Check.SUSPECTED)
    with qtbot.waitSignal(checked.controller.check_finished, timeout=4 * MINUTE):
        checked.page.seek_panel.start_button.click()
    assert checked.page.banner.text == ""
    assert checked.page.data is not None
    result = checked.page.data.result
    assert result is not None
    assert result.probs is not None
    judged = np.isfinite(result.probs).all(axis=1)
    assert np.flatnonzero(~judged).tolist() == [4, 35, 36, 37, 38, 39]
    assert checked.page.stale_label.isHidden()
    assert counts(checked)[Check.SUSPECTED] is not None
