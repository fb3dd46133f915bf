"""Settings and presets: what is chosen is what trains; old runs keep their meaning."""

from __future__ import annotations

import re
import shlex
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from tests.core.training_parts import never
from trainer import runs
from trainer.cli import build_parser
from trainer.commands.train_options import with_options
from trainer.config import TARGETS, AugmentConfig, TrainConfig
from trainer.data import target_choice
from trainer.data.dataset import ExpressionDataset
from trainer.data.votes import VOTE_COLUMNS
from trainer.errors import DataError, OperationCancelled, TrainingError
from trainer.events import EpochFinished, StepFinished, TrainingEvent
from trainer.metadata import ModelMetadata
from trainer.models import available_models, create_model
from trainer.presets import PRESETS, preset
from trainer.training import fit
from trainer.training.loop import _loss
from trainer.training.pause import wait_while_paused
from trainer.training.prepare import prepare
from trainer.training.sampling import balanced_class_weights, epoch_order, mix
from trainer.training.schedule import lr_at
from trainer.weights import save_weights


@pytest.fixture
def config(tiny_model: str) -> TrainConfig:
    return TrainConfig(model=tiny_model, epochs=2, batch_size=20, lr=0.05, seed=1)


def test_the_choices_of_targets_are_those_of_the_data() -> None:
    assert TARGETS == target_choice.TARGETS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("epochs", 2.5),
        ("epochs", "many"),
        ("epochs", True),
        ("nesterov", "no"),
        ("lr", "1e-3"),
        ("weight_decay", float("nan")),
        ("weight_decay", float("inf")),
        ("schedule", ["cosine"]),
        ("balance", [10]),
        ("balance", {"disgust": "ten"}),
        ("balance", {4: 10}),
        ("teachers", "a.safetensors"),
        ("teachers", [1]),
        ("augment", "strong"),
        ("augment", {"flip": "often"}),
        ("augment", {"wobble": 1.0}),
        (4, 4),
    ],
)
def test_values_of_another_kind_are_refused(name: object, value: object) -> None:
    with pytest.raises(TrainingError, match="settings"):
        TrainConfig.from_dict({name: value})  # type: ignore[dict-item]


@pytest.mark.parametrize("name", PRESETS)
def test_every_network_has_every_preset(name: str) -> None:
    for model in available_models():
        assert preset(name, model).model == model


def test_the_report_is_plain_sgd_and_what_it_says_of_fine_tuning() -> None:
    plain = preset("report", "vgg9")
    assert (plain.weight_decay, plain.label_smoothing, plain.ema_decay) == (0, 0, 0)
    assert plain.schedule == "constant"
    assert plain.augment == AugmentConfig.off()
    assert not plain.nesterov
    assert plain.drop_leaks
    assert preset("report", "vgg11_imagenet").weight_decay == 0.001
    with pytest.raises(TrainingError, match="no preset 'standard'"):
        preset("standard", "vgg9")


def test_best_trains_as_the_model_card_says_the_default_network_was() -> None:
    card = Path(__file__).parents[2] / "docs" / "model-card.md"
    text = card.read_text(encoding="utf-8").replace("\\\n", " ")
    [command] = re.findall(r"-m trainer (train .*--out runs/lightnet_wide)\n", text)
    said = with_options(TrainConfig(), build_parser().parse_args(shlex.split(command)))
    best = preset("best", "lightnet_wide")
    # Teachers of other data know nothing, and without them smoothing stands in for their doubt.
    assert best.label_smoothing > 0
    assert best.changed(teachers=said.teachers, label_smoothing=0.0) == said


def test_settings_of_an_older_version_load(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("model: vgg9\nepochs: 3\nschedule: step\n")
    config = TrainConfig.load(tmp_path / "config.yaml")
    assert (config.targets, config.mixup, config.step_epochs) == ("label", 0.0, 0)
    assert lr_at(500, 1000, 100, config) == pytest.approx(config.lr * 0.1)


@pytest.mark.parametrize(
    "values", [{"mixup": -1}, {"sampler": "x"}, {"class_weights": "x"}, {"targets": "x"}]
)
def test_unknown_choices_are_refused(values: dict) -> None:
    with pytest.raises(TrainingError, match="cannot be trained with"):
        TrainConfig(**values)


def test_the_step_schedule_can_count_epochs() -> None:
    config = TrainConfig(
        lr=0.1, schedule="step", step_epochs=3, step_factor=0.5, warmup_epochs=0, epochs=10
    )
    rates = [lr_at(step, 1000, 100, config) for step in (0, 299, 300, 600)]
    assert rates == pytest.approx([0.1, 0.1, 0.05, 0.025])


def test_the_weighted_sampler_draws_all_classes_alike() -> None:
    targets = torch.tensor([0] * 900 + [1] * 100)
    generator = torch.Generator().manual_seed(0)
    order = epoch_order(torch.arange(1000), targets, "weighted", generator)
    assert len(order) == 1000
    assert 430 < int((targets[order] == 1).sum()) < 570


def test_balanced_weights_keep_the_mean_loss_and_skip_absent_classes() -> None:
    counts = torch.tensor([90, 10, 0])
    weights = balanced_class_weights(counts)
    assert float((weights * counts).sum() / counts.sum()) == pytest.approx(1)
    assert weights[1] == pytest.approx(9 * float(weights[0]))
    assert weights[2] == 0


def test_the_weighted_loss_of_a_batch_is_the_mean_of_its_halves() -> None:
    logits = torch.randn(8, 3, generator=torch.Generator().manual_seed(0))
    targets, weights = torch.tensor([0, 0, 0, 0, 1, 1, 2, 2]), torch.tensor([0.5, 1.0, 2.0])
    halves = [_loss(logits[part], targets[part], weights, 0.1) for part in (slice(4), slice(4, 8))]
    whole = _loss(logits, targets, weights, 0.1)
    assert float(whole) == pytest.approx(float(sum(halves)) / 2)


def test_mixup_mixes_images_and_targets_alike() -> None:
    shares = torch.eye(4)
    inputs = shares.view(4, 4, 1, 1).clone()
    mixed, expected = mix(inputs, shares, 0.4, np.random.default_rng(0))
    assert torch.equal(mixed.view(4, 4), expected)
    assert torch.allclose(expected.sum(dim=1), torch.ones(4))
    assert not torch.equal(expected, shares)


def test_a_limit_keeps_the_shares_of_the_classes(
    config: TrainConfig, demo: ExpressionDataset
) -> None:
    limited = config.changed(train_limit=35, val_limit=14)
    data = prepare(limited, demo, never)
    assert len(data.train_indices) <= 35
    counts = data.train_counts()
    assert int(counts.min()) >= 1
    assert int(counts.max() - counts.min()) <= 1
    assert len(data.val_indices) == 14
    other = prepare(limited.changed(seed=5), demo, never)
    assert torch.equal(data.val_indices, other.val_indices)
    assert not torch.equal(data.train_indices, other.train_indices)


def voted(demo: ExpressionDataset) -> ExpressionDataset:
    """Seven of ten for the label, three for the next class; the first image is no face."""
    columns = torch.tensor([VOTE_COLUMNS.index(name) for name in demo.class_names])
    votes = torch.zeros(len(demo), 10, dtype=torch.uint8)
    rows = torch.arange(len(demo))
    votes[rows, columns[demo.targets]] = 7
    votes[rows, columns[(demo.targets + 1) % 7]] = 3
    votes[demo.indices("train")[0]] = torch.tensor([0] * 9 + [10], dtype=torch.uint8)
    return replace(demo, votes=votes)


@pytest.mark.parametrize("choice", ["majority", "votes"])
def test_votes_take_the_place_of_training_labels_only(
    config: TrainConfig, demo: ExpressionDataset, choice: str
) -> None:
    data = prepare(config.changed(targets=choice), voted(demo), never)
    assert len(data.train_indices) == len(demo.indices("train")) - 1
    assert data.targets_left_out == {"no_face": 1}
    assert torch.equal(data.val_indices, demo.indices("val"))
    if choice == "votes":
        assert data.shares is not None
        assert data.shares[data.train_indices].amax(dim=1).tolist() == pytest.approx(
            [0.7] * len(data.train_indices)
        )


def test_a_teacher_counts_half_and_mirrored_faces_alike(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    teacher = tmp_path / "teacher.safetensors"
    torch.manual_seed(3)
    save_weights(teacher, create_model("lenet").state_dict(), ModelMetadata("lenet"))
    data = prepare(config.changed(teachers=(str(teacher),)), demo, never)
    assert data.shares is not None
    train = data.train_indices
    shares = data.shares[train]
    assert shares.sum(dim=1).tolist() == pytest.approx([1.0] * len(train))
    own = shares.gather(1, data.targets[train, None])
    assert (own > 0.5).all()
    assert (shares > 0).all()  # an untrained teacher holds everything for possible
    mirrored = replace(demo, images=demo.images.flip(-1))
    again = prepare(config.changed(teachers=(str(teacher),)), mirrored, never).shares
    assert again is not None
    assert torch.allclose(shares, again[train], atol=1e-5)

    balanced = prepare(
        config.changed(teachers=(str(teacher),), balance={"disgust": 2}), demo, never
    )
    assert balanced.shares is not None
    assert len(balanced.shares) == len(balanced.images)
    fit(config.changed(teachers=(str(teacher),), epochs=1), demo, [].append, never,
        run_dir=tmp_path / "run")  # fmt: skip


def test_several_teachers_count_by_their_mean_and_an_older_run_keeps_its_one(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    paths = []
    for seed in (3, 4):
        torch.manual_seed(seed)
        paths.append(str(tmp_path / f"teacher{seed}.safetensors"))
        save_weights(Path(paths[-1]), create_model("lenet").state_dict(), ModelMetadata("lenet"))
    first, second, both = (
        prepare(config.changed(teachers=names), demo, never).shares
        for names in ((paths[0],), (paths[1],), tuple(paths))
    )
    assert first is not None
    assert second is not None
    assert both is not None
    assert not torch.allclose(first, second)
    assert torch.allclose(both, (first + second) / 2, atol=1e-6)

    saved = config.changed(teachers=tuple(paths))
    saved.save(tmp_path / "config.yaml")
    assert TrainConfig.load(tmp_path / "config.yaml") == saved
    older = {name: value for name, value in config.to_dict().items() if name != "teachers"}
    assert TrainConfig.from_dict({**older, "teacher": ""}) == config
    assert TrainConfig.from_dict({**older, "teacher": paths[0]}).teachers == (paths[0],)


def test_a_teacher_is_asked_once_for_the_same_images(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MIEN_HOME", str(tmp_path / "home"))
    teacher = tmp_path / "teacher.safetensors"
    save_weights(teacher, create_model("lenet").state_dict(), ModelMetadata("lenet"))
    asked = config.changed(teachers=(str(teacher),))
    first = prepare(asked, demo, never).shares
    assert first is not None
    with monkeypatch.context() as patch:
        patch.setattr("trainer.training.teacher.predict_logits", None)  # cannot be called
        again = prepare(asked, demo, never).shares
        assert again is not None
        assert torch.equal(first, again)
    (kept,) = (tmp_path / "home").rglob("teacher/*.npy")
    for damage in (b"", b"no array", kept.read_bytes()[:-5]):
        kept.write_bytes(damage)
        anew = prepare(asked, demo, never).shares
        assert anew is not None
        assert torch.equal(first, anew)
    other = replace(demo, images=demo.images.flip(-2), content_hash="f" * 64)
    differing = prepare(asked, other, never).shares
    assert differing is not None
    assert not torch.equal(first, differing)


def test_a_teacher_that_does_not_fit_is_refused(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    with pytest.raises(TrainingError, match="safetensors"):
        prepare(config.changed(teachers=("net.pt",)), demo, never)
    teacher = tmp_path / "teacher.safetensors"
    save_weights(teacher, create_model("lenet").state_dict(), ModelMetadata("lenet"))
    other = replace(demo, class_names=(*demo.class_names[:-1], "boredom"))
    with pytest.raises(DataError, match="boredom"):
        prepare(config.changed(teachers=(str(teacher),)), other, never)


def test_balancing_gives_soft_targets_to_what_it_makes(
    config: TrainConfig, demo: ExpressionDataset
) -> None:
    settings = config.changed(targets="votes", balance={"disgust": 3})
    data = prepare(settings, voted(demo), never)
    assert data.shares is not None
    assert len(data.shares) == len(data.images) == len(data.targets)
    made = data.train_indices[-data.balanced_added :]
    assert set(data.shares[made].argmax(dim=1).tolist()) == {demo.class_names.index("disgust")}


def test_all_choices_train_together_and_recall_is_recorded(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    events: list[TrainingEvent] = []
    settings = config.changed(
        mixup=0.2, class_weights="balanced", sampler="weighted", targets="votes",
        deterministic=True, tensorboard=True,
    )  # fmt: skip
    fit(settings, voted(demo), events.append, never, run_dir=tmp_path)
    assert not torch.are_deterministic_algorithms_enabled()
    last = [event for event in events if isinstance(event, EpochFinished)][-1]
    assert len(last.val_recall) == 7
    diagonal = sum(last.val_confusion[index][index] for index in range(7))
    assert diagonal == pytest.approx(last.val_accuracy * len(demo.indices("val")))
    for index, recall in enumerate(last.val_recall):
        row = last.val_confusion[index]
        assert recall == pytest.approx(row[index] / sum(row))
    history = runs.load_run(tmp_path).history
    assert history[-1].val_recall == pytest.approx(last.val_recall, abs=1e-5)
    (tensorboard,) = tmp_path.glob("events.out.tfevents.*")
    assert b"recall/disgust" in tensorboard.read_bytes()


def test_results_of_an_older_version_load_beside_newer_rows(tmp_path: Path) -> None:
    old = EpochFinished(0, 1.0, 0.4, 1.1, 0.5, 0.3, 0.01, 80.0, 12.5, True)
    new = replace(old, epoch=1, val_recall=(0.5, 0.25))
    runs.write_results(tmp_path / "results.csv", [old, new], ("a", "b"))
    assert runs.read_results(tmp_path / "results.csv") == (old, new)
    runs.write_results(tmp_path / "old.csv", [old])
    assert runs.read_results(tmp_path / "old.csv") == (old,)


def test_a_paused_run_waits_without_work_and_its_speed_leaves_the_pause_out(
    config: TrainConfig, demo: ExpressionDataset, tmp_path: Path
) -> None:
    steps: list[StepFinished] = []
    paused, asked = threading.Event(), threading.Event()
    paused.set()
    cpu: list[float] = []

    def should_pause() -> bool:
        if paused.is_set() and not asked.is_set():
            asked.set()
            cpu.append(time.process_time())
            timer = threading.Timer(1.0, lambda: (cpu.append(time.process_time()), paused.clear()))
            timer.start()
        return paused.is_set()

    def on_event(event: TrainingEvent) -> None:
        if isinstance(event, StepFinished):
            steps.append(event)

    started = time.perf_counter()
    finished = fit(
        config.changed(epochs=1), demo, on_event, never, run_dir=tmp_path, should_pause=should_pause
    )
    elapsed = time.perf_counter() - started
    assert elapsed > 1
    assert finished.epochs_done == 1
    assert cpu[1] - cpu[0] < 0.3
    seen = len(demo.indices("train"))
    assert steps[-1].images_per_second >= seen / (elapsed - 0.95)


def test_stop_works_while_paused() -> None:
    with pytest.raises(OperationCancelled):
        wait_while_paused(lambda: True, lambda: True)
