"""Help > About Mien and the list of licences."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.log import versions
from trainer import __version__
from ui.about_dialog import AboutDialog
from ui.licences_dialog import LicencesDialog, licences_text


def _texts(dialog: AboutDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_about_names_version_licence_and_sources(qtbot: QtBot) -> None:
    dialog = AboutDialog(versions())
    qtbot.addWidget(dialog)
    text = _texts(dialog)
    for wanted in (f"Mien {__version__}", "GNU GPL, version 3", "YuNet", "FER2013", "torch "):
        assert wanted in text
    links = [label for label in dialog.findChildren(QLabel) if "<a href" in label.text()]
    assert links
    assert all(label.openExternalLinks() for label in links)


def test_the_menu_leads_to_the_licences(make_app, qtbot: QtBot) -> None:
    window = make_app().window
    window.about_action.trigger()
    about = window.findChild(AboutDialog)
    about.licences_button.click()
    licences = about.findChild(LicencesDialog)
    assert licences.isVisible()
    assert "torch" in licences.view.toPlainText()
    licences.close()
    about.close()


def test_the_list_is_searched(qtbot: QtBot) -> None:
    text = "\n".join(["one Apache", *["filler"] * 200, "two apache", *["filler"] * 200, "end"])
    dialog = LicencesDialog(text)
    qtbot.addWidget(dialog)
    dialog.show()
    qtbot.waitExposed(dialog)
    qtbot.keyClicks(dialog.search_edit, "APACHE")
    assert dialog.count_label.text() == "1 of 2"
    qtbot.keyClick(dialog.search_edit, Qt.Key_Return)
    assert dialog.count_label.text() == "2 of 2"
    assert dialog.view.textCursor().selectedText() == "apache"
    assert dialog.view.verticalScrollBar().value() > 100
    assert dialog.isVisible(), "Enter closed the dialog"
    qtbot.keyClick(dialog.search_edit, Qt.Key_Return)  # round to the first
    assert dialog.count_label.text() == "1 of 2"
    qtbot.keyClick(dialog.search_edit, Qt.Key_Return, Qt.ShiftModifier)
    assert dialog.count_label.text() == "2 of 2"
    dialog.search_edit.setText("nowhere")
    assert dialog.count_label.text() == "Not found"
    assert not dialog.view.textCursor().hasSelection()
    assert dialog.view.isReadOnly()


def test_the_list_ships(qtbot: QtBot, qapp: QApplication) -> None:
    assert licences_text().startswith("Mien is free software")
