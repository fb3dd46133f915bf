"""Scrolling the grid of images against QListView's icon mode, in the same process.

    xvfb-run -a python -m tests.benchmarks.bench_grid [--images 36000 1000000] [--data FER2013]

Both views show the same model and the same cells. *Open* is from setting the model to the
first picture painted; *resize* a change of width; *scroll* the time one step of 24 pixels takes
until it is painted, *jump* a step to a far place, which paints the whole window. Prints JSON
with milliseconds (of the clock, and ``cpu`` of this thread alone, which other programs and the
X server do not lengthen) and how many times slower QListView is.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from PyQt5.QtCore import QEvent, QModelIndex, QObject, QSize
from PyQt5.QtGui import QPainter
from PyQt5.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from trainer.labels import EXPRESSIONS
from ui.tables.sample_model import SampleModel
from ui.tables.samples import Samples
from ui.widgets.image_cells import CellPainter
from ui.widgets.image_grid import ImageGrid

STEPS, JUMPS, PIXELS = 300, 60, 24
WIDTH, HEIGHT = 1840, 960


class CellDelegate(QStyledItemDelegate):
    """The grid's cells for a QListView."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self.cells = CellPainter(view, 68)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        model = index.model()
        assert isinstance(model, SampleModel)
        selected = bool(option.state & QStyle.State_Selected)
        assert model.samples is not None
        rows = model.rows[index.row() : index.row() + 1]
        picture = self.cells.pictures(model.samples.images, rows)[0]
        self.cells.paint(painter, option.rect, model, int(rows[0]), picture, selected=selected)

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return self.cells.cell


def list_view() -> QListView:
    """Return a QListView set up as well as it can be."""
    view = QListView()
    delegate = CellDelegate(view)
    view.setViewMode(QListView.IconMode)
    view.setMovement(QListView.Static)
    view.setResizeMode(QListView.Adjust)
    view.setUniformItemSizes(True)
    view.setGridSize(delegate.cells.cell)
    view.setVerticalScrollMode(QAbstractItemView.ScrollPerPixel)
    view.setItemDelegate(delegate)
    return view


def drawn(count: int) -> Samples:
    """Return ``count`` images of noise; they share the memory of 36,000."""
    tile = np.random.default_rng(0).integers(0, 256, (min(count, 36_000), 48, 48), np.uint8)
    if count > len(tile):  # repeated without a copy: the last axes are whole images
        tile = np.broadcast_to(tile[:1], (count, 48, 48))
    return Samples(
        images=tile,
        targets=np.arange(count, dtype=np.int64) % 7,
        splits=np.zeros(count, np.uint8),
        source_rows=np.arange(2, count + 2, dtype=np.int64),
        class_names=EXPRESSIONS,
        name="drawn",
        path=Path("drawn"),
    )


def read(path: Path) -> Samples:
    """Return a real data set."""
    from trainer.data import load_dataset

    dataset = load_dataset(path)
    return Samples(
        images=np.ascontiguousarray(dataset.images.numpy()[:, 0]),
        targets=dataset.targets.numpy(),
        splits=dataset.splits.numpy(),
        source_rows=dataset.source_rows.numpy(),
        class_names=dataset.class_names,
        name=dataset.name,
        path=path,
    )


class Watch(QObject):
    """Tells when a widget was painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.painted = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.painted += event.type() == QEvent.Paint
        return False

    def time(self, work: Callable[[], object]) -> tuple[float, float]:
        """Run ``work``, wait until it is painted; return milliseconds of the clock and of CPU."""
        before, clock, cpu = self.painted, time.perf_counter(), time.thread_time()
        work()
        while self.painted == before:
            QApplication.processEvents()
        return 1000 * (time.perf_counter() - clock), 1000 * (time.thread_time() - cpu)


def measure(view: QAbstractItemView, samples: Samples) -> dict[str, float]:
    """Return what one view takes, in milliseconds."""
    model = SampleModel(view)
    model.set_samples(samples)
    view.resize(WIDTH, HEIGHT)
    view.show()
    QApplication.processEvents()
    watch, bar = Watch(view.viewport()), view.verticalScrollBar()
    times = {"open": [watch.time(lambda: view.setModel(model))]}
    times["scroll"] = [watch.time(lambda: bar.setValue(bar.value() + PIXELS)) for _ in range(STEPS)]
    places = np.random.default_rng(1).permutation(bar.maximum())[:JUMPS]
    times["jump"] = [watch.time(partial(bar.setValue, int(place))) for place in places]
    times["resize"] = [watch.time(partial(view.resize, WIDTH - 300, HEIGHT))]
    view.hide()
    view.deleteLater()
    result = {}
    for name, values in times.items():
        for kind, column in zip(("", "_cpu"), np.array(values).T, strict=True):
            result[f"{name}{kind}_ms"] = float(np.median(column))
            if len(column) > 1:
                result[f"{name}{kind}_p95_ms"] = float(np.percentile(column, 95))
    return result


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--images", type=int, nargs="+", default=[36_000, 1_000_000])
    parser.add_argument("--data", type=Path)
    args = parser.parse_args()
    app = QApplication(sys.argv[:1])
    report: dict[str, object] = {"platform": app.platformName(), "window": [WIDTH, HEIGHT]}
    cases = [(str(count), drawn(count)) for count in args.images]
    if args.data is not None:
        cases.append((args.data.name, read(args.data)))
    for name, samples in cases:
        ours, theirs = measure(ImageGrid(), samples), measure(list_view(), samples)
        report[name] = {
            "images": len(samples),
            "grid": {key: round(value, 2) for key, value in ours.items()},
            "list_view": {key: round(value, 2) for key, value in theirs.items()},
            "times_slower": {key: round(theirs[key] / ours[key], 2) for key in ours},
        }
    print(json.dumps(report, indent=2))


if __name__ == "__main__":
    main()
