"""Which network the Player takes, and takes again at the next start."""

from __future__ import annotations

from pathlib import Path

import pytest
from player_parts import FakePipeline, MakePlayer, open_paused, write_clip
from pytestqt.qtbot import QtBot

from app.controllers.player_model import ModelChooser
from app.settings import Settings
from trainer.errors import WeightsError
from trainer.inference.shipped import classic_model_path, default_model_path, light_model_path
from ui.player_tab import PlayerTab


def test_a_model_is_chosen_from_the_menu_and_used_again_at_the_next_start(
    qtbot: QtBot, make_player: MakePlayer, tmp_path: Path
) -> None:
    asked: list[Path | None] = []

    def make(path: Path | None) -> FakePipeline:
        asked.append(path)
        if path == other and not path.stat().st_size:
            raise WeightsError("other.onnx is not an ONNX network; choose another file.")
        return FakePipeline()

    other = tmp_path / "other.onnx"
    other.write_bytes(b"network")
    clip = tmp_path / "clip.mp4"
    write_clip(clip)
    player = make_player(make)
    open_paused(qtbot, player, clip)
    assert player.tab.model_button.text() == "Two-column LightNet"
    with qtbot.waitSignal(player.controller.model_changed, timeout=10_000):
        player.tab.model_button.model_requested.emit(other)
    assert player.tab.model_button.text() == "other"
    settings = player.controller._settings
    player.controller.shutdown()

    again = make_player(make, settings)
    open_paused(qtbot, again, clip)
    assert asked == [None, other, other]
    assert again.tab.model_button.text() == "other"
    with qtbot.waitSignal(again.controller.model_changed, timeout=10_000):
        again.tab.model_button.menu().actions()[0].trigger()
    assert asked[-1] == default_model_path()
    again.controller.set_model(other)
    qtbot.waitUntil(lambda: again.tab.model_button.text() == "other", timeout=10_000)
    again.controller.shutdown()

    other.write_bytes(b"")
    third = make_player(make, settings)
    open_paused(qtbot, third, clip)
    assert asked[-2:] == [other, None]
    assert third.tab.model_button.text() == "Two-column LightNet"


@pytest.mark.parametrize("chosen", [default_model_path(), light_model_path(), classic_model_path()])
def test_a_shipped_network_is_remembered_by_its_name_alone(
    qtbot: QtBot, tmp_path: Path, chosen: Path
) -> None:
    tab = PlayerTab()
    qtbot.addWidget(tab)
    settings = Settings(tmp_path / "mien.ini")
    chooser = ModelChooser(tab, settings)
    chooser.used(light_model_path())
    chooser.used(chosen)
    kept = settings.player_model
    assert kept is None or kept.parent == Path()
    assert chooser.remembered() == (None if chosen == default_model_path() else chosen)
    assert settings.recent_models == []


def test_an_older_version_elsewhere_does_not_keep_its_default(qtbot: QtBot, tmp_path: Path) -> None:
    tab = PlayerTab()
    qtbot.addWidget(tab)
    settings = Settings(tmp_path / "mien.ini")
    weights = tmp_path / "Mien-0.1" / "resources" / "weights"
    weights.mkdir(parents=True)
    for name, again in (("older.onnx", None), (light_model_path().name, light_model_path())):
        (weights / name).write_bytes(b"network")
        settings.player_model = weights / name
        assert ModelChooser(tab, settings).remembered() == again
