"""Decisions that touch the same players: said beside each, so that nobody drops whom another one starts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fantasy_tui.agents.premises import premises


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a recommendation moves, by player_id with names."""

    summary: str
    roster: tuple[str, int]
    """League and roster."""
    leaves: frozenset[str]
    """Dropped or given away."""
    named: Mapping[str, str]
    """Everyone who moves in any way, those among them."""
    starts: frozenset[str]
    """Who comes into the line-up."""
    sits: frozenset[str]
    """For whom they come."""

    def is_part_of(self, other: "Touched") -> bool:
        """True when the other one's line-up has this change in it."""
        return self.starts <= other.starts and self.sits <= other.sits


def touched(summary: str, roster: tuple[str, int], document: Mapping[str, Any]) -> Touched:
    """What a checked recommendation moves."""
    rests_on = premises(document)
    named = {player: line["name"] for player, line in (rests_on.movers | rests_on.hurt).items()}
    return Touched(
        summary,
        roster,
        leaves=frozenset(rests_on.leaves),
        named=named,
        starts=frozenset(rests_on.starts),
        sits=frozenset(rests_on.sits | rests_on.hurt),
    )


def links(decisions: Mapping[str, Touched]) -> dict[str, tuple[str, ...]]:
    """By decision, one sentence for each other one that touches the same players in a way that matters.

    It matters where not both can be done, and where both ask for the same change.
    """
    return {key: tuple(_sentences(key, one, decisions)) for key, one in decisions.items()}


def _sentences(key: str, one: Touched, decisions: Mapping[str, Touched]) -> Iterator[str]:
    for other_key, other in decisions.items():
        if other_key == key or other.roster != one.roster:
            continue
        if names := _torn(one, other):
            yield f"{names}: also in “{other.summary}”; not both can be done as they stand."
        elif one.starts & other.starts:
            yield f"“{other.summary}” asks for the same change."


def conflicts(decisions: Mapping[str, Touched]) -> dict[str, tuple[str, ...]]:
    """By decision, the others that cannot be done beside it as both stand.

    One lets a player go whom the other moves, or each starts the same player in the place of somebody else.
    """
    return {
        key: tuple(
            other_key
            for other_key, other in decisions.items()
            if other_key != key and other.roster == one.roster and _torn(one, other)
        )
        for key, one in decisions.items()
    }


def overtaken(decisions: Mapping[str, Touched], approved: Iterable[Touched]) -> dict[str, tuple[str, ...]]:
    """By decision, one sentence for each approved one after which it cannot be done as it stands."""
    done = tuple(approved)
    return {
        key: tuple(
            f"This cannot be done as it stands since “{other.summary}” was approved: {names}."
            for other in done
            if other.roster == one.roster and (names := _torn(one, other))
        )
        for key, one in decisions.items()
    }


def _torn(one: Touched, other: Touched) -> str:
    """The players of whom the two want different things; empty where there are none."""
    between = (one.leaves & other.named.keys()) | (other.leaves & one.named.keys())
    if not (one.is_part_of(other) or other.is_part_of(one)):
        between |= one.starts & other.starts
    known = {**one.named, **other.named}
    return ", ".join(known[player] for player in sorted(between))
