"""``python -m app --self-test``: does everything that the program needs work here?"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QEventLoop, QTimer

from app.log import versions
from resources import resource_path
from trainer.errors import MienError

_WANTED_FRAMES = 10
_TIMEOUT_MS = 30_000


def run_self_test() -> int:
    """Print a report; return 0 when everything works, else 1."""
    for name, version in versions().items():
        print(f"  {name}: {version}")
    checks: tuple[tuple[str, Callable[[], str]], ...] = (
        ("weights", _check_weights),
        ("detector", _check_detector),
        ("classifier", _check_classifier),
        ("training", _check_training),
        ("player", _check_player),
    )
    failures = 0
    for name, check in checks:
        try:
            print(f"ok    {name}: {check()}", flush=True)
        # A fault of any kind is the finding that this report is for.
        except Exception as error:
            failures += 1
            print(f"FAIL  {name}: {type(error).__name__}: {error}", flush=True)
    print("self-test passed" if not failures else f"self-test: {failures} checks failed")
    return 1 if failures else 0


def _check_weights() -> str:
    found = sorted(resource_path("weights").glob("*.onnx"))
    if len(found) < 2:
        raise MienError(f"{resource_path('weights')} lacks weights; install Mien again.")
    return ", ".join(f"{path.name} sha256 {_digest(path)[:16]}" for path in found)


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _check_detector() -> str:
    import numpy as np

    from trainer.inference.detector import YuNetDetector

    faces = YuNetDetector().detect(np.zeros((240, 320, 3), np.uint8))
    if len(faces):
        raise MienError(f"YuNet finds {len(faces)} faces in a black picture")
    return "YuNet runs and finds nothing in a black picture"


def _check_classifier() -> str:
    import numpy as np

    from trainer.inference.classifier import OnnxClassifier

    classifier = OnnxClassifier()
    probs = classifier.predict(np.zeros((1, 1, 48, 48), np.uint8))
    return f"{classifier.metadata.architecture} gives {probs.shape[1]} probabilities"


def _check_training() -> str:
    import torch

    from trainer.models import available_models, create_model

    name = available_models()[0]
    parameters = sum(entry.numel() for entry in create_model(name).parameters())
    return f"PyTorch {torch.__version__} builds {name} with {parameters} parameters"


def _check_player() -> str:
    """Play the bundled clip in a Player that is not shown."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.__main__ import make_qt_app
    from app.controllers.player import PlayerController
    from ui.player_tab import PlayerTab

    qt_app = make_qt_app()
    tab = PlayerTab()
    player = PlayerController(tab)
    loop = QEventLoop()
    faces: list[int] = []
    sentences: list[str] = []

    def on_frame(result: object) -> None:
        faces.append(len(getattr(result, "faces", ())))
        if len(faces) >= _WANTED_FRAMES:
            loop.quit()

    def on_failed(sentence: str) -> None:
        sentences.append(sentence)
        loop.quit()

    player.frame_shown.connect(on_frame)
    player.failed.connect(on_failed)
    QTimer.singleShot(_TIMEOUT_MS, loop.quit)
    player.open_sample()
    loop.exec_()
    player.shutdown()
    qt_app.quit()
    if sentences:
        raise MienError(sentences[0])
    if len(faces) < _WANTED_FRAMES:
        raise MienError(f"only {len(faces)} frames of the sample clip were shown in 30 s")
    if not max(faces):
        raise MienError("no face was found in the sample clip")
    return f"{len(faces)} frames shown, up to {max(faces)} faces"
