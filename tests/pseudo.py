"""A program in a pseudo-terminal: what it writes is kept, and so is the state in which it leaves the terminal."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Self

_ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_][^\x1b]*\x1b\\|[ -/]*[0-~])"
)
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_AS_FOUND = {"1049": False, "25": True, "7": True}
"""The modes of a terminal that nobody has touched; those that are not named are off."""
PATIENCE = 60.0


class Pseudo:
    """One run of a program as the leader of a session of its own; leaving the context kills what still runs."""

    def __init__(
        self,
        arguments: Sequence[str],
        environment: Mapping[str, str],
        folder: Path,
        size: tuple[int, int] = (80, 24),
    ) -> None:
        self.written = b""
        self.code: int | None = None
        self.pid, self._screen = pty.fork()
        if self.pid == 0:
            try:
                columns, lines = size
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
                os.chdir(folder)
                os.execvpe(arguments[0], list(arguments), dict(environment))
            finally:
                os._exit(127)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._screen)

    @property
    def text(self) -> str:
        """What was written, without escape sequences."""
        return _ESCAPES.sub(b"", self.written).decode(errors="replace")

    @property
    def colours(self) -> set[str]:
        """The parameters of every SGR sequence that sets a colour, the default ones left out."""
        found = set()
        for parameters in re.findall(rb"\x1b\[([\d;:]*)m", self.written):
            numbers = [int(number) for number in re.split(rb"[;:]", parameters) if number]
            if any(30 <= number <= 38 or 40 <= number <= 48 or 90 <= number <= 107 for number in numbers):
                found.add(parameters.decode())
        return found

    @property
    def changed_modes(self) -> set[str]:
        """What the terminal is left with: modes that are not as they were found, and its line discipline."""
        modes: dict[str, bool] = {}
        for numbers, state in _MODE.findall(self.written):
            modes |= dict.fromkeys(numbers.decode().split(";"), state == b"h")
        changed = {number for number, on in modes.items() if on != _AS_FOUND.get(number, False)}
        if self.written.count(b"\x1b[>") != self.written.count(b"\x1b[<u"):
            changed.add("keyboard protocol")
        flags = termios.tcgetattr(self._screen)[3]
        return changed | {
            name
            for name, flag in (("echo", termios.ECHO), ("lines", termios.ICANON), ("signals", termios.ISIG))
            if not flags & flag
        }

    def send(self, keys: str | bytes) -> None:
        """Type."""
        os.write(self._screen, keys.encode() if isinstance(keys, str) else keys)

    def forget(self) -> None:
        """What was written so far no longer counts."""
        self.written = b""

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def wait_for(self, text: str, patience: float = PATIENCE) -> None:
        """Wait until the text has been written; raises TimeoutError."""
        last = monotonic() + patience
        while text not in self.text:
            if monotonic() > last or not self.read(last - monotonic()):
                raise TimeoutError(f"{text!r} was not written; at the end: {self.text[-600:]!r}")

    def read(self, patience: float) -> bool:
        """Read what comes next; false where nothing comes in time, or nothing more."""
        if not select.select([self._screen], [], [], max(patience, 0))[0]:
            return False
        try:
            found = os.read(self._screen, 1 << 16)
        except OSError:  # Linux tells the end of the program so
            return False
        self.written += found
        return bool(found)

    def settle(self, quiet: float = 0.4, patience: float = 10.0) -> None:
        """Read until nothing has been written for so many seconds."""
        last = monotonic() + patience
        while monotonic() < last and self.read(quiet):
            continue

    def end(self, patience: float = PATIENCE) -> int:
        """Wait for the end; its exit code, negative for a signal. Raises TimeoutError."""
        self._wait(0, patience)
        while self.read(0.05):
            continue
        assert self.code is not None
        return self.code

    def stopped(self, patience: float = PATIENCE) -> bool:
        """Wait until the program has stopped itself; false when it has ended instead."""
        return os.WIFSTOPPED(self._wait(os.WUNTRACED, patience))

    def hang_up(self) -> None:
        """Close the terminal."""
        os.close(self._screen)
        self._screen = os.open(os.devnull, os.O_RDONLY)

    def _wait(self, options: int, patience: float) -> int:
        last = monotonic() + patience
        while monotonic() < last:
            self.read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG | options)
            if pid:
                if not os.WIFSTOPPED(status):
                    self.code = os.waitstatus_to_exitcode(status)
                return status
        raise TimeoutError(f"it still runs; at the end: {self.text[-600:]!r}")


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """A plain environment whose folders lie in `folder`."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "VIRTUAL_ENV") if name in os.environ}
    return {
        **kept,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_STATE_HOME": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        **settings,
    }


APP = (sys.executable, "-m", "fantasy_tui")
