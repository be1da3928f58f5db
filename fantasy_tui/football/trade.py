"""One trade: what it does to both teams' line-ups week by week, and how sure that is."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from typing import Any

from .calibration import CALIBRATION
from .lineup import best_starters
from .odds import ACT_GAIN, NOTHING, Difference, Outlook, calibrated, difference, lasting, outlook
from .roster_rules import limits
from .trade_values import Ledger, Team, ledger
from .view import LeagueView

ACCEPTED_BETWEEN = (0.02, 0.75)
"""No estimate of what a person will answer is surer than that."""
LUCK_OF_THE_SEARCH = CALIBRATION.luck["trade"]
"""Points a week of a promise that come to nothing where the deal is the best of thousands that were tried. Of 799
offers found so (three recorded leagues, 2024, from weeks 2 to 9, eight weeks each) those promised 1 to 2 points a
week brought -0.1, 2 to 3 brought 0.7, 3 to 5 brought 1.1 and more than 5 brought 4.0."""
FOUND_CAME_TRUE = ((5.0, 73), (2.0, 58))
"""Promised points a week, at least, and in how many of 100 such offers of that sample came true (49 and 330)."""


@dataclass(frozen=True, slots=True)
class Side:
    """One team in a trade; points are of the best line-ups, parallel to the weeks."""

    roster_id: int
    gives: tuple[str, ...]
    gets: tuple[str, ...]
    drops: tuple[str, ...]
    """Players who must go to make room."""
    old: tuple[str, ...]
    """Players who can be started, without the trade; those on reserve among them, none on taxi."""
    new: tuple[str, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]

    @property
    def by_week(self) -> tuple[float, ...]:
        """League points that the line-up of each week is promised to gain."""
        return tuple(new - old for old, new in zip(self.before, self.after, strict=True))

    @property
    def promised(self) -> float:
        """The same, all weeks together."""
        return sum(self.after) - sum(self.before)

    @property
    def gain(self) -> float:
        """League points to expect: measured trades kept 0.68 of what they promised."""
        return self.promised * CALIBRATION.slopes["trade"]

    @property
    def gain_if_found(self) -> float:
        """The same where a search has chosen the deal for its promise: see `LUCK_OF_THE_SEARCH`."""
        lucky = min(max(0.0, self.promised), LUCK_OF_THE_SEARCH * len(self.before))
        return (self.promised - lucky) * CALIBRATION.slopes["trade"]


@dataclass(frozen=True, slots=True)
class Deal:
    """A trade between two teams, from the first one's point of view."""

    weeks: tuple[int, ...]
    mine: Side
    theirs: Side
    market: float
    """By how many points a week above replacement the partner gets more than he gives."""
    acceptance: float
    """An estimate of the chance that the partner accepts, 0 to 1: see `acceptance`."""
    problem: str | None = None
    """Why Sleeper would refuse it; none when nothing stands against it."""

    @property
    def partner(self) -> int:
        """The other team's roster."""
        return self.theirs.roster_id

    @property
    def promised_a_week(self) -> float:
        """League points a week that my line-ups are promised to gain."""
        return self.mine.promised / max(1, len(self.weeks))

    @property
    def score(self) -> float:
        """What deals are ranked by: see `score`."""
        return float(score(self.mine.gain, self.acceptance, len(self.mine.gives) + len(self.mine.gets)))


def score(gain: Any, accepted: Any, players: Any) -> Any:
    """Points to expect of an offer that may be refused; each player beyond two must be worth 3 % of it.

    Takes numbers, or arrays of them for many offers at once.
    """
    return gain * accepted * 0.97 ** (players - 2)


def willingness(gain: Any, market: Any, trades: int) -> Any:
    """Log-odds that a manager accepts: see `acceptance`. Takes numbers or arrays of them."""
    return -1.5 + 0.6 * gain + 0.4 * market + 0.15 * min(trades, 6)


def acceptance(gain: float, market: float, trades: int) -> float:
    """An estimate of the chance that a manager accepts a trade, with no measurement behind it.

    Sleeper shows no refused offers, so nothing could be fitted: the coefficients are assumptions. It rises
    with the points a week that his line-ups gain (shrunk), with the market value that he gets beyond what he
    gives (points a week above replacement), and with the trades he has made this season. Never part of a
    confidence.
    """
    low, high = ACCEPTED_BETWEEN
    return min(high, max(low, 1 / (1 + exp(-willingness(gain, market, trades)))))


def evaluate(
    view: LeagueView,
    give: Collection[str],
    get: Collection[str],
    partner: int,
    *,
    book: Ledger | None = None,
) -> Deal:
    """Judge a trade of my roster with another, of any size; `book` saves making the ledger again.

    Line-ups are exact in every week and for every layout. A team that gets more players than it has room for
    drops, one at a time, the one of its active players whom its line-ups miss least after the trade; of equals
    the one worth least.
    Raises ValueError when a player is not on the team that should give him or a team does not exist.
    """
    book = book if book is not None else ledger(view)
    if view.mine is None or partner not in view.rosters or partner == view.my_roster_id:
        raise ValueError("A trade needs two different teams of the league.")
    me, them = book.team(view.mine.roster_id), book.team(partner)
    give, get = tuple(sorted(set(give))), tuple(sorted(set(get)))
    for team, players in ((me, give), (them, get)):
        if missing := [p for p in players if p not in team.roster.players]:
            names = ", ".join(view.players[p].name if p in view.players else p for p in missing)
            raise ValueError(f"{team.roster.team_name} does not have {names}.")
    mine, theirs = _side(book, me, give, get), _side(book, them, get, give)
    market = book.package(give) - book.package(get)
    a_week = theirs.gain / max(1, len(book.weeks))
    return Deal(
        weeks=book.weeks,
        mine=mine,
        theirs=theirs,
        market=market,
        acceptance=acceptance(a_week, market, view.trades.get(partner, 0)),
        problem=_problem(view, mine) or _problem(view, theirs),
    )


def _side(book: Ledger, team: Team, gives: Sequence[str], gets: Sequence[str]) -> Side:
    roster = [p for p in team.players if p not in gives] + [p for p in gets if p in book.candidates]
    drops: list[str] = []
    for _ in range(len(gets) - len(team.active(gives)) - team.room):
        choice = [p for p in team.offered if p in roster]
        if not choice:
            break
        left = {one: sum(book.points(p for p in roster if p != one)) for one in choice}
        drop = max(choice, key=lambda one: (round(left[one], 6), -book.worth(one), -book.season[one], one))
        drops.append(drop)
        roster.remove(drop)
    return Side(
        roster_id=team.roster.roster_id,
        gives=tuple(gives),
        gets=tuple(gets),
        drops=tuple(drops),
        old=team.players,
        new=tuple(roster),
        before=team.points,
        after=book.points(roster),
    )


def _problem(view: LeagueView, side: Side) -> str | None:
    """A position of which the team would have more than the league allows."""
    roster = view.rosters[side.roster_id]
    gone = {*side.gives, *side.drops}
    was = Counter(player.group for player in map(view.player, roster.players) if player is not None)
    after = (*(p for p in roster.players if p not in gone), *side.gets)
    now = Counter(player.group for player in map(view.player, after) if player is not None)
    for position, cap in limits(view.slots, view.bench_slots, view.settings).positions.items():
        if now[position] > max(cap, was[position]):
            return f"{roster.team_name} would have {now[position]} {position}; the league allows {cap}."
    return None


def uncertainty(book: Ledger, side: Side, *, found: bool = False) -> Difference:
    """Points to expect of a side over all weeks, and their variance: that of the players who differ.

    What a projection misses of a player in one week it partly misses in all of them: see `odds.lasting`.
    """
    variance = 0.0
    deviations: dict[str, list[float]] = defaultdict(list)
    for index in range(len(book.weeks)):
        before, after = (_starters(book, players, index) for players in (side.old, side.new))
        joins, leaves = sorted(after - before), sorted(before - after)
        ins, outs = ([_outlook(book, p, index) for p in players] for players in (joins, leaves))
        variance += difference(ins, outs).variance
        for sign, players, looks in ((1, joins, ins), (-1, leaves, outs)):
            for player, look in zip(players, looks, strict=True):
                deviations[player].append(sign * sqrt(look.spread))
    return Difference(
        side.gain_if_found if found else side.gain, max(0.0, variance + lasting(deviations.values()))
    )


def probability(book: Ledger, side: Side, *, found: bool = False) -> float:
    """The chance (0 to 1) that a side's line-ups score at least as much over all weeks as without the trade.

    `found` says that a search has chosen the deal for what it promises.
    """
    return calibrated(uncertainty(book, side, found=found).z, "trade")


def _starters(book: Ledger, players: Iterable[str], index: int) -> frozenset[str]:
    return best_starters(book.slots, [book.candidates[p][index] for p in players])


def _outlook(book: Ledger, player_id: str, index: int) -> Outlook:
    player, points = book.view.players[player_id], book.candidates[player_id][index].points
    if points <= 0:
        return NOTHING
    if book.weeks[index] == book.view.week:
        return player.outlook()
    # Whom they play then is not known here; team-mates rise and fall together all the same.
    return outlook(player.group, points, team=player.team)


def counter(view: LeagueView, offer: Deal, *, book: Ledger | None = None) -> Deal | None:
    """The nearest deal that is easier to agree on: one player swapped, added or taken out on either side.

    One that is better for both comes first; else one that leaves mine worth half a point or more, costs the
    partner's line-ups nothing and is likelier to be accepted. None when there is no such deal.
    """
    book = book if book is not None else ledger(view)
    me, them = book.team(offer.mine.roster_id), book.team(offer.partner)
    give, get = frozenset(offer.mine.gives), frozenset(offer.mine.gets)
    nearby = {(near, get) for near in _neighbours(give, me.offered)}
    nearby |= {(give, near) for near in _neighbours(get, them.offered)}
    best: tuple[bool, float, tuple[str, ...], tuple[str, ...]] | None = None
    found: Deal | None = None
    for gives, gets in nearby:
        deal = evaluate(view, gives, gets, offer.partner, book=book)
        if deal.problem is not None or deal.mine.gain < ACT_GAIN or deal.theirs.promised < 0:
            continue
        for_both = deal.mine.promised > offer.mine.promised and deal.theirs.promised > offer.theirs.promised
        if not for_both and deal.acceptance <= offer.acceptance:
            continue
        key = (for_both, deal.score, deal.mine.gives, deal.mine.gets)
        if best is None or key > best:
            best, found = key, deal
    return found


def _neighbours(chosen: frozenset[str], offered: Sequence[str]) -> set[frozenset[str]]:
    others = [p for p in offered if p not in chosen]
    fewer = {chosen - {p} for p in chosen} if len(chosen) > 1 else set()
    return fewer | {chosen | {p} for p in others} | {chosen - {p} | {o} for p in chosen for o in others}
