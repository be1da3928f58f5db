"""What a team can put on the table in a trade: its players, and what each is worth a week."""

from dataclasses import dataclass

from .slots import STREAMED
from .trade_values import Ledger
from .view import PlayerWeek


@dataclass(frozen=True, slots=True)
class Asset:
    """A player on a roster, as trades see him."""

    player_id: str
    name: str
    position: str | None
    nfl_team: str | None
    injury: str | None
    place: str
    """active, reserve or taxi."""
    a_week: float | None
    """Mean expected league points of the season's remaining weeks; none where trades do not count him."""
    worth: float | None
    """Points a week above a replacement at his position, at least 0; none where `a_week` is."""


def assets(book: Ledger, roster_id: int) -> tuple[Asset, ...]:
    """A roster's players in the order of the slots, at each position the best first; KeyError for no such roster.

    Kickers and defences stand last: they are added for a week, not traded for. So does who is not known.
    """
    view = book.view
    order = {slot: place for place, slot in reversed(list(enumerate(view.slots)))}
    found = [_asset(book, roster_id, player_id) for player_id in view.rosters[roster_id].players]

    def place(one: Asset) -> tuple[bool, int, str, float, str, str]:
        group = _group(view.player(one.player_id)) or ""
        return (
            one.a_week is None,
            order.get(group, len(order)),
            group,
            -(one.a_week or 0.0),
            one.name,
            one.player_id,
        )

    return tuple(sorted(found, key=place))


def _asset(book: Ledger, roster_id: int, player_id: str) -> Asset:
    roster, player = book.view.rosters[roster_id], book.view.player(player_id)
    counts = player is not None and player.group not in STREAMED and bool(book.weeks)
    return Asset(
        player_id=player_id,
        name=player.name if player is not None else player_id,
        position=player.position if player is not None else None,
        nfl_team=player.team if player is not None else None,
        injury=player.injury_status if player is not None else None,
        place="taxi" if player_id in roster.taxi else "reserve" if player_id in roster.reserve else "active",
        a_week=book.season[player_id] if counts else None,
        worth=book.worth(player_id) if counts else None,
    )


def _group(player: PlayerWeek | None) -> str | None:
    return player.group if player is not None else None
