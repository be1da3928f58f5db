"""A program in a pseudo-terminal of 120 by 40: what it paints is read, nothing it asks is answered."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Mapping
from pathlib import Path
from time import monotonic, perf_counter
from typing import Self

SIZE = (40, 120)
_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_][^\x1b]*\x1b\\|[ -/]*[0-~])"
)


class Terminal:
    """One run of a program; leaving the context ends it."""

    def __init__(self, arguments: list[str], folder: Path, environment: Mapping[str, str]) -> None:
        self._painted = b""
        self.started = self.last_painted = perf_counter()
        pid, self._screen = pty.fork()
        if pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", *SIZE, 0, 0))
                os.chdir(folder)
                os.execvpe(arguments[0], arguments, dict(environment))
            finally:
                os._exit(127)
        self._pid = pid

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Ask the program to quit; kill it when it does not."""
        patience = monotonic() + 5
        self.send("\x11")
        while monotonic() < patience:
            self._read(0.02)
            if os.waitpid(self._pid, os.WNOHANG)[0]:
                break
        else:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)
        os.close(self._screen)

    def send(self, keys: str) -> float:
        """Type; returns the instant before."""
        self._painted = b""
        now = perf_counter()
        os.write(self._screen, keys.encode())
        return now

    def wait_for(self, text: str, patience: float = 30.0) -> float:
        """The instant at which the text had been painted since the last key; raises TimeoutError."""
        last = monotonic() + patience
        wanted = text.encode()
        while monotonic() < last:
            if wanted in _ESCAPES.sub(b"", self._painted):
                return perf_counter()
            if not self._read(last - monotonic()):
                break
        shown = _ESCAPES.sub(b"", self._painted).decode(errors="replace")
        raise TimeoutError(f"{text!r} did not appear; painted last: {shown[-400:]!r}")

    def last_byte(self, quiet: float = 0.06, patience: float = 5.0) -> float:
        """The instant of the last byte before so many seconds without one; raises TimeoutError where there is none."""
        before = self.last_painted
        last = monotonic() + patience
        while monotonic() < last and self._read(quiet if self.last_painted > before else patience):
            continue
        if self.last_painted == before:
            raise TimeoutError("nothing was painted")
        return self.last_painted

    def drain(self, quiet: float = 0.05, patience: float = 2.0) -> None:
        """Read until nothing has been painted for so many seconds, or patience ends: cursors blink."""
        last = monotonic() + patience
        while monotonic() < last and self._read(quiet):
            continue

    def _read(self, patience: float) -> bool:
        if not select.select([self._screen], [], [], max(patience, 0))[0]:
            return False
        try:
            found = os.read(self._screen, 1 << 16)
        except OSError:  # Linux tells the end of the program so
            return False
        self._painted += found
        self.last_painted = perf_counter()
        return bool(found)


def python(*arguments: str) -> list[str]:
    """How to start this Python."""
    return [sys.executable, *arguments]


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """A plain environment whose folders of settings and state lie in `folder`, the tour taken."""
    state = folder / "state" / "fantasy-tui"
    state.mkdir(parents=True, exist_ok=True)
    (state / "remembered.json").write_text('{"toured": true}', "utf-8")
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return {
        **kept,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_STATE_HOME": str(folder / "state"),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        **settings,
    }
