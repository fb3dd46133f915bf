"""Windows' version resource for the packaged programs, written from the one version number."""

from __future__ import annotations

from pathlib import Path

from trainer import __version__

_TEMPLATE = """VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0x0, OS=0x40004,
    fileType=0x1, subtype=0x0, date=(0, 0)),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "The Mien developers"),
      StringStruct("FileDescription", "Workbench for facial expressions"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "Mien"),
      StringStruct("LegalCopyright", "GPL-3.0-or-later"),
      StringStruct("ProductName", "Mien"),
      StringStruct("ProductVersion", "{version}")])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])])])
"""


def write_version_file(folder: Path, version: str = __version__) -> Path:
    """Write what PyInstaller's ``version`` option reads; return its path."""
    numbers = [int(part) for part in version.split(".") if part.isdigit()]
    path = folder / "version_info.txt"
    folder.mkdir(parents=True, exist_ok=True)
    quad = tuple((numbers + [0, 0, 0, 0])[:4])
    path.write_text(_TEMPLATE.format(numbers=quad, version=version), encoding="utf-8")
    return path
