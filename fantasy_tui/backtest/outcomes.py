"""What came of one league's replayed weeks: each piece of advice by its own rule, each line-up by its points."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fantasy_tui.backtest.before import StoredLeague, view_before
from fantasy_tui.backtest.lineups import Scored, team_week
from fantasy_tui.backtest.replay import Advice, Replayed
from fantasy_tui.backtest.results import Presence, Settled, TeamWeek
from fantasy_tui.crud import settle as crud
from fantasy_tui.football.settle import Results, Rosters, Rule, Starters, settle, weeks_of

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

Positions = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """A league's results."""

    settled: tuple[Settled, ...]
    presences: tuple[Presence, ...]
    team_weeks: tuple[TeamWeek, ...]


async def outcomes(
    session: AsyncSession,
    league: StoredLeague,
    slots: tuple[str, ...],
    replayed: Sequence[Replayed],
    positions: Positions,
) -> Outcomes:
    """Measure what was replayed; a rule that needs a week which is not final here is left unsettled.

    `positions` has everyone's fantasy positions.
    """
    advice = [one for week in replayed for one in week.advice]
    rules = [
        one.rule for one in advice if one.rule is not None and set(weeks_of(one.rule)) <= set(league.weeks)
    ]
    players = _named(rules) | {one.injured for one in advice if one.injured is not None}
    for week in replayed:
        players |= {player for lineup in week.lineups for player in lineup.squad}
        players |= {player for row in league.played[week.week].values() for player in row.players or ()}
    weeks: dict[int, crud.WeekPoints] = {}
    for number in sorted({week.week for week in replayed}.union(*map(weeks_of, rules))):
        scored = await crud.week_points(session, league.league_id, league.season, number, players)
        if scored is not None:
            weeks[number] = scored
    results = Results(
        slots=slots,
        positions=positions,
        points={number: scored.points for number, scored in weeks.items()},
        expected=await _expected(session, league, rules, weeks.keys()),
        totals={number: scored.totals for number, scored in weeks.items()},
    )
    return Outcomes(
        settled=tuple(_settled(advice, results)),
        presences=tuple(
            Presence(one.plays_probability, one.injured in weeks[one.week].took_part)
            for one in advice
            if one.injured is not None and one.plays_probability is not None and one.week in weeks
        ),
        team_weeks=tuple(_team_weeks(league, slots, replayed, positions, weeks)),
    )


def _named(rules: Sequence[Rule]) -> set[str]:
    return {
        player for rule in rules if isinstance(rule, Starters | Rosters) for player in (*rule.new, *rule.old)
    }


async def _expected(
    session: AsyncSession, league: StoredLeague, rules: Sequence[Rule], final: Collection[int]
) -> dict[int, dict[str, float]]:
    """What was expected before each week in which line-ups must be chosen."""
    chosen = [rule for rule in rules if isinstance(rule, Rosters)]
    players = _named(chosen)
    expected = {}
    for week in sorted({week for rule in chosen for week in rule.weeks}.intersection(final)):
        view = await view_before(session, league, week, also=players)
        expected[week] = {player: view.players[player].expected for player in players & view.players.keys()}
    return expected


def _settled(advice: Sequence[Advice], results: Results) -> list[Settled]:
    found = []
    for one in advice:
        outcome = settle(one.rule, results) if one.rule is not None else None
        if outcome is not None:
            found.append(Settled(one.kind, one.week, one.confidence, one.listed, outcome.right, outcome.gain))
    return found


def _team_weeks(
    league: StoredLeague,
    slots: tuple[str, ...],
    replayed: Sequence[Replayed],
    positions: Positions,
    weeks: Mapping[int, crud.WeekPoints],
) -> list[TeamWeek]:
    found = []
    for week in replayed:
        if week.week not in weeks:
            continue
        points = weeks[week.week]
        scored = Scored(slots, positions, points.points, points.took_part)
        for lineup in week.lineups:
            row = league.played[week.week].get(lineup.roster_id)
            if row is not None:
                found.append(team_week(week.week, lineup, row.starters or (), row.players or (), scored))
    return [one for one in found if one is not None]
