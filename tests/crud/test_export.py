"""What leaves with a user: all of it, and nothing of anybody else's, on both engines."""

import json
from collections import defaultdict
from datetime import timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import export
from fantasy_tui.crud.export import pieces
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentTaskType, DecisionAction, DecisionEvent, Door, LeagueMember, Policy, User
from tests.decisions import add_decision, add_league, add_user
from tests.leagues import NOW, build

SECRET = "only-the-other-knows"


async def fill(store: Store) -> tuple[str, str]:
    """Two users in one league, each with decisions, a rule and events, and a league that is the other's alone."""
    mine = await store.write(build)
    other = await add_user(store, "other-sleeper", SECRET)
    await add_league(store, other, "X", SECRET)

    async def work(session: AsyncSession) -> None:
        session.add(LeagueMember(league_id="A", user_id="other-sleeper", display_name="Other"))
        for user_id, note in ((mine, "mine"), (other, SECRET)):
            session.add(
                Policy(
                    user_id=user_id,
                    decision_type=AgentTaskType.SIT_START,
                    minimum_confidence=70,
                    maximum_loss=1.5,
                    stopped=note,
                )
            )
            session.add(
                DecisionEvent(
                    decision_id=f"gone-{user_id}",
                    version=1,
                    actor=user_id,
                    at=NOW,
                    door=Door.CLI,
                    action=DecisionAction.REJECT,
                    note=note,
                )
            )
        (await session.get_one(User, mine)).preferences = {"naïve": "“quoted”\x7f"}

    await store.write(work)
    for user_id, note, league_id in ((mine, "mine", "A"), (other, SECRET, "A"), (other, SECRET, "X")):
        for number in range(3):
            await add_decision(
                store,
                user_id,
                expires_at=NOW + timedelta(hours=1),
                league_id=league_id,
                subject=f"{note}-{number}",
            )
    return mine, other


async def exported(store: Store, user_id: str) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    async with store.read() as session:
        async for section, row in pieces(session, user_id):
            found[section].append(json.loads(msgspec.json.encode(row)))
    return found


async def test_all_of_mine(store: Store) -> None:
    mine, _ = await fill(store)
    found = await exported(store, mine)
    assert list(found) == ["user", "leagues", "tasks", "policies", "decisions", "events"]
    (user,) = found["user"]
    assert (user["id"], user["preferences"]) == (mine, {"naïve": "“quoted”\x7f"})
    assert {decision["subject"] for decision in found["decisions"]} == {"mine-0", "mine-1", "mine-2"}
    for decision in found["decisions"]:
        assert [event["action"] for event in decision["events"]] == ["propose"]
        assert decision["recommendation"]["summary"] == "Start Bench Man over Start Man"
    assert {task["id"] for task in found["tasks"]} >= {decision["task_id"] for decision in found["decisions"]}
    assert [rule["stopped"] for rule in found["policies"]] == ["mine"]
    assert [event["note"] for event in found["events"]] == ["mine"]


async def test_nothing_of_the_others(store: Store) -> None:
    mine, other = await fill(store)
    found = await exported(store, mine)
    assert SECRET not in json.dumps(found)
    assert other not in json.dumps(found)
    theirs = await exported(store, other)
    assert mine not in json.dumps(theirs)
    assert len(theirs["decisions"]) == 6


async def test_my_leagues_with_what_is_in_them(store: Store) -> None:
    """One that somebody else brought, and one that I have left, are mine too."""
    mine, other = await fill(store)
    leagues = {league["id"]: league for league in (await exported(store, mine))["leagues"]}
    assert list(leagues) == ["A", "B"]
    async with store.read() as session:
        for name in ("rosters", "matchups", "transactions", "traded_picks"):
            stored = await session.scalar(sa.text(f"SELECT count(*) FROM {name} WHERE league_id = 'A'"))
            assert len(leagues["A"][name]) == stored, name
    assert leagues["A"]["rosters"][0]["players"]
    assert "other-sleeper" in {member["user_id"] for member in leagues["A"]["members"]}

    async def leave(session: AsyncSession) -> None:
        (await session.get_one(LeagueMember, ("A", "other-sleeper"))).left_at = NOW

    await store.write(leave)
    assert [league["id"] for league in (await exported(store, other))["leagues"]] == ["A", "X"]


async def test_the_same_every_time_whatever_the_page(store: Store, monkeypatch: Any) -> None:
    mine, _ = await fill(store)
    first = await exported(store, mine)
    monkeypatch.setattr(export, "PAGE", 2)
    assert await exported(store, mine) == first


async def test_it_is_of_one_instant(store: Store) -> None:
    mine, _ = await fill(store)
    subjects = []
    async with store.read() as session:
        async for section, row in pieces(session, mine):
            if section == "user":
                await add_decision(store, mine, expires_at=NOW, league_id="A", subject="later")
            elif section == "decisions":
                subjects.append(row["subject"])
    assert sorted(subjects) == ["mine-0", "mine-1", "mine-2"]
