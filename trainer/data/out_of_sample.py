"""Probabilities for every image from a network that was not trained on it (k-fold).

A small network (100,000 weights) is trained once a fold on the other folds and asked about the
images of its own. Repeats of a picture, exact or near, always share a fold, or the network would
recognise what it is to judge; so do images of one person where the source names people. The
networks are thrown away; nothing here touches the test split unless it is asked for.

FER2013's 32,298 images take less than four minutes of one core; two networks then agree with
55.2 % of the labels. Three networks with one more convolution, eight epochs and images turned and
zoomed one by one agreed with 59.2 % in about three times the time, and the first hundred suspicions
were no better for it; ``docs/fer2013.md`` has both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F
from torch import nn

from trainer.data.dataset import ExpressionDataset
from trainer.data.findings import check_images
from trainer.data.repeats import groups_of_pairs
from trainer.device import describe_device, place
from trainer.errors import DataError, OperationCancelled
from trainer.labels import SPLITS
from trainer.preprocess import Preprocessing, normalize

EPOCHS = 6
_MANY = 10_000  # images; of so many half teach nearly as well as two thirds, in half the time
_UPDATES = 600  # a small data set is passed over more often, to have at least so many
_MOST_EPOCHS = 60
_BATCH = 128
_PEAK_LR = 0.08
_PREPROCESSING = Preprocessing()
_SHIFT = 3  # pixels


class SmallNet(nn.Module):
    """Three convolutions with batch norm and one linear layer; a coarse first step keeps it fast.

    Maps float32 (N, 1, H, W) to logits float32 (N, ``num_classes``).
    """

    def __init__(self, num_classes: int) -> None:
        super().__init__()
        self.features = nn.Sequential(
            *_convolution(1, 32, side=5, stride=2),
            nn.MaxPool2d(2),
            *_convolution(32, 64),
            nn.MaxPool2d(2),
            *_convolution(64, 128),
        )
        self.head = nn.Sequential(
            nn.AdaptiveAvgPool2d(3), nn.Flatten(), nn.Dropout(0.25), nn.Linear(9 * 128, num_classes)
        )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Return the logits."""
        logits: torch.Tensor = self.head(self.features(images))
        return logits


def _convolution(inside: int, outside: int, *, side: int = 3, stride: int = 1) -> list[nn.Module]:
    return [
        nn.Conv2d(inside, outside, side, stride=stride, padding=side // 2, bias=False),
        nn.BatchNorm2d(outside),
        nn.ReLU(inplace=True),
    ]


def out_of_sample_probs(
    dataset: ExpressionDataset,
    *,
    folds: int | None = None,
    epochs: int | None = None,
    seed: int = 0,
    splits: Sequence[str] = ("train", "val"),
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> npt.NDArray[np.float32]:
    """Return probabilities float32 (N, C); NaN for images that were not judged.

    Args:
        dataset: Its labelled images of ``splits`` are judged.
        folds: How many networks are trained; None takes 3, 2 for many images.
        epochs: Passes of each over its images; None takes 6, more for small data sets.
        seed: Of folds, initialisation and order.
        splits: The splits to judge, and to learn from.
        on_progress: Called with 0..1.
        should_stop: Asked before every update.

    Raises:
        DataError: There are too few labelled images.
        OperationCancelled: ``should_stop`` said so.
    """
    ask = should_stop or (lambda: False)
    report = on_progress or (lambda _fraction: None)
    targets = dataset.targets.numpy()
    wanted = np.isin(dataset.splits.numpy(), [SPLITS.index(split) for split in splits])
    judged = np.flatnonzero(wanted & (targets >= 0))
    if folds is None:
        folds = 2 if len(judged) > _MANY else 3
    if len(judged) < max(2 * folds, 4):
        raise DataError(
            f"{dataset.name} has {len(judged)} labelled images to judge; {folds} folds need more."
        )
    images = dataset.images[torch.from_numpy(judged)]
    people = None if dataset.groups is None else dataset.groups.numpy()[judged]
    fold_of = _folds(images.numpy()[:, 0], targets[judged], folds, seed, people, should_stop)
    learnt = dataset.targets[torch.from_numpy(judged)]
    probs = np.full((len(dataset), len(dataset.class_names)), np.nan, np.float32)
    for fold in range(folds):
        inside, outside = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        if len(inside) < 2 or not len(outside):
            continue

        def tell(part: float, fold: int = fold) -> None:
            report((fold + part) / folds)

        chosen = torch.from_numpy(inside)
        model = _train(
            images[chosen], learnt[chosen], len(dataset.class_names), epochs, seed + fold, tell, ask
        )
        probs[judged[outside]] = _predict(model, images[torch.from_numpy(outside)], ask)
    report(1.0)
    return probs


def _folds(
    images: npt.NDArray[np.uint8],
    targets: npt.NDArray[np.int64],
    folds: int,
    seed: int,
    people: npt.NDArray[np.int64] | None,
    should_stop: Callable[[], bool] | None,
) -> npt.NDArray[np.int64]:
    """Return the fold of each image, int64 (N,); repeats of a picture share theirs.

    So do images of one person (``people``, int64 (N,)), where a data set tells them apart.
    """
    one_split = np.zeros(len(images), np.uint8)
    pairs = check_images(images, targets, one_split, should_stop=should_stop).pairs
    if people is not None:
        _, first, person = np.unique(people, return_index=True, return_inverse=True)
        ties = np.stack([first[person], np.arange(len(images))], axis=1)
        pairs = np.concatenate([pairs, ties])
    group = groups_of_pairs(pairs, len(images))
    # Dealt out class by class, so that every fold has its share of the rare ones.
    leaders = np.unique(group, return_index=True)[1]
    order = np.random.default_rng(seed).permutation(leaders)
    order = order[np.argsort(targets[order], kind="stable")]
    fold_of_group = np.empty(len(leaders), np.int64)
    fold_of_group[group[order]] = np.arange(len(order)) % folds
    return fold_of_group[group]


def _train(
    images: torch.Tensor,
    targets: torch.Tensor,
    num_classes: int,
    epochs: int | None,
    seed: int,
    report: Callable[[float], None],
    should_stop: Callable[[], bool],
) -> nn.Module:
    device, _ = describe_device()
    size = max(16, min(_BATCH, len(images) // 32))
    # A last batch of one is left out: batch norm needs two.
    steps = max(1, len(images) // size + (len(images) % size > 1))
    if epochs is None:
        epochs = min(_MOST_EPOCHS, max(EPOCHS, -(-_UPDATES // steps)))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = place(SmallNet(num_classes), device)
        generator = torch.Generator().manual_seed(seed)
        optimizer = torch.optim.SGD(
            model.parameters(), lr=_PEAK_LR, momentum=0.9, nesterov=True, weight_decay=5e-4
        )
        schedule = torch.optim.lr_scheduler.OneCycleLR(
            optimizer, _PEAK_LR, total_steps=epochs * steps + 1, pct_start=0.25
        )
        model.train()
        done = 0
        for _epoch in range(epochs):
            order = torch.randperm(len(images), generator=generator)
            for batch in order.split(size):
                if should_stop():
                    raise OperationCancelled
                if len(batch) < 2:
                    continue
                pixels = _varied(images[batch], generator)
                inputs = torch.from_numpy(normalize(pixels.numpy(), _PREPROCESSING))
                logits = model(inputs.to(device, memory_format=torch.channels_last))
                loss = F.cross_entropy(logits, targets[batch].to(device))
                optimizer.zero_grad(set_to_none=True)
                loss.backward()
                optimizer.step()
                schedule.step()
                done += 1
                report(done / (epochs * steps))
    return model


def _varied(images: torch.Tensor, generator: torch.Generator) -> torch.Tensor:
    """Mirror half of a batch, uint8 (N, 1, H, W), and shift all of it alike; edges repeat.

    Turning and zooming image by image would cost a tenth of the time.
    """
    mirrored = torch.rand(len(images), generator=generator) < 0.5
    images = torch.where(mirrored.view(-1, 1, 1, 1), images.flip(3), images)
    height, width = images.shape[2:]
    down, right = torch.randint(-_SHIFT, _SHIFT + 1, (2,), generator=generator).tolist()
    rows = (torch.arange(height) + down).clamp_(0, height - 1)
    columns = (torch.arange(width) + right).clamp_(0, width - 1)
    return images[:, :, rows][:, :, :, columns]


@torch.inference_mode()
def _predict(
    model: nn.Module, images: torch.Tensor, should_stop: Callable[[], bool]
) -> npt.NDArray[np.float32]:
    """Return probabilities float32 (N, C), the mean of an image and its mirror image."""
    device = next(model.parameters()).device
    model.eval()
    parts = []
    for batch in images.split(2 * _BATCH):
        if should_stop():
            raise OperationCancelled
        inputs = torch.from_numpy(normalize(batch.numpy(), _PREPROCESSING))
        inputs = inputs.to(device, memory_format=torch.channels_last)
        probs = model(inputs).softmax(1) + model(inputs.flip(3)).softmax(1)
        parts.append((probs / 2).float().cpu().numpy())
    joined: npt.NDArray[np.float32] = np.concatenate(parts)
    return joined
