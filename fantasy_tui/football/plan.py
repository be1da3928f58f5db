"""The line-up to suggest to a team: the exact optimum that Sleeper would still accept now."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from fantasy_tui.football.lineup import Candidate, best_lineup
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek


@dataclass(frozen=True, slots=True)
class Plan:
    """A team's line-up as it stands and as it could be; all tuples are parallel to the slots."""

    slots: tuple[str, ...]
    current: tuple[str | None, ...]
    suggested: tuple[str | None, ...]
    locked: frozenset[int]
    """Indexes of slots whose player's game has kicked off."""
    current_points: float
    suggested_points: float

    @property
    def gain(self) -> float:
        """Expected league points the change is worth."""
        return self.suggested_points - self.current_points

    @property
    def comes_in(self) -> tuple[str, ...]:
        """Players to start who do not start now, in slot order."""
        return tuple(p for p in self.suggested if p is not None and p not in self.current)

    @property
    def goes_out(self) -> tuple[str, ...]:
        """Starters to bench, in slot order."""
        return tuple(p for p in self.current if p is not None and p not in self.suggested)

    @property
    def moves(self) -> tuple[str, ...]:
        """Players who come in, go out or change slots."""
        shifted = (
            player
            for pair in zip(self.current, self.suggested, strict=True)
            if pair[0] != pair[1]
            for player in pair
            if player is not None
        )
        return tuple(dict.fromkeys(shifted))


def expected_points(view: LeagueView, lineup: Iterable[str | None]) -> float:
    """Sum of expected league points; a player whose game is on counts what he is expected to end with."""
    return sum(player.expected for player in map(view.player, lineup) if player is not None)


def locked_slots(view: LeagueView, roster: RosterWeek) -> frozenset[int]:
    """Indexes of the starting slots to leave alone: kicked off, or held by someone nothing is known about."""
    return frozenset(
        index
        for index, player in enumerate(roster.starters)
        if player is not None and (player not in view.players or view.players[player].locked(view.now))
    )


def available(view: LeagueView, roster: RosterWeek) -> list[PlayerWeek]:
    """Players who could be put into a slot now: not on reserve or taxi, not dead, not yet kicked off.

    Whoever stands in a slot may stay there, whatever other list names him too: his points count.
    """
    barred = {*roster.reserve, *roster.taxi}.difference(roster.starters)
    players = (view.players[p] for p in roster.players if p in view.players and p not in barred)
    return [p for p in players if not p.availability.is_dead and not p.locked(view.now)]


def suggest(view: LeagueView, roster: RosterWeek, worth: Mapping[str, float] = MappingProxyType({})) -> Plan:
    """The best legal line-up; equal to the current one where nothing can be gained, and in best ball.

    `worth` says what to count for players who are worth more than they are expected to score.
    """
    current = roster.starters
    locked = locked_slots(view, roster)
    suggested = current
    if not view.is_best_ball and len(current) == len(view.slots):
        candidates = [
            Candidate(p.player_id, p.positions, worth.get(p.player_id, p.expected), p.kickoff)
            for p in available(view, roster)
        ]
        fixed = {index: current[index] for index in locked}
        best = best_lineup(view.slots, candidates, fixed=fixed, current=current).starters
        suggested = _keep_unreplaced(view, current, best)
    return Plan(
        slots=view.slots,
        current=current,
        suggested=suggested,
        locked=locked,
        current_points=expected_points(view, current),
        suggested_points=expected_points(view, suggested),
    )


def _keep_unreplaced(
    view: LeagueView, current: tuple[str | None, ...], best: tuple[str | None, ...]
) -> tuple[str | None, ...]:
    """Leave a starter who will not play where he is when nobody can take his slot."""
    return tuple(
        was if now is None and was is not None and was not in best else now
        for was, now in zip(current, best, strict=True)
    )


def deadline(view: LeagueView, players: Iterable[str]) -> datetime | None:
    """Kickoff of the earliest of these players' games; none when none of them plays."""
    kickoffs = (view.players[p].kickoff for p in players if p in view.players)
    return min((kickoff for kickoff in kickoffs if kickoff is not None), default=None)


@dataclass(frozen=True, slots=True)
class Swap:
    """One player who comes in for another (none: for an empty slot)."""

    slot: str
    """The slot the new starter takes."""
    start: str
    sit: str | None


def swaps(plan: Plan) -> list[Swap]:
    """Who replaces whom: from each new starter's slot along the starters who shift, to the one who leaves."""
    slot_of = {player: index for index, player in enumerate(plan.suggested) if player is not None}
    found = []
    for start in plan.comes_in:
        index = slot_of[start]
        sit = plan.current[index]
        while sit is not None and sit in slot_of:
            sit = plan.current[slot_of[sit]]
        found.append(Swap(plan.slots[slot_of[start]], start, sit))
    return found


def only(plan: Plan, swap: Swap) -> tuple[str | None, ...]:
    """The current line-up with one of the plan's swaps made, and the shifts it needs, but no other."""
    lineup = list(plan.current)
    mover: str | None = swap.start
    while mover is not None and mover != swap.sit:
        slot = plan.suggested.index(mover)
        displaced = lineup[slot]
        lineup[slot] = mover
        mover = displaced
    return tuple(lineup)


def exchanged(
    view: LeagueView,
    roster: RosterWeek,
    outs: Collection[str],
    ins: Collection[PlayerWeek],
    *,
    not_before: datetime | None = None,
) -> tuple[str | None, ...] | None:
    """The same starters with some replaced, shifted between slots where needed; none when they do not fit.

    Empty slots stay empty: filling one replaces nobody. With `not_before` it is the line-up that can still be
    made at that time: whoever kicks off earlier keeps his slot.
    """
    locked = locked_slots(view, roster)
    starters = list(enumerate(map(view.player, roster.starters)))
    if not_before is not None:
        locked |= {
            index
            for index, p in starters
            if p is not None and p.kickoff is not None and p.kickoff < not_before
        }
    stay = [p for index, p in starters if p is not None and index not in locked and p.player_id not in outs]
    # All count the same, so that the number of filled slots alone decides.
    candidates = [Candidate(p.player_id, p.positions, 1.0, p.kickoff) for p in (*stay, *ins)]
    held = locked | {index for index, player in enumerate(roster.starters) if player is None}
    fixed = {index: roster.starters[index] for index in held}
    if not set(outs).isdisjoint(fixed.values()):
        return None
    lineup = best_lineup(view.slots, candidates, fixed=fixed, current=roster.starters).starters
    needed = {p.player_id for p in (*stay, *ins)}
    return lineup if needed <= set(lineup) else None
