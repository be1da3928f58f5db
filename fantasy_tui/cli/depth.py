"""The command `roster` with --depth or --byes: a team by position, and over the weeks to come."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fantasy_tui.cli import output
from fantasy_tui.cli.output import plain, points
from fantasy_tui.clock import utcnow
from fantasy_tui.tui.ages import ages

if TYPE_CHECKING:
    from fantasy_tui.football.depth import RosterDepth


def described(depth: RosterDepth, *, byes: bool) -> Iterator[str]:
    """A team by position, or week by week, for people."""
    yield f"{plain(depth.team_name)}"
    yield f"{plain(depth.name)}, week {depth.week}"
    yield ""
    yield from _byes(depth) if byes else _positions(depth)
    yield ""
    yield f"{ages(depth.sources, utcnow())}."


def _positions(depth: RosterDepth) -> Iterator[str]:
    weeks = len(depth.byes)
    rows: list[tuple[object, ...]] = []
    for position in depth.positions:
        state = f"{position.state} {position.spare:+d}"
        if not position.players:
            rows.append((position.position, state, "(nobody)", "", "", "", "", "", ""))
        for place, player in enumerate(position.players):
            now = "start" if player.starts else "bench" if player.place == "active" else player.place
            rows.append(
                (
                    position.position,
                    state if place == 0 else "",
                    player.name,
                    player.nfl_team or "FA",
                    player.injury,
                    points(player.a_week),
                    f"{player.weeks_started} of {weeks}",
                    now,
                    player.bye,
                )
            )
    headers = ("POS", "DEPTH", "PLAYER", "TEAM", "INJURY", "A WEEK", "STARTS", "NOW", "BYE")
    return iter(output.table(headers, rows, right="     r  r"))


def _byes(depth: RosterDepth) -> Iterator[str]:
    positions = [one.position for one in depth.positions]
    rows = [
        (
            week.week,
            *(", ".join(week.out.get(position, ())) for position in positions),
            points(week.points),
            f"-{week.lost:.1f}" if week.lost else "",
            ", ".join(week.empty) if week.scheduled else "games not known yet",
        )
        for week in depth.byes
    ]
    headers = ("WEEK", *positions, "BEST", "LOST", "EMPTY")
    return iter(output.table(headers, rows, right="r" + " " * len(positions) + "rr"))


def document(depth: RosterDepth, *, byes: bool) -> dict[str, object]:
    """The same as JSON takes it."""
    named = {
        "league_id": depth.league_id,
        "league": depth.name,
        "week": depth.week,
        "roster_id": depth.roster_id,
        "team_name": depth.team_name,
        "sources": depth.sources,
    }
    if byes:
        return {**named, "slots": depth.slots, "byes": depth.byes}
    positions = [
        {
            "position": one.position,
            "state": one.state,
            "spare": one.spare,
            "needed": one.needed,
            "useful": one.useful,
            "players": one.players,
        }
        for one in depth.positions
    ]
    return {**named, "positions": positions}
