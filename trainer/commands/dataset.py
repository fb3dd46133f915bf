"""``dataset``: what is in a data set, and what can be said against it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trainer.commands.data_source import DATA_HELP, add_class_map, open_data
from trainer.files import write_text
from trainer.labels import SPLITS

if TYPE_CHECKING:
    from trainer.data.dataset import ExpressionDataset
    from trainer.data.findings import Findings
    from trainer.data.label_errors import LabelErrors

HELP = "count a data set's classes, repeats, leaks, poor images and doubtful labels"

_SHOWN_PROBLEMS = 10
_TABLES = (".csv", ".gz", ".zip")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument("--data", type=Path, required=True, help=DATA_HELP)
    add_class_map(parser)
    parser.add_argument("--votes", type=Path, metavar="F", help="FER+ votes of the same images")
    parser.add_argument(
        "--edits", action="store_true", help="look at the data with your saved corrections"
    )
    parser.add_argument(
        "--faces", action="store_true", help="look for faces too (a minute for FER2013)"
    )
    parser.add_argument(
        "--label-errors",
        metavar="RUN|kfold",
        help="suspect labels: by the predictions of a run folder (validation split only), or by "
        "small networks trained on the other folds (minutes)",
    )
    parser.add_argument(
        "--export", type=Path, metavar="CSV|FOLDER", help="write the data set as FER2013 or images"
    )
    parser.add_argument("--json", type=Path, metavar="F", help="also write the facts to a file")


def run(args: argparse.Namespace) -> int:
    """Print the facts as text."""
    from trainer.data.findings import check_images
    from trainer.data.summary import summarize

    dataset = open_data(args.data, class_map=args.class_map, votes=args.votes)
    source_hash, source_count = dataset.content_hash, len(dataset)
    kept = None
    if args.edits:
        from trainer.data.edited import edit, saved_edits

        edited = edit(dataset, saved_edits(dataset))
        print(edited.sentence() or "There are no corrections of this data set.")
        dataset, kept = edited.dataset, edited.indices.numpy()
    summary = summarize(dataset)
    find_faces = None
    if args.faces:
        from trainer.face_check import face_finder

        find_faces = face_finder()
    votes = None if dataset.votes is None else dataset.votes.numpy()
    targets = dataset.targets.numpy()
    findings = check_images(
        dataset.images.numpy()[:, 0],
        targets,
        dataset.splits.numpy(),
        votes=votes,
        find_faces=find_faces,
        on_progress=_progress("looking at the images"),
    )
    facts = summary.to_dict()
    if args.label_errors is not None:
        from trainer.data.label_errors import find_label_errors

        if args.label_errors == "kfold":
            from trainer.data.out_of_sample import out_of_sample_probs

            probs = out_of_sample_probs(dataset, on_progress=_progress("training small networks"))
            source = "small networks, each trained without the images it judges"
        else:
            from trainer.data.run_predictions import run_probs

            run_dir = Path(args.label_errors)
            probs = run_probs(run_dir, source_hash, dataset.class_names, source_count)
            probs = probs if kept is None else probs[kept]
            source = f"the run {run_dir.resolve().name}, validation split"
        findings = findings.with_label_errors(find_label_errors(targets, probs, source=source))

    facts["findings"] = findings.to_dict()
    if not args.faces:
        facts["findings"]["flags"]["no_face"] = None  # nobody looked
    if votes is not None:
        from trainer.data.vote_report import agreement_of_errors, vote_facts

        facts["votes"] = vote_facts(votes, targets, dataset.class_names)
        if findings.label_errors is not None:
            facts["label_errors_and_votes"] = agreement_of_errors(
                findings.label_errors, votes, targets, dataset.class_names
            )
    if findings.label_errors is not None:
        facts["suspected"] = _suspected(findings.label_errors, dataset)
    facts["problems"] = [
        {"line": problem.line, "reason": problem.reason} for problem in dataset.problems
    ]
    print("\n".join(_report(facts, dataset, findings)))
    if args.json is not None:
        write_text(args.json, json.dumps(facts, indent=1) + "\n")
    if args.export is not None:
        _export(dataset, args.export)
    return 0


def _progress(what: str) -> Callable[[float], None] | None:
    if not sys.stderr.isatty():
        return None

    def show(fraction: float) -> None:
        print(f"\r{what} {fraction:4.0%} ", end="", file=sys.stderr)
        if fraction >= 1:
            print("\r" + " " * (len(what) + 6) + "\r", end="", file=sys.stderr)

    return show


def _export(dataset: ExpressionDataset, target: Path) -> None:
    from trainer.data.export import export_csv, export_image_folder

    if target.suffix.lower() in _TABLES:
        export_csv(dataset, target, on_progress=_progress("writing"))
    else:
        export_image_folder(dataset, target, on_progress=_progress("writing"))
    print(f"Written: {target}")


def _suspected(errors: LabelErrors, dataset: ExpressionDataset) -> list[dict[str, Any]]:
    """Return a JSON-able entry for each suspected image, worst first."""
    names = dataset.class_names
    return [
        {
            "row": int(dataset.source_rows[index]),
            "split": SPLITS[int(dataset.splits[index])],
            "label": names[int(dataset.targets[index])],
            "suggested": names[int(errors.suggested[index])],
            "probability_of_label": round(float(errors.given_prob[index]), 4),
        }
        for index in errors.order.tolist()
    ]


def _report(facts: dict[str, Any], dataset: ExpressionDataset, findings: Findings) -> list[str]:
    lines = [f"{facts['name']}: {len(dataset):,} images, content {facts['content_hash'][:12]}"]
    lines += [*dataset.notes, ""]
    lines.append(f"{'':12}" + "".join(f"{split:>9}" for split in SPLITS))
    counts = facts["counts"]
    for name in dataset.class_names:
        lines.append(f"{name:12}" + "".join(f"{counts[split][name]:>9,}" for split in SPLITS))
    totals = [sum(counts[split].values()) for split in SPLITS]
    lines.append(f"{'all':12}" + "".join(f"{total:>9,}" for total in totals))
    unlabelled = int((dataset.targets < 0).sum())
    if unlabelled:
        lines.append(f"Without a label: {unlabelled:,} images.")
    lines.append("")
    if facts["smallest_class"] and facts["imbalance_ratio"] > 1:
        lines.append(
            f"{facts['smallest_class']} is {facts['smallest_share']:.1%} of the training images, "
            f"{facts['imbalance_ratio']:.1f} times fewer than {facts['largest_class']}."
        )
    lines += _repeat_lines(facts)
    lines += _image_lines(facts)
    if "votes" in facts:
        lines += _vote_lines(facts["votes"])
    if findings.label_errors is not None:
        lines += _error_lines(facts)
    problems = facts["problems"]
    if problems:
        lines.append(f"Left out: {len(problems):,} bad rows.")
        lines += [f"  line {p['line']}: {p['reason']}" for p in problems[:_SHOWN_PROBLEMS]]
        if len(problems) > _SHOWN_PROBLEMS:
            lines.append(f"  ... and {len(problems) - _SHOWN_PROBLEMS:,} more")
    return lines


def _repeat_lines(facts: dict[str, Any]) -> list[str]:
    pairs, flags = facts["findings"]["pairs"], facts["findings"]["flags"]
    repeats = ", ".join(f"{n:,} in {split}" for split, n in facts["duplicates"].items())
    leaks = ", ".join(f"{n:,} {pair}" for pair, n in facts["leaks"].items())
    lines = [
        f"Exact repeats: {repeats}; {facts['conflicting_duplicates']:,} with another label.",
        f"Leaks: {leaks} (images of the second split that also stand in the first).",
        f"Near repeats: {flags['near_repeat']:,} images are almost the same as an earlier one of "
        f"their split; of {pairs['near']:,} pairs {pairs['near_across_splits']:,} stand in "
        f"different splits and {pairs['near_with_other_label']:,} have different labels.",
    ]
    if flags["leak"]:
        lines.append(
            f"With near repeats, {flags['leak']:,} images have a twin in another split. Training "
            "leaves out the exact ones by itself, the near ones only if you exclude them."
        )
    return lines


def _image_lines(facts: dict[str, Any]) -> list[str]:
    flags = facts["findings"]["flags"]
    lines = [
        f"Pictures: {flags['blank']:,} blank, {flags['dark']:,} very dark, "
        f"{flags['blurred']:,} blurred."
    ]
    if flags["no_face"] is not None:
        lines.append(
            f"No face found by the detector: {flags['no_face']:,} (it misses some faces, and sees "
            "some where people say there is none)."
        )
    return lines


def _vote_lines(votes: dict[str, Any]) -> list[str]:
    if not votes["judged"]:
        return ["Votes: none of the images has any."]
    return [
        f"Votes: {votes['judged']:,} images. At least 8 of 10 agree on {votes['clear']:,} "
        f"({votes['clear'] / votes['judged']:.1%}); {votes['no_majority']:,} "
        f"({votes['no_majority'] / votes['judged']:.1%}) have no majority, {votes['ties']:,} are "
        f"tied; mean agreement {votes['mean_agreement']:.1%}, mean entropy "
        f"{votes['mean_entropy_bits']:.2f} bits.",
        f"For {votes['majority_for_other_answer']:,} the majority is no class of this data set "
        f"({votes['not_a_face']:,} of them: not a face). Where it is one, it differs from the "
        f"label for {votes['majority_differs_from_label']:,} of "
        f"{votes['majority_for_a_class']:,}.",
    ]


def _error_lines(facts: dict[str, Any]) -> list[str]:
    errors = facts["findings"]["label_errors"]
    lines = [
        f"Suspected label errors: {errors['suspected']:,} of {errors['judged']:,} judged images, "
        f"by {errors['source']}. A suspicion is a reason to look, not a verdict."
    ]
    votes = facts.get("label_errors_and_votes")
    if votes and votes["compared"]:
        lines.append(
            f"Against the votes: the majority differs from the label for {votes['rate']:.1%} of "
            f"{votes['compared']:,} suspected images ({votes['rate_worst_100']:.1%} of the worst "
            f"100, {votes['rate_worst_1000']:.1%} of the worst 1,000) and for "
            f"{votes['rate_not_suspected'] or 0:.1%} of those not suspected; it is the suggested "
            f"class for {votes['suggestion_is_majority']:.1%}."
        )
    return lines
