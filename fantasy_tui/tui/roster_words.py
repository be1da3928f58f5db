"""What is said above a team: whose it is, how it stands, what its line-up is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.league_words import record
from fantasy_tui.tui.text import cut, plain

if TYPE_CHECKING:
    from fantasy_tui.football.plan import Plan
    from fantasy_tui.football.view import LeagueView, RosterWeek

_NAME = 34


def team(view: LeagueView, roster: RosterWeek) -> Content:
    """League and team."""
    mine = roster.roster_id == view.my_roster_id
    return Content.assemble(
        plain(view.name, _NAME),
        (" › ", "$foreground-muted"),
        (cut(roster.team_name, _NAME), "bold"),
        (" (mine)" if mine else "", "$text-success"),
    )


def standing(view: LeagueView, roster: RosterWeek) -> Content:
    """Record, place, week and opponent."""
    standings = view.standings()
    place = standings.index(roster) + 1
    opponent = view.opponent_of(roster.roster_id)
    parts = [
        record(roster.wins, roster.losses, roster.ties),
        f"{place} of {len(standings)}",
        f"week {view.week}",
        f"v {cut(opponent.team_name, _NAME)}" if opponent is not None else "no opponent",
    ]
    if view.status != "in_season":
        parts.append((view.status or "out of season").replace("_", " "))
    return plain(" · ".join(parts))


def points(view: LeagueView, roster: RosterWeek, plan: Plan, *, advised: bool, beside: bool) -> Content:
    """Points so far, points expected, and what the suggested line-up would add."""
    scored = "–" if roster.points is None else f"{roster.points:.1f}"
    text = f"{scored} so far · expected {plan.current_points:.1f}"
    if view.is_best_ball:
        return plain(f"{text} · best ball: Sleeper sets the line-up")
    if not plan.moves:
        return plain(f"{text} · nothing to gain")
    other = "line-up as it is" if advised else "suggested line-up"
    shown = "" if beside else f" · {key_of('roster.suggested')}: {other}"
    return Content.assemble(
        text, (f" → {plan.suggested_points:.1f} (+{plan.gain:.1f})", "bold $text-success"), shown
    )
