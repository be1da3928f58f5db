"""The sync of one person's leagues: people, teams, weekly matchups, moves and picks."""

import asyncio
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import league as league_crud
from fantasy_tui.crud.mirror import Changes, mirror
from fantasy_tui.models import LeagueMember, Matchup, Roster, TradedPick, Transaction
from fantasy_tui.sleeper import endpoints, rows
from fantasy_tui.sleeper import payloads as wire
from fantasy_tui.sleeper.client import unreadable
from fantasy_tui.sleeper.endpoints import Resource
from fantasy_tui.sleeper.memory import remember_lineups
from fantasy_tui.sleeper.run import Run

PAIRINGS_EVERY = timedelta(hours=24)


async def bring_league_list(run: Run, user_id: str, sleeper_user_id: str, season: str) -> list[str]:
    """Bring the season's leagues up to date and mark those that were left; returns the ids of the readable ones."""

    resource = endpoints.user_leagues(sleeper_user_id, season)
    readable: list[wire.SleeperLeague] = []

    async def write(session: AsyncSession, found: list[msgspec.Raw]) -> Changes:
        changes = Changes()
        # In one order, whoever's list it is: others may be at the same leagues at this moment.
        for league in sorted(readable, key=lambda one: one.league_id):
            changes += await league_crud.refresh_league(
                session, league.league_id, user_id, rows.league_data(league)
            )
        present = [_id(resource, entry) for entry in found]
        left = await league_crud.mark_leagues_left(session, sleeper_user_id, season, present, run.now)
        return changes + Changes(updated=left)

    # Asked for afresh: what the list means for the store depends on who else uses it.
    reply = await run.fetch(resource, again=True)
    for entry in reply.value or ():
        league = endpoints.league(_id(resource, entry))
        try:
            readable.append(league.decode(bytes(entry)))
        except msgspec.ValidationError as error:
            run.skip(league.key, "leagues", unreadable(league, "broken off or changed", str(error)))
    # Its other managers bring the same league.
    shared = sorted(endpoints.league(league.league_id).key for league in readable)
    await run.keep(resource, "leagues", reply, write, alone=shared)
    return [league.league_id for league in readable]


def _id(resource: Resource[list[msgspec.Raw]], entry: msgspec.Raw) -> str:
    """The id of a league that may be unreadable; raises SleeperBadAnswer where it has none."""
    try:
        return msgspec.json.decode(entry, type=wire.LeagueId).league_id
    except msgspec.ValidationError as error:
        raise unreadable(resource, "broken off or changed", str(error)) from error


async def bring_old_league(run: Run, user_id: str, league_id: str) -> None:
    """See whether a league of another season is over by now."""

    async def write(session: AsyncSession, league: wire.SleeperLeague) -> Changes:
        return await league_crud.refresh_league(session, league_id, user_id, rows.league_data(league))

    await run.bring(endpoints.league(league_id), "earlier seasons", write)


async def bring_league(run: Run, league_id: str, name: str, weeks: range, *, rejoined: bool) -> None:
    """Bring everything of one league up to date; weeks that can no longer change are not asked for.

    Of a league `rejoined` the people are read again even when they are those already known.
    """

    async def write_members(session: AsyncSession, people: list[wire.Member]) -> Changes:
        if not people:
            return Changes()  # a league that lists us has somebody
        found = [rows.member(league_id, person) for person in people]
        changes = await mirror(session, LeagueMember, found, within={"league_id": league_id})
        left = await league_crud.mark_left(session, league_id, [p.user_id for p in people], run.now)
        return changes + Changes(updated=left)

    async def write_rosters(session: AsyncSession, teams: list[wire.SleeperRoster]) -> Changes:
        found = [rows.roster(league_id, team) for team in teams]
        return await mirror(session, Roster, found, within={"league_id": league_id}, prune=bool(found))

    async def write_picks(session: AsyncSession, picks: list[wire.Pick]) -> Changes:
        found = [rows.traded_pick(league_id, pick) for pick in picks]
        return await mirror(session, TradedPick, found, within={"league_id": league_id}, prune=True)

    # Asked first: a coroutine that was made and is then cancelled while we wait would never run.
    ahead = await _weeks_to_pair(run, league_id, weeks.stop)
    steps: list[Any] = [
        run.bring(endpoints.members(league_id), f"members of {name}", write_members, again=rejoined),
        run.bring(endpoints.rosters(league_id), f"rosters of {name}", write_rosters),
        run.bring(endpoints.traded_picks(league_id), f"traded picks of {name}", write_picks),
    ]
    for week in weeks:
        if not run.is_settled(endpoints.matchups(league_id, week).key, week):
            steps.append(bring_matchups(run, league_id, name, week))
        if not run.is_settled(endpoints.transactions(league_id, week).key, week):
            steps.append(_transactions(run, league_id, name, week))
    steps += [_pairings(run, league_id, name, week) for week in ahead]
    run.plan(len(steps))
    async with asyncio.TaskGroup() as group:
        for step in steps:
            group.create_task(step)
    await remember_lineups(run, league_id, weeks.stop - 1)


async def _weeks_to_pair(run: Run, league_id: str, first: int) -> list[int]:
    """The weeks before the playoffs of which it is to be asked, once a day, who meets whom."""
    async with run.store.read() as session:
        league = await league_crud.get_league(session, league_id)
    end = int((league.settings or {}).get("playoff_week_start") or 0) if league is not None else 0
    return [
        week
        for week in range(first, end)
        if (checked := run.checked_at(endpoints.pairings(league_id, week).key)) is None
        or run.now - checked >= PAIRINGS_EVERY
    ]


async def _pairings(run: Run, league_id: str, name: str, week: int) -> None:
    async def write(session: AsyncSession, found: list[wire.SleeperMatchup]) -> Changes:
        new = [rows.pairing(league_id, week, row) for row in found]
        return await mirror(session, Matchup, new, within={"league_id": league_id, "week": week})

    await run.bring(endpoints.pairings(league_id, week), f"schedule of {name}", write, optional=True)


async def bring_matchups(run: Run, league_id: str, name: str, week: int) -> None:
    """Bring the week's line-ups and points up to date."""

    async def write(session: AsyncSession, found: list[wire.SleeperMatchup]) -> Changes:
        new = [rows.matchup(league_id, week, row) for row in found]
        within = {"league_id": league_id, "week": week}
        # The offseason answers with nothing; what was played stays.
        return await mirror(session, Matchup, new, within=within, prune=bool(new))

    await run.bring(endpoints.matchups(league_id, week), f"week {week} of {name}", write)


async def _transactions(run: Run, league_id: str, name: str, week: int) -> None:
    async def write(session: AsyncSession, found: list[wire.SleeperTransaction]) -> Changes:
        new = [rows.transaction(league_id, week, move) for move in found]
        return await mirror(session, Transaction, new, within={"league_id": league_id})

    await run.bring(endpoints.transactions(league_id, week), f"moves of week {week} of {name}", write)
