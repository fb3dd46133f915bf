"""Starting the whole program as a process of its own, and hearing what its window says."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 100.0  # a start is a second of work, and many on a busy machine

# Runs app.__main__.main(); before its event loop starts, ``prepare`` is run, and from then on
# every sentence above the tabs is told on stdout.
_DRIVER = """
import json, sys
import app.__main__ as program
from PyQt5.QtCore import QTimer
from PyQt5.QtWidgets import QApplication

def tell(**facts):
    print(json.dumps(facts), flush=True)

{early}
run = QApplication.exec_

def exec_(*_args):
    window = next(w for w in QApplication.topLevelWidgets() if type(w).__name__ == "MainWindow")
    from ui.widgets.notice_bar import NoticeBar
    add = NoticeBar.add
    for sentence in window.notice_bar.sentences():
        tell(notice=sentence)

    def told(self, sentence, action_text="", action=None):
        add(self, sentence, action_text, action)
        tell(notice=sentence, action=action_text)

    NoticeBar.add = told
{prepare}
    QTimer.singleShot(0, lambda: tell(ready=True, shown=window.isVisible()))
    return run()

QApplication.exec_ = exec_
sys.exit(program.main(sys.argv[1:]))
"""


class Started:
    """A running program."""

    def __init__(
        self,
        home: Path,
        args: Sequence[str] = (),
        *,
        prepare: str = "",
        early: str = "",
        root: Path = ROOT,
        before: Sequence[str] = (),
        env: dict[str, str] | None = None,
    ) -> None:
        inner = "\n".join(f"    {line}" for line in prepare.splitlines())
        code = _DRIVER.format(early=early, prepare=inner)
        self.process = subprocess.Popen(
            [*before, sys.executable, "-c", code, "--language", "en", *args],
            cwd=root,
            env={
                **os.environ,
                "PYTHONPATH": str(root),
                "PYTHONDONTWRITEBYTECODE": "1",
                "QT_QPA_PLATFORM": "offscreen",
                "MIEN_HOME": str(home),
                **(env or {}),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._rest = b""

    def hear(self, key: str, patience_s: float = PATIENCE_S) -> Any:
        """Wait for a fact with ``key``; return its value."""
        return self.hear_fact(key, patience_s)[key]

    def hear_fact(self, key: str, patience_s: float = PATIENCE_S) -> dict[str, Any]:
        """Wait for a fact with ``key``; return all of it."""
        stream = self.process.stdout
        assert stream is not None
        end = time.monotonic() + patience_s
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while True:
                while b"\n" in self._rest:
                    line, _, self._rest = self._rest.partition(b"\n")
                    fact: dict[str, Any] = json.loads(line)
                    if key in fact:
                        return fact
                if not selector.select(max(0.0, end - time.monotonic())):
                    raise AssertionError(f"no {key} within {patience_s} s")
                received = os.read(stream.fileno(), 65536)
                if not received:
                    raise AssertionError(f"no {key}: it ended\n{self.errors()}")
                self._rest += received

    def kill(self) -> None:
        """End it as the system does when memory runs out."""
        self.process.kill()
        self.process.wait(PATIENCE_S)

    def end(self, number: signal.Signals | None = signal.SIGTERM) -> int:
        """Ask it to end; return its exit status."""
        if number is not None:
            self.process.send_signal(number)
        return self.process.wait(PATIENCE_S)

    def errors(self) -> str:
        """What it wrote to stderr; only when it has ended."""
        assert self.process.stderr is not None
        return self.process.stderr.read().decode(errors="replace")

    def close(self) -> None:
        """End it by force if a test left it running."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.kill()
        for stream in (self.process.stdout, self.process.stderr):
            if stream is not None:
                stream.close()
