import pytest

from fantasy_tui.agents.injury_monitoring import recommend
from fantasy_tui.agents.recommendation import InjuryReplacement, SlotLine
from fantasy_tui.football.view import LeagueView
from tests.views import MONDAY, NOW, SUNDAY, league, player


def names(lines: tuple[SlotLine, ...]) -> list[str | None]:
    return [line.player.player_id if line.player else None for line in lines]


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


def test_questionable_is_not_enough() -> None:
    view = league("RB", [player("q", "RB", 15, injury="Questionable"), player("b", "RB", 8)], ["q"])
    assert recommend(view) == []


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
