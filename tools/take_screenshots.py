"""Take the pictures of the README: the Player, Train, Dataset and Compare tabs.

    xvfb-run -a -s "-screen 0 1600x1000x24" python tools/take_screenshots.py [--out docs/images]

Needs a display (Xvfb is one). Only the bundled clip and the drawn demo data are shown, because
their licences allow it. The program runs in a temporary home, so nobody's runs are touched.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PyQt5.QtCore import QObject, QPoint, QTimer
from PyQt5.QtWidgets import QWidget

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT = 1366, 768
MAX_BYTES = 300_000
_EXACT_COLORS = 80
_PHOTO_COLORS = (176, 112, 72)
_POLL_MS = 50
_STEP_LIMIT_MS = 300_000

Condition = Callable[[], bool]


class Script(QObject):
    """Runs a generator inside the event loop; it goes on when what it yielded is true."""

    def __init__(self, steps: Iterator[Condition], finished: Callable[[int], None]) -> None:
        super().__init__()
        self._steps = steps
        self._finished = finished
        self._condition: Condition = lambda: True
        self._waited = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._poll)

    def start(self) -> None:
        """Begin as soon as the event loop runs."""
        self._timer.start()

    def _poll(self) -> None:
        self._waited += _POLL_MS
        if self._waited > _STEP_LIMIT_MS:
            print("a step took too long", file=sys.stderr)
            self._end(1)
        elif self._condition():
            self._waited = 0
            try:
                self._condition = next(self._steps)
            except StopIteration:
                self._end(0)
            # Without this the loop would go on for ever after a fault in a step.
            except Exception:
                self._end(1)
                raise

    def _end(self, status: int) -> None:
        self._timer.stop()
        self._finished(status)


def pause(ms: int) -> Condition:
    """Return a condition that becomes true after ``ms``."""
    ready: list[bool] = []
    QTimer.singleShot(ms, lambda: ready.append(True))
    return lambda: bool(ready)


def save(window: Any, path: Path, photo: QWidget | None = None) -> None:
    """Write what ``window`` shows as a small PNG; the colours of ``photo`` may be reduced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    window.status_bar.clearMessage()
    window.grab().save(str(path))
    with Image.open(path) as grabbed:
        picture = grabbed.convert("RGB")
    picture.save(path, optimize=True)
    if photo is not None:
        corner = photo.mapTo(window, QPoint(0, 0))
        box = (corner.x(), corner.y(), corner.x() + photo.width(), corner.y() + photo.height())
        for colors in _PHOTO_COLORS:
            if path.stat().st_size > MAX_BYTES:
                _reduce(picture, box, colors).save(path, optimize=True)
    print(f"{path}: {picture.width} x {picture.height}, {path.stat().st_size // 1024} kB")


def _reduce(picture: Image.Image, box: tuple[int, int, int, int], colors: int) -> Image.Image:
    """Return ``picture`` with few colours inside ``box``, and the commonest outside as they are."""
    around = picture.copy()
    around.paste((255, 255, 255), box)
    codes = np.asarray(around, np.uint32) @ np.array([65536, 256, 1], np.uint32)
    values, counts = np.unique(codes, return_counts=True)
    common = values[np.argsort(-counts)][:_EXACT_COLORS]
    inside = picture.crop(box).quantize(colors, method=Image.Quantize.MEDIANCUT)
    palette = Image.new("P", (1, 1))
    exact = [channel for code in common for channel in (code >> 16, code >> 8 & 255, code & 255)]
    palette.putpalette(bytes(int(channel) for channel in exact) + bytes(inside.getpalette() or ()))
    reduced = np.array(picture.quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG))
    photo = np.zeros(codes.shape, np.bool_)
    photo[box[1] : box[3], box[0] : box[2]] = True
    for index, code in enumerate(common):  # Pillow looks colours up with 6 bits only
        reduced[(codes == code) & ~photo] = index
    result = Image.fromarray(reduced, "P")
    result.putpalette(palette.getpalette() or ())
    return result


def parse_args() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--home", type=Path, help="keep the program's files here")
    parser.add_argument("--model", type=Path, help="ONNX network for the Player")
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--at-ms", type=float, default=4000.0, help="time in the sample clip")
    parser.add_argument("--language", default="en")
    parser.add_argument("--theme", default="light")
    return parser.parse_args()


def main() -> int:
    """Start the program, follow the script, return its exit status."""
    args = parse_args()
    sys.path.insert(0, str(ROOT))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MIEN_HOME"] = str(args.home or folder)
        return _run(args)


def _run(args: argparse.Namespace) -> int:
    from app.__main__ import make_qt_app
    from app.application import Application
    from app.paths import settings_file
    from app.settings import Settings

    qt_app = make_qt_app()
    program = Application(qt_app, Settings(settings_file()), args.language, args.theme)

    def finish(status: int) -> None:
        program.shutdown()
        program.window.close_now()
        qt_app.exit(status)

    program.start()
    program.window.resize(WIDTH, HEIGHT)
    script = Script(_steps(program, args), finish)
    script.start()
    return int(qt_app.exec_())


def _has_trained(train: Any, before: str, epochs: int) -> bool:
    return train.plots.run_label.text() != before and train.plots.epoch_model.rowCount() >= epochs


def _steps(program: object, args: argparse.Namespace) -> Iterator[Condition]:
    from app.application import Application

    assert isinstance(program, Application)
    window, out = program.window, args.out
    names = ("dataset", "training", "comparison", "player")
    # Any: each tab has widgets of its own.
    tabs: dict[str, Any] = {name: window.tabs.widget(index) for index, name in enumerate(names)}
    if args.model is not None:
        program.player.set_model(args.model)
    yield pause(300)

    window.show_tab("dataset")
    program.dataset.open_demo()
    yield lambda: not program.dataset.is_reading()
    yield pause(600)
    save(window, out / "dataset.png")

    # Two runs to compare; the picture of Train is taken in the middle of the second.
    window.show_tab("training")
    train = tabs["training"]
    for number, smoothing in enumerate((0.0, 0.1)):
        train.form.set_preset("quick")
        train.form.epochs_spin.setValue(args.epochs)
        train.form.batch_spin.setValue(32)
        train.form.smoothing_spin.setValue(smoothing)
        program.training.start()
        if number == 1:
            wanted = max(1, args.epochs - 2)
            before = train.plots.run_label.text()
            yield partial(_has_trained, train, before, wanted)
            yield pause(2500)
            save(window, out / "train.png")
        yield lambda: not program.training.is_running()

    window.show_tab("comparison")
    yield pause(1500)
    tabs["comparison"].runs_view.selectAll()
    yield pause(600)
    save(window, out / "compare.png")

    window.show_tab("player")
    program.player.open_sample()
    shown = program.player.stats
    yield lambda: shown.frames_shown >= 60
    program.player.pause()
    program.player.seek(args.at_ms)
    yield pause(1500)
    save(window, out / "player.png", tabs["player"].video_view)


if __name__ == "__main__":
    sys.exit(main())
