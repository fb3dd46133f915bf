"""Asks before many images are excluded at once."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QCoreApplication
from PyQt5.QtWidgets import QMessageBox, QWidget

from trainer.data.one_of_each import Spare
from ui.check_result import Check
from ui.check_texts import check_title
from ui.formats import count


def ask_to_exclude(
    check: Check, spare: Spare | int, on_confirm: Callable[[], None], parent: QWidget
) -> QMessageBox:
    """Open the question and return it.

    Args:
        check: Whose images would be excluded.
        spare: What would be excluded, or the number of images.
        on_confirm: Called when the person says yes.
        parent: Window it belongs to.
    """
    question, explanation, words = exclude_words(check, spare)
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Question)
    box.setWindowTitle(check_title(check))
    box.setText(question)
    box.setInformativeText(explanation)
    confirm = box.addButton(words, QMessageBox.AcceptRole)
    confirm.setObjectName("confirm_exclude_button")
    cancel = box.addButton(
        QCoreApplication.translate("ExcludeQuestion", "Cancel"), QMessageBox.RejectRole
    )
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    confirm.clicked.connect(on_confirm)
    box.open()
    return box


def exclude_words(check: Check, spare: Spare | int) -> tuple[str, str, str]:
    """Question, explanation and the button's words before many images are excluded."""
    undo = QCoreApplication.translate(
        "ExcludeQuestion", "The file stays as it is. Ctrl+Z takes all of it back at once."
    )
    number = spare if isinstance(spare, int) else len(spare.indices)
    button = QCoreApplication.translate("ExcludeQuestion", "Exclude {number} images").format(
        number=count(number)
    )
    if isinstance(spare, int):
        text = QCoreApplication.translate("ExcludeQuestion", "Exclude {number} images?")
        return text.format(number=count(number)), undo, button
    question = QCoreApplication.translate(
        "ExcludeQuestion",
        "Exclude {number} images, so that one of each of {groups} pictures stays?",
    ).format(number=count(number), groups=count(len(spare.kept)))
    rule = QCoreApplication.translate("ExcludeQuestion", "The first of each stays.")
    if check in (Check.LEAK, Check.CONFLICT):
        rule = QCoreApplication.translate(
            "ExcludeQuestion",
            "One of the test split stays before one of the validation split, and that before one "
            "for training, so that what scores are measured on stays whole.",
        )
    if spare.conflicting:
        rule += " " + QCoreApplication.translate(
            "ExcludeQuestion",
            "{number} of the pictures carry different labels: there one with the most common "
            "label stays; look at them first if in doubt.",
        ).format(number=count(spare.conflicting))
    return question, f"{rule}\n\n{undo}", button
