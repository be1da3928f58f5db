"""A player as lines of text: who he is, his leagues, his seasons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from fantasy_tui.clock import utcnow
from fantasy_tui.tui import player_words as words
from fantasy_tui.tui.aligned import aligned
from fantasy_tui.tui.pictures.sparkline import sparkline
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.week_bars import LEGEND, week_bars
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row

if TYPE_CHECKING:
    from fantasy_tui.crud.card import PlayerCard
    from fantasy_tui.football.player_card import CardInLeague

_NAME = 40
_DIM = "$foreground-muted"


def described(
    card: PlayerCard, known: words.Expectations, chosen: str | None, room: int, *, tall: bool
) -> Iterator[Content]:
    """The player in lines of at most `room` cells; sections stand apart where it is `tall`."""
    now, apart = utcnow(), [Content()] * tall
    yield _heading(card, room)
    hurt, news = words.injury(card), words.news(card, now)
    if hurt or news:
        line = Content.assemble((cut(hurt, room), "$text-warning"), " · " if hurt and news else "", news)
        yield line.truncate(room, ellipsis=True)
    wanted = words.trend(card.trend)
    if wanted or tall:
        told = wanted or "not among the most added or dropped"
        yield plain(f"Across Sleeper in the last day: {told}", room)
    if not card.leagues:
        yield Content()
        yield plain("None of your leagues is stored for this season.", room)
        return
    yield plain(f"Your leagues: {words.exposure(card.exposure)}", room)
    yield from apart
    yield from _leagues(card, known, chosen, room)
    if marks := words.bases(known):
        yield plain(marks, room).stylize(_DIM)
    league = next((one for one in card.leagues if one.league_id == chosen), None)
    if league is not None:
        yield from apart
        yield from _seasons(card, league, known, room, tall=tall)


def _seasons(
    card: PlayerCard, league: CardInLeague, known: words.Expectations, room: int, *, tall: bool
) -> Iterator[Content]:
    """This season's weeks, then the last one's."""
    expected = [one for one in known.get(league.league_id, ()) if one is not None and one.points > 0]
    ahead = {one.week: one.points for one in expected}
    title = cut(f"Points this season: {words.per_game(league)}", room)
    legend = cut(LEGEND, max(room - len(title) - 2, 0))
    yield Content.assemble((title, "bold"), "  ", (legend, _DIM))
    yield from week_bars(league.season, room, 5 if tall else 3, ahead)
    if league.last_season is None:
        yield plain("Last season's points are not stored.", room).stylize(_DIM)
        return
    before = replace(league, season=league.last_season)
    told = f"Last season: {words.per_game(before)}"
    if tall:
        yield Content()
        yield plain(told, room).stylize("bold")
        yield from week_bars(league.last_season, room, 3)
    else:
        yield Content(f"{told}  {sparkline(words.sparks(league.last_season))}").truncate(room, ellipsis=True)


def _heading(card: PlayerCard, room: int) -> Content:
    name = cut(card.row.name, min(room, _NAME))
    return Content.assemble(
        (name, "bold"), "  ", plain(words.who_in_full(card), max(room - cell_len(name) - 2, 0))
    )


def _leagues(card: PlayerCard, known: words.Expectations, chosen: str | None, room: int) -> Iterator[Content]:
    """A line a league; the chosen one, whose weeks are shown, is marked."""
    week = card.week
    columns = (
        Column("mark", "", 1),
        Column("league", "League", 14, most=30),
        Column("owner", "Whose", 9, most=24),
        Column("this", f"Week {week}" if week is not None else "This week", 16),
        Column("next", f"Week {week + 1}" if week is not None else "Next week", 16, drop=1),
        Column("average", "Avg", 5, drop=2, right=True),
        Column("games", "Games", 5, drop=3, right=True),
    )
    yield from aligned(columns, [_league_row(one, known, chosen) for one in card.leagues], room)


def _league_row(one: CardInLeague, known: words.Expectations, chosen: str | None) -> Row:
    here = one.league_id == chosen
    this, after = (
        (words.expected(week) for week in known[one.league_id]) if one.league_id in known else ("…", "…")
    )
    return {
        "mark": Cell("▸" if here else "", "$text-accent"),
        "league": Cell(one.league, "bold" if here else ""),
        "owner": Cell(words.whose(one), _held(one)),
        "this": Cell(this),
        "next": Cell(after),
        "average": Cell("–" if one.per_game is None else f"{one.per_game:.1f}"),
        "games": Cell(str(one.games)),
    }


def _held(one: CardInLeague) -> str:
    """The style of whose he is."""
    if one.owner is None:
        return "$text-accent"
    return "bold $text-success" if one.owner.mine else ""
