"""A decision in lines to be read aloud: no columns, no boxes, nothing that means something by where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from fantasy_tui.cli import output
from fantasy_tui.cli.output import plain
from fantasy_tui.cli.to_apply import checklist_lines
from fantasy_tui.review.card import CardPlayer, CardRow
from fantasy_tui.review.item import QueueItem
from fantasy_tui.review.queue import AuditLine


def headline(item: QueueItem, now: datetime) -> str:
    """What it is, whose, until when, and what it is worth."""
    return (
        f"{_sentence(item.summary)} {plain(item.league)}, week {item.week}."
        f" Locks in {output.deadline(item.expires_at, now)}."
        f" {output.gain(item.gain)} points expected, {item.confidence_at(now)} in 100 sure."
        + (" It cannot be done beside another decision." if item.conflicts else "")
    )


def to_do(item: QueueItem, now: datetime) -> str:
    """An approved decision that is still to be carried out."""
    done = sum(step.done for step in item.proof.steps) if item.proof is not None else 0
    loud = "Do this now. " if item.is_pressing(now) else ""
    return (
        f"{loud}{_sentence(item.summary)} {plain(item.league)}. {done} of {len(item.steps)} steps seen in Sleeper."
        f" Locks in {output.deadline(item.expires_at, now)}."
    )


def steps(item: QueueItem) -> list[str]:
    """What to do in Sleeper, and where."""
    lines = checklist_lines(item)
    return ["In Sleeper:", *lines] if lines else []


def details(item: QueueItem, history: Iterable[AuditLine], now: datetime) -> list[str]:
    """All that the card and the audit say."""
    card = item.card
    lines = [headline(item, now)]
    lines += _section("Mind", item.linked)
    lines += _section("What changes", (_change(row) for row in card.rows if row.changes))
    lines += steps(item)
    lines += _section("Why", (*card.reasons, *card.facts))
    lines += _section("It flips if", card.flips)
    lines += _section("Otherwise", (text for text in (card.alternative, card.status_quo) if text))
    lines += _section("What is lacking", card.lacks)
    lines += _section("Record", (text for text in (card.record, *card.stories) if text))
    lines += _section("Sources", (f"{one.name}, {output.ago(one.as_of, now)}" for one in card.sources))
    lines += _section("History", map(_event, history))
    return [*lines, f"Worked out {output.ago(item.created_at, now)} by {plain(item.model_version)}."]


def _section(title: str, texts: Iterable[str]) -> Iterator[str]:
    found = [_sentence(text) for text in texts]
    if found:
        yield f"{title}:"
        yield from found


def _change(row: CardRow) -> str:
    return f"{row.slot}: {_player(row.after)}, until now {_player(row.before)}"


def _player(player: CardPlayer | None) -> str:
    if player is None:
        return "nobody"
    injury = f", {player.injury_status}" if player.injury_status else ""
    return f"{player.name}, {player.place}{injury}, {player.points:.1f} points"


def _event(line: AuditLine) -> str:
    note = f": {line.note}" if line.note else ""
    return f"{line.at.astimezone():%a %d %b %H:%M} {line.action} ({line.door}){note}"


def _sentence(text: str) -> str:
    clean = plain(text)
    return clean if clean.endswith((".", "!", "?", "…")) else f"{clean}."
