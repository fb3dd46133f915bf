"""``--data`` and ``--class-map`` of the commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trainer.cli import main
from trainer.commands.data_source import open_data, parse_class_map
from trainer.data.dataset import ExpressionDataset
from trainer.data.export import export_image_folder
from trainer.data.library import DatasetEntry, Library
from trainer.errors import MienError


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the cache and the library of the person at this computer out of it."""
    for name in ("data_dir", "cache_dir"):
        monkeypatch.setattr(f"trainer.paths.{name}", lambda: tmp_path / "home")
    monkeypatch.setattr("trainer.data.default_cache_dir", lambda: tmp_path / "home")
    monkeypatch.setattr("trainer.data.library.data_dir", lambda: tmp_path / "home")
    return tmp_path / "home"


def test_class_maps_are_parsed() -> None:
    assert parse_class_map(None) is None
    assert parse_class_map(["0=anger", "a=b=fear", "7=-"]) == {
        "0": "anger",
        "a=b": "fear",
        "7": None,
    }
    assert (parse_class_map(["RAF-DB", "7=-"]) or {})["1"] == "surprise"
    for bad in ("anger", "=anger", "0="):
        with pytest.raises(MienError, match="THEIRS=OURS"):
            parse_class_map([bad])


def test_evaluate_takes_folders(
    demo: ExpressionDataset, demo_csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    export_image_folder(demo, tmp_path / "faces")
    scores = []
    for source in (demo_csv, tmp_path / "faces"):
        assert main(["evaluate", "--data", str(source)]) == 0
        scores.append(json.loads(capsys.readouterr().out))
    assert scores[0]["n"] == scores[1]["n"] > 0
    assert scores[0]["top1_accuracy"] == scores[1]["top1_accuracy"]


def test_without_a_class_map_the_last_one_counts(demo: ExpressionDataset, tmp_path: Path) -> None:
    root = tmp_path / "faces"
    export_image_folder(demo, root)
    (root / "train" / "anger").rename(root / "train" / "1")
    plain = open_data(root)
    Library().remember(DatasetEntry("faces", root, "image-folder", class_map={"1": "anger"}))
    assert len(open_data(root)) > len(plain)
    assert len(open_data(root, class_map=["1=-"])) == len(plain)
