"""A list of players narrowed down and put in order by what is known of them in one league."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .facts import PlayerFact, PlayerFacts, ordered
from .search import PlayerRow

POSITIONS = ("QB", "RB", "WR", "TE", "K", "DEF", "DL", "LB", "DB")
FREE, MINE, RIVALS = "free", "mine", "rivals"
WHOSE = (FREE, MINE, RIVALS)


@dataclass(frozen=True, slots=True)
class Sieve:
    """Whom a list keeps; as it is made it keeps everybody."""

    position: str | None = None
    whose: str | None = None
    """One of `WHOSE`, in the league of the facts."""
    injured: bool = False
    on_bye: bool = False

    def keeps(self, row: PlayerRow, fact: PlayerFact) -> bool:
        """True for a player of the list."""
        return (
            (self.position is None or self.position in row.positions)
            and (self.whose is None or self.whose == whose(fact))
            and (not self.injured or row.injury_status is not None)
            and (not self.on_bye or fact.on_bye)
        )


def whose(fact: PlayerFact) -> str:
    """One of `WHOSE`."""
    if fact.owner is None:
        return FREE
    return MINE if fact.owner.mine else RIVALS


def positions_of(rows: Iterable[PlayerRow], known: PlayerFacts) -> tuple[str, ...]:
    """The positions that the league expects points of, in `POSITIONS`' order; all but defenders' without facts."""
    here = {
        position
        for row in rows
        if known.of(row.player_id).projected is not None
        for position in row.positions
    }
    return tuple(one for one in POSITIONS if one in here) or POSITIONS[:6]


class Sifted:
    """All players that a sieve keeps, in one order, made once and asked with every key."""

    def __init__(self, rows: Sequence[PlayerRow], known: PlayerFacts, sieve: Sieve, by: str) -> None:
        """`rows` as the search orders them; `by` is one of `facts.ORDERS`. KeyError for another one."""
        self._whole = sieve == Sieve()
        kept = rows if self._whole else [r for r in rows if sieve.keeps(r, known.of(r.player_id))]
        self.rows: Sequence[PlayerRow] = ordered(kept, known, by)
        self._as_found = by == "rank"
        self._kept = frozenset(row.player_id for row in kept)

    def of(self, found: Sequence[PlayerRow]) -> list[PlayerRow]:
        """Those that a search found and the sieve keeps, in this order; by rank as they were found."""
        if self._as_found and self._whole:
            return list(found)
        if self._as_found:
            return [row for row in found if row.player_id in self._kept]
        ids = {row.player_id for row in found}
        return [row for row in self.rows if row.player_id in ids]
