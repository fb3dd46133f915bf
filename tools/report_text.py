"""What a run says beside the report that Mien grew out of: its figure, and why ours differs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trainer.compare.literature import REFERENCES, Reference
from trainer.compare.statistics import share_interval
from trainer.config import TrainConfig
from trainer.events import EpochFinished
from trainer.labels import EXPRESSIONS
from trainer.presets import preset
from trainer.runs import Run

_NAMES = {
    "lenet": "LeNet",
    "vgg9": "VGG-9",
    "vgg9_bn": "VGG-9",
    "resnet11": "ResNet-11",
    "vgg11_imagenet": "VGG-11, ImageNet",
    "resnet18_imagenet": "ResNet-18, ImageNet",
}
OVERFIT = 0.10  # training accuracy ahead of PublicTest
_UNEXPLAINED = ("device", "threads", "seed", "tensorboard", "patience", "amp", "deterministic")
"""Settings that choose how, not what, is learnt."""


def published(config: TrainConfig) -> Reference | None:
    """Return the report's figure for what a run repeats, None where it gives none."""
    name = _NAMES.get(config.model, "")
    if name == "VGG-9" and config.balance:
        name = "VGG-9, classes balanced"
    if name.endswith("ImageNet") and config.init_weights != "imagenet":
        return None
    return next((reference for reference in REFERENCES if reference.name == name), None)


def expected_names() -> list[str]:
    """Return the names of all figures of the report."""
    return [*dict.fromkeys(_NAMES.values()), "VGG-9, classes balanced"]


def val_images(run: Run) -> tuple[int, float]:
    """Return how many images a run was judged on and the share of their largest class."""
    counts = run.environment.get("dataset", {}).get("counts", {}).get("val", [])
    total = sum(counts)
    return total, max(counts) / total if total else 0.0


def other_settings(config: TrainConfig) -> dict[str, Any]:
    """Return the settings in which a run differs from the Report preset of its network."""
    usual = preset("report", config.model).to_dict()
    own = config.to_dict()
    return {
        name: value
        for name, value in own.items()
        if value != usual[name] and name not in _UNEXPLAINED
    }


def explain(run: Run) -> str:
    """Say how a run's accuracy stands beside the report's, and what its curves tell of why."""
    best, last = run.best_epoch, run.history[-1]
    assert best is not None
    total, largest = val_images(run)
    parts = [_beside(published(run.config), best.val_accuracy, total)]
    if largest and best.val_accuracy <= largest + 0.01:
        parts.append(
            f"It never got past naming the most frequent expression, which alone is right for "
            f"{largest:.1%}: it did not converge."
        )
        return " ".join(parts)
    # A few epochs with many copies of a class fit those first: the loss has to have risen again.
    past = min(run.history, key=lambda epoch: epoch.val_loss).epoch < last.epoch
    overfits = past and last.train_accuracy - last.val_accuracy > OVERFIT
    if overfits:
        parts.append(_overfit(run.history))
    if best.epoch == last.epoch and last.val_loss <= min(e.val_loss for e in run.history):
        parts.append(_rising(run.history))
    if not overfits and len(run.history) > 1:
        parts.append(_short(run))
    return " ".join(parts)


def _beside(reference: Reference | None, accuracy: float, total: int) -> str:
    if reference is None:
        return f"{accuracy:.1%} on PublicTest; the report gives no figure to compare it with."
    if reference.accuracy <= accuracy <= reference.accuracy_high:
        return f"{accuracy:.1%} on PublicTest, within the report's {reference.accuracy_text}."
    nearest = min((reference.accuracy, reference.accuracy_high), key=lambda v: abs(v - accuracy))
    points = 100 * (accuracy - nearest)
    text = (
        f"{accuracy:.1%} on PublicTest, {abs(points):.1f} points "
        f"{'above' if points > 0 else 'below'} the report's {reference.accuracy_text}"
    )
    interval = share_interval(round(accuracy * total), total)
    inside = interval.low <= nearest <= interval.high
    chance = " (95 % interval {:.1%} to {:.1%}: {})".format(
        interval.low, interval.high, "no more than chance" if inside else "more than chance"
    )
    return text + (chance if total else "") + "."


def _rising(history: Sequence[EpochFinished]) -> str:
    count = "one epoch" if len(history) == 1 else f"{len(history)} epochs"
    grown = ""
    if len(history) > 1:
        before = max(epoch.val_accuracy for epoch in history[:-1])
        grown = f", by {100 * (history[-1].val_accuracy - before):.1f} points in the last one"
    return (
        f"PublicTest was still rising after {count}{grown}: with more epochs it would probably "
        "end higher."
    )


def _short(run: Run) -> str:
    """Say how many epochs a run had, and that it had not done learning."""
    meant = preset("report", run.config.model).epochs
    before, last = run.history[-2], run.history[-1]
    points = 100 * (last.train_accuracy - before.train_accuracy)
    return (
        f"It had {len(run.history)} of the {meant} epochs of the Report preset, for want of hours; "
        f"its training accuracy rose by {points:.1f} points in the last one to "
        f"{last.train_accuracy:.1%}, so its figure is no end."
    )


def _overfit(history: Sequence[EpochFinished]) -> str:
    last = history[-1]
    lowest = min(history, key=lambda epoch: epoch.val_loss)
    return (
        f"It overfits: in epoch {last.epoch + 1} it is right for {last.train_accuracy:.1%} of the "
        f"images it learns and {last.val_accuracy:.1%} of PublicTest, whose loss was lowest in "
        f"epoch {lowest.epoch + 1} ({lowest.val_loss:.2f}) and ended at {last.val_loss:.2f}."
    )


def balancing_table(runs: Sequence[Run]) -> str:
    """Return what balancing did, epoch by epoch, beside the same network without; "" without both.

    Each row is an epoch that both had: recall of the balanced classes, macro-F1, accuracy.
    """
    for balanced in runs:
        plain = [
            run
            for run in runs
            if run.config.model == balanced.config.model and not run.config.balance
        ]
        if balanced.config.balance and plain:
            return _balancing_rows(plain[0], balanced)
    return ""


def _balancing_rows(plain: Run, balanced: Run) -> str:
    names = list(balanced.config.balance)
    heads = [f"{name} recalled" for name in names] + ["macro-F1", "PublicTest"]
    lines = [
        "| epoch | " + " | ".join(f"{head}: without / with" for head in heads) + " |",
        "|---|" + "---|" * len(heads),
    ]
    for one, other in zip(plain.history, balanced.history, strict=False):
        cells = []
        for name in names:
            index = EXPRESSIONS.index(name)
            cells.append(f"{one.val_recall[index]:.1%} / {other.val_recall[index]:.1%}")
        cells.append(f"{one.val_macro_f1:.3f} / {other.val_macro_f1:.3f}")
        cells.append(f"{one.val_accuracy:.1%} / {other.val_accuracy:.1%}")
        lines.append(f"| {one.epoch + 1} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def accuracy_at(history: Sequence[EpochFinished], train_accuracy: float) -> float | None:
    """Return PublicTest's accuracy when training reached an accuracy, None if it never did.

    Between two epochs it is interpolated.
    """
    before: EpochFinished | None = None
    for epoch in history:
        if epoch.train_accuracy >= train_accuracy:
            if before is None:
                return None  # passed within the first epoch
            share = (train_accuracy - before.train_accuracy) / (
                epoch.train_accuracy - before.train_accuracy
            )
            return before.val_accuracy + share * (epoch.val_accuracy - before.val_accuracy)
        before = epoch
    return None
