"""The back-test: every final week of a season's leagues, every team, every agent, measured by what followed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.backtest.before import StoredLeague, stored_leagues, view_before
from fantasy_tui.backtest.inputs import Known, counted, known_then
from fantasy_tui.backtest.outcomes import Outcomes, Positions, outcomes
from fantasy_tui.backtest.replay import Replayed
from fantasy_tui.backtest.results import Backtest, Efficiency, tally_kind
from fantasy_tui.backtest.workers import Workers, cores, workers
from fantasy_tui.crud.player import all_players
from fantasy_tui.models import AgentTaskType

if TYPE_CHECKING:
    from fantasy_tui.database.store import Store

log = logging.getLogger(__name__)
T = TypeVar("T")

FIRST_WEEK = 2
"""Before it there is nothing to go by."""


class WeeksNotStored(Exception):
    """None of the weeks that were asked for can be replayed; the message says which can."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How many steps are done, of how many, and the one that was done last."""

    done: int
    total: int
    step: str


@dataclass(frozen=True, slots=True)
class _Done:
    """A league's weeks, replayed and measured."""

    replayed: tuple[Replayed, ...]
    known: tuple[Known, ...]
    outcomes: Outcomes
    best_ball: bool


async def backtest(
    store: Store,
    season: str,
    *,
    weeks: Collection[int] | None = None,
    kinds: Collection[AgentTaskType] = AGENTS,
    league_id: str | None = None,
    user_id: str | None = None,
    jobs: int | None = None,
    on_progress: Callable[[Progress], None] = lambda _: None,
) -> Backtest:
    """Replay the season's final weeks (none: from the second on) in all its leagues, a user's, or one.

    `jobs` processes run the agents (none: one a core). Raises SeasonNotStored, WeeksNotStored, LeagueNotFound.
    """
    async with store.read() as session:
        leagues = await stored_leagues(session, season, league_id, user_id)
        positions = {row.player_id: row.positions for row in await all_players(session)}
    final = sorted({week for league in leagues for week in league.weeks})
    wanted = sorted(set(weeks)) if weeks is not None else [week for week in final if week >= FIRST_WEEK]
    replayable = [week for week in wanted if week in final]
    if not replayable:
        raise WeeksNotStored(f"None of these weeks is over and stored here; these are: {ranges(final)}.")
    units = {league.league_id: [w for w in replayable if w in league.played] for league in leagues}
    total = sum(map(len, units.values())) + len(leagues)
    done = 0

    def tick(step: str) -> None:
        nonlocal done
        done += 1
        on_progress(Progress(done, total, step))

    jobs = min(jobs if jobs is not None else cores(), total)
    async with workers(jobs) as pool:
        ended = await _together(
            _league(store, league, units[league.league_id], kinds, positions, pool, tick)
            for league in leagues
        )
    return _result(season, wanted, replayable, leagues, ended)


async def _together(works: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """All results in order; when one fails the others are cancelled and waited for."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _league(
    store: Store,
    league: StoredLeague,
    weeks: Sequence[int],
    kinds: Collection[AgentTaskType],
    positions: Positions,
    pool: Workers,
    tick: Callable[[str], None],
) -> _Done:
    """Replay a league's weeks, then measure them."""
    slots: tuple[str, ...] = ()
    best_ball = False

    async def replay_week(week: int) -> tuple[Replayed, Known]:
        nonlocal slots, best_ball
        async with pool.room:
            async with store.read() as session:
                view = await view_before(session, league, week)
                known = await known_then(session, view)
            slots, best_ball = view.slots, view.is_best_ball
            replayed = await pool.replay(view, kinds)
        _log_crashes(replayed)
        tick(f"{league.name}, week {week}")
        return replayed, known

    pairs = await _together(replay_week(week) for week in weeks)
    replayed = tuple(one for one, _ in pairs)
    async with store.read() as session:
        measured = await outcomes(session, league, slots, replayed, positions)
    tick(f"{league.name}, results")
    return _Done(replayed, tuple(known for _, known in pairs), measured, best_ball)


def _log_crashes(replayed: Replayed) -> None:
    for crash in replayed.crashes:
        log.error(
            "%s failed for team %d of league %s in week %d:\n%s",
            crash.kind, crash.roster_id, crash.league_id, crash.week, crash.trace,
        )  # fmt: skip


def _result(
    season: str,
    wanted: Sequence[int],
    replayable: Sequence[int],
    leagues: Sequence[StoredLeague],
    ended: Sequence[_Done],
) -> Backtest:
    weeks = [week for league in ended for week in league.replayed]

    def counts(kind: AgentTaskType) -> tuple[int, int, int, int]:
        advice = [one for week in weeks for one in week.advice if one.kind is kind]
        return (
            sum(week.runs.get(kind, 0) for week in weeks),
            sum(crash.kind is kind for week in weeks for crash in week.crashes),
            sum(not one.listed for one in advice),
            sum(one.listed for one in advice),
        )

    settled = [one for league in ended for one in league.outcomes.settled]
    presences = [one for league in ended for one in league.outcomes.presences]
    lineups = [one for league in ended for one in league.outcomes.team_weeks]
    return Backtest(
        season=season,
        weeks=tuple(replayable),
        left_out=tuple(week for week in wanted if week not in replayable),
        leagues=tuple(league.name for league in leagues),
        best_ball=tuple(league.name for league, done in zip(leagues, ended, strict=True) if done.best_ball),
        kinds=tuple(tally_kind(kind, counts, settled, presences) for kind in AGENTS),
        lineups=Efficiency.of(lineups),
        no_dead_starter=Efficiency.of([one for one in lineups if not one.dead_starter]),
        inputs=counted(known for league in ended for known in league.known),
        league_weeks=len(weeks),
    )


def ranges(weeks: Iterable[int]) -> str:
    """Weeks in few words, as in `2-9, 11`."""
    spans: list[list[int]] = []
    for week in sorted(set(weeks)):
        if spans and week == spans[-1][-1] + 1:
            spans[-1] = [spans[-1][0], week]
        else:
            spans.append([week])
    return ", ".join("-".join(map(str, span)) for span in spans) or "none"
