"""Where a network looks: Grad-CAM, with the check that tells a map from a picture of edges.

Selvaraju et al., "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based
Localization", ICCV 2017: the last feature maps, weighted by how much the class's logit depends on
each of them, added up, and the negative parts dropped.

Adebayo et al., "Sanity Checks for Saliency Maps", NeurIPS 2018: a map that looks the same when the
network's weights are random shows the image, not what the network learnt. The map of randomised
networks therefore stands beside, with the rank correlation of the two.

torch is loaded when a map is made, not before.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from trainer.compare.models import Candidate
from trainer.errors import WeightsError

if TYPE_CHECKING:
    import torch
    from torch import nn

Map = npt.NDArray[np.float32]

SEEDS = 3
"""Randomised networks whose maps are compared; the first one's is shown."""


@dataclass(frozen=True)
class GradCam:
    """Maps of one image; 1 is where the class's logit depends most.

    Attributes:
        target: Class whose logit is explained, index into the network's classes.
        class_names: The network's classes, in its order.
        probs: float32 (C,), the network's answer (with its temperature).
        heat: float32 (H, W), 0..1, of the network as it is; all 0 when nothing speaks for the
            class.
        random_heat: The same with random weights.
        similarity: Spearman's rank correlation of both maps, the mean over :data:`SEEDS`
            randomised networks; NaN when a map is flat. Near 0 the map shows what was learnt,
            near 1 it would look so anyway.
        layer: Name of the layer whose feature maps were used.
    """

    target: int
    class_names: tuple[str, ...]
    probs: npt.NDArray[np.float32]
    heat: Map
    random_heat: Map
    similarity: float
    layer: str


def grad_cam(
    candidate: Candidate, image: npt.NDArray[np.uint8], target: int | None = None
) -> GradCam:
    """Explain one answer of a network.

    Args:
        candidate: A model with safetensors; ONNX Runtime gives no gradients.
        image: uint8 (H, W), a grey face as the data set holds it.
        target: Class to explain, index into the network's classes; None takes its answer.

    Raises:
        WeightsError: There are no safetensors, or the network has no feature maps.
        ValueError: The image does not fit.
    """
    import torch

    from trainer.preprocess import normalize
    from trainer.weights import load_weights

    if candidate.weights_path is None:
        raise WeightsError(
            f"{candidate.name} has no .safetensors file, which Grad-CAM needs: "
            "an ONNX file gives no gradients."
        )
    model, metadata = load_weights(candidate.weights_path)
    inputs = torch.from_numpy(normalize(image[None, None], metadata.preprocessing))
    size = (image.shape[0], image.shape[1])
    heat, logits, layer = _explain(model, inputs, target, size)
    answer = metadata.temperature.probabilities(logits[None])[0]
    chosen = int(answer.argmax()) if target is None else target
    others = []
    for seed in range(SEEDS):
        randomise(model, seed)
        others.append(_explain(model, inputs, chosen, size)[0])
    return GradCam(
        target=chosen,
        class_names=metadata.class_names,
        probs=answer,
        heat=heat,
        random_heat=others[0],
        similarity=_similarity(heat, others),
        layer=layer,
    )


def randomise(model: nn.Module, seed: int) -> None:
    """Give all layers random weights (He et al., 2015), norms those of an untrained network.

    The generator is its own: a training that runs beside must not draw other numbers.
    """
    import torch
    from torch import nn

    generator = torch.Generator().manual_seed(seed)
    norms = (nn.BatchNorm1d, nn.BatchNorm2d, nn.GroupNorm, nn.LayerNorm)
    with torch.no_grad():
        for module in model.modules():
            if isinstance(module, norms):
                module.reset_parameters()  # ones and zeros, nothing is drawn
                continue
            for value in module.parameters(recurse=False):
                if value.ndim < 2:
                    value.zero_()
                    continue
                spread = math.sqrt(2.0 / value[0].numel())
                value.copy_(torch.randn(value.shape, generator=generator) * spread)


def _explain(
    model: nn.Module, inputs: torch.Tensor, target: int | None, size: tuple[int, int]
) -> tuple[Map, npt.NDArray[np.float32], str]:
    """Return the map (H, W), the logits (C,) and the layer's name."""
    import torch
    import torch.nn.functional as F
    from torch import nn

    found: list[tuple[str, torch.Tensor]] = []
    pooled: list[torch.Tensor] = []

    def keep(name: str, module: nn.Module, output: Any) -> None:
        """Remember the last maps before they are pooled; blocks answer after their parts."""
        if not isinstance(output, torch.Tensor) or output.ndim != 4 or output.shape[2] < 2:
            return
        if "Pool" in type(module).__name__:
            pooled.append(output)
        if output.requires_grad and not any(output is one for one in pooled):
            found[:] = [(name, output)]

    handles = []
    for name, module in model.named_modules():
        if isinstance(module, nn.ReLU):
            module.inplace = False  # it would overwrite the maps that are looked at
        handles.append(module.register_forward_hook(_hook(name, keep)))
    try:
        with torch.enable_grad():
            logits = model.eval()(inputs)[0]
            if not found:
                raise WeightsError(
                    "This network has no convolutions with feature maps, so there is no Grad-CAM."
                )
            name, maps = found[0]
            chosen = int(logits.argmax()) if target is None else target
            (slopes,) = torch.autograd.grad(logits[chosen], maps)
    finally:
        for handle in handles:
            handle.remove()
    weights = slopes.mean(dim=(2, 3), keepdim=True)
    heat = F.relu((weights * maps).sum(dim=1, keepdim=True)).detach()
    heat = F.interpolate(heat, size=list(size), mode="bilinear", align_corners=False)[0, 0]
    heat = heat / heat.max().clamp(min=1e-12)
    return heat.numpy(), logits.detach().float().numpy(), name


def _hook(
    name: str, keep: Callable[[str, nn.Module, Any], None]
) -> Callable[[nn.Module, Any, Any], None]:
    def hook(module: nn.Module, inputs: Any, output: Any) -> None:
        keep(name, module, output)

    return hook


def _similarity(heat: Map, others: list[Map]) -> float:
    from scipy.stats import spearmanr

    if heat.std() == 0:
        return float("nan")
    values = [
        float(spearmanr(heat.ravel(), other.ravel()).statistic)
        for other in others
        if other.std() > 0
    ]
    return float(np.mean(values)) if values else float("nan")
