"""The table of a recording as Parquet, by pyarrow where it is installed.

pyarrow takes about 170 MB on the disk, more than Mien without torch; so it is an extra.
"""

from __future__ import annotations

import importlib.util
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from trainer.errors import VideoError
from trainer.export_results.tables import Tick, write_table
from trainer.inference.recording import Recording
from trainer.labels import canonical_name

MISSING = (
    "Parquet needs the package pyarrow, which is not installed; install it with "
    "pip install mien[parquet], or choose CSV, which has the same columns."
)

_TEXT = ("input", "approx_time", "Identity", "label", "label_raw", "quality", "reason")
_WHOLE = ("frame", "track_id", "face_id", "FrameHeight", "FrameWidth")
_SWITCHES = ("detected", "success", "excluded")
_EXACT = ("timestamp",)


def is_available() -> bool:
    """Whether pyarrow is installed; does not import it."""
    try:
        return importlib.util.find_spec("pyarrow") is not None
    except ValueError:  # a module without a specification stands in its place
        return False


def write_parquet(
    recording: Recording,
    video: Path,
    target: Path,
    *,
    facts: Mapping[str, object],
    tick: Tick | None = None,
) -> None:
    """Write the columns of the CSV with types; an empty cell is null.

    Probabilities and boxes are float32, ``timestamp`` float64, numbers int32, switches
    int8. ``facts`` stand under ``mien`` in the file's metadata, as JSON.

    Raises:
        VideoError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        from pyarrow import csv as pa_csv
        from pyarrow import parquet
    except ImportError as error:
        raise VideoError(MISSING) from error
    names = [canonical_name(name) or name for name in recording.info.class_names]
    types = dict.fromkeys((*names, *(f"{name}_raw" for name in names)), pa.float32())
    boxes = ("FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight")
    types.update(dict.fromkeys((*boxes, "FaceScore", "probability", "confidence"), pa.float32()))
    types.update(dict.fromkeys(_TEXT, pa.string()))
    types.update(dict.fromkeys(_WHOLE, pa.int32()))
    types.update(dict.fromkeys(_SWITCHES, pa.int8()))
    types.update(dict.fromkeys(_EXACT, pa.float64()))
    options = pa_csv.ConvertOptions(
        column_types=types,
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )
    with tempfile.TemporaryDirectory() as folder:
        middle = Path(folder) / "table.csv"
        with middle.open("w", encoding="utf-8", errors="replace", newline="") as file:
            write_table(recording, video, file, tick=tick)
        table = pa_csv.read_csv(
            middle,
            parse_options=pa_csv.ParseOptions(newlines_in_values=True),
            convert_options=options,
        )
    table = table.replace_schema_metadata({"mien": json.dumps(facts)})
    parquet.write_table(table, target, compression="zstd")
