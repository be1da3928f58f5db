import pytest

from fantasy_tui.agents.recommendation import WaiverClaim
from fantasy_tui.agents.waiver_wire import recommend
from fantasy_tui.football.projection import Basis
from tests.waivers import scene, weekly


@pytest.mark.parametrize(("kind", "may_go"), [(0, {"lost", "waits"}), (1, {"old"}), (2, {"old"})])
def test_where_players_are_kept_nobody_is_dropped_for_being_hurt_or_waiting(
    kind: int, may_go: set[str]
) -> None:
    mine = [
        weekly("old", "RB", 4, 4, 4, 4),
        weekly("lost", "RB", 0, 0, 0, 0, injury="IR"),
        weekly("waits", "RB", 0, 0, 0, 0, basis=Basis.NONE),
        weekly("bench", "WR", 3, 3, 3, 3),
    ]
    free = [weekly("new", "RB", 12, 12, 12, 12)]
    proposal = recommend(scene("RB WR", mine, free, settings={"type": kind}))[0]
    assert isinstance(proposal.recommendation, WaiverClaim)
    drop = proposal.recommendation.drop
    assert drop is not None
    assert drop.player_id in may_go
