"""An export is compared with what was trained; 8 bits are kept only if they are worth it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from trainer import parity
from trainer.checked_export import export_checked
from trainer.cli import main
from trainer.data.dataset import ExpressionDataset
from trainer.export import export_onnx
from trainer.inference.classifier import OnnxClassifier
from trainer.metadata import ModelMetadata
from trainer.models import create_model
from trainer.parity import Int8Report, compare_int8, compare_onnx
from trainer.temperature import Temperature
from trainer.weights import save_weights

EIGHT_BITS = {"val_top1_accuracy": 0.664, "val_macro_f1": 0.62, "val_log_loss": 0.97}
WORTH = Int8Report(3589, 0.664, 0.667, 3.0, 12.0, 18.0, 72.0, EIGHT_BITS)


@pytest.fixture
def weights(tiny_model: str, tmp_path: Path) -> Path:
    torch.manual_seed(0)
    path = tmp_path / "best.safetensors"
    save_weights(path, create_model(tiny_model).state_dict(), ModelMetadata(tiny_model))
    return path


@pytest.mark.parametrize("with_data", [True, False])
def test_an_export_agrees_and_another_network_does_not(
    tiny_model: str, demo: ExpressionDataset, tmp_path: Path, with_data: bool
) -> None:
    torch.manual_seed(0)
    model, metadata = (
        create_model(tiny_model).eval(),
        ModelMetadata(tiny_model, temperature=Temperature(1.3)),
    )
    export_onnx(model, metadata, tmp_path / "m.onnx")
    data = demo if with_data else None
    same = compare_onnx(model, metadata, tmp_path / "m.onnx", data)
    assert same.agrees
    assert same.same_label == same.images == (56 if with_data else 100)
    assert same.drawn is not with_data
    other = compare_onnx(create_model(tiny_model).eval(), metadata, tmp_path / "m.onnx", data)
    assert not other.agrees


def test_eight_bits_must_be_faster_and_lose_little() -> None:
    assert WORTH.worth_it
    assert WORTH.loss == pytest.approx(0.003)
    assert not replace(WORTH, accuracy=0.660).worth_it
    assert not replace(WORTH, face_ms=12.5).worth_it
    assert "-0.30 points" in WORTH.sentence()


def test_the_figures_are_those_of_the_files(
    tiny_model: str, demo: ExpressionDataset, tmp_path: Path
) -> None:
    torch.manual_seed(0)
    model, metadata = create_model(tiny_model).eval(), ModelMetadata(tiny_model)
    export_onnx(model, metadata, tmp_path / "m.onnx")
    figures = compare_int8(tmp_path / "m.onnx", tmp_path / "m.onnx", demo)
    assert figures.n == 56
    assert figures.loss == 0
    assert figures.face_ms > 0
    assert figures.megabytes == figures.full_megabytes
    assert figures.metrics["val_top1_accuracy"] == figures.accuracy


@pytest.mark.parametrize("own_data", [True, False])
def test_an_8_bit_file_tells_its_own_scores(
    tiny_model: str,
    demo: ExpressionDataset,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    own_data: bool,
) -> None:
    monkeypatch.setattr(parity, "compare_int8", lambda *files: WORTH)
    metadata = ModelMetadata(
        tiny_model,
        dataset_hash=demo.content_hash if own_data else "another",
        metrics={**EIGHT_BITS, "val_top1_accuracy": 0.667, "epoch": 3},
    )
    export_checked(create_model(tiny_model).eval(), metadata, tmp_path / "m.onnx", demo, int8=True)
    told = OnnxClassifier(tmp_path / "m.onnx").metadata.metrics
    assert told == ({"epoch": 3, **EIGHT_BITS} if own_data else {"epoch": 3})


@pytest.mark.parametrize("worth_it", [True, False])
def test_the_command_writes_eight_bits_only_when_worth_it(
    weights: Path,
    demo_csv: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    worth_it: bool,
) -> None:
    figures = WORTH if worth_it else replace(WORTH, accuracy=0.6)
    monkeypatch.setattr(parity, "compare_int8", lambda *files: figures)
    out, report = tmp_path / "m.onnx", tmp_path / "report.json"
    code = main(
        ["export", "--weights", str(weights), "--out", str(out), "--int8", "--data", str(demo_csv),
         "--json", str(report)]
    )  # fmt: skip
    said = capsys.readouterr()
    if worth_it:
        assert code == 0
        assert out.is_file()
        assert json.loads(report.read_text())["int8"]["worth_it"] is True
        assert "PyTorch and ONNX agree on 56 of 56" in said.out
    else:
        assert code == 2
        assert not out.exists()
        assert "refused" in said.err
        assert "-6.70 points" in said.err
