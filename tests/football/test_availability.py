import pytest

from fantasy_tui.football.availability import (
    PLAYS_WHEN_QUESTIONABLE,
    Availability,
    availability,
    reserve_eligible,
)


@pytest.mark.parametrize(
    ("status", "probability", "dead"),
    [
        (None, 1.0, False),
        ("", 1.0, False),
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
    found = availability(status, has_team=True, on_bye=False)
    assert found == Availability(probability, status or None)
    assert found.is_dead is dead


def test_no_game_means_no_points() -> None:
    assert availability(None, has_team=True, on_bye=True) == Availability(0.0, "bye")
    assert availability("Questionable", has_team=False, on_bye=True) == Availability(0.0, "no team")
    assert availability(None, has_team=True, on_bye=True).is_dead


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
