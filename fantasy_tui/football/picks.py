"""Draft picks and waiver dollars, which go along with players in a trade. Nothing here says what they are worth."""

from collections.abc import Mapping
from dataclasses import dataclass

from .view import LeagueView

DRAFTS_AHEAD = 3
"""Sleeper lets the picks of so many drafts change hands."""
_BEFORE_THE_DRAFT = ("pre_draft", "drafting")


@dataclass(frozen=True, slots=True, order=True)
class Pick:
    """A pick of a coming draft."""

    season: str
    round: int
    roster_id: int
    """The team whose pick it was at first."""

    @property
    def key(self) -> str:
        """What it is called where players have their ids: "2027.1.4"."""
        return f"{self.season}.{self.round}.{self.roster_id}"


@dataclass(frozen=True, slots=True)
class Extras:
    """Picks and dollars that one side of an offer gives beside its players."""

    picks: frozenset[Pick] = frozenset()
    faab: int = 0

    def __bool__(self) -> bool:
        return bool(self.picks or self.faab)


NO_EXTRAS = Extras()


@dataclass(frozen=True, slots=True)
class Holding:
    """What a team can give beside its players."""

    picks: tuple[Pick, ...] = ()
    """The next draft's first."""
    faab: int = 0
    """Dollars left to bid; 0 where the league does not bid, too."""

    def among(self, extras: Extras) -> Extras:
        """As much of it as the team has."""
        return Extras(extras.picks.intersection(self.picks), min(extras.faab, self.faab))


def holdings(view: LeagueView, traded: Mapping[Pick, int]) -> dict[int, Holding]:
    """By roster; `traded` has the picks that changed hands, each with the roster that holds it now.

    Picks are traded where the league keeps players and allows it: each team begins with one in every round of the
    next `DRAFTS_AHEAD` drafts.
    """
    held = _picks(view, traded)
    return {
        roster_id: Holding(
            tuple(sorted(pick for pick, owner in held.items() if owner == roster_id)), roster.faab_left or 0
        )
        for roster_id, roster in view.rosters.items()
    }


def _picks(view: LeagueView, traded: Mapping[Pick, int]) -> dict[Pick, int]:
    if not (view.keeps_players and view.settings.get("pick_trading")):
        return {}
    first = int(view.season) + (view.status not in _BEFORE_THE_DRAFT)
    rounds = range(1, int(view.settings.get("draft_rounds") or 0) + 1)
    own = {
        Pick(str(season), number, team): team
        for season in range(first, first + DRAFTS_AHEAD)
        for number in rounds
        for team in view.rosters
    }
    return own | {pick: owner for pick, owner in traded.items() if int(pick.season) >= first}
