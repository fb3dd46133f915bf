"""The only door to torchvision: ``from trainer._torchvision import torchvision``.

Beside a CPU build of torch the wheel from PyPI stops at ``operator torchvision::nms does not
exist``: its compiled operators want CUDA. Its networks need none of them, only their names, so
where they are missing the names are declared and the import is tried once more. Slow to import
(about two seconds): do it inside a function.
"""

from __future__ import annotations

import importlib
import sys
from typing import Any

import torch

_SCHEMAS = (
    "nms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
    "qnms(Tensor dets, Tensor scores, float iou_threshold) -> Tensor",
)
_kept: list[torch.library.Library] = []  # the declarations live as long as this object


def _declare_missing_operators() -> None:
    library = torch.library.Library("torchvision", "FRAGMENT")
    for schema in _SCHEMAS:
        library.define(schema)
    _kept.append(library)


def _once_more() -> Any:
    for name in [name for name in sys.modules if name.split(".")[0] == "torchvision"]:
        del sys.modules[name]
    _declare_missing_operators()
    return importlib.import_module("torchvision")


try:
    import torchvision as _module  # a plain import: the packager must see it
except RuntimeError as _error:
    if "torchvision::nms" not in str(_error):
        raise
    _module = _once_more()

torchvision: Any = _module

__all__ = ["torchvision"]
