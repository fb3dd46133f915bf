"""The self-test's checks of Qt, the window, and the Player."""

from __future__ import annotations

from PyQt5.QtCore import QCoreApplication, QEventLoop, QTimer
from PyQt5.QtGui import QFontDatabase, QImageReader
from PyQt5.QtWidgets import QApplication

from trainer.errors import MienError

_WANTED_FRAMES = 10
_TIMEOUT_MS = 30_000
_OF_QT = ("QPlatformTheme", "&Yes")  # context and text that Qt itself translates
_FORMATS = frozenset({"png", "jpeg", "svg"})


class WindowChecks:
    """Each check returns what it found and raises what is wrong."""

    def __init__(self) -> None:
        self._qt_app: QApplication | None = None

    def window(self) -> str:
        """The whole window is built, in Chinese and dark, and is drawn."""
        from app.application import Application
        from app.i18n import install_language
        from app.paths import settings_file
        from app.settings import Settings

        qt_app = self._need_app()
        formats = {bytes(entry).decode() for entry in QImageReader.supportedImageFormats()}
        if not formats >= _FORMATS:
            raise MienError(f"Qt cannot read {', '.join(sorted(_FORMATS - formats))}.")
        if not QFontDatabase().families():
            raise MienError("Qt finds no font; install one, for example fonts-dejavu.")
        program = Application(qt_app, Settings(settings_file()), "zh_CN", "dark")
        try:
            titles = [program.window.tabs.tabText(i) for i in range(program.window.tabs.count())]
            if QCoreApplication.translate("MainWindow", "Train") == "Train":
                raise MienError("The Chinese translation is missing.")
            if QCoreApplication.translate(*_OF_QT) == _OF_QT[1]:
                raise MienError("The Chinese translation of Qt's own texts is missing.")
            program.window.show()
            colors = set()
            for index in range(program.window.tabs.count()):
                program.window.tabs.setCurrentIndex(index)
                image = program.window.grab().toImage()
                points = [(x, y) for x in range(8, 900, 89) for y in range(8, 560, 61)]
                colors |= {image.pixel(x, y) for x, y in points}
            if len(colors) < 3:
                raise MienError("The window is drawn in one colour.")
        finally:
            program.shutdown()
            program.window.close_now()
            install_language(qt_app, "en")
        return f"{len(titles)} tabs drawn in Chinese on {qt_app.platformName()}"

    def player(self) -> str:
        """Play the bundled clip in a Player that is not shown."""
        from app.controllers.player import PlayerController
        from app.paths import settings_file
        from app.settings import Settings
        from ui.player_tab import PlayerTab

        self._need_app()
        tab, settings = PlayerTab(), Settings(settings_file())
        player = PlayerController(tab, settings)
        loop = QEventLoop()
        faces: list[int] = []
        sentences: list[str] = []

        def on_frame(result: object) -> None:
            faces.append(len(getattr(result, "faces", ())))
            if len(faces) >= _WANTED_FRAMES:
                loop.quit()

        def on_failed(sentence: str) -> None:
            sentences.append(sentence)
            loop.quit()

        player.frame_shown.connect(on_frame)
        player.failed.connect(on_failed)
        QTimer.singleShot(_TIMEOUT_MS, loop.quit)
        player.open_sample()
        loop.exec_()
        player.shutdown()
        settings.sync()  # or they are written at the very end, when their folder has gone
        if sentences:
            raise MienError(sentences[0])
        if len(faces) < _WANTED_FRAMES:
            raise MienError(f"Only {len(faces)} frames of the sample clip were shown in 30 s.")
        if not max(faces):
            raise MienError("No face was found in the sample clip.")
        return f"{len(faces)} frames shown, up to {max(faces)} faces"

    def _need_app(self) -> QApplication:
        if self._qt_app is None:
            from app.__main__ import make_qt_app

            self._qt_app = make_qt_app()
        return self._qt_app
