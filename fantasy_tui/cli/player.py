"""The commands `player` and `compare`: one player in every league, and two side by side in one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, NotFound, UsageError
from fantasy_tui.cli.output import plain
from fantasy_tui.clock import utcnow
from fantasy_tui.football.names import NameBook
from fantasy_tui.football.player_card import BYE, MISSED
from fantasy_tui.tui import player_words as words
from fantasy_tui.tui.ages import ages

if TYPE_CHECKING:
    from fantasy_tui.browse import Comparison
    from fantasy_tui.crud.card import PlayerCard
    from fantasy_tui.football.player_card import CardInLeague, WeekLine
    from fantasy_tui.football.search import PlayerRow
    from fantasy_tui.workspace import Workspace

_NAMED = 5


async def player(context: Context) -> int:
    """Show one player."""
    async with context.workspace() as workspace:
        one = await found(workspace, " ".join(context.arguments.player))
        card = await workspace.browse.card(one.player_id)
    if card is None:
        raise NotFound(f"{plain(one.name)} is not stored here any more.")
    if context.json:
        output.as_json(card)
    else:
        output.say(*_described(card))
    return 0


async def compare(context: Context) -> int:
    """Show two players side by side."""
    asked = context.arguments
    async with context.workspace() as workspace:
        one, other = await found(workspace, asked.one), await found(workspace, asked.other)
        league_id = asked.league or await _first_league(workspace)
        both = await workspace.browse.compare(league_id, one.player_id, other.player_id)
    if both is None:
        raise NotFound("One of the two is not stored here any more.")
    if context.json:
        output.as_json(both)
    else:
        output.say(*_side_by_side(both))
    return 0


async def found(workspace: Workspace, wanted: str) -> PlayerRow:
    """The one player who is meant, by id or by name; raises NotFound or UsageError."""
    same = NameBook(await workspace.browse.players()).meant(wanted)
    if not same:
        raise NotFound(f"Nobody is called {plain(wanted)}; `fantasy-tui players` searches.")
    if len(same) > 1:
        names = ", ".join(
            f"{plain(row.name)} ({row.player_id}, {row.position or '–'} {row.team or 'FA'})"
            for row in sorted(same, key=lambda row: row.search_rank)[:_NAMED]
        )
        raise UsageError(f"{plain(wanted)} could be {names}: give more of the name, or the id.")
    return same[0]


async def _first_league(workspace: Workspace) -> str:
    leagues = [league for league in await workspace.browse.leagues() if not league.left]
    if not leagues:
        raise NotFound("No league of this season is stored here; run `fantasy-tui sync`.")
    return leagues[0].league_id


def _described(card: PlayerCard) -> Iterator[str]:
    now = utcnow()
    yield f"{plain(card.row.name)}, {plain(words.who_in_full(card))}"
    for told in (words.injury(card), words.news(card, now), words.trend(card.trend)):
        if told:
            yield plain(told[0].upper() + told[1:]) + "."
    yield f"Your leagues: {words.exposure(card.exposure)}."
    for league in card.leagues:
        yield ""
        yield f"{plain(league.league)}: {plain(words.whose(league))}"
        yield (
            f"this week {words.expected(league.this_week)}, next week {words.expected(league.next_week)},"
            f" {words.per_game(league)}"
        )
        yield f"this season: {_weeks(league.season)}"
        if league.last_season:
            yield f"last season: {_weeks(league.last_season)}"
    yield ""
    if card.similar:
        alike = ", ".join(
            f"{plain(one.name)} ({one.player_id}, {one.similarity:.2f})" for one in card.similar
        )
        yield f"Used like him: {alike}."
    yield f"{ages(card.sources, now)}."


def _weeks(weeks: tuple[WeekLine, ...]) -> str:
    """Each week that is over: "1 15.8, 2 bye, 3 missed"."""
    told = [
        f"{line.week} {line.state if line.state in (BYE, MISSED) else output.points(line.points)}"
        for line in weeks
        if line.points is not None or line.state in (BYE, MISSED)
    ]
    return ", ".join(told) or "no games"


def _side_by_side(both: Comparison) -> Iterator[str]:
    cards = (both.one, both.other)
    leagues = [_in_league(card, both.league_id) for card in cards]
    rows = [
        ("", *(words.who(card) for card in cards)),
        ("injury", *(words.injury(card) or "–" for card in cards)),
        ("whose", *(words.whose(one) if one is not None else "–" for one in leagues)),
        ("this week", *(words.expected(one.this_week) if one is not None else "–" for one in leagues)),
        ("next week", *(words.expected(one.next_week) if one is not None else "–" for one in leagues)),
        ("a game", *(words.per_game(one) if one is not None else "–" for one in leagues)),
        ("last day", *(words.trend(card.trend) or "–" for card in cards)),
        ("your leagues", *(words.exposure(card.exposure) for card in cards)),
    ]
    yield from output.table(("", *(card.row.name for card in cards)), rows)
    yield ""
    chance, why_not = both.outscores.chance, both.outscores.why_not
    yield (
        f"{plain(both.one.row.name)} scores at least as much in {round(100 * chance)} of 100."
        if chance is not None
        else plain(why_not)
    )
    yield f"{ages(both.sources, utcnow())}."


def _in_league(card: PlayerCard, league_id: str) -> CardInLeague | None:
    return next((one for one in card.leagues if one.league_id == league_id), None)
