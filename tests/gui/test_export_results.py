"""Export results… in the Player's More menu."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from player_parts import write_clip
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.controllers.player_export import ResultsExporter
from app.controllers.player_folder import FolderWalk
from app.settings import Settings
from app.workers.media import MediaInfo
from app.workers.recorder import RecordedModel, Recorder
from tests.core.recording_helpers import face, result
from ui.export_results_dialog import Coverage, ExportResultsDialog
from ui.player_tab import PlayerTab


class Presenter:
    """What the exporter asks of the presenter."""

    def __init__(self, info: MediaInfo | None) -> None:
        self.info = info


class Opened:
    """A clip of 30 frames with its recorder and exporter."""

    def __init__(self, qtbot: QtBot, folder: Path, kind: str = "video") -> None:
        self.clip = folder / "clip.mp4"
        write_clip(self.clip)
        self.info = MediaInfo(kind, "clip.mp4", 160, 96, 25.0, 1200.0, self.clip)
        self.recorder = Recorder()
        self.recorder.open(self.info, "hash", RecordedModel("net.onnx", "abc", 0.4))
        self.tab = PlayerTab()
        qtbot.addWidget(self.tab)
        self.settings = Settings(folder / "settings.ini")
        self.exporter = ResultsExporter(
            self.tab,
            Presenter(self.info),  # type: ignore[arg-type]
            self.recorder,
            self.settings,
            self.tab,
        )

    def record(self, frames: int) -> None:
        for index in range(frames):
            self.recorder.add(result(index, face(1, "fear")))

    def ask(self) -> ExportResultsDialog:
        self.exporter.ask()
        assert self.exporter.dialog is not None
        return self.exporter.dialog


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Opened]:
    made = Opened(qtbot, tmp_path)
    yield made
    made.exporter.end()


def test_results_and_a_copy_with_hidden_faces_are_written(
    qtbot: QtBot, tmp_path: Path, opened: Opened
) -> None:
    opened.record(30)
    out = tmp_path / "out"
    dialog = opened.ask()
    assert "30 frames" in dialog.coverage_label.text()
    assert not dialog.analyse_button.isVisible()
    assert not dialog.folder_open_button.isVisible()
    dialog.setStyleSheet("QPushButton { padding: 3px; }")  # as another theme does: all is laid anew
    assert not dialog.folder_open_button.isVisible()
    dialog.checks["eaf"].setChecked(True)
    dialog.copy_check.setChecked(True)
    dialog.blur_check.setChecked(True)
    dialog.folder_edit.setText(str(out))
    with qtbot.waitSignal(opened.exporter.exported, timeout=20_000) as done:
        qtbot.mouseClick(dialog.export_button, Qt.LeftButton)
    names = {path.name for path in done.args[0]}
    assert names == {"clip.csv", "clip.html", "clip.eaf", "clip.json", "clip_annotated.mp4"}
    assert names == {path.name for path in out.iterdir()}
    with open(out / "clip.csv", encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 30
    qtbot.waitUntil(dialog.folder_open_button.isVisible, timeout=5000)
    assert "5 files" in dialog.note_label.text()
    dialog.reject()
    again = opened.ask()
    assert again.checks["eaf"].isChecked()
    assert again.folder_edit.text() == str(out)
    assert "will be replaced" in again.note_label.text()


def test_nothing_analysed_leads_to_the_analysis(qtbot: QtBot, opened: Opened) -> None:
    dialog = opened.ask()
    assert "analyse the whole video" in dialog.coverage_label.text()
    assert not dialog.form_widget.isEnabled()
    assert not dialog.export_button.isEnabled()
    with qtbot.waitSignal(opened.exporter.analyse_requested, timeout=2000):
        qtbot.mouseClick(dialog.analyse_button, Qt.LeftButton)
    assert opened.exporter.dialog is None


def test_a_part_is_said_to_be_a_part(opened: Opened) -> None:
    opened.record(15)
    dialog = opened.ask()
    assert dialog.coverage_label.text().startswith("5")
    assert dialog.analyse_button.isVisible()
    assert dialog.export_button.isEnabled()


def test_a_folder_that_cannot_be_written_is_told_and_can_be_changed(
    qtbot: QtBot, tmp_path: Path, opened: Opened
) -> None:
    opened.record(3)
    (tmp_path / "file").touch()
    dialog = opened.ask()
    dialog.folder_edit.setText(str(tmp_path / "file"))
    assert not dialog.export_button.isEnabled()
    dialog.folder_edit.setText(str(tmp_path / "file" / "sub"))
    qtbot.mouseClick(dialog.export_button, Qt.LeftButton)
    qtbot.waitUntil(lambda: "choose another folder" in dialog.note_label.text(), timeout=10_000)
    assert dialog.export_button.isEnabled()


def test_cancelling_leaves_no_copy(qtbot: QtBot, tmp_path: Path, opened: Opened) -> None:
    opened.record(30)
    dialog = opened.ask()
    dialog.copy_check.setChecked(True)
    dialog.folder_edit.setText(str(tmp_path / "out"))
    dialog.export_requested.connect(dialog.cancel_requested)  # at once
    qtbot.mouseClick(dialog.export_button, Qt.LeftButton)
    qtbot.waitUntil(dialog.export_button.isEnabled, timeout=10_000)
    assert not (tmp_path / "out" / "clip_annotated.mp4").exists()
    assert not dialog.folder_open_button.isVisible()


def test_photos_and_cameras_offer_what_they_can(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    photo = ExportResultsDialog("a.jpg", Coverage("photo", 1, 2, 1.0), tmp_path, ["csv"], parent)
    assert not photo.checks["vtt"].isEnabled()
    assert photo.checks["csv"].isEnabled()
    assert photo.copy_check.isEnabled()
    camera = ExportResultsDialog("Cam", Coverage("camera", 9, 1), tmp_path, ["copy"], parent)
    assert not camera.choices().copy
    assert not camera.export_button.isEnabled()  # nothing else is chosen
    assert not camera.checks["parquet"].isEnabled()


def test_page_keys_walk_through_a_folder_of_photos(qtbot: QtBot, tmp_path: Path) -> None:
    for name in ("b.JPG", "A.png", "c.webp", "notes.txt"):
        (tmp_path / name).touch()
    tab, opened = PlayerTab(), []
    qtbot.addWidget(tab)
    presenter = Presenter(None)
    walk = FolderWalk(
        tab,
        presenter,  # type: ignore[arg-type]
        Settings(tmp_path / "settings.ini"),
        opened.append,
    )
    tab.file_step_requested.emit(1)
    assert opened == []  # nothing is open
    walk.open(tmp_path)
    for direction in (1, 1, 1, -1):
        presenter.info = MediaInfo("photo", "", 1, 1, path=opened[-1])
        tab.file_step_requested.emit(direction)
    assert [path.name for path in opened] == ["A.png", "b.JPG", "c.webp", "b.JPG"]
    assert "last file" in tab.message_label.text()
    empty = tmp_path / "empty"
    empty.mkdir()
    walk.open(empty)
    assert "neither" in tab.message_label.text()
