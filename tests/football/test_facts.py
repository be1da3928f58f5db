"""What all players can be sorted and filtered by, in one league."""

from dataclasses import replace
from datetime import timedelta

import pytest

from fantasy_tui.football.facts import NO_FACT, PlayerFact, PlayerFacts, facts, ordered
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.search import Owner, PlayerRow
from fantasy_tui.football.view import Source
from tests.views import NOW, SUNDAY, league, player

MINE = Owner("L", "League", 1, "Mine", mine=True)
THEIRS = Owner("other", "Other", 2, "Theirs", mine=False)


def found() -> PlayerFacts:
    view = league(
        "RB",
        [
            player("fit", "RB", 12.0),
            player("hurt", "RB", 12.0, injury="Questionable"),
            player("resting", "RB", 12.0, on_bye=True),
            player("unknown", "RB", 0.0, basis=Basis.NONE),
        ],
        ["fit"],
    )
    veteran = replace(view.players["fit"], past=(10.0, 20.0))
    view = replace(view, players={**view.players, "fit": veteran})
    owners = {"fit": (THEIRS, MINE), "hurt": (THEIRS,), "stashed": (MINE,)}
    trends = {"fit": (5, None), "wanted": (300, 20), "dropped": (None, 7)}
    return facts(view, owners, trends, (Source("Sleeper trends", NOW - timedelta(hours=2)),))


def test_what_is_expected_counts_the_chance_to_play() -> None:
    known = found()
    assert known.of("fit").projected == 12.0
    hurt = known.of("hurt").projected
    assert hurt is not None
    assert 0 < hurt < 12.0
    assert known.of("fit").kickoff == SUNDAY


def test_nothing_is_expected_on_a_bye_or_without_a_projection() -> None:
    known = found()
    assert (known.of("resting").projected, known.of("resting").on_bye) == (None, True)
    assert (known.of("unknown").projected, known.of("unknown").on_bye) == (None, False)


def test_points_a_game_are_those_of_the_games_played() -> None:
    known = found()
    assert (known.of("fit").per_game, known.of("fit").games) == (15.0, 2)
    assert (known.of("hurt").per_game, known.of("hurt").games) == (None, 0)


def test_the_owner_is_the_one_in_this_league() -> None:
    known = found()
    assert known.of("fit").owner == MINE
    assert known.of("hurt").owner is None
    # Nothing else is known about him.
    assert known.of("stashed") == PlayerFact(owner=MINE)


def test_my_team_in_another_league_does_not_own_him_here() -> None:
    view = league("RB", [], [])
    elsewhere = replace(MINE, league_id="other")
    known = facts(view, {"one": (elsewhere, replace(THEIRS, league_id="L")), "two": (elsewhere,)}, {})
    assert known.of("one").owner == replace(THEIRS, league_id="L")
    assert {*known.by_id} == {"one"}, "who is free here and of no note is not listed"


def test_adds_and_drops_are_kept_apart() -> None:
    known = found()
    assert [(known.of(p).adds, known.of(p).drops) for p in ("fit", "wanted", "dropped")] == [
        (5, None), (300, 20), (None, 7)
    ]  # fmt: skip


def test_a_trend_is_adds_less_drops_and_none_where_neither_is_known() -> None:
    known = found()
    assert [known.of(p).trend for p in ("fit", "wanted", "dropped", "hurt")] == [5, 280, -7, None]
    assert known.of("nobody") is NO_FACT


def test_the_league_its_week_and_its_sources_are_named() -> None:
    known = found()
    assert (known.league_id, known.league, known.week) == ("L", "League", 10)
    assert [source.name for source in known.sources] == ["Sleeper rosters", "Sleeper trends"]


def row(player_id: str, name: str) -> PlayerRow:
    return PlayerRow(player_id, name, "RB", "PHI", None, 1, frozenset({"RB"}))


ROWS = [row("unknown", "Zed"), row("hurt", "bo"), row("fit", "Al"), row("wanted", "Cy"), row("dropped", "Di")]


@pytest.mark.parametrize(
    ("by", "order"),
    [
        ("rank", ["unknown", "hurt", "fit", "wanted", "dropped"]),
        ("projected", ["fit", "hurt", "unknown", "wanted", "dropped"]),
        ("per_game", ["fit", "unknown", "hurt", "wanted", "dropped"]),
        ("trend", ["wanted", "fit", "dropped", "unknown", "hurt"]),
        ("name", ["fit", "hurt", "wanted", "dropped", "unknown"]),
    ],
)
def test_rows_in_each_order(by: str, order: list[str]) -> None:
    assert [one.player_id for one in ordered(ROWS, found(), by)] == order


@pytest.mark.parametrize("by", ["projected", "per_game", "trend"])
def test_equals_stay_as_they_came_and_nothing_is_less_than_zero_but_known(by: str) -> None:
    values = {"zed": 4, "al": 4, "none": None, "zero": 0, "cy": -3, "bo": 4}
    known = replace(
        found(),
        by_id={
            p: PlayerFact(projected=v, per_game=v, adds=10 + v, drops=10) if v is not None else PlayerFact()
            for p, v in values.items()
        },
    )
    rows = [row(p, p) for p in ("none", "cy", "zed", "zero", "bo", "al")]
    assert [one.player_id for one in ordered(rows, known, by)] == ["zed", "bo", "al", "zero", "cy", "none"]


def test_namesakes_stand_in_the_order_of_their_ids() -> None:
    rows = [row("b", "AL"), row("a", "al"), row("c", "Al"), row("0", "Bo")]
    assert [one.player_id for one in ordered(rows, found(), "name")] == ["a", "b", "c", "0"]


def test_an_unknown_order_is_an_error() -> None:
    with pytest.raises(KeyError):
        ordered(ROWS, found(), "height")
