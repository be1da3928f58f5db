"""Setting aside: out of the queue, and back by itself at its time, at its event, and before its deadline."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud.decision_events import events
from fantasy_tui.crud.recheck import Who
from fantasy_tui.database.store import Store
from fantasy_tui.models import DecisionAction, Door, Player
from fantasy_tui.review.decide import DecisionConflict, NothingToUndo, approve, reject, snooze, undo
from fantasy_tui.review.queue import (
    DecisionNotFound,
    history,
    look_up,
    queue_item,
    snoozed,
    waiting,
    waiting_by_league,
)
from fantasy_tui.review.snooze import Choice, Facts, choices, choices_for, due
from tests.review import world
from tests.settling import row_of
from tests.views import NOW, SUNDAY

LAST = SUNDAY - timedelta(minutes=10)


@pytest.fixture
async def user(store: Store) -> str:
    return await world.build(store)


@pytest.fixture
async def aside(store: Store, user: str) -> str:
    """A decision set aside for an hour."""
    one = await world.propose(store, user)
    await snooze(store, one, actor=user, door=Door.TUI, now=NOW, until=NOW + timedelta(hours=1), event=None)
    return one


async def shown(store: Store, user: str, now: datetime) -> list[str]:
    return [item.id for item in await waiting(store, user, now)]


async def test_it_leaves_the_queue_and_is_back_at_its_time(store: Store, user: str, aside: str) -> None:
    assert await shown(store, user, NOW) == []
    assert [item.id for item in await snoozed(store, user, NOW)] == [aside]
    assert await shown(store, user, NOW + timedelta(minutes=59)) == []
    assert await shown(store, user, NOW + timedelta(hours=1)) == [aside]
    assert await snoozed(store, user, NOW + timedelta(hours=1)) == []
    item = await look_up(store, aside, user, NOW)
    assert (item.status, item.snoozed_until) == ("pending", NOW + timedelta(hours=1))
    assert [e.action for e in await history(store, aside)] == ["propose", "snooze"]


async def test_leagues_count_what_is_shown(store: Store, user: str, aside: str) -> None:
    assert await waiting_by_league(store, user, NOW) == {}
    assert await waiting_by_league(store, user, LAST) == {"L": 1}


async def test_the_event_tells_before_and_after(store: Store, user: str, aside: str) -> None:
    async with store.read() as session:
        last = (await events(session, aside))[-1]
    assert last.action is DecisionAction.SNOOZE
    assert last.before is not None
    assert last.before["snoozed_until"] is None
    assert last.after is not None
    assert datetime.fromisoformat(last.after["snoozed_until"]) == NOW + timedelta(hours=1)


async def test_it_is_always_back_before_the_deadline(store: Store, user: str) -> None:
    one = await world.propose(store, user)
    verdict = await snooze(
        store,
        one,
        actor=user,
        door=Door.TUI,
        now=NOW,
        until=SUNDAY + timedelta(days=1),
        event="news:Bencher:1000",
    )
    assert verdict.until == LAST
    assert await shown(store, user, LAST - timedelta(seconds=1)) == []
    assert await shown(store, user, LAST) == [one]


async def test_what_locks_at_once_cannot_be_set_aside(store: Store, user: str) -> None:
    one = await world.propose(store, user)
    with pytest.raises(DecisionConflict, match="locks in 9 minutes: too late to set it aside"):
        await snooze(
            store,
            one,
            actor=user,
            door=Door.TUI,
            now=SUNDAY - timedelta(minutes=9),
            until=SUNDAY - timedelta(minutes=5),
        )
    with pytest.raises(DecisionConflict, match="a time that has passed"):
        await snooze(store, one, actor=user, door=Door.TUI, now=NOW, until=NOW)
    with pytest.raises(DecisionConflict, match="no longer waits"):
        await snooze(store, one, actor=user, door=Door.TUI, now=SUNDAY, until=SUNDAY + timedelta(hours=1))
    with pytest.raises(DecisionNotFound):
        await snooze(store, "none", actor=user, door=Door.TUI, now=NOW, until=SUNDAY)


async def test_it_can_be_answered_and_set_aside_anew_while_it_is_aside(
    store: Store, user: str, aside: str
) -> None:
    later = NOW + timedelta(hours=2)
    await snooze(store, aside, actor=user, door=Door.TUI, now=NOW, until=later)
    assert (await look_up(store, aside, user, NOW)).snoozed_until == later
    await approve(store, aside, actor=user, door=Door.CLI, now=NOW)
    item = await look_up(store, aside, user, NOW)
    assert (item.status, item.snoozed_until) == ("approved", None)
    await undo(store, actor=user, door=Door.CLI, now=NOW)
    assert await shown(store, user, NOW) == [aside]


async def test_it_expires_and_is_replaced_as_ever(store: Store, user: str, aside: str) -> None:
    row = await row_of(store, aside)

    async def replace(session: AsyncSession) -> bool:
        old = await decisions.same_version(session, row)
        assert old is not None
        fresh = type(old)(
            **{
                column.key: getattr(old, column.key)
                for column in type(old).__mapper__.column_attrs
                if column.key not in ("id", "version", "snoozed_until", "snoozed_for")
            }
        )
        return await decisions.supersede(session, old, fresh, at=NOW, note="newer")

    assert await store.write(replace)
    [fresh] = await shown(store, user, NOW)
    assert fresh != aside
    await snooze(store, fresh, actor=user, door=Door.TUI, now=NOW, until=NOW + timedelta(hours=1))
    assert await store.write(lambda session: decisions.expire(session, user, SUNDAY)) == 1
    assert (await look_up(store, fresh, user, SUNDAY)).status == "expired"


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"injury_status": "Out"}, "back: Bencher is Out now"),
        ({"injury_status": None}, "back: Bencher is off the injury report now"),
        ({"player_data": {"news_updated": 2000}}, "back: there is news about Bencher"),
    ],
)
async def test_news_brings_it_back(store: Store, user: str, values: dict[str, object], why: str) -> None:
    one = await world.propose(store, user)
    [choice] = [c for c in await choices_for(store, one, user, NOW) if c.label == "news about Bencher"]
    await snooze(store, one, actor=user, door=Door.TUI, now=NOW, until=choice.until, event=choice.event)
    assert (await look_up(store, one, user, NOW)).snoozed_for == "news about Bencher"
    assert await due(store, user, NOW) == 0
    await world.alter(store, Player, "Catcher", injury_status="Out")
    assert await due(store, user, NOW) == 0
    await world.alter(store, Player, "Bencher", **values)
    assert await due(store, user, NOW) == 1
    assert await shown(store, user, NOW) == [one]
    last = (await history(store, one))[-1]
    assert (last.action, last.door, last.note) == ("snooze", "sync", why)
    assert await due(store, user, NOW) == 0
    with pytest.raises(NothingToUndo):
        await undo(store, actor=user, door=Door.TUI, now=NOW)


async def test_news_does_not_touch_what_was_answered_meanwhile(store: Store, user: str) -> None:
    one = await world.propose(store, user)
    await snooze(store, one, actor=user, door=Door.TUI, now=NOW, until=LAST, event="news:Bencher:1")
    await reject(store, one, actor=user, door=Door.TUI, now=NOW)
    assert await due(store, user, NOW) == 0
    assert (await look_up(store, one, user, NOW)).status == "rejected"


async def test_choices_of_a_stored_decision(store: Store, user: str) -> None:
    one = await world.propose(store, user)
    found = {choice.label: choice.until for choice in await choices_for(store, one, user, NOW)}
    assert found == {
        "inactives": SUNDAY - timedelta(minutes=90),
        "news about Bencher": LAST,
        "news about Rusher": LAST,
    }
    await reject(store, one, actor=user, door=Door.TUI, now=NOW)
    assert await choices_for(store, one, user, NOW) == []


async def test_choices_by_the_calendar(store: Store, user: str) -> None:
    """Made on the Tuesday before: reports, inactives, waivers and the morning all lie ahead."""
    row = await row_of(store, await world.propose(store, user))
    item = queue_item(row, "League", NOW)
    tuesday = datetime(2024, 11, 5, 12, 0, tzinfo=UTC)
    run = datetime(2024, 11, 6, 8, 5, tzinfo=UTC)
    facts = Facts((SUNDAY,), run, {"x": Who("X", "RB", "PHI", None, "7")})
    found = choices(item, tuesday, facts)
    at = {choice.event: choice.until for choice in found}
    assert at["practice report"] == datetime(2024, 11, 6, 21, 0, tzinfo=UTC)
    assert at["inactives"] == SUNDAY - timedelta(minutes=90)
    assert at["waivers run"] == run
    morning = at["tomorrow morning"].astimezone()
    assert (morning.hour, morning.minute, morning.date()) == (
        8,
        0,
        tuesday.astimezone().date() + timedelta(days=1),
    )
    assert found[-1] == Choice("news about X", LAST, "news:x:7")
    assert [choice.until for choice in found] == sorted(choice.until for choice in found)
    friday_night = datetime(2024, 11, 8, 22, 0, tzinfo=UTC)
    assert "practice report" not in {choice.event for choice in choices(item, friday_night, facts)}
    assert choices(item, LAST, facts) == []


async def test_a_claim_is_back_just_before_waivers_run(store: Store, user: str) -> None:
    run = datetime(2024, 11, 13, 8, 5, tzinfo=UTC)
    row = await row_of(store, await world.propose(store, user, world.CLAIM, expires_at=run))
    found = choices(queue_item(row, "League", NOW), NOW, Facts((), run))
    assert {c.event: c.until for c in found}["waivers run"] == run - timedelta(minutes=10)
