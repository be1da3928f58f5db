"""Adds and drops by what they gain in the best line-up, week by week, the drop's loss included."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .calibration import CALIBRATION
from .lineup import Candidate, best_points, best_starters
from .projection import Basis
from .roster_rules import Limits, Standing, accepts, limits, standing
from .slots import STREAMED
from .view import LeagueView, PlayerWeek, RosterWeek

HORIZON = 4
"""Weeks that count, this one included; one week for who is streamed."""
COVERED_LATER = 2
"""Weeks from now from which a hole, such as a bye leaves, can as well be filled by an add of that week: from
then on he who fills one counts only for what he brings beyond the wire's second best at his position."""
NOISE, CERTAIN = 1.0, 1.5
"""A week's promise below the first comes to nothing, from the second on its share comes true (measured: at
least 1.5 promised is right in 64 of 100, 3 in 70, 5 in 77)."""
BENCH_SHARE = 0.1
"""Share of his weeks, beyond the planned ones, in which a bench player is needed; an assumption."""
WIRE = "wire"
"""How the ids begin of those who fill in; a position follows."""
_MISSED = 2
"""Weeks that a player may have missed without a question: his bye and one game."""


@dataclass(frozen=True, slots=True)
class Move:
    """A free agent to add, whom to drop for him (none: there is room), and what that brings."""

    add: str
    drop: str | None
    weeks: tuple[int, ...]
    promised: tuple[float, ...]
    """What the best line-ups of these weeks gain by today's projections, league points."""
    later: float
    """What those of the weeks after them lose, 0 or less, with the wire's own players at hand."""
    bench: float
    """A tenth of what the add is worth above the wire in all weeks ahead, less the same of the drop."""

    @property
    def promise(self) -> float:
        """What is promised over the horizon."""
        return sum(self.promised)

    @property
    def gain(self) -> float:
        """What is expected to come true of it."""
        return sum(map(delivered, self.promised))

    @property
    def worth(self) -> float:
        """What moves are ranked by: the expected gain, later losses and the bench counted."""
        return self.gain + self.later + self.bench


def believed(promise: float) -> float:
    """A week's promise without the part that is noise: nothing below 1 point, all from 1.5 on; losses in full."""
    return promise if promise <= 0 else promise * min(1.0, max(0.0, (promise - NOISE) / (CERTAIN - NOISE)))


def delivered(promise: float) -> float:
    """What comes true of a week's promise: the best of many disappoints (the winner's curse)."""
    return believed(promise) * (CALIBRATION.slopes["waiver"] if promise > 0 else 1.0)


@dataclass(frozen=True)
class Wire:
    """A roster beside the free agents, with every player's points in each week; week 0 is the view's."""

    view: LeagueView
    at: Standing
    caps: Limits
    weeks: tuple[int, ...]
    """The weeks in which anything is expected; the view's first."""
    slots: tuple[tuple[str, ...], ...]
    """Slots still open in each week."""
    held: tuple[Mapping[str, Candidate], ...]
    """Who could take them, by week."""
    base: tuple[float, ...]
    """Points of the best line-up in each week."""
    level: Mapping[str | None, float]
    """By position, weekly points of the second best free agent: what can always be had."""
    fill_ins: Mapping[str, Candidate]
    """By position, a player of that level, to fill in later."""

    def best(self, week: int, add: Candidate | None = None, drop: str | None = None) -> float:
        """Points of the week's best line-up with one more and one less."""
        return best_points(self.slots[week], self._with(week, add, drop))

    def starters(self, week: int, add: Candidate | None = None, drop: str | None = None) -> frozenset[str]:
        """Its players."""
        return best_starters(self.slots[week], self._with(week, add, drop))

    def anyway(self, week: int, add: PlayerWeek) -> Candidate | None:
        """Who of the wire would be added in time for the slot that he fills; none when it is not a later hole."""
        fill_in = self.fill_ins.get(add.group or "")
        if week < COVERED_LATER or fill_in is None:
            return None
        new, old = self.starters(week, candidate(add, week)), self.starters(week)
        displaces = any(self.held[week][player].points > 0 for player in old - new)
        return fill_in if add.player_id in new and not displaces else None

    def without(self, week: int, add: PlayerWeek) -> float:
        """Points of the week's best line-up if he is not added; see `anyway`."""
        fill_in = self.anyway(week, add)
        if fill_in is None:
            return self.base[week]
        # Who is no better than the wire is no loss either.
        return min(self.best(week, fill_in), self.best(week, candidate(add, week)))

    def _with(self, week: int, add: Candidate | None, drop: str | None) -> list[Candidate]:
        held = [one for player_id, one in self.held[week].items() if player_id != drop]
        return [*held, add] if add is not None else held


def weeks_known(view: LeagueView) -> tuple[int, ...]:
    """The view's week and those ahead for which anything is expected."""
    known = max((len(player.ahead) for player in view.players.values()), default=0)
    return (view.week, *view.weeks_ahead[:known])


def candidate(player: PlayerWeek, week: int) -> Candidate:
    """The player in a week; 0 is the view's."""
    return Candidate(player.player_id, player.positions, points(player, week))


def points(player: PlayerWeek, week: int) -> float:
    """His expected league points in a week; 0 is the view's."""
    if week == 0:
        return player.expected
    return player.ahead[week - 1] if week <= len(player.ahead) else 0.0


def starts_with(view: LeagueView, add: PlayerWeek) -> int:
    """The first week an added player could start: 0 while his game can still be made, else 1."""
    if add.locked(view.now):
        return 1
    if add.player_id not in view.on_waivers or view.waivers_run is None or add.kickoff is None:
        return 0
    return int(add.kickoff <= view.waivers_run)


def horizon(here: Wire, add: PlayerWeek) -> range:
    """The weeks in which the add counts, as numbers from the view's week on."""
    first = starts_with(here.view, add)
    length = first + 1 if add.group in STREAMED else HORIZON
    return range(first, min(length, len(here.weeks)))


def wire(view: LeagueView, roster: RosterWeek) -> Wire:
    """The roster as it will be once Sleeper accepts adds: see `roster_rules.standing`."""
    at = standing(view, roster, lambda active: _least_missed(view, roster, active))
    return _wire(view, roster, at)


def _wire(view: LeagueView, roster: RosterWeek, at: Standing) -> Wire:
    level = _levels(view)
    active = [player for player in map(view.player, at.active) if player is not None]
    # A starter who has kicked off, or of whom nothing is known, keeps his slot this week.
    taken = {
        slot
        for slot, starter in enumerate(roster.starters)
        if starter is not None and ((player := view.player(starter)) is None or player.locked(view.now))
    }
    open_now = tuple(slot for index, slot in enumerate(view.slots) if index not in taken)
    names = weeks_known(view)
    weeks = len(names)
    slots = (open_now, *[view.slots] * (weeks - 1))
    held = tuple(
        {p.player_id: candidate(p, week) for p in active if week or not p.locked(view.now)}
        for week in range(weeks)
    )
    fill_ins = {
        group: Candidate(f"{WIRE} {group}", frozenset({group}), value)
        for group, value in level.items()
        if group
    }
    return Wire(
        view=view,
        at=at,
        caps=limits(view.slots, view.bench_slots, view.settings),
        weeks=names,
        slots=slots,
        held=held,
        base=tuple(best_points(slots[week], held[week].values()) for week in range(weeks)),
        level=level,
        fill_ins=fill_ins,
    )


def _levels(view: LeagueView) -> dict[str | None, float]:
    """Mean points a week ahead of the second best free agent at each position; 0 where there are fewer."""
    means: dict[str | None, list[float]] = defaultdict(list)
    for player in map(view.player, view.free_agents):
        if player is not None:
            means[player.group].append(sum(player.ahead) / len(player.ahead) if player.ahead else 0.0)
    return {group: sorted(values)[-2] if len(values) > 1 else 0.0 for group, values in means.items()}


def _least_missed(view: LeagueView, roster: RosterWeek, active: Sequence[str]) -> str | None:
    """Whom to drop from a roster that is too large: who costs the best line-ups and the bench least."""
    here = _wire(view, roster, Standing(tuple(active), ()))

    def missed(player_id: str) -> tuple[float, float, str]:
        weeks = range(min(HORIZON, len(here.base)))
        lost = sum(here.base[week] - here.best(week, drop=player_id) for week in weeks)
        player = view.players[player_id]
        return lost + _bench(here, player), sum(player.ahead), player_id

    return min(droppable(view, active), key=missed, default=None)


def droppable(view: LeagueView, active: Iterable[str]) -> list[str]:
    """Players who may be dropped: known, and their game not yet begun.

    Where players are kept for later seasons nobody is dropped for being hurt, nor while nothing is expected of
    him for a reason not known, like a rookie who waits: this season says nothing about what he is worth.
    """
    return [
        player.player_id
        for player in map(view.player, active)
        if player is not None
        and not player.locked(view.now)
        and not (view.keeps_players and _worth_unknown(player))
    ]


def _worth_unknown(player: PlayerWeek) -> bool:
    if player.on_bye or player.team is None:
        return False
    hurt = player.injury_status is not None and player.availability.is_dead
    return hurt or player.projection.basis is Basis.NONE


def _bench(here: Wire, player: PlayerWeek) -> float:
    """What a player's place on the bench is worth: a tenth of his points above the wire in the weeks ahead."""
    if player.group in STREAMED:
        return 0.0
    level = here.level.get(player.group, 0.0)
    return BENCH_SHARE * sum(max(0.0, value - level) for value in player.ahead)


def moves(here: Wire, adds: Iterable[str]) -> list[Move]:
    """For each of these free agents who improves a line-up, his best move, most worth first."""
    found = [options[0] for add in adds if (options := drops(here, add))]
    return sorted(found, key=lambda move: (-round(move.worth, 6), move.add))


def drops(here: Wire, add_id: str) -> list[Move]:
    """Every legal way to add a free agent who improves a line-up, most worth first; none else.

    Among equals the drop with the least expected in the weeks ahead comes first.
    """
    view, add = here.view, here.view.player(add_id)
    if add is None or not _wanted(here, add):
        return []
    weeks = horizon(here, add)
    claim = view.waivers_run if add_id in view.on_waivers else None
    incoming = {week: candidate(add, week) for week in weeks}
    # A drop can only take away from what the add alone would bring.
    base = {week: here.without(week, add) for week in weeks}
    most = {week: here.best(week, incoming[week]) - base[week] for week in weeks}
    if not any(gain > 1e-9 for gain in most.values()):
        return []
    used = {week: here.starters(week, incoming[week]) for week in weeks}
    later = _Later(here, add, range(weeks.stop, len(here.base)))
    found = []
    for drop in (None, *droppable(view, here.at.active)):
        if not accepts(here.caps, view.players, here.at, add_id, drop):
            continue
        leaving = view.player(drop)
        if 0 in weeks and claim is not None and leaving is not None and leaving.locked(claim):
            continue
        promised = tuple(
            most[week] if drop not in used[week] else here.best(week, incoming[week], drop) - base[week]
            for week in weeks
        )
        bench = _bench(here, add) - (_bench(here, leaving) if leaving is not None else 0.0)
        found.append(
            Move(add_id, drop, tuple(here.weeks[week] for week in weeks), promised, later(drop), bench)
        )

    def order(move: Move) -> tuple[float, float, str]:
        left = sum(view.players[move.drop].ahead) if move.drop is not None else -1.0
        return -round(move.worth, 6), left, move.drop or ""

    return sorted(found, key=order)


class _Later:
    """What a move costs the best line-ups after its horizon, when the wire's players can fill in."""

    def __init__(self, here: Wire, add: PlayerWeek, weeks: range) -> None:
        self._weeks = weeks
        self._here = here
        self._pool = {
            week: [
                one
                for one in (*here.held[week].values(), *here.fill_ins.values(), candidate(add, week))
                if one.positions.isdisjoint(STREAMED)
            ]
            for week in weeks
        }
        # Only who starts in the best line-up is missed; without the add as good as with him counts as no loss.
        self._used = {week: best_starters(here.slots[week], pool) for week, pool in self._pool.items()}
        self._base = {
            week: best_points(here.slots[week], [one for one in pool if one.player_id != add.player_id])
            for week, pool in self._pool.items()
        }

    def __call__(self, drop: str | None) -> float:
        lost = 0.0
        for week in self._weeks:
            if drop is not None and drop in self._used[week]:
                rest = [one for one in self._pool[week] if one.player_id != drop]
                lost += min(0.0, best_points(self._here.slots[week], rest) - self._base[week])
        return lost


def _wanted(here: Wire, add: PlayerWeek) -> bool:
    """False for who is out or seems to be, and for a kicker while the roster has one who plays."""
    if (add.availability.is_dead and not add.on_bye) or _unaccounted(here.view, add):
        return False
    if add.group != "K":
        return True
    week = starts_with(here.view, add)
    kickers = [p for p in map(here.view.player, here.at.active) if p is not None and p.group == "K"]
    return not any(
        points(kicker, week) > 0 if week else not kicker.availability.is_dead for kicker in kickers
    )


def _unaccounted(view: LeagueView, add: PlayerWeek) -> bool:
    """True when no source projects him and he has missed games, for a reason no report gives."""
    if add.group in STREAMED or add.projection.basis not in (Basis.AVERAGE, Basis.NONE):
        return False
    return len(add.past) < view.week - 1 - _MISSED


def after(here: Wire, roster: RosterWeek, move: Move) -> Wire:
    """The same once the move is made."""
    at = here.at
    active = (*(player for player in at.active if player != move.drop), move.add)
    stash = tuple(player for player in at.stash if player != move.drop)
    return _wire(
        here.view,
        roster,
        Standing(active, at.aside, stash=stash, room=here.caps.active - len(active) + len(stash)),
    )


def rivals(view: LeagueView) -> list[Wire]:
    """The other rosters that hold anyone, as they stand."""
    found = []
    for roster in view.rosters.values():
        if roster.roster_id != view.my_roster_id and roster.players:
            aside = (*roster.reserve, *roster.taxi)
            active = tuple(player for player in roster.players if player not in aside)
            found.append(_wire(view, roster, Standing(active, aside)))
    return found


def helps(there: Wire, add_id: str) -> bool:
    """Whether a roster's best line-ups would gain a point a week or more by the add, drops left aside."""
    add = there.view.players[add_id]
    weeks = horizon(there, add)
    gains = [there.best(week, candidate(add, week)) - there.base[week] for week in weeks]
    return bool(gains) and sum(gains) / len(gains) >= NOISE


def most_alike(view: LeagueView, lost: PlayerWeek) -> str | None:
    """The free agent at his position who plays most like him, by the cosine of their profiles; none unknown."""
    if lost.profile is None:
        return None
    alike = [
        (sum(a * b for a, b in zip(lost.profile, other.profile, strict=True)), other.player_id)
        for other in map(view.player, view.free_agents)
        if other is not None
        and other.profile is not None
        and len(other.profile) == len(lost.profile)
        and other.group == lost.group
        and not other.availability.is_dead
    ]
    best = max(alike, default=None)
    return best[1] if best is not None and best[0] > 0 else None
