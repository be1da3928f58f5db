"""What is asked before several decisions are approved at once."""

from msgspec.structs import replace

from fantasy_tui.review.card import CardPlayer, CardRow
from fantasy_tui.review.item import QueueItem
from fantasy_tui.review.risk import doubts
from tests.tui.test_card import CARD, ITEM


def claim(name: str, get: float, drop: float) -> QueueItem:
    rows = (
        CardRow("ADD", None, CardPlayer("New", "RB", get)),
        CardRow("DROP", CardPlayer("Old", "RB", drop), None),
    )
    card = replace(CARD, rows=rows)
    return replace(ITEM, id=name, decision_type="waiver_wire", summary=name, card=card)


def test_line_ups_alone_ask_nothing() -> None:
    assert doubts([ITEM, replace(ITEM, id="d2", decision_type="injury_monitoring")]) == []


def test_dropping_the_lesser_player_asks_nothing() -> None:
    assert doubts([claim("one", 7.0, 3.0), claim("two", 6.0, 2.0)]) == []


def test_a_player_of_worth_is_named() -> None:
    assert doubts([claim("one", 12.0, 9.0)]) == ["“one” drops Old, expected to score 9.0."]
    assert doubts([claim("one", 3.0, 4.0)]) == ["“one” drops Old, expected to score 4.0."]


def test_kinds_of_different_risk_and_contradictions_are_told() -> None:
    trade = replace(ITEM, id="t", decision_type="trade_analysis", conflicts=("d1",))
    assert doubts([trade, ITEM]) == [
        "They are of different kinds: 1 trade and 1 line-up change.",
        "“Start New Starter” and “Start New Starter” cannot both be done as they stand.",
    ]
