"""Decisions that touch the same players: said beside each, so that nobody drops whom another one starts."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Touched:
    """Whom a recommendation moves, by player_id with names."""

    summary: str
    roster: tuple[str, int]
    """League and roster."""
    leaves: Mapping[str, str]
    """Dropped or given away."""
    named: Mapping[str, str]
    """Everyone who moves in any way, those among them."""
    starts: frozenset[str]
    """Who comes into the line-up."""


def touched(summary: str, roster: tuple[str, int], document: Mapping[str, Any]) -> Touched:
    """What a checked recommendation moves."""
    leaves = dict(_people(document, ("drop", "give")))
    others = dict(_people(document, ("add", "get", "start", "sit", "replacement", "player")))
    before, after = (_lineup(document, side) for side in ("before", "after"))
    changed = {
        player: name for player, name in (before | after).items() if (player in before) != (player in after)
    }
    starts = {*(after.keys() - before.keys()), *dict(_people(document, ("start", "replacement")))}
    return Touched(summary, roster, leaves, leaves | others | changed, frozenset(starts))


def _people(document: Mapping[str, Any], fields: Iterable[str]) -> Iterator[tuple[str, str]]:
    for field in fields:
        value = document.get(field)
        for line in value if isinstance(value, list) else [value]:
            if isinstance(line, dict) and "player_id" in line:
                yield line["player_id"], line["name"]


def _lineup(document: Mapping[str, Any], side: str) -> dict[str, str]:
    players = (slot.get("player") for slot in document.get(side) or ())
    return {player["player_id"]: player["name"] for player in players if player is not None}


def links(decisions: Mapping[str, Touched]) -> dict[str, tuple[str, ...]]:
    """By decision, one sentence for each other one that touches the same players in a way that matters.

    It matters where one of the two lets a player go, and where both start the same player.
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
    """By decision, the others of which it lets a player go, or which let one of its own go: not both can be done."""
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
    """The players whom one of the two lets go and the other moves in any way; empty where there are none."""
    gone = {p for p in one.leaves if p in other.named} | {p for p in other.leaves if p in one.named}
    known = {**one.named, **other.named}
    return ", ".join(known[player] for player in sorted(gone))
