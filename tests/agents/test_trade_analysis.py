"""Which offers are made, what they tell, and when there are none."""

from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.recommendation import TradeOffer, dump, load
from fantasy_tui.agents.trade_analysis import recommend
from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.football.odds import ACT_GAIN
from fantasy_tui.football.settle import Results, Rosters, settle
from fantasy_tui.football.trade import LUCK_OF_THE_SEARCH
from fantasy_tui.football.trade_search import find
from fantasy_tui.football.view import LeagueView, PlayerWeek, Source
from tests.trades import random_league, teams, weekly
from tests.views import MONDAY, NOW, SUNDAY

WEEKS = 4


def squad(team: int, rich: str, poor: str, best: float) -> list[PlayerWeek]:
    """Three good players at one position and a poor one at the other."""
    return [
        *(weekly(f"{rich} {team}{letter}", rich, [best - n] * WEEKS) for n, letter in enumerate("abc")),
        weekly(f"{poor} {team}", poor, [10.0] * WEEKS),
    ]


def league(partners: int = 1, best: float = 16, **known: object) -> LeagueView:
    """Mine is rich in backs; the partners are rich in receivers, the later ones less so."""
    rosters = {1: squad(1, "RB", "WR", 15)}
    rosters |= {team: squad(team, "WR", "RB", best - team) for team in range(2, 2 + partners)}
    free = [weekly("free rb", "RB", [3.0] * WEEKS), weekly("free wr", "WR", [3.0] * WEEKS)]
    return teams("RB WR FLEX", rosters, free=free, bench=1, **known)  # type: ignore[arg-type]


def only(view: LeagueView) -> tuple[Proposal, TradeOffer]:
    [proposal] = recommend(view)
    assert isinstance(proposal.recommendation, TradeOffer)
    return proposal, proposal.recommendation


def test_an_offer_tells_what_it_does_for_both_and_how_it_is_settled() -> None:
    view = league()
    proposal, offer = only(view)
    given, got = (" and ".join(line.name for line in lines) for lines in (offer.give, offer.get))
    assert offer.summary == f"Trade {given} to Team 2 for {got}"
    given, got = (",".join(sorted(line.player_id for line in lines)) for lines in (offer.give, offer.get))
    assert proposal.subject == f"trade:2:{given}>{got}"
    assert offer.weeks == (10, 11, 12, 13)
    assert (proposal.horizon, proposal.settles_week) == ("weeks 10-13", 13)
    assert len(offer.gain_by_week) == WEEKS
    slope = CALIBRATION.slopes["trade"]
    kept = sum(offer.gain_by_week) - WEEKS * LUCK_OF_THE_SEARCH
    assert proposal.expected_gain == pytest.approx(slope * kept, abs=0.02)
    assert offer.partner_gain is not None
    assert offer.partner_gain > 0
    assert proposal.actionable
    assert 55 <= proposal.confidence <= 95
    assert offer.reasons[0].startswith(f"{proposal.confidence} in 100")
    assert offer.middle is not None
    assert offer.middle[0] < proposal.expected_gain < offer.middle[1]
    assert "1.5 points a week of its promise are taken for luck, and of the rest 0.68" in offer.reasons[1]
    assert offer.flips
    assert offer.record
    assert (offer.as_of, offer.stale) == (view.as_of, False)
    assert load(dump(offer)) == offer


def test_acceptance_is_told_as_an_estimate_and_changes_no_confidence() -> None:
    shy, keen = only(league()), only(league(trades={2: 6}))
    assert shy[1].acceptance_probability is not None
    assert keen[1].acceptance_probability is not None
    assert shy[1].acceptance_probability < keen[1].acceptance_probability
    assert shy[0].confidence == keen[0].confidence
    assert "no measurement behind it and no part of the confidence" in keen[1].reasons[-1]
    assert "has made 6 trades" in keen[1].reasons[-1]


def test_it_is_settled_by_the_line_ups_of_the_weeks_to_come() -> None:
    view = league()
    _, offer = only(view)
    assert isinstance(offer.settle, Rosters)
    expected = {
        week: {p.player_id: (p.expected, *p.ahead)[n] for p in view.players.values()}
        for n, week in enumerate(offer.weeks)
    }
    positions = {p.player_id: p.positions for p in view.players.values()}
    outcome = settle(offer.settle, Results(view.slots, positions, expected, expected, {}))
    assert outcome is not None
    assert outcome.gain == pytest.approx(sum(offer.gain_by_week))


def test_at_most_three_offers_and_one_to_a_partner_the_best_first() -> None:
    proposals = recommend(league(5, best=22))
    offers = [p.recommendation for p in proposals if isinstance(p.recommendation, TradeOffer)]
    assert len(proposals) == len({offer.partner_roster_id for offer in offers}) == 3
    assert len({p.subject for p in proposals}) == 3
    worth = [
        p.expected_gain * (o.acceptance_probability or 0) for p, o in zip(proposals, offers, strict=True)
    ]
    assert worth == sorted(worth, reverse=True)


def test_the_alternative_is_a_counter() -> None:
    found = 0
    for proposal in recommend(random_league("QB RB WR FLEX", Random(5), number=5, size=7)):
        offer = proposal.recommendation
        assert isinstance(offer, TradeOffer)
        if offer.alternative is not None:
            found += 1
            assert offer.alternative.startswith(("If they refuse: ", "Better for both line-ups: "))
            assert "for them, accepted in perhaps" in offer.alternative
    assert found


@pytest.mark.parametrize(
    ("rules", "offers"),
    [
        ({"trade_deadline": 10}, 1),
        ({"trade_deadline": 9}, 0),
        ({"trade_deadline": 99}, 1),
        ({"trade_deadline": 0}, 1),
        ({"disable_trades": 1}, 0),
        ({"best_ball": 1}, 0),
        ({"type": 3}, 0),
    ],
)
def test_trades_are_offered_while_the_league_lets_teams_trade(rules: dict[str, int], offers: int) -> None:
    assert len(recommend(league(settings=rules))) == offers


def test_an_offer_stands_until_the_next_kickoff_of_its_players_else_of_the_week() -> None:
    view = league()
    proposal, offer = only(view)
    assert proposal.expires_at == SUNDAY
    late = {p: replace(view.players[p], kickoff=MONDAY) for p in view.players}
    assert only(replace(view, players=late))[0].expires_at == MONDAY
    involved = {line.player_id for line in (*offer.give, *offer.get, *offer.drop)}
    idle = {p: replace(k, kickoff=None if p in involved else MONDAY) for p, k in view.players.items()}
    assert only(replace(view, players=idle))[0].expires_at == MONDAY
    nobody = {p: replace(k, kickoff=None) for p, k in view.players.items()}
    assert only(replace(view, players=nobody))[0].expires_at == NOW + timedelta(days=1)


def test_a_week_that_has_begun_is_said_not_to_count() -> None:
    view = league()
    begun = replace(view.players["free wr"], kickoff=NOW - timedelta(hours=40))
    _, offer = only(replace(view, players={**view.players, "free wr": begun}))
    assert offer.weeks == (11, 12, 13)
    assert "Week 10 has begun and does not count." in offer.reasons


def test_a_hair_s_breadth_over_one_week_is_a_toss_up() -> None:
    view = teams("RB WR", {1: [weekly("a", "RB", [10]), weekly("b", "WR", [9])], 2: []}, bench=0)
    other = [weekly("c", "RB", [10]), weekly("d", "WR", [10.2])]
    view = teams("RB WR", {1: [weekly("a", "RB", [11]), weekly("b", "WR", [9])], 2: other})
    assert recommend(view) == []
    # The partner's last back is worth less to him than a third receiver is to me.
    mine = [weekly("a", "RB", [10]), weekly("a2", "RB", [10]), weekly("w", "WR", [8.9])]
    theirs = [weekly("x", "WR", [10]), weekly("x2", "WR", [10]), weekly("r", "RB", [8.9])]
    [proposal] = recommend(teams("RB WR", {1: mine, 2: theirs}, bench=1))
    assert not proposal.actionable
    assert 45 <= proposal.confidence < 55


def test_nobody_is_asked_to_lose() -> None:
    """The only deals that help me cost the partner a starter."""
    mine = [weekly("a", "RB", [9.0] * WEEKS)]
    theirs = [weekly("b", "RB", [14.0] * WEEKS)]
    assert recommend(teams("RB", {1: mine, 2: theirs})) == []


def test_stale_inputs_lower_the_confidence_and_are_named() -> None:
    view = league()
    old = replace(view, sources=(Source("Sleeper rosters", NOW - timedelta(hours=9)),))
    (fresh, _), (stale, offer) = only(view), only(old)
    assert stale.confidence < fresh.confidence
    assert offer.stale
    assert any("six hours" in lack for lack in offer.lacks)


def test_says_of_whom_nothing_is_known_in_the_weeks_ahead() -> None:
    view = league()
    _, offer = only(view)
    unknown = replace(view.players[offer.give[0].player_id], ahead=())
    told = recommend(replace(view, players={**view.players, unknown.player_id: unknown}))
    lacks = [lack for p in told for lack in p.recommendation.lacks]
    given = [
        line.player_id
        for p in told
        if isinstance(p.recommendation, TradeOffer)
        for line in p.recommendation.give
    ]
    assert (unknown.player_id in given) == any("count as 0" in lack for lack in lacks)


def test_drops_on_both_sides_are_told() -> None:
    proposals = [
        p for seed in range(6) for p in recommend(random_league("QB RB WR FLEX", Random(seed), size=7))
    ]
    offers = [p.recommendation for p in proposals if isinstance(p.recommendation, TradeOffer)]
    assert any(offer.drop for offer in offers) or any(offer.partner_drop for offer in offers)
    for offer in offers:
        assert bool(offer.drop) == any("To make room you drop" in reason for reason in offer.reasons)
        assert bool(offer.partner_drop) == any("would have to drop" in reason for reason in offer.reasons)


def test_progress_reaches_the_end() -> None:
    told: list[float] = []
    recommend(league(3), told.append)
    assert told[-1] == 1
    assert told == sorted(told)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_every_offer_is_worth_making(seed: int) -> None:
    for proposal in recommend(random_league("QB RB WR FLEX", Random(seed), number=4, size=6, weeks=3)):
        offer = proposal.recommendation
        assert isinstance(offer, TradeOffer)
        assert proposal.actionable == (proposal.confidence >= 55)
        assert proposal.expected_gain >= ACT_GAIN or not proposal.actionable
        assert offer.partner_gain is not None
        assert offer.partner_gain >= -0.1 * 3
        assert load(dump(offer)) == offer


def test_odd_views_have_no_offers() -> None:
    view = league()
    for odd in (
        replace(view, my_roster_id=None),
        replace(view, slots=()),
        replace(view, rosters={1: view.rosters[1]}),
        replace(view, players={}),
        replace(view, status="complete"),
        replace(
            view, week=0, weeks_ahead=(), players={p: replace(k, ahead=()) for p, k in view.players.items()}
        ),
    ):
        assert all(isinstance(p, Proposal) for p in recommend(odd))


def test_the_text_is_fit_to_print() -> None:
    """The sentence shows the clipped confidence, the range is rounded, a long or broken name is cut."""
    name = "A" * 90 + "\n" + "B" * 40
    view = league(best=20)
    rosters = {**view.rosters, 2: replace(view.rosters[2], team_name=name)}
    proposal, offer = only(replace(view, rosters=rosters))
    assert offer.reasons[0].startswith(f"{proposal.confidence} in 100 ")
    assert offer.middle is not None
    assert offer.middle == (round(offer.middle[0], 1), round(offer.middle[1], 1))
    assert len(offer.partner) <= 28
    for text in (offer.summary, *offer.reasons, *offer.flips, offer.status_quo):
        assert name not in text
        assert "-0.0" not in text


def test_a_promise_within_the_luck_of_the_search_is_no_offer() -> None:
    """A search over thousands of deals always finds one that promises a little."""
    within = 0
    for tenths in range(110, 160, 5):
        view = league(best=tenths / 10)
        promised = [deal.promised_a_week for deal in find(view)]
        if promised and max(promised) <= LUCK_OF_THE_SEARCH:
            within += 1
            assert not any(proposal.actionable for proposal in recommend(view))
    assert within
    for deal in find(league()):
        kept = deal.mine.promised - LUCK_OF_THE_SEARCH * len(deal.weeks)
        assert deal.mine.gain_if_found == pytest.approx(max(0.0, kept) * CALIBRATION.slopes["trade"])


def test_a_kicker_in_an_offer_is_said_not_to_count() -> None:
    lineup = [*squad(1, "RB", "WR", 15), weekly("k", "K", [9.0] * WEEKS)]
    view = teams("RB WR FLEX K", {1: lineup, 2: squad(2, "WR", "RB", 14)}, bench=1)
    _, offer = only(view)
    assert "kickers and defences aside" in offer.status_quo
    assert "k" not in {line.player_id for line in (*offer.give, *offer.get)}
