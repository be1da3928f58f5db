"""The card: what changes comes first, ages are told, and nothing from outside is read as markup."""

from datetime import timedelta

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from fantasy_tui.demo.teams import NOW
from fantasy_tui.review.card import Card, CardPlayer, CardRow, CardSource
from fantasy_tui.review.item import Proof, ProvenStep, QueueItem
from fantasy_tui.review.queue import AuditLine
from fantasy_tui.tui.card import audit, describe
from tests.leagues import HOSTILE

OLD = CardPlayer("Old Starter", "WR SF v DAL", 4.25, "Out")
NEW = CardPlayer("New Starter", "WR KC at BUF", 11.5)
CARD = Card(
    rows=(CardRow("QB", NEW, NEW, locked=True), CardRow("WR", OLD, NEW), CardRow("FLEX", None, NEW)),
    reasons=("WR: more points.",),
    sources=(CardSource("rosters", NOW - timedelta(minutes=5)), CardSource("kickoffs", None)),
    alternative="Wait.",
    status_quo="4.2 points.",
)
ITEM = QueueItem(
    id="d1",
    league_id="L",
    league="League",
    roster_id=1,
    decision_type="lineup_optimization",
    season="2025",
    week=10,
    summary="Start New Starter",
    gain=7.25,
    confidence_score=81,
    expires_at=NOW + timedelta(hours=2),
    status="pending",
    created_at=NOW - timedelta(minutes=3),
    model_version="m-1",
    card=CARD,
)


def text(item: QueueItem, width: int = 80) -> list[str]:
    return describe(item, NOW, width).plain.split("\n")


def test_changes_first_then_reasons_ages_and_the_whole_line_up() -> None:
    lines = text(ITEM)
    assert lines[0] == "Start New Starter"
    assert "+7.2 points expected · 81 in 100 · locks in 2h00" in lines[1]
    assert lines[2].split() == [
        "WR",
        "4.2",
        "Old",
        "Starter",
        "[Out]",
        "WR",
        "SF",
        "v",
        "DAL",
        "→",
        "11.5",
        "New",
        "Starter",
        "WR",
        "KC",
        "at",
        "BUF",
    ]
    assert lines[3].startswith("FLEX     (empty)")
    assert lines[4:9] == ["Why", "• WR: more points.", "Otherwise", "• Wait.", "• 4.2 points."]
    assert lines[9] == "Age: rosters 5m old · kickoffs never fetched · worked out 3m ago by m-1"
    assert lines[10] == "Whole line-up"
    assert lines[11].startswith("QB L")


def test_a_decision_that_no_longer_waits_says_so() -> None:
    assert "81 in 100 · expired" in text(replace(ITEM, status="expired"))[1]


@pytest.mark.parametrize("width", [30, 60, 78, 118, 200])
def test_no_row_is_wider_than_the_screen(width: int) -> None:
    hostile = tuple(
        CardRow("FLEX", CardPlayer(name, name, 1.0), CardPlayer(f"{name}x", name, 2.0)) for name in HOSTILE
    )
    lines = describe(replace(ITEM, card=replace(CARD, rows=hostile)), NOW, width).plain.split("\n")
    rows = [line for line in lines if line.startswith("FLEX")]
    assert len(rows) == len(HOSTILE)
    assert all(cell_len(row) <= width for row in rows)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_shown_as_they_are(name: str) -> None:
    shown = describe(replace(ITEM, summary=name, league=name), NOW, 80)
    assert "\x1b" not in shown.plain
    assert len(shown.plain.split("\n")) == len(text(ITEM))
    assert not any("click" in str(span.style) for span in shown.spans)


def test_the_audit_tells_who_and_why() -> None:
    events = [AuditLine(1, NOW, "propose", "agent", None), AuditLine(2, NOW, "reject", "tui", "[b]no[/]")]
    assert audit(events).plain.split("\n")[2].endswith("reject (tui): [b]no[/]")


def test_what_is_approved_shows_its_steps_high_up_and_shouts_when_little_time_is_left() -> None:
    seen = (ProvenStep("WR: start New Starter.", done=True), ProvenStep("FLEX: start him.", done=False))
    approved = replace(
        ITEM,
        status="approved",
        steps=tuple(step.text for step in seen),
        proof=Proof("partly", NOW, seen),
    )
    lines = text(approved)
    assert lines[2].startswith("APPLY NOW")
    assert lines[3:5] == ["1. [x] WR: start New Starter.", "2. [ ] FLEX: start him."]
    assert text(replace(approved, expires_at=NOW + timedelta(hours=3)))[2] == "To do in Sleeper"


def test_what_contradicts_it_stands_above_what_changes() -> None:
    lines = text(replace(ITEM, linked=("Not both can be done.",)))
    assert lines[2:4] == ["Mind", "• Not both can be done."]
