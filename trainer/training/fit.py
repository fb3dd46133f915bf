"""A whole run: from settings and data to a run folder that anyone can read."""

from __future__ import annotations

import copy
import json
import logging
import platform
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

import trainer
from trainer import runs
from trainer.config import TrainConfig
from trainer.data.balance import check_factors, make_balanced
from trainer.data.dataset import ExpressionDataset, training_indices
from trainer.data.edited import edit, saved_edits
from trainer.device import describe_device, place
from trainer.errors import DataError, OperationCancelled, TrainingError
from trainer.evaluation import predict_logits
from trainer.events import EpochFinished, TrainingEvent, TrainingFinished, TrainingStarted
from trainer.export import export_onnx
from trainer.files import atomic_path, write_text
from trainer.metadata import ModelMetadata
from trainer.metrics import classification_metrics, softmax
from trainer.models import create_model, model_info
from trainer.training.checkpoint import load_checkpoint, save_checkpoint
from trainer.training.ema import WeightAverage
from trainer.training.loop import TrainState, make_optimizer, steps_per_epoch, train_one_epoch
from trainer.training.tensorboard import EpochWriter
from trainer.weights import save_weights

_log = logging.getLogger(__name__)

OnEvent = Callable[[TrainingEvent], None]


def fit(
    config: TrainConfig,
    dataset: ExpressionDataset,
    on_event: OnEvent,
    should_stop: Callable[[], bool],
    *,
    run_dir: Path,
    resume: bool = False,
) -> TrainingFinished:
    """Train a network and keep everything in ``run_dir``.

    Validation decides which epoch is the best; the test split is never looked at.

    Args:
        config: Settings; a resumed run may change everything but ``model`` and ``ema_decay``.
        dataset: Its ``train`` split is learnt, its ``val`` split judged.
        on_event: Called from this thread with everything that happens.
        should_stop: Asked after each layer; True ends the run and keeps the best epoch.
        run_dir: The run's folder (:func:`trainer.runs.new_run_dir`).
        resume: Go on from the folder's checkpoint.

    Raises:
        DataError: A split is missing.
        TrainingError: Settings, checkpoint or data do not go together, or the loss diverged.
    """
    with runs.training_lock(run_dir):
        return _Fit(config, dataset, on_event, should_stop, run_dir).run(resume)


class _Fit:
    def __init__(
        self,
        config: TrainConfig,
        dataset: ExpressionDataset,
        on_event: OnEvent,
        should_stop: Callable[[], bool],
        run_dir: Path,
    ) -> None:
        self.config = config
        self.source = dataset
        self.edited = edit(dataset, saved_edits(dataset) if config.apply_edits else None)
        self.dataset = self.edited.dataset
        self.on_event = on_event
        self.should_stop = should_stop
        self.run_dir = run_dir
        self.info = model_info(config.model)
        self.history: list[EpochFinished] = []
        self.best: EpochFinished | None = None
        self.train_indices, self.val_indices = self._split()
        self.images, self.targets = self.dataset.images, self.dataset.targets
        self.balanced_added = self._balance()
        if config.threads > 0:
            torch.set_num_threads(config.threads)

    def _split(self) -> tuple[torch.Tensor, torch.Tensor]:
        train, self.duplicates_left_out, self.leaks_left_out = training_indices(
            self.dataset,
            drop_duplicates=self.config.drop_duplicates,
            drop_leaks=self.config.drop_leaks,
        )
        self.leaks_kept = 0
        if not self.config.drop_leaks:
            found = training_indices(self.dataset, drop_duplicates=False, drop_leaks=True)
            self.leaks_kept = found[2]
        val = self.dataset.indices("val")
        for name, indices in (("training", train), ("validation", val)):
            if len(indices) < 2:
                raise DataError(
                    f"{self.dataset.name} has {len(indices)} images in its {name} split; "
                    "training needs at least two."
                )
        return train, val

    def _balance(self) -> int:
        """Add variants of training images; return how many. They follow the data set's own."""
        if not self.config.balance:
            return 0
        names = self.dataset.class_names
        check_factors(self.config.balance, names)
        images, targets = make_balanced(
            self.images[self.train_indices, 0].numpy(),
            self.targets[self.train_indices].numpy(),
            [self.config.balance.get(name, 1) for name in names],
            seed=self.config.seed,
            should_stop=self.should_stop,
        )
        made = torch.arange(len(self.images), len(self.images) + len(images))
        self.train_indices = torch.cat((self.train_indices, made))
        self.images = torch.cat((self.images, torch.from_numpy(images)[:, None]))
        self.targets = torch.cat((self.targets, torch.from_numpy(targets)))
        return len(images)

    def run(self, resume: bool) -> TrainingFinished:
        torch.manual_seed(self.config.seed)
        device, device_text = describe_device()
        model = create_model(self.config.model, len(self.dataset.class_names))
        model = place(model, device)
        state = TrainState(model, make_optimizer(model, self.config), None, device)
        if self.config.ema_decay > 0:
            state.average = WeightAverage(model, self.config.ema_decay)
        if resume:
            self._restore(state)
        if self.edited.changed:
            _log.info(self.edited.sentence())
        if self.leaks_kept:
            _log.warning(
                "%d training images also stand in the validation or test split and are learnt: "
                "the validation score is too good.",
                self.leaks_kept,
            )
        self.config.save(self.run_dir / runs.CONFIG)
        self._write_environment(device_text)
        self.on_event(
            TrainingStarted(
                run_dir=self.run_dir,
                device=device_text,
                first_epoch=len(self.history),
                epochs=self.config.epochs,
                steps_per_epoch=steps_per_epoch(len(self.train_indices), self.config.batch_size),
                train_samples=len(self.train_indices),
                val_samples=len(self.val_indices),
                parameters=sum(p.numel() for p in model.parameters()),
                duplicates_left_out=self.duplicates_left_out,
                leaks_left_out=self.leaks_left_out,
                history=tuple(self.history),
                leaks_kept=self.leaks_kept,
                balanced_added=self.balanced_added,
                relabelled=sum(self.edited.relabelled.values()),
                excluded=sum(self.edited.excluded.values()),
            )
        )
        return self._finish(stopped=not self._all_epochs(state))

    def _all_epochs(self, state: TrainState) -> bool:
        """Train epoch after epoch; return False when ``should_stop`` ended it early."""
        first = len(self.history)
        curves = EpochWriter(self.run_dir, first) if self.config.tensorboard else None
        try:
            for epoch in range(first, self.config.epochs):
                self._epoch(state, epoch)
                if curves is not None:
                    curves.write(self.history[-1])
                if self._out_of_patience():
                    break
        except OperationCancelled:
            return False
        finally:
            if curves is not None:
                curves.close()
        return True

    def _restore(self, state: TrainState) -> None:
        content = load_checkpoint(self.run_dir / runs.CHECKPOINT)
        if content["dataset_hash"] != self.dataset.content_hash:
            raise TrainingError(
                f"The run {self.run_dir.name} was trained on other data than "
                f"{self.dataset.name}, or with other corrections of it; resume it with what it "
                "was started with."
            )
        try:
            state.model.load_state_dict(content["model"])
            state.optimizer.load_state_dict(content["optimizer"])
        except (RuntimeError, ValueError, KeyError) as error:
            raise TrainingError(
                f"The checkpoint of {self.run_dir.name} does not fit {self.config.model}: {error}."
            ) from error
        if state.average is not None and content["average"] is not None:
            state.average.state = content["average"]
            state.average.updates = content["average_updates"]
        self.history = content["history"]
        self.best = max(self.history, key=lambda epoch: epoch.val_accuracy, default=None)
        if len(self.history) >= self.config.epochs:
            raise TrainingError(
                f"The run {self.run_dir.name} already has its {len(self.history)} epochs; "
                "ask for more epochs to go on."
            )
        # Rows after the checkpoint (a crash between the two files) are made again.
        runs.write_results(self.run_dir / runs.RESULTS, self.history)

    def _epoch(self, state: TrainState, epoch: int) -> None:
        started = time.perf_counter()
        images, targets = self.images, self.targets
        result = train_one_epoch(
            state,
            images,
            targets,
            self.train_indices,
            epoch,
            self.config,
            self.info.preprocessing,
            self.on_event,
            self.should_stop,
        )
        judged = self._judged_model(state)
        logits = predict_logits(
            judged,
            images[self.val_indices],
            self.info.preprocessing,
            device=state.device,
            should_stop=self.should_stop,
        )
        probs = softmax(logits)
        val_targets = targets[self.val_indices].numpy()
        scores = classification_metrics(probs, val_targets, self.dataset.class_names)
        is_best = self.best is None or scores["top1_accuracy"] > self.best.val_accuracy
        finished = EpochFinished(
            epoch=epoch,
            train_loss=result.loss,
            train_accuracy=result.accuracy,
            val_loss=scores["log_loss"],
            val_accuracy=scores["top1_accuracy"],
            val_macro_f1=scores["macro_f1"],
            lr=result.lr,
            images_per_second=result.images_per_second,
            duration_s=time.perf_counter() - started,
            is_best=is_best,
        )
        self.history.append(finished)
        if is_best:
            self.best = finished
            self._save_best(judged, scores, probs, val_targets)
        self._save_last(state)
        self.on_event(finished)

    def _judged_model(self, state: TrainState) -> nn.Module:
        """Return the network that is evaluated and saved: the averaged one if there is one."""
        if state.average is None:
            return state.model
        judged = copy.deepcopy(state.model)
        judged.load_state_dict(state.average.state)
        return judged

    def _save_best(
        self,
        model: nn.Module,
        scores: dict[str, Any],
        probs: np.ndarray[Any, np.dtype[np.float32]],
        targets: np.ndarray[Any, np.dtype[np.int64]],
    ) -> None:
        best = self.history[-1]
        metadata = ModelMetadata(
            architecture=self.config.model,
            class_names=self.dataset.class_names,
            preprocessing=self.info.preprocessing,
            dataset_name=self.dataset.name,
            dataset_hash=self.dataset.content_hash,
            metrics={
                "val_top1_accuracy": scores["top1_accuracy"],
                "val_macro_f1": scores["macro_f1"],
                "val_log_loss": scores["log_loss"],
                "epoch": float(best.epoch),
            },
            extra={"run": self.run_dir.name},
        )
        save_weights(self.run_dir / runs.WEIGHTS, model.state_dict(), metadata)
        export_onnx(model, metadata, self.run_dir / runs.ONNX)
        with atomic_path(self.run_dir / runs.PREDICTIONS) as temporary:
            np.savez_compressed(
                temporary,
                probs=probs,
                targets=targets,
                indices=self.edited.indices[self.val_indices].numpy(),  # in the source
                class_names=np.array(self.dataset.class_names),
            )
        self._write_metrics({**scores, "state": "interrupted", "best_epoch": best.epoch})

    def _save_last(self, state: TrainState) -> None:
        average = state.average
        save_checkpoint(
            self.run_dir / runs.CHECKPOINT,
            model=state.model.state_dict(),
            optimizer=state.optimizer.state_dict(),
            average=None if average is None else average.state,
            average_updates=0 if average is None else average.updates,
            history=self.history,
            dataset_hash=self.dataset.content_hash,
        )
        runs.write_results(self.run_dir / runs.RESULTS, self.history)

    def _out_of_patience(self) -> bool:
        if self.config.patience == 0 or self.best is None:
            return False
        return len(self.history) - 1 - self.best.epoch >= self.config.patience

    def _finish(self, stopped: bool) -> TrainingFinished:
        metrics = {}
        if (self.run_dir / runs.METRICS).is_file():
            metrics = json.loads((self.run_dir / runs.METRICS).read_text(encoding="utf-8"))
        metrics["state"] = "stopped" if stopped else "finished"
        metrics["epochs_done"] = len(self.history)
        self._write_metrics(metrics)
        onnx = self.run_dir / runs.ONNX
        finished = TrainingFinished(
            run_dir=self.run_dir,
            stopped=stopped,
            epochs_done=len(self.history),
            best_epoch=None if self.best is None else self.best.epoch,
            best_val_accuracy=None if self.best is None else self.best.val_accuracy,
            onnx_path=onnx if self.best is not None and onnx.is_file() else None,
        )
        self.on_event(finished)
        return finished

    def _write_metrics(self, metrics: dict[str, Any]) -> None:
        write_text(self.run_dir / runs.METRICS, json.dumps(metrics, indent=1))

    def _write_environment(self, device_text: str) -> None:
        counts = self.dataset.counts()
        environment = {
            "mien": trainer.__version__,
            "python": platform.python_version(),
            "torch": torch.__version__,
            "numpy": np.__version__,
            "system": platform.platform(),
            "device": device_text,
            "threads": torch.get_num_threads(),
            "dataset": {
                "name": self.dataset.name,
                "source": self.dataset.source,
                "content_hash": self.source.content_hash,
                "edits": self.edited.to_dict(),
                "classes": list(self.dataset.class_names),
                "counts": {
                    split: counts[:, column].tolist()
                    for column, split in enumerate(("train", "val", "test"))
                },
                "train_used": len(self.train_indices),
                "duplicates_left_out": self.duplicates_left_out,
                "leaks_left_out": self.leaks_left_out,
                "balanced_added": self.balanced_added,
                "rows_left_out": len(self.dataset.problems),
            },
        }
        write_text(self.run_dir / runs.ENVIRONMENT, json.dumps(environment, indent=1))
