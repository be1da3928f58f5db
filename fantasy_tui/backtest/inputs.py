"""Which inputs of a replayed week were seen at the time, and what stands in for the others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fantasy_tui.backtest.before import UNREPORTED
from fantasy_tui.backtest.results import Input
from fantasy_tui.crud.known import INJURIES
from fantasy_tui.crud.observation import known
from fantasy_tui.football.projection import Basis
from fantasy_tui.models import ObservationKind

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.football.view import LeagueView

LAST_PUBLISHED = "projections as last published"
NO_REPORT = f"{UNREPORTED}, teams as they are now"
AS_PLAYED = "line-ups as they were played, reserve and taxi as last seen"
CLOSING = "betting lines as last seen"
NAMES = ("projections", "injuries", "line-ups", "betting lines")
_SEEN, _MISSING = "seen", "missing"


@dataclass(frozen=True, slots=True)
class Known:
    """For each of `NAMES`: `seen`, `missing`, or what stands in."""

    of: tuple[str, str, str, str]


async def known_then(session: AsyncSession, view: LeagueView) -> Known:
    """Tell of the inputs of a view of the past."""
    assumed = {source.name for source in view.sources}
    projected = any(p.projection.basis in (Basis.COMPONENTS, Basis.PRESET) for p in view.players.values())
    lined = any(p.lines.team_total is not None for p in view.players.values())

    async def remembered(kind: ObservationKind, scope: str) -> bool:
        return bool(await known(session, kind, scope, view.now))

    injuries = await remembered(ObservationKind.INJURY, INJURIES)
    lineups = await remembered(ObservationKind.LINEUP, f"{view.league_id}:{view.week}")
    lines = await remembered(ObservationKind.LINES, f"{view.season}:{view.week}")
    return Known(
        (
            LAST_PUBLISHED if LAST_PUBLISHED in assumed else _SEEN if projected else _MISSING,
            _SEEN if injuries else NO_REPORT,
            _SEEN if lineups else AS_PLAYED,
            _SEEN if lines else CLOSING if lined else _MISSING,
        )
    )


def counted(weeks: Iterable[Known]) -> tuple[Input, ...]:
    """Each kind of input over all league-weeks."""
    listed = list(weeks)
    found = []
    for place, name in enumerate(NAMES):
        column = [week.of[place] for week in listed]
        others = sorted(set(column) - {_SEEN, _MISSING})
        found.append(
            Input(
                name=name,
                seen=column.count(_SEEN),
                missing=column.count(_MISSING),
                stand_ins={other: column.count(other) for other in others},
            )
        )
    return tuple(found)
