#!/usr/bin/env python3
"""Write resources/licences/third_party.txt: everything Mien stands on, with its licence texts.

python tools/collect_licences.py            writes the file
python tools/collect_licences.py --check    only says whether something is missing from it

Walks the run-time requirements of setup.cfg and what those require, as installed here, and takes
names, versions, licences, home pages and texts from the packages themselves. Texts that several
packages share are printed once. Qt, FFmpeg and the files in resources/ are described by hand.
"""

from __future__ import annotations

import argparse
import configparser
import hashlib
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import Message
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import cast

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "resources" / "licences" / "third_party.txt"
WIDTH = 100
RULE = "=" * WIDTH

_LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice|copyright", re.IGNORECASE)
_TEXT_SUFFIXES = {"", ".txt", ".md", ".rst", ".apache", ".bsd", ".eigen"}
# Sources of tests and tools that lie beside the packages' licences, but not in the packages.
_NOT_SHIPPED = re.compile(
    r"(^|/)(tests?|docs|examples|googletest|gtest|benchmark|_vendor|cpplint|generator)(/|$)"
)
_APACHE = re.compile(
    r"[ \t#]*Apache License\s+Version 2\.0, January 2004.*?END OF TERMS AND CONDITIONS",
    re.DOTALL,
)

_BY_HAND = """\
Qt 5 (in the package PyQt5-Qt5)
    Copyright The Qt Company Ltd. and other contributors. LGPL-3.0; parts under the licences that
    https://doc.qt.io/archives/qt-5.15/licenses-used-in-qt.html lists.
    Source: https://download.qt.io/archive/qt/5.15/
    Mien uses Qt as separate shared libraries, which you may replace.

PyQt5
    Copyright Riverbank Computing Limited. GPL-3.0: the reason why Mien is under the GPL, too.
    The text is in the file LICENSE.  Source: https://pypi.org/project/PyQt5/#files

FFmpeg (in the package av)
    Copyright the FFmpeg developers. The build in that package calls itself LGPL-3.0-or-later; the
    encoders x264 and x265 that it loads are under the GPL-2.0-or-later, which Mien's GPL accepts.
    Source: https://ffmpeg.org/download.html, https://github.com/PyAV-Org/pyav-ffmpeg
    x264: https://code.videolan.org/videolan/x264  x265: https://bitbucket.org/multicoreware/x265_git
    The other libraries beside it (dav1d, SVT-AV1, libvpx, Opus, LAME, WebP, GnuTLS, Nettle, GMP and
    more) are under BSD licences or the LGPL; the recipe above names their sources.

FFmpeg, Qt, OpenSSL and others (in the package opencv-python)
    See LICENSE-3RD-PARTY.txt below. Mien does not use the Qt in that package.

Python
    Copyright Python Software Foundation, PSF-2.0, https://www.python.org/ (in the program folder)

In the packaged program only
    PyInstaller's starter: GPL-2.0-or-later with an exception for what it starts.
    https://pyinstaller.org/
    On Linux also libraries of Debian, as separate files that you may replace; their sources and
    texts are at https://sources.debian.org/: GLib, libgcrypt, libgpg-error, systemd's library
    (LGPL-2.1-or-later), D-Bus (AFL-2.1 or GPL-2.0-or-later), GCC's libraries (GPL-3.0 with the
    runtime exception), readline (GPL-3.0-or-later), the X and XCB libraries, expat, libffi,
    libbsd, libmd, ncurses (MIT and like it), Kerberos (MIT), FreeType (FTL), Fontconfig (MIT),
    OpenSSL 3 (Apache-2.0), zlib, bzip2, LZ4, Zstandard, PCRE2, Brotli (their own, BSD or MIT),
    SQLite (public domain), libcap, liblzma (BSD, 0BSD), keyutils (LGPL-2.1-or-later).

YuNet face detector (resources/weights/face_detection_yunet_2023mar.onnx)
    MIT License. Copyright (c) 2020 Shiqi Yu <shiqi.yu@gmail.com>
    Source: https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet
    Permission is hereby granted, free of charge, to any person obtaining a copy of this software
    and associated documentation files (the "Software"), to deal in the Software without
    restriction, including without limitation the rights to use, copy, modify, merge, publish,
    distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
    Software is furnished to do so, subject to the following conditions: The above copyright
    notice and this permission notice shall be included in all copies or substantial portions of
    the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
    IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A
    PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE
    LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
    OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
    DEALINGS IN THE SOFTWARE.
"""


@dataclass
class Package:
    """What is said of one package.

    Attributes:
        texts: (file name, text) of its licence files.
    """

    name: str
    version: str
    licence: str
    home: str
    texts: list[tuple[str, str]] = field(default_factory=list)


def plain_name(name: str) -> str:
    """The name as package indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def requirements() -> list[Requirement]:
    """``install_requires`` of setup.cfg."""
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    lines = parser["options"]["install_requires"].splitlines()
    return [Requirement(line) for line in lines if line.strip()]


def installed_packages() -> tuple[list[Package], list[str]]:
    """Return the required packages, requirements of requirements included, and missing ones."""
    found: dict[str, Package] = {}
    missing: list[str] = []
    waiting = requirements()
    while waiting:
        wanted = waiting.pop()
        name = plain_name(wanted.name)
        if name in found or name in missing:
            continue
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            dist = distribution(wanted.name)
        except PackageNotFoundError:
            missing.append(name)
            continue
        found[name] = _describe(dist)
        waiting += [Requirement(text) for text in dist.requires or []]
    return [found[name] for name in sorted(found)], missing


def _describe(dist: Distribution) -> Package:
    meta = cast(Message, dist.metadata)
    classifiers = [
        text.rpartition(" :: ")[2]
        for text in meta.get_all("Classifier") or []
        if text.startswith("License ::")
    ]
    stated = (meta.get("License") or "").strip()
    short = stated if 0 < len(stated) < 60 and "\n" not in stated else ""
    licence = meta.get("License-Expression") or short or ", ".join(classifiers) or "see its text"
    version = dist.version.partition("+")[0]  # "+cpu" is how it was built, not what it is
    return Package(meta["Name"], version, licence, _home(dist), list(_texts(dist)))


def _home(dist: Distribution) -> str:
    meta = cast(Message, dist.metadata)
    links = dict(
        entry.split(", ", 1) for entry in meta.get_all("Project-URL") or [] if ", " in entry
    )
    named = {label.lower(): link for label, link in links.items()}
    for label in ("homepage", "home", "source", "source code", "repository", "documentation"):
        if label in named:
            return named[label]
    return meta.get("Home-page") or f"https://pypi.org/project/{meta['Name']}/"


def _texts(dist: Distribution) -> Iterator[tuple[str, str]]:
    for entry in sorted(dist.files or [], key=str):
        if not _LICENCE_FILE.search(entry.name) or entry.suffix.lower() not in _TEXT_SUFFIXES:
            continue
        if _NOT_SHIPPED.search(str(entry.parent).partition(".dist-info/")[2] or str(entry.parent)):
            continue
        path = Path(str(entry.locate()))
        if path.is_file():
            text = path.read_text(encoding="utf-8", errors="replace")
            yield str(entry).partition(".dist-info/")[2] or str(entry), _clean(text)


def _clean(text: str) -> str:
    """Plain lines without trailing blanks, at most one empty line between them."""
    lines = (line.replace("\f", "").rstrip() for line in text.lstrip("\ufeff").splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")


class Texts:
    """Numbers texts; the same text in other line breaks is the same text."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Keep ``text`` if it is new; return its number, from 1."""
        key = self._key(text)
        if key not in self._numbers:
            # The Apache licence stands in many collections of notices, word for word.
            inner = _APACHE.sub(self._refer, text)
            self.kept.append(inner)
            self._numbers[key] = len(self.kept)
        return self._numbers[key]

    def apache(self) -> int:
        """Number of the Apache licence, which some package before brought."""
        return next(n for n, text in enumerate(self.kept, start=1) if _APACHE.match(text))

    def _refer(self, found: re.Match[str]) -> str:
        key = self._key(found[0])
        if key not in self._numbers:
            self.kept.append(_clean(textwrap.dedent(found[0])))
            self._numbers[key] = len(self.kept)
        return f"[The Apache License, Version 2.0: text {self._numbers[key]}]"

    @staticmethod
    def _key(text: str) -> str:
        words = " ".join(re.sub(r"[^\w\s]+", " ", text).split()).lower()
        return hashlib.sha256(words.encode()).hexdigest()


def sources_of_files() -> list[tuple[str, str]]:
    """Return (name, text) of the files that say where models, clip and data come from."""
    return [
        (path.relative_to(ROOT).as_posix(), _clean(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / "resources").glob("*/SOURCES.md"))
    ]


def compose(packages: list[Package]) -> str:
    """Return the whole file."""
    texts = Texts()
    listed = []
    for package in packages:
        lines = [
            f"{package.name} {package.version}",
            f"    {package.licence}",
            f"    {package.home}",
        ]
        numbers: dict[int, str] = {}
        for name, text in package.texts:
            numbers.setdefault(texts.number(text), name)
        if not numbers and "apache" in package.licence.lower():
            numbers[texts.apache()] = "the licence; the package brings no text"
        lines += [f"    text {number}: {name}" for number, name in sorted(numbers.items())]
        listed.append("\n".join(lines))
    sources = [f"{name}\n\n{text}" for name, text in sources_of_files()]
    parts = [
        "Mien is free software under the GNU General Public License, version 3 or later; its\n"
        "text is in the file LICENSE. It stands on the work of others, listed here with theirs.\n"
        "Made by tools/collect_licences.py; versions may differ where you installed others.",
        _section("1. Named by hand", _BY_HAND),
        _section("2. Packages", "\n\n".join(listed)),
        _section("3. Models, clip, data: where they come from", "\n\n".join(sources)),
        _section(
            "4. Texts",
            "\n\n".join(
                f"{f'-- text {number} ':-<{WIDTH}}\n\n{text}"
                for number, text in enumerate(texts.kept, start=1)
            ),
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _section(title: str, content: str) -> str:
    return f"{RULE}\n{title}\n{RULE}\n\n{content.strip()}"


def missing_from(content: str, packages: list[Package]) -> list[str]:
    """Return the packages without an entry, and the sources that say something else by now."""
    section = content.partition("\n2. Packages\n")[2].partition("\n3. Models")[0]
    listed = {plain_name(found) for found in re.findall(r"^(\S+) \S+$", section, re.MULTILINE)}
    unlisted = [package.name for package in packages if plain_name(package.name) not in listed]
    return unlisted + [name for name, text in sources_of_files() if text not in content]


def main() -> int:
    """Write or check the file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing")
    args = parser.parse_args()
    packages, missing = installed_packages()
    if missing:
        print(f"not installed: {', '.join(missing)}", file=sys.stderr)
        return 2
    if args.check:
        content = TARGET.read_text(encoding="utf-8") if TARGET.is_file() else ""
        unlisted = missing_from(content, packages)
        if unlisted:
            print(f"not in {TARGET.name}: {', '.join(unlisted)}", file=sys.stderr)
        return 1 if unlisted else 0
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    content = compose(packages)
    TARGET.write_text(content, encoding="utf-8", newline="\n")
    print(
        f"{TARGET.relative_to(ROOT)}: {len(packages)} packages, {len(content.encode()) // 1000} kB"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
