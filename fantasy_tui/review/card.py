"""A decision as a person reads it: plain values that a screen can paint before anything else is loaded."""

from datetime import datetime
from typing import Any

from msgspec import Struct


class CardPlayer(Struct, frozen=True):
    """A player on a card; points are expected league points."""

    name: str
    place: str
    """Position, team and matchup."""
    points: float
    injury_status: str | None = None


class CardRow(Struct, frozen=True):
    """A slot before and after; equal sides mean that nothing changes there."""

    slot: str
    before: CardPlayer | None
    after: CardPlayer | None
    locked: bool = False

    @property
    def changes(self) -> bool:
        """True when another player stands in the slot after."""
        return (self.before and self.before.name) != (self.after and self.after.name)


class CardSource(Struct, frozen=True):
    """Where numbers come from, and as of when."""

    name: str
    as_of: datetime | None


class Card(Struct, frozen=True):
    """All a person needs to decide."""

    rows: tuple[CardRow, ...]
    reasons: tuple[str, ...]
    sources: tuple[CardSource, ...]
    alternative: str | None
    status_quo: str
    flips: tuple[str, ...] = ()
    """What would turn the advice around."""
    record: str | None = None
    """How earlier calls at this confidence came out."""
    stories: tuple[str, ...] = ()
    """Earlier calls most like this one and how they came out."""
    lacks: tuple[str, ...] = ()
    """Inputs that are missing or old."""
    stale: bool = False
    """True when the frozen confidence was lowered for it."""
    facts: tuple[str, ...] = ()
    """What belongs to its kind alone: the bid and its bound, the chance to win, the partner's side."""


NOTHING_KNOWN = Card(rows=(), reasons=(), sources=(), alternative=None, status_quo="")


def card_of(recommendation: dict[str, Any]) -> Card:
    """The card of a stored recommendation that has been checked on reading."""
    return Card(
        rows=tuple(_rows(recommendation)),
        reasons=tuple(recommendation["reasons"]),
        sources=tuple(
            CardSource(source["name"], _instant(source["as_of"])) for source in recommendation["sources"]
        ),
        alternative=recommendation["alternative"],
        status_quo=recommendation["status_quo"],
        flips=tuple(recommendation["flips"]),
        record=recommendation["record"],
        stories=tuple(recommendation["stories"]),
        lacks=tuple(recommendation["lacks"]),
        stale=recommendation["stale"],
        facts=tuple(_facts(recommendation)),
    )


def _facts(recommendation: dict[str, Any]) -> list[str]:
    """Numbers of one kind of recommendation, in sentences."""
    facts = []
    match recommendation["kind"]:
        case "waiver_wire":
            if recommendation["bid"] is not None:
                bound = recommendation["bid_bound"]
                facts.append(f"Bid ${recommendation['bid']}" + (f": {bound}." if bound else "."))
            if recommendation["claim_order"] is not None:
                facts.append(f"Claim number {recommendation['claim_order']} of yours.")
        case "trade_analysis":
            if recommendation["partner_gain"] is not None:
                facts.append(
                    f"{recommendation['partner']}'s line-ups gain {recommendation['partner_gain']:+.1f}."
                )
            if recommendation["acceptance_probability"] is not None:
                chance = round(100 * recommendation["acceptance_probability"])
                facts.append(f"They accept in about {chance} of 100: an estimate, not measured.")
        case "opponent_analysis":
            facts += recommendation["swaps"] + recommendation["weak_spots"]
            if recommendation["playoff_probability"] is not None:
                facts.append(
                    f"Playoffs in {round(100 * recommendation['playoff_probability'])} of 100 seasons."
                )
        case "injury_monitoring":
            if recommendation["condition"]:
                facts.append(f"A plan made ahead: {recommendation['condition']}.")
    return facts


def _rows(recommendation: dict[str, Any]) -> list[CardRow]:
    """Before and after, whatever the kind calls them."""
    match recommendation["kind"]:
        case "sit_start":
            pairs = [(recommendation["slot"], recommendation["sit"], recommendation["start"])]
        case "waiver_wire":
            pairs = [("ADD", None, recommendation["add"])]
            if recommendation["drop"]:
                pairs.append(("DROP", recommendation["drop"], None))
        case "trade_analysis":
            pairs = [("GIVE", player, None) for player in recommendation["give"]]
            pairs += [("GET", None, player) for player in recommendation["get"]]
            pairs += [("DROP", player, None) for player in recommendation["drop"]]
        case _:
            return [
                CardRow(was["slot"], _player(was["player"]), _player(now["player"]), bool(was["locked"]))
                for was, now in zip(recommendation["before"], recommendation["after"], strict=True)
            ]
    return [CardRow(slot, _player(before), _player(after)) for slot, before, after in pairs]


def _player(line: dict[str, Any] | None) -> CardPlayer | None:
    if line is None:
        return None
    place = " ".join(part for part in (line["position"], line["team"], line["opponent"]) if part)
    return CardPlayer(line["name"], place, line["points"], line["injury_status"])


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
