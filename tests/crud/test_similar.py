"""Profiles in the store and the players nearest to one: the same on both databases."""

import math
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import numpy as np
import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.pool import NullPool

from fantasy_tui.crud.similar import Similar, similar_players, store_profiles
from fantasy_tui.database.engine import make_engine
from fantasy_tui.football.profile import Totals, profile, shipped, week_totals
from fantasy_tui.models import Player, PlayerStats
from fantasy_tui.models.player import PROFILE_DIMENSIONS

SEASON = "2024"
WEEKS = 5
SQUAD = ("RB", "WR", "WR", "TE", "FB", "K", "RB", "WR", "TE", "RB")


def drawn(rng: Random, position: str) -> dict[str, Any]:
    """A game of a runner, a receiver or a kicker."""
    if position == "K":
        return {"gp": 1, "fgm": 2, "tm_def_snp": 61, "tm_st_snp": 25}
    runs, catches = (rng.randint(12, 22), 2) if position in ("RB", "FB") else (0, rng.randint(3, 9))
    return {
        "gp": 1, "off_snp": rng.randint(30, 60), "tm_def_snp": 61, "tm_st_snp": 25, "rush_att": runs,
        "rush_yd": 4 * runs, "rec_tgt": catches + 2, "rec": catches, "rec_yd": 11 * catches,
    }  # fmt: skip


async def a_season(session: AsyncSession) -> dict[tuple[str, int], dict[str, Any]]:
    """Two teams of players with five games each, by player and week."""
    rng = Random(7)
    lines = {}
    for number, position in enumerate(SQUAD, start=1):
        player = str(number)
        team = "KC" if number < 7 else "SF"
        session.add(Player(player_id=player, full_name=f"Player {number}", position=position, team=team))
        for week in range(1, WEEKS + 1):
            lines[player, week] = drawn(rng, position) | {"tm_off_snp": 60 if team == "KC" else 70}
    await session.flush()
    for (player, week), line in lines.items():
        session.add(stats(player, week, line))
    await session.flush()
    return lines


def stats(player: str, week: int, line: dict[str, Any] | None, season: str = SEASON) -> PlayerStats:
    return PlayerStats(
        id=f"{player}:{season}:{week}", player_id=player, season=season, week=week, stats=line
    )  # fmt: skip


async def stored(session: AsyncSession) -> dict[str, tuple[tuple[float, ...], str | None]]:
    rows = await session.execute(
        sa.select(Player.player_id, Player.profile, Player.profile_version).where(Player.profile.is_not(None))
    )
    return {row[0]: (tuple(round(x, 6) for x in row[1] or ()), row[2]) for row in rows}


async def test_profiles_are_those_of_the_lines(session: AsyncSession) -> None:
    lines = await a_season(session)
    assert await store_profiles(session, SEASON, WEEKS) == 8
    found = await stored(session)
    # Neither the fullback nor the kicker; but the fullback's runs are his team's.
    assert found.keys() == {*"1234789", "10"}
    teams = {player: "KC" if int(player) < 7 else "SF" for player, _ in lines}
    totals: list[Totals] = []
    for week in range(1, WEEKS + 1):
        of_week = {player: line for (player, at), line in lines.items() if at == week and player != "6"}
        totals.append(week_totals(of_week, teams)["1"])
    expected = profile([lines["1", week] for week in range(1, WEEKS + 1)], totals)
    assert found["1"] == (expected, shipped().version)


async def test_only_what_differs_is_written(session: AsyncSession) -> None:
    await a_season(session)
    await store_profiles(session, SEASON, WEEKS)
    assert await store_profiles(session, SEASON, WEEKS) == 0
    session.expunge_all()
    line = await session.get_one(PlayerStats, f"7:{SEASON}:5")
    line.stats = (line.stats or {}) | {"rush_td": 3}
    await session.flush()
    assert await store_profiles(session, SEASON, WEEKS) == 1
    await session.execute(
        sa.update(Player).where(Player.player_id == "1").values(profile_version="profile-0")
    )
    assert await store_profiles(session, SEASON, WEEKS) == 1
    assert {version for _, version in (await stored(session)).values()} == {shipped().version}


async def test_weeks_to_come_and_other_seasons_take_no_part(session: AsyncSession) -> None:
    await a_season(session)
    await store_profiles(session, SEASON, 4)
    before = await stored(session)
    await session.execute(sa.delete(PlayerStats).where(PlayerStats.week == 5))
    session.add(stats("1", 3, {"gp": 1, "rush_att": 40}, season="2023"))
    await session.flush()
    assert await store_profiles(session, SEASON, 4) == 0
    assert await stored(session) == before


async def test_who_has_no_games_left_loses_his_profile(session: AsyncSession) -> None:
    await a_season(session)
    await store_profiles(session, SEASON, WEEKS)
    assert await store_profiles(session, "2025", WEEKS) == 8
    assert await stored(session) == {}
    assert await store_profiles(session, SEASON, 2) == 0


async def test_lines_without_stats_are_no_games(session: AsyncSession) -> None:
    session.add(Player(player_id="1", position="RB", team="KC"))
    await session.flush()
    session.add_all(stats("1", week, None if week % 2 else {}) for week in range(1, 5))
    await session.flush()
    assert await store_profiles(session, SEASON, WEEKS) == 0


async def test_nobody_is_known_to_nobody(session: AsyncSession) -> None:
    assert await store_profiles(session, SEASON, WEEKS) == 0
    assert await similar_players(session, "1") == []
    session.add(Player(player_id="1", position="RB"))
    await session.flush()
    assert await similar_players(session, "1") == []


def unit(numbers: list[float]) -> list[float]:
    length = math.hypot(*numbers)
    return [round(number / length, 6) for number in numbers]


def crowd(count: int = 120) -> list[dict[str, Any]]:
    """Players at random, with many who share a vector or differ in its last digit."""
    rng = Random(11)
    rows: list[dict[str, Any]] = []
    for number in range(1, count + 1):
        vector = unit([rng.gauss(0, 1) for _ in range(PROFILE_DIMENSIONS)])
        if number % 4 == 0:
            vector = list(rows[(number * 7) % len(rows)]["profile"])
        if number % 8 == 0:
            vector[number % 24] = round(vector[number % 24] + 1e-6, 6)
        rows.append(
            {
                "player_id": str(number),
                "full_name": f"Player {number}",
                "position": ("QB", "RB", "WR", "TE")[number % 4],
                "team": "KC" if number % 3 else None,
                "profile": vector,
                "profile_version": "profile-1",
            }
        )
    return rows


def by_hand(rows: list[dict[str, Any]], player: str) -> list[float]:
    """Cosines of all others with the player, highest first."""
    matrix = {row["player_id"]: np.array(row["profile"]) for row in rows}
    own = matrix.pop(player)
    cosines = [row @ own / np.linalg.norm(row) / np.linalg.norm(own) for row in matrix.values()]
    return sorted(map(float, cosines), reverse=True)


@pytest.fixture
async def crowded(session: AsyncSession) -> AsyncSession:
    await session.execute(sa.insert(Player), crowd())
    return session


async def test_the_nearest_are_all_there_is_and_in_order(crowded: AsyncSession) -> None:
    rows = crowd()
    for player in ("1", "4", "8", "60"):
        expected = by_hand(rows, player)
        for limit in (1, 5, 20, 500):
            found = await similar_players(crowded, player, limit=limit)
            assert len(found) == min(limit, len(rows) - 1)
            assert player not in {one.player_id for one in found}
            assert [one.similarity for one in found] == pytest.approx(expected[:limit], abs=1e-9)
            assert found == sorted(found, key=lambda one: (-one.similarity, one.player_id))
    assert await similar_players(crowded, "1", limit=0) == []


async def test_positions_and_ids_bound_who_is_asked_about(crowded: AsyncSession) -> None:
    everyone = await similar_players(crowded, "7", limit=500)
    backs = await similar_players(crowded, "7", positions={"RB", "TE"}, limit=6)
    assert backs == [one for one in everyone if one.position in ("RB", "TE")][:6]
    free = {"1", "2", "3", "7", "99", "nobody"}
    found = await similar_players(crowded, "7", among=free)
    assert found == [one for one in everyone if one.player_id in free]
    assert "7" not in {one.player_id for one in found}
    assert await similar_players(crowded, "7", among=[]) == []
    assert await similar_players(crowded, "7", positions=[]) == []


async def test_profiles_of_another_version_are_not_compared(crowded: AsyncSession) -> None:
    nearest = (await similar_players(crowded, "1", limit=1))[0].player_id
    await crowded.execute(
        sa.update(Player).where(Player.player_id == nearest).values(profile_version="profile-0")
    )
    assert nearest not in {one.player_id for one in await similar_players(crowded, "1", limit=500)}


async def test_ties_go_by_id_however_many(session: AsyncSession) -> None:
    same = unit([1.0] * PROFILE_DIMENSIONS)
    rows = [
        {"player_id": f"{n}", "first_name": "A", "last_name": f"B{n}", "position": "WR", "profile": same,
         "profile_version": "profile-1"}
        for n in range(40)
    ]  # fmt: skip
    await session.execute(sa.insert(Player), rows)
    found = await similar_players(session, "0", limit=3)
    assert found == [Similar(n, f"A B{n}", "WR", None, found[0].similarity) for n in ("1", "10", "11")]
    assert found[0].similarity == pytest.approx(1)


@pytest.fixture
async def both(sqlite_url: str, worker_database: str) -> AsyncIterator[list[AsyncSession]]:
    """A session on each database whose work is rolled back."""
    engines = [make_engine(url, poolclass=NullPool) for url in (sqlite_url, worker_database)]
    sessions = [AsyncSession(engine) for engine in engines]
    yield sessions
    for session, engine in zip(sessions, engines, strict=True):
        await session.rollback()
        await session.close()
        await engine.dispose()


async def test_both_databases_give_the_same_answer(both: list[AsyncSession]) -> None:
    answers = []
    for session in both:
        await session.execute(sa.insert(Player), crowd())
        answers.append([await similar_players(session, str(n), limit=n % 9 + 1) for n in range(1, 121, 3)])
    assert answers[0] == answers[1]


async def test_both_databases_store_the_same_profiles(both: list[AsyncSession]) -> None:
    answers = []
    for session in both:
        await a_season(session)
        await store_profiles(session, SEASON, WEEKS)
        nearest = [await similar_players(session, str(n)) for n in range(1, 11)]
        answers.append((await stored(session), nearest))
    assert answers[0] == answers[1]
