from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from fantasy_tui.agents.explain import NEVER_AN_EFFECT
from fantasy_tui.agents.opponent_analysis import recommend
from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.recommendation import OpponentReport, SlotLine, dump, load
from fantasy_tui.football.forecast import Lines
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.settle import Win
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek
from tests.random_views import check_lineup, views
from tests.views import MONDAY, NOW, SUNDAY, league, player

EARLY = NOW - timedelta(hours=8)
SLOTS = "QB RB WR FLEX"


def duel(
    mine: list[PlayerWeek],
    starters: list[str | None],
    theirs: list[PlayerWeek],
    their_starters: list[str | None],
    slots: str = SLOTS,
    **changes: Any,
) -> LeagueView:
    """My team against another one; players of theirs are on other NFL teams unless said otherwise."""
    view = league(slots, mine, starters)
    me = replace(view.rosters[1], matchup_id=7)
    other = RosterWeek(
        roster_id=2,
        owner_id="them",
        team_name="Theirs",
        manager="them",
        players=tuple(p.player_id for p in theirs),
        starters=tuple(their_starters),
        matchup_id=7,
    )
    players = {**view.players, **{p.player_id: p for p in theirs}}
    return replace(replace(view, rosters={1: me, 2: other}, players=players), **changes)


def four(prefix: str, points: float, team: str, **how: Any) -> list[PlayerWeek]:
    """A quarterback, two running backs and a receiver, all expected the same."""
    kinds = (("qb", "QB"), ("rb", "RB"), ("wr", "WR"), ("flex", "RB"))
    return [player(f"{prefix}{name}", position, points, team=team, **how) for name, position in kinds]


def ids(squad: list[PlayerWeek]) -> list[str | None]:
    return [p.player_id for p in squad]


def even(**changes: Any) -> LeagueView:
    mine, theirs = four("m", 12, "PHI"), four("t", 12, "KC")
    return duel(mine, ids(mine), theirs, ids(theirs), **changes)


def only(view: LeagueView) -> tuple[Proposal, OpponentReport]:
    [proposal] = recommend(view)
    assert isinstance(proposal.recommendation, OpponentReport)
    return proposal, proposal.recommendation


def names(lines: tuple[SlotLine, ...]) -> list[str | None]:
    return [line.player.player_id if line.player else None for line in lines]


def test_an_even_matchup_is_a_listed_report_at_fifty() -> None:
    proposal, report = only(even())
    assert proposal.subject == "matchup"
    assert not proposal.actionable
    assert proposal.confidence == 50
    assert proposal.expected_gain == 0
    assert proposal.expires_at == SUNDAY
    assert report.settle == Win(week=10, roster_id=1, opponent_roster_id=2)
    assert report.summary == "Theirs: you win in 50 of 100, expected 48.0 to 48.0"
    assert report.reasons[0].startswith("50 in 100 · expected +0.0 points")
    assert report.reasons[-1] == NEVER_AN_EFFECT
    assert report.win_probability_after is None
    assert report.swaps == ()
    assert report.alternative == "No change to your line-up is expected to gain points."
    assert names(report.before) == names(report.after) == ["mqb", "mrb", "mwr", "mflex"]
    assert names(report.their_lineup) == ["tqb", "trb", "twr", "tflex"]
    assert report.my_range is not None
    assert report.my_range[0] < 48 < report.my_range[1]
    assert report.playoff_probability is None
    assert load(dump(report)) == report


def test_the_other_side_sees_the_rest() -> None:
    mine, theirs = four("m", 14, "PHI"), four("t", 12, "KC")
    view = duel(mine, ids(mine), theirs, ids(theirs))
    proposal, _ = only(view)
    mirrored, _ = only(view.for_roster(2))
    assert proposal.confidence > 60
    assert proposal.confidence + mirrored.confidence == 100
    assert proposal.expected_gain == -mirrored.expected_gain == 8


def test_each_pending_swap_is_told_with_what_it_does_to_the_chance() -> None:
    mine = [*four("m", 12, "PHI"), player("star", "WR", 20), player("good", "RB", 13)]
    theirs = four("t", 14, "KC")
    _, report = only(duel(mine, ids(mine[:4]), theirs, ids(theirs)))
    assert len(report.swaps) == 2
    assert report.win_probability_after is not None
    assert report.win_probability_after > report.win_probability + 0.05
    star = next(line for line in report.swaps if line.startswith("Star over"))
    assert "the chance to win goes from" in star
    assert report.alternative is not None
    assert report.alternative.startswith("Set the best line-up (all 2 changes, +9.0 points)")
    assert "star" in names(report.after)
    assert names(report.before) == ["mqb", "mrb", "mwr", "mflex"]


def test_the_chance_is_that_of_the_line_up_as_it_stands() -> None:
    mine = [*four("m", 12, "PHI"), player("star", "WR", 40)]
    theirs = four("t", 12, "KC")
    proposal, report = only(duel(mine, ids(mine[:4]), theirs, ids(theirs)))
    assert proposal.confidence == 50
    assert report.win_probability == 0.5


def test_a_dead_starter_of_theirs_is_assumed_to_be_replaced() -> None:
    mine, theirs = four("m", 12, "PHI"), four("t", 12, "KC")
    theirs[1] = replace(theirs[1], injury_status="Out")
    theirs.append(player("sub", "RB", 9, team="KC"))
    _, report = only(duel(mine, ids(mine), theirs, ids(theirs[:4])))
    assert report.opponent_points == 45
    assert "Assumed of their line-up: Sub starts, Trb sits (Out)." in report.reasons
    assert names(report.their_lineup) == ["tqb", "sub", "twr", "tflex"]


def test_an_underdog_is_shown_the_wider_spread_among_toss_ups() -> None:
    mine = [player("safe", "LB", 12), player("wild", "DL", 11.6)]
    theirs = [player("strong", "LB", 25, team="KC")]
    view = duel(mine, ["safe"], theirs, ["strong"], slots="IDP_FLEX")
    _, report = only(view)
    [line] = report.swaps
    assert line.startswith("As the underdog, Wild over Safe (-0.4 points, a toss-up, but a wider spread)")
    assert report.alternative == line
    assert report.win_probability_after is None
    favourite = duel(mine, ["safe"], [player("weak", "LB", 5, team="KC")], ["weak"], slots="IDP_FLEX")
    assert only(favourite)[1].swaps == ()
    far = duel([mine[0], player("far", "DL", 6)], ["safe"], theirs, ["strong"], slots="IDP_FLEX")
    assert only(far)[1].swaps == ()


def test_during_the_week_points_scored_count_and_what_is_needed_is_said() -> None:
    mine = [replace(p, kickoff=EARLY, points=15.0) for p in four("m", 12, "PHI")]
    mine[3] = replace(mine[3], kickoff=MONDAY, points=None)
    theirs = [replace(p, kickoff=EARLY, points=14.0) for p in four("t", 12, "KC")]
    view = duel(mine, ids(mine), theirs, ids(theirs))
    proposal, report = only(view)
    # 45 against 56: eleven points are needed of an expected twelve.
    assert proposal.expires_at == MONDAY
    assert "Scored so far: 45.0 to 56.0." in report.reasons
    need = "From your last game (Mflex, expected 12.0) you need 11.0 points to win in 50 of 100 and 11.0 to win in 80."
    assert need in report.reasons
    assert 50 < proposal.confidence < 60
    assert [line.locked for line in report.before] == [True, True, True, False]


def test_before_the_first_kickoff_nothing_is_needed_of_the_last_game() -> None:
    mine, theirs = four("m", 12, "PHI"), four("t", 12, "KC")
    mine[0] = replace(mine[0], injury_status="Out")
    mine[3] = replace(mine[3], kickoff=MONDAY)
    _, report = only(duel(mine, ids(mine), theirs, ids(theirs)))
    assert not any("From your last game" in reason for reason in report.reasons)


def test_nothing_once_every_game_has_begun() -> None:
    mine, theirs = four("m", 12, "PHI", kickoff=EARLY), four("t", 12, "KC", kickoff=EARLY)
    assert recommend(duel(mine, ids(mine), theirs, ids(theirs))) == []


@pytest.mark.parametrize("changes", [{"my_roster_id": None}, {"my_roster_id": 9}])
def test_nothing_without_a_team(changes: dict[str, Any]) -> None:
    assert recommend(even(**changes)) == []


def test_nothing_without_slots() -> None:
    assert recommend(replace(even(), slots=())) == []


def test_nothing_without_an_opponent() -> None:
    view = even()
    alone = {n: replace(roster, matchup_id=None) for n, roster in view.rosters.items()}
    assert recommend(replace(view, rosters=alone)) == []
    assert recommend(replace(view, rosters={1: view.rosters[1]})) == []


def test_team_totals_come_before_everything_but_the_chance() -> None:
    mine = [replace(p, lines=Lines(25.5, 20.0)) for p in four("m", 12, "PHI")]
    theirs = [replace(p, lines=Lines(20.0, 25.5)) for p in four("t", 12, "KC")]
    _, report = only(duel(mine, ids(mine), theirs, ids(theirs)))
    assert report.reasons[1] == (
        "Team totals by the betting lines: 25.5 points on average for your starters still to play, 20.0 for theirs."
    )


def test_weak_spots_of_theirs_against_the_leagues_median() -> None:
    mine, theirs = four("m", 12, "PHI"), four("t", 12, "KC")
    theirs[2] = replace(
        theirs[2], projection=replace(theirs[2].projection, points=4.0), lines=Lines(17.5, 24.0)
    )
    _, report = only(duel(mine, ids(mine), theirs, ids(theirs)))
    [spot] = report.weak_spots
    assert spot == (
        "WR: Twr (WR KC v DAL), team total 17.5, expected 4.0, 8.0 below the league's median starter there."
    )


def test_what_turns_it_around() -> None:
    mine, theirs = four("m", 13, "PHI"), four("t", 12, "KC")
    theirs[0] = replace(theirs[0], injury_status="Questionable", practice="Limited")
    _, report = only(duel(mine, ids(mine), theirs, ids(theirs)))
    assert report.flips[0].startswith(
        "their Tqb, who plays in 46 of 100 (Questionable, limited in practice), is inactive"
    )
    assert report.flips[-1].startswith("your expected points fall by")


def test_old_inputs_and_unknown_starters_lower_the_confidence_and_are_said() -> None:
    mine, theirs = four("m", 15, "PHI"), four("t", 12, "KC")
    view = duel(mine, ids(mine), theirs, ids(theirs))
    fresh, _ = only(view)
    old = replace(view, sources=tuple(replace(s, as_of=NOW - timedelta(hours=9)) for s in view.sources))
    stale, report = only(old)
    assert report.stale
    assert 50 < stale.confidence < fresh.confidence
    assert any("six hours" in line for line in report.lacks)
    theirs[3] = player("tflex", "RB", 12, team="KC", basis=Basis.NONE)
    guessed, report = only(duel(mine, ids(mine), theirs, ids(theirs)))
    assert guessed.confidence < fresh.confidence
    assert any("nothing is known to expect" in line for line in report.lacks)
    _, report = only(duel(mine, ids(mine), theirs, ["tqb", "trb", "twr", "nobody"]))
    assert "Nothing is known about 1 of their starters: counted as no points." in report.lacks


def test_season_odds_are_filled_where_the_league_has_playoffs() -> None:
    view = even(
        settings={"playoff_teams": 1, "playoff_week_start": 12},
        weeks_ahead=(11, 12),
        pairings={10: ((1, 2),)},
    )
    _, report = only(view)
    assert report.playoff_probability == pytest.approx(0.5, abs=0.05)
    assert any(line.startswith("Playoffs in ") and "after a win this week" in line for line in report.reasons)
    assert any("paired at random" in line for line in report.lacks)


def test_best_ball_compares_the_best_line_ups() -> None:
    mine = [*four("m", 12, "PHI"), player("star", "WR", 20)]
    theirs = four("t", 12, "KC")
    view = duel(mine, [None] * 4, theirs, [None] * 4, settings={"best_ball": 1})
    _, report = only(view)
    assert report.my_points == 56
    assert report.opponent_points == 48
    assert report.swaps == ()
    assert any("Best ball" in line for line in report.lacks)


def test_starters_that_are_no_match_for_the_slots() -> None:
    mine, theirs = four("m", 12, "PHI"), four("t", 12, "KC")
    _, report = only(duel(mine, ["mqb"], theirs, [*ids(theirs), None, None]))
    assert len(report.before) == len(report.after) == len(report.their_lineup) == 4


def test_tells_how_far_it_is() -> None:
    told: list[float] = []
    recommend(even(), told.append)
    assert told == sorted(told)
    assert all(0 <= share <= 1 for share in told)


@settings(max_examples=80, deadline=None)
@given(views())
def test_holds_for_whatever_league(view: LeagueView) -> None:
    proposals = recommend(view)
    assert len(proposals) <= 1
    for proposal in proposals:
        report = proposal.recommendation
        assert isinstance(report, OpponentReport)
        assert load(dump(report)) == report
        assert 3 <= proposal.confidence <= 97
        assert proposal.expires_at > view.now
        assert not proposal.actionable
        assert recommend(view) == proposals
        if not view.is_best_ball:
            roster = view.mine
            assert roster is not None
            after = tuple(
                line.player.player_id if line.player else was if was not in view.players else None
                for line, was in zip(report.after, roster.starters, strict=True)
            )
            check_lineup(view, after)
