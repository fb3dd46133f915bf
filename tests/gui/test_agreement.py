"""Compare with a coding in the window: open, choose, list of differences, what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from player_parts import make_face
from PyQt5.QtCore import QPoint, Qt
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.controllers.agreement import AgreementController
from app.settings import Settings
from app.workers.agreement import Answer
from app.workers.media import MediaInfo
from app.workers.recorder import RecordedModel, Recorder
from trainer.inference.types import FrameResult
from trainer.labels import EXPRESSIONS
from ui.agreement_dialog import AgreementDialog

Open = Callable[[], AgreementController]


def fill(recorder: Recorder, labels: list[str], person: int = 1, start_ms: float = 0.0) -> None:
    length_ms = len(labels) * 40.0
    info = MediaInfo("video", "a.mp4", 160, 96, 25.0, length_ms, start_ms=start_ms)
    recorder.open(info, "h", RecordedModel())
    for number, label in enumerate(labels):
        face = make_face(person, (10, 10, 60, 60), label)
        recorder.add(FrameResult(number, number * 40.0, (face,), EXPRESSIONS))


@pytest.fixture
def recorder() -> Recorder:
    made = Recorder()
    fill(made, ["happiness"] * 25 + ["sadness"] * 25)
    return made


@pytest.fixture
def agreement(qtbot: QtBot, tmp_path: Path, recorder: Recorder) -> Iterator[AgreementController]:
    window = QWidget()
    qtbot.addWidget(window)
    settings = Settings(tmp_path / "a.ini")
    controller = AgreementController(window, settings, recorder, lambda: 0.0)
    controller.show()
    yield controller
    controller.shutdown()


def dialog_of(agreement: AgreementController) -> AgreementDialog:
    assert agreement.dialog is not None
    return agreement.dialog


def opened(qtbot: QtBot, agreement: AgreementController, path: Path) -> Answer:
    with qtbot.waitSignal(agreement.compared, timeout=10_000) as answered:
        agreement.open(path)
    answer: Answer = answered.args[0]
    return answer


def again(qtbot: QtBot, agreement: AgreementController) -> Answer:
    qtbot.waitUntil(lambda: agreement._thread is None, timeout=10_000)
    with qtbot.waitSignal(agreement.compared, timeout=10_000) as answered:
        agreement.compare()
    answer: Answer = answered.args[0]
    return answer


def coding(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "coder.csv"
    path.write_text("coder,start,end,label\n" + "\n".join(rows) + "\n")
    return path


def test_a_coding_counts_from_the_sound_that_began_before_the_picture(
    qtbot: QtBot, tmp_path: Path, agreement: AgreementController, recorder: Recorder
) -> None:
    fill(recorder, ["happiness"] * 25 + ["sadness"] * 25, start_ms=600.0)
    path = coding(tmp_path, "A,0.6,1.6,happy", "A,1.6,2.6,sad")
    for answer in (opened(qtbot, agreement, path), again(qtbot, agreement)):
        assert answer.agreement is not None
        assert (answer.agreement.kappa, answer.agreement.frames) == (1.0, 50)


def test_kappa_tables_and_a_click_that_seeks(
    qtbot: QtBot, tmp_path: Path, agreement: AgreementController
) -> None:
    answer = opened(qtbot, agreement, coding(tmp_path, "A,0,1.2,happy", "A,1.2,2,sad"))
    dialog = dialog_of(agreement)
    assert answer.agreement is not None
    assert f"kappa {answer.agreement.kappa:.2f}" in dialog.kappa_label.text()
    assert "90.0%" in dialog.kappa_label.text()
    model = dialog.differences
    assert [model.index(0, column).data() for column in range(4)] == [
        "0:01.0", "0.20 s", "Happiness", "Sadness",
    ]  # fmt: skip
    with qtbot.waitSignal(agreement.seek_requested, timeout=2000) as sought:
        where = dialog.differ_table.visualRect(model.index(0, 0)).center()
        qtbot.mouseClick(dialog.differ_table.viewport(), Qt.LeftButton, pos=where)
    assert sought.args == [1000.0]
    with qtbot.waitSignal(agreement.seek_requested, timeout=2000) as sought:
        qtbot.mouseClick(dialog.strip, Qt.LeftButton, pos=QPoint(dialog.strip.width() - 3, 10))
    assert sought.args[0] == pytest.approx(2000, abs=20)
    with qtbot.waitSignal(agreement.seek_requested, timeout=2000) as sought:
        qtbot.keyClick(dialog.strip, Qt.Key_Right)
    assert sought.args == [1000.0]
    confusion = dialog.confusion_table.model()
    assert confusion.index(0, 2).data() == "0.2"


def test_tier_delay_and_neutral_change_the_figures(
    qtbot: QtBot, tmp_path: Path, agreement: AgreementController
) -> None:
    path = coding(tmp_path, "A,0.4,1.4,happy", "A,1.4,2,sad", "B,0,1,sad")
    assert opened(qtbot, agreement, path).tier == "A"
    dialog = dialog_of(agreement)
    with qtbot.waitSignal(agreement.compared, timeout=10_000) as answered:
        dialog.tier_combo.setCurrentIndex(1)
    assert answered.args[0].agreement.share == 0.0
    with qtbot.waitSignal(agreement.compared, timeout=10_000):
        dialog.tier_combo.setCurrentIndex(0)
    with qtbot.waitSignal(agreement.compared, timeout=10_000) as answered:
        qtbot.mouseClick(dialog.delay_button, Qt.LeftButton)
    assert answered.args[0].agreement.kappa == 1.0
    assert dialog.delay_spin.value() == 400
    assert "never differ" in dialog.differ_label.text()
    with qtbot.waitSignal(agreement.compared, timeout=10_000) as answered:
        dialog.neutral_check.click()
    assert answered.args[0].agreement.frames == 50


def test_what_is_left_out_and_not_analysed_is_said(
    qtbot: QtBot, tmp_path: Path, agreement: AgreementController, recorder: Recorder
) -> None:
    recorder.open(MediaInfo("video", "b.mp4", 160, 96, 25.0, 4000.0), "h", RecordedModel())
    face = make_face(1, (10, 10, 60, 60), "happiness")
    for number in range(10):
        recorder.add(FrameResult(number, number * 40.0, (face,), EXPRESSIONS))
    opened(qtbot, agreement, coding(tmp_path, "A,0,0.2,happy", "A,0.2,1,talking"))
    notes = dialog_of(agreement).notes_label.text()
    assert "10% of the video" in notes
    assert "“talking” (0.8 s)" in notes


@pytest.mark.parametrize(
    ("rows", "words"),
    [(["A,0,1,talking"], "no labelled frame in common"), (["A,x,1,happy"], "is no time")],
)
def test_what_cannot_be_compared_says_why(
    qtbot: QtBot, tmp_path: Path, agreement: AgreementController, rows: list[str], words: str
) -> None:
    agreement.open(coding(tmp_path, *rows))
    dialog = dialog_of(agreement)
    qtbot.waitUntil(lambda: words in dialog.problem_label.text(), timeout=10_000)
    assert not dialog.save_button.isEnabled()
    assert dialog.kappa_label.isHidden()


def test_without_results_it_says_how_to_get_some(
    qtbot: QtBot, tmp_path: Path, agreement: AgreementController, recorder: Recorder
) -> None:
    recorder.open(MediaInfo("video", "b.mp4", 160, 96), "h", RecordedModel())
    opened(qtbot, agreement, coding(tmp_path, "A,0,1,happy"))
    assert "Analyse whole video" in dialog_of(agreement).problem_label.text()


def test_another_video_takes_the_coding_away(
    qtbot: QtBot, tmp_path: Path, agreement: AgreementController
) -> None:
    opened(qtbot, agreement, coding(tmp_path, "A,0,1,happy"))
    agreement.media_changed()
    dialog = dialog_of(agreement)
    assert dialog.kappa_label.isHidden()
    assert dialog.tier_combo.count() == 0
    assert "Nothing opened yet" in dialog.file_label.text()


def test_the_figures_can_be_saved(
    qtbot: QtBot, tmp_path: Path, agreement: AgreementController
) -> None:
    opened(qtbot, agreement, coding(tmp_path, "A,0,1,happy"))
    agreement.save(tmp_path / "figures.json")
    qtbot.waitUntil((tmp_path / "figures.json").exists, timeout=5000)
    facts = json.loads((tmp_path / "figures.json").read_text())
    assert (facts["tier"], facts["person"], facts["frames"]) == ("A", "P1", 25)
