"""Claims and offers that were approved: seen to be done in Sleeper, or not, on both databases."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from fantasy_tui.agents.recommendation import Common
from fantasy_tui.database.store import Store
from fantasy_tui.review.proof import prove
from tests.leagues import MINE, NOW, RIVAL, build
from tests.proving import (
    AFTER,
    BEFORE,
    NOT_DONE,
    RUN,
    SWAP,
    approved,
    claim,
    found,
    moved,
    replacement,
    synced,
    trade,
)


@pytest.fixture
async def user(store: Store) -> str:
    return await store.write(build)


CLAIM = claim("10", "4", bid=12, claim_until=RUN)
WON = [*(p for p in MINE if p != "4"), "10"]
FREE = [p for p in RIVAL if p != "10"]


async def claimed(store: Store, user: str, what: Common = CLAIM) -> str:
    await synced(store, BEFORE, mine=MINE, theirs=FREE)
    return await approved(store, user, what, expires_at=RUN)


async def test_a_claim_is_not_visible_until_it_runs(store: Store, user: str) -> None:
    decision = await claimed(store, user)
    assert await found(store, user, decision) == (
        "open", [False, False], "Claims are not visible until they run."
    )  # fmt: skip


async def test_a_claim_that_won(store: Store, user: str) -> None:
    decision = await claimed(store, user)
    await synced(store, RUN + timedelta(hours=1), mine=WON)
    assert await found(store, user, decision, RUN) == ("applied", [True, True], None)


async def test_a_claim_that_won_is_known_by_its_transaction_when_both_have_moved_on(
    store: Store, user: str
) -> None:
    decision = await claimed(store, user)
    await moved(store, "t1", RUN, {"10": 1}, {"4": 1})
    later = RUN + timedelta(days=5)
    await synced(store, later, mine=MINE)
    assert (await found(store, user, decision, later))[:2] == ("applied", [True, True])


async def test_a_claim_that_lost_says_why(store: Store, user: str) -> None:
    decision = await claimed(store, user)
    await moved(
        store, "t1", RUN, {"10": 1}, {"4": 1}, status="failed",
        notes="This player was claimed by another owner.",
    )  # fmt: skip
    await synced(store, RUN + timedelta(hours=1), theirs=RIVAL)
    assert await found(store, user, decision, RUN) == (
        "missed",
        [False, False],
        "The claim of Player 10 failed: This player was claimed by another owner.",
    )


async def test_a_claim_that_was_never_made(store: Store, user: str) -> None:
    decision = await claimed(store, user)
    await synced(store, RUN + timedelta(hours=1))
    assert (await found(store, user, decision, RUN))[0] == "open"  # waivers take their time
    await synced(store, RUN + timedelta(hours=3))
    state, _, note = await found(store, user, decision, RUN + timedelta(hours=3))
    assert (state, note) == ("missed", "It was not done in time. Claims are not visible until they run.")


async def test_another_team_was_first(store: Store, user: str) -> None:
    decision = await claimed(store, user, claim("10", "4"))
    await synced(store, BEFORE, theirs=RIVAL)
    assert await found(store, user, decision, BEFORE) == (
        "overtaken", [False, False], "Player 10 is on another team now."
    )  # fmt: skip


async def test_the_drop_was_spent_on_another_claim(store: Store, user: str) -> None:
    decision = await claimed(store, user)
    await moved(store, "t1", RUN, {"12": 1}, {"4": 1})
    await synced(store, RUN + timedelta(hours=3), mine=[*(p for p in MINE if p != "4"), "12"])
    state, _, note = await found(store, user, decision, RUN)
    assert (state, note) == ("overtaken", "Player 4 left your team in another move.")


async def test_an_add_with_another_drop_than_agreed(store: Store, user: str) -> None:
    decision = await claimed(store, user)
    await synced(store, RUN + timedelta(hours=3), mine=[*(p for p in MINE if p != "7"), "10"])
    state, done, note = await found(store, user, decision, RUN)
    assert (state, done) == ("partly", [True, False])
    assert note is not None
    assert note.endswith("Player 4 is still on your team.")


async def test_what_comes_first_is_done_when_the_add_went_through(store: Store, user: str) -> None:
    first = claim("10", None, first=("move Player 6 to reserve: it makes room without a drop",))
    decision = await claimed(store, user, first)
    assert (await found(store, user, decision, BEFORE))[:2] == ("open", [False, False])
    await synced(store, BEFORE, mine=[*MINE, "10"])
    assert (await found(store, user, decision, BEFORE))[:2] == ("applied", [True, True])


async def test_moves_before_the_proposal_and_long_after_it_prove_nothing(store: Store, user: str) -> None:
    decision = await claimed(store, user)
    await moved(store, "early", NOW - timedelta(days=2), {"10": 1}, {"4": 1})
    await moved(store, "late", RUN + timedelta(days=4), {"10": 1}, {"4": 1}, week=11)
    await synced(store, RUN + timedelta(days=5), mine=WON)
    assert (await found(store, user, decision, RUN + timedelta(days=5)))[0] == "missed"


OFFER = trade(("2", "4"), ("8",), drop=())


async def test_an_offer_that_was_accepted(store: Store, user: str) -> None:
    decision = await approved(store, user, OFFER)
    await synced(store, BEFORE, mine=MINE, theirs=RIVAL)
    assert await found(store, user, decision, BEFORE) == (
        "open", [False], "Offers are not visible until they are accepted."
    )  # fmt: skip
    mine, theirs = [*(p for p in MINE if p not in "24"), "8"], [*(p for p in RIVAL if p != "8"), "2", "4"]
    await synced(store, BEFORE, mine=mine, theirs=theirs)
    assert (await found(store, user, decision, BEFORE))[0] == "applied"


async def test_an_offer_that_was_accepted_after_its_deadline(store: Store, user: str) -> None:
    decision = await approved(store, user, OFFER)
    await synced(store, AFTER)
    state, _, note = await found(store, user, decision)
    assert (state, note) == (
        "missed", "It was not done in time. Offers are not visible until they are accepted."
    )  # fmt: skip
    both = {"2": 2, "4": 2, "8": 1}
    await moved(store, "t", RUN, both, {"2": 1, "4": 1, "8": 2}, kind="trade")
    # The partner has dropped one of them since.
    await synced(store, RUN + timedelta(hours=1), mine=[*MINE, "8"], theirs=[*RIVAL, "2"])
    assert (await found(store, user, decision, RUN))[0] == "applied"


@pytest.mark.parametrize(
    ("mine", "theirs", "state", "note"),
    [
        ([p for p in MINE if p != "4"], RIVAL, "overtaken", "Player 4 is no longer on your team."),
        (MINE, [p for p in RIVAL if p != "8"], "overtaken", "Player 8 is no longer on the team of Rivals."),
        (
            [*(p for p in MINE if p != "2"), "8"], [*(p for p in RIVAL if p != "8"), "2"], "partly",
            "Not traded: Player 4.",
        ),
    ],
)  # fmt: skip
async def test_another_trade_than_agreed(
    store: Store, user: str, mine: Sequence[str], theirs: Sequence[str], state: str, note: str
) -> None:
    decision = await approved(store, user, OFFER)
    await synced(store, BEFORE, mine=mine, theirs=theirs)
    seen = await found(store, user, decision, BEFORE)
    assert seen[0] == state
    assert seen[2] is not None
    assert seen[2].endswith(note)


async def test_a_trade_with_the_drop_it_needs(store: Store, user: str) -> None:
    decision = await approved(store, user, trade(("2",), ("8", "9"), drop=("7",)))
    mine, theirs = [*(p for p in MINE if p != "2"), "8", "9"], ["10", "11", "2"]
    await synced(store, BEFORE, mine=mine, theirs=theirs)
    assert (await found(store, user, decision, BEFORE))[:2] == ("partly", [True, False])
    await synced(store, BEFORE, mine=[p for p in mine if p != "7"])
    assert (await found(store, user, decision, BEFORE))[0] == "applied"


async def test_a_replacement_from_free_agency(store: Store, user: str) -> None:
    decision = await approved(store, user, replacement("3", "10", from_free_agency=True))
    await synced(store, BEFORE, mine=MINE, theirs=FREE, lineup=NOT_DONE)
    assert (await found(store, user, decision, BEFORE))[:2] == ("open", [False, False])
    await synced(store, BEFORE, mine=[*MINE, "10"])
    assert (await found(store, user, decision, BEFORE))[:2] == ("partly", [True, False])
    await synced(store, BEFORE, lineup=("1", "2", "5", "10"))
    assert (await found(store, user, decision, BEFORE))[0] == "applied"


async def test_what_was_missed_stays_missed_whatever_happens_later(store: Store, user: str) -> None:
    swap = await approved(store, user, SWAP)
    add_one = await claimed(store, user)
    offer = await approved(store, user, OFFER)
    await synced(store, RUN + timedelta(hours=3), lineup=NOT_DONE)
    later = RUN + timedelta(days=3)
    await prove(store, user, later)
    await moved(store, "x", later, {"10": 2, "12": 1}, {"4": 1, "8": 2}, week=11)
    await synced(store, later, mine=[p for p in MINE if p != "4"], theirs=["9", "10", "11"])
    for one in (swap, add_one, offer):
        assert (await found(store, user, one, later))[0] == "missed"
