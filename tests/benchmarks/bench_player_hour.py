"""Memory while an hour of video plays in the Player, eight times as fast.

    python -m tests.benchmarks.bench_player_hour [--minutes 60] [--fps 4] [--speed 8]

Plays a made clip in a real window (under Xvfb where there is no screen), fills the time line and
saves the session as always. Prints JSON: resident memory (MB) when the first minute of video was
over, after every ten, at the highest, and at the end, and how much of the video was analysed.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QApplication

from app.__main__ import make_qt_app
from app.controllers.player import PlayerController
from app.settings import Settings
from app.theme import Theme
from app.workers.default_pipeline import build
from app.workers.playback_parts import PlaybackServices
from tests.benchmarks.bench_hour import resident_mb, write_hour
from trainer.inference.recording_curves import analysed_share
from ui.player_tab import PlayerTab


def play(clip: Path, speed: float, home: Path, app: QApplication) -> dict[str, object]:
    """Play the clip to its end; return the figures."""
    Theme(app).apply("light")
    tab = PlayerTab()
    tab.resize(1366, 768)
    services = PlaybackServices(make_pipeline=build)
    player = PlayerController(tab, Settings(home / "s.ini"), services=services)
    samples: list[float] = []  # one a minute of video
    problems: list[str] = []

    def sample(_frame: object) -> None:
        if player.presenter.position_ms >= 60_000.0 * (len(samples) + 1):
            samples.append(resident_mb())

    def begin(_frame: object) -> None:
        player.frame_shown.disconnect(begin)
        player.set_speed(speed)
        player.frame_shown.connect(sample)

    player.failed.connect(problems.append)
    player.failed.connect(lambda _sentence: app.quit())
    player.playing_changed.connect(lambda on: None if on else app.quit())
    player.frame_shown.connect(begin)
    tab.show()
    QTimer.singleShot(0, lambda: player.open_file(clip))
    began = time.perf_counter()
    app.exec_()
    seconds = time.perf_counter() - began
    samples.append(resident_mb())
    recording = player.tools.recorder.recording
    share = 0.0 if recording is None else analysed_share(recording)
    player.shutdown()
    if problems:
        print(problems[0], file=sys.stderr)
        sys.exit(2)
    return {
        **player.stats.to_dict(),
        "seconds": round(seconds, 1),
        "share_analysed": round(share, 3),
        "after_a_minute_mb": round(samples[0], 1),
        "every_ten_minutes_mb": [round(value, 1) for value in samples[9::10]],
        "highest_mb": round(max(samples), 1),
        "at_the_end_mb": round(samples[-1], 1),
    }


def main() -> int:
    """Make the clip, play it, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--fps", type=int, default=4)
    parser.add_argument("--speed", type=float, default=8.0)
    args = parser.parse_args()
    app = make_qt_app()
    with tempfile.TemporaryDirectory() as name:
        os.environ["MIEN_HOME"] = str(Path(name, "home"))
        clip = Path(name, "hour.mp4")
        frames = write_hour(clip, args.minutes, args.fps)
        figures = play(clip, args.speed, Path(name), app)
    print(json.dumps({"frames": frames, "speed": args.speed, **figures}, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
