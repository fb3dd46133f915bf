"""The rules of docs/architecture.md that a machine can check."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "ui", "trainer", "resources")
LONGEST_FILE = 400  # lines; a file that grows past it is more than one thing


def _files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _imports(path: Path) -> Iterator[str]:
    """Every module imported anywhere in a file, by its full name."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def _loaded_after(imports: str) -> set[str]:
    """Top-level names of the modules that a fresh Python holds after these imports."""
    code = f"{imports}\nimport sys\nprint(' '.join({{name.split('.')[0] for name in sys.modules}}))"
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=ROOT, env=environ, capture_output=True, text=True, timeout=110
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_import_contracts_hold() -> None:
    """The contracts of setup.cfg, through import-linter."""
    command = [
        sys.executable,
        "-c",
        "import sys; from importlinter.cli import lint_imports as run;",
    ]
    command[2] += "sys.path.insert(0, '.'); sys.exit(run(no_cache=True))"
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)
    assert done.returncode == 0, done.stdout + done.stderr


def test_core_loads_without_qt() -> None:
    modules = [
        _name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        for path in _files("trainer")
        if path.name != "__main__.py"
    ]
    loaded = _loaded_after("\n".join(f"import {module}" for module in modules))
    assert not loaded & {"PyQt5", "pyqtgraph", "sip"}


@pytest.mark.parametrize("package", ["trainer.inference", "ui.main_window", "app.application"])
def test_player_and_window_load_without_torch(package: str) -> None:
    """The first window must not wait the seconds that torch takes to load."""
    folder = ROOT / package.replace(".", "/")
    names = [package]
    if folder.is_dir():
        names += [f"{package}.{path.stem}" for path in sorted(folder.glob("[a-z]*.py"))]
    assert "torch" not in _loaded_after("\n".join(f"import {name}" for name in names))


def test_window_starts_without_heavy_packages() -> None:
    """Each of them would add a third of a second or more to every start."""
    heavy = {"torch", "torchvision", "scipy", "sklearn", "pandas", "onnx", "tensorboard"}
    assert not heavy & _loaded_after("import app.application")


def test_data_and_compare_load_without_torch() -> None:
    """Windows use their array-only modules."""
    assert "torch" not in _loaded_after("import trainer.data")
    modules = [f"import {_name(path)[:-3].replace('/', '.')}" for path in _files("trainer/compare")]
    assert not {"torch", "cv2", "sklearn"} & _loaded_after("\n".join(modules))


@pytest.mark.parametrize("path", _files(*PACKAGES, "tests", "tools"), ids=_name)
def test_file_stays_short(path: Path) -> None:
    count = len(path.read_text(encoding="utf-8").splitlines())
    assert count < LONGEST_FILE, f"{_name(path)} has {count} lines: split it"


def test_cv2_comes_through_one_module() -> None:
    """A bare `import cv2` points Qt at OpenCV's plugins: docs/decisions/0005."""
    bare = [
        _name(path)
        for path in _files(*PACKAGES, "tests")
        if any(name.split(".")[0] == "cv2" for name in _imports(path))
    ]
    assert bare == ["trainer/_cv2.py"]


def test_onnxruntime_comes_through_one_module() -> None:
    """A bare `import onnxruntime` starts to gather and send usage events."""
    bare = [
        _name(path)
        for path in _files(*PACKAGES, "tests")
        if any(name.split(".")[0] == "onnxruntime" for name in _imports(path))
    ]
    assert bare == ["trainer/_onnxruntime.py"]


def test_torchvision_comes_through_one_module() -> None:
    """A bare `import torchvision` fails beside a CPU build of torch."""
    bare = [
        _name(path)
        for path in _files(*PACKAGES, "tests")
        if any(name.split(".")[0] == "torchvision" for name in _imports(path))
    ]
    assert bare == ["trainer/_torchvision.py"]


def test_no_usage_events_are_gathered(tmp_path: Path) -> None:
    code = "from trainer.inference.classifier import OnnxClassifier; OnnxClassifier()"
    code += "; from trainer._onnxruntime import quantization; quantization()"
    homes = ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA", "XDG_CACHE_HOME")
    environ = {name: value for name, value in os.environ.items() if "TELEMETRY" not in name}
    environ |= {name: str(tmp_path) for name in homes}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=environ,
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.returncode == 0, done.stderr
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the clash is Linux's")
@pytest.mark.parametrize("order", ["cv2 first", "Qt first"])
def test_opencv_and_qt_live_together_under_x(order: str) -> None:
    """Only a real X server shows the clash; offscreen never loads the xcb plugin."""
    if not os.environ.get("DISPLAY"):
        pytest.skip("no X server: Xvfb is not installed")
    imports = ["from trainer._cv2 import cv2", "from PyQt5.QtWidgets import QApplication, QLabel"]
    if order == "Qt first":
        imports.reverse()
    code = [*imports, "app = QApplication([])", "label = QLabel('Mien')", "label.show()"]
    code += ["app.processEvents()", "print(app.platformName(), label.grab().width() > 0)"]
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(code)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=110,
    )
    assert done.stdout.split() == ["xcb", "True"], done.stderr


def test_weights_are_data() -> None:
    """torch.load only with weights_only=True, and no unpickling: a model file must not run code."""
    for path in _files(*PACKAGES):
        assert not {"joblib", "dill", "cloudpickle"} & set(_imports(path)), _name(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = ast.unparse(node.func)
            assert called not in ("pickle.load", "pickle.loads", "pickle.Unpickler"), _name(path)
            if called == "torch.load":
                options = {word.arg: ast.unparse(word.value) for word in node.keywords}
                assert options.get("weights_only") == "True", f"{_name(path)}:{node.lineno}"


def test_errors_are_not_swallowed() -> None:
    """No handler that catches everything and says nothing."""
    for path in _files(*PACKAGES):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ExceptHandler):
                continue
            caught = ast.unparse(node.type) if node.type else ""
            silent = all(isinstance(statement, ast.Pass) for statement in node.body)
            broad = caught in ("", "Exception", "BaseException")
            assert not (silent and broad), f"{_name(path)}:{node.lineno}"


def test_every_module_says_what_it_is() -> None:
    silent = [
        _name(path)
        for path in _files("app", "ui", "trainer")
        if path.read_text(encoding="utf-8").strip()
        and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_version_is_written_the_same_everywhere() -> None:
    from trainer import __version__

    setup = (ROOT / "setup.cfg").read_text(encoding="utf-8")
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    stated = re.search(r"^version = (\S+)$", setup, re.MULTILINE)
    assert stated is not None
    assert stated[1] == __version__
    assert f"## [{__version__}]" in changelog
