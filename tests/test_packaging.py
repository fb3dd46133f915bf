"""What surrounds the packaged program; the bundle itself is tried by tools/smoke_test.py."""

from __future__ import annotations

import ast
import configparser
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "tools" / "bundle"


@pytest.fixture
def starting(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """tools/bundle/bundle_start.py, which stands beside the program's script in the bundle."""
    for folder in (ROOT, BUNDLE):
        monkeypatch.syspath_prepend(str(folder))
    import bundle_start as module

    return module


@pytest.fixture
def smoke(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """tools/smoke_test.py."""
    monkeypatch.syspath_prepend(str(ROOT))
    from tools import smoke_test

    return smoke_test


# --- the start of the bundle


@pytest.mark.parametrize(
    ("name", "args", "meant"),
    [
        ("Mien", [], False),
        ("Mien", ["--self-test"], False),
        ("Mien", ["holiday.mp4"], False),
        ("Mien", ["train", "--data", "faces.csv"], True),
        ("mien-cli", [], True),
        ("mien-cli", ["predict", "a.mp4"], True),
    ],
)
def test_name_or_first_word_tells_a_command(
    starting: ModuleType, name: str, args: list[str], meant: bool
) -> None:
    from trainer.cli import COMMANDS

    assert starting.is_command(name, args, COMMANDS) is meant


def test_a_missing_library_is_named_with_the_line_that_installs_it(starting: ModuleType) -> None:
    found = starting.problem(
        [],
        {"DISPLAY": ":0"},
        "linux",
        load=lambda name: name != "libxcb-icccm.so.4",
        font=lambda: True,
    )
    assert "libxcb-icccm.so.4" in found
    assert "\n    sudo " in found
    everything = {"load": lambda _: True, "font": lambda: True}
    assert starting.problem([], {"DISPLAY": ":0"}, "linux", **everything) is None
    assert "Mien --self-test" in starting.problem([], {}, "linux", **everything)
    assert starting.problem(["--self-test"], {}, "linux", **everything) is None
    assert starting.problem([], {}, "win32", load=lambda _: False, font=lambda: False) is None


def test_other_programs_get_their_own_libraries_back(starting: ModuleType) -> None:
    environ = {"LD_LIBRARY_PATH": "/opt/Mien/_internal", "LD_LIBRARY_PATH_ORIG": "/usr/local/lib"}
    starting.restore_library_path(environ)
    assert environ == {"LD_LIBRARY_PATH": "/usr/local/lib"}
    environ = {"LD_LIBRARY_PATH": "/opt/Mien/_internal"}
    starting.restore_library_path(environ)
    assert environ == {}


# --- the trial


def test_a_program_that_writes_into_its_folder_is_caught(smoke: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "Mien"
    (folder / "_internal").mkdir(parents=True)
    (folder / "Mien").write_text("a program")
    with smoke.read_only_copy(folder) as copy:
        assert " " in str(copy)
        assert not str(copy).isascii()
        assert not copy.stat().st_mode & 0o222

    def litter() -> None:
        with smoke.read_only_copy(folder) as copy:
            (copy / "_internal").chmod(0o755)
            (copy / "_internal" / "left.txt").write_text("x")

    with pytest.raises(RuntimeError, match=r"changed its own folder.*left\.txt"):
        litter()


def test_files_outside_the_programs_folders_are_named(smoke: ModuleType, tmp_path: Path) -> None:
    lock = "tmp/mien-1000/mien-edaa7fce68cc507b.lock"
    ours = (".config/Mien/mien.ini", "out/run/best.safetensors", lock)
    for name in (*ours, "tmp/left.onnx", ".cache/x"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    assert smoke.strangers(tmp_path, ("out",)) == [".cache/x", "tmp/left.onnx"]


def test_a_failed_step_says_what_it_said(smoke: ModuleType, tmp_path: Path) -> None:
    command = [sys.executable, "-c", "import sys; print('a'); sys.exit('no libGL')"]
    with pytest.raises(RuntimeError, match=r"(?s)export failed \(1\).*a.*no libGL"):
        smoke._run("export", command, {}, tmp_path)


# --- the spec


def _list_of(name: str) -> list[str]:
    """The texts of one of the spec's lists; the spec itself runs only inside PyInstaller."""
    for node in ast.parse((ROOT / "build.spec").read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == name:
            return [n.value for n in ast.walk(node.value) if isinstance(n, ast.Constant)]
    raise AssertionError(f"build.spec has no {name}")


def _imported() -> Iterator[tuple[str, str]]:
    for folder in ("app", "ui", "trainer", "resources"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    yield from ((alias.name, path.name) for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield from ((f"{node.module}.{alias.name}", path.name) for alias in node.names)


def test_nothing_that_we_import_is_left_out() -> None:
    left_out = _list_of("EXCLUDES")
    assert "tkinter" in left_out
    wrong = [
        (module, name)
        for module, name in _imported()
        if any(module == entry or module.startswith(f"{entry}.") for entry in left_out)
    ]
    assert wrong == []


def test_every_picture_kind_that_opens_stays_in() -> None:
    from trainer.data.tree import PICTURE_SUFFIXES
    from trainer.inference.suffixes import PHOTO_SUFFIXES

    assert "PIL._avif" in _list_of("EXCLUDES")
    assert ".avif" not in {*PICTURE_SUFFIXES, *PHOTO_SUFFIXES}


def test_qts_own_texts_come_along_in_every_language() -> None:
    from app.i18n import LANGUAGE_NAMES

    kept = _list_of("KEPT")
    for language in set(LANGUAGE_NAMES) - {"en"}:
        assert f"PyQt5/Qt5/translations/qtbase_{language}.qm" in kept


# --- what is handed out with it


def test_the_workflow_builds_three_systems_with_the_documented_command() -> None:
    path = ROOT / ".github" / "workflows" / "package.yml"
    job = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]["archive"]
    systems = {name.partition("-")[0] for name in job["strategy"]["matrix"]["system"]}
    assert systems == {"ubuntu", "windows", "macos"}
    assert sum("tools/package.py" in step.get("run", "") for step in job["steps"]) == 2


def test_windows_file_properties_tell_the_version(smoke: ModuleType, tmp_path: Path) -> None:
    from tools.windows_version import write_version_file

    text = write_version_file(tmp_path, "1.2.3").read_text(encoding="utf-8")
    assert "filevers=(1, 2, 3, 0)" in text
    assert 'StringStruct("ProductVersion", "1.2.3")' in text
    ast.parse(text)


def _entry(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser["Desktop Entry"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have no such entry")
def test_the_menu_entry_starts_the_program_where_it_lies(tmp_path: Path) -> None:
    folder = tmp_path / "Mien & Prüfung"
    folder.mkdir()
    for name in ("mien.desktop", "add-to-menu.sh"):
        shutil.copy(ROOT / "tools" / name, folder / name)
    environ = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}
    command = ["sh", str(folder / "add-to-menu.sh")]
    said = subprocess.run(command, env=environ, check=True, capture_output=True, text=True).stdout
    entry = _entry(Path(said.strip()))
    assert said.strip() == str(tmp_path / ".local/share/applications/mien.desktop")
    assert entry["Type"] == "Application"
    assert entry["Exec"] == f'"{folder}/Mien" %f'
    assert entry["Icon"] == f"{folder}/mien.svg"
    assert entry["Comment[zh_CN]"]
