"""A roster by position: who starts, where it is thin, and which weeks of byes it cannot fill."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from statistics import fmean

from .lineup import Candidate, best_lineup, best_starters
from .projection import Basis
from .slots import ELIGIBLE
from .view import LeagueView, PlayerWeek, RosterWeek, Source
from .waiver import points, weeks_known

SURPLUS = 2
"""So many useful players more than are needed are a surplus."""
Schedule = Mapping[int, frozenset[str]]
"""Week to the NFL teams that play in it."""


@dataclass(frozen=True, slots=True)
class DepthPlayer:
    """A player on the roster."""

    player_id: str
    name: str
    nfl_team: str | None
    injury: str | None
    a_week: float | None
    """Mean expected league points of the weeks to come, byes included; none where nothing is known to expect."""
    starts: bool
    """In the line-up as it is set."""
    weeks_started: int
    """Of the weeks to come, those in whose best line-up he is."""
    place: str
    """active, reserve or taxi."""
    bye: int | None
    """The week of his team's bye; none once it is over, or not known."""


@dataclass(frozen=True, slots=True)
class PositionDepth:
    """A position's players, the best first."""

    position: str
    players: tuple[DepthPlayer, ...]
    used: float
    """How many of them the best line-ups start in a week, on average."""
    needed: int
    """Those, rounded, and at least as many as slots take nobody else."""
    useful: int
    """Players who are expected to score more than what can always be had: the second best free agent there."""

    @property
    def spare(self) -> int:
        """Useful players beyond the needed; negative where there are too few."""
        return self.useful - self.needed

    @property
    def state(self) -> str:
        """thin, enough or surplus."""
        return "thin" if self.spare < 0 else "surplus" if self.spare >= SURPLUS else "enough"


@dataclass(frozen=True, slots=True)
class ByeWeek:
    """What byes do to the line-up of one week."""

    week: int
    out: Mapping[str, tuple[str, ...]]
    """Position to the names of usual starters on bye."""
    empty: tuple[str, ...]
    """Slots that nobody on the roster can fill with points."""
    points: float | None
    """What the best line-up is expected to score; none where nothing is known to expect."""
    lost: float | None
    """How much more it would be without the byes."""
    scheduled: bool
    """False where the week's games are not known."""


@dataclass(frozen=True, slots=True)
class RosterDepth:
    """A roster over the weeks to come."""

    league_id: str
    name: str
    week: int
    roster_id: int
    team_name: str
    mine: bool
    slots: tuple[str, ...]
    positions: tuple[PositionDepth, ...]
    """In the order of the slots."""
    byes: tuple[ByeWeek, ...]
    """This week and those ahead of which anything is known."""
    sources: tuple[Source, ...]


def depth(view: LeagueView, roster: RosterWeek, schedule: Schedule) -> RosterDepth:
    """The roster by position and by week; players on taxi count nowhere, those on reserve from next week on."""
    weeks = weeks_known(view)
    players = [
        p for p in map(view.player, roster.players) if p is not None and p.player_id not in roster.taxi
    ]
    started = [_best(view, roster, players, number) for number in range(len(weeks))]
    usual = _usual_starters(view, players)
    return RosterDepth(
        league_id=view.league_id,
        name=view.name,
        week=view.week,
        roster_id=roster.roster_id,
        team_name=roster.team_name,
        mine=roster.roster_id == view.my_roster_id,
        slots=view.slots,
        positions=tuple(
            _position(view, roster, position, started, schedule) for position in _positions(view.slots)
        ),
        byes=tuple(
            _bye_week(view, roster, players, usual, number, schedule.get(week, frozenset()))
            for number, week in enumerate(weeks)
        ),
        sources=view.sources,
    )


def _positions(slots: Collection[str]) -> list[str]:
    """The positions that may start, those with a slot of their own first, in the slots' order."""
    ordered = sorted(slots, key=lambda slot: len(ELIGIBLE.get(slot, ())))
    own = [slot for slot in slots if len(ELIGIBLE.get(slot, ())) == 1]
    shared = [position for slot in ordered for position in sorted(ELIGIBLE.get(slot, ()))]
    return list(dict.fromkeys((*own, *shared)))


def _expected(roster: RosterWeek, player: PlayerWeek, number: int) -> float:
    """Points to expect of him in the n-th week from the view's on; who is on reserve does not play this week."""
    if number == 0 and player.player_id in roster.reserve:
        return 0.0
    return max(0.0, points(player, number))


def _best(
    view: LeagueView, roster: RosterWeek, players: Collection[PlayerWeek], number: int
) -> frozenset[str]:
    """Who is in a week's best line-up and expected to score."""
    values = {p.player_id: _expected(roster, p, number) for p in players}
    able = [Candidate(p.player_id, p.positions, values[p.player_id]) for p in players if values[p.player_id]]
    return best_starters(view.slots, able)


def _rate(player: PlayerWeek) -> float:
    """What he is expected to score in a week in which he plays."""
    plays = [value for value in (player.expected, *player.ahead) if value > 0]
    return fmean(plays) if plays else 0.0


def _usual_starters(view: LeagueView, players: Collection[PlayerWeek]) -> frozenset[str]:
    rates = {p.player_id: _rate(p) for p in players}
    return best_starters(
        view.slots,
        [Candidate(p.player_id, p.positions, rates[p.player_id]) for p in players if rates[p.player_id]],
    )


def _position(
    view: LeagueView,
    roster: RosterWeek,
    position: str,
    started: list[frozenset[str]],
    schedule: Schedule,
) -> PositionDepth:
    members = [p for p in map(view.player, roster.players) if p is not None and p.group == position]
    rows = [_row(view, roster, player, started, schedule) for player in members]
    ids = {p.player_id for p in members}
    used = fmean(len(ids & week) for week in started) if started else 0.0
    level = _wire_level(view, position)
    useful = sum(row.place != "taxi" and row.a_week is not None and row.a_week > level for row in rows)
    own_slots = Counter(view.slots)[position]
    return PositionDepth(
        position=position,
        players=tuple(sorted(rows, key=lambda row: (-(row.a_week or 0.0), row.name, row.player_id))),
        used=used,
        needed=max(own_slots, round(used)),
        useful=useful,
    )


def _row(
    view: LeagueView,
    roster: RosterWeek,
    player: PlayerWeek,
    started: list[frozenset[str]],
    schedule: Schedule,
) -> DepthPlayer:
    values = [max(0.0, points(player, number)) for number in range(len(started))]
    known = player.projection.basis is not Basis.NONE or any(values) or player.on_bye
    place = "reserve" if player.player_id in roster.reserve else "active"
    return DepthPlayer(
        player_id=player.player_id,
        name=player.name,
        nfl_team=player.team,
        injury=player.injury_status,
        a_week=fmean(values) if known and values else None,
        starts=player.player_id in roster.starters,
        weeks_started=sum(player.player_id in week for week in started),
        place="taxi" if player.player_id in roster.taxi else place,
        bye=next((w for w in sorted(schedule) if w >= view.week and _on_bye(player, schedule[w])), None),
    )


def _on_bye(player: PlayerWeek, playing: frozenset[str]) -> bool:
    return bool(playing) and player.team is not None and player.team not in playing


def _wire_level(view: LeagueView, position: str) -> float:
    """Mean points a week of the second best free agent at the position; 0 where there are fewer."""
    free = [p for p in map(view.player, view.free_agents) if p is not None and p.group == position]
    weeks = range(len(weeks_known(view)))
    means = sorted(fmean(max(0.0, points(p, number)) for number in weeks) for p in free)
    return means[-2] if len(means) > 1 else 0.0


def _bye_week(
    view: LeagueView,
    roster: RosterWeek,
    players: Collection[PlayerWeek],
    usual: Collection[str],
    number: int,
    playing: frozenset[str],
) -> ByeWeek:
    away = [p for p in players if _on_bye(p, playing)]
    values = {p.player_id: _expected(roster, p, number) for p in players}
    able = [Candidate(p.player_id, p.positions, values[p.player_id]) for p in players if values[p.player_id]]
    best = best_lineup(view.slots, able)
    rested = [Candidate(p.player_id, p.positions, _rate(p)) for p in away if _rate(p)]
    out: dict[str, list[str]] = {}
    for player in away:
        if player.player_id in usual:
            out.setdefault(player.group or "", []).append(player.name)
    return ByeWeek(
        week=weeks_known(view)[number],
        out={position: tuple(sorted(names)) for position, names in out.items()},
        empty=tuple(slot for slot, who in zip(view.slots, best.starters, strict=True) if who is None),
        points=best.points if able else None,
        lost=best_lineup(view.slots, [*able, *rested]).points - best.points if able else None,
        scheduled=bool(playing),
    )
