"""Translations read straight from Qt Linguist's XML, so that no compile step can be forgotten."""

from __future__ import annotations

import logging
import xml.etree.ElementTree as ET
from pathlib import Path

from PyQt5.QtCore import QLibraryInfo, QLocale, QObject, QTranslator
from PyQt5.QtWidgets import QApplication

from resources import resource_path

log = logging.getLogger(__name__)
LANGUAGE_NAMES: dict[str, str] = {"en": "English", "zh_CN": "简体中文"}
_installed: list[QTranslator] = []


class TsTranslator(QTranslator):
    """Looks strings up in the ``.ts`` files of one language; context first, then any context."""

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._by_context: dict[tuple[str, str], str] = {}
        self._by_source: dict[str, str] = {}
        for path in sorted(folder.glob("*.ts")):
            self._read(path)

    def _read(self, path: Path) -> None:
        try:
            root = ET.parse(path).getroot()
        except (OSError, ET.ParseError) as error:
            log.error("cannot read the translation %s: %s", path, error)
            return
        for context in root.iter("context"):
            name = context.findtext("name", "")
            for message in context.iter("message"):
                source = message.findtext("source", "")
                translation = message.findtext("translation", "")
                if source and translation:
                    self._by_context[name, source] = translation
                    self._by_source.setdefault(source, translation)

    def isEmpty(self) -> bool:
        return not self._by_context

    # Qt calls the arguments this way; None means "not translated here".
    def translate(  # type: ignore[override]
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if not source:
            return None
        return self._by_context.get((context, source)) or self._by_source.get(source)


def default_language() -> str:
    """The system's language if there is a translation, else English."""
    return "zh_CN" if QLocale.system().language() == QLocale.Chinese else "en"


def install_language(app: QApplication, language: str) -> None:
    """Replace the installed translations; windows built from now on speak ``language``.

    Qt's own texts (buttons, context menus, file dialogs) come from the catalogue that is part of
    Qt; where that is missing they stay English.
    """
    for translator in _installed:
        app.removeTranslator(translator)
    _installed.clear()
    folder = resource_path("translations", language)
    if not folder.is_dir():
        QLocale.setDefault(QLocale(QLocale.English))
        return
    QLocale.setDefault(QLocale(language))
    # Asked last, since it finds a text under any context; Qt asks in the order of the newest.
    translators: list[QTranslator] = [TsTranslator(folder)]
    of_qt = QTranslator()
    qt_folder = QLibraryInfo.location(QLibraryInfo.TranslationsPath)
    if of_qt.load(f"qtbase_{language}", qt_folder):
        translators.append(of_qt)
    else:
        log.warning("Qt's own texts in %s are not in %s", language, qt_folder)
    for translator in translators:
        app.installTranslator(translator)
        _installed.append(translator)
