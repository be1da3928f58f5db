"""The command `roster`: a team's line-up, the best one, and how old the numbers are; depth and byes on demand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fantasy_tui.cli import depth, output
from fantasy_tui.cli.context import Context, NotFound
from fantasy_tui.cli.output import plain
from fantasy_tui.football.plan import Plan, suggest
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek
from fantasy_tui.tui.times import local


async def roster(context: Context) -> int:
    """Show one team in one week, or by position, or over the weeks to come."""
    arguments = context.arguments
    async with context.workspace(for_user=arguments.team is None) as workspace:
        view = await workspace.browse.view(arguments.league_id, arguments.week)
        look_ahead = arguments.depth or arguments.byes
        ahead = await workspace.browse.depth(arguments.league_id, arguments.team) if look_ahead else None
    team = view.mine if arguments.team is None else view.rosters.get(arguments.team)
    if team is None:
        raise NotFound(_no_team(view, arguments.team))
    if ahead is not None:
        if context.json:
            output.as_json(depth.document(ahead, byes=arguments.byes))
        else:
            output.say(*depth.described(ahead, byes=arguments.byes))
        return 0
    plan = suggest(view, team)
    if context.json:
        output.as_json(_document(view, team, plan))
    else:
        output.say(*_described(view, team, plan))
    return 0


def _no_team(view: LeagueView, wanted: int | None) -> str:
    teams = ", ".join(f"{one.roster_id} {plain(one.team_name, 30)}" for one in view.rosters.values())
    who = "You have no team" if wanted is None else f"There is no team {wanted}"
    return f"{who} in {plain(view.name)}; --team takes one of: {teams}."


def _document(view: LeagueView, team: RosterWeek, plan: Plan) -> dict[str, Any]:
    def listed(players: Iterable[str]) -> list[dict[str, Any]]:
        return [_player(view, player) for player in players]

    def seated(players: Iterable[str | None]) -> list[dict[str, Any]]:
        return [
            {"slot": slot} | _player(view, player) for slot, player in zip(view.slots, players, strict=False)
        ]

    return {
        "league_id": view.league_id,
        "league": view.name,
        "season": view.season,
        "week": view.week,
        "roster_id": team.roster_id,
        "team_name": team.team_name,
        "manager": team.manager,
        "record": {"wins": team.wins, "losses": team.losses, "ties": team.ties},
        "current_points": plan.current_points,
        "optimal_points": plan.suggested_points,
        "gain": plan.gain,
        "slots": seated(plan.current),
        "optimal": seated(plan.suggested),
        "bench": listed(team.bench),
        "reserve": listed(team.reserve),
        "taxi": listed(team.taxi),
        "sources": view.sources,
    }


def _player(view: LeagueView, player_id: str | None) -> dict[str, Any]:
    """A player in the view's week; all null for an empty slot, and nearly so for someone nothing is known about."""
    one = view.player(player_id)
    return {
        "player_id": player_id,
        "name": one.name if one else player_id,
        "position": one.position if one else None,
        "team": one.team if one else None,
        "opponent": one.opponent if one else None,
        "injury_status": one.injury_status if one else None,
        "projected_points": one.expected if one else None,
        "basis": one.projection.basis.value if one else None,
        "points": one.points if one else None,
        "kickoff": one.kickoff if one else None,
        "locked": one.locked(view.now) if one else player_id is not None,
    }


def _described(view: LeagueView, team: RosterWeek, plan: Plan) -> list[str]:
    manager = f" ({plain(team.manager)})" if team.manager else ""
    seats = list(zip(view.slots, plan.current, plan.suggested, strict=False))
    rows = [_cells(view, slot, now, "" if now == then else _name(view, then)) for slot, now, then in seats]
    for label, players in (("bench", team.bench), ("reserve", team.reserve), ("taxi", team.taxi)):
        rows += [_cells(view, label, player, "") for player in players]
    headers = ("SLOT", "PLAYER", "POS", "TEAM", "OPP", "INJURY", "EXPECTED", "SCORED", "KICKOFF", "BETTER")
    return [
        f"{plain(team.team_name)}{manager}, {team.wins}-{team.losses}-{team.ties}",
        f"{plain(view.name)}, {plain(view.season)} week {view.week}",
        "",
        *output.table(headers, rows, right="      rr"),
        "",
        _verdict(view, plan),
        "Sources: "
        + "; ".join(f"{plain(one.name)}, {output.ago(one.as_of, view.now)}" for one in view.sources)
        + ".",
    ]


def _verdict(view: LeagueView, plan: Plan) -> str:
    if view.is_best_ball:
        return f"Best ball: Sleeper sets the line-up; {plan.current_points:.1f} points expected of these starters."
    if plan.current == plan.suggested:
        return f"{plan.current_points:.1f} points expected; no better line-up can still be set."
    return (
        f"{plan.current_points:.1f} points expected, {plan.suggested_points:.1f} with the better line-up"
        f" ({output.gain(plan.gain)})."
    )


def _cells(view: LeagueView, slot: str, player_id: str | None, better: str) -> tuple[object, ...]:
    one = view.player(player_id)
    if one is None:
        return (slot, player_id or "(empty)", "", "", "", "", "", "", "", better)
    return (
        slot,
        one.name,
        one.position,
        one.team or "FA",
        _opponent(one),
        one.injury_status,
        output.points(one.expected),
        output.points(one.points),
        _kickoff(view, one),
        better,
    )


def _name(view: LeagueView, player_id: str | None) -> str:
    one = view.player(player_id)
    return one.name if one is not None else player_id or "(empty)"


def _opponent(one: PlayerWeek) -> str:
    if one.opponent is None:
        return "bye" if one.on_bye else ""
    return f"{'v' if one.at_home else 'at'} {one.opponent}"


def _kickoff(view: LeagueView, one: PlayerWeek) -> str:
    if one.kickoff is None:
        return ""
    return "locked" if one.locked(view.now) else local(one.kickoff) + "?" * one.kickoff_assumed
