"""``agreement``: a person's coding of a video against the model's labels."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from trainer.files import write_text

if TYPE_CHECKING:
    from trainer.agreement.compare import Agreement

HELP = "compare a person's coding (ELAN, BORIS, CSV) with the model's labels"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options."""
    parser.add_argument(
        "results", type=Path, metavar="RESULT", help="CSV of 'predict', or a session of the Player"
    )
    parser.add_argument(
        "coding", type=Path, metavar="CODING", help="ELAN .eaf, BORIS export of events, or CSV"
    )
    parser.add_argument("--tier", metavar="NAME", help="tier, subject or coder (default: longest)")
    parser.add_argument("--person", metavar="NAME", help="person of the results (default: longest)")
    parser.add_argument(
        "--delay-ms", type=float, default=0.0, metavar="MS", help="the coder's reaction time"
    )
    parser.add_argument(
        "--gaps-are-neutral",
        action="store_true",
        help="what the coder left without a label counts as neutral",
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write everything as JSON")


def run(args: argparse.Namespace) -> int:
    """Print the agreement."""
    from trainer.agreement.compare import best_delay, compare
    from trainer.agreement.pairing import choose_tier, choose_track
    from trainer.agreement.reading import read_coding
    from trainer.agreement.tracks import read_start_ms, read_tracks

    tracks = read_tracks(args.results)
    coding = read_coding(args.coding).moved(-read_start_ms(args.results))
    tier = choose_tier(coding, args.tier)
    track = choose_track(tracks, args.person, tier)
    found = compare(tier, track, args.delay_ms, gaps_are_neutral=args.gaps_are_neutral)
    print(f"Coding {tier.name or coding.path.name} against {track.name}")
    for line in _lines(found):
        print(line)
    for note in (*coding.notes, *found.notes):
        print(f"note: {note}")
    if args.delay_ms == 0:
        delay = best_delay(tier, track, gaps_are_neutral=args.gaps_are_neutral)
        if delay > 0:
            print(f"note: kappa would be highest with --delay-ms {delay:.0f}")
    if args.json is not None:
        facts = {"tier": tier.name, "person": track.name, **found.to_dict()}
        write_text(args.json, json.dumps(facts, indent=1) + "\n")
    return 0


def _lines(found: Agreement) -> list[str]:
    lines = [
        f"Cohen's kappa {_number(found.kappa)}, same label in {found.share:.1%} of {found.frames} "
        f"frames ({found.seconds:.1f} s)",
        f"not compared: {found.unsure_s:.1f} s where the model is unsure, {found.uncoded_s:.1f} s "
        "without a code",
        "",
        f"{'expression':<12}{'kappa':>8}{'coder s':>10}{'model s':>10}{'both s':>10}",
    ]
    lines += [
        f"{entry.name:<12}{_number(entry.kappa):>8}{entry.coder_s:>10.1f}{entry.model_s:>10.1f}"
        f"{entry.both_s:>10.1f}"
        for entry in found.classes
    ]
    lines += ["", f"{len(found.disagreements)} stretches differ; the longest:"]
    longest = sorted(found.disagreements, key=lambda item: item.start_ms - item.end_ms)[:10]
    lines += [
        f"  {item.start_ms / 1000:9.2f} to {item.end_ms / 1000:9.2f} s  coder {item.coder}, "
        f"model {item.model}"
        for item in longest
    ]
    return lines


def _number(kappa: float | None) -> str:
    return "-" if kappa is None else f"{kappa:.3f}"
