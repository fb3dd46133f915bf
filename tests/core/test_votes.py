"""FER+ votes: read, joined by row, refused when they do not belong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.core.conftest import row
from trainer.data import load_dataset
from trainer.data.sources import inspect_source
from trainer.data.votes import VOTE_COLUMNS, read_votes, vote_targets
from trainer.errors import DataError

WriteCsv = Callable[..., Path]
VOTES_HEADER = "Usage,Image name," + ",".join(VOTE_COLUMNS)


def vote(usage: str = "Training", name: str = "x.png", **votes: int) -> str:
    return f"{usage},{name}," + ",".join(str(votes.get(column, 0)) for column in VOTE_COLUMNS)


@pytest.fixture
def write_votes(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str, name: str = "fer2013new.csv", header: str = VOTES_HEADER) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
        return path

    return write


def test_bad_rows_of_the_data_keep_their_place(
    write_csv: WriteCsv, write_votes: WriteCsv, tmp_path: Path
) -> None:
    data = write_csv(row(0), row(9), row(2), row(3, usage="PublicTest"))
    votes = write_votes(
        vote(anger=10),
        vote(disgust=10),
        vote(name="", NF=10),
        vote("PublicTest", happiness=7, neutral=3),
    )
    assert inspect_source(data).votes_path == votes
    for _ in range(2):  # parsed, then from the cache
        dataset = load_dataset(data, votes=votes, cache_dir=tmp_path / "cache")
        assert dataset.votes is not None
        assert dataset.votes.argmax(dim=1).tolist() == [
            VOTE_COLUMNS.index(name) for name in ("anger", "NF", "happiness")
        ]
    plain = load_dataset(data, cache_dir=tmp_path / "cache")
    assert plain.votes is None
    assert plain.content_hash == dataset.content_hash


def test_a_split_that_the_data_lacks_is_passed_over(
    write_csv: WriteCsv, write_votes: WriteCsv, tmp_path: Path
) -> None:
    data = write_csv(row(0), row(1, usage="PublicTest"))
    votes = write_votes(
        vote(fear=10), vote("PrivateTest", anger=10), vote("PublicTest", sadness=10)
    )
    dataset = load_dataset(data, votes=votes, cache_dir=tmp_path / "cache")
    assert dataset.votes is not None
    assert [VOTE_COLUMNS[i] for i in dataset.votes.argmax(dim=1).tolist()] == ["fear", "sadness"]


def test_labels_can_come_from_the_votes(
    write_csv: WriteCsv, write_votes: WriteCsv, tmp_path: Path
) -> None:
    data = write_csv(row(0), row(0), row(0))
    votes = write_votes(vote(fear=6, anger=4), vote(fear=5, anger=5), vote(contempt=10))
    dataset = load_dataset(data, votes=votes, labels_from_votes=True, cache_dir=tmp_path / "cache")
    assert dataset.targets.tolist() == [2, -1, -1]
    plain = load_dataset(data, cache_dir=tmp_path / "cache")
    assert plain.targets.tolist() == [0, 0, 0]
    assert plain.content_hash != dataset.content_hash


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([vote()], "1 rows of votes for 2 rows of data"),
        ([vote(), vote(), vote()], "3 rows of votes for 2 rows of data"),
        ([vote("PublicTest"), vote()], "row 1 is val in the votes and train in the data"),
        ([vote(), vote("Holiday")], "Line 3 of .* unknown usage 'Holiday'"),
        ([vote(), "Training,x.png,1,2"], "Line 3 of .* ten numbers"),
        ([vote(), vote(fear=256)], "Line 3 of .* ten numbers"),
        ([vote(), vote(fear=-1)], "Line 3 of .* ten numbers"),
        ([], "holds no votes"),
    ],
)
def test_votes_that_do_not_belong_are_refused(
    write_csv: WriteCsv, write_votes: WriteCsv, tmp_path: Path, lines: list[str], words: str
) -> None:
    data = write_csv(row(0), row(1, usage="PublicTest"))
    with pytest.raises(DataError, match=words) as caught:
        load_dataset(data, votes=write_votes(*lines), cache_dir=tmp_path / "cache")
    assert "\n" not in str(caught.value)


def test_another_csv_is_no_votes_file(write_csv: WriteCsv, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"no file with FER\+ votes"):
        read_votes(write_csv(row()))
    with pytest.raises(DataError, match="There is no file with votes"):
        read_votes(tmp_path / "gone.csv")
    with pytest.raises(DataError, match="neither fer2013new.csv nor"):
        read_votes(tmp_path)


def test_ferplus_folders_in_their_order(tmp_path: Path) -> None:
    for folder, name in (("FER2013Valid", "b.png"), ("FER2013Train", "a.png")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "label.csv").write_text(
            f'{name},"(0, 0, 48, 48)",1,0,0,0,0,0,0,0,0,9\n'
        )
    votes = read_votes(tmp_path)
    assert votes.names == ("a.png", "b.png")
    assert votes.splits.tolist() == [0, 1]
    assert votes.votes[0].tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 9]


@pytest.mark.media
def test_real_votes(shared_folder: Path, tmp_path: Path) -> None:
    source = shared_folder / "data" / "fer2013.csv.gz"
    if not source.is_file():
        pytest.skip(f"no FER2013 at {source}")
    dataset = load_dataset(
        source, votes=source.parent / "fer2013new.csv", cache_dir=tmp_path / "cache"
    )
    assert dataset.votes is not None
    # The two sets of labels agree for about two thirds of the images: the rows fit.
    wanted = vote_targets(dataset.votes.numpy())
    judged = wanted >= 0
    assert (wanted[judged] == dataset.targets.numpy()[judged]).mean() > 0.6
