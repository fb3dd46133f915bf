#!/usr/bin/env python3
"""Say what differs between two builds of the program folder; run it with .venv-package's Python.

.venv-package/bin/python tools/compare_bundles.py contents dist/Mien > first.json
.venv-package/bin/python tools/compare_bundles.py compare first.json second.json

``contents`` lists a hash of every file and of every module inside the program, so that one build
need not be kept for the next.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from PyInstaller.archive.readers import CArchiveReader


def digest(content: bytes) -> str:
    """Return the first half of the SHA-256, which is plenty here."""
    return hashlib.sha256(content).hexdigest()[:32]


def contents(folder: Path) -> dict[str, str]:
    """Return hashes by name; modules inside the program are called ``Mien:module``."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = digest(path.read_bytes())
    program = CArchiveReader(str(next(p for p in folder.glob("Mien*") if p.stem == "Mien")))
    for name in program.toc:
        if not name.endswith(".pyz"):
            found[f"Mien:{name}"] = digest(program.extract(name))
            continue
        modules = program.open_embedded_archive(name)
        for module in modules.toc:
            found[f"Mien:{module}"] = digest(modules.extract(module, raw=True) or b"")
    return found


def compare(one: dict[str, str], other: dict[str, str]) -> dict[str, list[str]]:
    """Return the names that only one has, and those that differ."""
    return {
        "only in the first": sorted(set(one) - set(other)),
        "only in the second": sorted(set(other) - set(one)),
        "different": sorted(name for name in set(one) & set(other) if one[name] != other[name]),
    }


def main(argv: list[str]) -> int:
    """Read the command line; the exit status of ``compare`` is 1 when something differs."""
    if len(argv) == 2 and argv[0] == "contents":
        print(json.dumps(contents(Path(argv[1])), indent=0))
        return 0
    if len(argv) == 3 and argv[0] == "compare":
        one, other = (json.loads(Path(name).read_text(encoding="utf-8")) for name in argv[1:])
        found = compare(one, other)
        print(json.dumps({"same": len(set(one) & set(other)) - len(found["different"]), **found}))
        return int(any(found.values()))
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
