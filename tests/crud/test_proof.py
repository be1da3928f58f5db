"""What is read about a league's week to prove decisions, and how what was seen is written."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import proof as crud
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentTaskType, Matchup
from tests.leagues import MINE, NOW, RIVAL, build
from tests.proving import moved, proposed_at, sit_start, synced
from tests.settling import LAST_KICKOFF, add, did, row_of

PROOF = {"state": "open", "at": NOW.isoformat(), "steps": [{"text": "x", "done": False}], "note": None}


@pytest.fixture
async def user(store: Store) -> str:
    return await store.write(build)


async def one_approved(store: Store, user: str) -> tuple[str, crud.Approved]:
    decision = await add(
        store, user, sit_start("4", "2"), answer="approved", kind=AgentTaskType.SIT_START, week=10
    )
    async with store.read() as session:
        (found,) = await crud.approved(session, user, NOW)
    return decision, found


async def test_what_was_seen_of_a_week(store: Store, user: str) -> None:
    await synced(store, NOW, lineup=("1", "4", "5", "3"), stats=True)
    await moved(store, "new", NOW, {"9": 1}, {"7": 1})
    await moved(store, "failed", NOW - timedelta(days=1), {"9": 2}, status="failed", notes="no room", week=9)
    await moved(store, "old", NOW - timedelta(days=14), {"9": 1}, week=8)
    await moved(store, "elsewhere", NOW, {"9": 1}, league_id="B")
    async with store.read() as session:
        seen = await crud.seen(session, "A", "2024", 10)
    assert (seen.teams[1], seen.teams[2], seen.teams[3]) == (frozenset(MINE), frozenset(RIVAL), frozenset())
    assert seen.lineups[1] == ("1", "4", "5", "3")
    assert [(move.complete, move.adds, move.drops, move.notes) for move in seen.moves] == [
        (False, {"9": 2}, {}, "no room"),
        (True, {"9": 1}, {"7": 1}, None),
    ]
    assert seen.moves[1].roster_ids == {1}
    assert seen.kickoffs["PHI"] == seen.kickoffs["SF"] == LAST_KICKOFF
    assert (seen.lineups_at, seen.teams_at, seen.stats_at) == (NOW, NOW, NOW)


async def test_before_a_weeks_line_up_is_known_the_rosters_stands_in(store: Store, user: str) -> None:
    async def blank(session: AsyncSession) -> None:
        (await session.get_one(Matchup, ("A", 10, 1))).starters = None
        (await session.get_one(Matchup, ("A", 10, 2))).starters = None

    await store.write(blank)
    async with store.read() as session:
        seen = await crud.seen(session, "A", "2024", 10)
        nothing = await crud.seen(session, "nowhere", "2024", 10)
    assert seen.lineups[1] == ("1", "2", "5", "3")
    assert seen.lineups_at == seen.teams_at == NOW - timedelta(minutes=5)
    assert (nothing.teams, nothing.lineups, nothing.moves, nothing.teams_at) == ({}, {}, (), None)


async def test_a_proof_is_written_once_for_each_version(store: Store, user: str) -> None:
    decision, read = await one_approved(store, user)

    async def write(executed: bool, what: crud.Approved) -> bool:
        return await store.write(
            lambda session: crud.write_proof(session, what, PROOF, executed=executed, note="open", at=NOW)
        )

    assert await write(False, read)
    row = await row_of(store, decision)
    assert (row.proof, row.executed, row.version) == (PROOF, False, read.version + 1)
    assert not await write(True, read)
    assert not await write(True, replace(read, id="nothing"))
    assert (await row_of(store, decision)).executed is False
    async with store.read() as session:
        (again,) = await crud.approved(session, user, NOW)
    assert again.proof == PROOF
    assert await write(True, again)
    async with store.read() as session:
        assert await crud.approved(session, user, NOW) == []
        assert await crud.approved_open(session, user, NOW) == []


async def test_two_weeks_after_the_deadline_nobody_looks_any_more(store: Store, user: str) -> None:
    _, read = await one_approved(store, user)
    async with store.read() as session:
        late = read.expires_at + crud.WATCHED_FOR
        assert len(await crud.approved(session, user, late - timedelta(seconds=1))) == 1
        assert await crud.approved(session, user, late) == []


@pytest.mark.parametrize(
    ("state", "late", "hours", "listed"),
    [
        ("open", False, -1, True),
        ("open", True, -1, True),
        ("open", False, 1, True),
        ("open", True, 1, False),
        ("partly", False, 24, True),
        ("missed", True, -1, False),
        ("overtaken", False, -1, False),
    ],
)
async def test_what_is_still_to_be_done(
    store: Store, user: str, state: str, late: bool, hours: int, listed: bool
) -> None:
    decision, read = await one_approved(store, user)
    steps = [{"text": "x", "done": True, "late": False}, {"text": "y", "done": False, "late": late}]
    await proposed_at(store, decision, NOW, proof=PROOF | {"state": state, "steps": steps})
    async with store.read() as session:
        found = await crud.approved_open(session, user, read.expires_at + timedelta(hours=hours))
    assert [(row.id, league) for row, league in found] == ([(decision, "Alpha League")] if listed else [])


async def test_who_took_part(store: Store, user: str) -> None:
    await did(store, "3", 10, {"gms_active": 1, "off_snp": 12})
    await did(store, "4", 10, {"gms_active": 1})
    async with store.read() as session:
        assert await crud.took_part(session, "A", "2024", 10, {"3", "4", "5"}) == {"3"}
        assert await crud.took_part(session, "A", "2024", 12, {"3"}) == frozenset()
