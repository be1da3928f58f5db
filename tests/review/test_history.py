"""The audit in pages: whole, in order, filtered, and readable after its decision is gone."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.history import Wanted
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.database.store import Store
from fantasy_tui.models import AgentTaskType, DecisionAction, DecisionEvent, Door, League
from fantasy_tui.review import history
from fantasy_tui.review.decide import approve, reject, undo
from fantasy_tui.review.history import Audit, HistoryLine, events, filter_of, known_filter, stream
from fantasy_tui.review.queue import DecisionNotFound
from tests.decisions import add_decision, add_league, add_user
from tests.leagues import NOW

LATER = NOW + timedelta(hours=3)


@pytest.fixture
async def user(store: Store) -> str:
    user_id = await add_user(store)
    await add_league(store, user_id)
    await add_league(store, user_id, "M", "Minor 100% League")
    return user_id


async def whole(store: Store, user: str, wanted: Wanted = Wanted()) -> list[HistoryLine]:  # noqa: B008
    return [line async for page in stream(store, user, wanted) for line in page]


async def test_every_event_with_all_that_is_known(store: Store, user: str) -> None:
    one = await add_decision(store, user, expires_at=LATER)
    await reject(store, one, actor=user, door=Door.CLI, now=NOW, reason="no")
    await undo(store, actor=user, door=Door.TUI, now=NOW)
    lines = await events(store, user, Wanted(decision_id=one), limit=10, states=True)
    by_version = sorted(lines, key=lambda line: line.version)
    assert [(line.action, line.door, line.note) for line in by_version] == [
        ("propose", "agent", None), ("reject", "cli", "no"), ("undo", "app", None)
    ]  # fmt: skip
    line = by_version[1]
    assert (line.who, line.league, line.kind, line.season, line.week) == (
        "Manager", "League", "lineup_optimization", "2024", 10
    )  # fmt: skip
    assert line.summary == "Start Bench Man over Start Man"
    assert line.before is not None
    assert line.after is not None
    assert (line.before["user_approved"], line.after["user_approved"]) == (None, False)
    assert (await events(store, user, Wanted(), limit=1))[0].after is None


async def test_pages_of_any_size_make_the_same_whole(
    store: Store, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [await add_decision(store, user, expires_at=LATER, subject=str(n)) for n in range(4)]
    for one in ids:
        await approve(store, one, actor=user, door=Door.TUI, now=NOW)
    expected = await whole(store, user)
    assert len(expected) == 8
    places = [(line.at, line.decision_id, line.version) for line in expected]
    assert places == sorted(places, reverse=True)
    for size in (1, 2, 3, 7, 8):
        monkeypatch.setattr(history, "PAGE", size)
        assert await whole(store, user) == expected
    limited = [line async for page in stream(store, user, Wanted(), limit=5) for line in page]
    assert limited == expected[:5]


async def test_what_is_written_meanwhile_disturbs_no_page(store: Store, user: str) -> None:
    await add_decision(store, user, expires_at=LATER, subject="a")
    await add_decision(store, user, expires_at=LATER, subject="b")
    first = await events(store, user, Wanted(), limit=1)
    await add_decision(store, user, expires_at=LATER + timedelta(hours=1), subject="c")
    second = await events(store, user, Wanted(), limit=5, older_than=first[0])
    assert len(second) == 1
    assert second[0].key != first[0].key


async def test_filters(store: Store, user: str) -> None:
    one = await add_decision(store, user, expires_at=LATER)
    await add_decision(store, user, expires_at=LATER, league_id="M")
    await approve(store, one, actor=user, door=Door.POLICY, now=NOW)
    for text, count in (
        ("", 3), ("lineup", 3), ("waiver", 0), ("waiver lineup", 3), ("approve", 1), ("propose", 2),
        ("policy", 1), ("agent lineup", 2), ("bench", 3), ("minor", 1), ("100%", 1), ("_", 0), ("nobody", 0),
        ("approve minor", 0),
    ):  # fmt: skip
        assert len(await whole(store, user, filter_of(text))) == count, text


def test_a_filter_as_it_is_typed() -> None:
    assert filter_of("Waiver APPROVE app Barkley") == Wanted(
        kinds=frozenset({AgentTaskType.WAIVER_WIRE}),
        actions=frozenset({DecisionAction.APPROVE}),
        doors=frozenset({Door.TUI}),
        words=("barkley",),
    )
    assert set(history.DOORS) == set(Door)
    assert set(history.KIND_WORDS.values()) == set(AgentTaskType)


async def test_filters_by_what_is_stored(store: Store, user: str) -> None:
    one = await add_decision(store, user, expires_at=LATER)
    await add_decision(store, user, expires_at=LATER, league_id="M")
    assert (await known_filter(store, user, decision_id=one[:8])).decision_id == one
    assert len([line async for page in Audit(store, user).pages(league_id="M") for line in page]) == 1
    with pytest.raises(LeagueNotFound):
        await known_filter(store, user, league_id="nothing")
    with pytest.raises(DecisionNotFound):
        await known_filter(store, user, decision_id="nothing")


async def test_others_audits_are_theirs(store: Store, user: str) -> None:
    other = await add_user(store, sleeper_user_id="2", name="Other")
    theirs = await add_decision(store, other, expires_at=LATER)
    assert await whole(store, user) == []
    assert len(await whole(store, other)) == 1
    with pytest.raises(DecisionNotFound):
        await known_filter(store, user, decision_id=theirs)


async def test_the_audit_outlives_its_league(store: Store, user: str) -> None:
    one = await add_decision(store, user, expires_at=LATER)

    async def forget(session: AsyncSession) -> None:
        await session.execute(delete(League).where(League.id == "L"))

    await store.write(forget)
    [line] = await whole(store, user)
    assert (line.decision_id, line.summary, line.league, line.kind, line.who) == (
        one, None, None, None, "Manager"
    )  # fmt: skip
    assert (await known_filter(store, user, decision_id=one)).decision_id == one


async def test_many_events_are_read_in_pages_of_which_one_is_held(store: Store, user: str) -> None:
    one = await add_decision(store, user, expires_at=LATER)
    rows = [
        {
            "decision_id": one, "version": n, "at": NOW + timedelta(seconds=n // 3), "actor": user,
            "door": Door.SYNC, "action": DecisionAction.APPLY,
        }
        for n in range(2, 2 * history.PAGE + 10)
    ]  # fmt: skip

    async def work(session: AsyncSession) -> None:
        await session.execute(insert(DecisionEvent), rows)

    await store.write(work)
    sizes = [len(page) async for page in stream(store, user, Wanted())]
    async with store.read() as session:
        stored = len((await session.scalars(select(DecisionEvent.id))).all())
    assert sum(sizes) == stored == len(rows) + 1
    assert max(sizes) == history.PAGE
