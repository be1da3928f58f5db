from dataclasses import replace

import pytest
from hypothesis import given, settings

from fantasy_tui.agents.recommendation import SitStart
from fantasy_tui.agents.sit_start import MOST_TOSS_UPS, recommend
from fantasy_tui.football.odds import probability_at_least
from fantasy_tui.football.settle import Starters
from fantasy_tui.football.view import LeagueView
from tests.advice import check_common, names, starters
from tests.random_views import check_lineup, views
from tests.views import MONDAY, NOW, SUNDAY, league, player


def pairs(view: LeagueView, *, actionable: bool | None = None) -> list[tuple[str, str]]:
    found = []
    for proposal in recommend(view):
        assert isinstance(proposal.recommendation, SitStart)
        if actionable is None or proposal.actionable is actionable:
            advice = proposal.recommendation
            found.append((advice.start.player_id, advice.sit.player_id))
    return found


def test_a_clear_swap_is_an_action_with_all_it_rests_on() -> None:
    start, sit = player("in", "RB", 13, opponent="NYG"), player("out", "RB", 9, team="KC", opponent="DEN")
    view = league("RB", [sit, start, player("third", "RB", 10, team="SF")], ["out"])
    proposal = recommend(view)[0]
    advice = proposal.recommendation
    assert isinstance(advice, SitStart)
    assert proposal.actionable
    assert proposal.subject == "in:out"
    assert advice.summary == "Start In over Out"
    assert proposal.expected_gain == 4
    assert proposal.confidence == round(100 * probability_at_least([start.outlook()], [sit.outlook()]))
    assert advice.reasons[0].startswith(f"In over Out: {proposal.confidence} in 100 · expected +4.0 points;")
    assert advice.reasons[1].startswith("In: projection 13.0")
    assert advice.reasons[2].startswith("Out: projection 9.0")
    assert advice.flips == ("Out's projection rises 4.0",)
    assert advice.alternative is not None
    assert advice.alternative.startswith("Third")
    assert advice.settle == Starters(10, ("in",), ("out",))
    assert proposal.expires_at == SUNDAY
    check_common(view, proposal)


@pytest.mark.parametrize(
    ("challenger", "summary", "flip"),
    [
        (10.2, "Toss-up: Bench or Starter", "Starter's projection rises 0.2"),
        (9.8, "Toss-up: keep Starter, or start Bench", "Bench's projection rises 0.2"),
    ],
)
def test_toss_ups_are_listed_from_the_status_quos_side(challenger: float, summary: str, flip: str) -> None:
    view = league("RB", [player("starter", "RB", 10), player("bench", "RB", challenger)], ["starter"])
    [proposal] = recommend(view)
    assert not proposal.actionable
    assert 45 <= proposal.confidence <= 55
    assert proposal.recommendation.summary == summary
    assert proposal.recommendation.flips == (flip,)
    assert proposal.expected_gain == pytest.approx(challenger - 10)


def test_what_is_clearly_worse_is_not_worth_a_word() -> None:
    assert recommend(league("RB", [player("a", "RB", 15), player("b", "RB", 6)], ["a"])) == []


def test_a_starter_in_doubt_or_dead_and_the_bench_he_needs_are_left_to_injury_monitoring() -> None:
    dead = league(
        "RB WR", [player("x", "RB", 12, injury="Out"), player("w", "WR", 8), player("b", "RB", 9)], ["x", "w"]
    )
    assert recommend(dead) == []
    needed = league(
        "RB FLEX",
        [player("x", "RB", 12, injury="Out"), player("y", "RB", 8), player("b", "RB", 12)],
        ["x", "y"],
    )
    assert recommend(needed) == []
    doubt = league("RB", [player("q", "RB", 9, injury="Questionable"), player("b", "RB", 9)], ["q"])
    assert recommend(doubt) == []


def test_an_empty_slot_comes_before_a_swap() -> None:
    view = league("RB RB", [player("a", "RB", 8), player("b", "RB", 12)], ["a", None])
    assert recommend(view) == []


def test_a_challenger_in_doubt_flips_the_call_when_he_sits() -> None:
    view = league(
        "RB", [player("a", "RB", 4), player("q", "RB", 19, injury="Questionable", practice="Full")], ["a"]
    )
    [proposal] = recommend(view)
    assert proposal.recommendation.flips[0].startswith(
        "Q is inactive (Questionable, practised fully: plays in 84"
    )


def test_shifts_make_room_and_are_told() -> None:
    view = league(
        "WR FLEX",
        [player("w1", "WR", 3), player("w2", "WR", 14), player("t", "TE", 10)],
        ["w1", "w2"],
    )
    advice = recommend(view)[0].recommendation
    assert isinstance(advice, SitStart)
    assert (advice.start.player_id, advice.sit.player_id, advice.slot) == ("t", "w1", "FLEX")
    assert names(advice.after) == ["w2", "t"]
    assert "To make room: W2 to WR." in advice.reasons


def test_each_player_is_in_one_call_and_toss_ups_are_few() -> None:
    squad = [player(f"s{n}", "RB", 10) for n in range(6)] + [player(f"b{n}", "RB", 10.1) for n in range(6)]
    view = league(" ".join(["RB"] * 6), squad, [f"s{n}" for n in range(6)])
    found = pairs(view)
    assert len(found) == MOST_TOSS_UPS
    assert len({p for pair in found for p in pair}) == 2 * MOST_TOSS_UPS


def test_the_largest_gain_gets_the_challenger() -> None:
    squad = [player("bad", "RB", 3), player("ok", "RB", 8), player("new", "RB", 14)]
    assert pairs(league("RB RB", squad, ["ok", "bad"]), actionable=True) == [("new", "bad")]


def test_the_deadline_is_the_first_kickoff_of_those_who_move() -> None:
    view = league("RB", [player("a", "RB", 5, kickoff=MONDAY), player("b", "RB", 12)], ["a"])
    assert recommend(view)[0].expires_at == SUNDAY
    assert recommend(replace(view, now=SUNDAY)) == []


def test_no_team_best_ball_and_a_line_up_that_does_not_fit_the_slots() -> None:
    view = league("RB", [player("a", "RB", 5), player("b", "RB", 12)], ["a"])
    assert recommend(replace(view, my_roster_id=None)) == []
    assert recommend(replace(view, settings={"best_ball": 1})) == []
    assert recommend(replace(view, slots=("RB", "RB"))) == []


def test_never_a_kicked_off_challenger() -> None:
    early = NOW.replace(hour=10)
    assert recommend(league("RB", [player("a", "RB", 5), player("b", "RB", 12, kickoff=early)], ["a"])) == []


@settings(max_examples=400, deadline=None)
@given(view=views())
def test_calls_can_be_followed_one_by_one_and_keep_their_word(view: LeagueView) -> None:
    found = recommend(view)
    assert sum(not proposal.actionable for proposal in found) <= MOST_TOSS_UPS
    involved = []
    for proposal in found:
        advice = proposal.recommendation
        assert isinstance(advice, SitStart)
        check_common(view, proposal)
        check_lineup(view, starters(view, advice.after))
        start, sit = view.players[advice.start.player_id], view.players[advice.sit.player_id]
        assert proposal.expected_gain == pytest.approx(start.expected - sit.expected, abs=0.006)
        assert not sit.availability.is_dead
        if not proposal.actionable:
            assert 45 <= proposal.confidence <= 55
        involved += [start.player_id, sit.player_id]
    assert len(set(involved)) == len(involved)


def test_toss_ups_are_listed_by_what_they_gain_and_no_alternative_is_better() -> None:
    bench = [player("worse", "TE", 9.9, team="KC"), player("better", "TE", 10.4, team="SF")]
    [proposal] = recommend(league("TE", [player("starter", "TE", 10), *bench], ["starter"]))
    assert proposal.subject == "better:starter"
    assert proposal.recommendation.alternative == "Worse (TE KC v DAL), expected 9.9, -0.1."
    starters = [player("s1", "TE", 10), player("s2", "TE", 10)]
    alternatives = [
        p.recommendation.alternative
        for p in recommend(league("TE TE", [*starters, *bench], ["s1", "s2"]))
        if p.subject.startswith("worse")
    ]
    assert alternatives == [None]
