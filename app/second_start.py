"""What a start does when Mien is open already."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QCoreApplication
from PyQt5.QtWidgets import QMessageBox

from app.instance import SingleInstance


def may_open(instance: SingleInstance, file: Path | None, timeout_ms: int = 5000) -> bool:
    """Return whether this start shall open a window; False: the open one has the file."""
    while not instance.claim():
        if instance.hand_over(file, timeout_ms):
            return False
        if instance.claim():  # it was closing
            return True
        choice = ask()
        if choice == "window":
            return True
        if choice == "close":
            return False
    return True


def ask() -> str:
    """Ask what to do about an open Mien that does not answer: again, window, or close."""
    box = QMessageBox()
    box.setIcon(QMessageBox.Warning)
    box.setWindowTitle(_tr("Mien does not answer"))
    box.setText(_tr("Mien is open already, but does not answer."))
    box.setInformativeText(
        _tr(
            "It may be busy: wait a little and try again. A second window works too; both then "
            "share settings and trainings."
        )
    )
    again = box.addButton(_tr("Try again"), QMessageBox.AcceptRole)
    window = box.addButton(_tr("Open a second window"), QMessageBox.ActionRole)
    close = box.addButton(_tr("Close"), QMessageBox.RejectRole)
    box.setDefaultButton(again)
    box.setEscapeButton(close)
    box.exec_()
    chosen = box.clickedButton()
    if chosen is again:
        return "again"
    return "window" if chosen is window else "close"


def _tr(text: str) -> str:
    return QCoreApplication.translate("SecondStart", text)
