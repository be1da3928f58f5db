"""The command `players`: search by name, position, team, injury and owner."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, freshness
from fantasy_tui.football.search import Owner, PlayerIndex, PlayerRow


async def players(context: Context) -> int:
    """Search all players; nobody found is an empty list, not an error."""
    async with context.workspace() as workspace:
        rows, owners = await workspace.players(), await workspace.owners()
        age = await freshness(workspace)
    found = PlayerIndex(rows).search(" ".join(context.arguments.query), owners, context.arguments.limit)
    if context.json:
        output.as_json([_row(one, owners.get(one.player_id, ())) for one in found])
        return 0
    if found:
        headers = ("ID", "PLAYER", "POS", "TEAM", "INJURY", "HELD BY")
        lines = [
            (
                one.player_id,
                one.name,
                one.position,
                one.team or "FA",
                one.injury_status,
                _held(owners.get(one.player_id, ())),
            )
            for one in found
        ]
        output.say(*output.table(headers, lines), "")
    else:
        output.say("Nobody fits.")
    output.say(age)
    return 0


def _row(one: PlayerRow, owners: Sequence[Owner]) -> dict[str, Any]:
    return {
        "player_id": one.player_id,
        "name": one.name,
        "position": one.position,
        "team": one.team,
        "injury_status": one.injury_status,
        "owners": owners,
    }


def _held(owners: Sequence[Owner]) -> str:
    return "; ".join(
        f"{output.plain(owner.league, 30)}: {'you' if owner.mine else output.plain(owner.team_name, 30)}"
        for owner in owners
    )
