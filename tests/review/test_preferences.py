"""What a user has chosen: typed, kept whole, and heeded by the queue."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.database.store import Store
from fantasy_tui.models import User
from fantasy_tui.review import policy
from fantasy_tui.review.choices import CHOICES, OWN, BadPreference, UnknownPreference, choice, choose
from fantasy_tui.review.preferences import Chosen, Notifications, Preferences, Threshold, chosen
from fantasy_tui.review.queue import look_up, waiting, waiting_by_league
from tests.decisions import add_decision, add_league, add_user
from tests.leagues import NOW
from tests.rules import SIT_START

LATER = NOW + timedelta(hours=3)


@pytest.fixture
async def user(store: Store) -> str:
    user_id = await add_user(store)
    await add_league(store, user_id)
    return user_id


async def put(store: Store, user: str, **values: Any) -> None:
    """Store documents as another version may have written them."""

    async def work(session: AsyncSession) -> None:
        row = await session.get_one(User, user)
        for name, value in values.items():
            setattr(row, name, value)

    await store.write(work)


async def raw(store: Store, user: str) -> User:
    async with store.read() as session:
        return await session.get_one(User, user)


async def test_nothing_chosen_is_what_the_agents_do_by_themselves(store: Store, user: str) -> None:
    assert await chosen(store, user) == Chosen(False, Preferences(), Notifications())
    assert await chosen(store, "nobody") == Chosen(False, Preferences(), Notifications())


@pytest.mark.parametrize(
    ("key", "text", "shown"),
    [
        ("automatic", "on", "on"),
        ("bell", "off", "off"),
        ("desktop", "Yes", "on"),
        ("quiet", "22-7", "22-7"),
        ("quiet", "off", "off"),
        ("waiver_wire.confidence", "60 %", "60"),
        ("trade_analysis.gain", "2.5", "2.5"),
        ("trade_analysis.gain", "own", OWN),
        ("Sit_Start.Gain", "0.5", "0.5"),
    ],
)
async def test_each_choice_is_stored_and_shown(
    store: Store, user: str, key: str, text: str, shown: str
) -> None:
    assert choice(key).shown(await choose(store, user, key, text)) == shown
    assert choice(key).shown(await chosen(store, user)) == shown


@pytest.mark.parametrize(
    ("key", "text", "why"),
    [
        ("automatic", "maybe", "neither on nor off"),
        ("quiet", "25-3", "write them as in 22-7"),
        ("waiver_wire.confidence", "54", "nothing below 55"),
        ("waiver_wire.confidence", "60.5", "whole number"),
        ("waiver_wire.confidence", "100", "55 to 99"),
        ("waiver_wire.gain", "0.4", "nothing below 0.5"),
        ("waiver_wire.gain", "-3", "nothing below 0.5"),
        ("waiver_wire.gain", "nan", "nothing below 0.5"),
    ],
)
async def test_a_value_that_cannot_be_is_refused_with_a_sentence(
    store: Store, user: str, key: str, text: str, why: str
) -> None:
    with pytest.raises(BadPreference, match=why):
        await choose(store, user, key, text)
    assert await chosen(store, user) == Chosen(False, Preferences(), Notifications())


async def test_an_unknown_key_names_those_there_are(store: Store, user: str) -> None:
    with pytest.raises(UnknownPreference, match=r"automatic, bell, .*waiver_wire\.gain"):
        await choose(store, user, "opponent_analysis.gain", "2")


async def test_every_choice_takes_back_what_it_shows(store: Store, user: str) -> None:
    for one in CHOICES:
        await choose(store, user, one.key, one.shown(await chosen(store, user)))
    found = await chosen(store, user)
    assert (found.automatic, found.notifications) == (False, Notifications())
    assert all(least == Threshold() for least in found.preferences.thresholds.values())


async def test_keys_of_another_version_are_kept(store: Store, user: str) -> None:
    await put(
        store, user,
        preferences={"theme": "x", "thresholds": {"sit_start": {"gain": 2.0, "later": 1}}},
        notification_settings={"mail": {"to": "a"}, "bell": False},
    )  # fmt: skip
    await choose(store, user, "sit_start.confidence", "70")
    await choose(store, user, "bell", "on")
    row = await raw(store, user)
    assert row.preferences == {
        "theme": "x",
        "thresholds": {"sit_start": {"gain": 2.0, "later": 1, "confidence": 70}},
    }
    assert row.notification_settings == {"mail": {"to": "a"}}


async def test_what_cannot_be_read_counts_as_not_chosen(store: Store, user: str) -> None:
    await put(
        store, user,
        preferences={"thresholds": {"sit_start": {"gain": 0.1}}, "previewed": {"r": "t"}},
        notification_settings={"quiet": [1], "bell": False},
    )  # fmt: skip
    found = await chosen(store, user)
    assert found.preferences == Preferences(previewed={"r": "t"})
    assert found.notifications == Notifications(bell=False)


async def test_what_falls_short_is_listed_and_no_longer_asked(store: Store, user: str) -> None:
    low = await add_decision(store, user, expires_at=LATER, subject="a", confidence=60, gain=9.0)
    small = await add_decision(store, user, expires_at=LATER, subject="b", confidence=90, gain=1.9)
    good = await add_decision(store, user, expires_at=LATER, subject="c", confidence=61, gain=2.0)
    await choose(store, user, "lineup_optimization.confidence", "61")
    await choose(store, user, "lineup_optimization.gain", "2")
    await choose(store, user, "sit_start.gain", "50")
    assert [item.id for item in await waiting(store, user, NOW)] == [good]
    assert await waiting_by_league(store, user, NOW) == {"L": 1}
    listed = await waiting(store, user, NOW, actionable=False)
    assert {item.id for item in listed} == {low, small}
    assert all(item.actionable for item in listed)
    assert (await look_up(store, low, user, NOW)).linked != ()
    await choose(store, user, "lineup_optimization.confidence", "own")
    await choose(store, user, "lineup_optimization.gain", "own")
    assert {item.id for item in await waiting(store, user, NOW)} == {low, small, good}
    assert await waiting_by_league(store, user, NOW) == {"L": 3}


async def test_choices_and_previews_do_not_overwrite_each_other(store: Store, user: str) -> None:
    rule = await policy.add(store, user, SIT_START)
    await choose(store, user, "automatic", "on")
    await policy.looked_at(store, user, rule)
    await choose(store, user, "quiet", "1-2")
    found = await chosen(store, user)
    assert found.automatic
    assert found.notifications.quiet == (1, 2)
    assert found.preferences.previewed == {rule.id: rule.terms.key}
    await policy.remove(store, user, rule.id)
    assert (await chosen(store, user)).preferences.previewed == {}
