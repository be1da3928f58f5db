"""The track record: how often settled advice came true, how true its confidence was, what answers were worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean
from typing import TYPE_CHECKING

from fantasy_tui.crud import settle as crud
from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.football.track import Band, Call, bands, brier, calibration_error, wilson

if TYPE_CHECKING:
    from fantasy_tui.crud.settle import Settled
    from fantasy_tui.database.store import Store

KINDS = (
    "lineup_optimization",
    "injury_monitoring",
    "sit_start",
    "waiver_wire",
    "trade_analysis",
    "opponent_analysis",
)
OVERALL = "overall"
REPORTS = "opponent_analysis"
"""The kind that asks for nothing: what it states is a chance to win, and its gain is a margin of victory."""
COIN = 0.25
"""The Brier score of always saying 50 in 100."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Settled calls taken together."""

    n: int
    right: int
    mean_gain: float | None
    """League points a call; none without calls."""
    brier: float | None
    calibration_error: float | None
    """Distance between stated and true shares, 0 to 1."""
    bands: tuple[Band, ...]

    @property
    def hit_rate(self) -> float | None:
        """Share that came true, 0 to 1; none without calls."""
        return self.right / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval of the hit rate."""
        return wilson(self.right, self.n)

    @property
    def brier_skill(self) -> float | None:
        """Share of a coin's Brier score that is avoided: 0 is a coin, 1 is perfect, below 0 is worse."""
        return 1 - self.brier / COIN if self.brier is not None else None


@dataclass(frozen=True, slots=True)
class Answered:
    """Settled calls with one answer, and the league points that answer has won (negative: lost)."""

    n: int
    gain: float


@dataclass(frozen=True, slots=True)
class KindRecord:
    """One kind of advice, or `overall` all kinds but reports."""

    kind: str
    calls: Tally
    """What asked for an answer; for reports, the reports."""
    toss_ups: Tally
    """What was listed as too close to act on."""
    approved: Answered
    rejected: Answered
    expired: Answered
    automatic: Answered = Answered(0, 0.0)
    """Those among the approved that rules answered."""
    plays: Tally | None = None
    """Injuries alone: how true the stated chance to play was; it has no gain."""


@dataclass(frozen=True, slots=True)
class Upcoming:
    """When the next decisions will be settled."""

    season: str
    week: int
    final_at: datetime
    """When the week is over; the first sync after it settles them."""
    decisions: int


@dataclass(frozen=True, slots=True)
class Record:
    """The whole track record."""

    records: tuple[KindRecord, ...]
    """Overall first, then every kind."""
    upcoming: Upcoming | None
    """None when nothing stands to be settled."""

    @property
    def empty(self) -> bool:
        """True while nothing at all has been settled."""
        return not any(record.calls.n or record.toss_ups.n for record in self.records)

    def of(self, kind: str) -> KindRecord:
        """The record of one kind, or the overall one."""
        return next(record for record in self.records if record.kind == kind)


async def track_record(store: Store, user_id: str, league_id: str | None = None) -> list[KindRecord]:
    """Overall first, then every kind, whether or not anything of it has been settled."""
    async with store.read() as session:
        settled = await crud.settled(session, user_id, league_id)
    advice = [one for one in settled if one.kind != REPORTS]
    return [
        record_of(OVERALL, advice),
        *(record_of(kind, [one for one in settled if one.kind == kind]) for kind in KINDS),
    ]


async def full_record(store: Store, user_id: str, league_id: str | None = None) -> Record:
    """The record in one league (none: in all) and when it will grow; raises LeagueNotFound."""
    async with store.read() as session:
        if league_id is not None:
            here = await get_user_leagues(session, user_id)
            left = await get_user_leagues(session, user_id, left=True)
            if league_id not in {league.id for league in (*here, *left)}:
                raise LeagueNotFound(league_id)
        due = await crud.due(session, user_id, league_id)
    upcoming = Upcoming(due.season, due.week, due.final_at, due.decisions) if due is not None else None
    return Record(tuple(await track_record(store, user_id, league_id)), upcoming)


def record_of(kind: str, settled: Sequence[Settled]) -> KindRecord:
    """The record of settled decisions that belong together."""
    asked = [one for one in settled if one.actionable]
    listed = [one for one in settled if not one.actionable]
    calls, toss_ups = ([*asked, *listed], []) if kind == REPORTS else (asked, listed)
    present = [
        (Call(one.plays_probability, one.plays), 0.0)
        for one in settled
        if one.plays is not None and one.plays_probability is not None
    ]
    return KindRecord(
        kind=kind,
        calls=_tally(_stated(calls)),
        toss_ups=_tally(_stated(toss_ups)),
        approved=_answered(one.done for one in asked if one.approved is True),
        # What was not done would have gained so much: the answer is worth its opposite.
        rejected=_answered(-one.gain for one in asked if one.approved is False),
        expired=_answered(-one.gain for one in asked if one.approved is None),
        automatic=_answered(one.done for one in asked if one.automatic),
        plays=_tally(present) if kind == "injury_monitoring" else None,
    )


def _stated(settled: Iterable[Settled]) -> list[tuple[Call, float]]:
    """Each as a call with its gain."""
    return [(Call(one.confidence / 100, one.right), one.gain) for one in settled]


def _tally(settled: Sequence[tuple[Call, float]]) -> Tally:
    calls = [call for call, _ in settled]
    return Tally(
        n=len(calls),
        right=sum(call.right for call in calls),
        mean_gain=fmean(gain for _, gain in settled) if settled else None,
        brier=brier(calls),
        calibration_error=calibration_error(calls),
        bands=bands(calls),
    )


def _answered(gains: Iterable[float]) -> Answered:
    listed = list(gains)
    return Answered(len(listed), round(sum(listed), 2) + 0.0)
