"""The only door to onnxruntime: ``from trainer._onnxruntime import onnxruntime``.

Since version 1.3x its wheels gather usage events under an identity of the device, keep them in
the user's cache folder and send them off. Mien sends nothing unasked: the variable below must be
set before the library is loaded, for it starts to gather then.
"""

from __future__ import annotations

import os
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnxruntime as _module  # noqa: E402  (the variable must be set first)

# What the variable does not reach on other systems (Windows' own event tracing).
_module.disable_telemetry_events()

onnxruntime: Any = _module

__all__ = ["onnxruntime", "quantization"]


def quantization() -> Any:
    """Return ``onnxruntime.quantization`` with its ``shape_inference``; slow to import."""
    import onnxruntime.quantization.shape_inference

    return onnxruntime.quantization
