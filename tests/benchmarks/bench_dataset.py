"""Loading FER2013 against the report's double loop, and from the cache.

    python -m tests.benchmarks.bench_dataset --data fer2013.csv.gz

A packed file is unpacked first, since both ways would wait for that alike. The double loop
(row by row, ``split`` and ``int`` for every pixel) is timed on 500 rows and scaled up. Prints
JSON with seconds, the ratio (on a busy machine that of processor time is steadier) and the peak
memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from trainer.data import load_dataset
from trainer.data.csv_file import open_csv
from trainer.data.fer2013 import read_fer2013

SAMPLE_ROWS = 500


def double_loop_seconds_per_row(path: Path) -> tuple[float, float]:
    """Return the seconds and the processor time that the plain way takes for one row."""
    with open_csv(path) as (stream, _):
        stream.readline()
        rows = [stream.readline().decode() for _ in range(SAMPLE_ROWS)]
    started, used = time.perf_counter(), time.process_time()
    images = np.zeros((SAMPLE_ROWS, 48, 48), np.uint8)
    for index, row in enumerate(rows):
        for position, value in enumerate(row.split(",")[1].split()):
            images[index, position // 48, position % 48] = int(value)
    seconds, processor = time.perf_counter() - started, time.process_time() - used
    return seconds / SAMPLE_ROWS, processor / SAMPLE_ROWS


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.csv"
        with open_csv(args.data) as (stream, _), open(plain, "wb") as out:
            shutil.copyfileobj(stream, out)
        started, used = time.perf_counter(), time.process_time()
        read_fer2013(plain)
        parse, parse_processor = time.perf_counter() - started, time.process_time() - used
        started = time.perf_counter()
        dataset = load_dataset(plain, cache_dir=Path(folder))
        first = time.perf_counter() - started
        started = time.perf_counter()
        load_dataset(plain, cache_dir=Path(folder))
        cached = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    loop, loop_processor = (
        value * len(dataset) for value in double_loop_seconds_per_row(args.data)
    )
    print(
        json.dumps(
            {
                "rows": len(dataset),
                "parse_s": round(parse, 2),
                "first_load_with_hashes_and_cache_s": round(first, 2),
                "double_loop_s": round(loop, 1),
                "times_faster": round(loop / parse, 1),
                "times_faster_in_processor_time": round(loop_processor / parse_processor, 1),
                "cached_s": round(cached, 3),
                "peak_memory_mb": round(peak / (1e6 if sys.platform == "darwin" else 1e3)),
                "budgets": {"parse_s": 5, "times_faster": 10, "cached_s": 0.3, "memory_mb": 1000},
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
