"""What the app owes its terminal: no byte of it ends the app, and it is given back as it was found."""

from __future__ import annotations

import asyncio
import signal
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.driver import Driver

DEADLY = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PATIENCE = 3.0
"""Seconds for leaving in good order; after that the next deadly signal is deadly."""
_OLD_REPORT = b"\x1b[M"
_BYTES_OF_A_REPORT = 3
_HARMLESS = ord("!")
_AGAIN = 1.0
"""Seconds between two requests for new mouse reports: a terminal that knows old ones alone is left in peace."""


@contextmanager
def held_back() -> Iterator[None]:
    """Let deadly signals wait until `heed` can leave in good order: half-way into its modes nobody could."""
    signal.pthread_sigmask(signal.SIG_BLOCK, DEADLY)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, DEADLY)


def heed(app: App[Any]) -> None:
    """From now on a deadly signal ends the app with 128 plus its number, and waking up paints everything."""
    loop = asyncio.get_running_loop()

    def leave(number: int) -> None:
        app.exit(None, 128 + number)
        for one in DEADLY:
            loop.call_later(_PATIENCE, loop.remove_signal_handler, one)

    for number in DEADLY:
        loop.add_signal_handler(number, leave, number)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, DEADLY)
    # The terminal comes back empty, and Textual paints only what has changed since.
    app.app_resume_signal.subscribe(app, lambda _: app.refresh(layout=True))


def tolerant(driver: type[Driver]) -> type[Driver]:
    """The driver, made to survive the mouse reports of a terminal that has forgotten how it was set up.

    tmux attached again, or an editor's terminal after a reload, sends reports of three raw bytes; past column 95
    they are no UTF-8, at which Textual's input ends (Textualize/textual#6668).
    """
    from textual.drivers import linux_driver

    if not issubclass(driver, linux_driver.LinuxDriver):
        return driver

    class Tolerant(linux_driver.LinuxDriver):
        _asked = 0.0

        def run_input_thread(self) -> None:
            """Read keys and mouse through a decoder that nothing can end."""
            vars(linux_driver)["getincrementaldecoder"] = lambda _: lambda: Decoder(self._ask_again)
            super().run_input_thread()

        def _ask_again(self) -> None:
            if monotonic() - self._asked > _AGAIN:
                self._asked = monotonic()
                self._enable_mouse_support()

    return Tolerant


class Decoder:
    """UTF-8 without errors; old mouse reports become such as Textual skips: their bytes could pass for keys."""

    def __init__(self, on_report: Callable[[], None]) -> None:
        self._on_report = on_report
        self._text = getincrementaldecoder("utf-8")("replace")
        self._seen = 0
        """Bytes of the beginning of a report."""
        self._left = 0
        """Bytes that are still to come of one."""

    def decode(self, data: bytes, final: bool = False) -> str:
        """What these bytes say; a character or a report may go on in the next ones."""
        if self._seen or self._left or _OLD_REPORT[0] in data:
            data = bytes(map(self._harmless, data))
        return self._text.decode(data, final)

    def _harmless(self, byte: int) -> int:
        if self._left:
            self._left -= 1
            return _HARMLESS
        self._seen = self._seen + 1 if byte == _OLD_REPORT[self._seen] else int(byte == _OLD_REPORT[0])
        if self._seen == len(_OLD_REPORT):
            self._seen, self._left = 0, _BYTES_OF_A_REPORT
            self._on_report()
        return byte
