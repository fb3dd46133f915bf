"""Small made-up networks, clips and detectors for the inference tests."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
import onnx
import pytest
from onnx import TensorProto, helper, numpy_helper

from trainer.inference.types import Detections, Frame
from trainer.metadata import ModelMetadata

_SHARED = Path(__file__).resolve().parents[3] / "shared"


def media(*parts: str) -> Path:
    """Return a real clip or photo, or skip the test when it is not there."""
    path = Path(os.environ.get("MIEN_SHARED", _SHARED)).joinpath("media", *parts)
    if not path.exists():
        pytest.skip(f"needs real media, and there is no {path}")
    return path


def write_model(
    path: Path,
    *,
    metadata: ModelMetadata | None = None,
    with_metadata: bool = True,
    classes: int = 7,
    size: int = 48,
    input_name: str = "input",
) -> Path:
    """Write a linear network whose first class follows the upper half's brightness."""
    weights = np.random.default_rng(0).normal(0, 0.02, (size * size, classes))
    weights[: size * size // 2, 0] += 0.01
    graph = helper.make_graph(
        [
            helper.make_node("Flatten", [input_name], ["flat"], axis=1),
            helper.make_node("MatMul", ["flat", "weights"], ["logits"]),
        ],
        "tiny",
        [helper.make_tensor_value_info(input_name, TensorProto.FLOAT, ["batch", 1, size, size])],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", classes])],
        [numpy_helper.from_array(weights.astype(np.float32), "weights")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    if with_metadata:
        helper.set_model_props(model, (metadata or ModelMetadata("tiny")).to_strings())
    onnx.save(model, str(path))
    return path


def picture(number: int, width: int = 96, height: int = 64) -> npt.NDArray[np.uint8]:
    """Return a frame whose grey level tells its number; its upper left corner is white."""
    image = np.full((height, width, 3), 20 + 8 * (number % 25), np.uint8)
    image[: height // 4, : width // 4] = 255
    return image


def number_of(image: npt.NDArray[np.uint8]) -> int:
    """Return the number that :func:`picture` wrote."""
    height, width = image.shape[:2]
    return round((float(image[height // 2, width // 2].mean()) - 20) / 8)


def write_clip(
    path: Path,
    times_ms: Iterable[float] = tuple(40.0 * n for n in range(20)),
    *,
    width: int = 96,
    height: int = 64,
    gop: int = 5,
    audio_only: bool = False,
    muxer: dict[str, str] | None = None,
    rate: int = 25,
) -> Path:
    """Write a clip with one :func:`picture` at each of the given times."""
    with av.open(str(path), "w", options=muxer or {}) as container:
        if audio_only:
            sound = container.add_stream("aac", rate=16000, layout="mono")
            for start in range(0, 8192, 1024):
                silence = np.zeros((1, 1024), np.float32)
                frame = av.AudioFrame.from_ndarray(silence, format="fltp", layout="mono")
                frame.sample_rate, frame.pts = 16000, start
                container.mux(sound.encode(frame))
            container.mux(sound.encode(None))
            return path
        stream = container.add_stream("libx264", rate=rate)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        stream.options = {"g": str(gop), "crf": "10"}
        for number, time_ms in enumerate(times_ms):
            frame = av.VideoFrame.from_ndarray(picture(number, width, height), format="bgr24")
            frame.time_base, frame.pts = Fraction(1, 1000), round(time_ms)
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def write_late(path: Path, *, picture_ms: float = 400.0, sound_ms: float = 0.0) -> Path:
    """Write a clip of a second whose picture and sound begin at times of their own."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        codec = "mp2" if path.suffix == ".ts" else "aac"
        sound: Any = container.add_stream(codec, rate=16000, layout="mono")
        length = 1152 if codec == "mp2" else 1024
        kind = sound.codec_context.format.name
        dtype = np.int16 if kind.startswith("s16") else np.float32
        for start in range(0, 16 * length, length):
            silence = av.AudioFrame.from_ndarray(
                np.zeros((1, length), dtype), format=kind, layout="mono"
            )
            silence.sample_rate, silence.pts = 16000, start + round(sound_ms * 16)
            container.mux(sound.encode(silence))
        for number in range(25):
            shown = av.VideoFrame.from_ndarray(picture(number, 96, 64), format="bgr24")
            shown.time_base = Fraction(1, 1000)
            shown.pts = round(picture_ms) + 40 * number
            container.mux(stream.encode(shown))
        container.mux(stream.encode(None))
        container.mux(sound.encode(None))
    return path


_CLOCKWISE = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def turn_clip(path: Path, degrees: int) -> Path:
    """Set the track's matrix so that a player turns the picture clockwise.

    QuickTime's definition: x' = a x + c y and y' = b x + d y with y pointing down, so
    (a, b, c, d) = (0, 1, -1, 0) sends what points right to what points down.
    """
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4 + 40
    a, b, c, d = (value << 16 for value in _CLOCKWISE[degrees])
    data[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    return path


class FixedDetector:
    """Finds the same given boxes in every frame and counts its calls."""

    name = "fixed"

    def __init__(self, *boxes: tuple[float, float, float, float]) -> None:
        self.boxes = np.array(boxes, np.float32).reshape(-1, 4)
        self.calls = 0

    def detect(self, frame_bgr: npt.NDArray[np.uint8]) -> Detections:
        self.calls += 1
        return Detections(self.boxes.copy(), np.full(len(self.boxes), 0.9, np.float32))


def noise_frame(index: int, timestamp_ms: float, seed: int = 0) -> Frame:
    """Return a 320 x 240 frame of noise; the same seed is the same scene."""
    image = np.random.default_rng(seed).integers(0, 255, (240, 320, 3), np.uint8)
    return Frame(image, index, timestamp_ms)
