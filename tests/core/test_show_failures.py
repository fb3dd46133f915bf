"""The picture of a network's surest mistakes."""

from __future__ import annotations

import numpy as np

from tools.show_failures import draw, surest_mistakes
from trainer.data.dataset import ExpressionDataset


def test_mistakes_of_a_class_come_the_surest_first() -> None:
    said = [(0.9, 1), (0.5, 1), (0.8, 0), (0.99, 2), (0.7, 2)]
    probs = np.full((5, 3), 0.001, np.float32)
    for row, (share, class_index) in enumerate(said):
        probs[row, class_index] = share
    targets = np.array([0, 0, 0, 1, 2])
    assert surest_mistakes(probs, targets, 0).tolist() == [0, 1]
    assert surest_mistakes(probs, targets, 1).tolist() == [3]
    assert surest_mistakes(probs, targets, 2).tolist() == []


def test_only_what_is_called_something_else_is_drawn(demo: ExpressionDataset) -> None:
    indices = demo.indices("val").numpy()
    targets = demo.targets[indices].numpy()
    probs = np.eye(7, dtype=np.float32)[targets]
    nothing = np.asarray(draw(demo, probs, targets, indices))
    probs[0] = np.roll(probs[0], 1)
    something = np.asarray(draw(demo, probs, targets, indices))
    changed = np.argwhere(nothing != something)
    assert len(changed)
    rows = changed[:, 0] // (something.shape[0] / 7)
    assert set(rows.astype(int)) == {int(targets[0])}
