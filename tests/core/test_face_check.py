"""The face check, on pictures that leave no doubt."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from trainer.data import load_dataset
from trainer.face_check import face_finder


def test_pictures_without_anything_show_no_face() -> None:
    images = np.zeros((3, 48, 48), np.uint8)
    images[1] = 200
    images[2] = np.linspace(0, 255, 48).astype(np.uint8)
    assert not face_finder()(images).any()
    assert face_finder()(images[:0]).shape == (0,)


@pytest.mark.media
@pytest.mark.slow
def test_agrees_with_human_votes_on_fer2013(shared_folder: Path, tmp_path: Path) -> None:
    source, votes_file = (shared_folder / "data" / n for n in ("fer2013.csv.gz", "fer2013new.csv"))
    if not source.is_file() or not votes_file.is_file():
        pytest.skip("no FER2013")
    with open(votes_file, encoding="utf-8") as stream:
        no_face = np.array([int(row["NF"]) for row in csv.DictReader(stream)])
    images = load_dataset(source, cache_dir=tmp_path).images.numpy()[:, 0]
    find = face_finder()
    called_faceless = np.flatnonzero(no_face >= 6)
    seen = find(images[called_faceless])
    assert 0.35 < np.mean(~seen) < 0.6
    faces = np.random.default_rng(0).choice(np.flatnonzero(no_face == 0), 1500, replace=False)
    assert np.mean(~find(images[faces])) < 0.004
