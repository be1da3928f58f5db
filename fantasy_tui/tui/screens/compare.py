"""Two players side by side, and how likely one of them outscores the other this week."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.tui import player_words as words
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.keys.table import COMPARE
from fantasy_tui.tui.league_words import no_leagues
from fantasy_tui.tui.pictures.points import Points, PointsDistribution
from fantasy_tui.tui.pictures.sparkline import sparkline
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import cut, fit, plain
from fantasy_tui.tui.widgets.scrolling import Reading
from fantasy_tui.tui.widgets.waiting import Waiting

if TYPE_CHECKING:
    from fantasy_tui.browse import Comparison
    from fantasy_tui.crud.card import PlayerCard
    from fantasy_tui.football.player_card import CardInLeague
    from fantasy_tui.workspace import Workspace

WIDE = 110
_LABEL, _SIDE = 13, 46
_LEAGUE = 34
_DIM = "$foreground-muted"
Side = tuple["PlayerCard", "CardInLeague | None"]


class CompareScreen(AppScreen):
    """The facts of both, their weeks on one scale, and both distributions over each other."""

    CSS_PATH = "compare.tcss"
    HEADING = "Two players"
    AUTO_FOCUS = "#both"
    BINDINGS: ClassVar[list[BindingType]] = COMPARE.bindings

    def __init__(self, one_id: str, other_id: str, league_id: str | None = None) -> None:
        super().__init__()
        self._ids = (one_id, other_id)
        self._league_id = league_id
        self._leagues: dict[str, str] = {}
        self._found: Comparison | None = None

    def content(self) -> ComposeResult:
        """The league, then what scrolls, then how old it is."""
        yield Static(id="league", classes="line")
        yield Static(id="verdict", classes="line")
        with Reading(id="both"):
            yield Static(id="facts")
            yield PointsDistribution(id="curves")
        with Horizontal(id="below"):
            yield Static(id="ages", classes="line")
            yield Waiting()

    def on_mount(self) -> None:
        """Let the ages grow."""
        self.set_interval(30, self._tell_ages)

    @property
    def league_id(self) -> str | None:
        """The league that `o` opens, and whose scoring counts."""
        return self._league_id

    async def read(self, workspace: Workspace) -> None:
        """Fetch both players and show them."""
        leagues = await workspace.browse.leagues() if workspace.user is not None else []
        newest = max((league.season for league in leagues if not league.left), default=None)
        self._leagues = {
            league.league_id: league.name for league in leagues if league.season == newest and not league.left
        }
        if self._league_id not in self._leagues:
            self._league_id = next(iter(self._leagues), None)
        if self._league_id is None:
            self._say(no_leagues())
            return
        self._tell_league()
        with self.query_one(Waiting).saying("Comparing"):
            found = await workspace.browse.compare(self._league_id, *self._ids)
        self._found = found
        if found is None:
            back = key_of("screen.back")
            self._say(f"One of the two is not stored here any more. {back} goes back.")
        else:
            self._show()

    def _say(self, sentence: str) -> None:
        self.add_class("-bare")
        self.query_one("#facts", Static).update(plain(sentence))

    def _tell_league(self) -> None:
        name = cut(self._leagues.get(self._league_id or "", ""), _LEAGUE)
        week = self._found.one.week if self._found is not None else None
        told = Content.assemble((name, "bold"), f" · week {week}" if week is not None else "")
        self.query_one("#league", Static).update(told)

    def on_resize(self, event: events.Resize) -> None:
        """Lay both out anew at the new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        self.remove_class("-bare")
        self._tell_league()
        room = self.query_one("#both").scrollable_content_region.width
        self.query_one("#verdict", Static).update(verdict(found, self.size.width - 2))
        self.query_one("#facts", Static).update(Content("\n").join(list(described(found, room))))
        one, other = (
            Points(card.row.name, curve) if curve is not None else None
            for card, curve in zip((found.one, found.other), found.curves, strict=True)
        )
        if one is not None:
            self.query_one(PointsDistribution).update(one, other, found.outscores.chance)
        else:
            self.query_one(PointsDistribution).update(other)
        self._tell_ages()

    def _tell_ages(self) -> None:
        if self._found is not None:
            told = ages(self._found.sources, utcnow(), in_full=self.size.width >= WIDE)
            self.query_one("#ages", Static).update(plain(told))

    def action_league(self, step: int) -> None:
        """Compare them in the next league's scoring."""
        ids = list(self._leagues)
        if self._league_id in ids:
            self._league_id = ids[(ids.index(self._league_id) + step) % len(ids)]
            self._tell_league()
            self.reload()


def described(found: Comparison, room: int) -> Iterator[Content]:
    """Both in lines of at most `room` cells."""
    side = min(max((room - _LABEL) // 2, 8), _SIDE)
    sides: list[Side] = [(card, _in_league(card, found.league_id)) for card in (found.one, found.other)]
    yield _line("", [card.row.name for card, _ in sides], side, "bold")
    for label, texts in _facts(sides):
        yield _line(label, texts, side)
    yield Content()
    yield from _weeks(sides, side)


def _in_league(card: PlayerCard, league_id: str) -> CardInLeague | None:
    return next((one for one in card.leagues if one.league_id == league_id), None)


def _line(label: str, texts: list[str], side: int, style: str = "") -> Content:
    return Content.assemble(
        (fit(label, _LABEL), _DIM), *((fit(text, side - 1) + " ", style) for text in texts)
    )


def _facts(sides: list[Side]) -> Iterator[tuple[str, list[str]]]:
    cards = [card for card, _ in sides]
    leagues = [league for _, league in sides]
    yield "", [words.who(card) for card in cards]
    if any(card.row.injury_status for card in cards):
        yield "injury", [words.injury(card) or "–" for card in cards]
    yield "whose", [words.whose(league) if league is not None else "–" for league in leagues]
    yield "this week", [words.expected(league.this_week) if league is not None else "–" for league in leagues]
    yield "next week", [words.expected(league.next_week) if league is not None else "–" for league in leagues]
    yield "a game", [words.per_game(league) if league is not None else "–" for league in leagues]
    if any(words.trend(card.trend) for card in cards):
        yield "last day", [words.trend(card.trend) or "–" for card in cards]
    yield "your leagues", [words.exposure(card.exposure) for card in cards]


def _weeks(sides: list[Side], side: int) -> Iterator[Content]:
    """Both seasons as sparklines, all four on one scale."""
    now = [league.season if league is not None else () for _, league in sides]
    before = [(league.last_season or ()) if league is not None else () for _, league in sides]
    points = [line.points for weeks in (*now, *before) for line in weeks if line.points is not None]
    top = max(points, default=0.0)
    for label, both in (("this season", now), ("last season", before)):
        if any(both):
            # Blanks are weeks here, which text from outside would lose.
            sparks = "".join(sparkline(words.sparks(weeks), top).ljust(side)[:side] for weeks in both)
            yield Content.assemble((fit(label, _LABEL), _DIM), sparks)
    yield Content.styled(f"{'':{_LABEL}}█ {top:.1f} points · bye – missed", _DIM)


def verdict(found: Comparison, room: int) -> Content:
    """The chance in words, or why there is none."""
    one, other = found.one.row.name, found.other.row.name
    chance = found.outscores.chance
    if chance is None:
        return plain(found.outscores.why_not or "Nothing is known to compare.", room).stylize("$text-warning")
    first, second, share = (one, other, chance) if chance >= 0.5 else (other, one, 1 - chance)
    name = max((room - 40) // 2, 8)
    often = 100 if share >= 1 else min(round(100 * share), 99)
    told = f"{cut(first, name)} outscores {cut(second, name)} in {often} of 100"
    stale = " (old numbers)" if found.stale else ""
    return Content.assemble((told, "bold"), stale)
