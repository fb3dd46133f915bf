"""``python -m trainer``, as the bundle starts it."""

import multiprocessing
import sys

from trainer.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    sys.exit(main())
