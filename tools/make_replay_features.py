"""Store the features that "Improve model" replays for the networks that ship with Mien.

    python tools/make_replay_features.py --data fer2013.csv.gz

To be run whenever a shipped network changes: its hash stands in the file, and features of another
network are not used.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from trainer.data import load_dataset
from trainer.improve.network import HeadNetwork
from trainer.improve.replay import replay_of, save_replay, stored_path
from trainer.inference.shipped import shipped_model_paths


def main() -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="FER2013")
    parser.add_argument("--name", default="FER2013")
    args = parser.parse_args()
    dataset = load_dataset(args.data)
    for path in shipped_model_paths():
        if not path.is_file():
            continue
        replay = replay_of(
            HeadNetwork(path),
            args.name,
            dataset.images.numpy(),
            dataset.targets.numpy(),
            dataset.splits.numpy(),
        )
        save_replay(replay, stored_path(path))
        print(f"{stored_path(path)}: {stored_path(path).stat().st_size / 1e3:.0f} kB")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
