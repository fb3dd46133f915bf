"""The settings of several runs beside one another: what differs, and which differ by seed only."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.compare.models import Candidate

_ABSENT = "-"
_NOT_RECIPE = ("seed", "threads", "tensorboard")


def flat_settings(candidate: Candidate) -> dict[str, str]:
    """Return a model's settings as text: ``"lr"``, ``"augment.flip"``, data, software.

    A model without a run gives what its file says.
    """
    settings: dict[str, str] = {"model": candidate.architecture or _ABSENT}
    if candidate.run is not None:
        for name, value in candidate.run.config.to_dict().items():
            if isinstance(value, dict) and value:
                settings |= {f"{name}.{key}": _text(entry) for key, entry in value.items()}
            else:
                settings[name] = _text(value)
        environment = candidate.run.environment
        for name in ("mien", "torch", "device"):
            if name in environment:
                settings[f"environment.{name}"] = _text(environment[name])
        about = candidate.run.data
        for name in ("train_used", "duplicates_left_out", "leaks_left_out", "balanced_added"):
            if name in about:
                settings[f"data.{name}"] = _text(about[name])
    elif candidate.metadata is not None:
        settings |= {key: str(value) for key, value in candidate.metadata.extra.items()}
    settings["data"] = candidate.dataset_name or _ABSENT
    hashes = sorted(candidate.dataset_hashes)
    settings["data.hash"] = ", ".join(value[:12] for value in hashes) or _ABSENT
    return settings


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return ", ".join(str(entry) for entry in value) or _ABSENT
    return str(value) if value not in ({}, None, "") else _ABSENT


def settings_table(
    candidates: Sequence[Candidate], *, only_differences: bool = True
) -> list[tuple[str, list[str]]]:
    """Return ``(setting, its value in each candidate)``; a setting that one lacks is "-"."""
    columns = [flat_settings(candidate) for candidate in candidates]
    names = list(dict.fromkeys(name for column in columns for name in column))
    rows = [(name, [column.get(name, _ABSENT) for column in columns]) for name in names]
    if only_differences:
        rows = [(name, values) for name, values in rows if differs(candidates, values)]
    return rows


def differs(candidates: Sequence[Candidate], values: Sequence[str]) -> bool:
    """Whether a setting's values differ between the runs among the candidates.

    A file without a run does not say most settings; that is no difference, unless there are
    fewer than two runs to compare.
    """
    stated = [
        value
        for candidate, value in zip(candidates, values, strict=True)
        if candidate.run is not None
    ]
    return len(set(stated if len(stated) > 1 else values)) > 1


def recipe_of(candidate: Candidate) -> tuple[tuple[str, str], ...] | None:
    """Return all settings but the seed and those that change no result; None without a run."""
    if candidate.run is None:
        return None
    settings = flat_settings(candidate)
    return tuple(
        sorted(
            (name, value)
            for name, value in settings.items()
            if name not in _NOT_RECIPE and not name.startswith("environment.")
        )
    )


def seed_groups(candidates: Sequence[Candidate]) -> list[list[Candidate]]:
    """Return the groups of two or more finished runs that differ by their seed only."""
    groups: dict[tuple[tuple[str, str], ...], dict[int, Candidate]] = {}
    for candidate in candidates:
        recipe = recipe_of(candidate)
        if recipe is None or candidate.run is None or candidate.state != "finished":
            continue
        # The same seed twice is the same training twice; it says nothing about the spread.
        groups.setdefault(recipe, {}).setdefault(candidate.run.config.seed, candidate)
    return [list(group.values()) for group in groups.values() if len(group) > 1]
