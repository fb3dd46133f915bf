"""Atomic writing, and what killed writers leave."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from trainer import files
from trainer.files import TextWriter, atomic_path, remove_leftovers

_WRITER = """
import sys
from pathlib import Path
from trainer.files import atomic_path
with atomic_path(Path(sys.argv[1])) as temporary:
    temporary.write_text("half")
    print("writing", flush=True)
    sys.stdin.read()
"""


def test_a_killed_writers_file_is_removed(tmp_path: Path) -> None:
    target = tmp_path / "runs" / "one" / "表情-~x.csv"
    command = [sys.executable, "-c", _WRITER, str(target)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "writing\n"
        assert remove_leftovers([tmp_path]) == []  # its writer lives
        writer.kill()
        writer.wait(30)
    assert len(list(target.parent.iterdir())) == 1
    assert len(remove_leftovers([tmp_path, tmp_path / "absent"])) == 1
    assert list(target.parent.iterdir()) == []


def test_own_and_foreign_files_stay(tmp_path: Path) -> None:
    kept = [".a-~zzzz.csv", ".notes.csv", "a-~00000000.1~x.csv", ".a-~00000000.99999~abc.csv"]
    for name in kept:
        (tmp_path / name).write_text("")
    with atomic_path(tmp_path / "b.csv") as temporary:
        temporary.write_text("whole")
        assert remove_leftovers([tmp_path]) == []
    assert (tmp_path / "b.csv").read_text() == "whole"
    old = time.time() - 48 * 3600
    os.utime(tmp_path / kept[-1], (old, old))  # another computer's, long forgotten
    assert [path.name for path in remove_leftovers([tmp_path])] == [kept[-1]]


def test_what_a_killed_library_left_goes_after_a_day(tmp_path: Path) -> None:
    fresh, left, other = (tmp_path / name for name in (".tmpIRzk8m", ".tmpQ2b9Xx", ".tmpfiles.d"))
    old = time.time() - 48 * 3600
    for path in (fresh, left, other):
        path.write_text("half")
    for path in (left, other):
        os.utime(path, (old, old))
    assert remove_leftovers([tmp_path], deep=False) == []  # a folder of others
    assert remove_leftovers([tmp_path]) == [left]
    assert sorted(tmp_path.iterdir()) == sorted([fresh, other])


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / ("表" * 80 + ".csv")  # 244 bytes of the 255 that file systems take
    with atomic_path(target) as temporary:
        temporary.write_text("x")
    assert target.read_text() == "x"


def test_an_error_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")

    def fail() -> None:
        with atomic_path(target) as temporary:
            temporary.write_text("new")
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    assert target.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_that_somebody_reads_is_replaced_when_he_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, tries = os.replace, []

    def held_twice(source: Path, target: Path) -> None:
        tries.append(target)
        if len(tries) <= 2:  # as Windows answers while a virus scanner has the file open
            raise PermissionError(13, "Access is denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", held_twice)
    monkeypatch.setattr(files, "_READER_WAIT_S", 30.0)
    with atomic_path(tmp_path / "a.txt") as temporary:
        temporary.write_text("new")
    assert (tmp_path / "a.txt").read_text() == "new"
    monkeypatch.setattr(files, "_READER_WAIT_S", 0.0)
    tries.clear()

    def write() -> None:
        with atomic_path(tmp_path / "a.txt") as temporary:
            temporary.write_text("newer")

    with pytest.raises(PermissionError):
        write()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_slow_disk_is_waited_for_by_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns, began, write = threading.Event(), threading.Event(), files.write_text
    written: list[str] = []

    def slowly(target: Path, text: str) -> None:
        began.set()
        assert turns.wait(10)
        written.append(text)
        write(target, text)

    monkeypatch.setattr(files, "write_text", slowly)
    writer = TextWriter(tmp_path / "list.json")
    writer.put("first")
    assert began.wait(10)
    for number in range(5):  # returns although the disk has not
        writer.put(f"later {number}")
    turns.set()
    writer.flush()
    assert written == ["first", "later 4"]
    assert (tmp_path / "list.json").read_text(encoding="utf-8") == "later 4"


def test_what_cannot_be_written_is_logged(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    writer = TextWriter(tmp_path / "file" / "list.json")
    writer.put("text")
    writer.flush()
    assert "list.json cannot be written" in caplog.text


@pytest.mark.parametrize("seed", range(40))
def test_every_damage_of_an_archive_is_known(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "a.npz"
    random = np.random.default_rng(seed)
    np.savez_compressed(path, values=random.normal(size=200).astype(np.float32), name="x" * 50)
    content = bytearray(path.read_bytes())
    for _ in range(30):  # among them parts that seem encrypted, and broken deflate streams
        damaged = bytearray(content)
        damaged[int(random.integers(len(content)))] ^= 1 << int(random.integers(8))
        path.write_bytes(damaged)
        with (
            contextlib.suppress(OSError, *files.DAMAGED_ARCHIVE),
            np.load(path, allow_pickle=False) as file,
        ):
            for name in file.files:
                file[name]
