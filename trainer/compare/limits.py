"""What a comparison cannot say, in plain sentences for the report and the model card."""

from __future__ import annotations

from trainer.compare.comparison import Comparison

SMALL_CLASS = 100


def limits_of(comparison: Comparison) -> list[str]:
    """Return the sentences that hold for this comparison."""
    sentences = [
        "A face shows an expression, not what a person feels; the labels are what others saw.",
        "The intervals speak of other images of the same kind. They say nothing of other cameras, "
        "light, ages or skin tones, which this data set does not name.",
        "Images were cropped faces; in a video the detector's crops come on top.",
    ]
    if comparison.split == "val":
        sentences.append(
            "The validation split chose the best epoch of most models, so all scores are a little "
            "too good; the test split is the fairer judge."
        )
    counts = [row[("train", "val", "test").index(comparison.split)] for row in comparison.counts]
    for name, count in zip(comparison.class_names, counts, strict=True):
        if count < SMALL_CLASS:
            sentences.append(
                f"There are only {count:,} images of {name} in this split; its figures are rough."
            )
    if len(comparison.verdicts) > 1:
        sentences.append(
            f"{len(comparison.verdicts)} models were held against one: by chance alone about one "
            "in twenty such comparisons shows a difference."
        )
    if not comparison.spreads:
        sentences.append(
            "Every recipe was trained with one seed here; another seed may differ by as much as "
            "the models do."
        )
    return sentences
