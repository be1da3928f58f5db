"""The command `leagues`."""

from __future__ import annotations

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.clock import utcnow


async def leagues(context: Context) -> int:
    """List the user's leagues."""
    async with context.workspace() as workspace:
        summaries = await workspace.browse.leagues()
    if context.json:
        output.as_json(summaries)
        return 0
    if not summaries:
        output.say("No league is stored for you: run `fantasy-tui sync`.")
        return 0
    now = utcnow()
    headers = (
        "ID",
        "LEAGUE",
        "SEASON",
        "TEAM",
        "RECORD",
        "PLACE",
        "FOR",
        "AGAINST",
        "OPPONENT",
        "WAITING",
        "SYNCED",
    )
    rows = [
        (
            one.league_id,
            one.name,
            one.season,
            one.team_name,
            f"{one.wins}-{one.losses}-{one.ties}",
            f"{one.rank} of {one.total_rosters}" if one.rank else "",
            output.points(one.points_for),
            output.points(one.points_against),
            one.opponent,
            one.waiting,
            "left; " * one.left + output.ago(one.synced_at, now),
        )
        for one in summaries
    ]
    output.say(*output.table(headers, rows, right="      rr r"), "", "Records and points are Sleeper's.")
    return 0
