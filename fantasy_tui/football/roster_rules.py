"""What Sleeper lets a roster hold: its size, the caps by position, who may stay on reserve."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .availability import reserve_eligible
from .view import LeagueView, PlayerWeek, RosterWeek

NO_REPORT = "no injury report of that week"
"""The name of the source that says so; without a report nobody can be told to leave the reserve."""

_CAP = "position_limit_"


@dataclass(frozen=True, slots=True)
class Limits:
    """A league's caps on every roster."""

    active: int
    """Starters and bench."""
    reserve: int
    taxi: int
    positions: Mapping[str, int]
    """Most players at a position, the whole roster counted; a position that is not named has no cap."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A roster as it must be before Sleeper accepts an add, and what has to be done to get there."""

    active: tuple[str, ...]
    """Players who may start, those to activate included and those to drop left out."""
    aside: tuple[str, ...]
    """Players who stay on reserve or taxi."""
    activate: tuple[str, ...] = ()
    """Players who may not stay on reserve: until they are activated or dropped no add is accepted."""
    drop: tuple[str, ...] = ()
    """Players who must go so that the rest fits."""
    stash: tuple[str, ...] = ()
    """Active players to move to reserve, which makes room without a drop; they stay in `active`."""
    room: int = 0
    """Places for an add without a drop; negative when the roster is too large and nothing helps."""


def limits(slots: Sequence[str], bench_slots: int, settings: Mapping[str, Any]) -> Limits:
    """The caps of a league with these starting slots and settings.

    Sleeper's `position_limit_<pos>`; nothing or 0 is no cap.
    """
    caps = {key.removeprefix(_CAP).upper(): value for key, value in settings.items() if key.startswith(_CAP)}
    return Limits(
        active=len(slots) + bench_slots,
        reserve=int(settings.get("reserve_slots") or 0),
        taxi=int(settings.get("taxi_slots") or 0),
        positions={name: int(cap) for name, cap in caps.items() if cap and cap > 0},
    )


def ineligible(view: LeagueView, roster: RosterWeek) -> tuple[str, ...]:
    """Players on reserve whose status no longer allows it; someone nothing is known about may stay."""
    if any(source.name == NO_REPORT for source in view.sources):
        return ()
    return tuple(
        player_id
        for player_id in roster.reserve
        if (player := view.player(player_id)) is not None
        and not reserve_eligible(player.injury_status, view.settings)
    )


def standing(
    view: LeagueView, roster: RosterWeek, least: Callable[[Sequence[str]], str | None] | None = None
) -> Standing:
    """What must be done before an add; `least` names whom a too large roster misses least (none: nobody).

    Who may no longer be on reserve is activated; a roster that is then too large moves players who are hurt
    to the open places on reserve, then drops. One place more is made by reserve alone where it can be.
    """
    caps = limits(view.slots, view.bench_slots, view.settings)
    activate = ineligible(view, roster)
    reserve = [player for player in roster.reserve if player not in activate]
    aside = (*reserve, *roster.taxi)
    active = [player for player in roster.players if player not in aside]
    may_stash = [
        player.player_id
        for player in map(view.player, active)
        if player is not None
        and reserve_eligible(player.injury_status, view.settings)
        and not player.locked(view.now)
    ]
    open_reserve = max(0, caps.reserve - len(reserve))
    # Who is expected back for most games is worth a place on reserve most.
    may_stash.sort(key=lambda player: (-sum(view.players[player].ahead), player))
    needed = len(active) + 1 - caps.active
    stash = may_stash[: max(0, min(open_reserve, needed))]
    dropped: list[str] = []
    while len(active) - len(stash) > caps.active and least is not None:
        victim = least([player for player in active if player not in stash])
        if victim is None:
            break
        dropped.append(victim)
        active.remove(victim)
    return Standing(
        active=tuple(active),
        aside=aside,
        # Dropping him settles it as well as activating him.
        activate=tuple(player for player in activate if player not in dropped),
        drop=tuple(dropped),
        stash=tuple(stash),
        room=caps.active - len(active) + len(stash),
    )


def accepts(
    caps: Limits, players: Mapping[str, PlayerWeek], at: Standing, add: str, drop: str | None
) -> bool:
    """Say whether the roster may add one player and drop another (none: nobody)."""
    if add in at.active or add in at.aside or (drop is not None and drop not in at.active):
        return False
    # A player bound for reserve frees his place either way; dropping him frees no second one.
    freed = drop is not None and drop not in at.stash
    if at.room + freed < 1:
        return False
    group = players[add].group
    cap = caps.positions.get(group or "")
    return cap is None or _count(players, (*at.active, *at.aside), group, without=drop) < cap


def _count(
    players: Mapping[str, PlayerWeek], roster: Collection[str], group: str | None, without: str | None
) -> int:
    return sum(
        player_id in players and players[player_id].group == group
        for player_id in roster
        if player_id != without
    )
