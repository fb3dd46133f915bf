"""What the program remembers between starts, in one ini file."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtCore import QByteArray, QEvent, QSettings, QTimerEvent

from trainer.config import TrainConfig
from trainer.errors import TrainingError
from trainer.inference.finding import FindingSettings
from trainer.inference.smoothing import SmoothingSettings
from trainer.labels import SPLITS

log = logging.getLogger(__name__)

LANGUAGES: tuple[str, ...] = ("en", "zh_CN")
THEMES: tuple[str, ...] = ("light", "dark", "system")
MAX_RECENT = 10
_WRITE_AFTER_MS = 1000


@dataclass(frozen=True)
class LastTraining:
    """What the form of the Train tab showed last.

    Attributes:
        config: The settings.
        preset: Name of the preset that they are; another word when they are the user's own.
        dataset: The chosen data set; None stands for the drawn faces.
        repeats: How many seeds to train.
        advanced: Whether the settings that are folded away were shown.
    """

    config: TrainConfig
    preset: str
    dataset: Path | None = None
    repeats: int = 1
    advanced: bool = False


class _LateSettings(QSettings):
    """Writes its file some time after a change, not in the turn that opens a video."""

    def event(self, event: QEvent) -> bool:
        """Take Qt's order to write as the start of the wait."""
        if event.type() == QEvent.UpdateRequest:
            self.startTimer(_WRITE_AFTER_MS)
            return True
        return bool(super().event(event))

    def timerEvent(self, event: QTimerEvent) -> None:  # noqa: N802 (Qt's name)
        """Write."""
        self.killTimer(event.timerId())
        self.sync()


class Settings:
    """Typed access to the settings file.

    Attributes:
        path: The ini file.
        damaged_copy: Where a damaged file was moved at start, or None.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.damaged_copy: Path | None = None
        damaged = os.path.exists(path) and not _is_readable(path)
        if damaged:
            self.damaged_copy = _put_aside(path)
        self.qt = _LateSettings(str(path), QSettings.IniFormat)
        if damaged and self.damaged_copy is None:
            self.qt.clear()  # what Qt could read of it is not to be trusted

    def sync(self) -> bool:
        """Write to disk now; return whether that worked. What did not is kept in memory."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            log.warning("no folder for the settings: %s", error)
            return False
        self.qt.sync()
        return self.is_written()

    def is_written(self) -> bool:
        """Whether every write so far reached the disk, Qt's own later ones included."""
        return self.qt.status() == QSettings.NoError

    def _text(self, key: str, default: str = "") -> str:
        value = self.qt.value(key, default)
        return value if isinstance(value, str) else default

    def _paths(self, key: str) -> list[Path]:
        value = self.qt.value(key, [])
        names = [value] if isinstance(value, str) else list(value or [])
        return [Path(str(name)) for name in names if str(name)]

    def _remember(self, key: str, path: Path) -> None:
        kept = [old for old in self._paths(key) if old != path]
        self.qt.setValue(key, [str(entry) for entry in [path, *kept][:MAX_RECENT]])

    def _forget(self, key: str, path: Path) -> None:
        self.qt.setValue(key, [str(old) for old in self._paths(key) if old != path])

    @property
    def language(self) -> str:
        """``"en"``, ``"zh_CN"``, or empty when it was never chosen."""
        value = self._text("language")
        return value if value in LANGUAGES else ""

    @language.setter
    def language(self, value: str) -> None:
        self.qt.setValue("language", value)

    @property
    def theme(self) -> str:
        """One of ``THEMES``."""
        value = self._text("theme", "system")
        return value if value in THEMES else "system"

    @theme.setter
    def theme(self, value: str) -> None:
        self.qt.setValue("theme", value)

    @property
    def last_tab(self) -> str:
        """Object name of the tab shown last; empty at the first start."""
        return self._text("window/tab")

    @last_tab.setter
    def last_tab(self, value: str) -> None:
        self.qt.setValue("window/tab", value)

    @property
    def recent_media(self) -> list[Path]:
        """Videos and photos opened last, newest first."""
        return self._paths("recent/media")

    def remember_media(self, path: Path) -> None:
        """Put a video or photo on top of the list."""
        self._remember("recent/media", path)

    @property
    def recent_datasets(self) -> list[Path]:
        """Data sets opened last, newest first."""
        return self._paths("recent/datasets")

    def remember_dataset(self, path: Path) -> None:
        """Put a data set on top of the list."""
        self._remember("recent/datasets", path)

    def forget_dataset(self, path: Path) -> None:
        """Take a data set that is gone off the list."""
        self._forget("recent/datasets", path)

    @property
    def recent_models(self) -> list[Path]:
        """Networks of the user's that the Player used last, newest first."""
        return self._paths("recent/models")

    def remember_model(self, path: Path) -> None:
        """Put a network on top of the list."""
        self._remember("recent/models", path)

    @property
    def player_model(self) -> Path | None:
        """The network that the Player used last; None is the default, a bare name a shipped one."""
        value = self._text("player/model")
        return Path(value) if value else None

    @player_model.setter
    def player_model(self, value: Path | None) -> None:
        self.qt.setValue("player/model", "" if value is None else str(value))

    @property
    def last_training(self) -> LastTraining | None:
        """What the Train tab was left with; None when that was never, or cannot be read."""
        text = self._text("training/last")
        if not text:
            return None
        try:
            return _last_training(json.loads(text))
        except (ValueError, RecursionError, TrainingError) as error:
            log.warning("the last settings of a training cannot be read: %s", error)
            return None

    @last_training.setter
    def last_training(self, value: LastTraining | None) -> None:
        if value is None:
            self.qt.remove("training/last")
            return
        kept = {
            "config": value.config.to_dict(),
            "preset": value.preset,
            "dataset": None if value.dataset is None else str(value.dataset),
            "repeats": value.repeats,
            "advanced": value.advanced,
        }
        self.qt.setValue("training/last", json.dumps(kept))

    def clear_recent(self) -> None:
        """Forget the videos and photos."""
        self.qt.remove("recent/media")

    @property
    def runs_folder(self) -> Path | None:
        """The folder of training runs, or None for the usual one."""
        value = self._text("runs_folder")
        return Path(value) if value else None

    @runs_folder.setter
    def runs_folder(self, value: Path | None) -> None:
        self.qt.setValue("runs_folder", str(value) if value else "")

    @property
    def last_folder(self) -> str:
        """Folder that file dialogs start in."""
        return self._text("last_folder", str(Path.home()))

    @last_folder.setter
    def last_folder(self, value: str) -> None:
        self.qt.setValue("last_folder", value)

    @property
    def compare_columns(self) -> list[str]:
        """Columns shown in the Compare tab; empty when they were never chosen."""
        return [str(path) for path in self._paths("compare/columns")]

    @compare_columns.setter
    def compare_columns(self, keys: list[str]) -> None:
        self.qt.setValue("compare/columns", keys)

    @property
    def compare_baseline(self) -> str:
        """Key of the model that others are compared with; "" for none."""
        return self._text("compare/baseline")

    @compare_baseline.setter
    def compare_baseline(self, key: str) -> None:
        self.qt.setValue("compare/baseline", key)

    @property
    def compare_ground(self) -> tuple[Path | None, str]:
        """Data set and split that models are judged on; (None, "val") when never chosen."""
        path, split = self._text("compare/data"), self._text("compare/split", "val")
        return (Path(path) if path else None), (split if split in SPLITS else "val")

    @compare_ground.setter
    def compare_ground(self, value: tuple[Path | None, str]) -> None:
        self.qt.setValue("compare/data", str(value[0] or ""))
        self.qt.setValue("compare/split", value[1])

    @property
    def steadiness(self) -> tuple[float, float]:
        """The Player's time constant (ms) and margin (0..1) for calm labels."""
        usual = SmoothingSettings()
        tau_ms = self._number("player/smoothing_ms", usual.tau_ms, 0.0, 5000.0)
        return tau_ms, self._number("player/label_margin", usual.hysteresis, 0.0, 1.0)

    @steadiness.setter
    def steadiness(self, value: tuple[float, float]) -> None:
        self.qt.setValue("player/smoothing_ms", value[0])
        self.qt.setValue("player/label_margin", value[1])

    @property
    def finding(self) -> FindingSettings:
        """What counts as a face in the Player."""
        usual = FindingSettings()
        return FindingSettings(
            self._number("player/face_score", usual.score_threshold, 0.05, 0.99),
            self._number("player/smallest_face", usual.min_face, 0.0, 1000.0),
        )

    @finding.setter
    def finding(self, value: FindingSettings) -> None:
        self.qt.setValue("player/face_score", value.score_threshold)
        self.qt.setValue("player/smallest_face", value.min_face)

    @property
    def boris_keys(self) -> bool:
        """Whether the Player has the keys that people know from BORIS."""
        return self._text("player/keys") == "boris"

    @boris_keys.setter
    def boris_keys(self, value: bool) -> None:
        self.qt.setValue("player/keys", "boris" if value else "mien")

    @property
    def own_keys(self) -> dict[str, list[str]]:
        """The keys that the user gave the Player's actions."""
        try:
            found = json.loads(self._text("player/own_keys") or "{}")
        except ValueError:
            return {}
        if not isinstance(found, dict):
            return {}
        return {
            action: [key for key in keys if isinstance(key, str)]
            for action, keys in found.items()
            if isinstance(keys, list)
        }

    @own_keys.setter
    def own_keys(self, value: Mapping[str, Sequence[str]]) -> None:
        kept = {action: [*keys] for action, keys in value.items()}
        self.qt.setValue("player/own_keys", json.dumps(kept))

    def _number(self, key: str, usual: float, least: float, most: float) -> float:
        try:
            value = float(self.qt.value(key, usual))
        except (TypeError, ValueError):
            return usual
        return value if least <= value <= most else usual

    def bytes_value(self, key: str) -> QByteArray:
        """A stored geometry or state; empty when there is none."""
        value = self.qt.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def set_bytes(self, key: str, value: QByteArray) -> None:
        """Store a geometry or state."""
        self.qt.setValue(key, value)


def _last_training(values: object) -> LastTraining:
    """Rebuild from plain values; what is damaged beside the settings themselves is left out."""
    if not isinstance(values, dict) or not isinstance(values.get("config"), dict):
        raise ValueError("no settings are among them")
    dataset, repeats = values.get("dataset"), values.get("repeats")
    return LastTraining(
        config=TrainConfig.from_dict(values["config"]),
        preset=str(values.get("preset")),
        dataset=Path(dataset) if isinstance(dataset, str) and dataset else None,
        repeats=repeats if type(repeats) is int and repeats > 0 else 1,
        advanced=values.get("advanced") is True,
    )


def _put_aside(path: Path) -> Path | None:
    """Rename a damaged file, over no earlier one; return None where that is not allowed."""
    copy = path.with_name(path.name + ".damaged")
    number = 2
    while copy.exists():
        copy = path.with_name(f"{path.name}.damaged-{number}")
        number += 1
    try:
        os.replace(path, copy)
    except OSError as error:
        log.warning("damaged settings %s cannot be moved: %s", path, error)
        return None
    log.warning("damaged settings moved to %s", copy)
    return copy


def _is_readable(path: Path) -> bool:
    """Whether the file is an ini file of text; QSettings itself forgives almost anything."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return False
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if "\0" in text or any(
        not (line.startswith((";", "#")) or line.startswith("[") or "=" in line)
        and not lines[index - 1].endswith("\\")
        for index, line in enumerate(lines)
    ):
        return False
    return QSettings(str(path), QSettings.IniFormat).status() == QSettings.NoError
