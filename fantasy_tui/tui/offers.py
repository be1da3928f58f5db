"""What lies on the trade bench: an offer to each partner of each league, as it was left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Offer:
    """Players by id: what I give, and what I get for it."""

    league_id: str
    partner: int
    give: frozenset[str] = frozenset()
    get: frozenset[str] = frozenset()

    @property
    def is_empty(self) -> bool:
        """True while nobody is in it."""
        return not (self.give or self.get)

    @property
    def is_whole(self) -> bool:
        """True once both sides give somebody."""
        return bool(self.give and self.get)

    def toggled(self, player_id: str) -> Offer:
        """The same with a player of mine put in, or taken out."""
        return replace(self, give=self.give ^ {player_id})

    def toggled_theirs(self, player_id: str) -> Offer:
        """The same with a player of the partner's put in, or taken out."""
        return replace(self, get=self.get ^ {player_id})

    def among(self, mine: Iterable[str], theirs: Iterable[str]) -> Offer:
        """The same without those who are on the teams no more."""
        return replace(self, give=self.give.intersection(mine), get=self.get.intersection(theirs))


class Offers:
    """What I would give a league's teams stays when the partner changes; what each would give is his own."""

    def __init__(self) -> None:
        self._give: dict[str, frozenset[str]] = {}
        self._get: dict[tuple[str, int], frozenset[str]] = {}

    def to(self, league_id: str, partner: int) -> Offer:
        """The offer to a partner."""
        return Offer(
            league_id,
            partner,
            self._give.get(league_id, frozenset()),
            self._get.get((league_id, partner), frozenset()),
        )

    def keep(self, offer: Offer) -> None:
        """Remember an offer."""
        self._give[offer.league_id] = offer.give
        self._get[offer.league_id, offer.partner] = offer.get
