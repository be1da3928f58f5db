"""Roster slots: which positions each one takes, and which positions a player has."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

_DEFENDERS = frozenset({"DL", "LB", "DB"})

ELIGIBLE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **{position: frozenset({position}) for position in ("QB", "RB", "WR", "TE", "K", "P", "DEF")},
        **{position: frozenset({position}) for position in sorted(_DEFENDERS)},
        "FLEX": frozenset({"RB", "WR", "TE"}),
        "WRRB_FLEX": frozenset({"RB", "WR"}),
        "REC_FLEX": frozenset({"WR", "TE"}),
        "SUPER_FLEX": frozenset({"QB", "RB", "WR", "TE"}),
        "IDP_FLEX": _DEFENDERS,
    }
)
"""Starting slot to the fantasy positions it takes (Sleeper's `roster_positions`)."""

STREAMED = frozenset({"DEF", "K"})
"""Positions added for a single week; what they will be worth later nobody knows."""

RESERVED = frozenset({"BN", "IR", "TAXI"})
"""Slots whose players do not score."""

_FANTASY_POSITION: Mapping[str, str] = MappingProxyType(
    {
        "FB": "RB",
        "HB": "RB",
        "PK": "K",
        "DST": "DEF",
        **dict.fromkeys(("DE", "DT", "NT"), "DL"),
        **dict.fromkeys(("ILB", "OLB", "MLB"), "LB"),
        **dict.fromkeys(("CB", "S", "SS", "FS"), "DB"),
    }
)
_NOWHERE: frozenset[str] = frozenset()


def starting_slots(roster_positions: Iterable[str]) -> tuple[str, ...]:
    """Return the slots that score, in the order in which Sleeper lists a roster's starters."""
    return tuple(slot for slot in roster_positions if slot not in RESERVED)


def fantasy_positions(position: str | None, listed: Iterable[str] | None) -> frozenset[str]:
    """Return the fantasy positions of a player: `listed` (Sleeper's `fantasy_positions`), else `position`.

    Depth-chart positions are folded into the fantasy one they count as (CB into DB, FB into RB, …).
    """
    names = frozenset(listed or ()) or ({position} if position else _NOWHERE)
    return frozenset(_FANTASY_POSITION.get(name, name) for name in names)


def fits(slot: str, positions: frozenset[str]) -> bool:
    """Say whether a player of these positions may start in the slot; nobody fits an unknown slot."""
    return not ELIGIBLE.get(slot, _NOWHERE).isdisjoint(positions)


def width(slot: str) -> int:
    """Return how many positions the slot takes (1 for QB, 4 for SUPER_FLEX, 0 for an unknown slot)."""
    return len(ELIGIBLE.get(slot, _NOWHERE))
