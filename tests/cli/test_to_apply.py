"""What the command line tells of approved decisions until they are done in Sleeper."""

import asyncio
from datetime import timedelta

from fantasy_tui.database.store import Store
from fantasy_tui.review.proof import prove
from tests.cli.conftest import Cli
from tests.decisions import add_decision
from tests.leagues import NOW
from tests.proving import synced

STEP = "RB: start Bench Man (RB, PHI) in place of Start Man."


def test_approving_tells_what_to_do(cli: Cli, decisions: list[str]) -> None:
    lines = cli("approve", decisions[0]).out.splitlines()
    assert lines == [
        "Approved: Start Bench Man over Start Man (Alpha League).",
        f"  1. [ ] {STEP}",
        "  Not looked for in Sleeper yet: the next sync does.",
        "  https://sleeper.com/leagues/A/team",
    ]


def test_the_queue_begins_with_what_is_approved_and_not_done(cli: Cli, decisions: list[str]) -> None:
    for one in decisions[:2]:
        cli("approve", one)
    lines = cli("queue").out.splitlines()
    assert lines[0] == "APPROVED, BUT NOT YET DONE IN SLEEPER: 1 OF 2 LOCKS WITHIN 2 HOURS"
    assert lines[2].startswith(f"!!  {decisions[0][:8]}")
    assert lines[3].startswith(f"    {decisions[1][:8]}")
    assert "0 of 1" in lines[3]
    assert lines[-1].startswith("1 decision waits.")
    rows = cli("queue", "--to-apply", "--json").json
    assert [(row["id"], row["status"], row["proof"]) for row in rows] == [
        (one, "approved", None) for one in decisions[:2]
    ]
    assert rows[0]["steps"] == [STEP]
    assert [row["id"] for row in cli("queue", "--json").json] == decisions[2:]
    assert "decision waits" not in cli("queue", "--to-apply").out


def test_nothing_is_approved(cli: Cli, decisions: list[str]) -> None:
    assert cli("queue", "--to-apply").out.startswith("Nothing approved is left to do in Sleeper.")
    assert "APPROVED" not in cli("queue").out


def test_show_marks_what_was_seen(cli: Cli, decisions: list[str], empty: str) -> None:
    assert f"  1. {STEP}\n" in cli("show", decisions[0]).out
    cli("approve", decisions[0])

    async def look() -> None:
        store = Store(empty)
        async with store.read() as session:
            from fantasy_tui.crud.user import get_only_user

            user = await get_only_user(session)
        assert user is not None
        # The decision is about players 4, who comes in, and 2, who goes out.
        await synced(store, NOW, lineup=("1", "4", "5", "3"))
        await prove(store, user.id, NOW)
        await store.close()

    asyncio.run(look())
    shown = cli("show", decisions[0]).out
    assert f"  1. [x] {STEP}\n  Done in Sleeper, as of 2024-11-10 18:30 UTC.\n" in shown
    assert "apply (sync): applied: 1 of 1 steps seen in Sleeper" in shown
    proof = cli("show", decisions[0], "--json").json["proof"]
    assert (proof["state"], proof["steps"]) == ("applied", [{"text": STEP, "done": True, "late": False}])
    assert cli("queue", "--to-apply", "--json").json == []


def test_a_name_cannot_steer_the_terminal(cli: Cli, empty: str, decisions: list[str]) -> None:
    async def spoil() -> str:
        from fantasy_tui.crud.user import get_only_user
        from fantasy_tui.models import AgentDecision
        from tests.proving import proposed_at

        store = Store(empty)
        async with store.read() as session:
            user = await get_only_user(session)
        assert user is not None
        one = await add_decision(
            store, user.id, expires_at=NOW + timedelta(hours=1), league_id="A", subject="hostile"
        )
        async with store.read() as session:
            document = (await session.get_one(AgentDecision, one)).recommendation
        document["after"][0]["player"]["name"] = "Bench\x1b[2J Man"
        await proposed_at(store, one, NOW, recommendation=document)
        await store.close()
        return one

    one = asyncio.run(spoil())
    for ran in (cli("approve", one), cli("show", one), cli("queue")):
        assert ran.code == 0
        assert "\x1b" not in ran.out
