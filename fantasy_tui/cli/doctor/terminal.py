"""The terminal: whether it can show the screens, in which colours, and what tmux and SSH make of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping

from fantasy_tui.cli.doctor.finding import Finding, fault, ok, warning

LEAST = (80, 24)
"""Columns and lines that the screens are made for."""
SLOW_ESCAPE = 100
"""Milliseconds that tmux may hold the escape key back before one notices."""
_PATIENCE = 2.0


def findings() -> Iterator[Finding]:
    """Everything about this terminal."""
    environ = os.environ
    yield kind(environ, all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)))
    yield size(shutil.get_terminal_size(LEAST))
    yield colours(environ)
    yield letters(sys.stdout.encoding if sys.stdout is not None else None)
    if environ.get("TMUX"):
        yield from tmux(_option)
    if environ.get("SSH_CONNECTION") or environ.get("SSH_TTY"):
        yield ok("ssh", "Over SSH: copying and notifications depend on the terminal at your end.")


def kind(environ: Mapping[str, str], on_a_terminal: bool) -> Finding:
    """Whether there is one, and whether it can show screens."""
    term = environ.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        return fault(
            "terminal",
            f"TERM is “{term}”, which shows no screens.",
            "`fantasy-tui --plain` needs none; else set TERM to what your terminal is, such as xterm-256color.",
        )
    if not on_a_terminal:
        return ok(
            "terminal", f"{term}; this input or output goes elsewhere, and the app itself needs a terminal."
        )
    return ok("terminal", f"{term}{_program(environ)}.")


def _program(environ: Mapping[str, str]) -> str:
    program = environ.get("TERM_PROGRAM")
    return f" in {program}" if program else ""


def size(found: tuple[int, int]) -> Finding:
    """Whether everything finds room."""
    columns, lines = found
    if columns < LEAST[0] or lines < LEAST[1]:
        return warning(
            "size",
            f"{columns} columns, {lines} lines.",
            f"The screens are made for {LEAST[0]} by {LEAST[1]} and more: make the window larger.",
        )
    return ok("size", f"{columns} columns, {lines} lines.")


def colours(environ: Mapping[str, str]) -> Finding:
    """How many there are, as the app finds out."""
    from rich.console import Console

    if environ.get("NO_COLOR"):
        return ok("colours", "None: NO_COLOR is set.")
    asked = {name: value for name, value in environ.items() if name != "NO_COLOR"}
    found = Console(_environ=asked, force_terminal=True).color_system
    term = environ.get("COLORTERM") or "not set"
    match found:
        case "truecolor":
            return ok("colours", f"16 million (COLORTERM is {term}).")
        case "256":
            return ok("colours", f"256 (COLORTERM is {term}).")
    return warning(
        "colours",
        f"16 (COLORTERM is {term}, TERM is {environ.get('TERM', '')}), so the theme for few colours is shown.",
        "If your terminal has more, set COLORTERM=truecolor; ssh does not pass it on by itself.",
    )


def letters(encoding: str | None) -> Finding:
    """Whether names and marks arrive as they are."""
    if (encoding or "").lower().replace("-", "") == "utf8":
        return ok("letters", "UTF-8.")
    return fault(
        "letters", f"{encoding or 'unknown'}, not UTF-8.", "Set LANG to a UTF-8 locale, such as C.UTF-8."
    )


def tmux(option: Callable[[str], str | None]) -> Iterator[Finding]:
    """The options of tmux that the app depends on; `option` gives a value, none where tmux does not answer."""
    held = option("escape-time")
    if held is None:
        yield warning("tmux", "It does not tell its options.", "Is the tmux command in PATH?")
        return
    if held.isdecimal() and int(held) > SLOW_ESCAPE:
        yield warning(
            "tmux",
            f"It holds the escape key back for {held} ms.",
            "Put `set -s escape-time 10` into ~/.tmux.conf.",
        )
    else:
        yield ok("tmux", f"The escape key comes through within {held} ms.")
    clipboard = option("set-clipboard")
    if clipboard != "on":  # "external" is for tmux's own copying: what programs send is dropped
        yield warning(
            "tmux clipboard",
            f"What you copy here does not leave tmux (set-clipboard is {clipboard}).",
            "Put `set -s set-clipboard on` into ~/.tmux.conf.",
        )
    else:
        yield ok("tmux clipboard", "What you copy goes to your terminal.")
    term = option("default-terminal") or ""
    if "256color" not in term and "direct" not in term:
        yield warning(
            "tmux colours",
            f"Programs in it see TERM={term}, of 8 colours.",
            'Put `set -g default-terminal "tmux-256color"` into ~/.tmux.conf.',
        )
    else:
        yield ok("tmux colours", f"Programs in it see TERM={term}.")


def _option(name: str) -> str | None:
    try:
        asked = subprocess.run(
            ["tmux", "show-options", "-sv", name],
            capture_output=True,
            text=True,
            timeout=_PATIENCE,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip()
