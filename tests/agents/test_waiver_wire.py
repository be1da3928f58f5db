from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.recommendation import WaiverClaim, dump, load
from fantasy_tui.agents.waiver_edits import edits
from fantasy_tui.agents.waiver_wire import MOST_CLAIMS, recommend
from fantasy_tui.football.forecast import Lines
from fantasy_tui.football.roster_rules import limits
from fantasy_tui.football.settle import Results, Rosters, settle
from fantasy_tui.football.track import Band
from fantasy_tui.football.view import Bid, LeagueView, Source
from tests.views import MONDAY, NOW, SUNDAY
from tests.waivers import random_scene, scene, weekly

FAAB = {"waiver_type": 2}
RUN = NOW + timedelta(hours=1)


def claims(view: LeagueView, *, actionable: bool = True) -> list[tuple[Proposal, WaiverClaim]]:
    found = []
    for proposal in recommend(view):
        assert isinstance(proposal.recommendation, WaiverClaim)
        if proposal.actionable is actionable:
            found.append((proposal, proposal.recommendation))
    return found


def only(view: LeagueView) -> tuple[Proposal, WaiverClaim]:
    (found,) = claims(view)
    return found


def told(claim: WaiverClaim) -> str:
    return "\n".join(claim.reasons)


def upgrade(**known: object) -> LeagueView:
    """A runner who promises four points in each of four weeks over the one who would go."""
    mine = [weekly("old", "RB", 8, 8, 8, 8), weekly("wr", "WR", 9, 9, 9, 9)]
    free = [weekly("new", "RB", 12, 12, 12, 12, team="SF", opponent="KC")]
    return scene("RB WR", mine, free, **known)  # type: ignore[arg-type]


def test_adds_the_better_player_for_the_worse() -> None:
    proposal, claim = only(upgrade())
    assert proposal.subject == "add:new"
    assert claim.drop is not None
    assert (claim.add.player_id, claim.drop.player_id) == ("new", "old")
    assert (proposal.horizon, proposal.settles_week, claim.weeks) == ("4 weeks", 13, (10, 11, 12, 13))
    assert proposal.expected_gain == 12.0
    assert 65 <= proposal.confidence <= 75
    assert proposal.expires_at == SUNDAY
    assert claim.settle == Rosters(weeks=(10, 11, 12, 13), new=("wr", "new"), old=("old", "wr"))
    assert claim.summary == "Add New, drop Old"
    assert claim.reasons[0].startswith(
        f"{proposal.confidence} in 100 · expected +12.0 points; the difference"
    )
    assert "gain +16.0 by today's projections (+4.0, +4.0, +4.0, +4.0)" in told(claim)
    assert "can be added at once" in told(claim)
    assert (claim.bid, claim.claim_until, claim.claim_order, claim.first) == (None, None, None, ())
    assert claim.record == "No call at this confidence has been settled here yet."
    assert "New's projection for week 10 falls by 3.0" in claim.flips
    assert claim.status_quo.startswith("The best line-ups of weeks 10-13 without the move: 68.0 points")


def test_the_settle_rule_pays_what_was_promised_when_projections_come_true() -> None:
    view = upgrade()
    _, claim = only(view)
    weeks = {
        week: {
            p.player_id: p.projection.points if week == 10 else p.ahead[week - 11]
            for p in view.players.values()
        }
        for week in claim.weeks
    }
    results = Results(view.slots, {p: one.positions for p, one in view.players.items()}, weeks, weeks, {})
    assert isinstance(claim.settle, Rosters)
    outcome = settle(claim.settle, results)
    assert outcome is not None
    assert (outcome.right, outcome.gain) == (True, 16.0)


def test_less_than_a_point_a_week_is_a_toss_up() -> None:
    mine = [weekly("old", "RB", 8, 8, 8, 8)]
    view = scene("RB", mine, [weekly("new", "RB", 8.9, 8.9, 8.9, 8.9)])
    assert not claims(view)
    ((proposal, _),) = claims(view, actionable=False)
    assert (proposal.confidence, proposal.expected_gain) == (50, 0.0)


def test_a_view_that_lacks_everything_proposes_nothing() -> None:
    view = upgrade()
    assert recommend(replace(view, my_roster_id=None)) == []
    assert recommend(replace(view, free_agents=())) == []
    assert recommend(replace(view, slots=())) == []
    assert recommend(replace(view, status="complete")) == []
    assert recommend(replace(view, settings={"disable_adds": 1})) == []
    assert recommend(replace(view, rosters={1: replace(view.rosters[1], players=(), starters=())})) == []
    assert recommend(replace(view, free_agents=("nobody knows him",))) == []


def test_best_ball_leagues_are_served_the_same_way() -> None:
    assert only(upgrade(settings={"best_ball": 1}))[0].expected_gain == 12.0


def test_progress_ends_at_the_end() -> None:
    seen: list[float] = []
    recommend(upgrade(), seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_an_empty_slot_on_bye_is_worth_nearly_certain_points() -> None:
    mine = [weekly("qb", "QB", 20, 20, on_bye=True), weekly("bench", "RB", 1, 1)]
    proposal, claim = only(scene("QB", mine, [weekly("stream", "QB", 15, 15)]))
    assert proposal.confidence == 95, "next week's line-up may yet change"
    assert claim.reasons[0].startswith("95 in 100")
    assert claim.drop is not None
    assert claim.drop.player_id == "bench"
    assert "Nobody who would score makes way for him: Qb (bye) will not play." in told(claim)


def test_kickers_are_not_churned() -> None:
    new = weekly("new", "K", 15, 15)
    assert recommend(scene("K", [weekly("old", "K", 5, 5)], [new])) == []
    proposal, claim = only(scene("K", [weekly("old", "K", 5, 5, on_bye=True)], [new]))
    assert (proposal.horizon, proposal.confidence) == ("week", 97)
    assert "Old (bye) will not play" in told(claim)


def test_a_streamed_defence_tells_what_the_lines_expect_of_its_opponent() -> None:
    new = replace(weekly("new", "DEF", 9, 6, opponent="KC"), lines=Lines(24.0, 15.5))
    _, claim = only(scene("DEF", [weekly("old", "DEF", 5, 6)], [new]))
    assert "New v KC: the lines give the opponent 15.5 points." in told(claim)
    assert claim.weeks == (10,)


PAST = tuple(Bid(3, 2 + n % 3, f"p{n}", "RB", 9, True) for n in range(6)) + tuple(
    Bid(3, 5, f"p{n}", "RB", 2, False) for n in range(6)
)


def bidding(**known: object) -> LeagueView:
    weak = [[weekly(f"weak{n}", "RB", 5, 5, 5, 5)] for n in range(2)]
    defaults: dict[str, object] = {
        "settings": FAAB,
        "on_waivers": ("new",),
        "run": RUN,
        "bids": PAST,
        "rivals": weak,
        "budgets": (80, 60, 70),
    }
    return upgrade(**(defaults | known))


def test_bids_no_more_than_the_league_usually_pays() -> None:
    proposal, claim = only(bidding())
    assert (claim.bid, claim.bid_bound) == (9, "80th percentile of this league's 6 winning RB bids")
    assert claim.summary == "Claim New, drop Old, bid $9"
    assert claim.claim_until == RUN
    assert claim.claim_order is None
    assert proposal.expires_at == RUN
    assert (
        "The add would improve 2 rivals' best line-ups; 1.0 rival bids are expected, going by 6 RB claims"
        in told(claim)
    )


@pytest.mark.parametrize(
    ("known", "bid", "bound"),
    [
        ({"budgets": (80, 3, 4)}, 5, "one more than the richest rival"),
        ({"budgets": (4, 60, 70)}, 1, "its value"),
        ({"rivals": [[weekly("strong", "RB", 30, 30, 30, 30)]] * 2}, 0, "the least bid: no rival"),
        ({"bids": ()}, 25, "its value"),
    ],
)
def test_other_bounds_are_named(known: dict[str, object], bid: int, bound: str) -> None:
    _, claim = only(bidding(**known))
    assert claim.bid == bid
    assert claim.bid_bound is not None
    assert claim.bid_bound.startswith(bound)


def test_without_a_history_it_says_so() -> None:
    _, claim = only(bidding(bids=()))
    assert any("Too few winning bids" in lack for lack in claim.lacks)
    assert any("half a rival bid" in lack for lack in claim.lacks)


def test_without_a_known_budget_no_bid_is_made_up() -> None:
    _, claim = only(bidding(budgets=()))
    assert claim.bid is None
    assert any("budget is not known" in lack for lack in claim.lacks)


def test_who_cannot_be_paid_for_is_not_claimed() -> None:
    poor = bidding(budgets=(1, 60, 70), settings={**FAAB, "waiver_bid_min": 2})
    assert not claims(poor)
    # The money may have gone since the claim was advised.
    _, claim = only(bidding())
    assert edits(bidding(), claim)
    assert edits(poor, claim) == []


@pytest.mark.parametrize(("kind", "cost"), [(0, "sends you to the last place"), (1, "has no lasting cost")])
def test_claims_in_turn_tell_their_place_and_cost(kind: int, cost: str) -> None:
    _, claim = only(upgrade(settings={"waiver_type": kind}, on_waivers=("new",), run=RUN, place=4))
    assert (claim.claim_order, claim.bid) == (1, None)
    assert "Your place in the order of claims is 4 of 1." in told(claim)
    assert cost in told(claim)


def test_claims_are_numbered_best_first_and_name_a_shared_drop() -> None:
    mine = [*(weekly(f"old{n}", "RB", 8, 8, 8, 8) for n in range(2)), weekly("bench", "WR", 0, 0, 0, 0)]
    free = [weekly("good", "RB", 12, 12, 12, 12), weekly("better", "RB", 15, 15, 15, 15)]
    view = scene(
        "RB RB", mine, free, settings={"waiver_type": 0}, on_waivers=("good", "better"), run=RUN, place=2
    )
    (_, first), (_, second) = claims(view)
    assert [(c.add.player_id, c.claim_order) for c in (first, second)] == [("better", 1), ("good", 2)]
    assert first.drop == second.drop
    assert (
        "The drop of Bench is shared with Better above: if the claim above wins, this one needs another;"
        " then drop Old0, +12.0." in told(second)
    )
    assert first.alternative == "Add Good, drop Bench: +12.0 points expected over weeks 10-13."


def test_who_adds_nothing_to_a_sure_add_is_left_out_but_stands_in_for_a_claim() -> None:
    mine = [weekly("old", "TE", 4, 4, 4, 4)]
    free = [weekly("good", "TE", 9, 9, 9, 9), weekly("better", "TE", 10, 10, 10, 10)]
    assert [claim.add.player_id for _, claim in claims(scene("TE", mine, free))] == ["better"]
    view = scene("TE", mine, free, settings=FAAB, on_waivers=("better",), run=RUN, budgets=(50,))
    (_, first), (_, second) = claims(view)
    assert (first.add.player_id, second.add.player_id) == ("better", "good")
    assert "It stands in for those above" in told(second)


def test_who_may_not_stay_on_reserve_comes_first() -> None:
    mine = [weekly("old", "RB", 8, 8), weekly("wr", "WR", 9, 9), weekly("well", "WR", 12, 12)]
    view = scene("RB WR", mine, [weekly("new", "RB", 12, 12)], reserve=("well",), bench=1)
    _, claim = only(view)
    assert claim.drop is not None
    assert claim.drop.player_id == "old"
    assert claim.summary == "Add New, drop Old (first activate or drop Well)"
    assert claim.first == ("activate or drop Well: no longer allowed on reserve",)
    assert claim.reasons[1].startswith("Before anything else, activate or drop Well")
    assert claim.settle == Rosters(weeks=(10, 11), new=("wr", "well", "new"), old=("old", "wr", "well"))


def test_the_claim_may_drop_who_may_not_stay_on_reserve() -> None:
    mine = [weekly("old", "RB", 8, 8), weekly("well", "WR", 1, 1)]
    view = scene("RB", mine, [weekly("new", "RB", 12, 12)], reserve=("well",), bench=1)
    _, claim = only(view)
    assert (claim.summary, claim.first) == ("Add New, drop Well", ())
    assert "Well may not stay on reserve, and no add is accepted before he goes." in claim.reasons


def test_a_too_large_roster_is_cut_first() -> None:
    mine = [weekly("old", "RB", 8, 8), weekly("wr", "WR", 9, 9), weekly("third", "WR", 2, 2)]
    _, claim = only(scene("RB WR", mine, [weekly("new", "RB", 12, 12)], bench=0))
    assert claim.summary == "Add New, drop Old (first drop Third)"
    both = scene(
        "RB WR",
        [*mine, weekly("well", "WR", 12, 12)],
        [weekly("new", "RB", 15, 15)],
        reserve=("well",),
        bench=0,
    )
    _, claim = only(both)
    assert claim.summary == "Add New, drop Old (first put the roster in order)"
    assert [told.split()[0] for told in claim.first] == ["drop", "activate"]


def test_a_hurt_player_on_the_bench_makes_room() -> None:
    mine = [weekly("old", "RB", 8, 8, 8, 8), weekly("hurt", "WR", 9, 0, 0, 0, 9, injury="IR")]
    view = scene("RB", mine, [weekly("new", "RB", 12, 12, 12, 12, 12)], settings={"reserve_slots": 1})
    _, claim = only(view)
    assert claim.drop is None
    assert claim.summary == "Add New (first move Hurt to reserve)"


def test_who_plays_like_the_one_who_is_lost_is_a_story_without_a_number() -> None:
    lost = replace(weekly("lost", "RB", 15, 0, 0, 0, injury="IR"), profile=(1.0, 0.0))
    alike = replace(weekly("alike", "RB", 9, 9, 9, 9), profile=(0.9, 0.4))
    view = scene("RB", [lost, weekly("old", "RB", 4, 4, 4, 4)], [alike])
    _, claim = only(view)
    assert (
        "Of the free agents he plays most like Lost (RB PHI v DAL, IR), whom you have lost." in claim.reasons
    )
    assert "0.9" not in told(claim)


def test_old_inputs_lower_the_confidence_and_widen_the_range() -> None:
    fresh, old = upgrade(), replace(upgrade(), sources=(Source("projections", NOW - timedelta(hours=20)),))
    (before, sure), (after, unsure) = only(fresh), only(old)
    assert after.confidence < before.confidence
    assert unsure.stale
    assert unsure.middle is not None
    assert sure.middle is not None
    assert unsure.middle[1] > sure.middle[1]
    assert any("six hours old" in lack for lack in unsure.lacks)


def test_the_record_at_this_confidence_is_told() -> None:
    proposal, _ = only(upgrade())
    low = proposal.confidence // 10 * 10
    view = replace(upgrade(), track={"waiver_wire": (Band(low, low + 10, 40, 28, 0.7),)})
    assert f"Calls at {low}-{low + 10} came true 70 % of 40" in str(only(view)[1].record)


def test_without_weeks_ahead_only_this_week_counts_and_it_says_so() -> None:
    view = scene("RB", [weekly("old", "RB", 5)], [weekly("new", "RB", 12)])
    proposal, claim = only(replace(view, weeks_ahead=(11, 12)))
    assert (proposal.horizon, claim.weeks) == ("week", (10,))
    assert any("Nothing is known of the weeks ahead" in lack for lack in claim.lacks)


def test_once_every_game_is_on_the_add_is_for_next_week() -> None:
    view = replace(upgrade(), now=MONDAY + timedelta(days=1))
    proposal, claim = only(
        replace(
            view,
            players={
                name: replace(p, kickoff=None if name == "old" else p.kickoff)
                for name, p in view.players.items()
            },
        )
    )
    assert claim.weeks == (11, 12, 13)
    assert proposal.settles_week == 13
    assert proposal.expires_at > view.now + timedelta(hours=1)
    assert "cannot start this week any more; it counts from week 11, with 12.0 points expected" in told(claim)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_whatever_comes_the_proposals_are_sound(seed: int) -> None:
    view = random_scene(Random(seed))
    found = recommend(view)
    roster = view.mine
    assert roster is not None or not found
    assert len({proposal.subject for proposal in found}) == len(found)
    assert sum(proposal.actionable for proposal in found) <= MOST_CLAIMS
    for proposal in found:
        claim = proposal.recommendation
        assert isinstance(claim, WaiverClaim)
        assert roster is not None
        assert load(dump(claim)) == claim
        assert proposal.expires_at > view.now
        assert claim.reasons
        if proposal.actionable:
            assert proposal.confidence >= 55
            assert proposal.expected_gain >= 0.5
        else:
            assert 45 <= proposal.confidence <= 55
        assert claim.add.player_id in view.free_agents
        rule = claim.settle
        assert isinstance(rule, Rosters)
        assert rule.weeks == claim.weeks
        assert proposal.settles_week == max(claim.weeks)
        size = limits(view.slots, view.bench_slots, view.settings).active
        moved = sum("to reserve" in first for first in claim.first) and view.settings["reserve_slots"]
        assert len(rule.new) <= size + moved
        if claim.drop is not None:
            assert not view.players[claim.drop.player_id].locked(view.now)
            assert claim.drop.player_id not in roster.taxi
        if view.players[claim.add.player_id].locked(view.now):
            assert view.week not in claim.weeks
        if claim.bid is not None:
            assert roster.faab_left is not None
            assert view.settings["waiver_bid_min"] <= claim.bid <= roster.faab_left
            assert claim.bid_bound


def test_no_alternative_is_better_than_the_claim() -> None:
    mine = [weekly("old", "RB", 4, 4, 4, 4), weekly("bench", "WR", 1, 1, 1, 1)]
    free = [weekly(f"f{n}", "RB", *[8.0 + n] * 4) for n in range(4)]
    for proposal in recommend(scene("RB", mine, free)):
        assert isinstance(proposal.recommendation, WaiverClaim)
        said = proposal.recommendation.alternative
        if said is not None:
            gain = float(said.split(": ")[1].split(" points")[0])
            assert gain <= proposal.expected_gain + 0.05
