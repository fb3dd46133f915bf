"""RAF-DB, AffectNet, FER+ folders and photos: each with its own numbering and files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.core.test_layouts import Draw, draw, labels, load  # noqa: F401 - draw is a fixture
from trainer.data.sources import inspect_source
from trainer.errors import DataError
from trainer.photo_faces import PhotoFaces


def test_raf_db_with_its_list(draw: Draw) -> None:  # noqa: F811
    for number in range(1, 21):
        draw(f"basic/Image/aligned/train_{number:05}_aligned.jpg", (100, 100), "RGB")
    root = draw("basic/Image/aligned/test_0001_aligned.jpg", (100, 100), "RGB")
    (root / "basic/EmoLabel").mkdir()
    lines = [f"train_{number:05}.jpg {1 if number < 11 else 7}" for number in range(1, 22)]
    lines += ["test_0001.jpg 4", "nonsense"]
    (root / "basic/EmoLabel/list_patition_label.txt").write_text("\n".join(lines))
    info = inspect_source(root)
    assert info.kind == "raf-db"
    assert info.class_map["5"] == "sadness"
    assert info.total == 21
    dataset = load(root)
    assert labels(dataset, "train") == ["surprise"] * 9 + ["neutral"] * 9
    assert labels(dataset, "val") == ["surprise", "neutral"]
    assert labels(dataset, "test") == ["happiness"]
    reasons = " ".join(problem.reason for problem in dataset.problems)
    assert "train_00021.jpg: there is no such picture" in reasons
    assert "line 23" in reasons


def test_a_mirror_of_raf_db_keeps_its_own_numbers(draw: Draw) -> None:  # noqa: F811
    draw("DATASET/train/1/train_00001_aligned.jpg")
    draw("DATASET/train/6/train_00002_aligned.jpg")
    root = draw("DATASET/test/3/test_0001_aligned.jpg")
    dataset = load(root)
    assert dataset.kind == "raf-db"
    assert labels(dataset, "train") == ["surprise", "anger"]
    assert labels(dataset, "test") == ["disgust"]


@pytest.mark.parametrize(
    ("name", "kind", "first"),
    [("RAF-DB", "raf-db", "surprise"), ("affectnet_small", "affectnet", "happiness")],
)
def test_bare_numbers_mean_what_the_folder_is_called_after(
    draw: Draw,  # noqa: F811
    name: str,
    kind: str,
    first: str,
) -> None:
    for number in range(1, 8):
        for picture in range(2):
            draw(f"{name}/train/{number}/{picture}.png")
    root = draw(f"{name}/test/1/9.png")
    dataset = load(root)
    assert dataset.kind == kind
    assert labels(dataset, "test") == [first]
    assert name in " ".join(dataset.notes)
    said = load(root, class_map={"1": "anger"})
    assert labels(said, "test") == ["anger"]


def test_numbers_below_a_data_sets_name_are_that_data_sets(draw: Draw) -> None:  # noqa: F811
    draw("AffectNet-8/train/0/a.jpg")
    draw("AffectNet-8/train/7/b.jpg")
    root = draw("AffectNet-8/val/4/c.jpg")
    notes = inspect_source(root).notes
    assert any("The classes 7 (1 pictures) are none of Mien's seven" in note for note in notes)
    dataset = load(root)
    assert dataset.kind == "affectnet"
    assert (labels(dataset, "train"), labels(dataset, "val")) == (["neutral"], ["fear"])
    assert any("named after AffectNet" in note for note in dataset.notes)
    asked = load(root, class_map={"0": "anger", "7": "contempt"})
    assert labels(asked, "train") == ["anger", "contempt"]


def test_affectnet_with_arrays(draw: Draw) -> None:  # noqa: F811
    root = draw("train_set/images/0.jpg", (224, 224), "RGB")
    for name, value in (("1", np.array("1")), ("2", np.array(7)), ("3", np.array("x"))):
        draw(f"train_set/images/{name}.jpg", (224, 224), "RGB")
        (root / "train_set/annotations").mkdir(exist_ok=True)
        np.save(root / f"train_set/annotations/{name}_exp.npy", value)
    draw("val_set/images/4.jpg")
    (root / "val_set/annotations").mkdir()
    np.save(root / "val_set/annotations/4_exp.npy", np.array("6"))
    dataset = load(root)
    assert dataset.kind == "affectnet"
    assert labels(dataset, "train") == ["happiness"]
    assert labels(dataset, "val") == ["anger"]
    assert [problem.file for problem in dataset.problems] == [
        "train_set/images/0.jpg",
        "train_set/images/3.jpg",
    ]
    asked = load(root, class_map={"7": "contempt"})
    assert labels(asked, "train") == ["happiness", "contempt"]


def test_affectnet_as_tables_cuts_out_the_face(draw: Draw) -> None:  # noqa: F811
    root = draw("Images/12/a.png", (100, 80))
    header = "subDirectory_filePath,face_x,face_y,face_width,face_height,expression\n"
    (root / "training.csv").write_text(header + "12/a.png,10,20,48,48,3\n12/gone.png,0,0,9,9,1\n")
    dataset = load(root)
    assert labels(dataset, "train") == ["surprise"]
    pixels = np.asarray(Image.open(root / "Images/12/a.png"))[20:68, 10:58]
    assert (dataset.images[0, 0].numpy() == pixels).all()
    assert len(dataset.problems) == 1


def test_folders_of_fer_plus(draw: Draw) -> None:  # noqa: F811
    for number in range(4):
        draw(f"data/FER2013Train/fer{number:07}.png")
    root = draw("data/FER2013Valid/fer0000009.png")
    box = '"(0, 0, 48, 48)"'
    rows = ["9,0,0,0,1,0,0,0,0,0", "5,5,0,0,0,0,0,0,0,0", "0,0,0,0,0,0,0,10,0,0"]
    text = [f"fer{number:07}.png,{box},{row}" for number, row in enumerate(rows)]
    (root / "data/FER2013Train/label.csv").write_text("\n".join(text))
    (root / "data/FER2013Valid/label.csv").write_text(
        f"fer0000009.png,{box},0,0,8,0,0,0,2,0,0,0\nfer0000099.png,{box},1,0,0,0,0,0,0,0,0,0\n"
    )
    dataset = load(root)
    assert dataset.kind == "fer-plus folders"
    assert dataset.targets.tolist() == [6, -1, 5]  # contempt is left out, a tie unlabelled
    assert dataset.splits.tolist() == [0, 0, 1]
    assert dataset.votes is not None
    assert dataset.votes[2].tolist() == [0, 0, 8, 0, 0, 0, 2, 0, 0, 0]
    again = load(root)
    assert again.votes is not None
    assert again.votes.tolist() == dataset.votes.tolist()


def test_a_folder_of_photos_needs_the_detector(draw: Draw) -> None:  # noqa: F811
    draw("party/1.jpg", (200, 100), "RGB")
    root = draw("2.jpg", (100, 100), "RGB")
    info = inspect_source(root)
    assert (info.kind, info.labelled, info.total) == ("photos", False, 2)
    with pytest.raises(DataError, match="photos without labels"):
        load(root)

    def two_in_wide_ones(photo: np.ndarray) -> np.ndarray:
        return np.zeros((2 if photo.shape[1] == 200 else 0, 48, 48), np.uint8)

    dataset = load(root, find_faces=two_in_wide_ones)
    assert dataset.files == ("party/1.jpg", "party/1.jpg")
    assert dataset.targets.tolist() == [-1, -1]
    assert dataset.groups is not None
    assert len(set(dataset.groups.tolist())) == 1
    assert dataset.problems[0].reason == "2.jpg: no face was found"


@pytest.mark.media
def test_faces_of_real_photos(shared_folder: Path, tmp_path: Path) -> None:
    photos = sorted((shared_folder / "media").rglob("*.jpg"))[:6]
    if not photos:
        pytest.skip("no photos beside the project")
    root = tmp_path / "data"
    root.mkdir()
    for photo in photos:
        (root / photo.name).write_bytes(photo.read_bytes())
    dataset = load(root, find_faces=PhotoFaces())
    assert len(dataset) >= 1
    assert dataset.images.float().std() > 20
