"""A data set is looked at, asked about where that is needed, read, and remembered."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from dataset_parts import ask, open_new
from PIL import Image
from PyQt5.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from app.opening import remembered
from trainer.data.library import DatasetEntry, Library
from trainer.data.source_info import SourceInfo
from trainer.data.votes import VOTE_COLUMNS
from trainer.paths import data_dir
from ui.open_dataset_dialog import OpenDatasetDialog
from ui.recent_datasets_dialog import RecentDatasetsDialog

_LONG = 60_000


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """Folders by class, one of them with a name that says nothing."""
    random = np.random.default_rng(0)
    for name in ("happy", "sad", "shock"):
        for index in range(10):
            path = tmp_path / "pictures" / name / f"{index}.png"
            path.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(random.integers(0, 256, (48, 48), dtype=np.uint8)).save(path)
    return tmp_path / "pictures"


def test_a_folder_is_asked_about_read_and_then_remembered(
    make_app, pictures: Path, qtbot: QtBot
) -> None:
    program = make_app()
    dialog = ask(program, pictures, qtbot)
    assert "30" in dialog.total_label.text()
    combo = dialog._combos["shock"]
    assert combo.currentData() is None
    combo.setCurrentIndex(combo.findData("surprise"))
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        dialog.open_button.click()
    state = program.dataset._tab.state
    assert state.samples is not None
    assert len(state.samples) == 30
    names = {state.samples.class_names[target] for target in state.samples.targets}
    assert names == {"happiness", "sadness", "surprise"}
    assert len(state.samples.files) == 30
    known = remembered(pictures)
    assert known is not None
    assert known.class_map == {"shock": "surprise"}
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        program.dataset.open_dataset(pictures)  # no question any more
    assert program.dataset.opener.dialog is None


def test_a_complete_csv_is_summed_up_before_it_is_read(
    make_app, drawn_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    own = Path(shutil.copy(drawn_csv, tmp_path / "own.csv"))
    votes = tmp_path / "fer2013new.csv"
    usages = [line.rsplit(",", 1)[1] for line in own.read_text(encoding="utf-8").splitlines()[1:]]
    head = ",".join(["Usage", "Image name", *VOTE_COLUMNS])
    rows = [f"{usage},fer.png,10" + ",0" * 9 for usage in usages]
    votes.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    program = make_app()
    dialog = ask(program, own, qtbot)
    assert "FER2013" in dialog.kind_label.text()
    assert dialog.total_label.text() == "84 images"
    table = dialog.classes_table
    assert [table.item(row, 0).text() for row in range(7)] == list("0123456")
    assert dialog._combos["3"].currentText() == "Happiness"
    assert [table.item(0, column).text() for column in (2, 3, 4)] == ["8", "2", "2"]
    assert dialog.votes_check.isChecked()
    assert dialog.votes() == votes
    dialog.votes_check.click()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        dialog.open_button.click()
    assert program.dataset._tab.state.samples.votes is None  # the tick was taken away
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        program.dataset.open_dataset(own)  # straight on
    assert program.dataset._tab.state.samples.votes is None


def test_cancelling_the_question_leaves_what_was_open(
    make_app, pictures: Path, tiny_csv: Path, qtbot: QtBot
) -> None:
    program = make_app()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        program.dataset.open_dataset(tiny_csv)
    dialog = ask(program, pictures, qtbot)
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        dialog.reject()
    tab = program.dataset._tab
    assert tab.state.samples.path == tiny_csv
    assert tab.pages.currentWidget() is tab.data_page
    assert remembered(pictures) is None


def test_an_empty_folder_is_refused_with_a_sentence(make_app, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "nothing").mkdir()
    program = make_app()
    with qtbot.waitSignal(program.dataset.reading_finished, timeout=_LONG):
        program.dataset.open_dataset(tmp_path / "nothing")
    tab = program.dataset._tab
    assert "nothing" in tab.banner.text
    assert tab.pages.currentWidget() is tab.empty_page


def test_votes_that_do_not_belong_are_said_and_left_out(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    own_csv = Path(shutil.copy(tiny_csv, tmp_path / "own.csv"))
    votes = tmp_path / "fer2013new.csv"
    votes.write_text(
        "Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,"
        "unknown,NF\nPublicTest,fer0000000.png,10,0,0,0,0,0,0,0,0,0\n",
        encoding="utf-8",
    )
    program = make_app()
    open_new(program, own_csv, qtbot)
    tab = program.dataset._tab
    assert tab.state.samples is not None
    assert tab.state.samples.votes is None
    assert "fer2013new.csv" in tab.banner.text


def info(**values: object) -> SourceInfo:
    return SourceInfo(
        path=Path("some"),
        kind="image-folder",
        title="",
        total=3,
        **values,  # type: ignore[arg-type]
    )


def test_nothing_mapped_cannot_be_opened(qtbot: QtBot) -> None:
    dialog = OpenDatasetDialog(info(class_map={"1": None, "2": None}))
    qtbot.addWidget(dialog)
    assert not dialog.open_button.isEnabled()
    assert dialog.problem_label.text()
    dialog._combos["1"].setCurrentIndex(1)
    assert dialog.open_button.isEnabled()
    assert dialog.class_map() == {"1": "anger"}
    assert dialog.buttons.buttonRole(dialog.open_button) == QDialogButtonBox.AcceptRole


@pytest.fixture
def library(tmp_path: Path) -> Library:
    library = Library(tmp_path / "datasets.json")
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        library.remember(DatasetEntry(name, tmp_path / name, "image-folder"))
    return library


def test_recent_data_sets_can_be_renamed_and_forgotten(qtbot: QtBot, library: Library) -> None:
    dialog = RecentDatasetsDialog(library)
    qtbot.addWidget(dialog)
    assert dialog.table.item(0, 0).text() == "second"  # opened last
    dialog.rename("my faces")
    assert [entry.name for entry in library.entries] == ["my faces", "first"]
    dialog.forget_button.click()
    assert [entry.name for entry in library.entries] == ["first"]
    with qtbot.waitSignal(dialog.open_requested) as asked:
        dialog.open_button.click()
    assert asked.args[0].name == "first"


def test_a_data_set_that_is_gone_says_so(qtbot: QtBot, library: Library) -> None:
    library.entries[0].path.rmdir()
    dialog = RecentDatasetsDialog(library)
    qtbot.addWidget(dialog)
    assert not dialog.open_button.isEnabled()
    assert "second" in dialog.path_label.text()
    assert dialog.forget_button.isEnabled()


def test_a_damaged_list_is_put_aside(make_app, tiny_csv: Path, qtbot: QtBot) -> None:
    program = make_app()
    path = data_dir() / "datasets.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{", encoding="utf-8")
    open_new(program, tiny_csv, qtbot)
    assert program.dataset._tab.state.samples is not None
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert [entry["path"] for entry in kept["datasets"]] == [str(tiny_csv)]


def test_every_note_can_be_read_where_there_are_no_classes(qtbot: QtBot) -> None:
    notes = tuple(f"Note {number}: " + "words " * 30 for number in range(3))
    dialog = OpenDatasetDialog(info(labelled=False, notes=notes))
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    label = dialog.notes_label
    assert label.height() >= label.heightForWidth(label.width())
    assert dialog.height() < 480  # no void where the table would be
