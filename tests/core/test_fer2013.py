"""Reading CSV files in the FER2013 form, sound and broken ones."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.core.conftest import HEADER, row
from trainer.data import pixels
from trainer.data.fer2013 import read_fer2013
from trainer.errors import DataError, OperationCancelled
from trainer.labels import EXPRESSIONS

WriteCsv = Callable[..., Path]


def test_values_labels_and_splits(write_csv: WriteCsv) -> None:
    ramp = " ".join(str(value % 256) for value in range(2304))
    path = write_csv(f"0,{ramp},Training", row(3, usage="PublicTest"), row(6, usage="PrivateTest"))
    rows = read_fer2013(path)
    assert rows.images.shape == (3, 1, 48, 48)
    assert (rows.images[0].ravel() == np.arange(2304) % 256).all()
    assert rows.targets.tolist() == [0, 3, 6]
    assert rows.splits.tolist() == [0, 1, 2]
    assert rows.lines.tolist() == [2, 3, 4]
    assert rows.problems == []


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(count=2303), "2303 pixels instead of 2304"),
        (row(count=2305), "2305 pixels instead of 2304"),
        (row(pixel="x"), "something other than numbers"),
        (row(pixel="-1"), "something other than numbers"),
        (row(pixel="1.5"), "something other than numbers"),
        (row(pixel=256), "above 255"),
        (row(pixel=1000), "above 255"),
        (row(label=9), "label '9' is neither 0 to 6"),
        (row(label=""), "label '' is neither"),
        (row(usage="Holiday"), "usage 'Holiday' is unknown"),
        ("3", "1 columns instead of 3"),
        (row() + ",more", "4 columns instead of 3"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_load(
    write_csv: WriteCsv, bad: str, reason: str
) -> None:
    rows = read_fer2013(write_csv(row(1, 10), bad, row(2, 20)))
    assert rows.targets.tolist() == [1, 2]
    assert rows.images[:, 0, 0, 0].tolist() == [10, 20]
    assert [problem.line for problem in rows.problems] == [3]
    assert reason in rows.problems[0].reason


@pytest.mark.parametrize("name", ["faces.csv.gz", "faces.zip", "umlaut ä 表情.csv.gz"])
def test_packed_files(write_csv: WriteCsv, tmp_path: Path, name: str) -> None:
    plain = write_csv(row(0, 1), row(5, 255))
    packed = tmp_path / name
    if name.endswith(".zip"):
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr("readme.txt", "not this one")
            archive.writestr("fer2013/fer2013.csv", plain.read_text())
    else:
        packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert (read_fer2013(packed).images == read_fer2013(plain).images).all()


def test_kaggles_later_header_with_blanks_and_quotes(tmp_path: Path) -> None:
    path = tmp_path / "icml_face_data.csv"
    pixels_text = " ".join(["9"] * 2304)
    path.write_text(f'emotion, Usage, pixels\r\n4,PublicTest,"{pixels_text}"\r\n')
    rows = read_fer2013(path)
    assert rows.targets.tolist() == [4]
    assert rows.splits.tolist() == [1]
    assert (rows.images == 9).all()


def test_without_usage_everything_is_training(write_csv: WriteCsv) -> None:
    path = write_csv(row().rsplit(",", 1)[0], header="emotion,pixels")
    assert read_fer2013(path).splits.tolist() == [0]


def test_class_names_serve_as_labels(write_csv: WriteCsv) -> None:
    rows = read_fer2013(write_csv(row("Happy"), row("sadness")))
    assert [EXPRESSIONS[target] for target in rows.targets] == ["happiness", "sadness"]


def test_a_file_without_a_final_line_end_keeps_its_last_row(tmp_path: Path) -> None:
    path = tmp_path / "cut.csv"
    path.write_text(f"{HEADER}\n{row()}\n{row(5)}")
    assert len(read_fer2013(path).targets) == 2


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"\n\n", "is empty"),
        (b"name,age\nA,3\n", "does not start with the columns"),
        (b"emotion,pixels,Usage\n", "no usable row"),
        (b"emotion,pixels,Usage\n9,1 2 3,Training\n", "no usable row"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not a FER2013 CSV"),
        (b"emotion,pixels,Usage\n" + b"1" * (10 << 20), "over a megabyte"),
        (gzip.compress(b"emotion,pixels,Usage\n" * 999, mtime=0)[:-20], "Cannot read"),
        (b"\x1f\x8b" + b"\x00" * 40, "Cannot read"),
        (b"PK\x03\x04" + b"\x00" * 40, "Cannot read"),
    ],
)
def test_a_useless_file_gives_one_sentence(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "faces.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=words) as caught:
        read_fer2013(path)
    assert "\n" not in str(caught.value)


def test_a_zip_without_csv(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.jpg", b"")
    with pytest.raises(DataError, match=r"holds no \.csv"):
        read_fer2013(path)


def test_cancelling(write_csv: WriteCsv) -> None:
    with pytest.raises(OperationCancelled):
        read_fer2013(write_csv(row()), should_stop=lambda: True)


def test_progress_reaches_the_end(write_csv: WriteCsv) -> None:
    seen: list[float] = []
    read_fer2013(write_csv(*[row()] * 50), on_progress=seen.append)
    assert seen[-1] == 1.0
    assert seen == sorted(seen)


@given(st.binary(max_size=3000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_random_bytes_never_crash(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "random.csv"
    for prefix in (b"", b"emotion,pixels,Usage\n", b"\x1f\x8b\x08", b"PK\x03\x04"):
        path.write_bytes(prefix + content)
        with pytest.raises(DataError):
            read_fer2013(path)


_numbers = st.lists(st.integers(0, 1200), min_size=0, max_size=6)


@given(st.lists(_numbers, max_size=8), st.integers(1, 3))
def test_numbers_are_read_as_python_reads_them(rows: list[list[int]], blanks: int) -> None:
    texts = [(" " * blanks).join(map(str, row)).encode() for row in rows]
    parsed, verdicts, counts = pixels.parse_rows(texts, 3)
    good = [row for row in rows if len(row) == 3 and max(row) <= 255]
    assert parsed.tolist() == good
    assert counts.tolist() == [len(row) for row in rows]
    for row_, verdict in zip(rows, verdicts, strict=True):
        expected = pixels.OK
        if len(row_) != 3:
            expected = pixels.WRONG_COUNT
        elif max(row_) > 255:
            expected = pixels.TOO_LARGE
        assert verdict == expected
