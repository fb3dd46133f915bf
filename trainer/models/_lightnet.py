"""A small residual network: plain convolutions where images are large, separable ones after."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import nn

from trainer.models._resnet import BasicBlock


class SeparableBlock(nn.Module):
    """Two depthwise-separable convolutions beside a shortcut.

    Each is a 3x3 convolution within a channel and a 1x1 convolution across channels (Howard et
    al., "MobileNets", 2017), with batch norm after both and a ReLU between, so that 8-bit
    activations have one sign.

    Args:
        channels: Channels in.
        width: Channels out.
        stride: Of the first convolution; the shortcut then averages 2x2 pixels instead of
            skipping three of four (He et al., "Bag of Tricks", 2019).
    """

    def __init__(self, channels: int, width: int, stride: int) -> None:
        super().__init__()
        self.body = nn.Sequential(
            *_separable(channels, width, stride),
            nn.ReLU(inplace=True),
            *_separable(width, width, 1),
        )
        shortcut: list[nn.Module] = []
        if stride != 1:
            shortcut.append(nn.AvgPool2d(stride, ceil_mode=True, count_include_pad=False))
        if channels != width:
            shortcut += [nn.Conv2d(channels, width, 1, bias=False), nn.BatchNorm2d(width)]
        self.shortcut = nn.Sequential(*shortcut)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Map (N, channels, H, W) to (N, width, H / stride, W / stride)."""
        return F.relu(self.body(images) + self.shortcut(images), inplace=True)


def _separable(channels: int, width: int, stride: int) -> list[nn.Module]:
    return [
        nn.Conv2d(channels, channels, 3, stride, padding=1, groups=channels, bias=False),
        nn.BatchNorm2d(channels),
        nn.ReLU(inplace=True),
        nn.Conv2d(channels, width, 1, bias=False),
        nn.BatchNorm2d(width),
    ]


class LightNet(nn.Module):
    """A stem of stride 2, three plain and two separable residual blocks, pool, linear layer.

    Depthwise convolutions save arithmetic but not time while there are few channels: a
    processor loads more than it computes. So the blocks at 24, 12 and 6 pixels are plain and
    those at 3 pixels, where most weights would lie, are separable.

    Args:
        num_classes: Number of logits.
        widths: Channels at 24, 12, 6 and 3 pixels.
        side: The image is enlarged to this side first (bilinear), 0: not at all. Of 64 pixels the
            blocks work at 32, 16, 8 and 4.

    The input is float32 (N, 1, 48, 48), the output float32 (N, ``num_classes``).
    """

    def __init__(
        self,
        num_classes: int,
        widths: tuple[int, int, int, int] = (24, 64, 96, 256),
        side: int = 0,
    ) -> None:
        super().__init__()
        large, middle, small, last = widths
        self.enlarge = nn.Upsample((side, side), mode="bilinear") if side else nn.Identity()
        self.stem = nn.Sequential(
            nn.Conv2d(1, large, 3, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(large),
            nn.ReLU(inplace=True),
        )
        self.features = nn.Sequential(
            BasicBlock(large, large, 1),
            BasicBlock(large, middle, 2),
            BasicBlock(middle, small, 2),
            SeparableBlock(small, last, 2),
            SeparableBlock(last, last, 1),
        )
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(0.2)
        self.classifier = nn.Linear(last, num_classes)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Map images (N, 1, 48, 48) to logits (N, classes)."""
        values = self.pool(self.features(self.stem(self.enlarge(images))))
        logits: torch.Tensor = self.classifier(self.dropout(torch.flatten(values, 1)))
        return logits


class TwoColumnLightNet(nn.Module):
    """Two LightNets side by side, that see the image at two sizes, under one linear layer.

    Columns that were trained one by one make different mistakes; a linear layer over both takes
    the mean of their logits or what fits better (Ciresan et al., "Multi-column Deep Neural
    Networks for Image Classification", CVPR 2012, who vary the size of the image too).

    Args:
        num_classes: Number of logits.
        widths: See :class:`LightNet`; both columns have them.
        sides: See :class:`LightNet`; one for each column.

    The input is float32 (N, 1, 48, 48), the output float32 (N, ``num_classes``).
    """

    def __init__(
        self, num_classes: int, widths: tuple[int, int, int, int], sides: tuple[int, int]
    ) -> None:
        super().__init__()
        columns = [LightNet(num_classes, widths, side) for side in sides]
        # Only to be stored: a file from when both columns saw 48 pixels lacks it and is refused.
        self.register_buffer("sides", torch.tensor(sides))
        self.enlarge = nn.ModuleList(column.enlarge for column in columns)
        self.columns = nn.ModuleList(
            nn.Sequential(column.stem, column.features, column.pool) for column in columns
        )
        self.dropout = nn.Dropout(0.2)
        self.classifier = nn.Linear(2 * widths[-1], num_classes)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Map images (N, 1, 48, 48) to logits (N, classes)."""
        pairs = zip(self.enlarge, self.columns, strict=True)
        values = torch.cat([column(enlarge(images)) for enlarge, column in pairs], dim=1)
        logits: torch.Tensor = self.classifier(self.dropout(torch.flatten(values, 1)))
        return logits

    @torch.no_grad()
    def fill(self, columns: Sequence[LightNet]) -> None:
        """Take the weights of two trained networks; the logits are the mean of theirs."""
        for own, column in zip(self.columns, columns, strict=True):
            trained = nn.Sequential(column.stem, column.features, column.pool)
            own.load_state_dict(trained.state_dict())
        layers = [column.classifier for column in columns]
        self.classifier.weight.copy_(torch.cat([layer.weight for layer in layers], dim=1) / 2)
        self.classifier.bias.copy_(torch.stack([layer.bias for layer in layers]).mean(dim=0))
