"""Network inputs, and the random changes of training batches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from trainer.config import AugmentConfig
from trainer.data.augment import augment_batch
from trainer.preprocess import Preprocessing, batch_within_memory, normalize


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_image_mode_has_mean_zero_and_std_one(random_images: np.ndarray) -> None:
    values = normalize(random_images, Preprocessing())
    assert values.dtype == np.float32
    assert np.allclose(values.mean(axis=(1, 2, 3)), 0, atol=1e-5)
    assert np.allclose(values.std(axis=(1, 2, 3)), 1, atol=1e-4)


@given(st.integers(0, 100), st.floats(0.3, 1.0))
def test_a_darker_or_flatter_face_gives_nearly_the_same_input(offset: int, gain: float) -> None:
    rng = np.random.default_rng(1)
    face = rng.integers(60, 150, (1, 1, 48, 48)).astype(np.uint8)
    changed = np.round(face * gain + offset).astype(np.uint8)
    difference = normalize(face, Preprocessing()) - normalize(changed, Preprocessing())
    assert np.abs(difference).max() < 0.1


def test_a_blank_image_stays_calm() -> None:
    blank = np.full((1, 1, 48, 48), 77, np.uint8)
    assert np.abs(normalize(blank, Preprocessing())).max() < 1e-3


def test_dataset_mode_with_three_channels(random_images: np.ndarray) -> None:
    preset = Preprocessing(channels=3, mode="dataset", mean=(0.5, 0.4, 0.3), std=(0.2, 0.2, 0.1))
    values = normalize(random_images, preset)
    assert values.shape == (40, 3, 48, 48)
    expected = (random_images[3, 0, 2, 1] / 255 - 0.3) / 0.1
    assert values[3, 2, 2, 1] == pytest.approx(expected, abs=1e-5)


def test_small_faces_are_enlarged_smoothly_into_every_channel(random_images: np.ndarray) -> None:
    preset = Preprocessing(
        input_size=224,
        source_size=48,
        channels=3,
        mode="dataset",
        mean=(0.5, 0.4, 0.3),
        std=(0.2, 0.2, 0.1),
    )
    assert preset.image_side == 48
    values = normalize(random_images[:3], preset)
    assert values.shape == (3, 3, 224, 224)
    assert values.flags.c_contiguous
    grey = values[:, 2] * 0.1 + 0.3
    assert np.allclose(values[:, 0] * 0.2 + 0.5, grey, atol=1e-5)
    wanted = torch.nn.functional.interpolate(
        torch.from_numpy(random_images[:3]).float() / 255, size=224, mode="bilinear"
    )
    assert np.allclose(grey, wanted[:, 0].numpy(), atol=2e-3)


def test_an_enlarged_face_keeps_the_mean_and_spread_of_its_own(random_images: np.ndarray) -> None:
    enlarged = normalize(random_images[:3], Preprocessing(input_size=96, source_size=48))
    plain = normalize(random_images[:3], Preprocessing())
    assert enlarged.shape == (3, 1, 96, 96)
    assert np.abs(enlarged.mean(axis=(1, 2, 3)) - plain.mean(axis=(1, 2, 3))).max() < 0.02


def test_larger_images_go_through_in_smaller_batches() -> None:
    sizes = [batch_within_memory(Preprocessing(input_size=size)) for size in (48, 96, 224)]
    assert sizes == [128, 32, 8]


def test_a_wrong_size_is_refused(random_images: np.ndarray) -> None:
    with pytest.raises(ValueError, match=r"expected uint8 images \(N, 1, 64, 64\)"):
        normalize(random_images, Preprocessing(input_size=64))


@pytest.mark.parametrize(
    "values",
    [{"mode": "magic"}, {"channels": 2}, {"input_size": 0}, {"source_size": 64}, {"std": (0.0,)}],
)
def test_a_preset_that_makes_no_sense_is_refused(values: dict) -> None:
    with pytest.raises(ValueError):
        Preprocessing.from_dict(values)


def test_augmentation_off_changes_nothing(random_images: np.ndarray) -> None:
    images = torch.from_numpy(random_images)
    assert torch.equal(augment_batch(images, AugmentConfig.off(), generator()), images)


def test_flip_mirrors_exactly(random_images: np.ndarray) -> None:
    images = torch.from_numpy(random_images)
    config = replace(AugmentConfig.off(), flip=1.0)
    flipped = augment_batch(images, config, generator())
    assert (flipped.int() - images.flip(3).int()).abs().max() <= 1


def test_same_seed_same_batch_other_seed_other_batch(random_images: np.ndarray) -> None:
    images = torch.from_numpy(random_images)
    config = AugmentConfig()
    first = augment_batch(images, config, generator(3))
    assert torch.equal(first, augment_batch(images, config, generator(3)))
    assert not torch.equal(first, augment_batch(images, config, generator(4)))
    assert torch.equal(images, torch.from_numpy(random_images))  # the input is untouched


def test_strength_zero_leaves_only_the_flip(random_images: np.ndarray) -> None:
    images = torch.from_numpy(random_images)
    weak = augment_batch(images, AugmentConfig(flip=0.0), generator(), strength=0.0)
    assert torch.equal(weak, images)


def test_shift_moves_at_most_as_far_as_asked() -> None:
    images = torch.zeros(200, 1, 48, 48, dtype=torch.uint8)
    images[:, :, 23:25, 23:25] = 255
    config = replace(AugmentConfig.off(), shift=0.125)
    moved = augment_batch(images, config, generator()).float()
    grid = torch.arange(48.0)
    mass = moved.sum(dim=(1, 2, 3))
    centre = (moved.sum(dim=(1, 2)) * grid).sum(dim=1) / mass
    assert (centre - 23.5).abs().max() <= 6.1
    assert (centre - 23.5).abs().max() > 4


def test_erasing_covers_between_two_and_twenty_percent() -> None:
    images = torch.zeros(300, 1, 48, 48, dtype=torch.uint8)
    config = replace(AugmentConfig.off(), erase=1.0)
    share = (augment_batch(images, config, generator()) > 0).float().mean(dim=(1, 2, 3))
    assert share.min() > 0.01
    assert share.max() < 0.25


def test_noise_differs_from_image_to_image_and_stays_below_its_limit() -> None:
    images = torch.full((200, 1, 48, 48), 128, dtype=torch.uint8)
    noisy = augment_batch(images, replace(AugmentConfig.off(), noise=0.04), generator())
    deviation = noisy.float().std(dim=(1, 2, 3))
    assert deviation.max() < 0.04 * 255 * 1.05
    assert deviation.min() < 1
    assert deviation.max() > 0.03 * 255


def test_blur_keeps_the_light_and_takes_the_detail() -> None:
    images = torch.randint(0, 256, (50, 1, 48, 48), generator=generator(), dtype=torch.uint8)
    blurred = augment_batch(images, replace(AugmentConfig.off(), blur=1.0), generator())
    assert (
        blurred.float().mean(dim=(1, 2, 3)) - images.float().mean(dim=(1, 2, 3))
    ).abs().max() < 3
    detail = blurred.float().std(dim=(1, 2, 3)) / images.float().std(dim=(1, 2, 3))
    assert detail.max() <= 1.001
    assert detail.min() < 0.4


def test_settings_of_an_older_run_keep_their_meaning() -> None:
    config = AugmentConfig.from_dict({"flip": 0.5, "shift": 0.1})
    assert (config.flip, config.shift, config.noise, config.blur) == (0.5, 0.1, 0.0, 0.0)
