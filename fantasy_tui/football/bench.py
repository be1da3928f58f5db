"""The trade bench: any offer between two teams weighed, and offers near it that are easier to agree on."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, zip_longest

from .odds import confidence
from .picks import NO_EXTRAS, Extras
from .trade import Deal, Side, evaluate, probability
from .trade_values import Ledger, ledger
from .trust import lowered
from .view import LeagueView

MOST_TRIED = 300
"""Offers that are weighed at most to find counters."""
STEPS, WIDTH = 2, 3
"""How far a counter may be from the offer, and from how many of the best of a step the next one is taken."""
COST = 2.0
"""Points, all weeks together, that a counter may always promise less to my line-ups."""
_ALL_WEEKS = 99
_GUILLOTINE = 3
_OVER = {
    "pre_draft": "The draft has not been held.",
    "drafting": "The draft is on.",
    "complete": "The season is over.",
}
Stop = Callable[[], bool]
Beside = tuple[Extras, Extras]
"""What I give beside players, and what the partner does."""
_NOTHING: Beside = (NO_EXTRAS, NO_EXTRAS)


@dataclass(frozen=True, slots=True)
class BenchSide:
    """One team's end of an offer; points are of its best line-ups."""

    roster_id: int
    team_name: str
    gives: tuple[str, ...]
    gets: tuple[str, ...]
    drops: tuple[str, ...]
    """Who must go to make room."""
    by_week: tuple[float, ...]
    """Promised change in each week."""
    total: float
    """Promised over all weeks."""
    gain: float
    """What is expected to come true of it."""
    extras: Extras = NO_EXTRAS
    """Picks and dollars it gives, which are not counted."""

    @property
    def gives_nothing(self) -> bool:
        """True while the team gives nobody and nothing."""
        return not (self.gives or self.extras)


@dataclass(frozen=True, slots=True)
class Bench:
    """An offer, weighed."""

    partner: int
    weeks: tuple[int, ...]
    mine: BenchSide
    theirs: BenchSide
    chance: float | None
    """That my line-ups score at least as much over those weeks, 0 to 1; none before anything is offered."""
    acceptance: float | None
    """An estimate of the chance that they accept, with no measurement behind it."""
    market: float
    """Points a week above replacement that they get beyond what they give."""
    problem: str | None
    """Why it cannot be done, a sentence; none where nothing stands against it."""
    lacks: tuple[str, ...]
    as_of: datetime | None
    """When the oldest of the sources was last confirmed."""


def trading_closed(view: LeagueView) -> str | None:
    """Why teams cannot trade in the view's week, a sentence; its deadline's week is the last one."""
    if view.status in _OVER:
        return _OVER[view.status]
    if view.settings.get("disable_trades") or view.settings.get("type") == _GUILLOTINE:
        return "There are no trades in this league."
    last = last_trading_week(view)
    if last is not None and view.week > last:
        return f"The trade deadline was week {last}."
    return None


def last_trading_week(view: LeagueView) -> int | None:
    """The week of the league's trade deadline; none where it has none."""
    last = view.settings.get("trade_deadline")
    return last if isinstance(last, int) and last not in (0, _ALL_WEEKS) else None


def bench(
    view: LeagueView,
    partner: int,
    give: Collection[str],
    get: Collection[str],
    *,
    book: Ledger | None = None,
    beside: Beside = _NOTHING,
) -> Bench:
    """Weigh what I give to a partner and get from him; an offer that cannot be made says why in `problem`.

    `book` saves making the ledger again; what is `beside` the players is not counted. Raises ValueError without two
    different teams of the league.
    """
    if view.mine is None or partner not in view.rosters or partner == view.my_roster_id:
        raise ValueError("A trade needs two different teams of the league.")
    book = book if book is not None else ledger(view)
    mine, theirs = view.mine.players, view.rosters[partner].players
    # Who has left a team since is left out of the arithmetic and named.
    gone = [p for p in give if p not in mine] + [p for p in get if p not in theirs]
    deal = evaluate(view, [p for p in give if p in mine], [p for p in get if p in theirs], partner, book=book)
    return _bench(view, book, deal, beside, gone)


def _bench(
    view: LeagueView, book: Ledger, deal: Deal, beside: Beside = _NOTHING, gone: Collection[str] = ()
) -> Bench:
    offered = bool(deal.mine.gives or deal.mine.gets)
    chance = confidence(lowered(view, probability(book, deal.mine))) / 100 if offered and deal.weeks else None
    return Bench(
        partner=deal.partner,
        weeks=deal.weeks,
        mine=_side(view, deal.mine, beside[0]),
        theirs=_side(view, deal.theirs, beside[1]),
        chance=chance,
        acceptance=deal.acceptance if offered and deal.weeks else None,
        market=deal.market,
        problem=_problem(view, deal, beside, gone),
        lacks=_lacks(view, book, deal, beside),
        as_of=view.as_of,
    )


def _side(view: LeagueView, side: Side, extras: Extras) -> BenchSide:
    return BenchSide(
        roster_id=side.roster_id,
        team_name=view.rosters[side.roster_id].team_name,
        gives=side.gives,
        gets=side.gets,
        drops=side.drops,
        by_week=side.by_week,
        total=side.promised,
        gain=side.gain,
        extras=extras,
    )


def _problem(view: LeagueView, deal: Deal, beside: Beside, gone: Collection[str]) -> str | None:
    if gone:
        return f"No longer on the team that should give him: {_names(view, gone)}."
    if not (deal.mine.gives or deal.mine.gets or any(beside)):
        return "Nothing is offered yet: choose a player of either team."
    if view.rosters[deal.partner].owner_id is None:
        return "That team has no manager to answer."
    return trading_closed(view) or deal.problem


def _lacks(view: LeagueView, book: Ledger, deal: Deal, beside: Beside) -> tuple[str, ...]:
    found = []
    if not deal.weeks:
        found.append("No week is left of which anything is known: nothing can be weighed.")
    unknown = [p for p in (*deal.mine.gives, *deal.mine.gets) if p not in book.candidates]
    if unknown:
        found.append(f"Not weighed: {_names(view, unknown)}.")
    uncounted = [
        what
        for what, given in (
            ("draft picks", any(extras.picks for extras in beside)),
            ("FAAB dollars", any(extras.faab for extras in beside)),
        )
        if given
    ]
    if uncounted:
        found.append(f"Not counted: {' and '.join(uncounted)}. No measured worth of them is known.")
    if view.keeps_players:
        found.append("Only this season is weighed, not what players are worth in later ones.")
    return tuple(found)


def _names(view: LeagueView, players: Collection[str]) -> str:
    return ", ".join(view.players[p].name if p in view.players else p for p in players)


def counters(
    view: LeagueView,
    partner: int,
    give: Collection[str],
    get: Collection[str],
    *,
    limit: int = 5,
    stop: Stop = lambda: False,
    book: Ledger | None = None,
    beside: Beside = _NOTHING,
) -> list[Bench]:
    """Offers one or two steps away that are likelier to be accepted and cost me little, the likeliest to pay first.

    A step swaps, adds or takes out one player on either side. Theirs must be promised more than in the offer; mine
    keep half of what the offer promised them, or lose at most `COST`, and never end below no trade. Ranked by what
    my line-ups are expected to gain times the chance to be accepted. At most `MOST_TRIED` are weighed; `stop` is
    asked before each. What is `beside` the players stays as it is.
    """
    book = book if book is not None else ledger(view)
    offer = evaluate(view, give, get, partner, book=book)
    floor = max(0.0, min(offer.mine.promised / 2, offer.mine.promised - COST))
    left = MOST_TRIED
    seen = {(offer.mine.gives, offer.mine.gets)}
    found: list[Deal] = []
    frontier = [offer]
    for _ in range(STEPS):
        nearby: list[Deal] = []
        for gives, gets in chain.from_iterable(_steps(book, deal) for deal in frontier):
            key = tuple(sorted(gives)), tuple(sorted(gets))
            if key in seen:
                continue
            if left == 0 or stop():
                break
            seen.add(key)
            left -= 1
            deal = evaluate(view, gives, gets, partner, book=book)
            better = deal.theirs.promised > offer.theirs.promised and deal.mine.promised >= floor
            if deal.problem is None and better:
                nearby.append(deal)
        nearby.sort(key=_rank)
        found += [deal for deal in nearby if deal.acceptance > offer.acceptance]
        frontier = nearby[:WIDTH]
    return [_bench(view, book, deal, beside) for deal in _distinct(book, found, limit)]


def _rank(deal: Deal) -> tuple[float, float, tuple[str, ...], tuple[str, ...]]:
    return -deal.score, -deal.theirs.promised, deal.mine.gives, deal.mine.gets


def _distinct(book: Ledger, found: Collection[Deal], limit: int) -> list[Deal]:
    """The best ones; one that only adds players to a listed one, or leaves some out, is not listed beside it.

    Players worth no more than a replacement make no difference.
    """
    kept: list[tuple[Deal, set[str]]] = []
    for deal in sorted(found, key=_rank):
        players = {p for p in (*deal.mine.gives, *deal.mine.gets) if book.worth(p) > 0}
        if len(kept) < limit and not any(players <= other or other <= players for _, other in kept):
            kept.append((deal, players))
    return [deal for deal, _ in kept]


def _steps(book: Ledger, offer: Deal) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
    """Offers one step away, those of the most valuable players first; both sides by turns."""
    give, get = frozenset(offer.mine.gives), frozenset(offer.mine.gets)
    me, them = book.team(offer.mine.roster_id), book.team(offer.partner)
    mine = ((near, get) for near in _near(book, give, me.offered))
    theirs = ((give, near) for near in _near(book, get, them.offered))
    for pair in zip_longest(mine, theirs):
        yield from (step for step in pair if step is not None)


def _near(book: Ledger, chosen: frozenset[str], offered: Collection[str]) -> list[frozenset[str]]:
    others = sorted((p for p in offered if p not in chosen), key=lambda p: (-book.worth(p), p))
    fewer = [chosen - {p} for p in sorted(chosen)] if len(chosen) > 1 else []
    swaps = [chosen - {p} | {other} for other in others for p in sorted(chosen)]
    return [*fewer, *swaps, *(chosen | {other} for other in others)]


def deals(view: LeagueView, partner: int, *, limit: int = 5, book: Ledger | None = None) -> list[Bench]:
    """The best deals with one partner, by what they are expected to bring; see `trade_search.find`."""
    from .trade_search import find  # imports numpy

    if trading_closed(view) is not None:
        return []
    book = book if book is not None else ledger(view)
    found = find(view, book=book, partners=(partner,))
    return [_bench(view, book, deal) for deal in _distinct(book, found, limit)]
