"""What to do in Sleeper to carry a decision out, step by step, and what has been seen of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fantasy_tui.review.item import Proof, ProvenStep


@dataclass(frozen=True, slots=True)
class Person:
    """A player as the recommendation named him."""

    player_id: str
    name: str
    label: str
    """The name with position and team, so that nobody takes him for a namesake."""
    team: str | None
    kickoff: datetime | None


@dataclass(frozen=True, slots=True)
class Start:
    """A slot to change: who comes into the line-up, who leaves it, or who only changes slots."""

    text: str
    slot: int
    comes_in: Person | None
    goes_out: Person | None
    holds: Person | None
    """Who stands in the slot afterwards."""
    replaces: Person | None = None
    """Who leaves the line-up for him who comes in, perhaps from another slot."""


@dataclass(frozen=True, slots=True)
class Add:
    """Somebody to bring onto the team."""

    text: str
    player: Person
    by_claim: bool
    """True when waivers must be awaited."""
    until: datetime | None = None
    """When those run, as far as it was known."""


@dataclass(frozen=True, slots=True)
class Drop:
    """Somebody to let go."""

    text: str
    player: Person


@dataclass(frozen=True, slots=True)
class Offer:
    """A trade to propose, which the partner must accept."""

    text: str
    partner: int
    partner_name: str
    give: tuple[Person, ...]
    get: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class First:
    """What Sleeper wants done before it accepts an add: that the add went through says that it was."""

    text: str


Step = Start | Add | Drop | Offer | First


@dataclass(frozen=True, slots=True)
class Checklist:
    """The steps in the order in which they must be taken; none for what asks for nothing."""

    kind: str
    steps: tuple[Step, ...]
    unless_plays: Person | None = None
    """For a plan made ahead: nothing is to be done when he plays."""

    @property
    def texts(self) -> tuple[str, ...]:
        """The steps as a person reads them."""
        return tuple(step.text for step in self.steps)


def proof_of(stored: Mapping[str, Any] | None) -> Proof | None:
    """A stored proof as a plain value."""
    if stored is None:
        return None
    steps = tuple(ProvenStep(s["text"], s["done"], s.get("late", False)) for s in stored["steps"])
    return Proof(stored["state"], datetime.fromisoformat(stored["at"]), steps, stored.get("note"))


def proof_document(proof: Proof) -> dict[str, Any]:
    """A proof as JSON values."""
    return {
        "state": proof.state,
        "at": proof.at.isoformat(),
        "steps": [{"text": step.text, "done": step.done, "late": step.late} for step in proof.steps],
        "note": proof.note,
    }


def agreed(recommendation: dict[str, Any], taken: Mapping[str, Any] | None) -> dict[str, Any]:
    """What was agreed to: the document as it was edited when it was approved, else as it was proposed."""
    edited = (taken or {}).get("edit")
    return edited if isinstance(edited, dict) else recommendation


def checklist(document: Mapping[str, Any]) -> Checklist:
    """The steps of a recommendation that has been checked on reading."""
    kind = document["kind"]
    match kind:
        case "waiver_wire":
            return Checklist(kind, tuple(_claim(document)))
        case "trade_analysis":
            return Checklist(kind, tuple(_offer(document)))
        case "opponent_analysis":
            return Checklist(kind, ())
        case "injury_monitoring":
            ahead = _person(document["player"]) if document["condition"] else None
            return Checklist(kind, tuple(_replacement(document)), ahead)
        case _:
            rows = _rows(document)
            if not rows and kind == "sit_start":
                rows = [(document["slot"], document["sit"], document["start"])]
            return Checklist(kind, tuple(_starts(rows)))


_Row = tuple[str, Mapping[str, Any] | None, Mapping[str, Any] | None]
"""A slot, who stands in it and who is to."""


def _rows(document: Mapping[str, Any]) -> list[_Row]:
    return [
        (was["slot"], was["player"], now["player"])
        for was, now in zip(document["before"], document["after"], strict=True)
    ]


def _starts(rows: Sequence[_Row], condition: str | None = None) -> Iterable[Step]:
    """A step for each slot that changes hands."""
    before = {was["player_id"]: index for index, (_, was, _now) in enumerate(rows) if was is not None}
    after = {now["player_id"]: index for index, (_, _was, now) in enumerate(rows) if now is not None}
    when = f", {condition}" if condition else ""
    for index, (slot, was, now) in enumerate(rows):
        out, into = _person(was), _person(now)
        if (out and out.player_id) == (into and into.player_id):
            continue
        comes_in = into if into and into.player_id not in before else None
        goes_out = out if out and out.player_id not in after else None
        place = f"in place of {out.name}" if out else "into the empty slot"
        if into is None:
            does = f"take out {out.name if out else ''} and leave it empty"
        elif comes_in is None:
            does = f"move {into.label} here from {rows[before[into.player_id]][0]}, {place}"
        else:
            does = f"start {into.label} {place}"
        leaves = was
        # Along the starters who only shift, to the one who leaves.
        while comes_in is not None and leaves is not None and leaves["player_id"] in after:
            leaves = rows[after[leaves["player_id"]]][1]
        yield Start(f"{slot}{when}: {does}.", index, comes_in, goes_out, into, _person(leaves))


def _replacement(document: Mapping[str, Any]) -> Iterable[Step]:
    new = _person(document["replacement"])
    if new is not None and document["from_free_agency"]:
        yield Add(f"Add {new.label}: he is on no team.", new, by_claim=False)
    rows = _rows(document) or [("Line-up", document["player"], document["replacement"])]
    yield from _starts(rows, document["condition"])


def _claim(document: Mapping[str, Any]) -> Iterable[Step]:
    add, drop = _named(document["add"]), _person(document["drop"])
    by_claim = any(document[field] is not None for field in ("claim_until", "bid", "claim_order"))
    until = datetime.fromisoformat(document["claim_until"]) if document["claim_until"] else None
    for told in document["first"]:
        yield First(f"First {told}.")
    text = f"{'Claim' if by_claim else 'Add'} {add.label}"
    if document["bid"] is not None:
        text += f" with a bid of ${document['bid']}"
    if document["claim_order"] is not None:
        text += f" as number {document['claim_order']} of your claims"
    yield Add(f"{text}.", add, by_claim, until)
    if drop is not None:
        yield Drop(f"Drop {drop.label} for him{' in the same claim' if by_claim else ''}.", drop)


def _offer(document: Mapping[str, Any]) -> Iterable[Step]:
    give, get = (tuple(_named(line) for line in document[side]) for side in ("give", "get"))
    partner = document["partner"]
    text = f"Offer {partner}: give {_listed(give)}, get {_listed(get)}."
    yield Offer(text, document["partner_roster_id"], partner, give, get)
    for line in document["drop"]:
        dropped = _named(line)
        yield Drop(f"Drop {dropped.label} to make room.", dropped)


def _listed(people: Sequence[Person]) -> str:
    labels = [person.label for person in people]
    return " and ".join(filter(None, (", ".join(labels[:-1]), *labels[-1:]))) or "nobody"


def _person(line: Mapping[str, Any] | None) -> Person | None:
    return _named(line) if line is not None else None


def _named(line: Mapping[str, Any]) -> Person:
    place = ", ".join(part for part in (line["position"], line["team"]) if part)
    label = f"{line['name']} ({place})" if place else line["name"]
    kickoff = line["kickoff"]
    return Person(
        line["player_id"],
        line["name"],
        label,
        line["team"],
        datetime.fromisoformat(kickoff) if kickoff else None,
    )
