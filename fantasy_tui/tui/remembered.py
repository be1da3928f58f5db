"""What the app remembers from one start to the next that is no setting: the theme chosen last, the tour taken."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import msgspec

from fantasy_tui.folders import state_folder
from fantasy_tui.tui.lastseen import write_private

log = logging.getLogger(__name__)


class Remembered(msgspec.Struct, frozen=True):
    """Kept in one small file of the state folder; what is not known there is as at the first start."""

    theme: str | None = None
    toured: bool = False
    """True once the tour was shown."""


def memory_file() -> Path:
    """The file; it need not exist."""
    return state_folder() / "remembered.json"


def remembered() -> Remembered:
    """What is remembered; nothing where the file cannot be read."""
    try:
        return msgspec.json.decode(memory_file().read_bytes(), type=Remembered)
    except FileNotFoundError:
        return Remembered()
    except (OSError, msgspec.DecodeError) as error:
        log.info("what is remembered cannot be read: %s", error)
        return Remembered()


def remember(**changes: Any) -> None:
    """Remember this too; a disk that is full makes the next start forget it, and nothing else."""
    try:
        write_private(memory_file(), msgspec.json.encode(msgspec.structs.replace(remembered(), **changes)))
    except OSError as error:
        log.info("cannot be remembered: %s", error)
