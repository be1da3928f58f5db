import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from fantasy_tui.football.scoring import league_points


def read(path: Path) -> Any:
    return json.loads(gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes())


def test_only_shared_keys_count() -> None:
    assert league_points(
        {"rec": 5, "rec_yd": 61, "off_snp": 40}, {"rec": 0.5, "rec_yd": 0.1, "pass_td": 4}
    ) == (pytest.approx(8.6))
    assert league_points({}, {"rec": 1}) == 0
    assert (
        league_points({"pts_allow_0": 1, "sack": 2}, {"pts_allow_0": 10.0, "sack": 1.0, "pts_allow": 0.0})
        == 12
    )


@pytest.mark.parametrize("league_id", ["800000000000000001", "800000000000000002", "800000000000000003"])
def test_gives_the_points_of_every_recorded_player(recordings: Path, league_id: str) -> None:
    season = recordings / "2024"
    scoring = read(season / "league" / f"{league_id}.json")["scoring_settings"]
    checked, wrong = 0, []
    for week in range(1, 18):
        stats = read(season / "stats" / "nfl" / "regular" / "2024" / f"{week}.json.gz")
        for row in read(season / "league" / league_id / "matchups" / f"{week}.json"):
            for player_id, points in (row["players_points"] or {}).items():
                checked += 1
                if abs(league_points(stats.get(player_id, {}), scoring) - points) > 0.02:
                    wrong.append((week, player_id, points))
    assert wrong == []
    assert checked > 2_500
