"""Who holds whom: a league's draft, and the moves of the weeks since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from fantasy_tui.demo.leagues import Rules
from fantasy_tui.demo.players import Athlete
from fantasy_tui.demo.teams import kickoff

_TRADE_WEEKS = (4, 6, 8)
_LOST = "This player was claimed by another owner."


@dataclass(slots=True)
class Squad:
    """A team's players; those of the taxi squad are among them."""

    roster_id: int
    players: list[str]
    taxi: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Move:
    """A transaction: who came to and who left which roster."""

    week: int
    kind: str
    status: str
    created: datetime
    roster_ids: tuple[int, ...]
    adds: Mapping[str, int]
    drops: Mapping[str, int]
    bid: int | None = None
    note: str | None = None


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


def moves_before(rng: Random, rules: Rules, pool: Pool, squads: list[Squad], week: int) -> list[Move]:
    """Make the week's waiver claims and trades on `squads`, which keep as many players at each position."""
    done = []
    for _ in range(rng.randint(1, 3)):
        done += _claim(rng, rules, pool, squads, week)
    if week in _TRADE_WEEKS:
        done += _trade(rng, rules, pool, squads, week)
    return done


def _claim(rng: Random, rules: Rules, pool: Pool, squads: list[Squad], week: int) -> list[Move]:
    squad = rng.choice(squads)
    position = rng.choice(sorted(rules.squads[0]))
    taken = {player for other in squads for player in other.players}
    free = [p for p in pool.at(position, pool.of) if p not in taken and pool.of[p].team]
    bench = [p for p in pool.at(position, squad.players) if p not in squad.taxi]
    if not bench:
        return []
    added, dropped = rng.choice(free[:4]), bench[-1]
    if pool.worth[added] < 0.7 * pool.worth[dropped]:
        return []
    squad.players[squad.players.index(dropped)] = added
    created = kickoff(week, "thursday") - timedelta(hours=41, seconds=rng.randint(0, 3000))
    bid = rng.randint(1, 24)
    claim = Move(
        week,
        rng.choice(("waiver", "waiver", "free_agent")),
        "complete",
        created,
        (squad.roster_id,),
        {added: squad.roster_id},
        {dropped: squad.roster_id},
        bid,
    )
    rival = rng.choice(squads)
    if claim.kind == "free_agent" or rival is squad or rng.random() < 0.5:
        return [claim]
    lost = Move(
        week,
        "waiver",
        "failed",
        created,
        (rival.roster_id,),
        {added: rival.roster_id},
        {},
        max(0, bid - rng.randint(1, 6)),
        _LOST,
    )
    return [claim, lost]


def _trade(rng: Random, rules: Rules, pool: Pool, squads: list[Squad], week: int) -> list[Move]:
    """Two teams swap their second-best running backs and receivers, one each."""
    one, two = rng.sample(squads, 2)
    position = rng.choice(("RB", "WR"))
    given = pool.at(position, (p for p in one.players if p not in one.taxi))[1]
    got = pool.at(position, (p for p in two.players if p not in two.taxi))[1]
    one.players[one.players.index(given)] = got
    two.players[two.players.index(got)] = given
    return [
        Move(
            week,
            "trade",
            "complete",
            kickoff(week, "thursday") - timedelta(hours=rng.randint(20, 70)),
            (one.roster_id, two.roster_id),
            {got: one.roster_id, given: two.roster_id},
            {given: one.roster_id, got: two.roster_id},
        )
    ]
