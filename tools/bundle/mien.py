"""What the bundle runs, under each of its names.

``Mien`` is the window, ``Mien train ...`` and ``mien-cli train ...`` are ``python -m trainer``.
"""

import multiprocessing
import sys
from pathlib import Path

import bundle_start

from trainer.cli import COMMANDS

if __name__ == "__main__":
    multiprocessing.freeze_support()
    command = bundle_start.is_command(Path(sys.argv[0]).stem, sys.argv[1:], COMMANDS)
    bundle_start.begin(window=not command)
    if command:
        from trainer.cli import main
    else:
        from app.__main__ import main
    sys.exit(main())
