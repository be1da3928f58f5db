"""A list of players narrowed down and put in order."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.facts import NO_FACT, ORDERS, PlayerFact, PlayerFacts, ordered
from fantasy_tui.football.search import UNRANKED, Owner, PlayerIndex, PlayerRow
from fantasy_tui.football.sift import POSITIONS, WHOSE, Sieve, Sifted, positions_of, whose

_OWNERS = (None, Owner("A", "a", 1, "us", mine=True), Owner("A", "a", 2, "them", mine=False))

facts = st.builds(
    PlayerFact,
    projected=st.none() | st.floats(0, 40, allow_nan=False),
    per_game=st.none() | st.floats(0, 40, allow_nan=False),
    adds=st.none() | st.integers(0, 9),
    drops=st.none() | st.integers(0, 9),
    on_bye=st.booleans(),
    owner=st.sampled_from(_OWNERS),
)
sieves = st.builds(
    Sieve,
    position=st.none() | st.sampled_from(POSITIONS),
    whose=st.none() | st.sampled_from(WHOSE),
    injured=st.booleans(),
    on_bye=st.booleans(),
)


def row(number: int) -> PlayerRow:
    rng = random.Random(number)
    position = rng.choice(POSITIONS)
    return PlayerRow(
        player_id=f"p{number}",
        name=f"{rng.choice('abc')}{rng.choice('abc')}",
        position=position,
        team="PHI",
        injury_status=rng.choice((None, "Out")),
        search_rank=rng.choice((number, UNRANKED)),
        positions=frozenset({position}),
    )


ROWS = PlayerIndex(row(number) for number in range(60)).rows


def known_of(found: Sequence[PlayerFact]) -> PlayerFacts:
    return PlayerFacts("A", "a", 10, {f"p{n}": fact for n, fact in enumerate(found)}, ())


@given(st.lists(facts, max_size=60), sieves)
def test_a_sieve_keeps_whom_every_filter_keeps(found: list[PlayerFact], sieve: Sieve) -> None:
    known = known_of(found)
    kept = Sifted(ROWS, known, sieve, "rank").rows
    for one in ROWS:
        fact = known.of(one.player_id)
        assert (one in kept) == (
            sieve.position in (None, one.position)
            and sieve.whose in (None, whose(fact))
            and (one.injury_status == "Out" or not sieve.injured)
            and (fact.on_bye or not sieve.on_bye)
        )


@given(st.lists(facts, max_size=60), st.sampled_from(ORDERS))
def test_numbers_from_the_highest_and_the_unknown_last(found: list[PlayerFact], by: str) -> None:
    known = known_of(found)
    rows = ordered(ROWS, known, by)
    assert sorted(map(id, rows)) == sorted(map(id, ROWS))
    places = {one.player_id: place for place, one in enumerate(ROWS)}
    if by == "rank":
        assert rows == list(ROWS)
    elif by == "name":
        assert [one.name for one in rows] == sorted(one.name for one in ROWS)
    else:
        values = [getattr(known.of(one.player_id), by) for one in rows]
        known_values = [value for value in values if value is not None]
        assert values == [*known_values, *[None] * (len(values) - len(known_values))]
        assert known_values == sorted(known_values, reverse=True)
        # Those of equal value stay as popular as they were.
        for one, other, first, second in zip(rows, rows[1:], values, values[1:], strict=False):
            if first == second:
                assert places[one.player_id] < places[other.player_id]


@given(st.lists(facts, max_size=60), sieves, st.sampled_from(ORDERS), st.sets(st.integers(0, 59)))
def test_what_a_search_finds_comes_in_the_order_of_the_whole(
    found: list[PlayerFact], sieve: Sieve, by: str, places: set[int]
) -> None:
    sifted = Sifted(ROWS, known_of(found), sieve, by)
    picked = [ROWS[place] for place in places]
    some = sifted.of(picked)
    assert {one.player_id for one in some} == {one.player_id for one in picked} & {
        one.player_id for one in sifted.rows
    }
    order = picked if by == "rank" else list(sifted.rows)
    assert some == [one for one in order if one in some]


def test_an_unknown_order_is_an_error() -> None:
    with pytest.raises(KeyError):
        Sifted(ROWS, known_of([]), Sieve(), "height")


def test_positions_are_those_the_league_expects_points_of() -> None:
    known = PlayerFacts("A", "a", 10, {ROWS[0].player_id: PlayerFact(projected=0.0)}, ())
    assert positions_of(ROWS, known) == (ROWS[0].position,)
    assert positions_of(ROWS, known_of([])) == ("QB", "RB", "WR", "TE", "K", "DEF")
    assert whose(NO_FACT) == "free"
