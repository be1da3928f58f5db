"""What all workers of a test run share is made by the first that asks; the others wait for it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from tests.postgres import locked


def once(made: Path, make: Callable[[Path], object]) -> Path:
    """The file or folder, made unless it is there; it appears whole or not at all.

    Where nothing is written, an empty file says that it was made.
    """
    with locked(made.with_suffix(".lock")):
        if not made.exists():
            half = made.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            half.unlink(missing_ok=True)
            make(half)
            half.touch()
            half.rename(made)
    return made
