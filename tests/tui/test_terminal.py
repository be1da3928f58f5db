"""The app in a real pseudo-terminal: how it is given back, what it is not ended by, and colour where none is wished."""

import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui import __main__ as entry
from fantasy_tui.demo.leagues import USERNAME
from fantasy_tui.demo.teams import NOW
from fantasy_tui.tui.terminal import Decoder
from tests.pseudo import APP, Pseudo, environment

Start = Callable[..., Pseudo]
FIRST = "Start "
"""How the first decision that the queue shows begins."""


@pytest.fixture
def start(demo_sqlite: str, tmp_path: Path) -> Iterator[Start]:
    """Start the app on the demo's store."""
    running: list[Pseudo] = []
    toured = tmp_path / "fantasy-tui" / "remembered.json"
    toured.parent.mkdir()
    toured.write_text('{"toured": true}')

    def begin(
        *arguments: str, program: tuple[str, ...] = APP, size: tuple[int, int] = (80, 24), **more: str
    ) -> Pseudo:
        settings = {
            "FANTASY_DATABASE_URL": demo_sqlite,
            "FANTASY_NOW": NOW.isoformat(),
            "FANTASY_OFFLINE": "1",
            "FANTASY_USERNAME": USERNAME,
        }
        one = Pseudo((*program, *arguments), environment(tmp_path, **settings | more), tmp_path, size)
        running.append(one)
        return one

    yield begin
    for one in running:
        one.__exit__()


def test_the_first_start_shows_the_tour_and_the_second_does_not(start: Start, tmp_path: Path) -> None:
    (tmp_path / "fantasy-tui" / "remembered.json").unlink()
    app = start()
    app.wait_for("1 of 5")
    app.send("q")
    app.settle()
    app.send("q")
    assert app.end() == 0
    app = start()
    app.wait_for(FIRST)
    app.settle(1.0)
    assert "1 of 5" not in app.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_deadly_signal_gives_the_terminal_back(start: Start, number: signal.Signals) -> None:
    app = start()
    app.wait_for(FIRST)
    assert "1049" in app.changed_modes
    app.signal(number)
    assert app.end() == 128 + number
    assert app.changed_modes == set()
    assert "Traceback" not in app.text


def test_a_signal_while_the_screen_is_taken_waits_until_it_can_be_given_back(start: Start) -> None:
    app = start()
    while b"\x1b[?1049h" not in app.written:
        assert app.read(60)
    app.signal(signal.SIGTERM)
    assert app.end() == 128 + signal.SIGTERM
    assert app.changed_modes == set()


def test_a_second_signal_ends_what_does_not_end_by_itself(start: Start, tmp_path: Path) -> None:
    stuck = tmp_path / "stuck.py"
    stuck.write_text(
        "import asyncio, sys\n"
        "from fantasy_tui.tui import app, terminal\n"
        "async def unmount(self): await asyncio.sleep(600)\n"
        "app.FantasyApp.on_unmount, terminal._PATIENCE = unmount, 0.1\n"
        "from fantasy_tui.__main__ import main\n"
        "sys.exit(main([]))\n"
    )
    app = start(program=(sys.executable, str(stuck)))
    app.wait_for(FIRST)
    app.signal(signal.SIGTERM)
    app.settle(1.0)
    assert app.changed_modes == set()
    app.signal(signal.SIGTERM)
    assert app.end() == -signal.SIGTERM


def test_a_terminal_that_goes_away_ends_the_app(start: Start) -> None:
    app = start()
    app.wait_for(FIRST)
    app.settle()
    app.hang_up()
    assert app.end() == 128 + signal.SIGHUP


def test_a_crash_gives_the_terminal_back_and_says_one_sentence(start: Start, tmp_path: Path) -> None:
    crash = tmp_path / "crash.py"
    crash.write_text(
        "import sys\n"
        "from fantasy_tui.tui import app\n"
        "def fall(self): raise ValueError('deep inside')\n"
        "app.FantasyApp.action_refresh = fall\n"
        "from fantasy_tui.__main__ import main\n"
        "sys.exit(main([]))\n"
    )
    app = start(program=(sys.executable, str(crash)))
    app.wait_for(FIRST)
    app.settle()
    app.forget()
    app.send("r")
    assert app.end() == 1
    assert app.changed_modes <= {"keyboard protocol"}, "what was switched on before is not seen"
    assert app.text.count("Something unexpected happened (ValueError); the details are in ") == 1
    assert "deep inside" not in app.text
    assert "deep inside" in (tmp_path / "fantasy-tui" / "fantasy-tui.log").read_text()


@pytest.mark.parametrize("how", ["signal", "key"])
def test_it_can_be_stopped_and_comes_back_whole(start: Start, how: str) -> None:
    app = start()
    app.wait_for(FIRST)
    app.settle()
    if how == "signal":
        app.signal(signal.SIGTSTP)
    else:
        app.send("\x1a")
    assert app.stopped()
    assert app.changed_modes == set()
    app.forget()
    app.signal(signal.SIGCONT)
    app.wait_for(FIRST)
    assert "1049" in app.changed_modes
    app.send("q")
    assert app.end() == 0


def test_mouse_reports_of_an_attached_tmux_do_no_harm(start: Start) -> None:
    app = start(size=(200, 40))
    app.wait_for(FIRST)
    app.settle()
    app.forget()
    # Column 65 is the letter a, which approves; 96 and more are no UTF-8; a report may come in two parts.
    for column in (65, 96, 180, 223):
        app.send(b"\x1b[M#" + bytes([32 + column, 32 + 20]))
    app.send(b"\x1b[M")
    app.settle()
    app.send(bytes([35, 32 + 65, 32 + 65]))
    app.settle()
    assert b"\x1b[?1006h" in app.written, "it asks for reports of the newer kind again"
    assert "Approved" not in app.text
    app.send("?")
    app.wait_for("Everywhere")
    app.send("\x11")
    assert app.end() == 0


def test_no_color_is_without_colour_on_every_screen(start: Start) -> None:
    app = start(NO_COLOR="1", FANTASY_THEME="nord", TEXTUAL_THEME="dracula")
    app.wait_for(FIRST)
    for keys in ("j", " ", "x", "\x1b", "?", "\x1b", "2", "3", "5fen", "\x1b", "8", "9", "0", ",", "1", ":"):
        app.send(keys)
        app.settle(0.3)
    app.send("\x11")
    assert app.end() == 0
    assert app.colours == set()
    # The cursor's row and the keys of the footer are told apart by other means.
    assert b"\x1b[1;7;39;49m" in app.written
    assert b"\x1b[1;39;49m" in app.written


def test_an_empty_no_color_means_nothing(start: Start) -> None:
    app = start(NO_COLOR="")
    app.wait_for(FIRST)
    app.settle()
    assert any(parameters.startswith("38;2;") for parameters in app.colours)


@pytest.mark.parametrize("term", ["xterm", "linux", "screen"])
def test_a_terminal_of_sixteen_colours_gets_its_own(start: Start, term: str) -> None:
    app = start(TERM=term, COLORTERM="")
    app.wait_for(FIRST)
    app.settle()
    numbers = {int(number) for parameters in app.colours for number in parameters.split(";")}
    assert numbers & {*range(30, 38)}
    assert not numbers & {38, 48}
    # No ground is painted: black letters on the terminal's black would not be seen.
    assert not numbers & {*range(40, 48), *range(100, 108)}
    assert b"\x1b[1;7;39;49m" in app.written


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_dumb_terminal_is_shown_the_way(start: Start, term: str) -> None:
    app = start(TERM=term)
    assert app.end() == entry.USAGE
    assert "\x1b" not in app.written.decode()
    assert app.text.strip() == entry.NEEDS_SCREENS.format(term)


@pytest.mark.parametrize("redirect", ["</dev/null", ">/dev/null", "2>/dev/null", "|cat"])
def test_no_terminal_is_refused_in_one_sentence(start: Start, redirect: str) -> None:
    app = start("-c", f'set -o pipefail; "{sys.executable}" -m fantasy_tui {redirect}', program=("bash",))
    assert app.end() == entry.USAGE
    assert app.text.strip().splitlines() == [entry.NEEDS_TERMINAL]
    assert b"\x1b" not in app.written


@given(
    st.lists(st.sampled_from([b"\x1b[M#\x81\x30", b"\x1b[Maaa", "aé🏈".encode(), b"\x1b[A", b"\x1b"])),
    st.integers(1, 7),
)
def test_the_decoder_gives_the_same_however_the_bytes_are_cut(parts: list[bytes], size: int) -> None:
    data, asked = b"".join(parts), []
    whole = Decoder(lambda: asked.append("whole")).decode(data, True)
    one = Decoder(lambda: asked.append("cut"))
    cut = "".join(one.decode(data[n : n + size], n + size >= len(data)) for n in range(0, len(data), size))
    assert cut == whole
    assert asked.count("whole") == asked.count("cut")
    wanted = b"".join(b"\x1b[M!!!" if part[:3] == b"\x1b[M" else part for part in parts)
    # A lone escape before a report begins nothing: what follows it is a report all the same.
    assert whole == wanted.decode()


def test_other_bytes_that_are_no_utf_8_are_marked(tmp_path: Path) -> None:
    assert Decoder(lambda: None).decode(b"\xff\xfea", True) == "\ufffd\ufffda"
