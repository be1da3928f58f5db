"""Settling: when a week is final, each decision is measured by the rule that was frozen with it."""

from __future__ import annotations

import logging
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from fantasy_tui.agents.recommendation import InjuryReplacement, load
from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud import settle as crud
from fantasy_tui.crud.league import get_league
from fantasy_tui.crud.league_view import load_league_view
from fantasy_tui.crud.season import week_starts
from fantasy_tui.football.settle import Outcome, Results, Rosters, Rule, Starters, settle, weeks_of
from fantasy_tui.football.slots import starting_slots
from fantasy_tui.review.checklist import agreed

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store

log = logging.getLogger(__name__)

# What was known before a week is what was known just before its first kickoff.
_BEFORE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class _Case:
    """A decision, its rules, and the injured player it is about where it is about one."""

    decision: crud.Ended
    rule: Rule
    edited: Rule | None
    """What the edit that was approved in its place is measured by."""
    injured: str | None

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Of the advice and of its edit."""
        return (self.rule, self.edited) if self.edited is not None else (self.rule,)

    @property
    def weeks(self) -> set[int]:
        """The weeks that must be final and confirmed."""
        ruled = {week for rule in self.rules for week in weeks_of(rule)}
        return ruled | ({self.decision.week} if self.injured is not None else set())

    @property
    def players(self) -> set[str]:
        """Whose points or presence it turns on."""
        sides = [(*rule.new, *rule.old) for rule in self.rules if isinstance(rule, Starters | Rosters)]
        named = {player for side in sides for player in side}
        return named | ({self.injured} if self.injured is not None else set())


async def settle_final(store: Store, user_id: str, now: datetime) -> int:
    """Settle the user's decisions whose weeks are final and confirmed by a sync since; returns how many.

    Each is written once, with its audit event, a league in one transaction; what another process has settled
    meanwhile is left as it is.
    """
    async with store.read() as session:
        late = await decisions.any_late(session, user_id, now)
    if late:
        await store.write(lambda session: decisions.expire(session, user_id, now))
    async with store.read() as session:
        ended = await crud.ended(session, user_id, now)
    return sum([await _settle_league(store, league, here, now) for league, here in ended.items()])


async def _settle_league(store: Store, league_id: str, ended: list[crud.Ended], now: datetime) -> int:
    cases: dict[str, list[_Case]] = {}
    for decision in ended:
        if (case := _case(decision)) is not None:
            cases.setdefault(decision.season, []).append(case)
    outcomes: list[tuple[crud.Ended, dict[str, Any]]] = []
    async with store.read() as session:
        for season, of_season in cases.items():
            outcomes += await _outcomes(session, league_id, season, of_season)

    async def work(session: AsyncSession) -> int:
        return sum([await crud.write_outcome(session, *outcome, now) for outcome in outcomes])

    return await store.write(work) if outcomes else 0


def _case(decision: crud.Ended) -> _Case | None:
    """What to settle; none, and a line in the log, where the stored recommendation cannot be read."""
    try:
        recommendation = load(decision.recommendation)
    except ValidationError as error:
        log.warning("decision %s cannot be settled: %s", decision.id, error)
        return None
    if recommendation.settle is None:
        log.warning("decision %s cannot be settled: it has no rule", decision.id)
        return None
    injured = recommendation.player.player_id if isinstance(recommendation, InjuryReplacement) else None
    return _Case(decision, recommendation.settle, _edited_rule(decision), injured)


def _edited_rule(decision: crud.Ended) -> Rule | None:
    document = agreed(decision.recommendation, decision.taken)
    if document is decision.recommendation:
        return None
    try:
        return load(document).settle
    except ValidationError as error:
        log.warning("the edit of decision %s cannot be settled: %s", decision.id, error)
        return None


async def _outcomes(
    session: AsyncSession, league_id: str, season: str, cases: list[_Case]
) -> list[tuple[crud.Ended, dict[str, Any]]]:
    """How each decision came out whose weeks are all final and confirmed."""
    confirmed = await crud.confirmed_weeks(session, league_id, season)
    cases = [case for case in cases if case.weeks <= confirmed]
    players = {player for case in cases for player in case.players}
    weeks: dict[int, crud.WeekPoints] = {}
    for week in sorted({week for case in cases for week in case.weeks}):
        scored = await crud.week_points(session, league_id, season, week, players)
        if scored is not None:
            weeks[week] = scored
    cases = [case for case in cases if case.weeks <= weeks.keys()]
    results = await _results(session, league_id, season, cases, weeks)
    found = []
    for case in cases:
        outcome = settle(case.rule, results)
        edited = settle(case.edited, results) if case.edited is not None else None
        if outcome is not None and (edited is not None or case.edited is None):
            found.append((case.decision, _document(case, outcome, edited, weeks)))
    return found


def _document(
    case: _Case, outcome: Outcome, edited: Outcome | None, weeks: dict[int, crud.WeekPoints]
) -> dict[str, Any]:
    """What is stored; `plays` is none where no injured player is in question.

    How the advice itself came out, and beside it how the edit did that was approved in its place.
    """
    plays = None
    if case.injured is not None:
        plays = case.injured in weeks[case.decision.week].took_part
    return {
        "right": outcome.right,
        "gain": outcome.gain,
        "settled_by": case.rule.rule,
        "plays": plays,
    } | ({"edit": {"right": edited.right, "gain": edited.gain}} if edited is not None else {})


async def _results(
    session: AsyncSession,
    league_id: str,
    season: str,
    cases: list[_Case],
    weeks: dict[int, crud.WeekPoints],
) -> Results:
    """The points of these weeks, and what was expected before those in which line-ups must be chosen."""
    league = await get_league(session, league_id)
    rosters = [rule for case in cases for rule in case.rules if isinstance(rule, Rosters)]
    players = {player for rule in rosters for player in (*rule.new, *rule.old)}
    chosen = {week for rule in rosters for week in rule.weeks} & weeks.keys()
    positions, expected = await _expectations(session, league_id, season, chosen, players)
    return Results(
        slots=starting_slots((league.roster_positions if league is not None else None) or ()),
        positions=positions,
        points={week: scored.points for week, scored in weeks.items()},
        expected=expected,
        totals={week: scored.totals for week, scored in weeks.items()},
    )


async def _expectations(
    session: AsyncSession,
    league_id: str,
    season: str,
    weeks: Collection[int],
    players: Collection[str],
) -> tuple[dict[str, frozenset[str]], dict[int, dict[str, float]]]:
    """Where each player may start, and week by week what was expected of him just before its first kickoff."""
    positions: dict[str, frozenset[str]] = {}
    expected: dict[int, dict[str, float]] = {}
    starts = await week_starts(session, season) if weeks else {}
    for week in sorted(weeks):
        before = starts[week] - _BEFORE
        view = await load_league_view(session, league_id, None, before, week, also=players)
        known = {player: view.players[player] for player in players if player in view.players}
        positions |= {player: row.positions for player, row in known.items()}
        expected[week] = {player: row.expected for player, row in known.items()}
    return positions, expected
