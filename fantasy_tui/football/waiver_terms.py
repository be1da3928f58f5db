"""What an add asks for besides the move: what must be done first, and what to bid."""

from collections.abc import Sequence

from . import faab
from .view import LeagueView, RosterWeek
from .waiver import Move, Wire, helps

BIDDING = 2
"""Sleeper's `waiver_type` of leagues that bid; 0 serves claims in turn, 1 by the standings in reverse."""


def bids(view: LeagueView) -> bool:
    """Whether claims are decided by bidding."""
    return view.settings.get("waiver_type") == BIDDING


def least_bid(view: LeagueView) -> int:
    """The league's least bid in dollars."""
    return int(view.settings.get("waiver_bid_min") or 0)


def within_reach(view: LeagueView, roster: RosterWeek) -> list[str]:
    """Free agents, without those to be claimed when the budget does not reach the least bid."""
    poor = bids(view) and roster.faab_left is not None and roster.faab_left < least_bid(view)
    return [player for player in view.free_agents if not (poor and player in view.on_waivers)]


def must_first(view: LeagueView, here: Wire, move: Move) -> tuple[str, ...]:
    """What Sleeper wants done before it accepts the add."""
    told = []
    if here.at.drop:
        missed = "he is" if len(here.at.drop) == 1 else "they are"
        told.append(
            f"drop {names(view, here.at.drop)}: the roster is too large, and {missed} missed least this season"
        )
    if back := [player for player in here.at.activate if player != move.drop]:
        told.append(f"activate or drop {names(view, back)}: no longer allowed on reserve")
    if stash := [player for player in here.at.stash if player != move.drop]:
        told.append(f"move {names(view, stash)} to reserve: it makes room without a drop")
    return tuple(told)


def names(view: LeagueView, players: Sequence[str]) -> str:
    """Players by name, by id where nothing is known about them."""
    return ", ".join(player.name if (player := view.player(p)) is not None else p for p in players)


def market(view: LeagueView, roster: RosterWeek, left: int, position: str | None) -> faab.Market:
    """What everybody can spend on a player at this position; `left` is the roster's own budget."""
    purses = [r.faab_left for r in view.rosters.values() if r.roster_id != roster.roster_id]
    return faab.Market(
        left=left,
        weeks_left=1 + len(view.weeks_ahead),
        top=faab.ceiling(view.bids, position),
        rivals_left=tuple(purse for purse in purses if purse is not None),
        minimum=least_bid(view),
    )


def offer_for(
    view: LeagueView, roster: RosterWeek, left: int, move: Move, others: Sequence[Wire]
) -> tuple[faab.Offer, faab.Rivalry]:
    """The bid for a move, and how contested the claim is expected to be; `others` are the rivals' rosters."""
    group = view.players[move.add].group
    helped = sum(helps(there, move.add) for there in others)
    contest = faab.rivalry(view.bids, group, helped, len(others))
    return faab.offer(move.gain, contest, market(view, roster, left, group)), contest
