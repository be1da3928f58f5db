from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings

from fantasy_tui.agents.lineup_optimization import recommend
from fantasy_tui.agents.recommendation import LineupChange
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.settle import Starters
from fantasy_tui.football.view import LeagueView, Source
from tests.advice import check_common, names, starters
from tests.random_views import check_lineup, views
from tests.views import MONDAY, NOW, SUNDAY, league, player


def advise(view: LeagueView) -> LineupChange:
    [proposal] = recommend(view)
    assert isinstance(proposal.recommendation, LineupChange)
    return proposal.recommendation


def test_names_each_swap_its_points_and_why() -> None:
    view = league(
        "QB RB FLEX",
        [player("qb", "QB", 18), player("rb", "RB", 12), player("wr", "WR", 6), player("star", "WR", 14)],
        ["qb", "rb", "wr"],
    )
    [proposal] = recommend(view)
    advice = proposal.recommendation
    assert isinstance(advice, LineupChange)
    assert advice.summary == "Start Star over Wr"
    assert names(advice.after) == ["qb", "rb", "star"]
    assert proposal.expected_gain == 8
    assert 55 <= proposal.confidence <= 95
    assert advice.reasons[0].startswith(
        f"The whole change: {proposal.confidence} in 100 · expected +8.0 points"
    )
    assert "14.0 over Wr" in advice.reasons[1]
    assert "+8.0" in advice.reasons[1]
    assert advice.flips == ("Wr's projection rises 8.0",)
    assert advice.settle == Starters(10, ("star",), ("wr",))
    assert advice.middle is not None
    assert advice.middle[0] < 8 < advice.middle[1]
    assert proposal.expires_at == SUNDAY
    check_common(view, proposal)


def test_says_nothing_when_the_gain_is_below_the_threshold() -> None:
    view = league("RB", [player("a", "RB", 10), player("b", "RB", 10.4)], ["a"])
    assert recommend(view) == []


def test_toss_ups_are_not_queued() -> None:
    """Half a point between two quarterbacks is no reason to act."""
    view = league("QB", [player("a", "QB", 18), player("b", "QB", 18.6)], ["a"])
    assert recommend(view) == []


def test_never_starts_reserve_taxi_bye_out_or_kicked_off() -> None:
    early = NOW.replace(hour=10)
    view = league(
        "RB",
        [
            player("start", "RB", 3),
            player("ir", "RB", 30),
            player("taxi", "RB", 29),
            player("bye", "RB", 28, on_bye=True),
            player("out", "RB", 27, injury="Out"),
            player("playing", "RB", 26, kickoff=early),
            player("cut", "RB", 25, team=None),
            player("ok", "RB", 9),
        ],
        ["start"],
        reserve=("ir",),
        taxi=("taxi",),
    )
    advice = advise(view)
    assert names(advice.after) == ["ok"]


def test_a_locked_starter_stays_where_he_is() -> None:
    early = NOW.replace(hour=10)
    view = league(
        "RB FLEX",
        [player("gone", "RB", 1, kickoff=early), player("weak", "WR", 2), player("strong", "RB", 12)],
        ["gone", "weak"],
    )
    advice = advise(view)
    assert names(advice.after) == ["gone", "strong"]
    assert advice.after[0].locked


def test_a_starter_nothing_is_known_about_is_left_alone() -> None:
    view = league("RB FLEX", [player("a", "RB", 5), player("b", "RB", 9)], ["unknown", "a"])
    advice = advise(view)
    assert names(advice.after)[1] == "b"


def test_latest_kickoff_takes_the_widest_slot_when_a_change_is_due() -> None:
    view = league(
        "RB FLEX",
        [player("mon", "RB", 12, kickoff=MONDAY), player("sun", "RB", 12), player("bad", "RB", 2)],
        ["mon", "bad"],
    )
    advice = advise(view)
    assert names(advice.after) == ["sun", "mon"]


def test_an_empty_slot_is_filled_with_high_confidence() -> None:
    view = league("RB", [player("a", "RB", 9)], [None])
    [proposal] = recommend(view)
    assert proposal.confidence > 90
    assert "empty RB" in proposal.recommendation.summary


def test_a_dead_starter_nobody_can_replace_stays_in() -> None:
    view = league(
        "K RB", [player("k", "K", 8, on_bye=True), player("a", "RB", 2), player("b", "RB", 12)], ["k", "a"]
    )
    advice = advise(view)
    assert names(advice.after) == ["k", "b"]


def test_best_ball_is_muted() -> None:
    view = league("RB", [player("a", "RB", 1), player("b", "RB", 20)], ["a"], settings={"best_ball": 1})
    assert recommend(view) == []


def test_numbers_that_are_not_league_exact_are_marked() -> None:
    view = league("RB", [player("a", "RB", 1), player("b", "RB", 20, basis=Basis.PRESET)], ["a"])
    advice = advise(view)
    assert any("preset total" in lack for lack in advice.lacks)


def test_nothing_once_every_player_that_moves_is_past_kickoff() -> None:
    early = NOW.replace(hour=10)
    view = league("RB", [player("a", "RB", 1, kickoff=early), player("b", "RB", 20)], ["a"])
    assert recommend(view) == []


def test_one_in_doubt_stays_while_a_backup_can_come_in_later() -> None:
    """Benching him now looks better by a point, but whoever would replace him is still there at his kickoff."""
    late = player("late", "RB", 12, injury="Questionable", kickoff=MONDAY)
    backup = player("backup", "RB", 9, kickoff=MONDAY)
    assert late.expected < backup.expected
    weak, better = player("weak", "WR", 3), player("better", "WR", 11)
    view = league("RB WR", [late, backup, weak, better], ["late", "weak"])
    advice = advise(view)
    assert names(advice.after) == ["late", "better"]
    assert any("Late stays" in reason and "Backup can still come in" in reason for reason in advice.reasons)
    early = replace(backup, kickoff=SUNDAY)
    without = league("RB WR", [late, early, weak, better], ["late", "weak"])
    assert names(advise(without).after) == ["backup", "better"]


def test_a_backup_who_starts_for_somebody_else_is_none() -> None:
    late = player("late", "RB", 12, injury="Questionable", kickoff=MONDAY)
    backup = player("backup", "RB", 9, kickoff=MONDAY)
    view = league("RB RB", [late, backup, player("weak", "RB", 2)], ["late", "weak"])
    assert names(advise(view).after) == ["late", "backup"]
    assert not any("stays" in reason for reason in advise(view).reasons)


def test_old_inputs_on_a_game_day_lower_the_confidence_and_widen_the_range() -> None:
    fresh = league("RB", [player("a", "RB", 8), player("b", "RB", 12)], ["a"])
    old = replace(fresh, sources=(Source("projections", NOW - timedelta(hours=9)),))
    [before], [after] = recommend(fresh), recommend(old)
    assert after.confidence < before.confidence
    assert after.recommendation.stale
    assert any("six hours" in lack for lack in after.recommendation.lacks)
    assert before.recommendation.middle is not None
    assert after.recommendation.middle is not None
    assert after.recommendation.middle[1] > before.recommendation.middle[1]


def test_several_changes_name_the_largest_as_the_alternative() -> None:
    view = league(
        "RB WR",
        [player("r1", "RB", 5), player("w1", "WR", 5), player("r2", "RB", 12), player("w2", "WR", 7)],
        ["r1", "w1"],
    )
    advice = advise(view)
    assert advice.summary == "Start R2 over R1 and 1 more"
    assert advice.alternative == "Only the largest change: R2 for R1, +7.0."
    assert advice.flips == ("W1's projection rises 2.0", "R1's projection rises 7.0")


@settings(max_examples=400, deadline=None)
@given(view=views())
def test_never_an_illegal_lineup_nor_a_claim_it_cannot_stand_by(view: LeagueView) -> None:
    for proposal in recommend(view):
        advice = proposal.recommendation
        assert isinstance(advice, LineupChange)
        check_common(view, proposal)
        check_lineup(view, starters(view, advice.after))
        assert proposal.actionable
        assert isinstance(advice.settle, Starters)
        worth = sum(view.players[p].expected for p in advice.settle.new)
        worth -= sum(view.players[p].expected for p in advice.settle.old)
        assert abs(worth - proposal.expected_gain) < 0.011


@settings(max_examples=40, deadline=None)
@given(view=views())
def test_a_followed_recommendation_leaves_nothing_to_recommend(view: LeagueView) -> None:
    for proposal in recommend(view):
        assert isinstance(proposal.recommendation, LineupChange)
        after = starters(view, proposal.recommendation.after)
        roster = view.mine
        assert roster is not None
        followed = replace(view, rosters={**view.rosters, 1: replace(roster, starters=after)})
        assert recommend(followed) == []
