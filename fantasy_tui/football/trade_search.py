"""Every deal of one or two players for one or two, with every other team of the league."""

from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from itertools import islice

import numpy as np

from .calibration import CALIBRATION
from .lineup_batch import Arrivals, Ints, Layout, Squad, Totals, layout
from .trade import ACCEPTED_BETWEEN, Deal, evaluate, score, willingness
from .trade_values import Ledger, Team, ledger
from .view import LeagueView

LEAST_A_WEEK = 1.0
"""Promised points a week below which a deal is not worth an offer."""
TOLERANCE_A_WEEK = 0.1
"""Promised points a week that a partner may lose and still be asked."""
KEEP = 20
"""Deals with each partner that are judged in full."""
# What the league's position limits forbid is passed over, up to so many times as many deals.
_LOOKED_AT = 10
_ROUNDING, _SINGLE_PRECISION = 1e-9, 1e-3


def find(
    view: LeagueView,
    *,
    least: float = LEAST_A_WEEK,
    tolerance: float = TOLERANCE_A_WEEK,
    keep: int = KEEP,
    book: Ledger | None = None,
    partners: Collection[int] | None = None,
    on_progress: Callable[[float], None] | None = None,
) -> list[Deal]:
    """The best deals of my roster, the best first by `Deal.score`; at most `keep` with each partner.

    All 1-1, 2-2, 2-1 and 1-2 deals of active players are searched; left out are only those whose newcomers
    would not lift my line-ups by enough even if they came for nothing. Both sides' line-ups are the exact
    best of every week, forced drops included, and what is returned has been judged again by `evaluate`. Only
    where a layout and its players of several positions have more than 256 bases does the search itself count
    those players at one position. Mine must be promised at least `least` points a week and the partner lose
    at most `tolerance`. Teams without a manager are not asked; `partners` are the rosters to ask (none: all).
    Takes a fraction of a second, up to seconds for 30-man superflex rosters; `on_progress` is told the share that
    is done after each partner.
    """
    book = book if book is not None else ledger(view)
    if view.mine is None or not book.weeks or not book.slots:
        return []
    asked = [
        r
        for r in view.rosters.values()
        if r.roster_id != view.my_roster_id
        and r.owner_id is not None
        and (partners is None or r.roster_id in partners)
    ]
    teams = [book.team(roster.roster_id) for roster in (view.mine, *asked)]
    shape = layout(book.slots, [[view.players[p].positions for p in team.players] for team in teams])
    me = _Desk(shape, teams[0])
    found: list[Deal] = []
    for done, team in enumerate(teams[1:], 1):
        good = 0
        for give, get in islice(_best(me, _Desk(shape, team), least, tolerance), _LOOKED_AT * keep):
            deal = evaluate(view, give, get, team.roster.roster_id, book=book)
            if deal.problem is None and _good_enough(deal, least, tolerance):
                found.append(deal)
                good += 1
            if good == keep:
                break
        if on_progress is not None:
            on_progress(done / len(asked))
    return sorted(found, key=lambda deal: (-deal.score, deal.partner, deal.mine.gives, deal.mine.gets))


def _good_enough(deal: Deal, least: float, tolerance: float) -> bool:
    weeks = len(deal.weeks)
    return (
        deal.mine.promised >= least * weeks - _ROUNDING
        and deal.theirs.promised >= -tolerance * weeks - _ROUNDING
    )


class _Desk:
    """A team ready for the search."""

    def __init__(self, shape: Layout, team: Team) -> None:
        book = team.ledger
        apart = [p for p in team.players if p not in team.offered]
        everyone = [*team.offered, *apart]
        self.team = team
        self.names = team.offered
        values = np.array([book.expected(p) for p in everyone]).reshape(len(everyone), len(book.weeks))
        kinds = [shape.kind(book.view.players[p].positions) for p in everyone]
        self.squad = Squad(shape, kinds, values, len(self.names))

    @cached_property
    def worth(self) -> Totals:
        """What each set of players is worth on the market, as `Ledger.package` says."""
        one, two = self.squad.pairs
        names, package = self.names, self.team.ledger.package
        pairs = [package((names[i], names[j])) for i, j in zip(one.tolist(), two.tolist(), strict=True)]
        return np.array([*(package((name,)) for name in names), *pairs])

    def players(self, chosen: int) -> tuple[str, ...]:
        """The names of a set."""
        if chosen < len(self.names):
            return (self.names[chosen],)
        one, two = (side[chosen - len(self.names)] for side in self.squad.pairs)
        return self.names[one], self.names[two]

    def gains(self, arrivals: Arrivals, give: Ints, get: Ints, others: int, bar: float) -> Totals:
        """Promised points of each exchange of sets, drops made; `others` is the partner's number of players.

        Exact from `bar` up: an exchange that is below it even before a drop is not looked at again.
        """
        points = arrivals.totals(give + 1, get) - self.squad.whole
        if not self.team.room:
            crammed = np.flatnonzero((give < len(self.names)) & (get >= others) & (points >= bar))
            points[crammed] = -np.inf
            for drop in range(len(self.names)):
                at = crammed[give[crammed] != drop]
                variant = self.squad.pair_variant[give[at], drop]
                points[at] = np.maximum(points[at], arrivals.totals(variant, get[at]) - self.squad.whole)
        return points


def _best(
    me: _Desk, them: _Desk, least: float, tolerance: float
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The exchanges with one partner, the most promising first, as what I give and what I get."""
    if not me.names or not them.names:
        return
    weeks = me.squad.weeks
    to_me, to_them = Arrivals(me.squad, them.squad.parcels), Arrivals(them.squad, me.squad.parcels)
    enough, bearable = least * weeks - _SINGLE_PRECISION, -tolerance * weeks - _SINGLE_PRECISION
    wanted = np.arange(len(them.worth))
    # No exchange reaches more than the newcomers would beside everybody who is there.
    gifts = to_me.totals(np.zeros_like(wanted), wanted) - me.squad.whole
    wanted = wanted[gifts >= enough]
    give, get = (side.ravel() for side in np.meshgrid(np.arange(len(me.worth)), wanted, indexing="ij"))
    mine = me.gains(to_me, give, get, len(them.names), enough)
    good = np.flatnonzero(mine >= enough)
    give, get, mine = give[good], get[good], mine[good]
    theirs = them.gains(to_them, get, give, len(me.names), bearable)
    good = np.flatnonzero(theirs >= bearable)
    give, get, mine, theirs = give[good], get[good], mine[good], theirs[good]
    slope = CALIBRATION.slopes["trade"]
    trades = me.team.ledger.view.trades.get(them.team.roster.roster_id, 0)
    odds = willingness(theirs * slope / weeks, me.worth[give] - them.worth[get], trades)
    accepted = np.clip(1 / (1 + np.exp(-odds)), *ACCEPTED_BETWEEN)
    players = 2 + (give >= len(me.names)).astype(np.intp) + (get >= len(them.names))
    ranks = score(mine * slope, accepted, players)
    for index in np.lexsort((get, give, -ranks)):
        yield me.players(int(give[index])), them.players(int(get[index]))
