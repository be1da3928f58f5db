"""Whether advice was right: its own rule, frozen with it, applied to the week's final points."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from .lineup import Candidate, best_starters


@dataclass(frozen=True, slots=True)
class Starters:
    """Right when the players `new` score at least what `old` do; both name only players who differ."""

    week: int
    new: tuple[str, ...]
    old: tuple[str, ...]
    rule: Literal["starters"] = "starters"
    if_inactive: bool = False
    """A plan for the case that `old` do not play: without effect, and so right, once one of them scored."""


@dataclass(frozen=True, slots=True)
class Rosters:
    """Right when roster `new` scores at least what `old` does over the weeks.

    Each week by the line-up that was best by the projections of that week; the rosters are the ids of those who
    could start in one of the weeks.
    """

    weeks: tuple[int, ...]
    new: tuple[str, ...]
    old: tuple[str, ...]
    rule: Literal["rosters"] = "rosters"


@dataclass(frozen=True, slots=True)
class Win:
    """Right when the roster scores at least what its opponent does."""

    week: int
    roster_id: int
    opponent_roster_id: int
    rule: Literal["win"] = "win"


Rule = Starters | Rosters | Win


@dataclass(frozen=True, slots=True)
class Results:
    """What is known once weeks are final, in one league's points."""

    slots: tuple[str, ...]
    positions: Mapping[str, frozenset[str]]
    points: Mapping[int, Mapping[str, float]]
    """Week to player to points scored; a player who is not in it scored nothing."""
    expected: Mapping[int, Mapping[str, float]]
    """Week to player to points expected before the week."""
    totals: Mapping[int, Mapping[int, float]]
    """Week to roster to its points, the commissioner's corrections included."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A settled call: points gained (negative: lost) against the frozen status quo; a tie counts as right."""

    right: bool
    gain: float


def weeks_of(rule: Rule) -> tuple[int, ...]:
    """The weeks that must be final before the rule can be applied."""
    return rule.weeks if isinstance(rule, Rosters) else (rule.week,)


def settle(rule: Rule, results: Results) -> Outcome | None:
    """Apply a rule; none while a week it needs is not among the results."""
    if not all(week in results.points for week in weeks_of(rule)):
        return None
    match rule:
        case Starters(if_inactive=True) if any(results.points[rule.week].get(player) for player in rule.old):
            gain = 0.0
        case Starters(week, new, old):
            gain = _scored(new, results.points[week]) - _scored(old, results.points[week])
        case Rosters(weeks, new, old):
            gain = sum(_best(new, week, results) - _best(old, week, results) for week in weeks)
        case Win(week, roster_id, opponent_roster_id):
            totals = results.totals.get(week, {})
            if roster_id not in totals or opponent_roster_id not in totals:
                return None
            gain = totals[roster_id] - totals[opponent_roster_id]
    gain = round(gain, 2)
    return Outcome(gain >= 0, gain)


def _scored(players: Iterable[str], points: Mapping[str, float]) -> float:
    return sum(points.get(player, 0.0) for player in players)


def _best(players: Sequence[str], week: int, results: Results) -> float:
    """Points scored by the line-up that was best by that week's projections."""
    expected = results.expected.get(week, {})
    candidates = [
        Candidate(player, results.positions[player], expected.get(player, 0.0))
        for player in players
        if player in results.positions
    ]
    return _scored(best_starters(results.slots, candidates), results.points[week])
