"""What Sleeper's file says of the hurt besides a designation: where, how they practised, and when there was news."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random
from typing import Any

from fantasy_tui.demo.teams import NOW

_PARTS = (
    "Ankle",
    "Back",
    "Calf",
    "Concussion",
    "Groin",
    "Hamstring",
    "Hamstring",
    "Knee",
    "Knee",
    "Shoulder",
)
_PRACTICE = {
    "Out": ("DNP",),
    "Doubtful": ("DNP",),
    "Questionable": ("LP", "LP", "FP", "DNP"),
    "Probable": ("FP",),
}
"""How far those with a designation took part in the last practice; who is on reserve has none."""
_NOTES = {
    "IR": "Placed on injured reserve; misses at least four games.",
    "Doubtful": "Did not practise all week.",
}


def charts(rng: Random, statuses: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    """By player with a designation, further fields of Sleeper's object."""
    return {player: _chart(rng, status) for player, status in sorted(statuses.items())}


def _chart(rng: Random, status: str) -> dict[str, Any]:
    part = rng.choice(_PARTS)
    days = rng.randint(5, 40) if status == "IR" else rng.randint(1, 4)
    news = NOW - timedelta(days=days, minutes=rng.randint(0, 600))
    practice = rng.choice(_PRACTICE[status]) if status in _PRACTICE else None
    chart = {
        "injury_body_part": part,
        "practice_participation": practice,
        "injury_notes": _NOTES.get(status),
        "news_updated": int(news.timestamp() * 1000),
    }
    return {name: value for name, value in chart.items() if value is not None}
