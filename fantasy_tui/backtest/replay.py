"""One league in one week, replayed: what every agent would have told every team."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Collection
from dataclasses import dataclass

from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.recommendation import InjuryReplacement
from fantasy_tui.agents.registry import agent
from fantasy_tui.football.plan import suggest
from fantasy_tui.football.settle import Rule
from fantasy_tui.football.view import LeagueView, RosterWeek
from fantasy_tui.models import AgentTaskType

REPORTS = AgentTaskType.OPPONENT_ANALYSIS
"""The kind that asks for nothing: its reports are what it has to say."""


class Stopped(Exception):
    """The replay was told to stop."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A proposal, as far as it is measured."""

    kind: AgentTaskType
    week: int
    roster_id: int
    subject: str
    confidence: int
    """0 to 100."""
    promised: float
    """Expected gain in league points."""
    listed: bool
    """True for a toss-up, which asks for nothing."""
    rule: Rule | None
    injured: str | None = None
    """The player whose chance to play is stated."""
    plays_probability: float | None = None


@dataclass(frozen=True, slots=True)
class Crash:
    """An agent's run that raised."""

    kind: AgentTaskType
    league_id: str
    week: int
    roster_id: int
    trace: str


@dataclass(frozen=True, slots=True)
class Suggested:
    """The line-up an agent would have set for a team, and from whom."""

    roster_id: int
    starters: tuple[str, ...]
    squad: frozenset[str]
    """Everyone on the team who was on neither reserve nor taxi."""
    aside: frozenset[str]
    """Everyone on reserve or taxi."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What the agents would have told a league's teams before a week."""

    league_id: str
    week: int
    runs: dict[AgentTaskType, int]
    advice: tuple[Advice, ...]
    crashes: tuple[Crash, ...]
    lineups: tuple[Suggested, ...]
    """None in best ball, where nobody sets one."""


def _never() -> bool:
    return False


def replay(
    view: LeagueView, kinds: Collection[AgentTaskType], stopped: Callable[[], bool] = _never
) -> Replayed:
    """Run the agents for every team of the view; raises Stopped when `stopped` says so in between."""
    advice: list[Advice] = []
    crashes: list[Crash] = []
    for kind in kinds:
        module = agent(kind)
        for roster_id in view.rosters:
            if stopped():
                raise Stopped
            try:
                proposals = module.recommend(view.for_roster(roster_id))
            # Whatever an agent raises is a finding about it, and must not end the measurement of the others.
            except Exception:
                crashes.append(Crash(kind, view.league_id, view.week, roster_id, traceback.format_exc()))
                continue
            advice += [_advice(kind, view.week, roster_id, proposal) for proposal in proposals]
    return Replayed(
        league_id=view.league_id,
        week=view.week,
        runs={kind: len(view.rosters) for kind in kinds},
        advice=tuple(advice),
        crashes=tuple(crashes),
        lineups=tuple(_suggested(view, roster) for roster in view.rosters.values() if not view.is_best_ball),
    )


def _advice(kind: AgentTaskType, week: int, roster_id: int, proposal: Proposal) -> Advice:
    told = proposal.recommendation
    injury = told if isinstance(told, InjuryReplacement) else None
    return Advice(
        kind=kind,
        week=week,
        roster_id=roster_id,
        subject=proposal.subject,
        confidence=proposal.confidence,
        promised=proposal.expected_gain,
        listed=not proposal.actionable and kind is not REPORTS,
        rule=told.settle,
        injured=injury.player.player_id if injury is not None else None,
        plays_probability=injury.plays_probability if injury is not None else None,
    )


def _suggested(view: LeagueView, roster: RosterWeek) -> Suggested:
    aside = frozenset((*roster.reserve, *roster.taxi))
    return Suggested(
        roster_id=roster.roster_id,
        starters=tuple(player for player in suggest(view, roster).suggested if player is not None),
        squad=frozenset(roster.players) - aside,
        aside=aside,
    )
