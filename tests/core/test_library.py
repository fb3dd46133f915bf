"""Remembered data sets: order, names, and a damaged file that is not lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from trainer.data.library import DatasetEntry, Library


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "user" / "datasets.json")


def entry(path: Path, name: str = "", **facts: object) -> DatasetEntry:
    return DatasetEntry(name, path, "image-folder", **facts)  # type: ignore[arg-type]


def test_what_was_kept_comes_back_the_last_opened_first(library: Library, tmp_path: Path) -> None:
    full = entry(
        tmp_path / "表情",
        "Faces",
        content_hash="ab",
        counts={"train": {"anger": 3}},
        class_map={"0": "anger", "7": None},
        votes=tmp_path / "votes.csv",
    )
    library.remember(full)
    library.remember(entry(tmp_path / "b"))
    first, second = Library(library.path).entries
    assert (first.name, second.name) == ("b", "Faces")
    assert second.class_map == {"0": "anger", "7": None}
    assert second.counts == {"train": {"anger": 3}}
    assert second.votes == tmp_path / "votes.csv"
    assert second.opened.endswith("+00:00")


def test_a_path_is_kept_once_under_the_users_name(library: Library, tmp_path: Path) -> None:
    library.remember(entry(tmp_path / "a"))
    library.remember(entry(tmp_path / "b"))
    assert library.rename("a", "Mine") is not None
    library.remember(entry(tmp_path / "b" / ".." / "a", content_hash="new"))
    assert [(e.name, e.content_hash) for e in library.entries] == [("Mine", "new"), ("b", "")]


def test_names_are_never_shared(library: Library, tmp_path: Path) -> None:
    for folder in ("x", "y", "z"):
        library.remember(entry(tmp_path / folder / "data"))
    assert [e.name for e in library.entries] == ["data (3)", "data (2)", "data"]
    renamed = library.rename("data (3)", "data")
    assert renamed is not None
    assert renamed.name == "data (3)"
    library.forget("data")
    assert [e.name for e in library.entries] == ["data (3)", "data (2)"]
    library.forget("nobody")
    assert library.rename("nobody", "x") is None


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"format": 9}', b"\xff\xfe", b'{"format": 1, "datasets": [{}]}']
)
def test_a_damaged_file_is_kept_aside(library: Library, tmp_path: Path, damage: bytes) -> None:
    library.path.parent.mkdir(parents=True)
    library.path.write_bytes(damage)
    assert library.entries == ()
    library.remember(entry(tmp_path / "a"))
    assert [e.name for e in library.entries] == ["a"]
    assert library.path.with_name("datasets.json.broken").read_bytes() == damage
