"""Edits: each a whole recommendation of its own, with its own numbers, that the check and the settling can read."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.agents import injury_monitoring, lineup_optimization, sit_start, trade_analysis, waiver_wire
from fantasy_tui.agents.proposal import BadEdit, Proposal
from fantasy_tui.agents.recommendation import (
    InjuryReplacement,
    LineupChange,
    OpponentReport,
    SitStart,
    TradeOffer,
    WaiverClaim,
    action_key,
    dump,
    load,
)
from fantasy_tui.football.odds import probability_at_least
from fantasy_tui.football.settle import Rosters, Starters
from fantasy_tui.football.view import LeagueView
from fantasy_tui.review.edit import Option, options
from tests.advice import names, starters
from tests.random_views import check_lineup, views
from tests.trades import random_league
from tests.views import MONDAY, league, player
from tests.waivers import random_scene, scene, weekly


def of(view: LeagueView, proposals: Sequence[Proposal], number: int = 0) -> list[Option]:
    return options(dump(proposals[number].recommendation), view)


def test_a_line_up_in_part_and_with_the_runner_up() -> None:
    squad = [
        player("rb", "RB", 5),
        player("wr", "WR", 6, team="KC"),
        player("best", "RB", 15, team="SF"),
        player("good", "WR", 11, team="NYG"),
        player("second", "RB", 12, team="DET"),
    ]
    view = league("RB WR", squad, ["rb", "wr"])
    [proposal] = lineup_optimization.recommend(view)
    assert proposal.expected_gain == 15
    largest, runner_up = of(view, [proposal])
    advice = load(largest.document)
    assert isinstance(advice, LineupChange)
    assert (largest.label, names(advice.after)) == ("Only the largest change", ["best", "wr"])
    assert largest.gain == 10
    assert advice.settle == Starters(10, ("best",), ("rb",))
    assert largest.confidence == round(100 * probability_at_least([squad[2].outlook()], [squad[0].outlook()]))
    advice = load(runner_up.document)
    assert isinstance(advice, LineupChange)
    assert (runner_up.label, names(advice.after)) == ("Second instead of Best", ["second", "good"])
    assert runner_up.gain == 12
    assert advice.middle is not None
    assert advice.middle[0] < 12 < advice.middle[1]


def test_another_starter_for_the_same_one() -> None:
    squad = [player("out", "RB", 9), player("in", "RB", 13, team="SF"), player("third", "RB", 10, team="NYG")]
    view = league("RB", squad, ["out"])
    [option] = of(view, sit_start.recommend(view))
    advice = load(option.document)
    assert isinstance(advice, SitStart)
    assert (advice.start.player_id, advice.sit.player_id) == ("third", "out")
    assert (option.label, option.gain) == ("Third instead of In", 1)
    assert option.confidence == round(100 * probability_at_least([squad[2].outlook()], [squad[0].outlook()]))


@pytest.mark.parametrize("injury", ["Out", "Questionable"])
def test_another_replacement_now_or_in_the_plan(injury: str) -> None:
    squad = [
        player("hurt", "RB", 14, injury=injury),
        player("in", "RB", 9, team="SF", kickoff=MONDAY),
        player("third", "RB", 6, team="NYG", kickoff=MONDAY),
    ]
    view = league("RB", squad, ["hurt"])
    [proposal] = injury_monitoring.recommend(view)
    [option] = of(view, [proposal])
    was, advice = proposal.recommendation, load(option.document)
    assert isinstance(was, InjuryReplacement)
    assert isinstance(advice, InjuryReplacement)
    assert advice.replacement is not None
    assert (advice.player.player_id, advice.replacement.player_id) == ("hurt", "third")
    assert advice.condition == was.condition
    assert option.gain is not None
    assert 0 < option.gain < proposal.expected_gain


def claim_view(**known: object) -> LeagueView:
    mine = [
        weekly("old", "RB", 8, 8, 8, 8),
        weekly("older", "RB", 7, 7, 7, 7),
        weekly("wr", "WR", 9, 9, 9, 9),
    ]
    free = [weekly("new", "RB", 14, 14, 14, 14, team="SF", opponent="KC")]
    return scene("RB WR", mine, free, **known)  # type: ignore[arg-type]


def test_another_drop() -> None:
    view = claim_view()
    [proposal] = waiver_wire.recommend(view)
    found = of(view, [proposal])
    assert [option.label for option in found] == ["Drop Old instead", "Drop Wr instead"]
    advice = load(found[1].document)
    assert isinstance(advice, WaiverClaim)
    assert advice.drop is not None
    assert (advice.add.player_id, advice.drop.player_id) == ("new", "wr")
    assert advice.settle == Rosters(
        weeks=(10, 11, 12, 13), new=("old", "older", "new"), old=("old", "older", "wr")
    )
    assert found[1].gain is not None
    assert found[1].gain < proposal.expected_gain


def test_another_bid_changes_the_price_alone() -> None:
    view = claim_view(settings={"waiver_type": 2}, budgets=(60,), on_waivers=("new",), run=MONDAY)
    view = replace(view, rosters={1: replace(view.rosters[1], faab_left=60)})
    [proposal] = waiver_wire.recommend(view)
    was = proposal.recommendation
    assert isinstance(was, WaiverClaim)
    document = dump(was.model_copy(update={"bid": 10, "bid_bound": "its value"}))
    bids = [option for option in options(document, view) if "Drop" not in option.label]
    assert [option.label for option in bids] == ["Without a bid ($0)", "Bid $15", "Bid $20"]
    for option, amount in zip(bids, (0, 15, 20), strict=True):
        advice = load(option.document)
        assert isinstance(advice, WaiverClaim)
        assert (advice.bid, advice.bid_bound) == (amount, "your own choice")
        assert advice.summary.endswith(f"bid ${amount}")
        assert "$10 was suggested" in advice.reasons[-1]
        assert (option.gain, option.confidence) == (proposal.expected_gain, proposal.confidence)


def test_no_bid_that_cannot_be_paid() -> None:
    view = claim_view(
        settings={"waiver_type": 2, "waiver_bid_min": 2}, budgets=(11,), on_waivers=("new",), run=MONDAY
    )
    [proposal] = waiver_wire.recommend(view)
    document = dump(proposal.recommendation.model_copy(update={"bid": 10, "bid_bound": "its value"}))
    assert [o.label for o in options(document, view) if "Drop" not in o.label] == ["Bid $2"]


def test_a_bid_of_ones_own() -> None:
    view = claim_view(
        settings={"waiver_type": 2, "waiver_bid_min": 2}, budgets=(60,), on_waivers=("new",), run=MONDAY
    )
    [proposal] = waiver_wire.recommend(view)
    document = dump(proposal.recommendation.model_copy(update={"bid": 10, "bid_bound": "its value"}))
    for amount in (2, 37, 60):
        [option] = options(document, view, amount)
        advice = load(option.document)
        assert isinstance(advice, WaiverClaim)
        assert (option.label, advice.bid, option.gain) == (f"Bid ${amount}", amount, proposal.expected_gain)
    for amount in (-1, 0, 1, 61):
        with pytest.raises(BadEdit, match=r"A bid can be \$2 to \$60"):
            options(document, view, amount)
    taken = replace(view, free_agents=())
    with pytest.raises(BadEdit, match="cannot be claimed any more"):
        options(document, taken, 10)


def test_only_a_claim_has_a_bid() -> None:
    squad = [player("rb", "RB", 5), player("best", "RB", 15, team="SF")]
    view = league("RB", squad, ["rb"])
    with pytest.raises(BadEdit, match="Only a waiver claim has a bid"):
        options(dump(lineup_optimization.recommend(view)[0].recommendation), view, 10)
    free = claim_view()
    with pytest.raises(BadEdit, match="Nothing is bid on this claim"):
        options(dump(waiver_wire.recommend(free)[0].recommendation), free, 10)


def test_what_is_gone_has_no_edits() -> None:
    """The free agent was taken, the starter traded, the partner's player dropped: nothing to choose from."""
    view = claim_view()
    [proposal] = waiver_wire.recommend(view)
    assert of(replace(view, free_agents=()), [proposal]) == []
    assert of(replace(view, my_roster_id=None), [proposal]) == []


def test_a_report_has_no_edits() -> None:
    report = OpponentReport(
        summary="s", reasons=(), sources=(), status_quo="", opponent_roster_id=2, opponent="O",
        win_probability=0.5,
    )  # fmt: skip
    assert options(dump(report), claim_view()) == []


def check(view: LeagueView, proposal: Proposal, option: Option) -> None:
    assert dump(load(option.document)) == option.document
    assert option.document["kind"] == dump(proposal.recommendation)["kind"]
    assert option.gain is not None
    assert option.confidence is not None
    assert 3 <= option.confidence <= 97
    assert option.document["settle"] is not None


@settings(max_examples=60, deadline=None)
@given(views())
def test_whatever_the_line_up_edits_are_legal_and_other_advice(view: LeagueView) -> None:
    for agent in (lineup_optimization, sit_start, injury_monitoring):
        for proposal in agent.recommend(view):
            for option in of(view, [proposal]):
                check(view, proposal, option)
                assert action_key(option.document) != action_key(dump(proposal.recommendation))
                advice = load(option.document)
                assert isinstance(advice, LineupChange | SitStart | InjuryReplacement)
                if not option.document.get("from_free_agency"):
                    check_lineup(view, starters(view, advice.after))


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_whatever_the_claim_edits_are_whole(seed: int) -> None:
    view = random_scene(Random(seed))
    for proposal in waiver_wire.recommend(view):
        for option in of(view, [proposal]):
            check(view, proposal, option)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6))
def test_the_counter_is_an_offer_to_the_same_team(seed: int) -> None:
    view = random_league("RB WR FLEX", Random(seed), size=5, weeks=3, positions=("RB", "WR"))
    for proposal in trade_analysis.recommend(view):
        for option in of(view, [proposal]):
            check(view, proposal, option)
            was, advice = proposal.recommendation, load(option.document)
            assert isinstance(was, TradeOffer)
            assert isinstance(advice, TradeOffer)
            assert advice.partner_roster_id == was.partner_roster_id
            assert (advice.give, advice.get) != (was.give, was.get)
