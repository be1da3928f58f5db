"""What the players' screens read, on either engine."""

from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.browse import Browse
from fantasy_tui.clock import set_clock
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.database.store import Store
from fantasy_tui.models import Player
from tests.leagues import NOW, build


@pytest.fixture
async def browse(store: Store, clock_reset: None) -> Browse:
    set_clock(NOW)
    return Browse(store, await store.write(build))


async def test_a_card_without_what_is_expected_and_that_afterwards(browse: Browse) -> None:
    quick, whole = await browse.card("2", expected=False), await browse.card("2")
    assert quick is not None
    assert whole is not None
    assert [one.this_week for one in quick.leagues] == [None, None]
    for bare, full in zip(quick.leagues, whole.leagues, strict=True):
        assert (bare.season, bare.owner) == (full.season, full.owner)
        assert await browse.expected("2", bare.league_id) == (full.this_week, full.next_week)
    with pytest.raises(LeagueNotFound):
        await browse.expected("2", "nowhere")


async def test_next_weeks_bye_is_expected(browse: Browse) -> None:
    # Of week 11 there are games, but none of Detroit's.
    this_week, next_week = await browse.expected("10", "A")
    assert this_week is not None
    assert this_week.basis == "bye"
    assert next_week is not None
    assert (next_week.week, next_week.basis) == (11, "bye")


async def test_what_sleeper_says_about_an_injury(browse: Browse, store: Store) -> None:
    at = NOW - timedelta(hours=3)

    async def hurt(session: AsyncSession) -> None:
        player = await session.get_one(Player, "3")
        player.player_data = {
            "injury_body_part": "Hip", "practice_participation": "LP", "injury_notes": "",
            "news_updated": int(at.timestamp() * 1000),
        }  # fmt: skip

    await store.write(hurt)
    card = await browse.card("3", expected=False)
    assert card is not None
    health = card.health
    assert (health.body_part, health.practice, health.notes, health.news_at) == ("Hip", "LP", None, at)
    well = await browse.card("2", expected=False)
    assert well is not None
    assert (well.health.body_part, well.health.news_at) == (None, None)


async def test_two_players_have_a_curve_each(browse: Browse) -> None:
    both = await browse.compare("A", "2", "9")
    assert both is not None
    for curve, card in zip(both.curves, (both.one, both.other), strict=True):
        assert curve is not None
        this_week = next(one for one in card.leagues if one.league_id == "A").this_week
        assert this_week is not None
        assert curve.mean == pytest.approx(this_week.points)
    other = await browse.compare("A", "2", "PHI")
    assert other is not None
    assert other.curves[1] is None


async def test_facts_have_the_seasons_weeks(browse: Browse) -> None:
    known = await browse.facts("A")
    # Games are stored of weeks 9 to 11 alone.
    assert known.of("2").weekly == (None,) * 7 + (13.8, 13.9)
    assert known.of("PHI").weekly == ()
