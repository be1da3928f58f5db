"""The check at the key: nothing is approved that the world no longer allows."""

from datetime import timedelta
from typing import Any

import pytest

from fantasy_tui.agents.recommendation import dump
from fantasy_tui.database.store import Store
from fantasy_tui.models import Door, Game, Player, Roster, SyncState
from fantasy_tui.review.decide import DecisionConflict, Moved, approve, redo, reject, undo
from fantasy_tui.review.queue import history, look_up
from tests.review import world
from tests.views import NOW, SUNDAY


@pytest.fixture
async def user(store: Store) -> str:
    return await world.build(store)


@pytest.mark.parametrize("kind", world.KINDS)
async def test_what_has_not_moved_is_approved(store: Store, user: str, kind: str) -> None:
    decision_id = await world.propose(store, user, world.KINDS[kind])
    await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)
    assert (await look_up(store, decision_id, user, NOW)).status == "approved"


def hurt(name: str, status: str | None) -> world.Change:
    return lambda store: world.alter(store, Player, name, injury_status=status)


def kicked_off(team: str) -> world.Change:
    early = NOW - timedelta(minutes=5)
    return lambda store: world.alter(store, Game, ("2024", 10, team), kickoff=early)


def begun(team: str) -> world.Change:
    return lambda store: world.alter(store, Game, ("2024", 10, team), status="in_game")


def holds(number: int, *players: str) -> world.Change:
    return lambda store: world.alter(store, Roster, f"L:{number}", players=list(players))


def starts(*players: str) -> world.Change:
    return lambda store: world.line_up(store, *players)


AT = f"{(NOW - timedelta(minutes=5)).astimezone():%H:%M}"
WITHOUT = {name: tuple(p for p in world.MINE if p != name) for name in world.MINE}
MOVES: list[tuple[str, world.Change, str]] = [
    ("lineup", hurt("Bencher", "Out"), "Bencher is Out now (was Questionable)."),
    ("lineup", hurt("Bencher", None), "Bencher is off the injury report now (was Questionable)."),
    ("lineup", hurt("Rusher", None), "Rusher is off the injury report now (was Out)."),
    ("lineup", kicked_off("SF"), f"Bencher kicked off at {AT}."),
    ("lineup", kicked_off("KC"), f"Flexer kicked off at {AT}."),
    ("lineup", begun("SF"), "Bencher's game has begun."),
    ("lineup", holds(1, *WITHOUT["Rusher"]), "Rusher is no longer on your roster."),
    ("lineup", holds(1, *WITHOUT["Bencher"]), "Bencher is no longer on your roster."),
    ("lineup", starts("Rusher", "Catcher", "Spare"), "Flexer does not start any more."),
    ("lineup", starts("Flexer", "Catcher", "Rusher"), "Someone else stands in FLEX now (was Flexer)."),
    ("lineup", starts("Spare", "Catcher", "Flexer"), "Rusher does not start any more."),
    (
        "lineup",
        starts("Bencher", "Catcher", "Flexer"),
        "Bencher starts already. Rusher does not start any more.",
    ),
    ("lineup", starts("Rusher", "Flexer", "0"), "FLEX is empty now (was Flexer)."),
    ("sit", hurt("Bencher", "Doubtful"), "Bencher is Doubtful now (was Questionable)."),
    (
        "sit",
        starts("Bencher", "Catcher", "Flexer"),
        "Bencher starts already. Rusher does not start any more.",
    ),
    ("injury", hurt("Rusher", "Questionable"), "Rusher is Questionable now (was Out)."),
    ("injury", holds(1, *WITHOUT["Bencher"]), "Bencher is no longer on your roster."),
    ("wire", holds(2, "Partner", "Free"), "Free is on another team's roster now."),
    ("wire", hurt("Free", "Out"), "Free is Out now (was not on the injury report)."),
    ("claim", holds(2, "Partner", "Free"), "Free is on another team's roster now."),
    ("claim", holds(1, *world.MINE, "Free"), "Free is on your roster already."),
    ("claim", holds(1, *WITHOUT["Spare"]), "Spare is no longer on your roster."),
    ("claim", kicked_off("ATL"), f"Free kicked off at {AT}."),
    ("claim", hurt("Free", "IR"), "Free is IR now (was not on the injury report)."),
    ("trade", holds(2, "Stranger"), "Partner is no longer on the roster of The Others."),
    ("trade", holds(1, *WITHOUT["Spare"]), "Spare is no longer on your roster."),
    ("trade", hurt("Partner", "Out"), "Partner is Out now (was not on the injury report)."),
]


@pytest.mark.parametrize(("kind", "change", "said"), MOVES)
async def test_what_has_moved_is_told_and_nothing_is_written(
    store: Store, user: str, kind: str, change: world.Change, said: str
) -> None:
    decision_id = await world.propose(store, user, world.KINDS[kind])
    await change(store)
    with pytest.raises(Moved) as moved:
        await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)
    assert " ".join(moved.value.changes) == said
    assert said in str(moved.value)
    assert (await look_up(store, decision_id, user, NOW)).status == "pending"
    assert [event.action for event in await history(store, decision_id)] == ["propose"]
    await reject(store, decision_id, actor=user, door=Door.TUI, now=NOW)


UNMOVED: list[tuple[str, world.Change]] = [
    ("lineup", hurt("Catcher", "Out")),
    ("lineup", kicked_off("DAL")),
    ("lineup", holds(2, "Partner", "Free")),
    ("claim", kicked_off("SF")),
    ("claim", hurt("Spare", "Out")),
    ("trade", starts("Bencher", "Catcher", "Flexer")),
]


@pytest.mark.parametrize(("kind", "change"), UNMOVED)
async def test_what_it_does_not_rest_on_may_move(
    store: Store, user: str, kind: str, change: world.Change
) -> None:
    decision_id = await world.propose(store, user, world.KINDS[kind])
    await change(store)
    await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)


async def test_a_game_that_was_over_before_the_advice_is_no_news(store: Store, user: str) -> None:
    """A claim for the weeks ahead may be for somebody whose game of this week is on."""
    early = NOW - timedelta(minutes=5)
    played = world.CLAIM.model_copy(update={"add": world.line("Free").model_copy(update={"kickoff": early})})
    decision_id = await world.propose(store, user, played, expires_at=SUNDAY)
    await kicked_off("ATL")(store)
    await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)


async def test_several_changes_are_all_told(store: Store, user: str) -> None:
    decision_id = await world.propose(store, user)
    await hurt("Bencher", "Out")(store)
    await holds(1, *WITHOUT["Rusher"])(store)
    with pytest.raises(Moved) as moved:
        await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)
    assert moved.value.changes == (
        "Bencher is Out now (was Questionable).",
        "Rusher is no longer on your roster.",
    )


async def test_an_edit_is_checked_by_its_own_players(store: Store, user: str) -> None:
    decision_id = await world.propose(store, user, world.SIT)
    other = world.SIT.model_copy(
        update={"start": world.line("Spare"), "after": world.lineup("Spare", "Catcher", "Flexer")}
    )
    await hurt("Bencher", "Out")(store)
    await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW, edit=dump(other))
    await undo(store, actor=user, door=Door.TUI, now=NOW)
    await hurt("Spare", "Out")(store)
    with pytest.raises(Moved, match="Spare is Out now"):
        await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW, edit=dump(other))


async def test_redo_is_checked_too(store: Store, user: str) -> None:
    decision_id = await world.propose(store, user)
    await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)
    await undo(store, actor=user, door=Door.TUI, now=NOW)
    await hurt("Bencher", "Out")(store)
    with pytest.raises(Moved):
        await redo(store, actor=user, door=Door.TUI, now=NOW)
    assert (await look_up(store, decision_id, user, NOW)).status == "pending"


async def test_a_decision_that_no_longer_waits_is_told_so_and_not_what_moved(store: Store, user: str) -> None:
    decision_id = await world.propose(store, user)
    await reject(store, decision_id, actor=user, door=Door.TUI, now=NOW)
    await hurt("Bencher", "Out")(store)
    with pytest.raises(DecisionConflict, match="already rejected"):
        await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)


async def test_at_an_instant_long_past_the_rows_of_today_say_nothing(store: Store, user: str) -> None:
    decision_id = await world.propose(store, user)
    await hurt("Bencher", "Out")(store)

    async def later(session: Any) -> None:
        session.add(SyncState(resource="games", checked_at=NOW + timedelta(days=7), changed_at=NOW))

    await store.write(later)
    await approve(store, decision_id, actor=user, door=Door.TUI, now=NOW)
