"""The queue as it was last painted, kept in a small file so that the next start can show it at once."""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from fantasy_tui import __version__
from fantasy_tui.folders import config_file, state_folder
from fantasy_tui.review.item import QueueItem
from fantasy_tui.tui.widgets.status import Waiting

try:
    # `hashlib` loads OpenSSL, which start-up would wait for; this is what it uses without.
    from _blake2 import blake2b
except ImportError:
    from hashlib import blake2b

log = logging.getLogger(__name__)

MOST = 60
"""Decisions that are kept: as many as a tall screen shows; the store brings the others a moment later."""


class LastSeen(msgspec.Struct, frozen=True):
    """What the queue's screen showed when it was last painted from the store."""

    user: str
    synced_at: datetime | None
    starts_at: datetime | None
    """Where the clock started; none for the real time."""
    theme: str | None
    waiting: Waiting
    items: list[QueueItem]


def cache_file(overrides: Mapping[str, Any]) -> Path:
    """The file for these settings: whatever could lead to another store or user leads to another file."""
    digest = blake2b(repr((__version__, os.getcwd(), sorted(overrides.items()))).encode(), digest_size=8)
    for name in sorted(os.environ):
        if name.upper().startswith("FANTASY_"):
            digest.update(f"{name}={os.environ[name]}\n".encode())
    for file in (Path(".env"), config_file()):
        try:
            digest.update(file.read_bytes())
        except OSError:
            continue  # not there, or not readable: the settings' own reader says so
    return state_folder() / f"queue-{digest.hexdigest()}.json"


def recall(file: Path) -> LastSeen | None:
    """What was kept; none where nothing is, or nothing that this version understands."""
    try:
        return msgspec.json.decode(file.read_bytes(), type=LastSeen)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.DecodeError) as error:
        log.info("the queue last seen cannot be read: %s", error)
        return None


def keep(file: Path, seen: LastSeen) -> None:
    """Keep it; a disk that is full costs the next start some time and nothing else."""
    try:
        write_private(file, msgspec.json.encode(seen))
    except OSError as error:
        log.info("the queue cannot be kept for the next start: %s", error)


def write_private(file: Path, content: bytes) -> None:
    """Write a file for its owner alone, whole or not at all; raises OSError."""
    half = file.with_suffix(f".{os.getpid()}")
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with open(descriptor, "wb") as out:
        out.write(content)
    half.replace(file)
