"""What each bid is likely to buy: the chance to win a claim by what rivals have bid in this league."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp

from .faab import ENOUGH_BIDS, Market, Rivalry
from .view import Bid

EVEN_BIDS = 5
"""Bids as good as even that are laid beside a league's own, so that few of them do not look certain."""
SHARES = (0.25, 0.5, 0.75, 0.9)
"""Of rivals' bids, those that a step of the ladder outbids."""


@dataclass(frozen=True, slots=True)
class BidStep:
    """A bid in dollars and what it is likely to buy, 0 to 1."""

    amount: int
    if_contested: float
    """The chance to win where a rival bids too."""
    chance: float
    """The chance with the chance that none does counted in."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """Bids from the least to all that is left, and what they rest on."""

    steps: tuple[BidStep, ...]
    bids: int
    """Contested bids of this league that set them."""
    position: str | None
    """Whose bids those were; none: of all positions."""
    contested: float
    """The chance that a rival bids at all."""
    claims: int
    """Claims of this season that say so; 0: none do, it is an assumption."""


def rival_bids(bids: Iterable[Bid], position: str | None) -> tuple[list[int], str | None]:
    """The highest rival bid that each contested bid met, sorted, and at whose position.

    At all positions where the league has fewer than five at this one.
    """
    best: dict[tuple[int, str], dict[int, int]] = defaultdict(dict)
    positions: dict[tuple[int, str], str | None] = {}
    for bid in bids:
        claim = (bid.week, bid.player_id)
        best[claim][bid.roster_id] = max(bid.amount, best[claim].get(bid.roster_id, 0))
        positions[claim] = bid.position
    met = [
        (positions[claim], max(amount for other, amount in offers.items() if other != roster_id))
        for claim, offers in best.items()
        for roster_id in offers
        if len(offers) > 1
    ]
    same = sorted(amount for at, amount in met if at == position)
    if len(same) >= ENOUGH_BIDS:
        return same, position
    return sorted(amount for _, amount in met), None


def beats(amount: int, rivals: Sequence[int]) -> float:
    """The chance (0 to 1) that a bid beats a rival's, by what rivals have bid; a tie is even.

    Of 146 contested bids in two recorded leagues (2024), each judged by the weeks before it, those given less than
    0.2, 0.2 to 0.4, 0.4 to 0.6 and more won in 19, 33, 52 and 60 of 100 (squared error .219; .238 by their mean).
    """
    lower = sum(rival < amount for rival in rivals) + sum(rival == amount for rival in rivals) / 2
    return (lower + EVEN_BIDS / 2) / (len(rivals) + EVEN_BIDS)


def ladder(
    bids: Iterable[Bid], position: str | None, contest: Rivalry, market: Market, also: Iterable[int] = ()
) -> Ladder | None:
    """The ladder for a player at this position; none while the league has fewer than five contested bids.

    Rivals are taken to bid independently of each other, which is an assumption; nobody bids more than he has.
    `also` names amounts to show besides.
    """
    rivals, told = rival_bids(bids, position)
    if len(rivals) < ENOUGH_BIDS or market.left < market.minimum:
        return None
    contested = 1 - exp(-contest.expected)
    richest = max(market.rivals_left, default=None)
    outbidding = (rivals[int(share * (len(rivals) - 1))] + 1 for share in SHARES)
    wanted = {market.minimum, market.left, *outbidding, *also}
    steps = []
    for amount in sorted(wanted):
        if market.minimum <= amount <= market.left:
            wins = 1.0 if richest is not None and amount > richest else beats(amount, rivals)
            steps.append(BidStep(amount, wins, 1 - contested + contested * wins))
    return Ladder(tuple(steps), len(rivals), told, contested, contest.claims)
