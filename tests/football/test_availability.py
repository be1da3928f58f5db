import pytest
from hypothesis import given
from hypothesis import strategies as st

from fantasy_tui.football.availability import (
    PLAYS_WHEN_QUESTIONABLE,
    Availability,
    availability,
    points_share,
    reserve_eligible,
    returns,
)

STATUSES = [
    None,
    "",
    "Probable",
    "Questionable",
    "Doubtful",
    "Out",
    "IR",
    "PUP",
    "Sus",
    "NA",
    "DNR",
    "COV",
    "New",
]


def on_team(status: str | None, **about: str | None) -> Availability:
    return availability(status, has_team=True, on_bye=False, **about)


@pytest.mark.parametrize(
    ("status", "probability", "dead"),
    [
        (None, 1.0, False),
        ("", 1.0, False),
        ("Probable", 0.957, False),
        ("Questionable", PLAYS_WHEN_QUESTIONABLE, False),
        ("Doubtful", 0.016, True),
        ("Out", 0.001, True),
        ("IR", 0.0, True),
        ("PUP", 0.0, True),
        ("Sus", 0.0, True),
        ("Something New", PLAYS_WHEN_QUESTIONABLE, False),
    ],
)
def test_injury_status(status: str | None, probability: float, dead: bool) -> None:
    found = on_team(status)
    assert found == Availability(probability, status or None)
    assert found.is_dead is dead


@pytest.mark.parametrize(
    ("practice", "position", "probability", "said"),
    [
        ("Full", "WR", 0.91, "practised fully"),
        ("FP", "QB", 0.83, "practised fully"),
        ("Limited Participation in Practice", "QB", 0.46, "limited in practice"),
        ("limited", "RB", 0.72, "limited in practice"),
        ("LP", "TE", 0.77, "limited in practice"),
        ("Did Not Participate In Practice", "RB", 0.40, "did not practise"),
        ("DNP", "LB", 0.467, "did not practise"),
        ("full participation", None, 0.879, "practised fully"),
    ],
)
def test_questionable_by_the_last_practice(
    practice: str, position: str | None, probability: float, said: str
) -> None:
    found = on_team("Questionable", position=position, practice=practice, body_part="Knee")
    assert found == Availability(probability, f"Questionable, {said}")


@pytest.mark.parametrize(
    ("body_part", "probability"),
    [
        ("Hamstring", 0.61),
        ("concussion", 0.67),
        ("Knee - ACL", 0.74),
        ("Lower Back", 0.81),
        ("Toe", None),
        (None, None),
    ],
)
def test_questionable_by_body_part_where_no_practice_is_known(
    body_part: str | None, probability: float | None
) -> None:
    found = on_team("Questionable", body_part=body_part, practice=" ")
    assert found.play_probability == (probability or PLAYS_WHEN_QUESTIONABLE)
    assert found.reason is not None
    assert found.reason.startswith("Questionable")


@pytest.mark.parametrize("status", ["Doubtful", "Out", "IR", "Probable", None])
def test_practice_changes_nothing_for_other_designations(status: str | None) -> None:
    assert on_team(status, practice="Full", body_part="Knee") == on_team(status)


def test_no_game_means_no_points() -> None:
    assert availability(None, has_team=True, on_bye=True) == Availability(0.0, "bye")
    assert availability("Questionable", has_team=False, on_bye=True) == Availability(0.0, "no team")
    assert availability(None, has_team=True, on_bye=True).is_dead


def test_one_in_doubt_who_plays_scores_less() -> None:
    assert points_share(0.714) == points_share(0.9) == 0.87
    assert points_share(0.957) == points_share(1.0) == 1.0
    assert on_team("Questionable").share == pytest.approx(0.714 * 0.87)
    assert on_team(None).share == 1.0


@given(
    st.sampled_from(STATUSES),
    st.booleans(),
    st.booleans(),
    st.text(max_size=8),
    st.text(max_size=8),
    st.sampled_from(["QB", "RB", "K", None]),
)
def test_any_words_give_a_probability(
    status: str | None, has_team: bool, on_bye: bool, practice: str, part: str, position: str | None
) -> None:
    found = availability(
        status, has_team=has_team, on_bye=on_bye, practice=practice, body_part=part, position=position
    )
    assert 0 <= found.share <= found.play_probability <= 1
    assert (found.reason is None) <= (found.play_probability == 1)


@pytest.mark.parametrize("status", STATUSES)
def test_nobody_gets_less_likely_to_be_back_as_weeks_pass(status: str | None) -> None:
    chances = [returns(status, weeks) for weeks in range(1, 12)]
    assert chances == sorted(chances)
    assert all(0 <= chance <= 1 for chance in chances)


def test_reserve_lists_keep_a_player_out_for_four_games() -> None:
    assert [returns("IR", weeks) for weeks in (1, 3, 4)] == [0.0, 0.0, 0.5]
    assert returns("Out", 1) == 0.5
    assert returns(None, 1) == 1.0


@pytest.mark.parametrize("status", ["Out", "Doubtful", "Sus", "NA", "DNR", "COV"])
def test_reserve_follows_the_leagues_setting(status: str) -> None:
    setting = f"reserve_allow_{status.lower()}"
    assert reserve_eligible(status, {setting: 1})
    assert not reserve_eligible(status, {setting: 0})
    assert not reserve_eligible(status, {})


def test_reserve_without_settings() -> None:
    everything = dict.fromkeys(
        (f"reserve_allow_{name}" for name in ("out", "doubtful", "sus", "na", "dnr", "cov")), 1
    )
    assert reserve_eligible("IR", {})
    assert reserve_eligible("PUP", {})
    assert not reserve_eligible("Questionable", everything)
    assert not reserve_eligible(None, everything)
