"""What to bid for a free agent, from the league's own bids and what everybody has left to spend."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .view import Bid

ENOUGH_BIDS = 5
"""Fewer bids at a position say nothing about it; then those at all positions speak."""
PERCENTILE = 0.8
"""No bid above what so many of the league's winning bids stayed below."""
UNKNOWN_RIVALS = 0.5
"""Other bids for a player, until the league has a history: 73 of 100 winning claims drew no second bid
(1,277 claims of seven leagues), and where one did, two bidders stand for 27 x 2 / (73 + 27 x 2) = 0.43."""
POINTS_A_CLAIM = 3.1
"""Points that the best free agent of an ordinary week brings: he promises 1.36 a week on average
(measured); spread as an exponential, 0.78 of it comes true by `waiver.delivered`, in each of four weeks."""
_NO_RIVAL_BELOW = 0.5


@dataclass(frozen=True, slots=True)
class Rivalry:
    """How contested a claim is expected to be."""

    expected: float
    """Rival bids."""
    helped: int
    """Rivals whose best line-up the player would improve."""
    claims: int
    """Claims of this season that say so; 0: none do."""
    position: str | None
    """Whose claims those were; none: of all positions."""


@dataclass(frozen=True, slots=True)
class Ceiling:
    """The 80th percentile of the league's winning bids."""

    amount: float
    bids: int
    position: str | None
    """Whose bids those were; none: of all positions."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Dollars to bid, what they buy, and what set them."""

    amount: int
    bound: str
    value: float
    """Dollars at which the claim is worth its price, before rivals are thought of."""


def rivalry(bids: Iterable[Bid], position: str | None, helped: int, rivals: int) -> Rivalry:
    """How many of `rivals` other teams will bid for a player who would help `helped` of them.

    As many as a bid of this season met on average at his position (all positions when fewer than five claims
    are known): the mean over bids, so that a contested player counts once for each bidder. A player who would
    help at least half of the others is taken to be as contested as the contested ones were. Never more than
    he would help.
    """
    claims: dict[tuple[int, str], set[int]] = defaultdict(set)
    positions: dict[tuple[int, str], str | None] = {}
    for bid in bids:
        claims[bid.week, bid.player_id].add(bid.roster_id)
        positions[bid.week, bid.player_id] = bid.position
    sizes = [len(teams) for key, teams in claims.items() if positions[key] == position]
    told: str | None = position
    if len(sizes) < ENOUGH_BIDS:
        sizes, told = [len(teams) for teams in claims.values()], None
    if len(sizes) < ENOUGH_BIDS:
        return Rivalry(min(helped, UNKNOWN_RIVALS), helped, 0, None)
    met = sum(n * (n - 1) for n in sizes) / sum(sizes)
    if rivals and helped >= rivals / 2:
        contested = [n - 1 for n in sizes if n > 1]
        met = max(met, sum(contested) / len(contested) if contested else met)
    return Rivalry(min(helped, met), helped, len(sizes), told)


def ceiling(bids: Iterable[Bid], position: str | None) -> Ceiling | None:
    """What winning bids seldom exceed here; none while the league has fewer than five of them."""
    won = [bid for bid in bids if bid.won]
    same = sorted(bid.amount for bid in won if bid.position == position)
    if len(same) >= ENOUGH_BIDS:
        return Ceiling(_percentile(same), len(same), position)
    every = sorted(bid.amount for bid in won)
    return Ceiling(_percentile(every), len(every), None) if len(every) >= ENOUGH_BIDS else None


def _percentile(amounts: list[int]) -> float:
    """Linear between the two nearest of sorted amounts."""
    place = PERCENTILE * (len(amounts) - 1)
    below = int(place)
    above = min(below + 1, len(amounts) - 1)
    return amounts[below] + (place - below) * (amounts[above] - amounts[below])


def dollars_per_point(left: int, weeks_left: int) -> float:
    """Dollars for an expected league point when the budget is to fall in a line to 0 at the season's end."""
    return left / max(1, weeks_left) / POINTS_A_CLAIM


@dataclass(frozen=True, slots=True)
class Market:
    """Who can spend how much for how long; dollars."""

    left: int
    """What is left of the bidder's own budget."""
    weeks_left: int
    """Weeks in which claims still count, this one included."""
    top: Ceiling | None = None
    rivals_left: tuple[int, ...] = ()
    minimum: int = 0
    """The least bid the league takes."""


def offer(gain: float, contest: Rivalry, market: Market) -> Offer:
    """The bid for so many expected league points: the lowest of what bounds it, and never less than the least.

    A first-price bid is shaded by (n - 1) / n with n bidders; without an expected rival the least bid does.
    Raises ValueError when the budget does not reach the least bid.
    """
    if market.left < market.minimum:
        raise ValueError(f"${market.left} left is less than the least bid of ${market.minimum}")
    price = dollars_per_point(market.left, market.weeks_left)
    value = max(0.0, gain) * price
    if contest.expected < _NO_RIVAL_BELOW:
        return Offer(market.minimum, "the least bid: no rival is expected", value)
    shaded = value * contest.expected / (contest.expected + 1)
    bounds: list[tuple[float, str]] = [
        (market.left, "all that is left of the budget"),
        (shaded, f"its value, ${value:.0f} at ${price:.2f} a point, less the shade of a sealed bid"),
    ]
    if (top := market.top) is not None:
        whose = f"{top.position} " if top.position else ""
        bounds.append((top.amount, f"80th percentile of this league's {top.bids} winning {whose}bids"))
    if market.rivals_left:
        bounds.append((max(market.rivals_left) + 1, "one more than the richest rival can pay"))
    lowest, bound = min(bounds, key=lambda pair: pair[0])
    if int(lowest) < market.minimum:
        return Offer(market.minimum, "the least bid this league takes", value)
    return Offer(int(lowest), bound, value)
