"""Random changes of a training batch, made for the whole batch at once."""

from __future__ import annotations

import math

import torch
import torch.nn.functional as F

from trainer.config import AugmentConfig

_ERASE_AREA = (0.02, 0.2)  # of the image, Zhong et al. (2020)
_ERASE_RATIO = (0.4, 2.5)


def augment_batch(
    images: torch.Tensor,
    config: AugmentConfig,
    generator: torch.Generator,
    strength: float = 1.0,
) -> torch.Tensor:
    """Return randomly changed copies of a batch.

    Every image gets its own change. Flip, rotation, zoom and shift are one resampling, so
    that the image is blurred only once; edges repeat outwards.

    Args:
        images: uint8 (N, 1, H, W).
        config: Which changes, how strong.
        generator: Source of randomness (CPU).
        strength: 0..1, scales everything but the flip.

    Returns:
        uint8 (N, 1, H, W).
    """
    values = images.to(torch.float32)
    if _moves(config, strength):
        values = _move(values, config, generator, strength)
    if strength * (config.brightness + config.contrast) > 0:
        values = _relight(values, config, generator, strength)
    if strength * config.blur > 0:
        values = _blur(values, strength * config.blur, generator)
    if strength * config.noise > 0:
        values += _noise(values, strength * config.noise, generator)
    if strength * config.erase > 0:
        _erase_(values, strength * config.erase, generator)
    return values.round_().clamp_(0, 255).to(torch.uint8)


def _moves(config: AugmentConfig, strength: float) -> bool:
    moved = config.shift + config.rotation + config.zoom
    return config.flip > 0 or strength * moved > 0


def _uniform(count: int, limit: float, generator: torch.Generator) -> torch.Tensor:
    return (torch.rand(count, generator=generator) * 2 - 1) * limit


def _move(
    values: torch.Tensor, config: AugmentConfig, generator: torch.Generator, strength: float
) -> torch.Tensor:
    count = len(values)
    angle = _uniform(count, math.radians(config.rotation) * strength, generator)
    scale = 1 / (1 + _uniform(count, config.zoom * strength, generator))
    # The grid runs from -1 to 1, so a whole side is 2.
    shift_x = _uniform(count, 2 * config.shift * strength, generator)
    shift_y = _uniform(count, 2 * config.shift * strength, generator)
    mirror = 1 - 2 * (torch.rand(count, generator=generator) < config.flip).to(torch.float32)
    cos, sin = torch.cos(angle) * scale, torch.sin(angle) * scale
    theta = torch.stack(
        (
            torch.stack((mirror * cos, -mirror * sin, shift_x), dim=1),
            torch.stack((sin, cos, shift_y), dim=1),
        ),
        dim=1,
    )
    grid = F.affine_grid(theta, list(values.shape), align_corners=False)
    return F.grid_sample(values, grid, padding_mode="border", align_corners=False)


def _relight(
    values: torch.Tensor, config: AugmentConfig, generator: torch.Generator, strength: float
) -> torch.Tensor:
    count = len(values)
    factor = 1 + _uniform(count, config.contrast * strength, generator)
    offset = 255 * _uniform(count, config.brightness * strength, generator)
    mean = values.mean(dim=(1, 2, 3), keepdim=True)
    return (values - mean) * factor.view(-1, 1, 1, 1) + mean + offset.view(-1, 1, 1, 1)


def _blur(values: torch.Tensor, limit: float, generator: torch.Generator) -> torch.Tensor:
    count, _, height, width = values.shape
    sigma = (torch.rand(count, 1, generator=generator) * limit).clamp(min=1e-3)
    radius = math.ceil(2 * limit)
    distance = torch.arange(-radius, radius + 1, dtype=torch.float32)
    kernel = torch.exp(-0.5 * (distance / sigma) ** 2)
    kernel = (kernel / kernel.sum(dim=1, keepdim=True)).view(count, 1, 1, -1)
    # Every image is a channel of one picture, so that each gets a kernel of its own.
    rows = values.view(1, count, height, width)
    rows = F.pad(rows, (radius, radius, radius, radius), mode="replicate")
    rows = F.conv2d(rows, kernel, groups=count)
    rows = F.conv2d(rows, kernel.transpose(2, 3), groups=count)
    return rows.view(count, 1, height, width)


def _noise(values: torch.Tensor, limit: float, generator: torch.Generator) -> torch.Tensor:
    sigma = 255 * limit * torch.rand(len(values), 1, 1, 1, generator=generator)
    return sigma * torch.randn(values.shape, generator=generator)


def _erase_(values: torch.Tensor, probability: float, generator: torch.Generator) -> None:
    count, _, height, width = values.shape
    area = torch.empty(count).uniform_(*_ERASE_AREA, generator=generator) * height * width
    log_ratio = torch.empty(count).uniform_(
        math.log(_ERASE_RATIO[0]), math.log(_ERASE_RATIO[1]), generator=generator
    )
    ratio = log_ratio.exp()
    tall = (area * ratio).sqrt().clamp(1, height).view(-1, 1, 1, 1)
    wide = (area / ratio).sqrt().clamp(1, width).view(-1, 1, 1, 1)
    top = torch.rand(count, generator=generator).view(-1, 1, 1, 1) * (height - tall)
    left = torch.rand(count, generator=generator).view(-1, 1, 1, 1) * (width - wide)
    rows = torch.arange(height).view(1, 1, -1, 1)
    columns = torch.arange(width).view(1, 1, 1, -1)
    chosen = (torch.rand(count, generator=generator) < probability).view(-1, 1, 1, 1)
    inside = (rows >= top) & (rows < top + tall) & (columns >= left) & (columns < left + wide)
    noise = torch.rand(values.shape, generator=generator) * 255
    torch.where(inside & chosen, noise, values, out=values)
