"""What lies on the trade bench: an offer to each partner of each league, as it was left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from fantasy_tui.football.picks import NO_EXTRAS, Extras, Holding, Pick


@dataclass(frozen=True, slots=True)
class Offer:
    """Players by id, with picks and dollars beside them: what I give, and what I get for it."""

    league_id: str
    partner: int
    give: frozenset[str] = frozenset()
    get: frozenset[str] = frozenset()
    give_beside: Extras = NO_EXTRAS
    get_beside: Extras = NO_EXTRAS

    @property
    def is_empty(self) -> bool:
        """True while nobody and nothing is in it."""
        return not (self.give or self.get or self.give_beside or self.get_beside)

    @property
    def is_whole(self) -> bool:
        """True once both sides give somebody."""
        return bool(self.give and self.get)

    @property
    def beside(self) -> tuple[Extras, Extras]:
        """What goes along with the players, mine and theirs."""
        return self.give_beside, self.get_beside

    def toggled(self, player_id: str) -> Offer:
        """The same with a player of mine put in, or taken out."""
        return replace(self, give=self.give ^ {player_id})

    def toggled_theirs(self, player_id: str) -> Offer:
        """The same with a player of the partner's put in, or taken out."""
        return replace(self, get=self.get ^ {player_id})

    def with_extras(self, extras: Extras, *, mine: bool) -> Offer:
        """The same with these picks and dollars on one side."""
        return replace(self, give_beside=extras) if mine else replace(self, get_beside=extras)

    def among(
        self, mine: Iterable[str], theirs: Iterable[str], my_holding: Holding, their_holding: Holding
    ) -> Offer:
        """The same without what is on the teams no more."""
        return replace(
            self,
            give=self.give.intersection(mine),
            get=self.get.intersection(theirs),
            give_beside=my_holding.among(self.give_beside),
            get_beside=their_holding.among(self.get_beside),
        )


def with_pick(extras: Extras, pick: Pick) -> Extras:
    """The same with a pick put in, or taken out."""
    return replace(extras, picks=extras.picks ^ {pick})


def with_dollars(extras: Extras, change: int, most: int) -> Extras:
    """The same with more dollars, or fewer; never below none, nor above what the team has."""
    return replace(extras, faab=max(0, min(most, extras.faab + change)))


class Offers:
    """What I would give a league's teams stays when the partner changes; what each would give is his own."""

    def __init__(self) -> None:
        self._give: dict[str, tuple[frozenset[str], Extras]] = {}
        self._get: dict[tuple[str, int], tuple[frozenset[str], Extras]] = {}

    def to(self, league_id: str, partner: int) -> Offer:
        """The offer to a partner."""
        nothing = frozenset[str](), NO_EXTRAS
        give, give_beside = self._give.get(league_id, nothing)
        get, get_beside = self._get.get((league_id, partner), nothing)
        return Offer(league_id, partner, give, get, give_beside, get_beside)

    def keep(self, offer: Offer) -> None:
        """Remember an offer."""
        self._give[offer.league_id] = offer.give, offer.give_beside
        self._get[offer.league_id, offer.partner] = offer.get, offer.get_beside
