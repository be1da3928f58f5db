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


def test_an_unknown_order_is_an_error() -> None:
    with pytest.raises(KeyError):
        ordered(ROWS, found(), "height")
