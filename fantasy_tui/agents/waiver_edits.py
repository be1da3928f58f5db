"""What could be claimed in the place of a claim: the same player for another drop, or for another bid."""

from dataclasses import replace

from fantasy_tui.agents import waiver_reasons as words
from fantasy_tui.agents.proposal import BadEdit, Edit, Proposal
from fantasy_tui.agents.recommendation import WaiverClaim
from fantasy_tui.agents.waiver_wire import claim_of, propose
from fantasy_tui.football.view import LeagueView
from fantasy_tui.football.waiver import Move, Wire, drops, rivals, wire
from fantasy_tui.football.waiver_terms import bids, least_bid, within_reach

MOST_DROPS = 3


def edits(view: LeagueView, advice: WaiverClaim) -> list[Edit]:
    """At most three other drops, then other bids: the least, half as much again, twice as much."""
    roster = view.mine
    if roster is None or advice.add.player_id not in within_reach(view, roster):
        return []
    here = wire(view, roster)
    others = rivals(view) if bids(view) else []
    able = {move.drop: move for move in drops(here, advice.add.player_id)}
    dropped = _dropped(advice)
    same = able.pop(dropped, None)
    found: list[Edit] = []
    for drop, move in list(able.items())[:MOST_DROPS]:
        proposal = propose(
            view, roster, here, claim_of(view, here, move), [], others, advice.claim_order or 1
        )
        name = view.players[drop].name if drop is not None else "nobody"
        found.append((f"Drop {name}{' instead' if dropped is not None else ''}", proposal))
    if same is not None and advice.bid is not None and roster.faab_left is not None:
        base = propose(view, roster, here, claim_of(view, here, same), [], others, 1)
        for bid in _other_bids(view, roster.faab_left, advice.bid):
            found.append((_label(bid), _rebid(view, here, same, base, advice.bid, bid)))
    return found


def at_bid(view: LeagueView, advice: WaiverClaim, bid: int) -> Edit:
    """The same claim at a bid in whole dollars of one's own; raises BadEdit when it cannot be made."""
    roster = view.mine
    if roster is None or advice.bid is None or roster.faab_left is None:
        raise BadEdit("Nothing is bid on this claim.")
    if advice.add.player_id not in within_reach(view, roster):
        raise BadEdit(f"{advice.add.name} cannot be claimed any more.")
    least, left = least_bid(view), roster.faab_left
    if not least <= bid <= left:
        raise BadEdit(f"A bid can be ${least} to ${left}, which is what is left of the budget.")
    here = wire(view, roster)
    able = drops(here, advice.add.player_id)
    same = next((move for move in able if move.drop == _dropped(advice)), None)
    if same is None:
        raise BadEdit(f"{advice.drop.name if advice.drop else 'Nobody'} cannot be dropped for him any more.")
    base = propose(view, roster, here, claim_of(view, here, same), [], rivals(view), 1)
    return _label(bid), _rebid(view, here, same, base, advice.bid, bid)


def _dropped(advice: WaiverClaim) -> str | None:
    return advice.drop.player_id if advice.drop is not None else None


def _label(bid: int) -> str:
    return f"Bid ${bid}" if bid else "Without a bid ($0)"


def _other_bids(view: LeagueView, left: int, bid: int) -> list[int]:
    """As far as they can be paid."""
    least = least_bid(view)
    amounts = {least, bid + (bid + 1) // 2, 2 * bid}
    return sorted(amount for amount in amounts if least <= amount <= left and amount != bid)


def _rebid(view: LeagueView, here: Wire, move: Move, base: Proposal, suggested: int, bid: int) -> Proposal:
    """The same claim at another price; what it gains once it is won does not depend on that."""
    advice = base.recommendation
    reasons = (line for line in advice.reasons if not line.startswith("Bid $"))
    own = f"Bid ${bid} is your own choice; ${suggested} was suggested. It changes who wins, not what is won."
    changed = {
        "summary": words.summary(view, here, move, bid),
        "reasons": (*reasons, own),
        "bid": bid,
        "bid_bound": "your own choice",
    }
    return replace(base, recommendation=advice.model_copy(update=changed))
