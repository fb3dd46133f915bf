"""One window per person and screen: a second start hands its file to the first.

The first start holds a lock that the system drops when the process dies, however it dies, so
what it leaves behind is known to be stale. It listens at a local socket; a second start sends
one line and waits for the answer, because a program that hangs also accepts connections.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import stat
import sys
import tempfile
from pathlib import Path

from filelock import FileLock, Timeout
from PyQt5.QtCore import QDeadlineTimer, QObject, QThread, pyqtSignal
from PyQt5.QtNetwork import QLocalServer, QLocalSocket

from trainer.paths import config_dir

log = logging.getLogger(__name__)

_ANSWER = b"ok\n"
_MAX_MESSAGE = 64 * 1024  # bytes; a path is far shorter
_RETRY_MS = 50


class SingleInstance(QObject):
    """Finds out whether Mien is open already, and talks to that window.

    Signals:
        start_received: Another start was made; its file as an absolute Path, or None.
    """

    start_received = pyqtSignal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = runtime_folder()
        self._name = f"mien-{_key()}"
        self._lock: FileLock | None = None
        self._server: QLocalServer | None = None
        self._received: dict[QLocalSocket, bytes] = {}

    @property
    def address(self) -> str:
        """Name of the socket; a path, except on Windows."""
        if sys.platform == "win32" or self._folder is None:
            return self._name
        return str(self._folder / self._name)

    def claim(self) -> bool:
        """Become the first one and listen; return False when another process is.

        Where no lock can be made, every start is a first one.
        """
        if self._folder is None:
            return True
        lock = FileLock(self._folder / f"{self._name}.lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        except (OSError, NotImplementedError) as error:
            log.warning("cannot tell whether Mien is open already: %s", error)
            return True
        self._lock = lock
        self._listen()
        return True

    def release(self) -> None:
        """Stop listening, so that a next start opens a window of its own."""
        if self._server is not None:
            self._server.close()
            self._server = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    def hand_over(self, file: Path | None, timeout_ms: int = 5000) -> bool:
        """Send ``file`` to the first one; return whether it answered in time."""
        deadline = QDeadlineTimer(timeout_ms)
        _let_it_come_to_the_front()
        message = {"file": None if file is None else str(file.absolute())}
        while not deadline.hasExpired():
            socket = QLocalSocket()
            socket.connectToServer(self.address)
            if socket.waitForConnected(deadline.remainingTime()):
                socket.write(json.dumps(message).encode() + b"\n")
                return _is_answered(socket, deadline)
            QThread.msleep(_RETRY_MS)  # it holds the lock but does not listen yet
        return False

    # -- the first one's side ---------------------------------------------------------------

    def _listen(self) -> None:
        # The lock is ours, so nobody listens here: a socket that is there is a dead one's.
        QLocalServer.removeServer(self.address)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.UserAccessOption)
        if not server.listen(self.address):
            log.warning("cannot listen at %s: %s", self.address, server.errorString())
            return
        server.newConnection.connect(self._on_connected)
        self._server = server

    def _on_connected(self) -> None:
        while self._server is not None and self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            self._received[socket] = b""
            socket.readyRead.connect(lambda sender=socket: self._on_ready(sender))
            socket.disconnected.connect(lambda sender=socket: self._on_gone(sender))
            self._on_ready(socket)

    def _on_ready(self, socket: QLocalSocket) -> None:
        if socket not in self._received:
            return
        text = self._received[socket] + bytes(socket.readAll())
        self._received[socket] = text
        if len(text) > _MAX_MESSAGE:
            socket.abort()
        elif text.endswith(b"\n"):
            self._answer(socket, text)

    def _answer(self, socket: QLocalSocket, text: bytes) -> None:
        try:
            name = json.loads(text)["file"]
            file = None if name is None else Path(str(name))
        except (ValueError, KeyError, TypeError) as error:
            log.warning("a second start sent what is no message: %s", error)
            socket.abort()
            return
        socket.write(_ANSWER)
        socket.flush()
        self._received[socket] = b""
        log.info("another start handed over %s", file)
        self.start_received.emit(file)

    def _on_gone(self, socket: QLocalSocket) -> None:
        self._received.pop(socket, None)
        socket.deleteLater()


def runtime_folder() -> Path | None:
    """A folder that only this user can write, for lock and socket; None where there is none."""
    given = os.environ.get("XDG_RUNTIME_DIR")
    if sys.platform != "win32" and given and _is_private(Path(given)):
        return Path(given)
    base = Path(tempfile.gettempdir())
    folder = base / "mien" if sys.platform == "win32" else base / f"mien-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        log.warning("no folder for lock and socket: %s", error)
        return None
    return folder if _is_private(folder) else None


def _is_private(folder: Path) -> bool:
    """Whether nobody else can have put a socket there."""
    try:
        state = folder.lstat()
    except OSError:
        return False
    if sys.platform == "win32":
        return stat.S_ISDIR(state.st_mode)
    return (
        stat.S_ISDIR(state.st_mode)
        and state.st_uid == os.getuid()
        and not state.st_mode & 0o022
        and os.access(folder, os.W_OK)
    )


def _key() -> str:
    """Tells apart users, settings, and screens: a window elsewhere is of no use here."""
    user = os.environ.get("USERNAME", "") if sys.platform == "win32" else str(os.getuid())
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    words = "\0".join((user, str(config_dir()), screen))
    return hashlib.sha256(words.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _is_answered(socket: QLocalSocket, deadline: QDeadlineTimer) -> bool:
    received = b""
    while not received.endswith(b"\n"):
        if not socket.waitForReadyRead(max(0, deadline.remainingTime())):
            return False
        received += bytes(socket.readAll())
    return received == _ANSWER


def _let_it_come_to_the_front() -> None:
    """Windows lets only the program in front bring another one there, or allow that."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # any process
