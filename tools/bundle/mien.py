"""The window, as the bundle starts it."""

import sys

from app.__main__ import main

sys.exit(main())
