"""A drawn demo data set in FER2013's CSV form, so that everything can be tried without a download.

The faces are cartoons whose brows, eyes and mouths follow textbook descriptions of each expression.
They are far easier than photographs: a network that learns them shows that training works, and says
nothing about real faces. Never report a number measured on them as a result.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from trainer.files import atomic_path
from trainer.labels import EXPRESSIONS

TRAIN_PER_CLASS, VAL_PER_CLASS = 60, 15
"""Images of each expression, as long as nobody asks for others."""
_SUPERSAMPLING = 4  # drawn this much larger, then averaged down: PIL's own lines are jagged
_USAGE = {"train": "Training", "val": "PublicTest", "test": "PrivateTest"}


@dataclass(frozen=True)
class Geometry:
    """Shape of an expression in head units: x and y from the centre, y down, half height 1.

    Attributes:
        brow_y: Height of the brow's middle; more negative is higher.
        brow_inner, brow_outer: Offset of the brow's ends from its middle, positive is lower.
        brow_gap: Distance of the inner end from the middle of the face.
        eye: Half height of the opening of an eye.
        pupil: Radius of the pupil.
        mouth_width: Half width of the mouth.
        corner: Height of the mouth's corners over its middle; positive smiles.
        upper: How far the middle of the upper lip is raised from the mouth line.
        lower: How far the middle of the lower lip hangs below the mouth line.
        teeth: Part of the opening covered by teeth, from above, 0 to 1.
        cheek: Strength of the lines from nose to mouth corner, 0 to 1.
        wrinkle: Strength of the wrinkles on the nose, 0 to 1.
        frown: Strength of the lines between the brows, 0 to 1.
        forehead: Strength of the lines on the forehead, 0 to 1.
    """

    brow_y: float = -0.40
    brow_inner: float = 0.02
    brow_outer: float = 0.05
    brow_gap: float = 0.15
    eye: float = 0.095
    pupil: float = 0.085
    mouth_width: float = 0.27
    corner: float = 0.0
    upper: float = 0.015
    lower: float = 0.02
    teeth: float = 0.0
    cheek: float = 0.0
    wrinkle: float = 0.0
    frown: float = 0.0
    forehead: float = 0.0


GEOMETRY: dict[str, Geometry] = {
    # Brows low and drawn together, lids tight, lips pressed into a straight line.
    "anger": Geometry(
        brow_y=-0.32, brow_inner=0.13, brow_outer=-0.09, brow_gap=0.08, eye=0.075,
        mouth_width=0.25, corner=-0.05, upper=0.02, lower=0.05, teeth=1.0, frown=1.0,
    ),
    # Wrinkled nose, upper lip pulled up, eyes nearly shut.
    "disgust": Geometry(
        brow_y=-0.29, brow_inner=0.06, brow_outer=-0.01, brow_gap=0.10, eye=0.045, pupil=0.07,
        mouth_width=0.27, corner=-0.10, upper=0.15, lower=0.0, teeth=0.75, cheek=0.9, wrinkle=1.0,
    ),
    # Brows up and bent upwards inside, eyes wide, mouth open and pulled sideways.
    "fear": Geometry(
        brow_y=-0.54, brow_inner=-0.10, brow_outer=0.10, brow_gap=0.10, eye=0.165, pupil=0.065,
        mouth_width=0.33, corner=-0.06, upper=0.06, lower=0.13, teeth=0.35, forehead=0.8,
    ),
    # Corners up, teeth, cheeks that narrow the eyes.
    "happiness": Geometry(
        brow_y=-0.43, brow_inner=0.03, brow_outer=0.05, eye=0.065,
        mouth_width=0.40, corner=0.15, upper=-0.03, lower=0.17, teeth=0.55, cheek=1.0,
    ),
    # Inner ends of the brows up, lids and corners of the mouth down.
    "sadness": Geometry(
        brow_y=-0.40, brow_inner=-0.12, brow_outer=0.11, brow_gap=0.11, eye=0.065,
        mouth_width=0.24, corner=-0.14, upper=0.015, lower=0.02,
    ),
    # Everything up and round.
    "surprise": Geometry(
        brow_y=-0.57, brow_inner=0.04, brow_outer=0.08, eye=0.17, pupil=0.075,
        mouth_width=0.17, corner=0.0, upper=0.13, lower=0.25, forehead=0.5,
    ),
    "neutral": Geometry(),
}  # fmt: skip


class _Canvas:
    """Draws in head units through one rotation, scale and shift; grey levels 0 to 255."""

    def __init__(self, size: int, rng: np.random.Generator, background: int) -> None:
        self.pixels = size * _SUPERSAMPLING
        self.image = Image.new("L", (self.pixels, self.pixels), background)
        self.pen = ImageDraw.Draw(self.image)
        self.scale = self.pixels * rng.uniform(0.40, 0.47)
        angle = np.radians(rng.normal(0.0, 6.0))
        self.turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
        self.centre = self.pixels * (0.5 + rng.uniform(-0.035, 0.035, 2))

    def place(self, points: np.ndarray) -> list[tuple[float, float]]:
        """Head units (N,2) to canvas pixels."""
        placed = points @ self.turn.T * self.scale + self.centre
        return [(float(x), float(y)) for x, y in placed]

    def fill(self, points: np.ndarray, grey: float) -> None:
        """Fill a closed outline (N,2)."""
        self.pen.polygon(self.place(points), fill=_level(grey))

    def stroke(self, points: np.ndarray, width: float, grey: float) -> None:
        """Draw an open line (N,2) with round ends; `width` in head units."""
        placed = self.place(points)
        pixels = max(1, round(width * self.scale))
        self.pen.line(placed, fill=_level(grey), width=pixels, joint="curve")
        for x, y in (placed[0], placed[-1]):
            radius = pixels / 2
            self.pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill=_level(grey))


def _level(grey: float) -> int:
    return int(np.clip(round(grey), 0, 255))


def _ellipse(x: float, y: float, rx: float, ry: float, count: int = 40) -> np.ndarray:
    """Outline (count,2) of an upright ellipse."""
    angles = np.linspace(0.0, 2.0 * np.pi, count, endpoint=False)
    return np.stack([x + rx * np.cos(angles), y + ry * np.sin(angles)], axis=1)


def _curve(
    start: tuple[float, float], middle: tuple[float, float], end: tuple[float, float]
) -> np.ndarray:
    """Points (16,2) of the parabola that runs through all three points."""
    t = np.linspace(0.0, 1.0, 16)[:, None]
    a, b, c = (np.array(point) for point in (start, middle, end))
    control = 2.0 * b - (a + c) / 2.0
    return (1 - t) ** 2 * a + 2 * t * (1 - t) * control + t**2 * c


def _vary(expression: str, rng: np.random.Generator) -> Geometry:
    """The expression at a random strength, each measure a little off: no two faces are alike."""
    calm, full = Geometry(), GEOMETRY[expression]
    strength = rng.uniform(0.75, 1.15)
    values = {}
    for field in fields(Geometry):
        rest, peak = getattr(calm, field.name), getattr(full, field.name)
        # Marks that the calm face does not have (teeth, wrinkles) stay off where they are off.
        jitter = 0.0 if rest == peak == 0.0 and field.name != "corner" else rng.normal(0.0, 0.009)
        values[field.name] = rest + strength * (peak - rest) + jitter
    values["eye"] = max(values["eye"], 0.03)
    return Geometry(**values)


def draw_face(expression: str, rng: np.random.Generator, size: int = 48) -> np.ndarray:
    """Draw one cartoon face.

    Args:
        expression: One of ``trainer.labels.EXPRESSIONS``.
        rng: Source of every variation: pose, place, skin, light, hair, noise.
        size: Side of the picture in pixels.

    Returns:
        uint8 (size, size), grey.

    Raises:
        ValueError: The expression is unknown.
    """
    if expression not in GEOMETRY:
        raise ValueError(f"unknown expression {expression!r}: expected one of {EXPRESSIONS}")
    shape = _vary(expression, rng)
    skin = rng.uniform(120.0, 225.0)
    background = rng.uniform(20.0, 235.0)
    if abs(background - skin) < 30.0:
        background = skin - 60.0
    ink = skin * rng.uniform(0.12, 0.35)
    stroke = rng.uniform(0.05, 0.075)
    yaw = rng.normal(0.0, 0.05)  # a turned head moves the features, not the outline
    canvas = _Canvas(size, rng, _level(background))
    _draw_head(canvas, rng, skin, ink)
    for side in (-1.0, 1.0):
        _draw_eye(canvas, shape, side, yaw, skin, ink, stroke)
        _draw_brow(canvas, shape, side, yaw, ink, stroke)
    _draw_nose(canvas, shape, yaw, skin, stroke)
    _draw_mouth(canvas, shape, yaw, skin, ink, stroke)
    _draw_lines(canvas, shape, yaw, skin, stroke)
    if rng.random() < 0.12:
        _draw_glasses(canvas, yaw, ink, stroke)
    return _finish(canvas.image, size, rng)


def _draw_head(canvas: _Canvas, rng: np.random.Generator, skin: float, ink: float) -> None:
    width = rng.uniform(0.72, 0.84)
    hair = rng.choice([ink, skin * 0.45, min(skin * 1.15, 245.0)])
    style = rng.choice(["none", "short", "fringe", "long"])
    neck = np.array([(-0.3, 0.7), (0.3, 0.7), (0.36, 1.6), (-0.36, 1.6)])
    if style == "long":
        canvas.fill(_ellipse(0.0, 0.1, width + 0.18, 1.2), hair)
    canvas.fill(neck, skin * 0.82)
    if style != "none":
        canvas.fill(_ellipse(0.0, -0.25, width + 0.08, 0.92), hair)
    for side in (-1.0, 1.0):
        if style != "long":
            canvas.fill(_ellipse(side * width, 0.0, 0.12, 0.2), skin * 0.88)
    canvas.fill(_ellipse(0.0, 0.0, width, 1.0), skin)
    if style in ("short", "fringe"):
        line = -0.72 if style == "short" else -0.62  # above the highest brow
        edge = np.sqrt(1.0 - line**2) * width
        angles = np.linspace(
            np.arctan2(line, edge / width), -np.pi - np.arctan2(line, edge / width)
        )
        arc = np.stack([(width + 0.03) * np.cos(angles), 1.03 * np.sin(angles)], axis=1)
        canvas.fill(arc, hair)


def _draw_eye(
    canvas: _Canvas,
    shape: Geometry,
    side: float,
    yaw: float,
    skin: float,
    ink: float,
    stroke: float,
) -> None:
    x, y = side * 0.34 + yaw, -0.14
    left, right = (x - 0.17, y), (x + 0.17, y)
    upper = _curve(left, (x, y - shape.eye), right)
    lower = _curve(left, (x, y + shape.eye * 0.8), right)
    canvas.fill(np.concatenate([upper, lower[::-1]]), min(skin * 1.25, 250.0))
    # The lids cover what the opening does not show of the pupil.
    half = min(shape.pupil, shape.eye)
    canvas.fill(_ellipse(x + yaw * 0.3, y, shape.pupil, half), ink)
    canvas.stroke(upper, stroke * 0.9, ink)
    canvas.stroke(lower, stroke * 0.4, skin * 0.6)


def _draw_brow(
    canvas: _Canvas, shape: Geometry, side: float, yaw: float, ink: float, stroke: float
) -> None:
    y = shape.brow_y
    inner = (side * shape.brow_gap + yaw, y + shape.brow_inner)
    middle = (side * 0.35 + yaw, y - 0.02)
    outer = (side * 0.56 + yaw, y + shape.brow_outer)
    canvas.stroke(_curve(inner, middle, outer), stroke * 1.7, ink)


def _draw_nose(canvas: _Canvas, shape: Geometry, yaw: float, skin: float, stroke: float) -> None:
    shade = skin * 0.62
    x = yaw * 1.6  # the nose stands out, so it moves more than the rest
    base = 0.22 - 0.04 * shape.wrinkle
    canvas.stroke(_curve((x - 0.12, base), (x, base + 0.05), (x + 0.12, base)), stroke * 0.8, shade)
    canvas.stroke(
        _curve((x + 0.05, -0.05), (x + 0.08, 0.08), (x + 0.12, base)), stroke * 0.5, shade
    )
    if shape.wrinkle > 0.1:
        grey = skin * (1.0 - 0.5 * min(shape.wrinkle, 1.0))
        for y in (-0.12, -0.03, 0.06):
            line = _curve((x - 0.13, y + 0.03), (x, y - 0.02), (x + 0.13, y + 0.03))
            canvas.stroke(line, stroke * 0.7, grey)


def _draw_mouth(
    canvas: _Canvas, shape: Geometry, yaw: float, skin: float, ink: float, stroke: float
) -> None:
    x, y = yaw, 0.52
    left = (x - shape.mouth_width, y - shape.corner)
    right = (x + shape.mouth_width, y - shape.corner)
    upper = _curve(left, (x, y - shape.upper), right)
    lower = _curve(left, (x, y + shape.lower), right)
    if shape.upper + shape.lower > 0.055:  # open: a hole with lips around it
        canvas.fill(np.concatenate([upper, lower[::-1]]), ink * 0.6)
        if shape.teeth > 0.1:
            edge = upper + min(shape.teeth, 1.0) * (lower - upper)
            canvas.fill(np.concatenate([upper, edge[::-1]]), 240.0)
        canvas.stroke(upper, stroke * 0.9, ink)
        canvas.stroke(lower, stroke * 0.9, ink)
    else:
        canvas.stroke((upper + lower) / 2.0, stroke * 1.3, ink)
        below = np.array([(x - 0.1, y + 0.14), (x, y + 0.16), (x + 0.1, y + 0.14)])
        canvas.stroke(below, stroke * 0.5, skin * 0.75)


def _draw_lines(canvas: _Canvas, shape: Geometry, yaw: float, skin: float, stroke: float) -> None:
    """The folds that an expression leaves in the skin; their strength is their darkness."""
    if shape.cheek > 0.1:
        grey = skin * (1.0 - 0.35 * min(shape.cheek, 1.0))
        corner = shape.mouth_width + 0.08
        for side in (-1.0, 1.0):
            start = (side * 0.17 + yaw, 0.2)
            middle = (side * (corner * 0.75 + 0.06) + yaw, 0.32)
            end = (side * corner + yaw, 0.52)
            canvas.stroke(_curve(start, middle, end), stroke * 0.6, grey)
    if shape.frown > 0.1:
        grey = skin * (1.0 - 0.5 * min(shape.frown, 1.0))
        for side in (-1.0, 1.0):
            line = np.array([(side * 0.045 + yaw, -0.42), (side * 0.035 + yaw, -0.22)])
            canvas.stroke(line, stroke * 0.6, grey)
    if shape.forehead > 0.1:
        grey = skin * (1.0 - 0.25 * min(shape.forehead, 1.0))
        y = shape.brow_y - 0.12
        line = _curve((yaw - 0.3, y + 0.02), (yaw, y - 0.02), (yaw + 0.3, y + 0.02))
        canvas.stroke(line, stroke * 0.5, grey)


def _draw_glasses(canvas: _Canvas, yaw: float, ink: float, stroke: float) -> None:
    for side in (-1.0, 1.0):
        ring = _ellipse(side * 0.34 + yaw, -0.13, 0.25, 0.22)
        canvas.stroke(np.concatenate([ring, ring[:1]]), stroke * 0.5, ink)
    bridge = np.array([(yaw - 0.09, -0.13), (yaw + 0.09, -0.13)])
    canvas.stroke(bridge, stroke * 0.5, ink)


def _finish(image: Image.Image, size: int, rng: np.random.Generator) -> np.ndarray:
    """Average down, then light from one side, contrast, and the noise of a camera."""
    small = np.asarray(image.resize((size, size), Image.Resampling.BOX), dtype=np.float32)
    y, x = np.mgrid[-1.0 : 1.0 : size * 1j, -1.0 : 1.0 : size * 1j]
    angle = rng.uniform(0.0, 2.0 * np.pi)
    light = 1.0 + rng.uniform(0.0, 0.22) * (x * np.cos(angle) + y * np.sin(angle))
    lit = (small * light - 128.0) * rng.uniform(0.8, 1.1) + 128.0 + rng.uniform(-12.0, 12.0)
    noisy = lit + rng.normal(0.0, rng.uniform(1.5, 7.0), lit.shape)
    return np.clip(np.rint(noisy), 0, 255).astype(np.uint8)


def generate_demo(
    path: Path,
    *,
    seed: int = 0,
    train_per_class: int = TRAIN_PER_CLASS,
    val_per_class: int = VAL_PER_CLASS,
    test_per_class: int = 15,
) -> Path:
    """Write a drawn data set as a FER2013 CSV (``emotion,pixels,Usage``); returns ``path``.

    The same arguments give the same file, byte for byte. The file appears whole or not at all.
    Rows are mixed within each split, as FER2013's are.
    """
    counts = {"train": train_per_class, "val": val_per_class, "test": test_per_class}
    if min(counts.values()) < 0 or sum(counts.values()) == 0:
        raise ValueError(f"expected counts of at least 0 and some face to draw, got {counts}")
    rng = np.random.default_rng(seed)
    with atomic_path(path) as temporary, open(temporary, "w", encoding="ascii") as file:
        file.write("emotion,pixels,Usage\n")
        for split, count in counts.items():
            targets = np.repeat(np.arange(len(EXPRESSIONS)), count)
            for target in rng.permutation(targets):
                pixels = draw_face(EXPRESSIONS[target], rng).ravel().tolist()
                file.write(f"{target},{' '.join(map(str, pixels))},{_USAGE[split]}\n")
    return path
