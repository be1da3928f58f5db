import json
from array import array
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm, rankdata

from benchmarks.profile import FIT, Season, fit
from fantasy_tui.football import profile as football
from fantasy_tui.football.profile import (
    CLIP,
    MEASURES,
    Totals,
    history,
    measures,
    pooled,
    profile,
    profiles,
    shipped,
    standard_score,
    week_totals,
)
from fantasy_tui.models.player import PROFILE_DIMENSIONS

STATS = sorted(
    {*football._VOLUMES, *football._PPR, "tm_off_snp", "rush_yac", "rec_yar", "pass_cmp", "pass_air_yd"}
)
SOME = Totals(targets=30, rushes=25, air_yards=180, red_zone=8)

lines = st.lists(
    st.dictionaries(st.sampled_from(STATS), st.integers(0, 90), max_size=12).map(
        lambda line: line | {"rec": 1}
    ),
    min_size=3,
    max_size=9,
)


def back(rng: Random) -> dict[str, Any]:
    rushes, targets = rng.randint(12, 22), rng.randint(1, 4)
    return snaps(40) | {
        "rush_att": rushes, "rush_yd": 4 * rushes, "rush_yac": 2 * rushes, "rush_td": rng.randint(0, 1),
        "rec_tgt": targets, "rec": targets, "rec_yd": 6 * targets, "rec_yar": 6 * targets,
    }  # fmt: skip


def receiver(rng: Random) -> dict[str, Any]:
    targets = rng.randint(6, 12)
    catches = targets - rng.randint(1, 4)
    return snaps(55) | {
        "rec_tgt": targets, "rec": catches, "rec_yd": 13 * catches, "rec_air_yd": 9 * catches,
        "rec_yar": 4 * catches, "rec_td": rng.randint(0, 1),
    }  # fmt: skip


def snaps(own: int, team: int = 66, defence: int = 61, special: int = 25) -> dict[str, Any]:
    return {
        "gp": 1, "off_snp": own, "tm_off_snp": team, "tm_def_snp": defence, "tm_st_snp": special,
    }  # fmt: skip


def cosine(one: tuple[float, ...] | None, other: tuple[float, ...] | None) -> float:
    assert one is not None
    assert other is not None
    return float(np.dot(one, other) / np.linalg.norm(one) / np.linalg.norm(other))


def test_the_file_is_small_and_says_where_it_comes_from() -> None:
    text = files(football.__package__).joinpath("profile.json").read_text("utf-8")
    assert len(text.encode()) < 60_000
    constants = shipped()
    assert constants.version == "profile-1"
    assert (constants.fit_weeks, constants.test_weeks) == ("2024, weeks 1-9", "2024, weeks 10-17")
    assert "benchmarks.profile" in constants.obtained


def test_the_constants_are_components_with_their_signs_fixed() -> None:
    constants = shipped()
    components = np.array(constants.components)
    assert components.shape == (PROFILE_DIMENSIONS, len(MEASURES)) == (24, 37)
    assert components @ components.T == pytest.approx(np.eye(24), abs=1e-3)
    assert all(row[np.argmax(np.abs(row))] > 0 for row in components)
    assert list(constants.scales) == sorted(constants.scales, reverse=True)
    for measure in constants.measures:
        assert list(measure.quantiles) == sorted(measure.quantiles)


def test_constants_of_other_measures_are_refused() -> None:
    values = json.loads(files(football.__package__).joinpath("profile.json").read_text("utf-8"))
    values["measures"].reverse()
    with pytest.raises(ValueError, match="other measures"):
        football.read(json.dumps(values))


@settings(max_examples=50, deadline=None)
@given(played=lines)
def test_a_profile_is_what_the_definition_says(played: list[dict[str, Any]]) -> None:
    """Against numpy and scipy: rank by interpolation, clip, project, divide, normalise."""
    constants = shipped()
    found = measures(played, [SOME] * len(played), constants.pooled)
    assert found is not None
    steps = np.linspace(0, 1, 65)
    scores = np.zeros(len(found))
    for n, (value, measure) in enumerate(zip(found, constants.measures, strict=True)):
        if value is not None:
            quantiles = np.array(measure.quantiles)
            share = (
                steps[quantiles == value].mean() if value in quantiles else np.interp(value, quantiles, steps)
            )
            with np.errstate(divide="ignore"):
                scores[n] = np.clip(norm.ppf(share), -3, 3) - measure.centre
    parts = np.array(constants.components) @ scores / np.array(constants.scales)
    expected = parts / np.linalg.norm(parts)
    assert profile(played, [SOME] * len(played)) == pytest.approx(expected, abs=2e-6)


@settings(max_examples=50, deadline=None)
@given(played=lines)
def test_a_profile_has_length_one_and_survives_32_bits(played: list[dict[str, Any]]) -> None:
    vector = profile(played, [SOME] * len(played))
    assert vector is not None
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-5)
    assert tuple(round(number, 6) for number in array("f", vector)) == vector
    assert profile([dict(reversed(line.items())) for line in played], [SOME] * len(played)) == vector


@settings(max_examples=50, deadline=None)
@given(values=st.lists(st.integers(-5, 20), min_size=5, max_size=40), other=st.floats(-10, 30))
def test_a_score_is_the_normal_one_of_the_middle_rank(values: list[int], other: float) -> None:
    quantiles = sorted(values)
    for value, rank in zip(values, rankdata(values), strict=True):
        with np.errstate(divide="ignore"):
            expected = np.clip(norm.ppf((rank - 1) / (len(values) - 1)), -CLIP, CLIP)
        assert standard_score(value, quantiles) == pytest.approx(expected, abs=1e-9)
    assert -CLIP <= standard_score(other, quantiles) <= CLIP
    assert standard_score(other, quantiles) <= standard_score(other + 1, quantiles)


def test_measures_by_hand() -> None:
    games = [{"rec_tgt": 4, "rec": 2, "rec_yd": 20}, {"rec_tgt": 8, "rec": 8, "rec_yd": 80}, {"rec_tgt": 2}]
    found = measures(games, [Totals(targets=20)] * 3, dict.fromkeys(shipped().pooled, 0.5))
    assert found is not None
    named = dict(zip(MEASURES, found, strict=True))
    weights = [0.85**2, 0.85, 1]
    targets = 4 * weights[0] + 8 * weights[1] + 2
    assert named["rec_tgt"] == pytest.approx(targets / sum(weights), abs=1e-6)
    assert named["targets/team"] == pytest.approx(targets / (20 * sum(weights)), abs=1e-6)
    assert named["rec/rec_tgt"] == pytest.approx(
        (2 * weights[0] + 8 * weights[1] + 5) / (targets + 10), abs=1e-6
    )
    points = (4 * weights[0] + 16 * weights[1]) / sum(weights)
    assert named["points"] == pytest.approx(points, abs=1e-6)
    assert named["form"] == 0
    assert named["volatility"] == pytest.approx(np.std([4, 16, 0]) / (points + 2), abs=1e-5)
    # No snap was counted, no pass was thrown, no run of the team is known.
    assert (
        named["off_snp"] is named["snaps/team"] is named["pass_cmp/pass_att"] is named["rushes/team"] is None
    )


def test_pooled_is_everyones_share() -> None:
    found = pooled([{"rec_tgt": 4, "rec": 3}, {"rec_tgt": 6, "rec": 3}])
    assert found["rec/rec_tgt"] == pytest.approx(0.6)
    assert found["pass_yd/pass_att"] == 0


def test_fewer_than_three_games_of_the_offence_say_nothing() -> None:
    rng = Random(1)
    games = [receiver(rng), receiver(rng), {"gp": 1, "st_snp": 20}, {"gms_active": 1}, {}]
    assert profile(games, [SOME] * 5) is None
    assert profile([*games, receiver(rng)], [SOME] * 6) is not None
    assert profile([], []) is None


def test_special_teams_and_missed_weeks_do_not_move_a_profile() -> None:
    rng = Random(2)
    games = [back(rng) for _ in range(5)]
    padded = [games[0], {}, *games[1:], {"gp": 1, "st_snp": 12}]
    assert profile(padded, [SOME] * 7) == profile(games, [SOME] * 5)


def test_kinds_of_players_are_told_apart() -> None:
    rng = Random(3)
    backs = [profile([back(rng) for _ in range(6)], [SOME] * 6) for _ in range(4)]
    receivers = [profile([receiver(rng) for _ in range(6)], [SOME] * 6) for _ in range(4)]
    within = [cosine(one, other) for kind in (backs, receivers) for one in kind for other in kind]
    across = [cosine(one, other) for one in backs for other in receivers]
    assert min(within) > max(across)


@pytest.mark.parametrize("odd", [None, "12", float("nan"), float("inf"), -1e300, [1]])
def test_what_is_no_number_counts_as_nothing(odd: object) -> None:
    rng = Random(4)
    games = [receiver(rng) for _ in range(4)]
    without = [{stat: value for stat, value in line.items() if stat != "rec_td"} for line in games]
    assert profile([line | {"rec_td": odd} for line in games], [SOME] * 4) == profile(without, [SOME] * 4)


def test_a_traded_player_shares_in_what_his_team_of_the_week_did() -> None:
    old, new = (
        {"tm_off_snp": 60, "tm_def_snp": 70, "tm_st_snp": 20},
        {"tm_off_snp": 71, "tm_def_snp": 55, "tm_st_snp": 30},
    )
    week = {f"o{n}": {"rec_tgt": 3} | old for n in range(7)} | {
        f"n{n}": {"rec_tgt": 1} | new for n in range(7)
    }
    week["traded"] = {"rec_tgt": 9} | old
    teams: Mapping[str, str | None] = {player: "OLD" if player[0] == "o" else "NEW" for player in week}
    totals = week_totals(week, teams)
    assert totals["traded"].targets == totals["o1"].targets == 30
    assert totals["n1"].targets == 7


def test_two_teams_with_the_same_snaps_are_told_apart_by_todays_teams() -> None:
    week = {
        f"{team}{n}": {"rush_att": 2 if team == "a" else 5} | snaps(30) for team in "ab" for n in range(8)
    }
    totals = week_totals(week, {player: player[0] for player in week})
    assert (totals["a0"].rushes, totals["b0"].rushes) == (16, 40)


@given(week=st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_totals_do_not_depend_on_the_order_of_the_lines(week: Random) -> None:
    """Two teams of equal snaps and equally many players, of whom some are elsewhere today."""
    lines = {f"{n}": {"rec_tgt": n, "rec_air_yd": n / 7} | snaps(30) for n in range(20)}
    teams = {f"{n}": ("a", "b", "c", None)[min(n % 9, n % 2 + 2 * (n > 15))] for n in range(20)}
    shuffled = list(lines)
    week.shuffle(shuffled)
    assert week_totals({player: lines[player] for player in shuffled}, teams) == week_totals(lines, teams)


def test_without_snaps_todays_team_is_taken() -> None:
    week: dict[str, dict[str, Any]] = {
        "1": {"rec_tgt": 5, "rec_air_yd": 30},
        "2": {"rush_rz_att": 2, "rec_rz_tgt": 1},
        "3": {"rec_tgt": 7},
        "4": {"rec_tgt": 6},
    }
    totals = week_totals(week, {"1": "KC", "2": "KC", "3": "SF", "4": None})
    assert totals["1"] == totals["2"] == Totals(targets=5, air_yards=30, red_zone=3)
    assert totals["3"] == Totals(targets=7)
    assert totals["4"] == Totals()


def test_a_seasons_profiles_are_each_players_own() -> None:
    rng = Random(5)
    weeks = [{"1": back(rng), "2": receiver(rng), "3": receiver(rng)} for _ in range(4)]
    weeks[1].pop("3")
    weeks[2].pop("3")
    teams = {"1": "KC", "2": "KC", "3": "SF"}
    games = history(weeks, teams)
    assert [len(games[player]) for player in "123"] == [4, 4, 2]
    found = profiles(weeks, teams)
    assert found.keys() == {"1", "2"}
    assert found["2"] == profile([line for line, _ in games["2"]], [total for _, total in games["2"]])


def test_the_shipped_constants_are_those_the_fit_gives(recordings: Path) -> None:
    season = Season(recordings / "2024")
    again = fit(season.games(FIT), "", "", "")
    constants = shipped()
    assert again.pooled == pytest.approx(constants.pooled, abs=1e-5)
    assert again.scales == pytest.approx(constants.scales, abs=1e-3)
    for one, other in zip(again.measures, constants.measures, strict=True):
        assert one.quantiles == pytest.approx(other.quantiles, abs=1e-3)
    # The last ones hardly differ in variance and may turn into each other on another machine.
    for row, other_row in zip(again.components[:8], constants.components[:8], strict=True):
        assert cosine(row, other_row) > 0.999
