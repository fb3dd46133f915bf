"""Stand-ins and generated clips for the Player's tests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from pytestqt.qtbot import QtBot

from app.controllers.player import PlayerController
from app.workers.media import open_media
from trainer.errors import VideoError
from trainer.inference.finding import FindingSettings
from trainer.inference.smoothing import SmoothingSettings
from trainer.inference.types import Face, Frame, FrameResult
from trainer.labels import EXPRESSIONS
from ui.player_tab import PlayerTab


def picture(number: int, width: int = 160, height: int = 96) -> npt.NDArray[np.uint8]:
    """A grey BGR frame whose brightness tells its number, with a moving bar."""
    image = np.full((height, width, 3), 20 + (number * 7) % 200, np.uint8)
    left = (number * 5) % (width - 10)
    image[:, left : left + 10] = 255
    return image


def write_clip(
    path: Path,
    times_ms: list[float] | None = None,
    *,
    frames: int = 30,
    fps: int = 25,
    size: tuple[int, int] = (160, 96),
) -> list[float]:
    """Write an H.264 clip; return the frames' time stamps in milliseconds."""
    times = times_ms or [index * 1000.0 / fps for index in range(frames)]
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=fps, options={"g": "10", "bf": "2"})
        stream.width, stream.height = size
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        for index, time_ms in enumerate(times):
            frame = av.VideoFrame.from_ndarray(picture(index, *size), format="bgr24")
            frame.pts = round(time_ms)
            frame.time_base = Fraction(1, 1000)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return times


def make_face(
    tracker_id: int,
    xyxy: tuple[float, float, float, float],
    expression: str = "happiness",
    quality: str = "ok",
) -> Face:
    """A face whose probabilities favour ``expression``."""
    probs = np.full(7, 0.05, np.float32)
    if expression in EXPRESSIONS:
        probs[EXPRESSIONS.index(expression)] = 0.7
    return Face(
        tracker_id,
        np.array(xyxy, np.float32),
        0.9,
        probs,
        probs[::-1].copy(),
        expression,
        float(probs.max()),
        quality=quality,
    )


class FakePipeline:
    """Two faces in every frame; counts what was asked of it."""

    def __init__(self, work: Callable[[Frame, bool], None] | None = None) -> None:
        self.processed: list[float] = []
        self.detected: list[bool] = []
        self.resets = 0
        self.smoothing = SmoothingSettings()
        self.finding = FindingSettings()
        self._work = work

    def process(
        self, frame: Frame, *, detect: bool = True, classify_at_most: int | None = None
    ) -> FrameResult:
        self.processed.append(frame.timestamp_ms)
        self.detected.append(detect)
        if self._work is not None:
            self._work(frame, detect)
        height, width = frame.image.shape[:2]
        faces = (
            make_face(1, (0.1 * width, 0.3 * height, 0.3 * width, 0.6 * height), "sadness"),
            make_face(2, (0.5 * width, 0.2 * height, 0.9 * width, 0.9 * height)),
        )
        return FrameResult(
            frame.frame_index,
            frame.timestamp_ms,
            faces,
            EXPRESSIONS,
            detector_ran=detect,
            latency_ms={"total": 1.0},
        )

    def reset(self) -> None:
        self.resets += 1

    def set_smoothing(self, smoothing: SmoothingSettings) -> None:
        self.smoothing = smoothing

    def set_finding(self, finding: FindingSettings) -> None:
        self.finding = finding


class FakeCamera:
    """Delivers frames until it is unplugged or closed."""

    width, height, fps = 160, 96, 30.0

    def __init__(self) -> None:
        self.closed = threading.Event()
        self.unplugged = threading.Event()
        self._count = 0

    def read(self) -> Frame | None:
        self.closed.wait(0.01)
        if self.unplugged.is_set():
            raise VideoError("Camera 1 was unplugged; connect it and try again.")
        self._count += 1
        return Frame(picture(self._count), self._count, self._count * 33.3)

    def close(self) -> None:
        self.closed.set()


@dataclass
class Player:
    """A controller with its tab and everything that was shown."""

    tab: PlayerTab
    controller: PlayerController
    shown: list[float] = field(default_factory=list)

    def remember(self, result: FrameResult) -> None:
        self.shown.append(result.timestamp_ms)


MakePlayer = Callable[..., Player]


def open_paused(qtbot: QtBot, player: Player, path: Path) -> None:
    """Open a file and stay on its first frame."""
    with qtbot.waitSignal(player.controller.frame_shown, timeout=10_000):
        player.controller.open_file(path)
    player.controller.pause()


def shown_after(qtbot: QtBot, player: Player, action: Callable[[], None]) -> float:
    """Return the time stamp of the frame that ``action`` brings."""
    with qtbot.waitSignal(player.controller.frame_shown, timeout=10_000) as shown:
        action()
    return float(shown.args[0].timestamp_ms)


def decoded_times(path: Path) -> list[float]:
    source = open_media(path)
    times = []
    while (frame := source.read()) is not None:
        times.append(frame.timestamp_ms)
    source.close()
    return times


def play_to_end(qtbot: QtBot, player: Player, path: Path) -> None:
    def stopped(playing: bool) -> bool:
        return not playing

    with qtbot.waitSignal(
        player.controller.playing_changed, check_params_cb=stopped, timeout=20_000
    ):
        player.controller.open_file(path)
