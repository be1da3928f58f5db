"""Writes the README's film: the demo in a terminal of 90x26, driven by keys, as an asciinema cast.

Run by `make film`; played by `asciinema play docs/film.cast`. Format: asciicast v2, a header and an event a line.
"""

import codecs
import fcntl
import json
import os
import pty
import select
import struct
import sys
import tempfile
import termios
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

WIDTH, HEIGHT = 90, 26
START = 5.0
"""Seconds until the queue is read."""
SCRIPT: tuple[tuple[str, float], ...] = (
    ("j", 0.6),
    ("k", 0.8),
    ("a", 1.6),
    ("a", 1.6),
    ("u", 2.0),
    ("e", 2.5),
    ("h", 0.8),
    ("\r", 2.5),
    ("h", 0.8),
    ("4", 3.0),
    ("2", 2.0),
    ("\r", 3.5),
    ("h", 0.8),
    ("7", 3.5),
    ("5", 1.5),
    *((letter, 0.25) for letter in "fenn"),
    ("\r", 3.0),
    ("\x11", 1.0),
)
"""Keys, and how long each is looked at, in seconds."""


def film(command: list[str]) -> Iterator[tuple[float, str]]:
    """Run it by the script; what it writes, with the seconds since the start."""
    child, terminal = pty.fork()
    if child == 0:
        os.execv(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
    began, decoder = monotonic(), codecs.getincrementaldecoder("utf-8")("replace")
    for key, looked_at in (("", START), *SCRIPT):
        os.write(terminal, key.encode())
        until = monotonic() + looked_at
        while (left := until - monotonic()) > 0:
            if select.select([terminal], [], [], left)[0]:
                try:
                    yield monotonic() - began, decoder.decode(os.read(terminal, 65536))
                except OSError:  # the program has ended
                    os.waitpid(child, 0)
                    return


def main() -> None:
    """Build a demo of its own, away from the user's files, and film it."""
    with tempfile.TemporaryDirectory() as own:
        os.environ |= {f"XDG_{kind}_HOME": own for kind in ("CONFIG", "DATA", "STATE")}
        os.environ.pop("COLORTERM", None)
        os.environ |= {"TZ": "UTC", "TERM": "xterm-256color", "TEXTUAL_FPS": "12"}
        from fantasy_tui.demo.launch import demo_file
        from fantasy_tui.tui.remembered import remember

        demo_file()
        remember(toured=True)
        program = str(Path(sys.executable).with_name("fantasy-tui"))
        events = list(film([program, "demo"]))
    header = {"version": 2, "width": WIDTH, "height": HEIGHT, "title": "fantasy-tui"}
    lines = [header, *([round(at, 3), "o", text] for at, text in events)]
    cast = Path(__file__).parent / "film.cast"
    cast.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
