import json
from importlib.resources import files

import numpy as np
import pytest

from fantasy_tui.football.calibration import CALIBRATION, read
from fantasy_tui.football.odds import ACT_PROBABILITY, calibrated

TEXT = files("fantasy_tui.football").joinpath("calibration.json").read_text("utf-8")


def test_the_file_says_what_it_is_and_where_it_comes_from() -> None:
    assert read(TEXT) == CALIBRATION
    assert CALIBRATION.version
    assert len(CALIBRATION.obtained) > 80
    assert CALIBRATION.fit_weeks != CALIBRATION.test_weeks


def test_constants_are_usable() -> None:
    for table in (CALIBRATION.variance, CALIBRATION.stale_variance, CALIBRATION.sources["default"]):
        assert "default" in table
    for v0, v1 in CALIBRATION.variance.values():
        assert all(v0 + v1 * projected > 0 for projected in (0, 10, 25))
    assert all(factor >= 1 for factor in CALIBRATION.stale_variance.values())
    assert all(weight > 0 for weight in CALIBRATION.sources["default"].values())
    assert all(0 < slope <= 1 for slope in CALIBRATION.slopes.values())
    assert set(CALIBRATION.curves) == {"swap", "waiver", "trade", "matchup"}
    assert set(CALIBRATION.form) == set(CALIBRATION.team_total) == {"QB", "RB", "WR", "TE"}


@pytest.mark.parametrize("table", ["same_team", "opponents"])
def test_pairs_are_named_in_order(table: str) -> None:
    for pair, rho in getattr(CALIBRATION, table).items():
        one, other = pair.split()
        assert pair == " ".join(sorted((one, other)))
        assert -1 < rho < 1


@pytest.mark.parametrize("curve", ["swap", "waiver", "trade", "matchup"])
def test_curves_rise(curve: str) -> None:
    grid = [calibrated(float(z), curve) for z in np.linspace(0.01, 3, 60)]
    assert grid == sorted(grid)
    assert grid[0] < ACT_PROBABILITY < grid[-1]


def test_another_file_is_refused() -> None:
    values = json.loads(TEXT)
    del values["variance"]
    with pytest.raises(KeyError):
        read(json.dumps(values))
    with pytest.raises(TypeError):
        read("[]")
