"""The three leagues: their rules, and what they are called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fantasy_tui.demo import lines
from fantasy_tui.demo.teams import SEASON, WEEK
from fantasy_tui.football.slots import starting_slots

ME = "900000000000000001"
"""The demo manager's Sleeper user_id."""

USERNAME = "demo_manager"
DISPLAY_NAME = "Demo Manager"

CO_MANAGER = "900000000000000002"
"""Whoever manages a team together with its owner."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A league as its commissioner set it up."""

    league_id: str
    name: str
    teams: int
    positions: tuple[str, ...]
    scoring: Mapping[str, float]
    squads: tuple[Mapping[str, int], ...]
    """Players a roster holds by position; teams take these in turn."""
    odd_team: str
    my_team: str
    settings: Mapping[str, Any]
    taxi: int = 0
    orphan: bool = False
    """True: the last team has no manager."""
    shared: bool = False
    """True: a team has two managers."""
    divisions: tuple[str, ...] = ()
    """Names; teams are dealt out to them in turn."""

    @property
    def slots(self) -> tuple[str, ...]:
        """Starting slots."""
        return starting_slots(self.positions)

    def division_of(self, roster_id: int) -> dict[str, int]:
        """What a roster's settings tell of its division, which is counted from 1."""
        return {"division": (roster_id - 1) % len(self.divisions) + 1} if self.divisions else {}


_REDRAFT = ("QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "K", "DEF", *["BN"] * 6, "IR")
_SUPERFLEX = ("QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "SUPER_FLEX", *["BN"] * 8, "IR", *["TAXI"] * 3)
_IDP = (
    *("QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "DL", "LB", "LB", "DB", "IDP_FLEX"),
    *["BN"] * 8,
    "IR",
)


def _settings(teams: int, **more: int) -> dict[str, Any]:
    return {
        "num_teams": teams,
        "leg": WEEK,
        "last_scored_leg": WEEK - 1,
        "start_week": 1,
        "playoff_teams": 6,
        "playoff_week_start": 15,
        "playoff_round_type": 0,
        "playoff_seed_type": 0,
        "trade_deadline": 12,
        "trade_review_days": 1,
        "waiver_type": 2,
        "waiver_budget": 100,
        "waiver_bid_min": 0,
        "waiver_day_of_week": 2,
        "waiver_clear_days": 2,
        "daily_waivers": 0,
        "reserve_slots": 1,
        "reserve_allow_out": 1,
        "bench_lock": 1,
        "best_ball": 0,
        **more,
    }


LEAGUES = (
    Rules(
        league_id="910000000000010000",
        name="Harbour Street Home League",
        teams=12,
        positions=_REDRAFT,
        scoring=lines.HALF_PPR,
        squads=(
            {"QB": 2, "RB": 4, "WR": 5, "TE": 2, "K": 1, "DEF": 1},
            {"QB": 1, "RB": 5, "WR": 5, "TE": 2, "K": 1, "DEF": 1},
            {"QB": 2, "RB": 5, "WR": 5, "TE": 1, "K": 1, "DEF": 1},
        ),
        odd_team="🏈🦉 夜更かしフクロウ団 👩‍👩‍👧",
        my_team="Fourth And Wishful",
        settings=_settings(12, type=0),
    ),
    Rules(
        league_id="910000000000020000",
        name="Twin Signal Superflex Dynasty",
        teams=10,
        positions=_SUPERFLEX,
        scoring=lines.PPR | {"bonus_rec_te": 0.5},
        squads=({"QB": 3, "RB": 5, "WR": 6, "TE": 2}, {"QB": 4, "RB": 5, "WR": 5, "TE": 2}),
        odd_team="[bold red]Audible[/] Calls",
        my_team="Signal Caller ID",
        settings=_settings(
            10,
            type=2,
            taxi_slots=3,
            waiver_budget=200,
            waiver_bid_min=1,
            trade_deadline=13,
            pick_trading=1,
            draft_rounds=4,
        ),
        taxi=3,
        orphan=True,
        shared=True,
    ),
    Rules(
        league_id="910000000000030000",
        name="Iron Curtain IDP",
        teams=12,
        positions=_IDP,
        scoring=lines.HALF_PPR | lines.IDP,
        squads=(
            {"QB": 2, "RB": 4, "WR": 5, "TE": 2, "DL": 2, "LB": 3, "DB": 2},
            {"QB": 2, "RB": 5, "WR": 4, "TE": 1, "DL": 2, "LB": 4, "DB": 2},
        ),
        odd_team="Ｆｕｌｌ－Ｗｉｄｔｈ Ｆｕｌｌｂａｃｋｓ ✨",
        my_team="Tackle Box",
        settings=_settings(12, type=1, waiver_type=0, divisions=3),
        divisions=("Anvil", "Hammer", "Forge 🔥"),
    ),
)


def league_row(rules: Rules, user_id: str) -> dict[str, Any]:
    """A row of `leagues`."""
    return {
        "id": rules.league_id,
        "user_id": user_id,
        "name": rules.name,
        "season": SEASON,
        "sport": "nfl",
        "status": "in_season",
        "total_rosters": rules.teams,
        "roster_positions": list(rules.positions),
        "scoring_settings": dict(rules.scoring),
        "settings": dict(rules.settings),
        "details": {f"division_{number}": name for number, name in enumerate(rules.divisions, start=1)},
    }
