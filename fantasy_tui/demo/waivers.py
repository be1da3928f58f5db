"""The waiver wire of a week: who is chased, who bids what, who gets him, and who is added without a claim."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import log
from random import Random
from statistics import median

from fantasy_tui.demo.books import COMPLETE, FAILED, Books, Move
from fantasy_tui.demo.draft import Squad
from fantasy_tui.demo.teams import claims_decided

WON = "Your waiver claim was processed successfully!"
TAKEN = "This player was claimed by another owner."
FULL = "Unfortunately, your roster will have too many players after this transaction."

BIDDING = 2
"""Sleeper's `waiver_type` of leagues that bid; 0 serves claims in turn."""

# How far one good week moves what managers think of a player.
_SWAY = 0.35
# Nobody drops a player for one who is so much worse.
_WORSE = 0.7
# Kickers and defences are had for a week, at little.
_FOR_A_WEEK = {"K": 0.55, "DEF": 0.6}
_CHASED, _AT_A_POSITION = 6, 2
_BIDDERS = ((1, 2, 2, 3, 4), (1, 1, 2, 3), (1, 1, 1, 2))
"""How many teams claim the most wanted player, the next, and the others."""
_SHARE, _SPREAD = 0.08, 0.65
"""Of the whole budget, what is bid on an ordinary claim, and how bids differ (of their logarithm)."""
_NOTHING = 0.1
"""How often the least bid is tried."""
_IMPATIENT = 4
"""Managers who let somebody go on Saturday."""

Last = Mapping[str, float]
"""League points of those who played last week."""


@dataclass(frozen=True, slots=True)
class _Claim:
    roster_id: int
    add: str
    drop: str
    bid: int
    seq: int


def chased(books: Books, last: Last, barred: Collection[str] = ()) -> list[tuple[str, float]]:
    """Free agents by how good they look, with that as a share of what a player on a roster is worth."""
    level = {
        position: median(
            books.pool.worth[p] for squad in books.squads.values() for p in books.active(squad, position)
        )
        for position in books.rules.squads[0]
    }
    looks = {}
    for player in books.free():
        if player in last and player not in barred:
            worth, position = books.pool.worth[player], books.pool.of[player].position
            seems = worth + _SWAY * (last[player] - worth)
            looks[player] = _FOR_A_WEEK.get(position, 1.0) * seems / level[position]
    return sorted(looks.items(), key=lambda pair: (-pair[1], pair[0]))


def spare(books: Books, squad: Squad, player: str) -> str | None:
    """Whom a team would drop for him; none where it has nobody, or nobody so bad."""
    held = books.active(squad, books.pool.of[player].position)
    worth = books.pool.worth
    return held[-1] if held and worth[player] >= _WORSE * worth[held[-1]] else None


def run_waivers(rng: Random, books: Books, last: Last, week: int) -> None:
    """Teams claim who was good last week; the claims are decided in the night to Wednesday."""
    at = claims_decided(week)
    for claim in _in_turn(books, _claims(rng, books, last)):
        note = _refusal(books, claim)
        settings = {"seq": claim.seq, "priority": books.order.index(claim.roster_id) + 1}
        if books.rules.settings["waiver_type"] == BIDDING:
            settings["waiver_bid"] = claim.bid
        books.make(
            Move(
                week=week,
                kind="waiver",
                status=FAILED if note else COMPLETE,
                created=at - timedelta(seconds=rng.randint(600, 24 * 3600)),
                decided=at,
                roster_ids=(claim.roster_id,),
                adds={claim.add: claim.roster_id},
                drops={claim.drop: claim.roster_id},
                settings=settings,
                note=note or WON,
            )
        )


def _claims(rng: Random, books: Books, last: Last) -> list[_Claim]:
    found: list[_Claim] = []
    pledged: dict[int, int] = {}
    for place, (player, looks) in enumerate(_most_wanted(books, last)):
        able = [squad for squad in books.managed if spare(books, squad, player) is not None]
        wanted = rng.choice(_BIDDERS[min(place, len(_BIDDERS) - 1)])
        for squad in rng.sample(able, min(wanted, len(able))):
            roster_id, drop = squad.roster_id, spare(books, squad, player)
            if drop is None:
                continue
            bid = _bid(rng, books, roster_id, looks, books.left(roster_id) - pledged.get(roster_id, 0))
            if bid is not None:
                pledged[roster_id] = pledged.get(roster_id, 0) + bid
                seq = sum(one.roster_id == roster_id for one in found)
                found.append(_Claim(roster_id, player, drop, bid, seq))
    return found


def _most_wanted(books: Books, last: Last) -> Iterator[tuple[str, float]]:
    at_position: dict[str, int] = {}
    count = 0
    for player, looks in chased(books, last):
        position = books.pool.of[player].position
        at_position[position] = at_position.get(position, 0) + 1
        if at_position[position] <= _AT_A_POSITION and count < _CHASED:
            count += 1
            yield player, looks


def _bid(rng: Random, books: Books, roster_id: int, looks: float, left: int) -> int | None:
    """Dollars; none where what is left does not reach the least bid. Where nobody bids it is nothing."""
    settings = books.rules.settings
    if settings["waiver_type"] != BIDDING:
        return 0
    least = int(settings["waiver_bid_min"])
    usual = int(settings["waiver_budget"]) * _SHARE * looks**2 * books.temper[roster_id]
    bid = least if rng.random() < _NOTHING else round(rng.lognormvariate(log(usual), _SPREAD))
    return max(least, min(bid, left)) if left >= least else None


def _in_turn(books: Books, claims: Iterable[_Claim]) -> Iterator[_Claim]:
    """Claims as they are decided: the highest bid first, then who is first in the order as it is by then."""
    waiting = list(claims)
    while waiting:
        first = min(waiting, key=lambda one: (-one.bid, books.order.index(one.roster_id), one.seq))
        waiting.remove(first)
        yield first


def _refusal(books: Books, claim: _Claim) -> str | None:
    if any(claim.add in squad.players for squad in books.squads.values()):
        return TAKEN
    return FULL if claim.drop not in books.squads[claim.roster_id].players else None
