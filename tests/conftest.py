"""Fixtures that every test may ask for."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def recordings() -> Path:
    """Folder of recorded Sleeper seasons; the test skips where there is none."""
    folder = Path(os.environ.get("FANTASY_RECORDINGS", CHECKOUT.parent / "shared" / "sleeper"))
    if not (folder / "replay.py").is_file():
        pytest.skip(f"no recorded leagues at {folder} (set FANTASY_RECORDINGS)")
    return folder
