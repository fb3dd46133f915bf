"""What the detail of an image takes longer over: changed copies, and images most like it."""

from __future__ import annotations

import numpy as np
from PyQt5.QtCore import pyqtSignal

from app.workers.base import Worker
from trainer.config import AugmentConfig
from trainer.data.neighbours import Neighbours
from ui.tables.samples import Samples

NEIGHBOURS = 12


class PreviewWorker(Worker):
    """Changes copies of one image as training would.

    Signals:
        changed: Index of the image; uint8 (count, H, W).
    """

    changed = pyqtSignal(int, object)

    def __init__(
        self, samples: Samples, sample: int, config: AugmentConfig, seed: int, count: int
    ) -> None:
        super().__init__()
        self._samples, self._sample = samples, sample
        self._config, self._seed, self._count = config, seed, count

    def work(self) -> None:
        import torch  # on this thread: importing it takes a while

        from trainer.data.augment import augment_batch

        image = np.array(self._samples.images[self._sample])
        batch = torch.from_numpy(image)[None, None].repeat(self._count, 1, 1, 1)
        generator = torch.Generator().manual_seed(self._seed)
        changed = augment_batch(batch, self._config, generator)
        self.changed.emit(self._sample, changed[:, 0].numpy().copy())


class NearestWorker(Worker):
    """Finds the images most like one; describes all images first if nobody did.

    Signals:
        described: :class:`Samples` and their :class:`Neighbours`, to be given next time.
        found: Index of the image; int64 indices, nearest first.
    """

    described = pyqtSignal(object, object)
    found = pyqtSignal(int, object)

    def __init__(self, samples: Samples, sample: int, neighbours: Neighbours | None) -> None:
        super().__init__()
        self._samples, self._sample, self._neighbours = samples, sample, neighbours

    def work(self) -> None:
        neighbours = self._neighbours
        if neighbours is None:
            neighbours = Neighbours(self._samples.images, should_stop=self.should_stop)
            self.described.emit(self._samples, neighbours)
        indices, _ = neighbours.nearest(self._sample, NEIGHBOURS)
        self.found.emit(self._sample, indices)
