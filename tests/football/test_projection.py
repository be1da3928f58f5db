import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from fantasy_tui.football.projection import NO_PROJECTION, Basis, Projection, complete, project
from fantasy_tui.football.slots import fantasy_positions

HALF = {
    "rec": 0.5,
    "rec_yd": 0.1,
    "rec_td": 6.0,
    "rush_yd": 0.1,
    "rush_td": 6.0,
    "fum_lost": -2.0,
    "pass_yd": 0.04,
    "pass_td": 4.0,
    "pass_int": -1.0,
    "xpm": 1.0,
    "fgm": 3.0,
    "fgm_yds_over_30": 0.1,
    "idp_tkl_solo": 1.0,
    "idp_tkl_ast": 0.5,
    "idp_sack": 3.0,
    "sack": 1.0,
    "pts_allow_14_20": 1.0,
}


def one(position: str) -> frozenset[str]:
    return frozenset({position})


def test_components_are_scored_by_the_league_and_beat_the_preset() -> None:
    row = {"rec": 4.0, "rec_yd": 50.0, "rec_td": 0.5, "gp": 1, "pts_ppr": 99.0}
    assert project(row, HALF, one("WR")) == Projection(10.0, Basis.COMPONENTS)
    assert project(row, {**HALF, "rec": 1.0}, one("WR")).points == 12.0
    assert project(row, {**HALF, "bonus_rec_te": 0.5}, one("TE")).points == 12.0
    assert project(row, {**HALF, "bonus_rec_te": 0.5}, one("WR")).points == 10.0


@pytest.mark.parametrize(
    ("position", "row"),
    [
        ("QB", {"fum_lost": 0.45, "gp": 1}),
        ("RB", {"fum_lost": 0.1, "gp": 1}),
        ("LB", {"idp_tkl": 1.19, "gp": 1}),
        ("K", {"xpmiss": 2.47, "gp": 1}),
        ("WR", {"adp_ppr": 999.0}),
        ("TE", {}),
        ("WR", None),
    ],
)
def test_a_crumb_is_no_projection(position: str, row: dict[str, float] | None) -> None:
    assert project(row, HALF, one(position)) == NO_PROJECTION
    if row:
        assert project({**row, "pts_ppr": 5.1}, HALF, one(position)) == Projection(5.1, Basis.PRESET)


@pytest.mark.parametrize(("rec", "points"), [(1.0, 12.0), (0.9, 12.0), (0.5, 10.0), (0.0, 8.0), (None, 8.0)])
def test_the_nearest_preset_stands_in(rec: float | None, points: float) -> None:
    row = {"gp": 1, "pts_ppr": 12.0, "pts_half_ppr": 10.0, "pts_std": 8.0}
    scoring = {} if rec is None else {"rec": rec}
    assert project(row, scoring, one("RB"), past_points=[30.0]) == Projection(points, Basis.PRESET)


@pytest.mark.parametrize("position", ["K", "DEF", "DL", "LB", "DB"])
def test_kickers_and_defences_fall_back_on_their_season(position: str) -> None:
    assert project(None, HALF, one(position), [4.0, 9.0]) == Projection(6.5, Basis.AVERAGE)
    assert project({"idp_tkl": 1.0, "gp": 1}, HALF, one(position), [4.0, 9.0]) == Projection(
        6.5, Basis.AVERAGE
    )
    assert project(None, HALF, one(position)) == NO_PROJECTION


@pytest.mark.parametrize("position", ["QB", "RB", "WR", "TE"])
def test_others_without_a_row_are_not_expected_to_play(position: str) -> None:
    assert project(None, HALF, one(position), [14.0, 19.0]) == NO_PROJECTION


def test_defenders_prefer_their_season_to_a_row_of_tackles() -> None:
    row = {"idp_tkl": 4.0, "idp_tkl_ast": 2.0, "idp_sack": 0.1, "gp": 1}
    assert project(row, HALF, one("LB"), [9.0, 9.0]) == Projection(5.3, Basis.COMPONENTS)
    assert project(row, HALF, one("LB"), [9.0, 9.0, 6.0]) == Projection(8.0, Basis.AVERAGE)
    whole = {**row, "idp_pass_def": 0.3}
    assert project(whole, HALF, one("LB"), [9.0, 9.0, 6.0]).basis is Basis.COMPONENTS


def test_a_kickers_field_goals_are_priced_once() -> None:
    row = {"xpm": 2.5, "fgm_20_29": 0.5, "fgm_30_39": 0.5, "fgm_40_49": 0.5, "fgm_50p": 0.5, "gp": 1}
    by_distance = {"fgm_20_29": 3.0, "fgm_30_39": 3.0, "fgm_40_49": 4.0, "fgm_50p": 5.0, "xpm": 1.0}
    assert project(row, by_distance, one("K")).points == 10.0
    assert project(row, {**by_distance, "fgm_50_59": 5.0, "fgm_60p": 6.0}, one("K")).points == 10.0
    split = {**by_distance, "fgm_50p": 0.0, "fgm_50_59": 5.0, "fgm_60p": 5.0}
    assert project(row, split, one("K")).points == 10.0
    assert project(row, HALF, one("K")).points == pytest.approx(2.5 + 6 + 0.1 * (2.5 + 7.5 + 11.75), abs=0.01)


def test_completion_adds_what_follows_and_changes_nothing() -> None:
    row = {"fga": 2.0, "fgm": 1.7, "pass_att": 30.0, "pass_cmp": 20.0, "fgm_50p": 0.3, "fgm_50_59": 0.2}
    whole = complete(row, {}, one("QB"))
    assert {key: whole[key] for key in row} == row
    assert whole["fgmiss"] == pytest.approx(0.3)
    assert whole["pass_inc"] == 10.0
    tackles = complete({"idp_tkl": 5.0, "idp_tkl_solo": 3.0, "idp_tkl_ast": 2.0}, {}, one("LB"))
    assert (tackles["idp_tkl"], tackles["idp_tkl_solo"]) == (5.0, 3.0)


def test_recorded_rows_give_the_basis_they_should(recordings: Path) -> None:
    season = recordings / "2024"
    scoring = json.loads((season / "league" / "800000000000000002.json").read_bytes())["scoring_settings"]
    players = json.loads(gzip.decompress((season / "players" / "nfl.json.gz").read_bytes()))
    for week, only_preset in ((1, True), (8, True), (9, False), (16, False), (17, True)):
        path = season / "projections" / "nfl" / "regular" / "2024" / f"{week}.json.gz"
        found: Counter[Basis] = Counter()
        for player_id, row in json.loads(gzip.decompress(path.read_bytes())).items():
            positions = fantasy_positions(
                players[player_id]["position"], players[player_id]["fantasy_positions"]
            )
            projection = project(row, scoring, positions)
            found[projection.basis] += 1
            assert -3 <= projection.points <= 40
            if "DEF" in positions:
                assert projection.basis is Basis.PRESET
        assert set(found) == {Basis.PRESET} if only_preset else found[Basis.COMPONENTS] > 700
        assert found[Basis.NONE] < 12
