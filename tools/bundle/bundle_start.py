"""What the bundle's program does before anything else; standard library only.

A system library that is missing would end in a traceback or in Qt's "could not load the platform
plugin even though it was found"; here it is named, with the line that installs it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, MutableMapping, Sequence

import run  # the bootstrap knows the libraries, and how each Linux calls them

FAILED = 2  # as for everything that the user has to mend first


def is_command(name: str, args: Sequence[str], commands: Sequence[str]) -> bool:
    """Whether a command of the core is meant: by the program's name, or by the first word."""
    return name.lower().startswith("mien-cli") or (bool(args) and args[0] in commands)


def restore_library_path(environ: MutableMapping[str, str]) -> None:
    """Undo what the bundle's loader set: a file manager started from Mien needs its own libraries.

    The linker has read the variable already, so nothing changes for this process.
    """
    original = environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if original is not None:
        environ["LD_LIBRARY_PATH"] = original
    else:
        environ.pop("LD_LIBRARY_PATH", None)


def problem(
    args: Sequence[str],
    environ: Mapping[str, str],
    platform: str,
    load: Callable[[str], bool] = run.can_load,
    font: Callable[[], bool] = run.has_font,
) -> str | None:
    """Return a sentence when no window can be shown here, or None."""
    if not platform.startswith("linux"):
        return None
    missing = [library for library in run.LIBRARIES if not load(library.name)]
    if not font():
        missing.append(run.FONTS)
    if missing:
        return run.missing_message(missing)
    return run.display_problem(args, environ, platform, command="Mien")


def begin(window: bool) -> None:
    """Prepare this process; end it with a sentence on the terminal where no window can be shown."""
    if sys.platform.startswith("linux"):
        restore_library_path(os.environ)
    found = problem(sys.argv[1:], os.environ, sys.platform) if window else None
    if found is not None:
        print(found, file=sys.stderr)
        sys.exit(FAILED)
