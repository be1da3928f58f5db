"""A decision as text on the screen: what changes, what it is worth, why, and how old the numbers are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from fantasy_tui.review.card import CardPlayer, CardRow
from fantasy_tui.review.item import QueueItem
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.text import cut, fit, plain
from fantasy_tui.tui.times import age, local, until

if TYPE_CHECKING:
    from fantasy_tui.review.queue import AuditLine

_SLOT = 9
_ARROW = " → "
_DIM = "$foreground-muted"
_AFTER = "$text-success"


def describe(item: QueueItem, now: datetime, width: int) -> Content:
    """The whole card in lines of at most `width` cells where they are a table; prose wraps."""
    parts = [headline(item, now), *changes(item, width), grounds(item, now, width)]
    return Content("\n").join(parts)


def headline(item: QueueItem, now: datetime) -> Content:
    """What to do and what it is worth; for what is approved, what is still to do."""
    return Content("\n").join([plain(item.summary).stylize("bold"), _worth(item, now), *_to_do(item, now)])


def changes(item: QueueItem, width: int) -> list[Content]:
    """What else touches the same players, and each slot that changes."""
    return [*_section("Mind", item.linked), *(_row(row, width) for row in item.card.rows if row.changes)]


def grounds(item: QueueItem, now: datetime, width: int) -> Content:
    """Why, what would turn it around, how old the numbers are, and the whole line-up."""
    card = item.card
    lines = [*_section("Why", (*card.reasons, *card.facts))]
    lines += _section("Flips if", card.flips)
    otherwise = [text for text in (card.alternative, card.status_quo) if text]
    lines += _section("Otherwise", otherwise)
    lines += _section("Lacks", card.lacks)
    if card.record:
        lines += _section("Record", (card.record, *card.stories))
    lines += _sources(item, now)
    if any(not row.changes for row in card.rows):
        lines += [Content.styled("Whole line-up", "bold"), *(_row(row, width) for row in card.rows)]
    return Content("\n").join(lines)


def audit(events: list[AuditLine]) -> Content:
    """What happened to the decision, oldest first."""
    lines = [Content.styled("History", "bold")]
    for event in events:
        note = f": {event.note}" if event.note else ""
        lines.append(plain(f"  {event.at.astimezone():%a %d %b %H:%M}  {event.action} ({event.door}){note}"))
    return Content("\n").join(lines)


def _worth(item: QueueItem, now: datetime) -> Content:
    """League, gain, confidence in words, deadline; a decision that no longer waits says so."""
    left = until(item.expires_at, now)
    ends = "locked" if left == "over" else f"locks in {left} ({local(item.expires_at)})"
    return Content.assemble(
        plain(item.league, 30),
        f" · week {item.week} · ",
        (f"{item.gain:+.1f} points", f"bold {_AFTER}"),
        f" expected · {_sure(item, now)} in 100 · ",
        ends if item.status == "pending" else f"{item.status}{' by a rule' if item.policy else ''}",
    )


def _sure(item: QueueItem, now: datetime) -> str:
    """The confidence, with the one it was frozen at where age has lowered it since."""
    shown = item.confidence_at(now)
    aged = f" ({item.confidence_score} when fresh)" if shown != item.confidence_score else ""
    return f"{shown}{aged}"


def _to_do(item: QueueItem, now: datetime) -> Iterator[Content]:
    """For what is approved: the numbered steps in Sleeper, those that were seen there ticked."""
    if item.status != "approved" or not item.steps:
        return
    if item.is_pressing(now):
        yield Content.styled("APPLY NOW: this is approved, but not yet done in Sleeper", "bold $text-error")
    else:
        yield Content.styled("To do in Sleeper", "bold")
    seen = item.proof.steps if item.proof is not None else ()
    for number, text in enumerate(item.steps, start=1):
        step = next((one for one in seen if one.text == text), None)
        mark = "[x]" if step and step.done else "[-]" if step and step.late else "[ ]"
        yield Content(f"{number}. {mark} ") + plain(text)
    copy, page, undo = map(key_of, ("queue.copy", "app.open", "app.undo"))
    yield Content.styled(
        f"{copy} copies the steps, {page} opens the page, {undo} takes the approval back", _DIM
    )


def _section(title: str, texts: tuple[str, ...] | list[str]) -> Iterator[Content]:
    if texts:
        yield Content.styled(title, "bold")
        for text in texts:
            yield Content("• ") + plain(text)


def _sources(item: QueueItem, now: datetime) -> Iterator[Content]:
    if item.card.sources:
        ages = [
            f"{source.name} {age(source.as_of, now)} old" if source.as_of else f"{source.name} never fetched"
            for source in item.card.sources
        ]
        ages.append(f"worked out {age(item.created_at, now)} ago by {item.model_version}")
        yield plain("Age: " + " · ".join(ages)).stylize(_DIM)


def _row(row: CardRow, width: int) -> Content:
    side = max((width - _SLOT - len(_ARROW)) // 2, 8)
    before = fit(_player(row.before), side)
    slot = fit(f"{row.slot} L" if row.locked else row.slot, _SLOT)
    if not row.changes:
        return Content.assemble((slot, _DIM), before.rstrip())
    after = cut(_player(row.after), side)
    return Content.assemble((slot, "bold"), (before, _DIM), _ARROW, (after, _AFTER))


def _player(player: CardPlayer | None) -> str:
    if player is None:
        return "(empty)"
    injury = f" [{player.injury_status}]" if player.injury_status else ""
    return f"{player.points:4.1f} {player.name}{injury} {player.place}"
