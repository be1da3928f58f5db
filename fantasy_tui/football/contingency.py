"""What to do about starters who will not play, or may not: replacements now, and plans for kickoff."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from statistics import NormalDist

from fantasy_tui.football.lineup import Candidate, best_lineup
from fantasy_tui.football.plan import Plan, available, exchanged, locked_slots, only, swaps
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek

_IN_DOUBT_BELOW = 0.95
# Outranks any score, so that whoever is to stay keeps a seat.
_STAYS = 10_000.0


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who could start for a starter, and the line-up with him."""

    player: PlayerWeek
    lineup: tuple[str | None, ...]
    free: bool = False
    """True when he is on no roster."""


@dataclass(frozen=True, slots=True)
class Contingency:
    """A starter in doubt: who can still come in at his kickoff, and who could come in now."""

    starter: PlayerWeek
    backup: Option | None
    """The best who kicks off no earlier; none when nobody does."""
    now: Option | None
    """The best of all; none when nobody fits."""

    @property
    def sits(self) -> float:
        """The chance, 0 to 1, that he does not play."""
        return 1 - self.starter.availability.play_probability

    @property
    def plan_gain(self) -> float:
        """Expected league points that the backup adds: his own, as often as he is needed."""
        return self.sits * self.backup.player.expected if self.backup is not None else 0.0

    @property
    def waiting(self) -> float:
        """Expected league points of the slot with the backup in hand."""
        return self.starter.expected + self.plan_gain

    @property
    def at_once(self) -> float:
        """Expected league points of the slot with the best alternative in it now."""
        return self.now.player.expected if self.now is not None else 0.0

    @property
    def waits(self) -> bool:
        """True when holding on to him is worth at least as much as replacing him now."""
        return self.waiting >= self.at_once

    def middle(self) -> tuple[float, float]:
        """Where the plan's gain lands in at least 68 of 100 weeks: nothing while he plays, else the backup's points.

        It always reaches to the expected gain, which so lopsided a spread may put outside the narrowest range.
        """
        rare = (1 - 0.68) / 2
        if self.backup is None:
            return 0.0, 0.0
        if self.sits <= rare:
            return 0.0, self.plan_gain
        points = self.backup.player.outlook()
        high = NormalDist(points.expected, points.spread**0.5 or 1.0).inv_cdf(1 - rare / self.sits)
        return 0.0, max(self.plan_gain, high)


def in_doubt(player: PlayerWeek) -> bool:
    """True for a player who may or may not play, such as a Questionable one."""
    return not player.availability.is_dead and player.availability.play_probability < _IN_DOUBT_BELOW


def filled(view: LeagueView, roster: RosterWeek) -> Plan:
    """The line-up with dead starters and empty slots given to the best of the bench; all others stay."""
    dead = {
        p.player_id for p in map(view.player, roster.starters) if p is not None and p.availability.is_dead
    }
    staying = {p for p in roster.starters if p is not None} - dead
    candidates = [
        Candidate(
            p.player_id,
            p.positions,
            p.expected + _STAYS * (p.player_id in staying),
            p.kickoff,
        )
        for p in available(view, roster)
        if p.player_id in staying or p.expected > 0
    ]
    locked = locked_slots(view, roster)
    fixed = {index: roster.starters[index] for index in locked}
    best = best_lineup(view.slots, candidates, fixed=fixed, current=roster.starters).starters
    return Plan(view.slots, roster.starters, best, locked, 0.0, 0.0)


def replacements(view: LeagueView, roster: RosterWeek) -> dict[str, Option]:
    """For each dead starter who can still be replaced from the bench, the best joint choice of by whom."""
    plan = filled(view, roster)
    return {
        swap.sit: Option(view.players[swap.start], only(plan, swap))
        for swap in swaps(plan)
        if swap.sit is not None
    }


def options(
    view: LeagueView,
    roster: RosterWeek,
    out: PlayerWeek,
    taken: Collection[str] = (),
    *,
    not_before: datetime | None = None,
) -> list[Option]:
    """Who of the bench could start for a starter, best first.

    With `not_before` only those who kick off then or later, and with everyone who kicks off earlier where he
    stands: what can still be done at that time.
    """
    starters = {player for player in roster.starters if player is not None}
    bench = (p for p in available(view, roster) if p.player_id not in starters and p.player_id not in taken)
    if not_before is not None:
        bench = (p for p in bench if p.kickoff is not None and p.kickoff >= not_before)
    return _seated(view, roster, out, bench, not_before)


def free_options(
    view: LeagueView, roster: RosterWeek, out: PlayerWeek, taken: Collection[str] = ()
) -> list[Option]:
    """Who on no roster could start for a starter, best first; nobody whose claim would be decided too late."""
    if view.settings.get("disable_adds"):
        return []
    free = (view.players[p] for p in view.free_agents if p in view.players and p not in taken)
    able = (
        p for p in free if not p.availability.is_dead and not p.locked(view.now) and _in_time(view, out, p)
    )
    return _seated(view, roster, out, able, None, free=True)


def _in_time(view: LeagueView, out: PlayerWeek, free: PlayerWeek) -> bool:
    if free.player_id not in view.on_waivers or view.waivers_run is None:
        return True
    kickoffs = [p.kickoff for p in (out, free) if p.kickoff is not None]
    return all(view.waivers_run < kickoff for kickoff in kickoffs)


def _seated(
    view: LeagueView,
    roster: RosterWeek,
    out: PlayerWeek,
    players: Iterable[PlayerWeek],
    not_before: datetime | None,
    *,
    free: bool = False,
) -> list[Option]:
    ranked = sorted((p for p in players if p.expected > 0), key=lambda p: (-p.expected, p.player_id))
    found = ((p, exchanged(view, roster, (out.player_id,), (p,), not_before=not_before)) for p in ranked)
    return [Option(player, lineup, free) for player, lineup in found if lineup is not None]


def contingencies(view: LeagueView, roster: RosterWeek, taken: Collection[str] = ()) -> list[Contingency]:
    """One for each starter in doubt whose game is still to come, no two with the same players behind them.

    Whoever is likelier to be needed gets the better backup. `taken` are players spoken for.
    """
    locked = locked_slots(view, roster)
    doubtful = [
        player
        for index, player in enumerate(map(view.player, roster.starters))
        if player is not None and index not in locked and player.kickoff is not None and in_doubt(player)
    ]
    spoken_for = set(taken)
    found = []
    for starter in sorted(doubtful, key=lambda p: (p.availability.play_probability, p.player_id)):
        later = options(view, roster, starter, spoken_for, not_before=starter.kickoff)
        now = options(view, roster, starter, spoken_for)
        one = Contingency(starter, later[0] if later else None, now[0] if now else None)
        chosen = [option for option in (one.backup, None if one.waits else one.now) if option is not None]
        if chosen:
            spoken_for |= {option.player.player_id for option in chosen}
            found.append(one)
    return found
