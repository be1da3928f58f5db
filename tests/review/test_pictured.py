"""Both sides of a decision as distributions, in the numbers that its card says."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from fantasy_tui.config import load_settings
from fantasy_tui.review.pictured import KINDS, matchup, starters
from fantasy_tui.review.queue import DecisionNotFound
from fantasy_tui.workspace import Workspace
from tests.leagues import NOW, build
from tests.views import player

REPORT: dict[str, Any] = {
    "my_points": 110.0,
    "opponent_points": 100.0,
    "my_range": (90.0, 130.0),
    "opponent_range": (80.0, 120.0),
    "opponent": "[/oops]",
}


@pytest.fixture
async def workspace(database_url: str, clock_reset: None) -> AsyncIterator[Workspace]:
    workspace = await Workspace.open(load_settings(database_url=database_url, now=NOW, offline=True))
    await workspace.store.write(build)
    await workspace.choose_user("manager")
    yield workspace
    await workspace.close()


async def test_the_picture_shows_the_gain_and_the_confidence_of_the_card(workspace: Workspace) -> None:
    await workspace.run_agents()
    items = await workspace.queue() + await workspace.listed()
    drawn = {item.id: await workspace.pictured(item.id) for item in items}
    shown = [(item, picture) for item in items if (picture := drawn[item.id]) is not None]
    assert shown
    for item, picture in shown:
        assert item.decision_type in KINDS
        assert picture.chance == item.confidence_score / 100
        if item.decision_type != "opponent_analysis":
            assert picture.first.points.mean - picture.second.points.mean == pytest.approx(
                item.gain, abs=0.35
            )
    for item in items:
        if item.decision_type in ("waiver_wire", "trade_analysis"):
            assert drawn[item.id] is None


async def test_a_decision_of_nobody_is_told(workspace: Workspace) -> None:
    with pytest.raises(DecisionNotFound):
        await workspace.pictured("no such decision")


def test_players_who_come_in_are_drawn_against_those_who_go_out() -> None:
    ins = [player("a", "RB", 15.0), player("b", "WR", 10.0, team="SF", opponent="NYG")]
    outs = [player("c", "RB", 8.0, team="KC", opponent="LV")]
    picture = starters(ins, outs, 0.8)
    assert picture is not None
    assert (picture.first.name, picture.second.name, picture.chance) == ("A +1", "C", 0.8)
    assert picture.first.points.mean == pytest.approx(sum(p.expected for p in ins), abs=0.2)
    assert picture.second.points.mean == pytest.approx(outs[0].expected, abs=0.2)
    outlook = outs[0].outlook()
    assert picture.second.points.low == pytest.approx(outlook.mean - 1.28 * outlook.variance**0.5, abs=1.5)


def test_somebody_in_doubt_has_a_second_peak_at_nothing() -> None:
    picture = starters([player("a", "WR", 18.0, injury="Questionable")], [player("c", "WR", 9.0)], 0.6)
    assert picture is not None
    curve = picture.first.points
    assert curve.at(0) > curve.at(5) < curve.at(14)


@pytest.mark.parametrize(
    "outs", [[], [player("c", "WR", 9.0, injury="Out")], [player("c", "WR", 9.0, on_bye=True)]]
)
def test_an_empty_slot_and_one_who_does_not_play_are_certain_of_nothing(outs: list[Any]) -> None:
    picture = starters([player("a", "WR", 18.0)], outs, 0.95)
    assert picture is not None
    assert (picture.second.points.mean, picture.second.points.step) == (0.0, 0.0)
    assert picture.second.name == ("C" if outs else "an empty slot")


def test_nobody_who_comes_in_is_no_picture() -> None:
    assert starters([], [player("c", "WR", 9.0)], 0.5) is None
    assert starters([player("a", "WR", 9.0, injury="IR")], [player("c", "WR", 9.0)], 0.5) is None


def test_a_report_has_both_line_ups_within_their_ranges() -> None:
    picture = matchup(REPORT, 0.66)
    assert picture is not None
    assert (picture.first.points.low, picture.first.points.high) == pytest.approx((90, 130), abs=0.01)
    assert (picture.second.name, picture.second.points.mean) == ("[/oops]", 100.0)
    assert matchup(REPORT | {"my_range": None}, 0.66) is None
    assert matchup(REPORT | {"opponent_points": None}, 0.66) is None
