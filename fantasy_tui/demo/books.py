"""A league's books: who holds whom, who has spent what, whose turn it is, and each move that made it so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from fantasy_tui.demo.draft import Pool, Squad
from fantasy_tui.demo.leagues import Rules
from fantasy_tui.demo.teams import SEASON

# How freely managers spend, against each other.
_TEMPERS = (0.5, 0.8, 1.0, 1.0, 1.3, 1.8)
COMPLETE, FAILED = "complete", "failed"


@dataclass(frozen=True, slots=True)
class Pick:
    """A draft pick that changes hands."""

    season: str
    round: int
    roster_id: int
    """Whose it was at first."""
    giver: int
    receiver: int


@dataclass(frozen=True, slots=True)
class Gift:
    """Dollars of the waiver budget that change hands."""

    sender: int
    receiver: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A transaction: who came to and who left which roster, and what else it shifted."""

    week: int
    kind: str
    created: datetime
    decided: datetime
    roster_ids: tuple[int, ...]
    adds: Mapping[str, int]
    drops: Mapping[str, int]
    status: str = COMPLETE
    settings: Mapping[str, int] | None = None
    note: str | None = None
    """Sleeper's words on how it ended."""
    picks: tuple[Pick, ...] = ()
    gifts: tuple[Gift, ...] = ()

    @property
    def bid(self) -> int:
        """Dollars."""
        return (self.settings or {}).get("waiver_bid", 0)


class Books:
    """What a league has written down; `make` alone changes it."""

    def __init__(self, rng: Random, rules: Rules, pool: Pool, squads: Iterable[Squad]) -> None:
        self.rules, self.pool = rules, pool
        self.squads = {squad.roster_id: squad for squad in squads}
        self.spent = dict.fromkeys(self.squads, 0)
        self.order = list(self.squads)
        """Who is served first when claims are decided."""
        rng.shuffle(self.order)
        self.temper = {roster_id: rng.choice(_TEMPERS) for roster_id in self.squads}
        self.picks: dict[tuple[str, int, int], Pick] = {}
        """By season, round and first owner, how each that was traded came to where it is."""
        self.moves: list[Move] = []

    @property
    def managed(self) -> list[Squad]:
        """The teams that somebody manages."""
        last = self.rules.teams if self.rules.orphan else None
        return [squad for squad in self.squads.values() if squad.roster_id != last]

    def left(self, roster_id: int) -> int:
        """Dollars that a team can still bid."""
        return int(self.rules.settings["waiver_budget"]) - self.spent[roster_id]

    def free(self) -> list[str]:
        """Players with a job whom nobody holds and who could start."""
        held = {player for squad in self.squads.values() for player in squad.players}
        wanted = self.rules.squads[0].keys()
        return [p for p, a in self.pool.of.items() if a.team and a.position in wanted and p not in held]

    def on_waivers(self, at: datetime) -> set[str]:
        """Players whom a team has let go so lately that they can be claimed only."""
        since = at - timedelta(days=int(self.rules.settings["waiver_clear_days"]))
        return {
            player
            for move in self.moves
            if move.status == COMPLETE and since < move.decided <= at
            for player in move.drops
        }

    def active(self, squad: Squad, position: str) -> list[str]:
        """A team's players at a position, best first, without its taxi squad."""
        return self.pool.at(position, (player for player in squad.players if player not in squad.taxi))

    def owned(self, roster_id: int, original: int, season: str, number: int) -> bool:
        """Whether a team holds another's pick, or its own."""
        moved = self.picks.get((season, number, original))
        return (moved.receiver if moved is not None else original) == roster_id

    def make(self, move: Move) -> None:
        """Write a move down, and carry it out unless it failed."""
        self.moves.append(move)
        if move.status != COMPLETE:
            return
        for player, roster_id in move.drops.items():
            self.squads[roster_id].players.remove(player)
        for player, roster_id in move.adds.items():
            self.squads[roster_id].players.append(player)
        for gift in move.gifts:
            self.spent[gift.sender] += gift.amount
            self.spent[gift.receiver] -= gift.amount
        self.picks |= {(pick.season, pick.round, pick.roster_id): pick for pick in move.picks}
        if move.kind == "waiver":
            (winner,) = move.roster_ids
            self.spent[winner] += move.bid
            self.order.remove(winner)
            self.order.append(winner)

    def standing(self, roster_id: int) -> dict[str, int]:
        """What a roster's settings tell of a team's money and turn."""
        return {
            "waiver_position": self.order.index(roster_id) + 1,
            "waiver_budget_used": self.spent[roster_id],
            "total_moves": 0,
        }


def transaction_rows(books: Books, owners: Mapping[int, str | None]) -> list[dict[str, Any]]:
    """Rows of `transactions`, in the order in which they were made; `owners` are Sleeper user_ids."""
    league_id = books.rules.league_id
    ordered = sorted(books.moves, key=lambda move: move.created)
    return [
        {
            "transaction_id": str(int(league_id) + 5000 + number),
            "league_id": league_id,
            "week": move.week,
            "type": move.kind,
            "status": move.status,
            "creator": owners[1 if move.kind == "commissioner" else move.roster_ids[0]],
            "created": move.created,
            "status_updated": move.decided,
            "roster_ids": list(move.roster_ids),
            "adds": dict(move.adds) or None,
            "drops": dict(move.drops) or None,
            "draft_picks": [
                {
                    "season": pick.season,
                    "round": pick.round,
                    "roster_id": pick.roster_id,
                    "previous_owner_id": pick.giver,
                    "owner_id": pick.receiver,
                    "league_id": None,
                }
                for pick in move.picks
            ],
            "waiver_budget": [
                {"sender": gift.sender, "receiver": gift.receiver, "amount": gift.amount}
                for gift in move.gifts
            ],
            "settings": dict(move.settings) if move.settings is not None else None,
            "details": {"notes": move.note} if move.note else None,
        }
        for number, move in enumerate(ordered)
    ]


def pick_rows(books: Books) -> list[dict[str, Any]]:
    """Rows of `traded_picks`: where each pick is that changed hands."""
    return [
        {
            "league_id": books.rules.league_id,
            "season": season,
            "round": number,
            "roster_id": original,
            "previous_owner_id": pick.giver,
            "owner_id": pick.receiver,
        }
        for (season, number, original), pick in sorted(books.picks.items())
        if season > SEASON
    ]
