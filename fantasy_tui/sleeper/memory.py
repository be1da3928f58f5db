"""What a sync remembers of the inputs that decisions rest on: every change, with the time it was seen."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.observation import Value, remember
from fantasy_tui.football.weeks import WEEK_ENDS_AFTER
from fantasy_tui.models import Matchup, ObservationKind, Roster
from fantasy_tui.sleeper.run import Run

INJURIES = "nfl"


def is_over(run: Run, week: int) -> bool:
    """True when the week's last game has ended: what it was expected to bring is history by then."""
    end = run.week_ends.get(week)
    return end is not None and run.now >= end + WEEK_ENDS_AFTER


async def remember_projections(
    session: AsyncSession, run: Run, season: str, week: int, source: str, rows: Iterable[Mapping[str, Any]]
) -> None:
    """Keep what a source expects of a week that is not over."""
    if not is_over(run, week):
        values = {row["player_id"]: row["stats"] for row in rows}
        scope = f"{season}:{week}:{source}"
        await remember(session, ObservationKind.PROJECTION, scope, values, run.now, whole=bool(values))


async def remember_injuries(session: AsyncSession, run: Run, rows: Iterable[Mapping[str, Any]]) -> None:
    """Keep designation, practice and team of everyone who has one."""
    values = {row["player_id"]: value for row in rows if (value := health(row)) is not None}
    await remember(session, ObservationKind.INJURY, INJURIES, values, run.now, whole=bool(values))


def health(row: Mapping[str, Any]) -> Value:
    """What is remembered of a player's row; none for someone without team and designation."""
    data = row["player_data"] or {}
    found = {
        "team": row["team"],
        "injury_status": row["injury_status"],
        "practice": data.get("practice_participation"),
        "body_part": data.get("injury_body_part"),
    }
    kept = {name: value for name, value in found.items() if value}
    return kept or None


async def remember_lines(
    session: AsyncSession, run: Run, season: str, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Keep kickoffs and betting lines of the weeks that are not over."""
    weeks: dict[int, dict[str, Value]] = {}
    for row in rows:
        weeks.setdefault(row["week"], {})[row["home"]] = {
            "spread": row["spread_line"],
            "total": row["total_line"],
            "kickoff": row["kickoff"].isoformat(),
        }
    for week, values in weeks.items():
        if any(row["week"] == week and row["kickoff"] + WEEK_ENDS_AFTER > run.now for row in rows):
            await remember(session, ObservationKind.LINES, f"{season}:{week}", values, run.now)


async def remember_lineups(run: Run, league_id: str, week: int) -> None:
    """Keep rosters and line-ups of the week as they stand after they were brought."""
    if is_over(run, week):
        return

    async def work(session: AsyncSession) -> int:
        teams = await session.scalars(select(Roster).where(Roster.league_id == league_id))
        matchups = {
            matchup.roster_id: matchup
            for matchup in await session.scalars(
                select(Matchup).where(Matchup.league_id == league_id, Matchup.week == week)
            )
        }
        values: dict[str, Value] = {}
        for team in teams:
            matchup = matchups.get(team.roster_id)
            settings = team.settings or {}
            values[str(team.roster_id)] = {
                "players": team.players,
                "starters": (matchup.starters if matchup is not None else None) or team.starters,
                "reserve": team.reserve,
                "taxi": team.taxi,
                "waiver_position": settings.get("waiver_position"),
                "waiver_budget_used": settings.get("waiver_budget_used"),
            }
        return await remember(session, ObservationKind.LINEUP, f"{league_id}:{week}", values, run.now)

    await run.write(work, f"line-ups {league_id}:{week}")
