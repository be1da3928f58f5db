"""The back-test as JSON values and as sentences."""

import json

from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.backtest.report import BOTH_SIDES, document, regime, remarks
from fantasy_tui.backtest.results import (
    Backtest,
    Efficiency,
    Input,
    KindResult,
    Settled,
    Tally,
    TeamWeek,
)
from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.models import AgentTaskType

LINEUP, INJURY = AgentTaskType.LINEUP_OPTIMIZATION, AgentTaskType.INJURY_MONITORING


def result(kind: AgentTaskType, n: int = 0, right: int = 0, runs: int = 9) -> KindResult:
    settled = [Settled(kind, 2 + number % 5, 60, False, number < right, 1.0) for number in range(n)]
    plays = Tally.of([]) if kind is INJURY else None
    return KindResult(kind, runs, 0, n + 2, 1, Tally.of(settled), Tally.of([]), plays)


def found(*kinds: KindResult) -> Backtest:
    known = {one.kind: one for one in kinds}
    weeks = [TeamWeek(week, 90.0, 85.0, 100.0, week == 2) for week in (2, 3, 4)]
    return Backtest(
        season="2024",
        weeks=(2, 3, 4),
        left_out=(9,),
        leagues=("Alpha",),
        best_ball=("Beta",),
        kinds=tuple(known.get(kind, result(kind)) for kind in AGENTS),
        lineups=Efficiency.of(weeks),
        no_dead_starter=Efficiency.of(weeks[1:]),
        inputs=(
            Input("projections", 1, 0, {"projections as last published": 2}),
            Input("injuries", 0, 3, {}),
        ),
        league_weeks=3,
    )


def test_the_document() -> None:
    told = json.loads(json.dumps(document(found(result(LINEUP, 4, 3)))))
    assert list(told) == ["season", "weeks", "agents", "lineup_efficiency", "calibration", "regime"]
    assert (told["season"], told["weeks"]) == ("2024", [2, 3, 4])
    assert set(told["agents"]) == {kind.value for kind in AGENTS}
    lineup = told["agents"]["lineup_optimization"]
    assert (lineup["decisions"], lineup["settled"], lineup["hit_rate"], lineup["mean_gain"]) == (
        6,
        4,
        0.75,
        1.0,
    )
    assert lineup["mean_gain_interval"] == [1.0, 1.0]
    assert [(one["low"], one["high"]) for one in lineup["bins"]] == [(n, n + 10) for n in range(0, 100, 10)]
    assert [one["n"] for one in lineup["bins"]] == [0, 0, 0, 0, 0, 0, 4, 0, 0, 0]
    assert lineup["bins"][6]["hit_rate"] == 0.75
    assert (lineup["toss_ups"]["decisions"], lineup["errors"], lineup["runs"]) == (1, 0, 9)
    assert told["lineup_efficiency"]["agent"] == 0.9
    assert told["lineup_efficiency"]["mean_difference"] == 5.0
    assert told["lineup_efficiency"]["no_dead_starter"]["team_weeks"] == 2
    assert told["calibration"]["version"] == CALIBRATION.version
    assert set(told["calibration"]) == {"version", "fit_weeks", "test_weeks", "obtained"}
    assert (
        told["regime"]["remarks"][1] == "lineup_optimization: 4 settled calls are too few to prove a level."
    )
    assert told["regime"]["inputs"]["projections"]["stand_ins"] == {"projections as last published": 2}


def test_where_nothing_was_settled_there_is_null() -> None:
    injuries = document(found())["agents"]["injury_monitoring"]
    for key in (
        "hit_rate",
        "brier",
        "brier_skill",
        "calibration_error",
        "mean_gain",
        "mean_gain_interval",
        "interval",
    ):
        assert injuries[key] is None, key
    assert all(one["hit_rate"] is None for one in injuries["bins"])
    assert injuries["plays"]["brier"] is None


def test_the_regime_in_words() -> None:
    told = regime(found())
    assert told[0].startswith("Every agent stood one minute before the week's first kickoff")
    assert (
        "Projections: seen before kickoff in 1 of 3 league-weeks; projections as last published in 2." in told
    )
    assert "Injuries: none stored in 3." in told
    assert "Not final here and left out: weeks 9." in told


def test_what_proves_no_level_is_said() -> None:
    kinds = (result(LINEUP, 99, 60), result(INJURY), result(AgentTaskType.SIT_START, 400, 240))
    assert remarks(kinds) == [
        "lineup_optimization: 99 settled calls are too few to prove a level.",
        "injury_monitoring: nothing was settled, so nothing is known.",
    ]
    assert remarks([result(LINEUP, 0, 0, runs=0)]) == []
    idle = [Settled(INJURY, 2 + number % 5, 95, False, True, float(number % 2)) for number in range(120)]
    plans = KindResult(INJURY, 9, 0, 120, 0, Tally.of(idle), Tally.of([]), Tally.of([]))
    assert remarks([plans]) == ["injury_monitoring: 60 of 120 calls made no difference and count as true."]
    assert remarks([result(AgentTaskType.OPPONENT_ANALYSIS, 200, 100)]) == [BOTH_SIDES]
