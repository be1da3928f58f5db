"""A crawl through the whole app: keys, clicks, pastes and resizes as words that can be printed and replayed."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from random import Random
from typing import Any
from unittest.mock import patch

from textual import events
from textual.geometry import Size
from textual.pilot import Pilot
from textual.screen import ModalScreen

from fantasy_tui.review.verdict import Verdict
from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.decider import Act, Decider
from fantasy_tui.tui.keys.force import KEYS, keys_of
from fantasy_tui.tui.keys.names import shown as key_shown
from fantasy_tui.tui.places import PLACES
from fantasy_tui.tui.screens.help import HelpDialog
from tests.tui.demo import demo_app
from tests.tui.host import lines

MAPPED = sorted({key for id in KEYS for key in keys_of(id)})
PLAIN = ("enter", "escape", "tab", "shift+tab", "up", "down", "left", "right", "home", "end", "backspace")
DIGITS_AND_LETTERS = tuple("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
OFTEN = ("enter", "enter", "escape", "down", "space", "wait")
SIZES = ((40, 10), (60, 15), (80, 24), (100, 30), (120, 40), (250, 70), (41, 70), (250, 10))
JUNK = (
    "",
    "nine",
    "-1",
    "99999999999999999999999999",
    "[/oops][@click=app.crawled]x[/]",
    "\x1b[2J\x1b]0;owned\x07\x00",
    "🏈👩‍👩‍👧‍👦 ﷽ ‮rtl‬ é",
    "a line\n" * 10_000,
    "w" * 5_000,
    "\t\r\n \n",
    "%s {0} ' OR 1=1 --",
)
WAYS = (
    *((place.key,) for place in PLACES),
    ("1", "enter", "wait"),
    ("1", "e", "wait", "enter"),
    ("1", "e", "wait", "b", "9", "enter"),
    ("1", "x", "wait", "l", "enter"),
    ("1", "s", "wait", "enter"),
    ("1", "A", "wait", "y"),
    ("2", "wait", "enter"),
    ("5", "slash", "f", "enter", "wait", "enter"),
    ("5", "down", "space", "down", "space", "c", "wait"),
    ("6", "wait", "space", "tab", "space", "f", "wait"),
    ("8", "R"),
    ("comma", "p", "wait", "n", "wait"),
    ("comma", "wait", "down", "down", "e", "wait"),
    ("colon", "wait", "t", "h", "wait", "down", "enter"),
)
QUIET_WITHIN = 60.0
"""Seconds after which what is under way has hung: far more than the slowest of it takes on a busy machine."""


def draw(seed: int, count: int) -> list[str]:
    """So many words, the same for a seed."""
    random = Random(seed)
    words: list[str] = []
    while len(words) < count:
        match random.choices(
            ("map", "often", "plain", "letter", "way", "hand", "paste", "size"), (40, 25, 10, 10, 6, 6, 2, 3)
        )[0]:
            case "map":
                words.append(random.choice(MAPPED))
            case "often":
                words.append(random.choice(OFTEN))
            case "plain":
                words.append(random.choice(PLAIN))
            case "letter":
                words.append(random.choice(DIGITS_AND_LETTERS))
            case "way":
                words += random.choice(WAYS)
            case "hand":
                how = random.choice(("click", "click", "twice", "wheel", "move"))
                words.append(f"{how}={random.randrange(250)},{random.randrange(70)}")
            case "paste":
                words.append(f"paste={random.randrange(len(JUNK))}")
            case "size":
                width, height = random.choice((*SIZES, (random.randint(40, 250), random.randint(10, 70))))
                words.append(f"size={width}x{height}")
    return words[:count]


def draw_keys(seed: int, count: int) -> list[str]:
    """So many keys, the same for a seed, one on the heels of the other."""
    random = Random(seed)
    kinds = (MAPPED, PLAIN, DIGITS_AND_LETTERS)
    return [random.choice(kind) for kind in random.choices(kinds, (60, 25, 15), k=count)]


class Crawl:
    """The running app under random hands; what it did, and what went wrong behind it."""

    def __init__(
        self, app: FantasyApp, pilot: Pilot[None], verdicts: list[Verdict], errors: list[str]
    ) -> None:
        self.app, self._pilot = app, pilot
        self.verdicts = verdicts
        """What the app says it has put into the database, in this order."""
        self._errors = errors

    async def take(self, word: str) -> None:
        """Do what a word says, without waiting for what it sets off unless it says so."""
        what, _, rest = word.partition("=")
        match what:
            case "wait":
                await self.quiet()
            case "size":
                width, _, height = rest.partition("x")
                self._resize(Size(int(width), int(height)))
            case "paste":
                self._send(events.Paste(JUNK[int(rest)]))
            case "click" | "twice" | "wheel" | "move":
                x, _, y = rest.partition(",")
                self._hand(what, int(x) % self.app.size.width, int(y) % self.app.size.height)
            case key:
                self._press(key)
        await asyncio.sleep(0)

    async def quiet(self) -> None:
        """Wait until nothing is under way."""
        async with asyncio.timeout(QUIET_WITHIN):
            await self._pilot.pause()
            while self.running and any(not worker.is_finished for worker in self.app.workers):
                await self._pilot.pause(0.01)
            await self._pilot.pause()
        self.sound()

    @property
    def running(self) -> bool:
        """False once the app has ended."""
        return self.app._exception is None and self.app.is_running and not self.app._exit

    def sound(self) -> None:
        """No exception anywhere, no text from outside that has become an action."""
        for error in (self.app._exception, self.app.failure):
            if error is not None:
                raise error
        assert self._errors == [], "\n".join(self._errors)
        assert self.running, "the app has ended"
        for strip in self.app.screen._compositor.render_strips():
            assert not any("crawled" in str(segment.style and segment.style.meta) for segment in strip)

    async def alive(self) -> None:
        """Every dialog is left by escape, help opens and closes, and the whole screen is painted."""
        await self.quiet()
        for _ in range(9):
            if not isinstance(self.app.screen, ModalScreen):
                break
            self._press("escape")
            await self.quiet()
        screen = self.app.screen
        assert not isinstance(screen, ModalScreen), f"{screen} cannot be left"
        self._press("f1")
        await self.quiet()
        assert isinstance(self.app.screen, HelpDialog), f"no help on {screen}"
        self._press("escape")
        await self.quiet()
        assert self.app.screen is screen
        assert len(lines(self.app)) == self.app.size.height
        assert any(line.strip() for line in lines(self.app))

    def _send(self, event: events.Event) -> None:
        event.set_sender(self.app)
        self.app.post_message(event)

    def _press(self, key: str) -> None:
        char = " " if key == "space" else key_shown(key)
        self._send(events.Key(key, char if len(char) == 1 else None))

    def _resize(self, size: Size) -> None:
        driver = self.app._driver
        assert driver is not None
        driver._size = size
        self._send(events.Resize(size, size))

    def _hand(self, what: str, x: int, y: int) -> None:
        kinds: dict[str, tuple[type[events.MouseEvent], ...]] = {
            "click": (events.MouseDown, events.MouseUp),
            "twice": (events.MouseDown, events.MouseUp) * 2,
            "wheel": (events.MouseScrollDown,) * 3,
            "move": (events.MouseMove,),
        }
        for kind in kinds[what]:
            button = int(kind in (events.MouseDown, events.MouseUp))
            self._send(kind(None, x, y, 0, 0, button, False, False, False, x, y))


class _Errors(logging.Handler):
    """Keeps what is logged as an error, with its traceback."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.kept: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.kept.append(self.format(record))


@asynccontextmanager
async def crawling(url: str) -> AsyncIterator[Crawl]:
    """The app on this store; what would end or suspend it, or open a browser, does nothing."""
    errors, verdicts, carry_out = _Errors(), [], Decider.carry_out

    async def noted(self: Decider, act: Act) -> Verdict:
        verdict = await carry_out(self, act)
        verdicts.append(verdict)
        return verdict

    async def nothing(*_: Any, **__: Any) -> None: ...

    loggers = [logging.getLogger(name) for name in ("fantasy_tui", "asyncio")]
    for logger in loggers:
        logger.addHandler(errors)
    try:
        with (
            patch.object(Decider, "carry_out", noted),
            patch.object(FantasyApp, "action_quit", nothing),
            patch.object(FantasyApp, "action_suspend_process", lambda _: None),
            patch.object(FantasyApp, "open_url", lambda *_, **__: None),
        ):
            app = demo_app(url)
            async with app.run_test(size=(80, 24)) as pilot:
                crawl = Crawl(app, pilot, verdicts, errors.kept)
                await crawl.quiet()
                yield crawl
    finally:
        for logger in loggers:
            logger.removeHandler(errors)


async def walk(url: str, words: Sequence[str], taken: list[str], every: int = 25) -> list[Verdict]:
    """Take all words, looking every so often whether the app is well; raises what is wrong with it.

    `taken` gets those words that were taken.
    """
    async with crawling(url) as crawl:
        for number, word in enumerate(words, 1):
            taken.append(word)
            await crawl.take(word)
            if number % every == 0:
                await crawl.alive()
        await crawl.alive()
    return crawl.verdicts
