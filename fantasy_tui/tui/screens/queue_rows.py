"""What the queue lists, in which order, and each decision as a line."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from fantasy_tui.review.item import QueueItem
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.times import local, until
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row

COLUMNS = (
    Column("mark", "", 2),
    Column("deadline", "Locks", 6, right=True),
    Column("league", "League", 9, most=28),
    Column("kind", "Kind", 7, drop=1),
    Column("what", "What", 25, most=70),
    Column("gain", "Gain", 6, right=True),
    Column("sure", "Sure", 4, right=True),
)
KINDS = {
    "lineup_optimization": "lineup",
    "injury_monitoring": "injury",
    "sit_start": "start",
    "waiver_wire": "waiver",
    "trade_analysis": "trade",
    "opponent_analysis": "matchup",
}
MORE = "more to apply"
"""The key of the line that stands for approved decisions beyond the first ones."""
FIRST = 2
"""Decisions to apply that have a line of their own unless all are asked for."""
_APPLY_WITHIN = timedelta(hours=24)


class Lists:
    """The decisions by id: approved ones to apply on top, then what waits, then what is listed on request."""

    def __init__(self) -> None:
        self.to_apply: dict[str, QueueItem] = {}
        self.waiting: dict[str, QueueItem] = {}
        self.snoozed: dict[str, QueueItem] = {}
        self.listed: dict[str, QueueItem] = {}
        self.all_to_apply = False
        """True while every decision to apply is shown, not the first ones alone."""

    def keep_to_apply(self, items: Iterable[QueueItem], now: datetime) -> None:
        """Keep those that can still be applied and lock within a day."""
        self.to_apply = {
            item.id: item
            for item in items
            if now < item.expires_at <= now + _APPLY_WITHIN
            and (item.proof is None or item.proof.can_still_be_done)
        }

    @property
    def shown_to_apply(self) -> list[QueueItem]:
        """The approved decisions that have a line of their own."""
        items = list(self.to_apply.values())
        return items if self.all_to_apply or len(items) <= FIRST + 1 else items[:FIRST]

    @property
    def hidden(self) -> int:
        """How many approved decisions have none."""
        return len(self.to_apply) - len(self.shown_to_apply)

    @property
    def shown(self) -> list[QueueItem]:
        """All that have a line, in order."""
        rest = (self.waiting, self.snoozed, self.listed)
        return [*self.shown_to_apply, *(item for part in rest for item in part.values())]

    def get(self, key: str | None) -> QueueItem | None:
        """The decision with that id, wherever it stands."""
        parts = (self.waiting, self.to_apply, self.snoozed, self.listed)
        return next((part[key] for part in parts if key in part), None) if key is not None else None

    def answerable(self, key: str | None) -> QueueItem | None:
        """The decision with that id if it can be answered."""
        return self.waiting.get(key or "") or self.snoozed.get(key or "")

    def drop(self, keys: Iterable[str]) -> None:
        """They do not wait any more."""
        for key in keys:
            self.waiting.pop(key, None)
            self.snoozed.pop(key, None)

    def rows(
        self, now: datetime, *, marked: Collection[str], under_way: Collection[str], moved: Collection[str]
    ) -> list[tuple[str, Row]]:
        """Every line by its key."""
        lines = [(item.id, apply_row(item, now)) for item in self.shown_to_apply]
        if self.hidden:
            told = f"and {self.hidden} more approved to set in Sleeper: {key_of('queue.to_apply')} lists them"
            lines.append((MORE, {"what": Cell(told, "$foreground-muted")}))
        for item in self.waiting.values():
            sign = (
                "…" if item.id in under_way else "●" if item.id in marked else "≠" if item.id in moved else ""
            )
            lines.append((item.id, row(item, now, sign)))
        lines += [
            (item.id, row(item, now, "…" if item.id in under_way else "z")) for item in self.snoozed.values()
        ]
        return lines + [(item.id, row(item, now, "~")) for item in self.listed.values()]


def row(item: QueueItem, now: datetime, sign: str) -> Row:
    """A decision as a line; the sign says what is being done about it."""
    soon = item.urgency(now) == "now" and item.actionable
    mark = (sign or ("!" if soon else "")).ljust(1) + ("⇄" if item.conflicts else "")
    what = item.summary
    if sign == "z" and item.snoozed_until is not None:
        back = f"{item.snoozed_for}, " if item.snoozed_for else ""
        what = f"{back}{local(item.snoozed_until)}: {item.summary}"
    return {
        "mark": Cell(mark, "bold $text-warning"),
        "deadline": Cell(until(item.expires_at, now), "bold $text-error" if soon else ""),
        "league": Cell(item.league),
        "kind": Cell(KINDS.get(item.decision_type, item.decision_type), "$foreground-muted"),
        "what": Cell(what, "$foreground-muted" if sign == "z" else ""),
        "gain": Cell(f"{item.gain:+.1f}", "$text-success" if item.actionable else "$foreground-muted"),
        "sure": Cell(f"{item.confidence_at(now)}%"),
    }


def apply_row(item: QueueItem, now: datetime) -> Row:
    """An approved decision that is not done in Sleeper yet: loud when little time is left."""
    pressing = item.is_pressing(now)
    style = "bold reverse $text-error" if pressing else "bold $text-warning"
    done = sum(step.done for step in item.proof.steps) if item.proof is not None else 0
    return {
        "mark": Cell("▶", "bold $text-warning"),
        "deadline": Cell(until(item.expires_at, now), style),
        "league": Cell(item.league),
        "kind": Cell("apply", style),
        "what": Cell(f"{'APPLY NOW' if pressing else 'To apply'}: {item.summary}", style),
        "gain": Cell(f"{item.gain:+.1f}", "$foreground-muted"),
        "sure": Cell(f"{done}/{len(item.steps)}", "$foreground-muted"),
    }
