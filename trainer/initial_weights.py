"""Where a network's weights start: at random, learnt on ImageNet, or from a file of Mien's."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import nn

from trainer import pretrained
from trainer.errors import TrainingError, WeightsError
from trainer.models import ModelInfo
from trainer.pretrained import KNOWN, KnownWeights
from trainer.weights import load_weights

IMAGENET = "imagenet"


def initialise(model: nn.Module, info: ModelInfo, source: str, class_names: Sequence[str]) -> bool:
    """Load a start into a new network, in place; return whether its last layer is new.

    Args:
        model: From ``info.build``.
        info: The network.
        source: ``TrainConfig.init_weights``: empty leaves the network at random; ``"imagenet"``
            loads the published weights of the body; a ``.safetensors`` file of the same
            layers everything, but the last layer only when its classes are the same; any other
            path is taken for the published file.
        class_names: Of the data to be learnt, in their order.

    Raises:
        TrainingError: There are no such weights for this network.
        WeightsError: The file is missing, damaged, or does not fit.
    """
    if not source:
        return False
    if source != IMAGENET and Path(source).suffix.lower() == ".safetensors":
        return _warm_start(model, info, Path(source), class_names)
    if not info.pretrained:
        with_weights = "only networks called ..._imagenet have ImageNet weights"
        raise TrainingError(
            f"{info.title} cannot start from '{source}': {with_weights}, others start at random "
            "or from a .safetensors file of the same network."
        )
    known = KNOWN[info.pretrained]
    state = _published_state(known, None if source == IMAGENET else Path(source))
    _load_body(model, state, info, known.file_name)
    return True


def _warm_start(model: nn.Module, info: ModelInfo, path: Path, class_names: Sequence[str]) -> bool:
    trained, metadata = load_weights(path)
    if metadata.architecture != info.name and not _same_layers(model, trained, info):
        raise TrainingError(
            f"{path.name} holds {metadata.architecture}, not {info.name}; start from a file of "
            "the same network, or of one with the same layers."
        )
    if tuple(metadata.class_names) == tuple(class_names):
        model.load_state_dict(trained.state_dict())
        return False
    if not info.head:
        raise TrainingError(f"{path.name} knows other classes than the data set.")
    _load_body(model, trained.state_dict(), info, path.name)
    return True


def _same_layers(model: nn.Module, other: nn.Module, info: ModelInfo) -> bool:
    """Tell whether all layers with weights are alike, but for how many classes the last one has.

    As of one network that looks at larger images, so that a training can begin on small ones.
    """
    shapes = [
        {
            name: value.shape[1:] if in_head(name, info) else value.shape
            for name, value in network.state_dict().items()
        }
        for network in (model, other)
    ]
    return shapes[0] == shapes[1]


def _published_state(known: KnownWeights, picked: Path | None) -> dict[str, torch.Tensor]:
    """Read, check and rename the published weights."""
    path = picked or pretrained.find(known)
    if path is None:
        raise WeightsError(pretrained.missing_sentence(known))
    with tempfile.TemporaryDirectory() as folder:
        readable = pretrained.readable(path, known, Path(folder))
        try:
            state: dict[str, torch.Tensor] = torch.load(
                readable, map_location="cpu", weights_only=True
            )
        except (OSError, RuntimeError, EOFError, ValueError, pickle.UnpicklingError) as error:
            raise WeightsError(f"{path} cannot be read as weights: {error}.") from error
    if known.key == "efficientnet_lite0":
        return {_lite0_name(name): value for name, value in state.items()}
    return state


def _load_body(
    model: nn.Module, state: dict[str, torch.Tensor], info: ModelInfo, source: str
) -> None:
    """Load everything but the last layer, and see to it that nothing is missing or left over."""
    own = {name: value for name, value in model.state_dict().items() if not in_head(name, info)}
    given = {name: value for name, value in state.items() if not in_head(name, info)}
    # Older files do not count the batches that their norms have seen, and nothing needs it.
    wanted = {name for name in own if not name.endswith("num_batches_tracked")}
    differing = sorted(wanted - set(given)) + sorted(set(given) - set(own))
    differing += [
        name for name in sorted(wanted & set(given)) if own[name].shape != given[name].shape
    ]
    if differing:
        raise WeightsError(
            f"{source} does not fit {info.name}: {len(differing)} tensors differ, "
            f"first {differing[0]}."
        )
    model.load_state_dict(given, strict=False)


def in_head(name: str, info: ModelInfo) -> bool:
    """Tell whether a parameter belongs to the last layer."""
    return bool(info.head) and name.startswith(f"{info.head}.")


_LITE0_OUTSIDE = {
    "_conv_stem": "stem.conv",
    "_bn0": "stem.norm",
    "_conv_head": "last.conv",
    "_bn1": "last.norm",
    "_fc": "classifier",
}
_LITE0_INSIDE = {
    "_expand_conv": "expand.conv",
    "_bn0": "expand.norm",
    "_depthwise_conv": "depthwise.conv",
    "_bn1": "depthwise.norm",
    "_project_conv": "project.conv",
    "_bn2": "project.norm",
}


def _lite0_name(name: str) -> str:
    """Translate a name of the published EfficientNet-Lite0 into one of ours."""
    first, _, rest = name.partition(".")
    if first != "_blocks":
        return f"{_LITE0_OUTSIDE.get(first, first)}.{rest}"
    index, layer, what = rest.split(".")
    return f"blocks.{index}.{_LITE0_INSIDE.get(layer, layer)}.{what}"
