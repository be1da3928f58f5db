"""Who holds whom at first: what a league thinks of players, and its draft."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from random import Random

from fantasy_tui.demo.leagues import Rules
from fantasy_tui.demo.players import Athlete


@dataclass(slots=True)
class Squad:
    """A team's players; those of the taxi squad are among them."""

    roster_id: int
    players: list[str]
    taxi: list[str] = field(default_factory=list)


class Pool:
    """The players as a league values them."""

    def __init__(self, rules: Rules, found: Iterable[Athlete]) -> None:
        self.of = {athlete.player_id: athlete for athlete in found}
        self.worth = {player: athlete.worth(rules.scoring) for player, athlete in self.of.items()}

    def at(self, position: str, players: Iterable[str]) -> list[str]:
        """Those of a position, best first."""
        held = (player for player in players if self.of[player].position == position)
        return sorted(held, key=lambda player: (-self.worth[player], player))


def draft(rng: Random, rules: Rules, pool: Pool) -> list[Squad]:
    """Deal the players out position by position, in a new order of teams each round."""
    squads = [Squad(number, []) for number in range(1, rules.teams + 1)]
    wanted = {squad.roster_id: rules.squads[squad.roster_id % len(rules.squads)] for squad in squads}
    guess = {player: worth * rng.gauss(1, 0.15) for player, worth in pool.worth.items()}
    for position in rules.squads[0]:
        employed = [p for p, a in pool.of.items() if a.position == position and a.team]
        best = iter(sorted(employed, key=lambda player: (-guess[player], player)))
        for number in range(max(squad.get(position, 0) for squad in rules.squads)):
            order = [squad for squad in squads if wanted[squad.roster_id].get(position, 0) > number]
            rng.shuffle(order)
            for squad in order:
                squad.players.append(next(best))
    _stock_taxi(rng, rules, pool, squads)
    return squads


def _stock_taxi(rng: Random, rules: Rules, pool: Pool, squads: list[Squad]) -> None:
    """First- and second-year players nobody starts yet."""
    held = {player for squad in squads for player in squad.players}
    young = [
        player
        for position in ("QB", "RB", "WR", "TE")
        for player in pool.at(position, pool.of)
        if player not in held and pool.of[player].team and pool.of[player].years <= 1
    ]
    rng.shuffle(young)
    for squad in squads:
        squad.taxi = [young.pop() for _ in range(rules.taxi)]
        squad.players += squad.taxi
