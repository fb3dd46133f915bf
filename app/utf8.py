"""File names as UTF-8 for Qt, also in a bare environment."""

from __future__ import annotations

import locale
import os
import sys


def use_utf8_names() -> None:
    """Let Qt read file names as UTF-8 where the locale knows ASCII only, as Python does.

    Without this a program folder with an umlaut in its name has no icons there. Qt decides
    when it is imported, so this comes first.
    """
    if sys.platform in ("win32", "darwin"):
        return
    try:
        locale.setlocale(locale.LC_CTYPE, "")
        if locale.nl_langinfo(locale.CODESET) not in ("ANSI_X3.4-1968", "US-ASCII"):
            return
        locale.setlocale(locale.LC_CTYPE, "C.UTF-8")
    except locale.Error:
        return  # a locale that is not installed: Qt makes what it can of it
    os.environ["LC_ALL"] = "C.UTF-8"
