from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from fantasy_tui.agents.injury_monitoring import recommend
from fantasy_tui.agents.recommendation import InjuryReplacement, action_key, dump
from fantasy_tui.football.settle import Starters
from fantasy_tui.football.view import LeagueView
from tests.advice import check_common, names, starters
from tests.random_views import check_lineup, views
from tests.views import MONDAY, NOW, SUNDAY, league, player


def advise(view: LeagueView) -> list[InjuryReplacement]:
    found = [proposal.recommendation for proposal in recommend(view)]
    return [advice for advice in found if isinstance(advice, InjuryReplacement)]


def replacements(view: LeagueView) -> list[str | None]:
    return [advice.replacement.player_id if advice.replacement else None for advice in advise(view)]


@pytest.mark.parametrize("status", ["Out", "Doubtful", "IR", "PUP", "Sus"])
def test_a_starter_who_will_not_play_gets_the_best_legal_replacement(status: str) -> None:
    view = league(
        "RB",
        [player("hurt", "RB", 15, injury=status), player("good", "RB", 8), player("ok", "RB", 6)],
        ["hurt"],
    )
    [proposal] = recommend(view)
    advice = proposal.recommendation
    assert isinstance(advice, InjuryReplacement)
    assert proposal.subject == "hurt"
    assert replacements(view) == ["good"]
    assert names(advice.after) == ["good"]
    assert status in advice.summary
    assert "Ok" in (advice.alternative or "")
    assert proposal.expires_at == SUNDAY
    assert proposal.confidence > 90


def test_bye_and_no_team_count() -> None:
    view = league(
        "RB WR",
        [
            player("bye", "RB", 15, on_bye=True),
            player("cut", "WR", 9, team=None),
            player("r", "RB", 5),
            player("w", "WR", 4),
        ],
        ["bye", "cut"],
    )
    assert replacements(view) == ["r", "w"]


def test_one_in_doubt_gets_a_plan_for_his_kickoff() -> None:
    hurt = player("q", "RB", 15, injury="Questionable", practice="Limited")
    view = league("RB", [hurt, player("b", "RB", 8), player("c", "RB", 5)], ["q"])
    [proposal] = recommend(view)
    advice = proposal.recommendation
    assert isinstance(advice, InjuryReplacement)
    assert advice.summary == "If Q is inactive, start B"
    assert advice.condition == "if Q is inactive"
    assert advice.plays_probability == 0.72
    assert proposal.expected_gain == pytest.approx(0.28 * 8, abs=0.01)
    assert proposal.confidence == 97
    assert proposal.actionable
    assert proposal.expires_at == SUNDAY
    assert advice.settle == Starters(10, ("b",), ("q",), if_inactive=True)
    assert advice.middle is not None
    assert advice.middle[0] == 0
    assert advice.reasons[0].startswith("If Q is inactive, start B: 97 in 100 · expected +2.2 points;")
    assert "limited in practice" in advice.reasons[1]
    rise = (0.72 * 0.87 * 15 + 0.28 * 8 - 8) / 0.72
    assert advice.flips == ("B is ruled out", f"B's projection rises {rise:.1f}: then start him at once")
    assert names(advice.after) == ["b"]


def test_a_plan_is_other_advice_than_the_swap() -> None:
    view = league("RB", [player("q", "RB", 15, injury="Questionable"), player("b", "RB", 8)], ["q"])
    [advice] = advise(view)
    at_once = advice.model_copy(update={"condition": None})
    assert action_key(dump(advice)) != action_key(dump(at_once))


def test_a_plan_counts_on_nobody_who_kicks_off_before() -> None:
    late = player("q", "RB", 15, injury="Questionable", kickoff=MONDAY)
    early, same = player("early", "RB", 9), player("same", "RB", 4, kickoff=MONDAY)
    assert replacements(league("RB", [late, early, same], ["q"])) == ["same"]
    assert recommend(league("RB", [late, early], ["q"])) == []


def test_a_plan_moves_nobody_whose_game_has_begun_by_then() -> None:
    """The tight end would need the flex, and its receiver the receiver's slot, but he plays before."""
    late = player("q", "WR", 15, injury="Questionable", kickoff=MONDAY)
    tight = player("te", "TE", 7, kickoff=MONDAY)
    assert recommend(league("WR FLEX", [late, player("wr", "WR", 10), tight], ["q", "wr"])) == []
    movable = player("wr", "WR", 10, kickoff=MONDAY)
    [advice] = advise(league("WR FLEX", [late, movable, tight], ["q", "wr"]))
    assert names(advice.after) == ["wr", "te"]


def test_swaps_at_once_when_waiting_costs_more_and_says_so() -> None:
    late = player("q", "QB", 18, injury="Questionable", practice="DNP", kickoff=MONDAY)
    early, same = player("early", "QB", 16), player("same", "QB", 3, kickoff=MONDAY)
    [proposal] = recommend(league("QB", [late, early, same], ["q"]))
    advice = proposal.recommendation
    assert isinstance(advice, InjuryReplacement)
    assert advice.condition is None
    assert advice.summary == "Start Early for Q now (Questionable, did not practise)"
    assert advice.settle == Starters(10, ("early",), ("q",))
    assert proposal.expected_gain == pytest.approx(16 - 0.32 * 0.87 * 18, abs=0.01)
    waiting = 0.32 * 0.87 * 18 + 0.68 * 3
    assert "expected +11.0 points" in advice.reasons[0]
    assert f"Waiting is worth {waiting:.1f} points" in advice.reasons[1]
    assert advice.alternative == f"Wait, and start Same if he is inactive: {waiting:.1f} points."
    assert proposal.expires_at == SUNDAY
    # Waiting is better again from there on.
    rise = (16 - waiting) / (0.32 * 0.87)
    assert advice.flips == (f"Q's projection rises {rise:.1f}: then wait for his status",)


def test_a_plan_worth_little_is_listed_only() -> None:
    view = league("RB", [player("q", "RB", 15, injury="Questionable"), player("b", "RB", 1)], ["q"])
    [proposal] = recommend(view)
    assert not proposal.actionable


def test_the_healthy_and_the_probable_need_no_plan() -> None:
    view = league("RB", [player("p", "RB", 15, injury="Probable"), player("b", "RB", 8)], ["p"])
    assert recommend(view) == []


def test_the_likelier_to_sit_gets_the_better_backup() -> None:
    view = league(
        "RB RB",
        [
            player("fit", "RB", 15, injury="Questionable", practice="Full"),
            player("not", "RB", 15, injury="Questionable", practice="DNP"),
            player("good", "RB", 8),
            player("ok", "RB", 6),
        ],
        ["fit", "not"],
    )
    found = {advice.player.player_id: advice.replacement for advice in advise(view)}
    assert found["not"] is not None
    assert found["fit"] is not None
    assert (found["not"].player_id, found["fit"].player_id) == ("good", "ok")


def test_a_chain_of_slots_makes_room() -> None:
    """The only replacement is a tight end: the receiver in the flex moves to the receiver's slot."""
    view = league(
        "WR FLEX",
        [player("out", "WR", 12, injury="Out"), player("wr", "WR", 10), player("te", "TE", 7)],
        ["out", "wr"],
    )
    [advice] = advise(view)
    assert names(advice.after) == ["wr", "te"]


def test_two_dead_starters_get_different_replacements() -> None:
    view = league(
        "RB RB",
        [
            player("a", "RB", 12, injury="Out"),
            player("b", "RB", 10, injury="IR"),
            player("c", "RB", 7),
            player("d", "RB", 6),
        ],
        ["a", "b"],
    )
    assert replacements(view) == ["c", "d"]


def test_free_agency_when_nobody_on_the_bench_fits() -> None:
    view = league(
        "K", [player("k", "K", 8, on_bye=True), player("rb", "RB", 9)], ["k"], free=[player("free", "K", 7)]
    )
    [advice] = advise(view)
    assert advice.from_free_agency
    assert advice.summary.startswith("Add and start Free")


def test_too_late_once_the_injured_starters_game_began() -> None:
    early = NOW.replace(hour=10)
    view = league("RB", [player("out", "RB", 12, injury="Out", kickoff=early), player("b", "RB", 7)], ["out"])
    assert recommend(view) == []


def test_the_deadline_is_the_earliest_kickoff_of_those_who_move() -> None:
    view = league(
        "RB",
        [player("out", "RB", 12, injury="Out", kickoff=MONDAY), player("b", "RB", 7, kickoff=SUNDAY)],
        ["out"],
    )
    assert recommend(view)[0].expires_at == SUNDAY


def test_the_bench_is_shared_out_for_the_most_points() -> None:
    """The receiver's slot could take either, the running back's only one of them."""
    view = league(
        "FLEX RB",
        [
            player("a", "WR", 12, injury="Out"),
            player("b", "RB", 10, injury="IR"),
            player("rb", "RB", 9),
            player("wr", "WR", 6),
        ],
        ["a", "b"],
    )
    assert replacements(view) == ["wr", "rb"]


def test_free_agents_say_how_they_get_on_the_team() -> None:
    squad = [player("k", "K", 8, injury="Out"), player("rb", "RB", 9)]
    view = league("K", squad, ["k"], free=[player("free", "K", 7)])
    assert "Free is on no roster." in advise(view)[0].reasons[-1]
    claimed = replace(view, on_waivers=frozenset({"free"}))
    assert "must be claimed" in advise(claimed)[0].reasons[-1]
    assert recommend(replace(claimed, waivers_run=SUNDAY + timedelta(hours=1))) == []
    assert recommend(replace(view, settings={"disable_adds": 1})) == []
    full = replace(view, bench_slots=1)
    assert "somebody must be dropped" in advise(full)[0].reasons[-1]
    room = replace(full, settings={"reserve_slots": 1, "reserve_allow_out": 1})
    assert "moving K to injured reserve makes room" in advise(room)[0].reasons[-1]


@settings(max_examples=400, deadline=None)
@given(view=views())
def test_never_an_illegal_lineup_nor_two_claims_on_one_replacement(view: LeagueView) -> None:
    found = recommend(view)
    used = []
    for proposal in found:
        advice = proposal.recommendation
        assert isinstance(advice, InjuryReplacement)
        check_common(view, proposal)
        assert advice.replacement is not None
        used.append(advice.replacement.player_id)
        added = frozenset(used[-1:]) if advice.from_free_agency else frozenset[str]()
        check_lineup(view, starters(view, advice.after), added)
        out, new = view.players[advice.player.player_id], view.players[advice.replacement.player_id]
        if advice.condition is not None:
            assert out.kickoff is not None
            assert new.kickoff is not None
            assert new.kickoff >= out.kickoff
            moved = [line for line, was in zip(advice.after, advice.before, strict=True) if line != was]
            kickoffs = [line.player.kickoff for line in moved if line.player]
            assert all(kickoff is None or kickoff >= out.kickoff for kickoff in kickoffs)
    assert len(set(used)) == len(used)
    assert len({proposal.subject for proposal in found}) == len(found)
