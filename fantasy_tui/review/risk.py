"""What makes answering several decisions at once worth a question first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fantasy_tui.review.item import QueueItem

MUCH = 8.0
"""Expected league points from which nobody is let go without being named."""
_TIERS = {"waiver_wire": "waiver claim", "trade_analysis": "trade"}
_LEAVE = {"DROP": "drops", "GIVE": "gives away"}


def tier(kind: str) -> str:
    """How much harm a wrong answer does: line-ups can be set back, claims and trades cannot."""
    return _TIERS.get(kind, "line-up change")


def doubts(items: Sequence[QueueItem]) -> list[str]:
    """Why a person should look again before all of these are approved, a sentence each; none for no reason."""
    return [*_tiers(items), *_conflicts(items), *(one for item in items for one in departures(item))]


def departures(item: QueueItem) -> Iterator[str]:
    """A sentence for each player of worth whom a decision lets go."""
    points = [player.points for row in item.card.rows for player in (row.before, row.after) if player]
    for row in item.card.rows:
        if row.slot in _LEAVE and row.before is not None:
            mine = row.before.points
            upper = sum(other > mine for other in points) < len(points) / 2
            if upper or mine >= MUCH:
                does = _LEAVE[row.slot]
                yield f"“{item.summary}” {does} {row.before.name}, expected to score {mine:.1f}."


def _tiers(items: Sequence[QueueItem]) -> Iterator[str]:
    counted = Counter(tier(item.decision_type) for item in items)
    if len(counted) > 1:
        told = [f"{number} {what}{'s' if number > 1 else ''}" for what, number in counted.items()]
        yield f"They are of different kinds: {', '.join(told[:-1])} and {told[-1]}."


def _conflicts(items: Sequence[QueueItem]) -> Iterator[str]:
    for place, item in enumerate(items):
        for other in items[place + 1 :]:
            if other.id in item.conflicts:
                yield f"“{item.summary}” and “{other.summary}” cannot both be done as they stand."
