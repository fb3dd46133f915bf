"""Whatever a file or folder holds, reading it gives a data set or one sentence, never a crash."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.core.conftest import HEADER, row
from trainer.data import load_dataset
from trainer.data.library import Library
from trainer.data.pictures import UnreadablePicture, read_colour, read_grey
from trainer.data.sources import inspect_source
from trainer.data.votes import read_votes
from trainer.errors import DataError

quick = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    deadline=None,
    max_examples=60,
)


def one_sentence(action: Callable[[], object]) -> object:
    """Return what it gives, or None after a DataError of one line."""
    try:
        return action()
    except DataError as error:
        message = str(error)
    assert message.strip()
    assert "\n" not in message
    return None


def check_source(path: Path, cache: Path) -> None:
    one_sentence(lambda: inspect_source(path))
    dataset = one_sentence(
        lambda: load_dataset(
            path, cache_dir=cache, find_faces=lambda photo: np.zeros((1, 48, 48), np.uint8)
        )
    )
    if dataset is not None:
        assert len(dataset) > 0  # type: ignore[arg-type]
        lines = [problem.line for problem in dataset.problems]  # type: ignore[attr-defined]
        assert lines == sorted(lines)


_cells = st.one_of(
    st.sampled_from(["0", "6", "7", "-1", "happy", "Training", "PublicTest", "", '"', "1 2 3"]),
    st.text(alphabet=st.characters(blacklist_categories=["Cs"]), max_size=8),
)
_good = st.builds(
    row,
    st.integers(0, 8),
    st.integers(0, 260),
    st.sampled_from([2304, 2304, 2304, 2303, 0]),
    st.sampled_from(["Training", "PublicTest", "PrivateTest", "x"]),
)
_headers = st.sampled_from(
    [HEADER, "emotion, Usage, pixels", "emotion,pixels", "pixels", "\ufeff" + HEADER, ""]
)


@given(_headers, st.lists(st.one_of(_good, st.lists(_cells, max_size=4).map(",".join)), max_size=6))
@quick
def test_rows_of_every_sort(tmp_path: Path, header: str, rows: list[str]) -> None:
    text = "\n".join([header, *rows]).encode("utf-8")
    for name, content in (("a.csv", text), ("a.csv.gz", gzip.compress(text)[:-3])):
        path = tmp_path / name
        path.write_bytes(content)
        check_source(path, tmp_path / "cache")


@given(st.data())
@quick
def test_damaged_archives(tmp_path: Path, data: st.DataObject) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("faces/fer2013.csv", f"{HEADER}\n{row()}\n")
    whole = data.draw(
        st.sampled_from([packed.getvalue(), gzip.compress(f"{HEADER}\n{row()}\n".encode())])
    )
    content = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.zip"
    path.write_bytes(bytes(content[: data.draw(st.integers(1, len(content)))]))
    check_source(path, tmp_path / "cache")


def _picture(kind: str, mode: str) -> bytes:
    stream = io.BytesIO()
    values = np.random.default_rng(0).integers(0, 256, (20, 30, 3), np.uint8)
    Image.fromarray(values).convert(mode).save(stream, kind)
    return stream.getvalue()


_PICTURES = [
    _picture(kind, mode)
    for kind, mode in (
        ("PNG", "L"),
        ("PNG", "P"),
        ("PNG", "RGBA"),
        ("PNG", "1"),
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("GIF", "P"),
        ("TIFF", "RGB"),
        ("TIFF", "F"),
        ("WEBP", "RGB"),
        ("BMP", "RGB"),
        ("PPM", "L"),
    )
]


@given(st.data())
@settings(quick, max_examples=150)
def test_damaged_pictures(tmp_path: Path, data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(_PICTURES)))
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "a.png"
    path.write_bytes(bytes(content[: data.draw(st.integers(0, len(content)))]))
    for read, shape in ((read_grey, 2), (read_colour, 3)):
        try:
            picture, message = read(path), ""
        except UnreadablePicture as error:
            picture, message = np.zeros([1] * shape, np.uint8), str(error)
        assert picture.dtype == np.uint8
        assert picture.ndim == shape
        assert "\n" not in message


_names = st.sampled_from(
    ["train", "test", "val", "happy", "sad", "0", "1", "images", "annotations", "train_set"]
)
_files = st.sampled_from(
    ["a.png", "S005_001_00000001.png", "train_00001_aligned.jpg", "label.csv", "1.jpg"]
    + ["1_exp.npy", "list_patition_label.txt", "training.csv", "fer2013new.csv", "x.csv"]
)
_contents = st.one_of(
    st.sampled_from(_PICTURES),
    st.sampled_from(
        [
            b"",
            b"train_00001.jpg 5\ntest_1.jpg\n",
            b"subDirectory_filePath,face_x,face_y,face_width,face_height,expression\nhappy/a.png,1,1,5,9e99,3\n",
            b'a.png,"(0, 0, 48, 48)",1,0,0,0,0,0,0,0,0,9\n',
            b"\x93NUMPY\x01\x00v\x00{'descr': '<U1', 'fortran_order': False, 'shape': (), }",
            f"{HEADER}\n{row()}\n".encode(),
        ]
    ),
    st.binary(max_size=40),
)


@given(st.lists(st.tuples(st.lists(_names, max_size=3), _files, _contents), max_size=8))
@settings(quick, max_examples=100)
def test_folders_of_every_sort(tmp_path: Path, files: list[tuple[list[str], str, bytes]]) -> None:
    root = tmp_path / "FER2013Train"
    shutil.rmtree(root, ignore_errors=True)
    root.mkdir()
    for folders, name, content in files:
        path = root.joinpath(*folders, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    check_source(root, tmp_path / "cache")
    one_sentence(lambda: read_votes(root))


@given(st.binary(max_size=300), st.booleans())
@quick
def test_votes_of_every_sort(tmp_path: Path, content: bytes, with_header: bool) -> None:
    path = tmp_path / "fer2013new.csv"
    head = b"Usage,Image name,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,"
    path.write_bytes((head + b"unknown,NF\n" if with_header else b"") + content)
    one_sentence(lambda: read_votes(path))


@given(st.recursive(st.none() | st.text(max_size=5) | st.integers(), st.lists, max_leaves=6))
@settings(quick, max_examples=20)
def test_libraries_of_every_sort(tmp_path: Path, value: object) -> None:
    library = Library(tmp_path / "datasets.json")
    for content in (value, {"format": 1, "datasets": value}):
        library.path.write_text(json.dumps(content), encoding="utf-8")
        assert library.entries == ()
