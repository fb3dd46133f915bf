"""Data sets as folders of pictures: recognised by content, mapped by name, split without leaks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from trainer.data import load_dataset
from trainer.data.dataset import ExpressionDataset
from trainer.data.sources import inspect_source
from trainer.errors import DataError, OperationCancelled
from trainer.labels import EXPRESSIONS, SPLITS

Draw = Callable[..., Path]


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    """Return a function that draws a grey picture whose pixels tell pictures apart."""
    made = [0]

    def make(name: str, size: tuple[int, int] = (48, 48), mode: str = "L") -> Path:
        made[0] += 1
        path = tmp_path / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(made[0]).integers(0, 256, (size[1], size[0]), np.uint8)
        Image.fromarray(pixels).convert(mode).save(path)
        return tmp_path / "data"

    return make


def load(root: Path, **options: object) -> ExpressionDataset:
    return load_dataset(root, cache_dir=root.parent / "cache", **options)  # type: ignore[arg-type]


def labels(dataset: ExpressionDataset, split: str) -> list[str]:
    return [dataset.class_names[dataset.targets[i]] for i in dataset.indices(split).tolist()]


def test_splits_and_class_names_of_folders(draw: Draw) -> None:
    draw("Train/Angry/1.png")
    draw("Train/1_happy/2.png")
    draw("valid/sad/deeper/3.png")
    root = draw("TEST/Surprised/4.png")
    info = inspect_source(root)
    assert info.kind == "image-folder"
    assert info.class_map["1_happy"] == "happiness"
    assert info.counts["test"]["Surprised"] == 1
    dataset = load(root)
    assert labels(dataset, "train") == ["happiness", "anger"]
    assert labels(dataset, "val") == ["sadness"]
    assert labels(dataset, "test") == ["surprise"]
    assert dataset.files == tuple(sorted(dataset.files))
    pixels = np.asarray(Image.open(root / dataset.files[0]))
    assert (dataset.images[0, 0].numpy() == pixels).all()


def test_validation_is_drawn_from_train_never_from_test(draw: Draw) -> None:
    for number in range(20):
        draw(f"images/train/happy/{number}.png")
        draw(f"images/train/sad/{number}.png")
        root = draw(f"images/test/happy/{number}.png")
    dataset = load(root)
    assert labels(dataset, "val") == ["happiness"] * 2 + ["sadness"] * 2
    assert len(labels(dataset, "test")) == 20
    assert all("train/" in dataset.files[index] for index in dataset.indices("val").tolist())
    assert any("validation" in note for note in dataset.notes)
    again = load(root)
    assert again.content_hash == dataset.content_hash
    assert again.files == dataset.files
    assert again.notes == dataset.notes


def test_without_splits_each_class_gives_its_share(draw: Draw) -> None:
    for number in range(10):
        draw(f"fear/{number}.jpg")
        root = draw(f"neutral/{number}.jpg")
    dataset = load(root)
    assert dataset.counts()[EXPRESSIONS.index("fear")].tolist() == [8, 2, 0]
    assert dataset.counts()[EXPRESSIONS.index("neutral")].tolist() == [8, 2, 0]


def test_numbers_are_not_guessed(draw: Draw) -> None:
    draw("train/0/1.png")
    root = draw("train/1/2.png")
    info = inspect_source(root)
    assert info.class_map == {"0": None, "1": None}
    assert any("numbers" in note for note in info.notes)
    with pytest.raises(DataError, match="are numbers"):
        load(root)
    dataset = load(root, class_map={"0": "surprise", "1": "fear"})
    assert sorted(dataset.targets.tolist()) == [2, 5]


def test_contempt_is_kept_only_when_asked_for(draw: Draw) -> None:
    draw("anger/1.png")
    draw("fear/1.png")
    root = draw("contempt/1.png")
    dataset = load(root)
    assert len(dataset) == 2
    assert dataset.class_names == EXPRESSIONS
    assert any("contempt" in note for note in dataset.notes)
    asked = load(root, class_map={"contempt": "contempt"})
    assert asked.class_names == (*EXPRESSIONS, "contempt")
    assert 7 in asked.targets.tolist()


def test_people_of_ck_plus_are_never_parted(draw: Draw) -> None:
    for person in range(20):
        for name in ("anger", "happy", "contempt"):
            for frame in (1, 2, 3):
                root = draw(f"CK+48/{name}/S{person:03}_001_{frame:08}.png")
    info = inspect_source(root)
    assert info.kind == "ckplus48"
    dataset = load(root)
    people = [name.rpartition("/")[2][:4] for name in dataset.files]
    by_split = {
        split: {people[index] for index in dataset.indices(split).tolist()} for split in SPLITS
    }
    assert len(by_split["val"]) == 4
    assert not by_split["train"] & by_split["val"]
    assert len(dataset) == 120
    assert any("no person in both" in note for note in dataset.notes)


def test_a_broken_picture_is_named_and_the_others_load(draw: Draw) -> None:
    draw("happy/1.png")
    root = draw("sad/2.png")
    (root / "sad" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 no picture")
    (root / "sad" / "words.jpg").write_text("no picture", encoding="utf-8")
    (root / "sad" / "empty.png").write_bytes(b"")
    dataset = load(root)
    assert len(dataset) == 2
    names = ["sad/broken.jpg", "sad/empty.png", "sad/words.jpg"]
    assert [problem.file for problem in dataset.problems] == names
    assert dataset.problems[1].reason == "sad/empty.png: is empty"
    assert dataset.problems[2].reason == "sad/words.jpg: is not a picture that can be read"
    assert dataset.problems[0].reason.startswith("sad/broken.jpg: ")
    assert load(root).problems == dataset.problems


def test_cancel_and_progress(draw: Draw) -> None:
    draw("happy/1.png")
    root = draw("sad/2.png")
    with pytest.raises(OperationCancelled):
        load(root, should_stop=lambda: True)
    seen: list[float] = []
    load(root, on_progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


@pytest.mark.parametrize("change", ["new", "gone", "content"])
def test_a_changed_folder_is_read_again(draw: Draw, change: str) -> None:
    draw("happy/1.png")
    draw("happy/2.png")
    root = draw("sad/2.png")
    before = load(root)
    if change == "new":
        draw("sad/3.png")
    elif change == "gone":
        (root / "happy" / "1.png").unlink()
    else:
        draw("happy/1.png")
    assert load(root).content_hash != before.content_hash
