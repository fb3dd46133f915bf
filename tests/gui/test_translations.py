"""Every string that can be seen has a Chinese translation with the same places to fill in."""

from __future__ import annotations

import ast
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from resources import resource_path
from trainer.models import model_infos
from trainer.presets import REPORT_NOTE

_ROOT = Path(__file__).resolve().parents[2]
_PLACES = re.compile(r"\{(\w+)")
_CHINESE_COUNTS = ("{millions:.1f} M", "{thousands:.0f} k")  # in units of ten thousand


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _strings_of_code() -> Iterator[str]:
    for path in (*_ROOT.glob("app/**/*.py"), *_ROOT.glob("ui/**/*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in ("tr", "_tr") and node.args:
                yield _text(node.args[0])
            elif name == "translate" and len(node.args) > 1:
                yield _text(node.args[1])


def _strings_of_forms() -> Iterator[str]:
    for path in _ROOT.glob("ui/*.ui"):
        for element in ET.parse(path).iter("string"):
            if element.get("notr") != "true":
                yield element.text or ""


@cache
def _translations() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in resource_path("translations", "zh_CN").glob("*.ts"):
        for message in ET.parse(path).iter("message"):
            found[message.findtext("source", "")] = message.findtext("translation", "")
    return found


def _sources() -> list[str]:
    models = [text for info in model_infos().values() for text in (info.title, info.description)]
    every = {*_strings_of_code(), *_strings_of_forms(), *models, REPORT_NOTE}
    return sorted(text for text in every if re.search(r"[A-Za-z]", text))


@pytest.mark.parametrize("source", _sources())
def test_a_string_is_translated(source: str) -> None:
    translation = _translations().get(source, "")
    assert translation
    if source not in _CHINESE_COUNTS:
        assert set(_PLACES.findall(translation)) == set(_PLACES.findall(source))
