"""The Train tab writes a run's network as ONNX after comparing it, and says what was found."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.workers.training_export import NetworkExportOrder
from trainer.config import TrainConfig
from trainer.inference.classifier import OnnxClassifier
from trainer.run_queue import QueuedRun

_LONG = 90_000


def test_a_network_is_exported_with_a_report(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    training, tab = program.training, program.training._tab
    program.window.show_tab("training")
    config = TrainConfig(model="lenet", epochs=1, batch_size=16, threads=1)
    with qtbot.waitSignal(training.run_finished, timeout=_LONG):
        training.train([QueuedRun(config, tiny_csv)])
    assert training._run_dir is not None
    assert tab.progress.export_button.isEnabled()
    out = tmp_path / "网络.onnx"
    with qtbot.waitSignal(training.export.ended, timeout=_LONG):
        training.export.export(NetworkExportOrder(training._run_dir, tiny_csv, out, False))
        assert not tab.progress.export_button.isEnabled()
        assert tab.offer_banner.isVisible()
    assert str(out) in tab.banner.text
    assert "no probability differs" in tab.banner.text
    assert OnnxClassifier(out).metadata.architecture == "lenet"
    assert not tab.offer_banner.isVisible()
    assert tab.progress.export_button.isEnabled()


def test_a_cancelled_export_writes_nothing(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    program = make_app()
    training, tab = program.training, program.training._tab
    config = TrainConfig(model="lenet", epochs=1, batch_size=16, threads=1)
    with qtbot.waitSignal(training.run_finished, timeout=_LONG):
        training.train([QueuedRun(config, tiny_csv)])
    assert training._run_dir is not None
    out = tmp_path / "net.onnx"
    with qtbot.waitSignal(training.export.ended, timeout=_LONG):
        training.export.export(NetworkExportOrder(training._run_dir, tiny_csv, out, True))
        training.export.cancel()
    assert not out.exists()
    assert tab.banner.text == ""


def test_refused_bits_are_told(
    make_app, tiny_csv: Path, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    import trainer.checked_export
    from trainer.errors import MienError

    def refuse(*_args: object, **_kwargs: object) -> None:
        raise MienError("The 8-bit network is refused: it must be faster here.")

    monkeypatch.setattr(trainer.checked_export, "export_checked", refuse)
    program = make_app()
    training, tab = program.training, program.training._tab
    config = TrainConfig(model="lenet", epochs=1, batch_size=16, threads=1)
    with qtbot.waitSignal(training.run_finished, timeout=_LONG):
        training.train([QueuedRun(config, tiny_csv)])
    assert training._run_dir is not None
    with qtbot.waitSignal(training.export.ended, timeout=_LONG):
        training.export.export(
            NetworkExportOrder(training._run_dir, tiny_csv, tmp_path / "a.onnx", True)
        )
    assert "refused" in tab.banner.text
