"""A league's summary made by hand."""

from dataclasses import replace
from typing import Any

from fantasy_tui.crud.overview import LeagueSummary

_KNOWN = LeagueSummary(
    league_id="A",
    name="Alpha",
    season="2024",
    status="in_season",
    total_rosters=10,
    my_roster_id=1,
    team_name="Mine",
    wins=6,
    losses=3,
    ties=0,
    rank=2,
    points_for=1001.0,
    points_against=990.5,
    opponent="Rivals",
    week=10,
    waiting=0,
    left=False,
    synced_at=None,
)


def summary(**known: Any) -> LeagueSummary:
    """A league in week 10, with these things otherwise."""
    return replace(_KNOWN, **known)
