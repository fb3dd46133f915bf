"""Residual networks for small grey images (after He et al., 2016)."""

from __future__ import annotations

from collections.abc import Sequence

import torch
import torch.nn.functional as F
from torch import nn


class BasicBlock(nn.Module):
    """Two 3x3 convolutions with batch norm beside a shortcut.

    Args:
        channels: Channels in.
        width: Channels out.
        stride: Of the first convolution; with another stride or width the shortcut becomes a
            1x1 convolution with batch norm.
    """

    def __init__(self, channels: int, width: int, stride: int) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.norm1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.norm2 = nn.BatchNorm2d(width)
        self.shortcut = nn.Sequential()
        if stride != 1 or channels != width:
            self.shortcut = nn.Sequential(
                nn.Conv2d(channels, width, 1, stride=stride, bias=False), nn.BatchNorm2d(width)
            )

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Map (N, channels, H, W) to (N, width, H / stride, W / stride)."""
        values = F.relu(self.norm1(self.conv1(images)), inplace=True)
        values = self.norm2(self.conv2(values))
        return F.relu(values + self.shortcut(images), inplace=True)


class ResNet(nn.Module):
    """A 7x7 stem of stride 2, a max-pool, one basic block a stage, an average pool, a linear layer.

    The first stage keeps the stem's width and size; every other one halves the side. On the
    main path of four stages lie one convolution of the stem, eight of the blocks and one linear
    layer: ten layers with weights. Any number of basic blocks gives an even number; the eleventh
    layer of the report's name can only be the stem's max-pool. (Counting the three 1x1
    convolutions of the shortcuts instead would give thirteen.)

    Args:
        widths: Channels of each stage; the first is the stem's.
        num_classes: Number of logits.

    The input is float32 (N, 1, 48, 48); the stages work at sides of 12, 6, 3 and 2 pixels. The
    output is float32 (N, ``num_classes``).
    """

    def __init__(self, widths: Sequence[int], num_classes: int) -> None:
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv2d(1, widths[0], 7, stride=2, padding=3, bias=False),
            nn.BatchNorm2d(widths[0]),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(3, stride=2, padding=1),
        )
        blocks: list[nn.Module] = []
        channels = widths[0]
        for stage, width in enumerate(widths):
            blocks.append(BasicBlock(channels, width, stride=1 if stage == 0 else 2))
            channels = width
        self.features = nn.Sequential(*blocks)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(channels, num_classes)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Map images (N, 1, 48, 48) to logits (N, classes)."""
        values = self.pool(self.features(self.stem(images)))
        logits: torch.Tensor = self.classifier(torch.flatten(values, 1))
        return logits
