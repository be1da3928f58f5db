from fantasy_tui.agents.lineup_optimization import recommend
from fantasy_tui.agents.recommendation import LineupChange, SlotLine, dump, load
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.view import LeagueView
from tests.views import MONDAY, NOW, SUNDAY, league, player


def names(lines: tuple[SlotLine, ...]) -> list[str | None]:
    return [line.player.player_id if line.player else None for line in lines]


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
    assert "14.0 over Wr" in advice.reasons[0]
    assert "+8.0" in advice.reasons[0]
    assert proposal.expires_at == SUNDAY
    assert load(dump(advice)) == advice


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
    assert any("preset total" in reason for reason in advice.reasons)


def test_nothing_once_every_player_that_moves_is_past_kickoff() -> None:
    early = NOW.replace(hour=10)
    view = league("RB", [player("a", "RB", 1, kickoff=early), player("b", "RB", 20)], ["a"])
    assert recommend(view) == []
