"""The line that says how far the demo is made."""

import io
import sys

import pytest

from fantasy_tui.demo import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def a_terminal(
    monkeypatch: pytest.MonkeyPatch, *, term: str = "xterm-256color", columns: int = 80
) -> Terminal:
    """Stderr from now on; in a fixture pytest would put its own back."""
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLUMNS", str(columns))
    return stderr


def screen(terminal: Terminal) -> list[str]:
    """What stood on the line one after the other."""
    return terminal.getvalue().split("\r\x1b[K")[1:]


def test_the_line_is_redrawn_and_gone_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    with progress.line() as told:
        told(0, 4, "the season so far")
        told(2, 4, "week 6")
    first, then, last = screen(terminal)
    assert first == "Making the demo's leagues, once [................] the season so far"
    assert then == "Making the demo's leagues, once [########........] week 6"
    assert last == ""


def test_it_is_gone_after_an_error_too(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)

    def fail() -> None:
        with progress.line() as told:
            told(1, 4, "week 5")
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        fail()
    assert [bool(text) for text in screen(terminal)] == [True, False]


def test_a_narrow_terminal_cuts_it_with_an_ellipsis(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch, columns=30)
    with progress.line() as told:
        told(1, 4, "week 5")
    assert screen(terminal)[0] == "Making the demo's leagues, o…"


def test_a_terminal_without_redrawing_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch, term="dumb")
    with progress.line() as told:
        told(1, 4, "week 5")
    assert terminal.getvalue() == "Making the demo's leagues, once. It takes some seconds.\n"


def test_a_file_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stderr)
    with progress.line() as told:
        told(1, 4, "week 5")
    assert stderr.getvalue() == ""
