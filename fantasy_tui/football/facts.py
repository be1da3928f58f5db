"""What a list of all players can be sorted and filtered by, in one league's scoring."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean

from .player_card import BYE, MISSED
from .projection import Basis
from .search import Owner, PlayerRow
from .view import LeagueView, PlayerWeek, Source


@dataclass(frozen=True, slots=True)
class PlayerFact:
    """What is known about a player this week and this season."""

    projected: float | None = None
    """League points expected this week, his chance to play counted; none without a projection, and on a bye."""
    per_game: float | None = None
    """Mean league points of the season's games."""
    games: int = 0
    adds: int | None = None
    drops: int | None = None
    """Across Sleeper in the last day; none for who is not among the most."""
    on_bye: bool = False
    kickoff: datetime | None = None
    owner: Owner | None = None
    """Who has him in the league; none where he is free."""
    weekly: tuple[float | str | None, ...] = ()
    """League points of the season's weeks before this one; BYE, MISSED, or none where the schedule is not known.

    Empty for who has not played.
    """

    @property
    def trend(self) -> int | None:
        """Adds less drops; none where neither is known."""
        if self.adds is None and self.drops is None:
            return None
        return (self.adds or 0) - (self.drops or 0)


NO_FACT = PlayerFact()
_UNKNOWN: Mapping[int, frozenset[str]] = {}


@dataclass(frozen=True, slots=True)
class PlayerFacts:
    """Facts by player; who is missing has none and is free."""

    league_id: str | None
    league: str | None
    week: int | None
    by_id: Mapping[str, PlayerFact]
    sources: tuple[Source, ...]

    def of(self, player_id: str) -> PlayerFact:
        """A player's facts."""
        return self.by_id.get(player_id, NO_FACT)


def facts(
    view: LeagueView,
    owners: Mapping[str, tuple[Owner, ...]],
    trends: Mapping[str, tuple[int | None, int | None]],
    more: tuple[Source, ...] = (),
    schedule: Mapping[int, frozenset[str]] = _UNKNOWN,
) -> PlayerFacts:
    """Facts of everybody the view knows, who is owned in its league, or of whom there is a trend (adds, drops).

    `schedule` has, by week, the NFL teams that play.
    """
    here = {
        player_id: owner
        for player_id, held in owners.items()
        if (owner := next((one for one in held if one.league_id == view.league_id), None)) is not None
    }
    found = {}
    for player_id in {*view.players, *here, *trends}:
        player = view.player(player_id)
        adds, drops = trends.get(player_id, (None, None))
        expects = player is not None and player.projection.basis is not Basis.NONE and not player.on_bye
        found[player_id] = PlayerFact(
            projected=player.expected if player is not None and expects else None,
            per_game=fmean(player.past) if player is not None and player.past else None,
            games=len(player.past) if player is not None else 0,
            adds=adds,
            drops=drops,
            on_bye=player is not None and player.on_bye,
            kickoff=player.kickoff if player is not None else None,
            owner=here.get(player_id),
            weekly=_weekly(player, view.week, schedule) if player is not None else (),
        )
    return PlayerFacts(view.league_id, view.name, view.week, found, (*view.sources, *more))


def _weekly(
    player: PlayerWeek, week: int, schedule: Mapping[int, frozenset[str]]
) -> tuple[float | str | None, ...]:
    points = dict(zip(player.past_weeks, player.past, strict=False))
    if not points:
        return ()
    return tuple(
        points[one] if one in points else _without_points(player, schedule.get(one)) for one in range(1, week)
    )


def _without_points(player: PlayerWeek, playing: frozenset[str] | None) -> str | None:
    if not playing or player.team is None:
        return None
    return MISSED if player.team in playing else BYE


_ORDERS: Mapping[str, Callable[[PlayerFact], float | None]] = {
    "projected": lambda fact: fact.projected,
    "per_game": lambda fact: fact.per_game,
    "trend": lambda fact: fact.trend,
}
ORDERS = ("rank", *_ORDERS, "name")
"""What a list of players can be sorted by."""


def ordered(rows: Iterable[PlayerRow], known: PlayerFacts, by: str) -> list[PlayerRow]:
    """The rows by one of `ORDERS`: numbers from the highest, those not known last and as they came.

    `rank` leaves them as they came, which is Sleeper's popularity after a search. KeyError for another order.
    """
    if by == "rank":
        return list(rows)
    if by == "name":
        return sorted(rows, key=lambda row: (row.name.casefold(), row.player_id))
    value = _ORDERS[by]
    valued = [(value(known.of(row.player_id)), row) for row in rows]
    first = sorted(((n, row) for n, row in valued if n is not None), key=lambda pair: -pair[0])
    return [*(row for _, row in first), *(row for n, row in valued if n is None)]
