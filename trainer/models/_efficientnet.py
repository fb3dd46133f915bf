"""EfficientNet-Lite0: Tan and Le (2019) without squeeze-and-excitation, with ReLU6."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import nn

STAGES: tuple[tuple[int, int, int, int, int], ...] = (
    (1, 3, 1, 16, 1),
    (6, 3, 2, 24, 2),
    (6, 5, 2, 40, 2),
    (6, 3, 2, 80, 3),
    (6, 5, 1, 112, 3),
    (6, 5, 2, 192, 4),
    (6, 3, 1, 320, 1),
)
"""(expansion, kernel, stride, channels, blocks) of each stage: the paper's table 1."""

STEM, LAST = 32, 1280


class _Convolution(nn.Module):
    """Convolution, batch norm and, if wanted, ReLU6; an output side is the input's / stride."""

    def __init__(
        self,
        channels: int,
        width: int,
        kernel: int,
        *,
        stride: int = 1,
        groups: int = 1,
        active: bool = True,
    ) -> None:
        super().__init__()
        self.conv = nn.Conv2d(channels, width, kernel, stride=stride, groups=groups, bias=False)
        self.norm = nn.BatchNorm2d(width, eps=1e-3, momentum=0.01)
        self._kernel, self._stride, self._active = kernel, stride, active

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        if self._kernel > 1:
            # TensorFlow's "same": where the padding is odd, its larger half comes after.
            across, down = (self._padding(int(side)) for side in values.shape[:1:-1])
            values = F.pad(values, (*across, *down))
        values = self.norm(self.conv(values))
        return F.relu6(values, inplace=True) if self._active else values

    def _padding(self, side: int) -> tuple[int, int]:
        out = -(-side // self._stride)
        whole = max((out - 1) * self._stride + self._kernel - side, 0)
        return whole // 2, whole - whole // 2


class _Block(nn.Module):
    """Inverted residual block: widen, filter each channel, narrow (Sandler et al., 2018)."""

    def __init__(self, channels: int, width: int, expansion: int, kernel: int, stride: int) -> None:
        super().__init__()
        wide = channels * expansion
        self.expand = _Convolution(channels, wide, 1) if expansion > 1 else nn.Identity()
        self.depthwise = _Convolution(wide, wide, kernel, stride=stride, groups=wide)
        self.project = _Convolution(wide, width, 1, active=False)
        self._shortcut = stride == 1 and channels == width

    def forward(self, values: torch.Tensor) -> torch.Tensor:
        new: torch.Tensor = self.project(self.depthwise(self.expand(values)))
        return new + values if self._shortcut else new


class EfficientNetLite0(nn.Module):
    """Maps float32 (N, 3, H, W) of any size to logits float32 (N, ``num_classes``)."""

    def __init__(self, num_classes: int, dropout: float = 0.2) -> None:
        super().__init__()
        blocks: list[nn.Module] = []
        channels = STEM
        for expansion, kernel, stride, width, count in STAGES:
            for index in range(count):
                blocks.append(
                    _Block(channels, width, expansion, kernel, stride if index == 0 else 1)
                )
                channels = width
        self.stem = _Convolution(3, STEM, 3, stride=2)
        self.blocks = nn.Sequential(*blocks)
        self.last = _Convolution(channels, LAST, 1)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.dropout = nn.Dropout(dropout)
        self.classifier = nn.Linear(LAST, num_classes)

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        """Map images (N, 3, H, W) to logits (N, classes)."""
        values = self.pool(self.last(self.blocks(self.stem(images))))
        logits: torch.Tensor = self.classifier(self.dropout(torch.flatten(values, 1)))
        return logits
