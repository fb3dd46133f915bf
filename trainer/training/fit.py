"""A whole run: from settings and data to a run folder that anyone can read."""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import torch
from torch import nn

from trainer import runs
from trainer.config import TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.device import choose_device, place
from trainer.errors import OperationCancelled, TrainingError
from trainer.evaluation import predict_logits
from trainer.events import EpochFinished, TrainingEvent, TrainingFinished
from trainer.initial_weights import initialise
from trainer.metrics import classification_metrics, softmax
from trainer.models import create_model, model_info
from trainer.training.announce import log_data, started
from trainer.training.checkpoint import restore
from trainer.training.distributed import World
from trainer.training.ema import WeightAverage
from trainer.training.failures import explained
from trainer.training.loop import (
    EpochResult,
    Samples,
    TrainState,
    make_optimizer,
    train_one_epoch,
)
from trainer.training.memory import freed_memory_kept
from trainer.training.precision import reproducible
from trainer.training.prepare import prepare
from trainer.training.run_files import RunFiles
from trainer.training.sampling import balanced_class_weights
from trainer.training.tensorboard import EpochWriter

_GO_ON, _OUT_OF_PATIENCE, _STOPPED = range(3)

OnEvent = Callable[[TrainingEvent], None]


def fit(
    config: TrainConfig,
    dataset: ExpressionDataset,
    on_event: OnEvent,
    should_stop: Callable[[], bool],
    *,
    run_dir: Path,
    resume: bool = False,
    should_pause: Callable[[], bool] = lambda: False,
) -> TrainingFinished:
    """Train a network and keep everything in ``run_dir``.

    Validation decides which epoch is the best; the test split is never looked at. Called in
    several processes that :func:`trainer.training.distributed.joined` brought together, it
    trains one network with all of them; process 0 announces, judges and writes.

    Args:
        config: Settings; a resumed run may change everything but ``model`` and ``ema_decay``.
        dataset: Its ``train`` split is learnt, its ``val`` split judged.
        on_event: Called from this thread with everything that happens.
        should_stop: Asked after each layer; True ends the run and keeps the best epoch.
        run_dir: The run's folder (:func:`trainer.runs.new_run_dir`).
        resume: Go on from the folder's checkpoint; a run that was cut short in its first epoch
            begins again.
        should_pause: Asked between updates; training waits, without using the processor, for
            as long as it says yes.

    Raises:
        DataError: A split is missing.
        OutOfMemory: A batch does not fit; the run can go on with a smaller one.
        TrainingError: Settings, checkpoint or data do not go together, the loss diverged, or
            the folder cannot be written.
    """
    world = World()
    if world.size > 1 and config.fine_tune != "all":
        raise TrainingError(
            f"Fine-tuning '{config.fine_tune}' works in a single process only: leave torchrun "
            "out, or fine-tune the whole network (--fine-tune all)."
        )
    lock = runs.training_lock(run_dir) if world.is_main else nullcontext()
    with (
        explained(run_dir, config.batch_size),
        lock,
        reproducible(config),
        freed_memory_kept(),
    ):
        run = _Fit(config, dataset, on_event, should_stop, should_pause, run_dir, world)
        return run.run(resume)


class _Fit:
    def __init__(
        self,
        config: TrainConfig,
        dataset: ExpressionDataset,
        on_event: OnEvent,
        should_stop: Callable[[], bool],
        should_pause: Callable[[], bool],
        run_dir: Path,
        world: World,
    ) -> None:
        self.config = config
        self.world = world
        self.on_event = on_event if world.is_main else (lambda event: None)
        self.should_stop = should_stop
        self.should_pause = should_pause
        self.info = model_info(config.model)
        self.history: list[EpochFinished] = []
        self.best: EpochFinished | None = None
        self.data = prepare(config, dataset, should_stop)
        self.files = RunFiles(run_dir, config, self.data)
        weights = None
        if config.class_weights == "balanced":
            weights = balanced_class_weights(self.data.train_counts())
        self.samples = Samples(
            self.data.images,
            self.data.targets,
            self.data.train_indices,
            len(self.data.dataset.class_names),
            self.data.shares,
            weights,
        )

    def run(self, resume: bool) -> TrainingFinished:
        choice = choose_device(self.world.local_device(self.config.device))
        has_weights = resume and (self.files.folder / runs.CHECKPOINT).is_file()
        state = self._new_state(choice.device, has_weights)
        self.world.check_same(self.data.dataset.content_hash, choice.device)
        if self.world.is_main:
            if resume:
                self._restore(state)
            log_data(self.data, choice)
            self.config.save(self.files.folder / runs.CONFIG)
            self.files.write_environment(choice.text, self.world.size)
            self.on_event(
                started(
                    self.files.folder, self.config, self.data, choice, self.world.size,
                    tuple(self.history), sum(p.numel() for p in state.model.parameters()),
                )
            )  # fmt: skip
            if resume:
                self.files.reopen()
        is_over = self._out_of_patience()  # killed between its last checkpoint and its end
        first = self.world.from_main(
            self.config.epochs if is_over else len(self.history), choice.device
        )
        self.world.send_rate_factors(state.optimizer, choice.device)
        if first > 0:
            self.world.send_optimizer(state.optimizer)
        return self._finish(stopped=not self._all_epochs(state, first))

    def _new_state(self, device: torch.device, has_weights: bool) -> TrainState:
        torch.manual_seed(self.config.seed)
        names = self.data.dataset.class_names
        model = create_model(self.config.model, len(names))
        new_head = False
        if not has_weights:  # those of a checkpoint are all, and the file may be gone by now
            new_head = initialise(model, self.info, self.config.init_weights, names)
        model = place(self.world.prepared(model, device), device)
        optimizer = make_optimizer(model, self.config, new_head=new_head)
        state = TrainState(model, optimizer, None, device)
        if self.config.ema_decay > 0 and self.world.is_main:
            state.average = WeightAverage(model, self.config.ema_decay)
        return state

    def _all_epochs(self, state: TrainState, first: int) -> bool:
        """Train epoch after epoch; return False when ``should_stop`` ended it early."""
        curves = None
        if self.config.tensorboard and self.world.is_main:
            names = self.data.dataset.class_names
            curves = EpochWriter(self.files.folder, first, names)
        try:
            for epoch in range(first, self.config.epochs):
                verdict = self._epoch(state, epoch)
                if verdict == _STOPPED:
                    return False
                if curves is not None:
                    curves.write(self.history[-1])
                if verdict == _OUT_OF_PATIENCE:
                    break
        except OperationCancelled:
            return False
        finally:
            if curves is not None:
                curves.close()
        return True

    def _restore(self, state: TrainState) -> None:
        name = self.files.folder.name
        path = self.files.folder / runs.CHECKPOINT
        if not path.is_file() and not (self.files.folder / runs.RESULTS).is_file():
            return  # cut short in its first epoch: the seed gives the same start again
        self.history = restore(path, state, self.config.model, self.data.dataset)
        self.best = max(self.history, key=lambda epoch: epoch.val_accuracy, default=None)
        # One that was killed between its last checkpoint and its end has only to be ended.
        if runs.load_run(self.files.folder).state == "finished":
            if len(self.history) >= self.config.epochs:
                raise TrainingError(
                    f"The run {name} already has its {len(self.history)} epochs; "
                    "ask for more epochs to go on."
                )
            if self._out_of_patience():
                raise TrainingError(
                    f"The run {name} ended because {self.config.patience} epochs brought nothing "
                    "better; ask for more patience to go on."
                )
        # Rows after the checkpoint (a crash between the two files) are made again.
        self.files.write_results(self.history)

    def _epoch(self, state: TrainState, epoch: int) -> int:
        """Train and judge an epoch; return what is to follow, the same in every process."""
        started = time.perf_counter()
        state.wrapped = self.world.wrapped(state.model, state.device)
        result = train_one_epoch(
            state,
            self.samples,
            epoch,
            self.config,
            self.info.preprocessing,
            self.on_event,
            self.should_stop,
            self.should_pause,
            self.world,
        )
        verdict = _GO_ON
        if self.world.is_main:
            try:
                self._judge(state, epoch, result, started)
                verdict = _OUT_OF_PATIENCE if self._out_of_patience() else _GO_ON
            except OperationCancelled:
                verdict = _STOPPED
        return self.world.from_main(verdict, state.device)

    def _judge(self, state: TrainState, epoch: int, result: EpochResult, started: float) -> None:
        """Validate, write the run's files and announce the epoch."""
        judged = self._judged_model(state)
        val = self.data.val_indices
        logits = predict_logits(
            judged,
            self.data.images[val],
            self.info.preprocessing,
            device=state.device,
            # Judging needs less memory than training, but a batch made small needs it small.
            batch_size=2 * self.config.batch_size,
            should_stop=self.should_stop,
        )
        probs = softmax(logits)
        targets = self.data.dataset.targets[val].numpy()
        scores = classification_metrics(probs, targets, self.data.dataset.class_names)
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
            duration_s=time.perf_counter() - started - result.paused_s,
            is_best=is_best,
            val_recall=_recall(scores),
            val_confusion=tuple(map(tuple, scores["confusion_matrix"])),
        )
        self.history.append(finished)
        if is_best:
            self.best = finished
        # Two files of some hundred megabytes, and Stop has to wait for both: side by side.
        with ThreadPoolExecutor(1) as pool:
            saved: Future[None] | None = None
            if is_best:
                saved = pool.submit(self.files.save_best, judged, finished, scores, probs, targets)
            self.files.save_last(state, self.history, None if saved is None else saved.result)
        self.on_event(finished)

    def _judged_model(self, state: TrainState) -> nn.Module:
        """Return the network that is evaluated and saved: the averaged one if there is one."""
        if state.average is None:
            return state.model
        judged = copy.deepcopy(state.model)
        judged.load_state_dict(state.average.state)
        return judged

    def _out_of_patience(self) -> bool:
        if self.config.patience == 0 or self.best is None:
            return False
        return len(self.history) - 1 - self.best.epoch >= self.config.patience

    def _finish(self, stopped: bool) -> TrainingFinished:
        if not self.world.is_main:
            return TrainingFinished(self.files.folder, stopped, 0, None, None, None)
        finished = self.files.finish(self.history, self.best, stopped)
        self.on_event(finished)
        return finished


def _recall(scores: dict[str, Any]) -> tuple[float, ...]:
    """Return the recall of each class, NaN where the class did not occur."""
    return tuple(
        part["recall"] if part["support"] else math.nan for part in scores["per_class"].values()
    )
