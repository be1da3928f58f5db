"""What a recommendation takes for granted: who is where, who is fit, who stands in which slot."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Line = Mapping[str, Any]
"""A player as a checked recommendation has him."""


@dataclass(frozen=True, slots=True)
class SlotChange:
    """A starting slot that gets another player; none: it is, or becomes, empty."""

    index: int
    slot: str
    before: Line | None
    after: Line | None


@dataclass(frozen=True, slots=True)
class Premises:
    """By player_id, in the part that each has; nobody who stays where he is."""

    starts: dict[str, Line] = field(default_factory=dict)
    """Comes into the line-up, from the roster."""
    sits: dict[str, Line] = field(default_factory=dict)
    """Leaves the line-up."""
    shifts: dict[str, Line] = field(default_factory=dict)
    """Changes slots."""
    joins: dict[str, Line] = field(default_factory=dict)
    """Is added, from no roster."""
    leaves: dict[str, Line] = field(default_factory=dict)
    """Is dropped or given away."""
    comes: dict[str, Line] = field(default_factory=dict)
    """Is received in a trade, from the partner's roster."""
    hurt: dict[str, Line] = field(default_factory=dict)
    """Whose injury it is about."""
    partner: int | None = None
    partner_name: str = ""
    slots: tuple[SlotChange, ...] = ()
    size: int = 0
    """Slots of the whole line-up; 0 where none is named."""

    @property
    def movers(self) -> dict[str, Line]:
        """Everybody who moves in any way."""
        return {
            **self.shifts,
            **self.sits,
            **self.leaves,
            **self.comes,
            **self.joins,
            **self.starts,
        }

    @property
    def watched(self) -> dict[str, Line]:
        """Whose designation must be what it was: those who come in, and whose injury it is about."""
        return {**self.starts, **self.joins, **self.comes, **self.hurt}


def premises(document: Mapping[str, Any]) -> Premises:
    """The premises of a checked recommendation."""
    match document["kind"]:
        case "waiver_wire":
            return Premises(joins=_by_id([document["add"]]), leaves=_by_id([document["drop"]]))
        case "trade_analysis":
            return Premises(
                leaves=_by_id([*document["give"], *document["drop"]]),
                comes=_by_id(document["get"]),
                partner=document["partner_roster_id"],
                partner_name=document["partner"],
            )
    before, after = (_by_id(line["player"] for line in document[side]) for side in ("before", "after"))
    starts = {player: line for player, line in after.items() if player not in before}
    sits = {player: line for player, line in before.items() if player not in after}
    slots = tuple(
        SlotChange(index, was["slot"], was["player"], now["player"])
        for index, (was, now) in enumerate(zip(document["before"], document["after"], strict=True))
        if _id(was["player"]) != _id(now["player"])
    )
    shifts = {player: line for slot in slots for player, line in _by_id([slot.after]).items()}
    if document["kind"] == "sit_start":
        starts |= _by_id([document["start"]])
        sits |= _by_id([document["sit"]])
    hurt: dict[str, Line] = {}
    joins: dict[str, Line] = {}
    if document["kind"] == "injury_monitoring":
        hurt = _by_id([document["player"]])
        if document["from_free_agency"]:
            joins = _by_id([document["replacement"]])
        else:
            starts |= _by_id([document["replacement"]])
    return Premises(
        starts={player: line for player, line in starts.items() if player not in joins},
        sits=sits,
        shifts={player: line for player, line in shifts.items() if player in before},
        joins=joins,
        hurt=hurt,
        slots=slots,
        size=len(document["before"]),
    )


def grounds(document: Mapping[str, Any]) -> tuple[Any, ...]:
    """The premises as one value: advice of other grounds is other advice, whatever its numbers."""
    found = premises(document)
    designations = {player: line["injury_status"] for player, line in (found.movers | found.hurt).items()}
    slots = tuple((change.index, _id(change.before)) for change in found.slots)
    return tuple(sorted(designations.items())), slots


def _id(line: Line | None) -> str | None:
    return line["player_id"] if line is not None else None


def _by_id(lines: Iterable[Line | None]) -> dict[str, Line]:
    return {line["player_id"]: line for line in lines if line is not None}
