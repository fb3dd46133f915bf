"""What is replayed against forgetting: features of the data a network learnt from.

A few directions carry nearly all that the last layer can tell: of features (D,) only their place
along the 32 strongest directions is kept. That is small enough to ship for the network that comes
with Mien, says nothing that a face could be drawn from, and keeps a few corrections from changing
more than they know about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from resources import resource_path
from trainer.errors import DataError
from trainer.files import DAMAGED_ARCHIVE, atomic_path
from trainer.improve.network import HeadNetwork
from trainer.inference.shipped import shipped_model_paths
from trainer.model_files import read_metadata, sha256_of

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

DIRECTIONS = 32
REPLAYED = 3000
JUDGED = 4000
_FEWEST = 200
_ARRAYS = ("mean", "basis", "places", "logits", "base_places", "base_logits", "base_targets")


@dataclass(frozen=True)
class Replay:
    """Stored features of a network.

    Attributes:
        name: The data.
        network: sha256 of the network's file.
        mean: float32 (D,).
        basis: float32 (K, D); a feature's place is ``basis @ (feature - mean)``, each direction
            with variance 1.
        places: float32 (N, K) of training images.
        logits: float32 (N, C), the network's answers to them.
        base_places: float32 (M, K) of the base split, which nothing is fitted on.
        base_logits: float32 (M, C).
        base_targets: int64 (M,).
    """

    name: str
    network: str
    mean: Floats
    basis: Floats
    places: Floats
    logits: Floats
    base_places: Floats
    base_logits: Floats
    base_targets: Ints

    def place(self, features: Floats) -> Floats:
        """Return float32 (N, K), the places of features (N, D)."""
        return np.asarray((features - self.mean) @ self.basis.T, np.float32)


def replay_of(
    network: HeadNetwork,
    name: str,
    images: npt.NDArray[np.uint8],
    targets: Ints,
    splits: npt.NDArray[np.uint8],
    *,
    on_progress: Callable[[float], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Replay:
    """Look at a sample of a data set with the network.

    Args:
        network: The network.
        name: Of the data set.
        images: uint8 (N, 1, S, S).
        targets: int64 (N,), indices into the network's classes; -1 is left out.
        splits: uint8 (N,), 0 training, 1 validation.
        on_progress: Called with 0..1.
        should_stop: Asked between batches.

    Raises:
        DataError: There are too few images, or they are of another size.
        OperationCancelled: ``should_stop`` said so.
    """
    side = network.metadata.preprocessing.image_side
    if images.shape[1:] != (1, side, side):
        raise DataError(
            f"{name} has images of {images.shape[2]} pixels, but {network.path.name} takes {side}."
        )
    random = np.random.default_rng(0)
    chosen = []
    for split, most in ((0, REPLAYED), (1, JUDGED)):
        found = np.flatnonzero((splits == split) & (targets >= 0))
        if len(found) < _FEWEST:
            raise DataError(
                f"{name} has {len(found)} labelled images in its "
                f"{('training', 'validation')[split]} split; at least {_FEWEST} are needed against "
                "forgetting."
            )
        chosen.append(np.sort(random.permutation(found)[:most]))
    both = np.concatenate(chosen)
    features, logits = network.features(
        images[both], on_progress=on_progress, should_stop=should_stop
    )
    count = len(chosen[0])
    mean, basis = _directions(features[:count])
    places = np.asarray((features - mean) @ basis.T, np.float32)
    return Replay(
        name,
        network.sha256,
        mean,
        basis,
        places[:count],
        logits[:count],
        places[count:],
        logits[count:],
        targets[chosen[1]].astype(np.int64),
    )


def _directions(features: Floats) -> tuple[Floats, Floats]:
    mean = features.mean(axis=0)
    centred = (features - mean).astype(np.float64)
    values, vectors = np.linalg.eigh(centred.T @ centred / len(centred))
    count = min(DIRECTIONS, len(values))
    strongest = slice(-1, -count - 1, -1)
    # Directions that hardly vary say nothing; stretched to variance 1 they would be noise.
    scale = np.sqrt(np.maximum(values[strongest], 1e-6 * values[-1]))
    basis = vectors[:, strongest].T / scale[:, None]
    return mean.astype(np.float32), np.ascontiguousarray(basis, np.float32)


def save_replay(replay: Replay, path: Path) -> None:
    """Write it as a compressed ``.npz`` of half-precision numbers, atomically."""
    halves = {
        name: getattr(replay, name).astype(np.int8 if name == "base_targets" else np.float16)
        for name in _ARRAYS
    }
    with atomic_path(path) as temporary, open(temporary, "wb") as file:
        np.savez_compressed(
            file, **halves, name=np.array(replay.name), network=np.array(replay.network)
        )


def load_replay(path: Path) -> Replay:
    """Read what :func:`save_replay` wrote.

    Raises:
        DataError: The file is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {
                name: file[name].astype(np.int64 if name == "base_targets" else np.float32)
                for name in _ARRAYS
            }
            replay = Replay(name=str(file["name"]), network=str(file["network"]), **arrays)
    except (OSError, *DAMAGED_ARCHIVE) as error:
        raise DataError(f"The stored features in {path} cannot be read ({error}).") from error
    classes, places = replay.logits.shape[-1], replay.basis.shape[0]
    fits = (
        replay.basis.shape == (places, len(replay.mean))
        and replay.places.shape == (len(replay.logits), places)
        and replay.base_places.shape == (len(replay.base_targets), places)
        and replay.base_logits.shape == (len(replay.base_targets), classes)
    )
    if not fits:
        raise DataError(f"The stored features in {path} do not fit each other.")
    return replay


def shipped_replay(network: HeadNetwork) -> Replay | None:
    """Return the features that come with Mien, if they are of this network.

    Raises:
        DataError: The file is damaged.
    """
    path = stored_path(network.path)
    if not path.is_file():
        return None
    replay = load_replay(path)
    return replay if replay.network == network.sha256 else None


def stored_path(network: Path) -> Path:
    """Return where the features of a network that comes with Mien lie."""
    return resource_path("weights", f"replay-{network.stem}.npz")


def original_of(network: Path) -> Path:
    """Return the shipped network that this one was improved from, or else the path itself.

    Corrections gather, so a network is improved anew from its origin and not once more upon an
    improvement; and it is the origin that there are stored features of.

    Raises:
        WeightsError: The file is damaged.
    """
    parent = read_metadata(network).extra.get("parent_sha256")
    if parent is not None:
        for shipped in shipped_model_paths():
            if shipped.is_file() and sha256_of(shipped) == parent:
                return shipped
    return network
