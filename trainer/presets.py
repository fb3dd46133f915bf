"""Presets: whole settings for a network under one name. Torch-free, for windows and commands.

``report`` follows the report that Mien grew out of, as far as it is known. Known are: stochastic
gradient descent; for fine-tuning, a learning rate of the last layer ten times that of the rest
and a weight decay of 0.001; the balancing of disgust by ten (:mod:`trainer.data.balance`), which
the report compared with training without it and which is therefore asked for apart, by
``balance``. Everything else is our choice, and :data:`REPORT_NOTE` says so to the user: batches
of 64, a constant rate of 0.01, momentum 0.9 without Nesterov's variant, 30 epochs (10 when
fine-tuning), and none of what later practice added: no weight decay for networks trained from
scratch, no augmentation, no label smoothing, no averaged weights, no gradient clipping. Images
that repeat another one stay in, as the report did not look for them; those that also stand in
the validation or test split are left out, since a score that counts them would be too good.

``quick`` shows within about two minutes on one slow core, whatever the data set, that a network
learns: from a part of the images, judged on a part of them, so its figures are rough. VGG-11 at
224 x 224 takes some minutes more.

``best`` is the recipe of the shipped VGG-9 (``docs/vgg9.md``) in one go, without its
restarts, tried on ``vgg9_bn`` only; for the LightNets that of the default network's first column
(``docs/model-card.md``) without its teachers, which other data need not have.
"""

from __future__ import annotations

from collections.abc import Callable

from trainer.config import AugmentConfig, TrainConfig
from trainer.errors import TrainingError

PRESETS: tuple[str, ...] = ("report", "quick", "best")

REPORT_NOTE = (
    "The report names plain SGD and, for fine-tuning, ten times the rate for the last layer and a "
    "weight decay of 0.001. Batch size, rate, momentum and number of epochs are Mien's choice."
)

_QUICK = {
    "lenet": (6, 0, 0),
    "resnet11": (4, 4800, 1000),
    "lightnet": (3, 9600, 1000),
    "lightnet_wide": (3, 3200, 1000),
    "lightnet_wide64": (3, 1800, 1000),
    "lightnet_columns": (3, 1100, 1000),
    "efficientnet_lite0_imagenet": (3, 1400, 1000),
    "resnet18_imagenet": (2, 200, 200),
    "vgg11_imagenet": (1, 300, 200),
}
"""Epochs, images to learn from and to judge on in ``quick``, by network; 0 is all.

From images a second of processor time on one core of a Xeon (Sapphire Rapids), learnt and judged:
LeNet 2000 and 6500, ResNet-11 185 and 830, VGG-9 32 and 125, EfficientNet-Lite0 46 and 176,
ResNet-18 4.7 and 21, VGG-11 1 and 5. The LightNets on an EPYC, where VGG-9 has 52 and 179: LightNet
577 and 2098, the wide one 186 and 625, at 64 pixels 101 and 353, both columns 66 and 224.
"""
_QUICK_OTHERWISE = (3, 900, 1000)  # VGG-9


def preset(name: str, model: str) -> TrainConfig:
    """Return the settings of a preset for a network.

    Args:
        name: One of :data:`PRESETS`.
        model: Registry name of the network.

    Raises:
        TrainingError: There is no such preset.
    """
    makers: dict[str, Callable[[str], TrainConfig]] = {
        "report": _report,
        "quick": _quick,
        "best": _best,
    }
    if name not in makers:
        raise TrainingError(f"There is no preset '{name}'; choose one of {', '.join(PRESETS)}.")
    return makers[name](model)


def is_fine_tuned(model: str) -> bool:
    """Tell whether a network starts from weights learnt on ImageNet, by its name."""
    return model.endswith("_imagenet")


def _report(model: str) -> TrainConfig:
    fine_tuned = is_fine_tuned(model)
    return TrainConfig(
        model=model,
        epochs=10 if fine_tuned else 30,
        batch_size=64,
        lr=0.001 if fine_tuned else 0.01,
        momentum=0.9,
        nesterov=False,
        weight_decay=1e-3 if fine_tuned else 0.0,
        schedule="constant",
        warmup_epochs=0.0,
        label_smoothing=0.0,
        ema_decay=0.0,
        clip_norm=0.0,
        augment=AugmentConfig.off(),
        augment_ramp_epochs=0.0,
        drop_duplicates=False,
        drop_leaks=True,
        init_weights=_start(model),
    )


def _quick(model: str) -> TrainConfig:
    epochs, train_limit, val_limit = _QUICK.get(model, _QUICK_OTHERWISE)
    return TrainConfig(
        model=model,
        epochs=epochs,
        lr=0.005 if is_fine_tuned(model) else 0.02,
        schedule="one-cycle",
        ema_decay=0.0,  # a few dozen updates: an average would lag behind
        augment=AugmentConfig.off(),
        augment_ramp_epochs=0.0,
        init_weights=_start(model),
        train_limit=train_limit,
        val_limit=val_limit,
    )


def _best(model: str) -> TrainConfig:
    if model.startswith("lightnet"):
        return _best_light(model)
    fine_tuned = is_fine_tuned(model)
    return TrainConfig(
        model=model,
        epochs=12 if fine_tuned else 36,
        lr=0.005 if fine_tuned else 0.015,
        weight_decay=1e-3 if fine_tuned else 5e-4,
        augment=AugmentConfig(
            flip=0.5,
            shift=0.06,
            rotation=8.0,
            zoom=0.08,
            brightness=0.1,
            contrast=0.1,
            erase=0.1,
            blur=0.8,
            noise=0.04,
        ),
        init_weights=_start(model),
    )


def _best_light(model: str) -> TrainConfig:
    return TrainConfig(
        model=model,
        epochs=64,
        batch_size=128,
        lr=0.08,
        warmup_epochs=1.0,
        augment=AugmentConfig(
            flip=0.5,
            shift=0.1,
            rotation=12.0,
            zoom=0.12,
            brightness=0.1,
            contrast=0.2,
            erase=0.3,
            blur=0.5,
            noise=0.03,
        ),
        augment_ramp_epochs=4.0,
    )


def _start(model: str) -> str:
    return "imagenet" if is_fine_tuned(model) else ""
