"""What all tests share: a private home for settings, and the clips beside the project."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def pytest_configure(config: pytest.Config) -> None:
    """Keep the tests away from the user's settings and caches, before any module looks for them."""
    # Networks of tests are small: two threads that wait for each other on a busy machine took five
    # times as long as one.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    home = tempfile.TemporaryDirectory(prefix="mien-tests-", ignore_cleanup_errors=True)
    config.add_cleanup(home.cleanup)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        os.environ[name] = str(Path(home.name, name.lower()))


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """Folder with real clips and data (media/, data/, models/); the test is skipped without it."""
    folder = Path(os.environ.get("MIEN_SHARED", ROOT.parent / "shared"))
    if not (folder / "media").is_dir():
        pytest.skip(f"no real clips in {folder}")
    return folder
