"""The light network against the default one, a face at a time, on one thread.

    python -m tests.benchmarks.bench_light [--rounds 40] [--tflite FILE]

Both run by turns in one process, twenty faces a turn, each on one thread of ONNX Runtime and from
float32 input to logits; the ratio is what counts. With ``--tflite`` a TensorFlow Lite network of
48 x 48 or 64 x 64 grey faces takes its turns too (needs a package that brings an interpreter:
ai-edge-litert, tflite-runtime or tensorflow). Prints JSON.
"""

from __future__ import annotations

import argparse
import importlib
import json
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from trainer._onnxruntime import onnxruntime
from trainer.inference.shipped import default_model_path, light_model_path

FACES = 20
_INTERPRETERS = ("ai_edge_litert.interpreter", "tflite_runtime.interpreter", "tensorflow.lite")


def onnx_step(path: Path) -> Callable[[], None]:
    """Return what classifies one face."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    face = np.random.default_rng(0).standard_normal((1, 1, 48, 48)).astype(np.float32)
    return lambda: session.run(["logits"], {"input": face}) and None


def tflite_interpreter(path: Path) -> Any:
    """Return TensorFlow Lite's interpreter of a file, on one thread."""
    for name in _INTERPRETERS:
        try:
            module: Any = importlib.import_module(name)
        except ImportError:
            continue
        return module.Interpreter(model_path=str(path), num_threads=1)
    raise SystemExit(f"--tflite needs one of {', '.join(_INTERPRETERS)}.")


def tflite_step(path: Path) -> Callable[[], None]:
    """Return what classifies one face with TensorFlow Lite."""
    interpreter = tflite_interpreter(path)
    interpreter.allocate_tensors()
    entry = interpreter.get_input_details()[0]
    answer = interpreter.get_output_details()[0]["index"]
    face = np.random.default_rng(0).random(entry["shape"]).astype(entry["dtype"])

    def step() -> None:
        interpreter.set_tensor(entry["index"], face)
        interpreter.invoke()
        interpreter.get_tensor(answer)

    return step


def milliseconds(step: Callable[[], None]) -> float:
    """Return the mean time of a face in a turn."""
    started = time.perf_counter()
    for _ in range(FACES):
        step()
    return (time.perf_counter() - started) / FACES * 1000


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--tflite", type=Path)
    args = parser.parse_args()
    steps = {"light": onnx_step(light_model_path()), "default": onnx_step(default_model_path())}
    if args.tflite is not None:
        steps["tflite"] = tflite_step(args.tflite)
    turns: dict[str, list[float]] = {name: [] for name in steps}
    for step in steps.values():
        milliseconds(step)
    for _ in range(args.rounds):
        for name, step in steps.items():
            turns[name].append(milliseconds(step))
    median = {name: statistics.median(values) for name, values in turns.items()}
    report: dict[str, Any] = {
        "ms_per_face": {name: round(value, 3) for name, value in median.items()},
        "fastest_ms": {name: round(min(values), 3) for name, values in turns.items()},
        "times_the_light_one": {
            name: round(value / median["light"], 2) for name, value in median.items()
        },
        "faces_a_turn": FACES,
        "rounds": args.rounds,
    }
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
