"""The page that repeats the report's tables: only what was run, beside what was published."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from dataclasses import replace
from pathlib import Path

import pytest

from tests.core.compare_parts import make_run
from tools.make_report import main
from tools.report_text import accuracy_at, balancing_table, explain, other_settings, published
from trainer import runs
from trainer.config import TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.events import EpochFinished
from trainer.presets import preset
from trainer.runs import Run, load_run


def _history(*pairs: tuple[float, float, float]) -> tuple[EpochFinished, ...]:
    """Epochs of (training accuracy, PublicTest accuracy, PublicTest loss)."""
    return tuple(
        EpochFinished(number, 1.0, train, loss, val, 0.3, 0.01, 80.0, 2.0, True)
        for number, (train, val, loss) in enumerate(pairs)
    )


def _run(model: str, history: tuple[EpochFinished, ...], **settings: object) -> Run:
    environment = {"dataset": {"counts": {"val": [467, 56, 496, 895, 653, 415, 607]}}}
    config = preset("report", model).changed(**settings)
    return Run(Path("run"), config, history, {}, environment)


@pytest.fixture
def folders(demo: ExpressionDataset, tmp_path: Path) -> list[Path]:
    made = []
    for model, epochs in (("lenet", 3), ("resnet11", 2)):
        folder = make_run(tmp_path / f"report_{model}", demo, model=model, epochs=epochs)
        preset("report", model).changed(epochs=epochs).save(folder / runs.CONFIG)
        made.append(folder)
    return made


def test_one_command_writes_page_and_picture(folders: list[Path], tmp_path: Path) -> None:
    out = tmp_path / "docs" / "report.md"
    out.parent.mkdir()
    assert main([*map(str, folders), "--out", str(out), "--seconds", "0.05"]) == 0
    page = out.read_text(encoding="utf-8")
    lenet = load_run(folders[0])
    best = lenet.best_epoch
    assert best is not None
    row = next(line for line in page.splitlines() if line.startswith("| LeNet |"))
    assert f"| {best.val_accuracy:.1%} (epoch {best.epoch + 1}) |" in row
    assert "| 42.8 % |" in row
    assert "| 3 of 3 |" in row
    assert "## Does ResNet-11 overfit?" in page
    assert "does not show so early" in page
    assert "No run was given for: VGG-9; VGG-11, ImageNet; ResNet-18, ImageNet;" in page
    picture = ElementTree.fromstring(out.with_suffix(".svg").read_text(encoding="utf-8"))
    lines = picture.findall(".//{http://www.w3.org/2000/svg}polyline")
    assert [len(line.attrib["points"].split()) for line in lines] == [3, 3, 2, 2]


def test_a_run_without_an_epoch_is_refused(
    demo: ExpressionDataset, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = make_run(tmp_path / "young", demo, model="lenet")
    (folder / runs.RESULTS).unlink()
    assert main([str(folder), "--out", str(tmp_path / "report.md")]) == 2
    assert "has no finished epoch yet" in capsys.readouterr().err
    assert not (tmp_path / "report.md").exists()


def test_an_overfitted_run_is_explained_by_its_curves() -> None:
    run = _run("resnet11", _history((0.4, 0.41, 1.5), (0.6, 0.5, 1.4), (0.9, 0.49, 2.2)))
    text = explain(run)
    assert "50.0% on PublicTest, 5.8 points above the report's 44.2 %" in text
    assert "right for 90.0% of the images it learns and 49.0% of PublicTest" in text
    assert "lowest in epoch 2 (1.40) and ended at 2.20" in text
    assert "still rising" not in text


def test_a_short_run_and_one_that_learnt_nothing_are_told_apart() -> None:
    rising = explain(_run("vgg9_bn", _history((0.4, 0.41, 1.5), (0.5, 0.48, 1.4))))
    assert "still rising after 2 epochs, by 7.0 points" in rising
    assert "2 of the 30 epochs" in rising
    assert "rose by 10.0 points in the last one to 50.0%" in rising
    stuck = explain(_run("vgg9_dropout", _history((0.25, 0.249, 1.8), (0.25, 0.249, 1.8))))
    assert "did not converge" in stuck
    assert "the report gives no figure" in stuck
    even = explain(_run("vgg9", _history((0.6, 0.59, 1.1))))
    assert "no more than chance" in even


def test_figures_go_with_what_was_done() -> None:
    balanced = preset("report", "vgg9").changed(balance={"disgust": 10})
    assert published(balanced).accuracy == pytest.approx(0.588)
    assert published(preset("report", "vgg11_imagenet")).accuracy == pytest.approx(0.621)
    assert published(TrainConfig(model="vgg11_imagenet")) is None  # it started at random
    assert published(TrainConfig(model="vgg9_dropout")) is None
    assert other_settings(preset("report", "lenet").changed(seed=3, epochs=5)) == {"epochs": 5}


def test_balancing_is_held_against_the_same_network_without() -> None:
    def epochs(recall: float, count: int) -> tuple[EpochFinished, ...]:
        shown = (0.5, recall, *[0.5] * 5)
        return tuple(
            replace(one, val_recall=shown) for one in _history(*[(0.4, 0.45, 1.5)] * count)
        )

    plain = _run("vgg9_bn", epochs(0.0, 3))
    other = _run("lenet", epochs(0.7, 2))
    balanced = _run("vgg9_bn", epochs(0.25, 2), balance={"disgust": 10})
    rows = balancing_table([other, plain, balanced]).splitlines()
    assert rows[0].startswith("| epoch | disgust recalled: without / with |")
    assert rows[2:] == [
        "| 1 | 0.0% / 25.0% | 0.300 / 0.300 | 45.0% / 45.0% |",
        "| 2 | 0.0% / 25.0% | 0.300 / 0.300 | 45.0% / 45.0% |",
    ]
    assert balancing_table([other, balanced]) == ""


def test_accuracy_at_the_same_fit_is_interpolated() -> None:
    history = _history((0.4, 0.30, 1.0), (0.6, 0.40, 1.0))
    assert accuracy_at(history, 0.5) == pytest.approx(0.35)
    assert accuracy_at(history, 0.7) is None
    assert accuracy_at(history, 0.3) is None
