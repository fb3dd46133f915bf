"""One set of settings trained from several seeds: how much is chance?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from trainer import runs
from trainer.config import TrainConfig
from trainer.data.dataset import ExpressionDataset
from trainer.errors import TrainingError
from trainer.runs import SeedSummary
from trainer.training.fit import OnEvent, fit


def fit_seeds(
    config: TrainConfig,
    dataset: ExpressionDataset,
    seeds: Sequence[int],
    on_event: OnEvent,
    should_stop: Callable[[], bool],
    *,
    base: Path,
    should_pause: Callable[[], bool] = lambda: False,
) -> SeedSummary:
    """Train once for each seed, one after another, into ``<base>_seed0``, ``<base>_seed1``, ...

    Called again after a stop or a crash it goes on: what is finished is taken as it is, what
    was cut short is resumed.

    Args:
        config: Settings; their seed is replaced.
        dataset: As for :func:`trainer.training.fit`.
        seeds: Different numbers, at least one.
        on_event: Called with the events of every run.
        should_stop: True ends the present run and starts no other.
        base: Folder and first part of the name of the runs' folders.
        should_pause: As for :func:`trainer.training.fit`.

    Raises:
        TrainingError: No seed or one twice, a run that is there has other settings, or a run
            fails.
    """
    if not seeds or len(set(seeds)) != len(seeds):
        raise TrainingError(f"Name different seeds, each once, got {list(seeds)}.")
    folders = [base.with_name(f"{base.name}_seed{seed}") for seed in seeds]
    for seed, folder in zip(seeds, folders, strict=True):
        _check(folder, config.changed(seed=seed))
    done: list[Path] = []
    for seed, folder in zip(seeds, folders, strict=True):
        started = (folder / runs.CONFIG).is_file()
        if not (started and runs.load_run(folder).state == "finished"):
            if should_stop():
                break
            folder.mkdir(parents=True, exist_ok=True)
            settings = config.changed(seed=seed)
            ended = fit(
                settings,
                dataset,
                on_event,
                should_stop,
                run_dir=folder,
                resume=started,
                should_pause=should_pause,
            )
            if ended.stopped:
                break
        done.append(folder)
    return runs.summarize_seeds(done)


def _check(folder: Path, config: TrainConfig) -> None:
    if not (folder / runs.CONFIG).is_file():
        runs.check_free(folder)
    elif runs.load_run(folder).config != config:
        raise TrainingError(
            f"{folder} already holds a run with other settings; choose another name."
        )
