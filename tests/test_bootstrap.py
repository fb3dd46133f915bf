"""run.py: what it says when something is missing, and when it installs again."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="module")
def run() -> ModuleType:
    """run.py as a module; it stands outside every package."""
    spec = importlib.util.spec_from_file_location("run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["run"] = module  # NamedTuple looks its annotations up there
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def project(run: ModuleType, tmp_path: Path) -> Path:
    """A folder with the files that decide what is installed."""
    for name in run.INPUTS:
        (tmp_path / name).write_text(f"content of {name}\n")
    return tmp_path


def _which(*present: str) -> object:
    return lambda name: f"/usr/bin/{name}" if name in present else None


# --- the system


def test_nothing_missing(run: ModuleType) -> None:
    found = run.missing_libraries(True, load=lambda _: True, which=_which("Xvfb", "xauth"),
                                  font=lambda: True)  # fmt: skip
    assert found == []


def test_only_what_is_missing_is_named(run: ModuleType) -> None:
    absent = {"libGL.so.1", "libxcb-shape.so.0"}
    found = run.missing_libraries(False, load=lambda name: name not in absent, font=lambda: True)
    message = run.missing_message(found, which=_which("apt-get"))
    assert "libGL.so.1, libxcb-shape.so.0" in message
    assert message.rstrip().endswith("sudo apt-get install libgl1 libxcb-shape0")


def test_tests_need_a_virtual_display(run: ModuleType) -> None:
    found = run.missing_libraries(True, load=lambda _: True, which=_which(), font=lambda: True)
    assert [library.apt for library in found] == ["xvfb", "xauth"]


def test_missing_font_is_missing(run: ModuleType) -> None:
    found = run.missing_libraries(False, load=lambda _: True, font=lambda: False)
    assert [library.apt for library in found] == ["fonts-dejavu-core"]


def test_missing_venv_module_names_its_package(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.importlib.util, "find_spec", lambda name: None)
    found = run.missing_libraries(False, load=lambda _: True, font=lambda: True)
    version = "{}.{}".format(*sys.version_info[:2])
    assert f"python{version}-venv" in run.missing_message(found, which=_which("apt-get"))


@pytest.mark.parametrize(
    ("manager", "start"),
    [
        ("apt-get", "sudo apt-get install libgl1 "),
        ("dnf", "sudo dnf install libglvnd-glx "),
        ("pacman", "sudo pacman -S --needed libglvnd "),
    ],
)
def test_line_fits_the_package_manager_and_repeats_nothing(
    run: ModuleType, manager: str, start: str
) -> None:
    line = run.install_line(run.LIBRARIES, _which(manager))
    assert line.startswith(start)
    assert "\n" not in line
    packages = line.split()
    assert len(packages) == len(set(packages))


def test_loading_asks_the_linker(run: ModuleType) -> None:
    assert not run.can_load("libmien-does-not-exist.so.9")


@pytest.mark.parametrize(
    ("environ", "args", "platform", "fine"),
    [
        ({}, [], "linux", False),
        ({}, ["clip.mp4"], "linux", False),
        ({"DISPLAY": ":0"}, [], "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, [], "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, [], "linux", True),
        ({}, ["--self-test"], "linux", True),
        ({}, ["--version"], "linux", True),
        ({}, [], "win32", True),
        ({}, [], "darwin", True),
    ],
)
def test_no_display_is_said_before_anything_is_installed(
    run: ModuleType, environ: dict[str, str], args: list[str], platform: str, fine: bool
) -> None:
    problem = run.display_problem(args, environ, platform)
    assert (problem is None) == fine
    assert problem is None or "no display" in problem


def test_old_python_is_refused(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(run, "MIN_PYTHON", (99, 0))
    assert run.main(["--test"]) == 2
    assert "Mien needs Python" in capsys.readouterr().err


# --- the stamp


def test_same_inputs_same_fingerprint(run: ModuleType, project: Path) -> None:
    assert run.fingerprint(project, False) == run.fingerprint(project, False)


@pytest.mark.parametrize("name", ["setup.cfg", "pyproject.toml", "constraints.txt"])
def test_changed_input_changes_the_fingerprint(run: ModuleType, project: Path, name: str) -> None:
    before = run.fingerprint(project, False)
    (project / name).write_text("other\n")
    assert run.fingerprint(project, False) != before


def test_other_python_torch_or_folder_changes_the_fingerprint(
    run: ModuleType, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = run.fingerprint(project, False)
    assert run.fingerprint(project, True) != before
    moved = tmp_path / "moved"
    moved.mkdir()
    for name in run.INPUTS:
        (moved / name).write_bytes((project / name).read_bytes())
    assert run.fingerprint(moved, False) != before
    monkeypatch.setattr(run.sys, "version", "3.99.0")
    assert run.fingerprint(project, False) != before


def test_stamp_comes_back(run: ModuleType, tmp_path: Path) -> None:
    path = tmp_path / "stamp.json"
    run.write_stamp(path, "abc", cpu=True, dev=False)
    assert run.read_stamp(path) == {"key": "abc", "cpu": True, "dev": False}
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [None, b"", b'{"key": "ab', b"[]", b"\xff\xfe"])
def test_damaged_stamp_counts_as_none(
    run: ModuleType, tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "stamp.json"
    if content is not None:
        path.write_bytes(content)
    assert run.read_stamp(path) == {}
    assert not run.is_current(run.read_stamp(path), "abc", dev=False)


def test_tests_environment_also_starts_the_program(run: ModuleType) -> None:
    assert run.is_current({"key": "a", "dev": True}, "a", dev=False)
    assert not run.is_current({"key": "a", "dev": False}, "a", dev=True)
    assert not run.is_current({"key": "b", "dev": True}, "a", dev=True)


class _Recorder:
    """Stands in for the steps of an installation and writes down which were taken."""

    def __init__(self, run: ModuleType, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps: list[str] = []
        self.usable = True
        self.fails = False
        venv = root / ".venv"
        monkeypatch.setattr(run, "ROOT", root)
        monkeypatch.setattr(run, "VENV", venv)
        monkeypatch.setattr(run, "STAMP", venv / "mien-stamp.json")
        monkeypatch.setattr(run, "is_usable", lambda path: self.usable and path.exists())
        monkeypatch.setattr(run, "venv_program", lambda name, path=venv: path / name)
        monkeypatch.setattr(run, "make_venv", self._make)
        monkeypatch.setattr(run, "install", self._install)
        monkeypatch.delenv("MIEN_CPU", raising=False)
        self.error = run.SetupError

    def _make(self, venv: Path) -> None:
        self.steps.append("make")
        venv.mkdir(exist_ok=True)
        (venv / "python").touch()

    def _install(self, dev: bool, cpu: bool) -> None:
        self.steps.append(f"install{' dev' if dev else ''}{' cpu' if cpu else ''}")
        if self.fails:
            raise self.error("offline")

    def take(self) -> list[str]:
        taken, self.steps = self.steps, []
        return taken


@pytest.fixture
def recorder(run: ModuleType, project: Path, monkeypatch: pytest.MonkeyPatch) -> _Recorder:
    return _Recorder(run, project, monkeypatch)


def test_second_start_installs_nothing(run: ModuleType, recorder: _Recorder) -> None:
    run.set_up(dev=False, cpu=False)
    assert recorder.take() == ["make", "install"]
    run.set_up(dev=False, cpu=False)
    assert recorder.take() == []


def test_tests_add_to_the_environment_and_keep_it(run: ModuleType, recorder: _Recorder) -> None:
    run.set_up(dev=False, cpu=False)
    recorder.take()
    run.set_up(dev=True, cpu=False)
    assert recorder.take() == ["install dev"]
    run.set_up(dev=False, cpu=False)
    assert recorder.take() == []


def test_changed_setup_installs_again(run: ModuleType, recorder: _Recorder, project: Path) -> None:
    run.set_up(dev=True, cpu=False)
    recorder.take()
    (project / "constraints.txt").write_text("numpy==1\n")
    run.set_up(dev=False, cpu=False)
    assert recorder.take() == ["install dev"]


def test_choice_of_cpu_is_remembered_and_a_new_one_starts_over(
    run: ModuleType, recorder: _Recorder
) -> None:
    run.set_up(dev=False, cpu=False)
    recorder.take()
    run.set_up(dev=False, cpu=True)
    assert recorder.take() == ["make", "install cpu"]
    run.set_up(dev=False, cpu=False)
    assert recorder.take() == []


def test_failed_installation_is_taken_up_again(run: ModuleType, recorder: _Recorder) -> None:
    recorder.fails = True
    with pytest.raises(run.SetupError):
        run.set_up(dev=False, cpu=False)
    recorder.take()
    recorder.fails = False
    run.set_up(dev=False, cpu=False)
    assert recorder.take() == ["install"]


def test_half_made_environment_is_made_again(run: ModuleType, recorder: _Recorder) -> None:
    run.set_up(dev=False, cpu=False)
    run.STAMP.unlink()
    recorder.take()
    recorder.usable = False
    run.set_up(dev=False, cpu=False)
    assert recorder.take() == ["make", "install"]


def test_foreign_folder_is_not_emptied(run: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / ".venv"
    folder.mkdir()
    (folder / "thesis.docx").touch()
    with pytest.raises(run.SetupError, match=r"thesis\.docx"):
        run.make_venv(folder)
    assert (folder / "thesis.docx").exists()


def test_environment_without_python_is_not_usable(run: ModuleType, tmp_path: Path) -> None:
    assert not run.is_usable(tmp_path)


# --- pip, and what is passed on


@pytest.mark.parametrize(
    ("errors", "told"),
    [
        ("Failed to establish a new connection: Temporary failure in name resolution", "offline"),
        ("ProxyError('Cannot connect to proxy.')", "offline"),
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("ERROR: No matching distribution found for torch==2.13.0", "no build for Python"),
        ("error: metadata-generation-failed", "its message stands above"),
    ],
)
def test_what_pip_says_becomes_a_sentence(run: ModuleType, errors: str, told: str) -> None:
    assert told in run.explain_pip(errors)


def test_other_index_only_when_asked_for(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run.sys, "platform", "linux")
    assert "--extra-index-url" not in run.pip_command(Path("python"), dev=True, cpu=False)
    assert run.CPU_INDEX in run.pip_command(Path("python"), dev=True, cpu=True)
    monkeypatch.setattr(run.sys, "platform", "win32")
    assert run.CPU_INDEX not in run.pip_command(Path("python"), dev=True, cpu=True)


def test_files_are_found_from_the_callers_folder(run: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "my clip.mp4").touch()
    args = ["--self-test", "my clip.mp4", "gone.mp4"]
    expected = ["--self-test", str(tmp_path / "my clip.mp4"), "gone.mp4"]
    assert run.absolute_files(args, tmp_path) == expected


def test_another_pythons_packages_stay_out(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    assert "PYTHONPATH" not in run.clean_environment()


def test_failed_check_fails_the_whole(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """pytest runs last, and its success does not hide a failed check."""
    called: list[str] = []

    def call(command: list[object]) -> int:
        called.append(" ".join(map(str, command[1:3])))
        return 1 if "mypy" in called[-1] else 0

    monkeypatch.setattr(run, "call", call)
    assert run.run_tests([]) == 1
    assert called[1] == "-m mypy"
    assert called[-1] == "-m pytest"


def test_the_whole_suite_is_shared_out_and_a_part_is_not(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[list[str]] = []
    monkeypatch.setattr(run, "call", lambda command: called.append([*map(str, command)]) or 0)
    assert run.run_tests([]) == 0
    assert "--dist" in called[-1]
    assert run.run_tests(["-x"]) == 0
    assert called[-1][1:] == ["-m", "pytest", "-x"]
