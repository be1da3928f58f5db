"""The command `players`: search by name, position, team, injury and owner, sorted by what is known in a league."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, freshness
from fantasy_tui.clock import utcnow
from fantasy_tui.football.facts import PlayerFact, PlayerFacts
from fantasy_tui.football.search import UNRANKED, Owner, PlayerIndex, PlayerRow
from fantasy_tui.football.sift import Sieve, Sifted
from fantasy_tui.tui.ages import ages


async def players(context: Context) -> int:
    """Search all players; nobody found is an empty list, not an error."""
    asked = context.arguments
    async with context.workspace() as workspace:
        rows, owners = await workspace.browse.players(), await workspace.browse.owners()
        known = await workspace.browse.facts(asked.league)
        age = await freshness(workspace)
    index = PlayerIndex(rows)
    sieve = Sieve(asked.position, asked.whose, injured=asked.injured, on_bye=asked.bye)
    here = owners if asked.league is None else _within(owners, asked.league)
    found = Sifted(index.rows, known, sieve, asked.sort).of(index.search(" ".join(asked.query), here))
    found = found[: asked.limit]
    if context.json:
        output.as_json(
            [_row(one, owners.get(one.player_id, ()), known.of(one.player_id), known) for one in found]
        )
        return 0
    if found:
        headers = ("ID", "PLAYER", "POS", "TEAM", "INJURY", "PROJ", "AVG", "TREND", "HELD BY")
        lines = [
            (
                one.player_id,
                one.name,
                one.position,
                one.team or "FA",
                one.injury_status,
                *_numbers(known.of(one.player_id)),
                _held(owners.get(one.player_id, ())),
            )
            for one in found
        ]
        output.say(*output.table(headers, lines, right="     rrr"), "")
    else:
        output.say("Nobody fits.")
    if found and known.league is not None:
        output.say(
            f"Points of {output.plain(known.league)}, week {known.week}. {ages(known.sources, utcnow())}."
        )
    output.say(age)
    return 0


def _within(owners: dict[str, tuple[Owner, ...]], league_id: str) -> dict[str, tuple[Owner, ...]]:
    """Who holds whom in one league alone."""
    return {
        player_id: here
        for player_id, held in owners.items()
        if (here := tuple(owner for owner in held if owner.league_id == league_id))
    }


def _numbers(fact: PlayerFact) -> tuple[str, str, str]:
    projected = "bye" if fact.on_bye else output.points(fact.projected)
    return projected, output.points(fact.per_game), f"{fact.trend:+,}" if fact.trend else ""


def _row(one: PlayerRow, owners: Sequence[Owner], fact: PlayerFact, known: PlayerFacts) -> dict[str, Any]:
    return {
        "player_id": one.player_id,
        "name": one.name,
        "position": one.position,
        "team": one.team,
        "injury_status": one.injury_status,
        "rank": one.search_rank if one.search_rank < UNRANKED else None,
        "owners": owners,
        "league_id": known.league_id,
        "week": known.week,
        "projected_points": _rounded(fact.projected),
        "on_bye": fact.on_bye,
        "points_per_game": _rounded(fact.per_game),
        "games": fact.games,
        "weekly": fact.weekly,
        "adds": fact.adds,
        "drops": fact.drops,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _held(owners: Sequence[Owner]) -> str:
    return "; ".join(
        f"{output.plain(owner.league, 30)}: {'you' if owner.mine else output.plain(owner.team_name, 30)}"
        for owner in owners
    )
