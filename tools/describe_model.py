"""Print the tables of docs/model-card.md for a weights file, as Markdown.

    python -m tools.describe_model --data fer2013.csv.gz [--votes fer2013new.csv] [--weights W]

With FER+'s votes (Barsoum et al., 2016; same rows as FER2013) the accuracy is also told apart by
how many of ten people agreed on one expression.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from trainer.compare.pictures import AGREEMENTS, agreed_of_ten
from trainer.compare.statistics import share_interval
from trainer.data import load_dataset
from trainer.evaluation import predict_split
from trainer.inference.shipped import default_model_path
from trainer.metrics import classification_metrics
from trainer.scoring import load_predictor


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--votes", type=Path)
    parser.add_argument("--weights", type=Path, default=default_model_path())
    args = parser.parse_args()
    dataset = load_dataset(args.data, votes=args.votes)
    predictor = load_predictor(args.weights)
    probs, targets, indices = predict_split(predictor, dataset, "val")
    scores = classification_metrics(probs, targets, dataset.class_names)
    correct = probs.argmax(axis=1) == targets
    accuracy = share_interval(int(correct.sum()), len(correct))
    print(
        f"{args.weights.name}: top-1 {scores['top1_accuracy']:.2%} "
        f"(95 % interval {accuracy.low:.1%} to {accuracy.high:.1%}), "
        f"macro-F1 {scores['macro_f1']:.3f}, "
        f"balanced accuracy {scores['balanced_accuracy']:.2%}, n = {scores['n']:,}\n"
    )
    print("| class | precision | recall | F1 | images |\n|---|---|---|---|---|")
    for name, row in scores["per_class"].items():
        shares = (row["precision"], row["recall"], row["f1"])
        cells = ["no images" if share is None else f"{share:.2f}" for share in shares]
        print(f"| {name} | {' | '.join(cells)} | {row['support']} |")
    names = dataset.class_names
    print("\n| is, in % | " + " | ".join(names) + " |\n|---" * 1 + "|---" * len(names) + "|")
    for name, counts in zip(names, scores["confusion_matrix"], strict=True):
        total = sum(counts)
        cells = [f"{100 * number / total:.0f}" if total else "-" for number in counts]
        print(f"| **{name}** | {' | '.join(cells)} |")
    threshold = predictor.metadata.unsure_threshold
    confidence = probs.max(axis=1)
    print("\n| answers when confidence is at least | faces answered | accuracy of these |")
    print("|---|---|---|")
    for limit in sorted({0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, round(threshold, 2)}):
        kept = confidence >= limit
        print(f"| {limit:.2f} | {kept.mean():.0%} | {correct[kept].mean():.1%} |")
    if dataset.votes is not None:
        agreed = agreed_of_ten(dataset.votes[indices].numpy()).round()
        print(
            "\n| people (of ten) who agree on one expression | images | accuracy |\n|---|---|---|"
        )
        for label, low, high in AGREEMENTS:
            chosen = (agreed >= low) & (agreed <= high)
            print(f"| {label} | {int(chosen.sum()):,} | {correct[chosen].mean():.1%} |")


if __name__ == "__main__":
    main()
