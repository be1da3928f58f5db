"""What a check has found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fantasy_tui.failures import ELSE, OK

State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check and how it ended."""

    check: str
    state: State
    message: str
    remedy: str = ""
    """How to mend it, in a sentence; empty where the message says so, or nothing is to be mended."""
    code: int = OK
    """The exit code that a fault asks for."""


def ok(check: str, message: str) -> Finding:
    """All is well, or so by choice."""
    return Finding(check, "ok", message)


def warning(check: str, message: str, remedy: str = "") -> Finding:
    """The app works, but less well than it could."""
    return Finding(check, "warning", message, remedy)


def fault(check: str, message: str, remedy: str = "", code: int = ELSE) -> Finding:
    """The app, or part of it, does not work."""
    return Finding(check, "fault", message, remedy, code)
