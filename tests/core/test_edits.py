"""Corrections: nothing the user did may be lost or applied to the wrong image."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trainer.data.edits import EditLog, edits_path
from trainer.errors import DataError

CLASSES = ("anger", "fear", "neutral")
TARGETS = np.array([0, 1, 2, 0, -1], np.int64)


@pytest.fixture
def log() -> EditLog:
    return EditLog("abc", CLASSES, 5)


def reloaded(log: EditLog, path: Path) -> EditLog:
    log.save(path)
    return EditLog.load(path, log.content_hash, log.class_names, log.count)


def test_relabel_exclude_restore(log: EditLog) -> None:
    log.relabel([4, 0], 2)
    log.exclude(np.array([1, 2]))
    log.restore(1)
    assert log.apply_targets(TARGETS).tolist() == [2, 1, 2, 0, 2]
    assert log.excluded().tolist() == [False, False, True, False, False]
    assert TARGETS.tolist() == [0, 1, 2, 0, -1]
    assert len(log) == 3
    assert [change.what for change in log.changes] == ["relabel", "exclude", "restore"]
    assert log.changes[0].samples == (0, 4)


def test_undo_and_redo(log: EditLog) -> None:
    start = log.version
    log.relabel(0, 1)
    first = log.version
    log.relabel(0, 2)
    assert log.parent == first
    log.undo()
    assert (log.version, log.parent) == (first, start)
    assert log.apply_targets(TARGETS)[0] == 1
    log.redo()
    assert log.apply_targets(TARGETS)[0] == 2
    log.undo()
    log.undo()
    assert log.version == start
    assert log.parent == ""
    assert not log.can_undo
    assert log.can_redo
    log.exclude(3)
    assert not log.can_redo
    assert log.undo() is not None
    assert log.undo() is None


def test_same_corrections_same_version(log: EditLog) -> None:
    other = EditLog("abc", CLASSES, 5)
    log.relabel([0, 1], 2)
    log.exclude(3)
    other.exclude([3, 4])
    other.relabel(1, 2)
    other.restore(4)
    assert log.version != other.version
    other.relabel(0, 2)
    assert log.version == other.version
    assert log.version != EditLog("other", CLASSES, 5).version


def test_step_without_effect_is_no_step(log: EditLog) -> None:
    log.restore([0, 1])
    log.exclude([])
    assert not log.can_undo


def test_wrong_images_and_classes_are_refused(log: EditLog) -> None:
    for bad in ([5], [-1]):
        with pytest.raises(ValueError, match="indices"):
            log.exclude(bad)
    with pytest.raises(ValueError, match="target"):
        log.relabel(0, 3)


def test_survives_the_disk(log: EditLog, tmp_path: Path) -> None:
    log.relabel([0, 2], 1)
    log.relabel(3, -1)
    log.exclude(1)
    log.undo()
    again = reloaded(log, tmp_path / "folder" / "e.json")
    assert again.version == log.version
    assert again.changes == log.changes
    assert again.can_redo
    again.redo()
    assert again.excluded().tolist() == [False, True, False, False, False]
    assert again.apply_targets(TARGETS).tolist() == [1, 1, 1, -1, -1]


def test_no_file_is_an_empty_log(tmp_path: Path) -> None:
    assert len(EditLog.load(tmp_path / "none.json", "abc", CLASSES, 5)) == 0


def test_classes_are_kept_by_name(log: EditLog, tmp_path: Path) -> None:
    log.relabel(0, 1)
    log.save(tmp_path / "e.json")
    again = EditLog.load(tmp_path / "e.json", "abc", ("neutral", "fear", "anger"), 5)
    assert again.apply_targets(TARGETS)[0] == 1
    again = EditLog.load(tmp_path / "e.json", "abc", ("fear", "neutral", "anger"), 5)
    assert again.apply_targets(TARGETS)[0] == 0


def broken(content: dict[str, object], **values: object) -> str:
    return json.dumps({**content, **values})


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "[]",
        lambda text: text.replace('"fear"', '"joy"'),
        lambda text: text.replace("[0]", "[77]"),
        lambda text: text.replace("[0]", "[0.5]"),
        lambda text: text.replace("[0]", "null"),
        lambda text: text.replace("relabel", "delete"),
        lambda text: text.replace("changes", "change"),
    ],
)
def test_damaged_file_is_kept_aside(log: EditLog, tmp_path: Path, spoil) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "e.json"
    log.relabel(0, 1)
    log.save(path)
    text = spoil(path.read_text(encoding="utf-8"))
    for name in ("e.json.broken", "e.json.broken2"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(DataError, match="damaged"):
            EditLog.load(path, "abc", CLASSES, 5)
        assert (tmp_path / name).read_text(encoding="utf-8") == text
        assert not path.exists()


@given(st.binary(max_size=300))
def test_any_bytes_give_a_log_or_a_sentence(tmp_path_factory, data: bytes) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path_factory.mktemp("edits") / "e.json"
    path.write_bytes(data)
    with pytest.raises(DataError):
        EditLog.load(path, "abc", CLASSES, 5)
    assert (path.parent / "e.json.broken").read_bytes() == data


def test_other_data_or_newer_mien_is_refused_but_not_moved(log: EditLog, tmp_path: Path) -> None:
    path = tmp_path / "e.json"
    log.exclude(0)
    log.save(path)
    with pytest.raises(DataError, match="another data set"):
        EditLog.load(path, "abc", CLASSES, 6)
    path.write_text(broken(log.to_dict(), format=99), encoding="utf-8")
    with pytest.raises(DataError, match="newer"):
        EditLog.load(path, "abc", CLASSES, 5)
    assert path.exists()


def test_two_windows_do_not_overwrite_each_other(log: EditLog, tmp_path: Path) -> None:
    path = tmp_path / "e.json"
    log.exclude(0)
    log.save(path)
    second = EditLog.load(path, "abc", CLASSES, 5)
    second.exclude([1, 2, 3])
    second.save(path)
    log.exclude(4)
    log.save(path)
    log.save(path)
    kept = EditLog.load(tmp_path / "e.json.other", "abc", CLASSES, 5)
    assert kept.version == second.version
    assert EditLog.load(path, "abc", CLASSES, 5).version == log.version
    assert not (tmp_path / "e.json.other2").exists()


def test_path_lies_in_the_users_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path))
    assert edits_path("0ff").is_relative_to(tmp_path)
    with pytest.raises(ValueError, match="hash"):
        edits_path("../x")


def test_what_was_reviewed_is_remembered_and_changes_no_version(tmp_path: Path) -> None:
    log = EditLog("abc", CLASSES, 6)
    before = log.version
    assert log.mark_reviewed([1, 4])
    assert not log.mark_reviewed([4])
    log.mark_reviewed(1, False)
    log.save(tmp_path / "edits.json")
    again = EditLog.load(tmp_path / "edits.json", "abc", CLASSES, 6)
    assert np.flatnonzero(again.reviewed()).tolist() == [4]
    assert again.version == before
    assert not again.can_undo


def test_a_file_without_reviews_is_read_and_one_with_wrong_ones_is_kept_aside(
    tmp_path: Path,
) -> None:
    path = tmp_path / "edits.json"
    values = EditLog("abc", CLASSES, 6).to_dict()
    values.pop("reviewed")
    path.write_text(json.dumps(values), encoding="utf-8")
    assert not EditLog.load(path, "abc", CLASSES, 6).reviewed().any()
    path.write_text(json.dumps({**values, "reviewed": [6]}), encoding="utf-8")
    with pytest.raises(DataError):
        EditLog.load(path, "abc", CLASSES, 6)
    assert (tmp_path / "edits.json.broken").is_file()
