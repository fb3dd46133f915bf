"""An axis with few ticks, also when it is logarithmic."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg

_SHORT, _LONG = 0.7, 2.5  # decades


class CalmAxis(pg.AxisItem):
    """Major ticks only; whole numbers where halves mean nothing."""

    def __init__(self, orientation: str, *, whole: bool = False) -> None:
        super().__init__(orientation)
        self._whole = whole

    def tickSpacing(self, minVal: float, maxVal: float, size: float) -> list[tuple[float, float]]:
        spacing, _offset = super().tickSpacing(minVal, maxVal, size)[0]
        lines = (maxVal - minVal) / spacing
        if lines < 3:
            spacing /= 2 if lines >= 1.5 else 5
        return [(max(1.0, float(round(spacing))) if self._whole else spacing, 0.0)]

    def tickValues(
        self, minVal: float, maxVal: float, size: float
    ) -> list[tuple[float | None, list[float]]]:
        if not self.logMode:
            return list(super().tickValues(minVal, maxVal, size))
        if maxVal - minVal < _SHORT:  # within a decade evenly spaced values read better
            low, high = 10**minVal, 10**maxVal
            spacing = self.tickSpacing(low, high, size)[0][0]
            first, last = int(np.ceil(low / spacing)), int(np.floor(high / spacing))
            values = [spacing * number for number in range(max(1, first), last + 1)]
        else:
            decades = range(int(np.floor(minVal)), int(np.ceil(maxVal)) + 1)
            steps = (1, 2, 5) if maxVal - minVal < _LONG else (1,)
            values = [step * 10.0**decade for decade in decades for step in steps]
        ticks = [float(np.log10(value)) for value in values]
        return [(None, [tick for tick in ticks if minVal <= tick <= maxVal])]

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        return [f"{10**value:.4g}" for value in values]
