"""What the training loop announces; listeners draw, print or log."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class TrainingStarted:
    """The first event of a run.

    Attributes:
        run_dir: The run's folder.
        device: Human-readable device with the reason, e.g. ``"CPU (no CUDA device found)"``.
        first_epoch: 0, or the epoch a resumed run goes on with.
        epochs: Planned number of epochs.
        steps_per_epoch: Updates in one epoch.
        train_samples: Images in the training split.
        val_samples: Images in the validation split.
        parameters: Trainable parameters of the network.
        duplicates_left_out: Training images that repeat another one exactly.
        leaks_left_out: Training images that also stand in the validation or test split.
        history: Earlier epochs of a resumed run, oldest first.
        leaks_kept: Training images that stand there too but are learnt, since the
            settings say so: the validation score is too good then.
        balanced_added: Variants of training images that balancing made; they are part of
            ``train_samples``.
        relabelled: Images whose label the user corrected.
        excluded: Images that the user left out.
        class_names: Classes in the order of recalls and confusion matrices.
        targets_left_out: Training images that FER+'s votes left without a target.
        device_wasted: There is a GPU that is not used, which ``device`` explains.
    """

    run_dir: Path
    device: str
    first_epoch: int
    epochs: int
    steps_per_epoch: int
    train_samples: int
    val_samples: int
    parameters: int
    duplicates_left_out: int = 0
    leaks_left_out: int = 0
    history: tuple[EpochFinished, ...] = ()
    leaks_kept: int = 0
    balanced_added: int = 0
    relabelled: int = 0
    excluded: int = 0
    class_names: tuple[str, ...] = ()
    targets_left_out: int = 0
    device_wasted: bool = False


@dataclass(frozen=True)
class StepFinished:
    """One update was made (announced a few times a second at most, and at epoch ends).

    Attributes:
        epoch: 0-based.
        step: 0-based update within the epoch.
        steps_per_epoch: Updates in one epoch.
        loss: Running mean of the training loss in this epoch.
        accuracy: Running training accuracy in this epoch, a fraction.
        lr: Learning rate of this update.
        images_per_second: Training speed, measured over this epoch so far without pauses.
        epoch_eta_s: Seconds left in this epoch.
        run_eta_s: Seconds left in the whole run.
    """

    epoch: int
    step: int
    steps_per_epoch: int
    loss: float
    accuracy: float
    lr: float
    images_per_second: float
    epoch_eta_s: float
    run_eta_s: float


@dataclass(frozen=True)
class EpochFinished:
    """One pass over the training split and its validation are done; a row of results.csv.

    Attributes:
        epoch: 0-based.
        train_loss: Mean loss over the epoch (with augmentation and label smoothing).
        train_accuracy: Fraction, on the augmented batches; of a mixed image or of votes the
            largest share counts as the label.
        val_loss: Mean cross entropy on the validation split.
        val_accuracy: ``top1_accuracy`` on the validation split, a fraction.
        val_macro_f1: Unweighted mean of the classes' F1 on the validation split.
        lr: Learning rate at the end of the epoch.
        images_per_second: Training images a second.
        duration_s: Seconds the epoch took, validation included, pauses not.
        is_best: Whether the validation accuracy is the best so far.
        val_recall: Recall of each class on the validation split, in the order of the class
            names; NaN for a class without validation images. () in runs of older versions.
        val_confusion: Counts on the validation split, rows are targets, columns what was
            said. () in runs of older versions and when read from results.csv.
    """

    epoch: int
    train_loss: float
    train_accuracy: float
    val_loss: float
    val_accuracy: float
    val_macro_f1: float
    lr: float
    images_per_second: float
    duration_s: float
    is_best: bool
    val_recall: tuple[float, ...] = ()
    val_confusion: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True)
class TrainingFinished:
    """The last event of a run that ended or was stopped; errors are raised instead.

    Attributes:
        run_dir: The run's folder.
        stopped: True when ``should_stop`` ended it early.
        epochs_done: Finished epochs, earlier parts of a resumed run included.
        best_epoch: 0-based epoch of ``best.safetensors``, or None when none finished.
        best_val_accuracy: Its validation accuracy, or None.
        onnx_path: ``best.onnx`` for the Player, or None when there is no best epoch. The file
            is made when it is first used (:func:`trainer.run_onnx.ensure_onnx`).
    """

    run_dir: Path
    stopped: bool
    epochs_done: int
    best_epoch: int | None
    best_val_accuracy: float | None
    onnx_path: Path | None


TrainingEvent = TrainingStarted | StepFinished | EpochFinished | TrainingFinished
