"""The command `standings`: a league's table, and how the season may end."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.cli.output import plain, points
from fantasy_tui.clock import utcnow
from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.league_words import chance, described, no_odds, record, simulated

if TYPE_CHECKING:
    from fantasy_tui.football.standings import Standings, TeamStanding

_WIDEST = 200


async def standings(context: Context) -> int:
    """Show one league's table."""
    async with context.workspace(for_user=False) as workspace:
        table = await workspace.browse.standings(context.arguments.league_id)
    if context.json:
        output.as_json(table)
    else:
        output.say(*_described(table))
    return 0


def _described(table: Standings) -> Iterator[str]:
    yield described(table, _WIDEST).plain
    yield ""
    headers = (
        *("#", "TEAM", "MANAGER", "RECORD", "FOR", "AGAINST", "STREAK", "IN"),
        *("PLAYOFFS", "TITLE", "WINS", "FAAB", "WAIVER"),
    )
    rows = [_cells(team) for team in table.teams]
    yield from output.table(headers, rows, right="r   rr  rrrrr")
    yield ""
    if table.draws is None:
        yield no_odds(table)
    else:
        yield f"{simulated(table.draws, in_full=True).capitalize()}."
    for line in (*table.lacks, f"{ages(table.sources, utcnow())}."):
        yield plain(line)


def _cells(team: TeamStanding) -> tuple[object, ...]:
    odds = team.odds
    return (
        team.place,
        f"{team.team_name} (yours)" if team.mine else team.team_name,
        team.manager,
        record(team.wins, team.losses, team.ties),
        points(team.points_for),
        points(team.points_against),
        team.streak,
        "yes" if team.qualifies else "",
        chance(odds.playoffs) if odds is not None else "",
        chance(odds.champion) if odds is not None else "",
        points(odds.wins if odds is not None else None),
        "" if team.faab_left is None else f"${team.faab_left}",
        team.waiver_position,
    )
