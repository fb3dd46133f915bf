"""Detector, tracker, classifier and smoothing together: one frame in, one result out."""

from __future__ import annotations

import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from trainer.inference.classifier import Classifier, OnnxClassifier
from trainer.inference.crop import crop_faces
from trainer.inference.detector import Detector, create_detector
from trainer.inference.finding import FindingSettings
from trainer.inference.quality import assess
from trainer.inference.smoothing import UNSURE, FaceSmoother, SmoothingSettings
from trainer.inference.tracker import TrackedFace, Tracker, TrackerSettings
from trainer.inference.types import Detections, Face, FloatArray, Frame, FrameResult
from trainer.run_onnx import ensure_onnx

# A cut changes a picture by 0.8 of its contrast and more, dark pictures too; a camera swept
# around changes it by 0.35 from one frame to the next, by 0.65 when seven are left out.
_CUT_CHANGE = 0.7
_LEAST_CONTRAST = 12.0  # grey levels; what is flatter is mostly noise


@dataclass(frozen=True)
class PipelineSettings:
    """What a user may change; the weights carry the rest.

    Attributes:
        detector: ``"yunet"`` or ``"haar"``.
        detect_every: The detector runs on every n-th frame given with ``detect=True``.
        finding: What counts as a face.
        align: Crops are turned so that the eyes are level.
        smoothing: Averaging in time and the label's hysteresis.
        tracking: How long faces are remembered.
        unsure_threshold: Overrides the model's own threshold when not None.
    """

    detector: str = "yunet"
    detect_every: int = 1
    finding: FindingSettings = field(default_factory=FindingSettings)
    align: bool = False
    smoothing: SmoothingSettings = field(default_factory=SmoothingSettings)
    tracking: TrackerSettings = field(default_factory=TrackerSettings)
    unsure_threshold: float | None = None

    def __post_init__(self) -> None:
        if self.detect_every < 1:
            raise ValueError(f"detect_every must be 1 or more, got {self.detect_every}")


class Pipeline:
    """Analyses the frames of one video in order; ``reset()`` before another or after a seek.

    Attributes:
        settings: Replace it with :meth:`configure`.
        classifier: May be exchanged between frames.
        class_names: Classes in the order of every ``probs``.
    """

    def __init__(
        self,
        detector: Detector,
        classifier: Classifier,
        tracker: Tracker | None = None,
        settings: PipelineSettings | None = None,
    ) -> None:
        self.settings = settings or PipelineSettings()
        self.detector = detector
        self.classifier = classifier
        self._tracker = tracker or Tracker(self.settings.tracking)
        self._smoothers: dict[int, FaceSmoother] = {}
        self._since_detection = 0
        self._glance: FloatArray | None = None

    @property
    def class_names(self) -> tuple[str, ...]:
        """Classes in the order of every ``probs``."""
        return self.classifier.metadata.class_names

    def configure(self, settings: PipelineSettings) -> None:
        """Use other settings from the next frame on; the detector is only made anew if needed."""
        old, self.settings = self.settings, settings
        threshold = settings.finding.score_threshold
        if (old.detector, old.finding.score_threshold) != (settings.detector, threshold):
            self.detector = create_detector(settings.detector, score_threshold=threshold)
        self._tracker.settings = settings.tracking
        for smoother in self._smoothers.values():
            smoother.configure(settings.smoothing)

    def set_smoothing(self, smoothing: SmoothingSettings) -> None:
        """Average and hold labels otherwise from the next frame on."""
        self.configure(replace(self.settings, smoothing=smoothing))

    def set_finding(self, finding: FindingSettings) -> None:
        """Count other places as faces from the next frame on."""
        self.configure(replace(self.settings, finding=finding))

    def set_classifier(self, classifier: Classifier) -> None:
        """Use another network from the next frame on; averages start anew, ids stay."""
        self.classifier = classifier
        self._smoothers = {}

    def reset(self) -> None:
        """Forget all faces and start numbering at 1."""
        self._tracker.reset()
        self._smoothers = {}
        self._since_detection = 0
        self._glance = None

    def process(
        self, frame: Frame, *, detect: bool = True, classify_at_most: int | None = None
    ) -> FrameResult:
        """Analyse one frame.

        Args:
            frame: Frames come in order of time.
            detect: False leaves the detector out even when it is due (the caller is late).
                It runs anyway on the first frame and after a cut.
            classify_at_most: How many known faces the network looks at, those first that have
                waited longest; the others keep their probabilities (the caller is late). New
                faces are always looked at. None: all.
        """
        start = time.perf_counter()
        cut = self._is_cut(frame.image)
        if cut:
            self._tracker.reset(keep_numbering=True)
            self._smoothers = {}
        due = self._since_detection % self.settings.detect_every == 0
        ran = cut or (due and detect)
        detections = self._detect(frame.image) if ran else None
        # A late caller does not shift the rhythm: the next frame is due again.
        self._since_detection = 1 if ran else self._since_detection + (0 if due else 1)
        detected = time.perf_counter()
        tracked = self._tracker.update(detections, frame.timestamp_ms)
        tracked.sort(key=lambda face: float(face.xyxy[0]))
        tracked_at = time.perf_counter()
        faces = self._classify(frame, tracked, ran, classify_at_most)
        end = time.perf_counter()
        return FrameResult(
            frame_index=frame.frame_index,
            timestamp_ms=frame.timestamp_ms,
            faces=faces,
            class_names=self.class_names,
            detector_ran=ran,
            latency_ms={
                "detect": (detected - start) * 1000,
                "track": (tracked_at - detected) * 1000,
                "classify": (end - tracked_at) * 1000,
                "total": (end - start) * 1000,
            },
        )

    def _detect(self, image: npt.NDArray[np.uint8]) -> Detections:
        found = self.detector.detect(image)
        sides = (found.xyxy[:, 2:] - found.xyxy[:, :2]).max(axis=1, initial=0.0)
        kept = sides >= self.settings.finding.min_face
        if kept.all():
            return found
        landmarks = None if found.landmarks is None else found.landmarks[kept]
        return Detections(found.xyxy[kept], found.scores[kept], landmarks)

    def _is_cut(self, image: npt.NDArray[np.uint8]) -> bool:
        """Say whether the scene changed; the first frame counts as a cut.

        A lamp that is switched on, or a camera that adapts to the light, changes no scene.
        """
        height, width = image.shape[:2]
        rows, columns = max(1, height // 36), max(1, width // 64)
        glance = image[rows // 2 :: rows, columns // 2 :: columns, 1].astype(np.float32)
        glance -= glance.mean()
        before, self._glance = self._glance, glance
        if before is None or before.shape != glance.shape:
            return True
        contrast = max(float(glance.std() + before.std()) / 2, _LEAST_CONTRAST)
        return float(np.abs(glance - before).mean()) > _CUT_CHANGE * contrast

    def _classify(
        self,
        frame: Frame,
        tracked: list[TrackedFace],
        detector_ran: bool,
        at_most: int | None = None,
    ) -> tuple[Face, ...]:
        if not tracked:
            self._forget(())
            return ()
        boxes = np.stack([face.xyxy for face in tracked]).astype(np.float32)
        crops = crop_faces(
            frame.image,
            boxes,
            _landmarks(tracked),
            self.classifier.metadata.preprocessing,
            align=self.settings.align,
        )
        # A face the detector looked for and missed is hidden or turned: the network would
        # only see what covers it. Its average stays as it was.
        seen = [
            number
            for number, face in enumerate(tracked)
            if face.detected or not detector_ran or face.tracker_id not in self._smoothers
        ]
        if at_most is not None:
            seen = self._longest_waiting(tracked, seen, at_most)
        probs = self.classifier.predict(crops[seen]) if seen else ()
        for row, number in enumerate(seen):
            self._smoother(tracked[number].tracker_id).update(probs[row], frame.timestamp_ms)
        size = (frame.image.shape[1], frame.image.shape[0])
        faces = tuple(
            self._face(face, crops[number, 0], size, number in seen)
            for number, face in enumerate(tracked)
        )
        self._forget([face.tracker_id for face in tracked])
        return faces

    def _longest_waiting(
        self, tracked: list[TrackedFace], seen: list[int], at_most: int
    ) -> list[int]:
        """Keep the new faces and ``at_most`` known ones of the numbers in ``seen``."""
        known = [number for number in seen if tracked[number].tracker_id in self._smoothers]
        known.sort(key=lambda number: self._smoothers[tracked[number].tracker_id].time_ms)
        left_out = set(known[at_most:])
        return [number for number in seen if number not in left_out]

    def _smoother(self, tracker_id: int) -> FaceSmoother:
        if tracker_id not in self._smoothers:
            self._smoothers[tracker_id] = FaceSmoother(self.settings.smoothing)
        return self._smoothers[tracker_id]

    def _forget(self, present: list[int] | tuple[int, ...]) -> None:
        # Ids are never used twice and only grow: the oldest absent ones go first.
        absent = [number for number in self._smoothers if number not in present]
        for number in absent[: max(0, len(absent) - 64)]:
            del self._smoothers[number]

    def _face(
        self,
        tracked: TrackedFace,
        crop: npt.NDArray[np.uint8],
        size: tuple[int, int],
        classified: bool,
    ) -> Face:
        smoother = self._smoothers[tracked.tracker_id]
        threshold = self.settings.unsure_threshold
        if threshold is None:
            threshold = self.classifier.metadata.unsure_threshold
        shown, confidence = smoother.label(threshold)
        assert smoother.probs is not None
        assert smoother.raw is not None
        return Face(
            tracker_id=tracked.tracker_id,
            xyxy=tracked.xyxy,
            score=tracked.score,
            probs=smoother.probs,
            probs_raw=smoother.raw,
            expression=UNSURE if shown is None else self.class_names[shown],
            confidence=confidence,
            detected=tracked.detected,
            quality=assess(crop, tracked.xyxy, tracked.landmarks, size),
            classified=classified,
        )


def _landmarks(tracked: list[TrackedFace]) -> FloatArray | None:
    if all(face.landmarks is None for face in tracked):
        return None
    nothing = np.full((5, 2), np.nan, np.float32)
    points = [nothing if face.landmarks is None else face.landmarks for face in tracked]
    return np.stack(points).astype(np.float32)


def build_pipeline(
    weights: Path | None = None,
    settings: PipelineSettings | None = None,
    *,
    threads: int = 1,
) -> Pipeline:
    """Make a ready pipeline.

    Args:
        weights: An exported network; the shipped one when None.
        settings: Defaults when None.
        threads: Threads of the detector and of the classifier.

    Raises:
        WeightsError: A network is missing or damaged.
    """
    settings = settings or PipelineSettings()
    if weights is not None:
        ensure_onnx(weights)
    classifier = OnnxClassifier(weights, threads=threads)
    detector = create_detector(
        settings.detector, score_threshold=settings.finding.score_threshold, threads=threads
    )
    return Pipeline(detector, classifier, Tracker(settings.tracking), replace(settings))
