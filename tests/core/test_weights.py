"""Weights files: data with a description, refused with a reason when they do not fit."""

from __future__ import annotations

import contextlib
import errno
import json
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from safetensors.torch import save_file

from trainer.errors import MienError, WeightsError
from trainer.evaluation import predict_logits
from trainer.export import export_onnx
from trainer.metadata import ModelMetadata
from trainer.models import create_model, model_infos
from trainer.preprocess import Preprocessing
from trainer.temperature import Temperature
from trainer.weights import load_weights, read_metadata, save_weights


@pytest.fixture
def saved(tiny_model: str, tmp_path: Path) -> Path:
    torch.manual_seed(0)
    model = create_model(tiny_model)
    path = tmp_path / "tiny.safetensors"
    save_weights(path, model.state_dict(), ModelMetadata(tiny_model, metrics={"val": 0.5}))
    return path


def test_every_network_has_the_parameters_it_claims() -> None:
    for name, info in model_infos().items():
        model = create_model(name)
        assert sum(p.numel() for p in model.parameters()) == info.parameters, name
        size = info.preprocessing.input_size
        logits = model.eval()(torch.zeros(2, info.preprocessing.channels, size, size))
        assert logits.shape == (2, 7)


def test_vgg9_is_the_reports() -> None:
    for name in ("vgg9", "vgg9_bn"):
        model = create_model(name)
        convolutions = [m for m in model.modules() if isinstance(m, torch.nn.Conv2d)]
        assert [m.out_channels for m in convolutions] == [64, 128, 256, 256, 512, 512]
        linear = [m for m in model.modules() if isinstance(m, torch.nn.Linear)]
        assert [(m.in_features, m.out_features) for m in linear] == [
            (4608, 2048),
            (2048, 2048),
            (2048, 7),
        ]
        assert sum(isinstance(m, torch.nn.MaxPool2d) for m in model.modules()) == 4
        assert [m.p for m in model.modules() if isinstance(m, torch.nn.Dropout)] == [0.5, 0.5]
        parameters = sum(p.numel() for p in model.parameters())
        assert round(parameters / 1e6, 1) in (18.1, 18.2)


def test_round_trip(saved: Path) -> None:
    model, metadata = load_weights(saved)
    assert metadata.metrics == {"val": 0.5}
    assert not model.training
    again = saved.with_name("again.safetensors")
    save_weights(again, model.state_dict(), metadata)
    for name, value in load_weights(again)[0].state_dict().items():
        assert torch.equal(value, model.state_dict()[name])


def test_half_precision_is_half_the_size_and_nearly_the_same(saved: Path) -> None:
    model, metadata = load_weights(saved)
    half = saved.with_name("half.safetensors")
    save_weights(half, model.state_dict(), metadata, half=True)
    images = torch.randint(0, 256, (8, 1, 48, 48), dtype=torch.uint8)
    one = predict_logits(model, images, metadata.preprocessing)
    other = predict_logits(load_weights(half)[0], images, metadata.preprocessing)
    assert np.abs(one - other).max() < 0.02
    assert half.stat().st_size < 0.7 * saved.stat().st_size


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit for a file's size")
def test_a_full_disk_is_said_and_leaves_the_old_file(saved: Path) -> None:
    import resource

    model, metadata = load_weights(saved)
    before, (soft, hard) = saved.read_bytes(), resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(before) // 2, hard))
    try:
        with pytest.raises(OSError, match=r"File too large.*tiny\.safetensors") as raised:
            save_weights(saved, model.state_dict(), metadata)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert raised.value.errno == errno.EFBIG
    assert saved.read_bytes() == before
    assert list(saved.parent.glob(".*")) == []


def test_a_foreign_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.safetensors"
    save_file({"a": torch.zeros(3)}, str(path), metadata={"format": "pt"})
    with pytest.raises(WeightsError, match="carries no Mien metadata"):
        load_weights(path)
    with pytest.raises(WeightsError, match="There is no weights file"):
        load_weights(tmp_path / "missing.safetensors")


def test_shapes_and_names_that_do_not_fit_are_refused(saved: Path) -> None:
    model, metadata = load_weights(saved)
    state = dict(model.state_dict())
    state["head.2.bias"] = torch.zeros(9)
    save_weights(saved, state, metadata)
    with pytest.raises(WeightsError, match=r"head\.2\.bias is \(9,\) instead of \(7,\)"):
        load_weights(saved)
    del state["head.2.bias"]
    save_weights(saved, state, metadata)
    with pytest.raises(WeightsError, match="1 tensors differ"):
        load_weights(saved)
    save_weights(saved, state, ModelMetadata("from_the_future"))
    with pytest.raises(WeightsError, match="another version"):
        load_weights(saved)


def test_a_pickle_is_never_opened(tmp_path: Path) -> None:
    path = tmp_path / "evil.safetensors"
    torch.save({"weights": torch.zeros(3)}, path)
    with pytest.raises(WeightsError, match="no sound safetensors"):
        load_weights(path)


@given(st.binary(max_size=400), st.integers(0, 3000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_damaged_files_never_crash(saved: Path, noise: bytes, position: int) -> None:
    damaged = saved.with_name("damaged.safetensors")
    content = saved.read_bytes()
    damaged.write_bytes(content[:position] + noise + content[position + len(noise) :])
    with contextlib.suppress(MienError):  # anything else fails the test
        load_weights(damaged)


def test_metadata_survives_as_strings() -> None:
    metadata = ModelMetadata(
        "vgg9",
        class_names=("yes", "no"),
        preprocessing=Preprocessing(mode="dataset", mean=(0.5,), std=(0.25,), crop_margin=0.1),
        metrics={"val_top1_accuracy": 0.625},
        temperature=Temperature(1.3, -0.05),
        unsure_threshold=0.4,
        extra={"licence": "GPL"},
    )
    assert ModelMetadata.from_strings(metadata.to_strings(), source="x") == metadata


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("class_names", '["one"]'),
        ("class_names", "7"),
        ("preprocessing", '{"std": [0]}'),
        ("preprocessing", '{"speed": 1}'),
        ("temperature", "0"),
        ("temperature", "nan"),
        ("temperature", "inf"),
        ("temperature_slope", "nan"),
        ("metrics", '{"a": "b"}'),
        ("extra", "[]"),
    ],
)
def test_metadata_that_makes_no_sense_is_refused(key: str, value: str) -> None:
    strings = ModelMetadata("vgg9").to_strings()
    strings[key] = value
    with pytest.raises(WeightsError, match="export"):
        ModelMetadata.from_strings(strings, source="x.onnx")


def test_onnx_says_what_pytorch_says(saved: Path, random_images: np.ndarray) -> None:
    from trainer._onnxruntime import onnxruntime
    from trainer.preprocess import normalize

    model, metadata = load_weights(saved)
    model.train()  # export must not depend on the mode, nor change it
    path = saved.with_name("tiny 表情.onnx")
    export_onnx(model, metadata, path)
    assert model.training
    session = onnxruntime.InferenceSession(path.read_bytes(), providers=["CPUExecutionProvider"])
    stored = session.get_modelmeta().custom_metadata_map
    assert ModelMetadata.from_strings(stored, source="x") == metadata
    logits = session.run(["logits"], {"input": normalize(random_images, Preprocessing())})[0]
    expected = predict_logits(model, torch.from_numpy(random_images), Preprocessing())
    assert np.abs(logits - expected).max() < 1e-4


def test_reading_metadata_alone(saved: Path) -> None:
    assert read_metadata(saved).architecture == "tiny"
    assert json.loads(read_metadata(saved).to_strings()["class_names"])[0] == "anger"
