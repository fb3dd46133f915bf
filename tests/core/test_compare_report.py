"""The report and the command: complete, escaped, and with the numbers of the scores."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.core.compare_parts import make_run, make_scores
from trainer import runs
from trainer.cli import main
from trainer.compare.comparison import Comparison, compare_models, with_distinct_names
from trainer.compare.comparison_json import to_dict
from trainer.compare.model_card import model_card
from trainer.compare.models import Candidate, load_candidate
from trainer.compare.report import to_html
from trainer.compare.svg import Line, chart, ticks
from trainer.data.dataset import ExpressionDataset
from trainer.errors import MienError, OperationCancelled

HOSTILE = '"><script>alert(1)</script>|`<b>'


@pytest.fixture
def runs_of_three(tiny_model: str, demo: ExpressionDataset, tmp_path: Path) -> list[Candidate]:
    folder = tmp_path / "runs"
    make_run(folder / "a", demo)
    make_run(folder / "b", demo, seed=1)
    make_run(folder / "c", demo, seed=2, lr=0.1)
    return [load_candidate(folder / name) for name in "abc"]


@pytest.fixture
def comparison(
    runs_of_three: list[Candidate], demo: ExpressionDataset, tmp_path: Path
) -> Comparison:
    return compare_models(runs_of_three, demo, "train", cache_dir=tmp_path / "cache")


class Page(HTMLParser):
    """Checks that tags close in order, and gathers what a browser would load or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [str(value) for name, value in attrs if name in ("src", "href", "data")]
        self.links += [name for name, _ in attrs if name.startswith("on")]
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_an_expression_without_images_has_no_figures(comparison: Comparison) -> None:
    scores = make_scores([0, 1], [0, 2], [0.9, 0.8])
    first = replace(comparison.entries[0], scores=scores)
    comparison = replace(comparison, entries=(first, *comparison.entries[1:]))
    assert "surprise-no images-0" in Page(to_html(comparison)).text
    assert "| surprise | - | no images | - | 0 |" in model_card(comparison)
    found = to_dict(comparison)["models"][0]["scores"]["per_class"]["surprise"]
    assert (found["recall"], found["support"]) == (None, 0)


def test_the_report_holds_everything_and_loads_nothing(comparison: Comparison) -> None:
    page = Page(to_html(comparison))
    assert page.open == []
    assert page.links == []
    assert not {"script", "link", "img", "iframe", "object"} & set(page.tags)
    parts = ("Results", "Differences", "Data", "Recipe", "Learning curves", "Expressions")
    for part in (*parts, "Confidence", "Figures of others", "Limits", "Versions"):
        assert part in page.text
    accuracy = comparison.entries[0].scores.metrics["top1_accuracy"]
    assert f"{100 * accuracy:.1f} %" in page.text
    assert comparison.dataset_hash in page.text
    assert "It learnt" in page.text  # the training split was judged
    assert "2 seeds: mean" in page.text  # a and b differ by their seed
    assert page.tags.count("svg") >= 4
    assert "Khaireddin" in page.text


def test_names_from_outside_are_escaped(
    runs_of_three: list[Candidate], demo: ExpressionDataset, tmp_path: Path
) -> None:
    hostile = runs_of_three[0].with_marks(title=HOSTILE, note=HOSTILE)
    named = replace(demo, name=HOSTILE)
    found = compare_models([hostile, runs_of_three[1]], named, "val", cache_dir=tmp_path / "cache")
    page = Page(to_html(found))
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert page.open == []
    assert HOSTILE in page.text
    card = model_card(found)
    assert "<script>" not in card.replace("\\<", "")
    rows = [line for line in card.splitlines() if line.startswith("|")]
    assert all(len(re.findall(r"(?<!\\)\|", row)) >= 3 for row in rows)


def test_json_is_json_and_equals_the_scores(comparison: Comparison) -> None:
    found = json.loads(json.dumps(to_dict(comparison), allow_nan=False))
    for entry, model in zip(comparison.entries, found["models"], strict=True):
        assert model["scores"] == json.loads(json.dumps(entry.scores.report()))
        low, high = model["intervals"]["top1_accuracy"]
        assert low <= model["scores"]["top1_accuracy"] <= high
    assert set(found["differences_from_baseline"]) == {"b", "c"}
    assert found["seeds"][0]["models"] == ["a", "b"]


def test_models_of_one_name_are_told_apart_and_both_keep_their_verdict(
    runs_of_three: list[Candidate], demo: ExpressionDataset, tmp_path: Path
) -> None:
    first, *others = runs_of_three
    same = [replace(one, marks=replace(one.marks, title="mine")) for one in others]
    found = compare_models([first, *same], demo, "val", cache_dir=tmp_path / "cache")
    names = [entry.candidate.name for entry in found.entries]
    assert names == ["a", "mine (runs) (1)", "mine (runs) (2)"]
    assert set(to_dict(found)["differences_from_baseline"]) == set(names[1:])
    elsewhere = replace(same[1], path=tmp_path / "elsewhere" / "c")
    told = [one.name for one in with_distinct_names([same[0], elsewhere])]
    assert told == ["mine (runs)", "mine (elsewhere)"]


def test_one_model_and_votes(
    runs_of_three: list[Candidate], demo: ExpressionDataset, tmp_path: Path
) -> None:
    import torch

    votes = torch.zeros((len(demo), 10), dtype=torch.uint8)
    votes[:, 1] = 10
    found = compare_models(
        runs_of_three[:1],
        replace(demo, votes=votes),
        "test",
        cache_dir=tmp_path / "cache",
        with_speed=True,
    )
    assert found.verdicts == {}
    assert found.entries[0].calibration is None  # 28 images are too few
    page = Page(to_html(found))
    assert "of ten people agree" in page.text
    assert "ms a face" in page.text
    assert "Differences" not in page.text
    assert "one thread" in model_card(found)
    json.dumps(to_dict(found), allow_nan=False)
    with pytest.raises(MienError, match="no model"):
        compare_models([], demo, "val")
    with pytest.raises(OperationCancelled):
        compare_models(runs_of_three, demo, "val", lambda: True, cache_dir=tmp_path / "other")


def test_the_command(
    runs_of_three: list[Candidate],
    demo_csv: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))
    names = [candidate.key for candidate in runs_of_three]
    html, card = tmp_path / "report.html", tmp_path / "card.md"
    options = ["--data", str(demo_csv), "--split", "val"]
    assert main(["compare", *names, *options, "--html", str(html), "--card", str(card)]) == 0
    text = capsys.readouterr().out
    assert "c against a:" in text
    assert "McNemar" in text
    assert html.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert card.read_text(encoding="utf-8").startswith("# Model card: a\n")
    assert main(["compare", names[0], *options, "--json"]) == 0
    printed = json.loads(capsys.readouterr().out)
    scored = ["--weights", str(Path(names[0]) / runs.ONNX)]
    assert main(["evaluate", *scored, *options]) == 0
    assert printed["models"][0]["scores"] == json.loads(capsys.readouterr().out)
    assert main(["compare", "light", "classic", "default", *options]) == 0
    text = capsys.readouterr().out
    assert "vgg9_bn against lightnet:" in text
    assert "lightnet_columns against lightnet:" in text


def test_the_command_refuses_in_one_line(
    runs_of_three: list[Candidate],
    demo_csv: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / "empty").mkdir()
    bad = runs_of_three[2].path
    for name in (runs.ONNX, runs.WEIGHTS):
        (bad / name).write_bytes(b"")
    key = runs_of_three[0].key
    wrong = {
        str(tmp_path / "absent"): "no run or model at",
        str(tmp_path / "empty"): "is no run folder",
        str(bad): "no sound",
        key: "named twice",
    }
    for name, reason in wrong.items():
        assert main(["compare", key, name, "--data", str(demo_csv)]) == 2
        error = capsys.readouterr().err
        assert reason in error
        assert error.count("\n") == 1


def test_charts_bear_odd_values() -> None:
    nan = float("nan")
    lines = [Line("<a>", [1, 2, 3], [0.1, nan, 0.3]), Line("b", [], []), Line("c", [2], [0.2])]
    text = chart("t", lines, "x", "y", percent=True, marks=[(2.5, "30/s")])
    assert "nan" not in text.lower().replace("nano", "")
    assert "&lt;a&gt;" in text
    assert chart("t", [], "x", "y").startswith("<svg")
    assert chart("t", [Line("flat", [5, 5], [1, 1])], "x", "y")
    assert ticks(0, 1) == [0, 0.2, 0.4, 0.6, 0.8, 1.0]
    assert ticks(3, 3) == [3]
