"""The command `matchup`: both line-ups of a week slot by slot, and the chance to win."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, NotFound
from fantasy_tui.cli.output import plain, points
from fantasy_tui.clock import utcnow
from fantasy_tui.football import seat as states
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.league_words import chance, record
from fantasy_tui.tui.seat_words import when

if TYPE_CHECKING:
    from fantasy_tui.browse import Browse
    from fantasy_tui.football.board import Lineup, MatchupBoard, OtherMatchup
    from fantasy_tui.football.seat import Seat

_HEADERS = ("PLAYER", "GAME", "EXPECTED", "POINTS", "SLOT", "POINTS", "EXPECTED", "GAME", "PLAYER")


async def matchup(context: Context) -> int:
    """Show one team's matchup in one week."""
    asked = context.arguments
    async with context.workspace(for_user=asked.team is None) as workspace:
        board = await workspace.browse.matchup(asked.league_id, asked.week, asked.team)
        if board is None:
            raise NotFound(await _no_team(workspace.browse, asked.league_id, asked.team))
    if context.json:
        output.as_json(board)
    else:
        output.say(*_described(board))
    return 0


async def _no_team(browse: Browse, league_id: str, wanted: int | None) -> str:
    table = await browse.standings(league_id, odds=False)
    teams = ", ".join(f"{one.roster_id} {plain(one.team_name, 30)}" for one in table.teams)
    who = "You have no team" if wanted is None else f"There is no team {wanted}"
    return f"{who} in {plain(table.name)}; --team takes one of: {teams}."


def _described(board: MatchupBoard) -> Iterator[str]:
    mine, theirs = board.mine, board.theirs
    against = f" against {_team(theirs)}" if theirs is not None else ", no opponent"
    yield plain(f"{_team(mine)}{against}")
    yield plain(f"{board.name}, {board.season} week {board.week}")
    yield ""
    others = theirs.starters if theirs is not None else ()
    rows = [*_paired(mine.starters, others), _totals(board)]
    rows += _paired(mine.bench, theirs.bench if theirs is not None else ())
    yield from output.table(_HEADERS, rows, right="  rr rr")
    yield ""
    yield f"Chance to win: {chance(board.win)}." if board.win is not None else "No chance to win can be told."
    for other in board.others:
        yield plain(_other(other))
    for line in (*board.lacks, f"{ages(board.sources, utcnow())}."):
        yield plain(line)


def _team(lineup: Lineup) -> str:
    return f"{lineup.team_name}, {record(*lineup.record)}"


def _paired(ones: Sequence[Seat], others: Sequence[Seat]) -> list[tuple[object, ...]]:
    rows = []
    for one, other in zip_longest(ones, others):
        slot = one.slot if one is not None else other.slot
        rows.append((*_cells(one), slot, *reversed(_cells(other))))
    return rows


def _cells(seat: Seat | None) -> tuple[object, ...]:
    """Player, game, what is expected of him at the end, points so far."""
    if seat is None:
        return ("", "", "", "")
    name = seat.name or "(empty)"
    injury = f" ({seat.injury})" if seat.injury else ""
    expected = seat.final if seat.state == states.PLAYING else seat.projected
    return (f"{name}{injury}", when(seat), points(expected), points(seat.points))


def _totals(board: MatchupBoard) -> tuple[object, ...]:
    mine, theirs = board.mine, board.theirs
    right = (points(theirs.points), points(theirs.projected)) if theirs is not None else ("", "")
    return ("", "", points(mine.projected), points(mine.points), "total", *right, "", "")


def _other(other: OtherMatchup) -> str:
    sides = [
        f"{one.team_name} {points(one.points) or '–'} ({points(one.projected) or '–'} expected)"
        for one in (other.one, other.other)
    ]
    return f"{' against '.join(sides)}, chance {chance(other.win)}."
