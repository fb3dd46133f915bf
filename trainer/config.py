"""Settings of a training run: typed, checked, written to and read from ``config.yaml``."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

import yaml

from trainer.errors import TrainingError
from trainer.files import write_text

# libyaml's reader is eight times as fast where it was built in, and hundreds of runs are listed.
_SAFE_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SCHEDULES: tuple[str, ...] = ("constant", "step", "cosine", "one-cycle")
CLASS_WEIGHTS: tuple[str, ...] = ("none", "balanced")
SAMPLERS: tuple[str, ...] = ("shuffle", "weighted")
TARGETS: tuple[str, ...] = ("label", "majority", "votes", "both")
FINE_TUNE: tuple[str, ...] = ("all", "features-first")

_NOT_NEGATIVE = (
    "weight_decay",
    "step_epochs",
    "warmup_epochs",
    "mixup",
    "train_limit",
    "val_limit",
    "freeze_epochs",
    "clip_norm",
    "patience",
    "threads",
    "seed",
)


@dataclass(frozen=True)
class AugmentConfig:
    """Random changes of a training batch; 0 turns one off.

    Attributes:
        flip: Probability of a mirrored image.
        shift: Largest shift, as a fraction of the side.
        rotation: Largest rotation, degrees.
        zoom: Largest relative change of size (0.1 is 90 to 110 %).
        brightness: Largest added brightness, as a fraction of the range.
        contrast: Largest relative change of contrast.
        erase: Probability of one erased rectangle (Zhong et al., 2020).
        blur: Largest standard deviation of a Gaussian blur, pixels.
        noise: Largest standard deviation of added Gaussian noise, as a fraction of the range.
    """

    flip: float = 0.5
    shift: float = 0.08
    rotation: float = 8.0
    zoom: float = 0.1
    brightness: float = 0.2
    contrast: float = 0.2
    erase: float = 0.2
    blur: float = 0.8
    noise: float = 0.03

    @classmethod
    def off(cls) -> AugmentConfig:
        """No change at all."""
        return cls(**{entry.name: 0.0 for entry in fields(cls)})

    @classmethod
    def from_dict(cls, values: dict[str, float]) -> AugmentConfig:
        """Rebuild from saved values; a change that is not among them was not there: off.

        Raises:
            TypeError: A key is unknown or a value is no number.
        """
        off = cls.off()
        _check_kinds(off, values)
        return replace(off, **values)


@dataclass(frozen=True)
class TrainConfig:
    """One training run.

    Attributes:
        model: Registry name.
        epochs: Passes over the training split.
        batch_size: Images an update.
        lr: Peak learning rate of SGD.
        momentum: SGD momentum.
        nesterov: Nesterov's momentum.
        weight_decay: On weights only, never on biases and norms.
        schedule: One of ``SCHEDULES``; ``cosine`` and ``one-cycle`` end at zero.
        step_epochs: With ``step``, the rate changes every so many epochs; 0 changes it at
            half and at three quarters of the run.
        step_factor: With ``step``, what the rate is multiplied by.
        warmup_epochs: Linear warm-up from zero, may be a fraction.
        label_smoothing: 0..1 (Szegedy et al., 2016).
        mixup: Alpha of the Beta distribution that pairs of images are mixed by (Zhang et al.,
            2018); 0 is off.
        class_weights: One of ``CLASS_WEIGHTS``; ``balanced`` weighs an image's loss by the
            inverse of its class's size.
        sampler: One of ``SAMPLERS``; ``weighted`` draws, with replacement, each class as
            often as the others.
        targets: One of ``TARGETS``: the data set's own label, the majority of FER+'s votes,
            their shares as soft targets, or half the label and half the shares.
        teachers: ``.safetensors`` files of trained networks; half of what is learnt of an image
            is what they say of it in the mean, half is ``targets``. Empty: none.
        train_limit: Learn from at most so many training images, each class by its share; 0
            takes all. For a quick look.
        val_limit: Judge on at most so many validation images, the same in every run; 0 takes
            all.
        ema_decay: Decay of the averaged weights that are evaluated and saved; 0 is off.
        clip_norm: Largest gradient norm; 0 is off.
        patience: Stop after that many epochs without a better validation accuracy; 0 is off.
        seed: Of initialisation, shuffling and augmentation.
        threads: Threads of PyTorch on the CPU; 0 leaves PyTorch's choice.
        device: ``auto`` takes a GPU if there is one; or ``cpu``, ``cuda``, ``cuda:1``, ``mps``.
        deterministic: Only algorithms that give the same bits every time, on one thread
            unless ``threads`` names a number: sums depend on how they are shared out.
        amp: Compute in bfloat16 where that is safe and faster: on a GPU, never on the CPU.
        augment: Augmentation of the training batches.
        augment_ramp_epochs: The strength grows linearly from zero over that many epochs.
        drop_duplicates: Leave out training images that repeat another exactly.
        drop_leaks: Leave out training images that also stand in the validation or test
            split; learning them would raise the score and teach nothing.
        apply_edits: Put in the corrections (relabels, exclusions) that the user saved for
            the data set.
        balance: Factor by class name: so many images are made of each training image of
            the class (:mod:`trainer.data.balance`). Classes not named stay as they are.
        tensorboard: Also write TensorBoard event files.
        init_weights: Where the weights start: empty at random, ``"imagenet"`` with published
            weights (:mod:`trainer.pretrained`), or a path: a ``.safetensors`` file of the same
            network, or the published file.
        fine_tune: One of ``FINE_TUNE``: the whole network from the start, or only its last
            layer for the first ``freeze_epochs`` epochs.
        freeze_epochs: Epochs that the body stays as it was, with ``features-first``.
        head_lr_factor: How much faster a new last layer learns than a body that was trained
            before.
    """

    model: str = "vgg9_bn"
    epochs: int = 20
    batch_size: int = 64
    lr: float = 0.015
    momentum: float = 0.9
    nesterov: bool = True
    weight_decay: float = 5e-4
    schedule: str = "cosine"
    step_epochs: int = 0
    step_factor: float = 0.1
    warmup_epochs: float = 0.25
    label_smoothing: float = 0.05
    mixup: float = 0.0
    class_weights: str = "none"
    sampler: str = "shuffle"
    targets: str = "label"
    teachers: tuple[str, ...] = ()
    train_limit: int = 0
    val_limit: int = 0
    ema_decay: float = 0.998
    clip_norm: float = 5.0
    patience: int = 0
    seed: int = 0
    threads: int = 0
    device: str = "auto"
    deterministic: bool = False
    amp: bool = True
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    augment_ramp_epochs: float = 3.0
    drop_duplicates: bool = True
    drop_leaks: bool = True
    apply_edits: bool = True
    balance: dict[str, int] = field(default_factory=dict)
    tensorboard: bool = False
    init_weights: str = ""
    fine_tune: str = "all"
    freeze_epochs: int = 1
    head_lr_factor: float = 10.0

    def __post_init__(self) -> None:
        problems = [*self._out_of_range(), *self._unknown_choices()]
        if any(factor < 1 for factor in self.balance.values()):
            problems.append(f"factors of balance must be at least 1, got {self.balance}")
        if self.nesterov and self.momentum == 0:
            problems.append("nesterov needs a momentum above 0")
        if self.fine_tune != "all" and not self.init_weights:
            problems.append(f"fine_tune {self.fine_tune} needs init_weights: there is no body yet")
        if problems:
            raise TrainingError(f"These settings cannot be trained with: {'; '.join(problems)}.")

    def _out_of_range(self) -> list[str]:
        problems = []
        if self.epochs < 1:
            problems.append(f"epochs must be at least 1, got {self.epochs}")
        if self.batch_size < 2:
            problems.append(f"batch size must be at least 2, got {self.batch_size}")
        if self.seed >= 2**63:
            problems.append(f"seed must be below 2**63, got {self.seed}")
        if not 0 < self.lr <= 10:
            problems.append(f"learning rate must be above 0 and at most 10, got {self.lr}")
        if not 0 < self.step_factor <= 1:
            problems.append(f"step_factor must be above 0 and at most 1, got {self.step_factor}")
        for name in ("momentum", "label_smoothing", "ema_decay"):
            if not 0 <= getattr(self, name) < 1:
                problems.append(f"{name} must be in 0..1, got {getattr(self, name)}")
        if not 0 < self.head_lr_factor <= 1000:
            problems.append(
                f"head_lr_factor must be above 0 and at most 1000, got {self.head_lr_factor}"
            )
        for name in _NOT_NEGATIVE:
            if getattr(self, name) < 0:
                problems.append(f"{name} must not be negative, got {getattr(self, name)}")
        return problems

    def _unknown_choices(self) -> list[str]:
        choices = {
            "schedule": SCHEDULES,
            "class_weights": CLASS_WEIGHTS,
            "sampler": SAMPLERS,
            "targets": TARGETS,
            "fine_tune": FINE_TUNE,
        }
        return [
            f"{name} must be one of {', '.join(known)}, got {getattr(self, name)}"
            for name, known in choices.items()
            if getattr(self, name) not in known
        ]

    def changed(self, **values: Any) -> TrainConfig:
        """Return a checked copy with other values."""
        return replace(self, **values)

    def to_dict(self) -> dict[str, Any]:
        """Return nested plain values."""
        return {**asdict(self), "teachers": list(self.teachers)}

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> TrainConfig:
        """Rebuild from :meth:`to_dict`.

        Raises:
            TrainingError: A key is unknown or a value does not fit.
        """
        known = {entry.name for entry in fields(cls)}
        values = dict(values)
        if "teacher" in values:  # run folders from before there could be several
            one = values.pop("teacher")
            values.setdefault("teachers", [one] if one else [])
        unknown = sorted(str(name) for name in values if name not in known)
        if unknown:
            raise TrainingError(f"Unknown training settings: {', '.join(unknown)}.")
        if isinstance(values.get("teachers"), list):  # a file knows no tuples
            values["teachers"] = tuple(values["teachers"])
        try:
            if isinstance(values.get("augment"), dict):
                values["augment"] = AugmentConfig.from_dict(values["augment"])
            _check_kinds(cls(), values)
            return cls(**values)
        except TypeError as error:
            raise TrainingError(f"The training settings do not fit: {error}.") from error

    def save(self, path: Path) -> None:
        """Write as YAML, atomically."""
        write_text(path, yaml.safe_dump(self.to_dict(), sort_keys=False))

    @classmethod
    def load(cls, path: Path) -> TrainConfig:
        """Read what :meth:`save` wrote.

        Raises:
            TrainingError: The file is missing or damaged.
        """
        try:
            values = yaml.load(path.read_text(encoding="utf-8"), Loader=_SAFE_LOADER)
        except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
            raise TrainingError(f"Cannot read the settings in {path}: {error}.") from error
        if not isinstance(values, dict):
            raise TrainingError(f"{path} does not hold training settings.")
        return cls.from_dict(values)


def _check_kinds(usual: object, values: dict[str, Any]) -> None:
    """Raise TypeError where a value is not of the kind that ``usual`` has under its name."""
    for name, value in values.items():
        kind = type(getattr(usual, name, None))
        if kind is float:
            fits = type(value) in (int, float) and math.isfinite(value)
        elif kind is dict:
            fits = type(value) is dict and {(type(k), type(v)) for k, v in value.items()} <= {
                (str, int)
            }
        elif kind is tuple:
            fits = type(value) is tuple and all(isinstance(path, str) for path in value)
        else:
            fits = type(value) is kind
        if not fits:
            raise TypeError(f"{name} cannot be {value!r}")
