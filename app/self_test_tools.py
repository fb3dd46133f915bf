"""The self-test's checks of what the tabs offer beyond their first button."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from resources import resource_path
from trainer.errors import MienError

if TYPE_CHECKING:
    from app.self_test_core import CoreChecks
    from app.workers.recorder import Recorder
    from app.workers.whole_video import WholeVideoWorker

_VIDEO_FRAMES = 12


class ToolChecks:
    """Each check returns what it found and raises what is wrong.

    Args:
        core: Its data set and its run are used.
        folder: Everything is written here.
    """

    def __init__(self, core: CoreChecks, folder: Path) -> None:
        self._core = core
        self._folder = folder

    def images(self) -> str:
        """The Dataset tab's check of all images, and its look for faces in some of them."""
        from trainer.data.findings import check_images
        from trainer.face_check import face_finder

        dataset = self._core.need_dataset()
        images, targets = dataset.images[:, 0].numpy(), dataset.targets.numpy()
        found = check_images(images, targets, dataset.splits.numpy())
        faces = face_finder()(images[:4])
        if len(found) != len(images) or faces.shape != (4,):
            raise MienError(f"{len(found)} of {len(images)} images were checked.")
        return f"{len(images)} images checked for repeats, {len(faces)} for faces"

    def imagenet(self) -> str:
        """The networks that start from ImageNet are built by torchvision and answer."""
        import torch

        from trainer._torchvision import torchvision
        from trainer.models import create_model, model_infos
        from trainer.pretrained import KNOWN, find

        name = "resnet18_imagenet"
        size = model_infos()[name].preprocessing.input_size
        with torch.inference_mode():
            answer = create_model(name).eval()(torch.zeros(1, 3, size, size))
        if answer.shape != (1, 7) or not bool(torch.isfinite(answer).all()):
            raise MienError(f"ResNet-18 answers {tuple(answer.shape)}.")
        here = [known.title for known in KNOWN.values() if find(known) is not None]
        weights = ", ".join(here) if here else "none"
        return f"torchvision {torchvision.__version__}, ResNet-18 answers; weights here: {weights}"

    def second_run(self) -> str:
        """A second network, with TensorBoard's files, so that there are two to compare."""
        from trainer.config import TrainConfig
        from trainer.paths import runs_dir
        from trainer.runs import new_run_dir
        from trainer.training import fit

        config = TrainConfig(model="lenet", epochs=1, batch_size=32, threads=1, tensorboard=True)
        run_dir = new_run_dir(runs_dir(), config.model)
        fit(config, self._core.need_dataset(), lambda _: None, lambda: False, run_dir=run_dir)
        events = list(run_dir.glob("events.out.tfevents.*"))
        if not events:
            raise MienError(f"No TensorBoard file was written into {run_dir}.")
        return f"an epoch of {config.model}, {events[0].stat().st_size} bytes for TensorBoard"

    def report(self) -> str:
        """Both runs are compared, and the report is written."""
        from trainer.compare.comparison import compare_models
        from trainer.compare.models import list_candidates, models_dir
        from trainer.compare.report import write_report
        from trainer.paths import runs_dir

        candidates = [
            found for found in list_candidates(runs_dir(), models_dir()) if found.run is not None
        ]
        if len(candidates) != 2:
            raise MienError(f"{len(candidates)} runs are found, not two.")
        comparison = compare_models(candidates, self._core.need_dataset(), "val")
        path = self._folder / "report.html"
        write_report(comparison, path)
        verdict = comparison.verdicts[1]["top1_accuracy"]
        return (
            f"{' and '.join(found.architecture for found in candidates)}, difference "
            f"{verdict.difference.value:+.2f}, a report of {path.stat().st_size // 1000} kB"
        )

    def heat_map(self) -> str:
        """Grad-CAM explains an answer of the shipped network."""
        from trainer.compare.gradcam import grad_cam
        from trainer.compare.models import list_candidates, models_dir
        from trainer.paths import runs_dir

        shipped = next(
            found for found in list_candidates(runs_dir(), models_dir()) if found.kind == "shipped"
        )
        image = self._core.need_dataset().images[0, 0].numpy()
        map_ = grad_cam(shipped, image)
        if map_.heat.shape != image.shape or not np.isfinite(map_.heat).all():
            raise MienError(f"Grad-CAM gave {map_.heat.shape}.")
        return f"Grad-CAM of {map_.layer}, {map_.similarity:.2f} like that of random weights"

    def whole_video(self) -> str:
        """The Player's analysis of a whole video, its first frames, saved and read again."""
        from app.workers.media import MediaInfo, open_media
        from app.workers.playback_parts import default_pipeline, load_session, recorded_model
        from app.workers.recorder import Recorder
        from app.workers.thumbnails import Thumbnails
        from app.workers.whole_video import WholeVideoWorker
        from trainer.inference.recording_file import save_session

        path = resource_path("media", "sample.mp4")
        source, pipeline, recorder = open_media(path), default_pipeline(None), Recorder()
        media = MediaInfo("video", path.name, source.width, source.height, source.fps, 1000.0, path)
        source.close()
        model = recorded_model(pipeline)
        recorder.open(media, load_session(path, model.sha256).content_hash, model)
        worker = WholeVideoWorker(path, recorder, Thumbnails(), open_media, lambda: pipeline)
        worker.moved.connect(lambda *_: _stop_when_enough(worker, recorder))
        worker.work()
        recording = recorder.recording
        if recording is None or not len(recording.frames):
            raise MienError("Nothing was recorded.")
        save_session(recording, path, beside=False)
        again = load_session(path, model.sha256).recording
        if again is None or len(again.frames) != len(recording.frames):
            raise MienError("The saved recording is not the one that was written.")
        return f"{len(again.frames)} frames analysed, saved and read again"


def _stop_when_enough(worker: WholeVideoWorker, recorder: Recorder) -> None:
    recording = recorder.recording
    if recording is not None and len(recording.frames) >= _VIDEO_FRAMES:
        worker.stop()
