"""Walks through the photos and videos of a folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QAction, QFileDialog

from app.controllers.presenter import FramePresenter
from app.settings import Settings
from trainer.inference.suffixes import PHOTO_SUFFIXES, VIDEO_SUFFIXES
from ui.player_tab import PlayerTab


class FolderWalk(QObject):
    """Opens the next or previous file beside the one that is open."""

    def __init__(
        self,
        tab: PlayerTab,
        presenter: FramePresenter,
        settings: Settings,
        open_file: Callable[[Path], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tab = tab
        self._presenter = presenter
        self._settings = settings
        self._open_file = open_file
        self._listed: tuple[Path, int, list[Path]] = (Path(), 0, [])
        tab.file_step_requested.connect(self.step)
        choose = QAction(self.tr("Open a folder of photos…"), self)
        choose.triggered.connect(lambda _on: self.choose())
        following = QAction(self.tr("Next file in the folder"), self)
        following.triggered.connect(lambda _on: self.step(1))
        before = QAction(self.tr("Previous file in the folder"), self)
        before.triggered.connect(lambda _on: self.step(-1))
        for action in (choose, following, before):
            tab.add_tool(action)
        tab.shortcuts.name_in_menu(following, "next_file")
        tab.shortcuts.name_in_menu(before, "previous_file")

    def choose(self) -> None:
        """Ask for a folder and open its first photo or video."""
        name = QFileDialog.getExistingDirectory(
            self._tab, self.tr("Open a folder of photos"), self._settings.last_folder
        )
        if name:
            self._settings.last_folder = name
            self.open(Path(name))

    def open(self, folder: Path) -> None:
        """Open the first photo of a folder, or its first video where there is none."""
        files = self._files(folder)
        photos = [path for path in files if path.suffix.lower() in PHOTO_SUFFIXES]
        if files:
            self._open_file((photos or files)[0])
        else:
            self._tab.show_message(
                self.tr("There is neither a photo nor a video in {folder}.").format(folder=folder),
                other=True,
            )

    def step(self, direction: int) -> None:
        """Open the next (1) or previous (-1) file of the folder, by name."""
        info = self._presenter.info
        if info is None or info.path is None:
            return
        here = info.path.absolute()
        files = self._files(here.parent)
        names = [_order(path) for path in files]
        later = [path for path, name in zip(files, names, strict=True) if name > _order(here)]
        earlier = [path for path, name in zip(files, names, strict=True) if name < _order(here)]
        if direction > 0 and later:
            self._open_file(later[0])
        elif direction < 0 and earlier:
            self._open_file(earlier[-1])
        else:
            text = (
                self.tr("This is the last file of the folder.")
                if direction > 0
                else self.tr("This is the first file of the folder.")
            )
            self._tab.show_message(text, level="info")

    def _files(self, folder: Path) -> list[Path]:
        """Return the photos and videos by name; a folder is read again when it changed."""
        try:
            changed = folder.stat().st_mtime_ns
            if self._listed[:2] != (folder, changed):
                with os.scandir(folder) as entries:
                    paths = [folder / entry.name for entry in entries]
                wanted = PHOTO_SUFFIXES | VIDEO_SUFFIXES
                found = [path for path in paths if path.suffix.lower() in wanted]
                self._listed = (folder, changed, sorted(found, key=_order))
        except OSError:
            return []
        return self._listed[2]


def _order(path: Path) -> tuple[str, str]:
    return path.name.casefold(), path.name
