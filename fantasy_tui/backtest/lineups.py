"""Line-ups against hindsight: what a suggested one and the one that was set would have scored."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from fantasy_tui.backtest.replay import Suggested
from fantasy_tui.backtest.results import TeamWeek
from fantasy_tui.football.lineup import Candidate, best_points

EMPTY = "0"


@dataclass(frozen=True, slots=True)
class Scored:
    """A league's week once it is final."""

    slots: tuple[str, ...]
    positions: Mapping[str, frozenset[str]]
    points: Mapping[str, float]
    """League points; a player who is not in it scored nothing."""
    took_part: Collection[str]
    """Who was on the field."""

    def total(self, players: Iterable[str]) -> float:
        """What these players scored together."""
        return sum(self.points.get(player, 0.0) for player in players)


def team_week(
    week: int,
    suggested: Suggested,
    listed: Sequence[str | None],
    rostered: Collection[str],
    scored: Scored,
) -> TeamWeek | None:
    """Measure a team's week; `listed` are those who were started (none or "0": an empty slot), slot by slot.

    Hindsight chooses among everyone who was on the team before the week or at its end, reserve and taxi
    apart. None where nobody was started at all.
    """
    started = [player for player in listed if player and player != EMPTY]
    if not started:
        return None
    there = (suggested.squad | (frozenset(rostered) - suggested.aside)).union(started)
    best = best_points(
        scored.slots,
        [
            Candidate(player, scored.positions[player], scored.points.get(player, 0.0))
            for player in sorted(there)
            if player in scored.positions
        ],
    )
    idle = any(not scored.points.get(player) and player not in scored.took_part for player in started)
    return TeamWeek(
        week=week,
        agent=scored.total(suggested.starters),
        manager=scored.total(started),
        hindsight=best,
        dead_starter=idle or len(started) < len(scored.slots),
    )
