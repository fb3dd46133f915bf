"""resources/licences/third_party.txt names everything that Mien is installed with."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from resources import resource_path

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    """tools/collect_licences.py as a module."""
    path = ROOT / "tools" / "collect_licences.py"
    spec = importlib.util.spec_from_file_location("collect_licences", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def content() -> str:
    """The shipped list."""
    return resource_path("licences", "third_party.txt").read_text(encoding="utf-8")


def test_every_package_is_listed(tool: ModuleType, content: str) -> None:
    """Run tools/collect_licences.py after a change of the requirements or of a SOURCES.md."""
    packages, _missing = tool.installed_packages()
    wanted = {tool.plain_name(entry.name) for entry in tool.requirements()}
    assert wanted <= {tool.plain_name(package.name) for package in packages}
    assert tool.missing_from(content, packages) == []
    assert tool.missing_from("\n2. Packages\n", packages)
    older = content.replace("| `lightnet.onnx` |", "| `another.onnx` |")
    assert tool.missing_from(older, packages) == ["resources/weights/SOURCES.md"]


def test_models_and_clip_are_in_it(content: str) -> None:
    for wanted in ("FER2013", "Shiqi Yu", "Eileen Collins", "NVIDIA", "x264", "GPL-2.0-or-later"):
        assert wanted in content


def test_it_has_the_texts_and_is_small(content: str) -> None:
    for words in ("TERMS AND CONDITIONS FOR USE, REPRODUCTION", "Redistribution and use in source"):
        assert words in content
    assert content.count("TERMS AND CONDITIONS FOR USE, REPRODUCTION") < 5, "not said once"
    assert 200_000 < len(content.encode()) < 1_200_000


def test_one_text_in_other_line_breaks_is_kept_once(tool: ModuleType) -> None:
    texts = tool.Texts()
    assert texts.number("Some words,\nand more.") == 1
    assert texts.number("Other words.") == 2
    assert texts.number("Some  words, and\n more.") == 1
    assert len(texts.kept) == 2
