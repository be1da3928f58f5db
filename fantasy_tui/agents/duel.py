"""A week's matchup as one agent weighs it: my line-up as it stands and could be, theirs as it will probably be."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fantasy_tui.agents import explain
from fantasy_tui.football.matchup import Side, likely_lineup, margin, side, win_probability
from fantasy_tui.football.odds import (
    ACT_PROBABILITY,
    TOSS_UP_PROBABILITY,
    Difference,
    confidence,
    probability_at_least,
    weakened,
)
from fantasy_tui.football.plan import Plan, available, suggest
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.slots import fits
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek

# A gamble must move the chance to win by half a point of a hundred to be worth telling.
_LEAST_MOVE = 0.005


@dataclass(frozen=True, slots=True)
class Duel:
    """Both line-ups; chances are those that may be shown: closer to even where inputs are old or missing."""

    view: LeagueView
    me: RosterWeek
    opponent: RosterWeek
    plan: Plan
    their_lineup: tuple[str | None, ...]
    mine: Side
    best: Side
    theirs: Side
    guessed: bool
    """True when somebody plays of whom nothing is known to expect."""

    @property
    def margin(self) -> Difference:
        """My points less theirs, with the line-up as it stands."""
        return margin(self.mine, self.theirs)

    def chance(self, mine: Side | None = None, theirs: Side | None = None) -> float:
        """The chance (0 to 1) to win, with other line-ups than those of the duel where given."""
        probability = explain.lowered(self.view, win_probability(mine or self.mine, theirs or self.theirs))
        return weakened(probability) if self.guessed else probability

    def swapped(self, lineup: Sequence[str | None], start: str, sit: str | None) -> float:
        """The chance to win with one player for another; who takes which slot does not matter to it."""
        players = [*(player for player in lineup if player is None or player != sit), start]
        return self.chance(side(self.view, players))

    @property
    def lineups(self) -> tuple[tuple[str | None, ...], tuple[str | None, ...]]:
        """Mine as it stands, and theirs."""
        return self.plan.current, self.their_lineup

    @property
    def players(self) -> list[PlayerWeek]:
        """Everybody in either line-up, or who could come into mine."""
        return known(self.view, (*self.plan.current, *self.plan.suggested, *self.their_lineup))

    @property
    def next_kickoff(self) -> datetime | None:
        """The first kickoff among them that is still ahead; none once all have begun."""
        kickoffs = (p.kickoff for p in self.players)
        return min((kickoff for kickoff in kickoffs if kickoff and kickoff > self.view.now), default=None)


def find_duel(view: LeagueView) -> Duel | None:
    """The user's matchup this week; none without a team or an opponent."""
    me = view.mine
    opponent = view.opponent_of(me.roster_id) if me is not None else None
    if me is None or opponent is None or not view.slots:
        return None
    me, opponent = seated(view, me), seated(view, opponent)
    if view.is_best_ball:
        me = replace(me, starters=likely_lineup(view, me))
    plan = suggest(view, me)
    theirs = likely_lineup(view, opponent)
    playing = [p for p in known(view, (*plan.current, *theirs)) if not p.availability.is_dead]
    return Duel(
        view=view,
        me=me,
        opponent=opponent,
        plan=plan,
        their_lineup=theirs,
        mine=side(view, plan.current),
        best=side(view, plan.suggested),
        theirs=side(view, theirs),
        guessed=any(p.projection.basis is Basis.NONE for p in playing),
    )


def seated(view: LeagueView, roster: RosterWeek) -> RosterWeek:
    """The roster with as many starters as there are slots, whatever the source says."""
    padded = (*roster.starters, *([None] * len(view.slots)))[: len(view.slots)]
    return replace(roster, starters=padded)


def known(view: LeagueView, players: Iterable[str | None]) -> list[PlayerWeek]:
    """Those of the players something is known about, each once."""
    return [player for player in map(view.player, dict.fromkeys(players)) if player is not None]


def in_hundred(chance: float) -> int:
    """A chance as it is shown, 3 to 97."""
    return round(confidence(chance, dead_starter=True))


@dataclass(frozen=True, slots=True)
class Gamble:
    """A toss-up by points that raises the chance to win by its wider spread."""

    start: PlayerWeek
    sit: PlayerWeek
    chance: float


def gamble(duel: Duel) -> Gamble | None:
    """For an underdog, the gamble on top of the best line-up that raises the chance to win most."""
    view, lineup = duel.view, duel.plan.suggested
    best = duel.chance(duel.best)
    if best >= 0.5 or view.is_best_ball:
        return None
    best += _LEAST_MOVE
    bench = [p for p in available(view, duel.me) if p.player_id not in lineup]
    found = None
    for index, (slot, starter) in enumerate(zip(view.slots, map(view.player, lineup), strict=True)):
        if starter is None or index in duel.plan.locked or starter.availability.is_dead:
            continue
        for other in bench:
            if not fits(slot, other.positions):
                continue
            ahead = probability_at_least([other.outlook()], [starter.outlook()])
            if not TOSS_UP_PROBABILITY <= ahead < ACT_PROBABILITY:
                continue
            after = duel.swapped(lineup, other.player_id, starter.player_id)
            if after >= best:
                best, found = after, Gamble(other, starter, after)
    return found
