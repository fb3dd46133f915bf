"""How long the computer itself holds a process up, beside a heartbeat on the GUI thread.

A process that only sleeps for a millisecond at a time wakes up late when other processes have the
cores, or when the host of a virtual machine has them. What happens to it is no fault of the window.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time


class Machine:
    """A process that sleeps and notes how much too long, from :meth:`begin` to :meth:`end`."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def begin(self) -> None:
        """Listen from now on."""
        assert self._process.stdin is not None
        self._process.stdin.write("begin\n")
        self._process.stdin.flush()

    def end(self) -> dict[str, float]:
        """Stop listening; return the figures that are put beside the window's own."""
        printed, _ = self._process.communicate(timeout=30)
        late = [float(line) for line in printed.split()]
        return {
            "machine_longest_block_ms": max(late, default=0.0),
            "machine_blocks_over_16_ms": sum(one > 16.0 for one in late),
        }


def listen() -> list[float]:
    """Return by how many milliseconds each sleep was too long, until the input ends."""
    sys.stdin.readline()
    ended = threading.Event()

    def wait_for_end() -> None:
        sys.stdin.read()
        ended.set()

    threading.Thread(target=wait_for_end, daemon=True).start()
    late, last = [], time.perf_counter()
    while not ended.is_set():
        time.sleep(0.001)
        now = time.perf_counter()
        late.append((now - last) * 1000.0 - 1.0)
        last = now
    return late


if __name__ == "__main__":
    print("\n".join(f"{late:.1f}" for late in listen()))
