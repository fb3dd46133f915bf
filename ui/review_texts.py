"""What a review says about an image and about the suggestions, in plain words."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication

from ui.check_result import Check, ReviewScore, Suggestion
from ui.check_texts import label_title
from ui.colors import expression_title
from ui.dataset_checks import CheckedData
from ui.formats import count, percent


def given_sentence(data: CheckedData, sample: int) -> str:
    """``Label: Fear (in the file: Anger), excluded``."""
    label = label_title(data, sample)
    source = int(data.samples.targets[sample])
    if source >= 0 and source != int(data.targets[sample]):
        text = QCoreApplication.translate(
            "ReviewTexts", "Label: {label} (in the file: {before})"
        ).format(label=label, before=expression_title(data.samples.class_names[source]))
    else:
        text = QCoreApplication.translate("ReviewTexts", "Label: {label}").format(label=label)
    if data.excluded[sample]:
        text += ", " + QCoreApplication.translate("CheckTexts", "excluded")
    return text


def suggestion_sentence(data: CheckedData, suggestion: Suggestion | None) -> str:
    """``Suggested: Fear (83.1 % by the network)``; says when there is none."""
    if suggestion is None:
        return QCoreApplication.translate("ReviewTexts", "No other label is suggested.")
    text = (
        QCoreApplication.translate("ReviewTexts", "Suggested: {label} ({share} of the votes)")
        if suggestion.from_votes
        else QCoreApplication.translate(
            "ReviewTexts", "Suggested: {label} ({share} by the network)"
        )
    )
    title = expression_title(data.samples.class_names[suggestion.target])
    return text.format(label=title, share=percent(suggestion.share))


def trust_sentence(data: CheckedData, check: Check, score: ReviewScore) -> str:
    """How often the person agreed, and where the suggestions come from."""
    parts = []
    if score.judged:
        parts.append(
            QCoreApplication.translate(
                "ReviewTexts", "You agreed with {agreed} of {judged} suggestions so far."
            ).format(agreed=count(score.agreed), judged=count(score.judged))
        )
    errors = None if data.result is None else data.result.findings.label_errors
    if check is Check.SUSPECTED and errors is not None:
        parts.append(
            QCoreApplication.translate(
                "ReviewTexts",
                "Suggestions come from {source}; how many of them are right depends on it.",
            ).format(source=errors.source)
        )
    return " ".join(parts)
