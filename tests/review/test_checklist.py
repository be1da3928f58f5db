"""What to do in Sleeper, in the words a person needs, for every kind of advice."""

from datetime import UTC, datetime

import pytest

from fantasy_tui.agents.recommendation import dump
from fantasy_tui.review.checklist import (
    Add,
    Drop,
    First,
    Offer,
    Start,
    agreed,
    checklist,
    proof_document,
    proof_of,
)
from fantasy_tui.review.item import Proof, ProvenStep, link
from tests.proving import claim, line, lineup, plan_ahead, replacement, sit_start, trade

NOW = datetime(2024, 11, 10, 18, 30, tzinfo=UTC)


def test_a_line_up_slot_by_slot() -> None:
    plan = checklist(
        dump(lineup([("RB", "2", "4"), ("WR", "3", "3"), ("FLEX", None, "5"), ("K", "7", None)]))
    )
    assert plan.texts == (
        "RB: start Player 4 (WR, PHI) in place of Player 2.",
        "FLEX: start Player 5 (WR, PHI) into the empty slot.",
        "K: take out Player 7 and leave it empty.",
    )


def test_who_only_changes_slots_is_moved_and_the_chain_is_followed() -> None:
    """4 comes in at FLEX because 5 goes to WR, where 3 leaves."""
    plan = checklist(dump(lineup([("WR", "3", "5"), ("FLEX", "5", "4")])))
    assert plan.texts == (
        "WR: move Player 5 (WR, PHI) here from FLEX, in place of Player 3.",
        "FLEX: start Player 4 (WR, PHI) in place of Player 5.",
    )
    first, second = plan.steps
    assert isinstance(first, Start)
    assert isinstance(second, Start)
    assert (first.comes_in, first.goes_out and first.goes_out.player_id) == (None, "3")
    assert (second.comes_in and second.comes_in.player_id, second.goes_out) == ("4", None)
    assert second.replaces is not None
    assert second.replaces.player_id == "3"


def test_a_start_without_a_line_up() -> None:
    assert checklist(dump(sit_start("1", "2"))).texts == (
        "FLEX: start Player 1 (WR, PHI) in place of Player 2.",
    )


def test_a_claim_with_everything() -> None:
    plan = checklist(
        dump(
            claim("9", "3", first=("move Player 6 to reserve: it makes room without a drop",), bid=12,
                  claim_until=NOW)
        )
    )  # fmt: skip
    assert plan.texts == (
        "First move Player 6 to reserve: it makes room without a drop.",
        "Claim Player 9 (WR, PHI) with a bid of $12.",
        "Drop Player 3 (WR, PHI) for him in the same claim.",
    )
    assert [type(step) for step in plan.steps] == [First, Add, Drop]


def test_a_claim_served_in_turn_and_a_free_agent() -> None:
    assert checklist(dump(claim("9", None, claim_order=2))).texts == (
        "Claim Player 9 (WR, PHI) as number 2 of your claims.",
    )
    assert checklist(dump(claim("9", "3"))).texts == (
        "Add Player 9 (WR, PHI).",
        "Drop Player 3 (WR, PHI) for him.",
    )


def test_an_offer() -> None:
    plan = checklist(dump(trade(("1", "2", "4"), ("8",), drop=("5",))))
    assert plan.texts == (
        "Offer Rivals: give Player 1 (WR, PHI), Player 2 (WR, PHI) and Player 4 (WR, PHI),"
        " get Player 8 (WR, PHI).",
        "Drop Player 5 (WR, PHI) to make room.",
    )
    assert isinstance(plan.steps[0], Offer)


def test_a_replacement_now_from_free_agency_and_as_a_plan() -> None:
    assert checklist(dump(replacement("3", "4"))).texts == (
        "FLEX: start Player 4 (WR, PHI) in place of Player 3.",
    )
    assert checklist(dump(replacement("3", "9", from_free_agency=True))).texts == (
        "Add Player 9 (WR, PHI): he is on no team.",
        "FLEX: start Player 9 (WR, PHI) in place of Player 3.",
    )
    plan = checklist(dump(plan_ahead("3", "4")))
    assert plan.texts == ("FLEX, if Player 3 is inactive: start Player 4 (WR, PHI) in place of Player 3.",)
    assert plan.unless_plays is not None
    assert plan.unless_plays.player_id == "3"


def test_what_changes_nothing_has_no_steps() -> None:
    assert checklist(dump(lineup([("RB", "2", "2"), ("FLEX", None, None)]))).steps == ()


def test_an_edited_document_is_what_was_agreed_to() -> None:
    proposed, edited = dump(claim("9", "3", bid=12)), dump(claim("9", "3", bid=20))
    assert agreed(proposed, None) == proposed
    assert agreed(proposed, {"action": "approve"}) == proposed
    assert agreed(proposed, {"action": "approve", "edit": edited}) == edited


def test_a_proof_survives_being_stored() -> None:
    proof = Proof("partly", NOW, (ProvenStep("a", True), ProvenStep("b", False, late=True)), "Missing: b.")
    document = proof_document(proof)
    assert document["steps"][0] == {"text": "a", "done": True, "late": False}
    assert proof_of(document) == proof
    assert proof_of(None) is None
    older = {"state": "open", "at": NOW.isoformat(), "steps": [{"text": "a", "done": False}]}
    assert proof_of(older) == Proof("open", NOW, (ProvenStep("a", False),))


@pytest.mark.parametrize(
    ("state", "steps", "possible"),
    [
        ("open", [(False, False)], True),
        ("open", [(False, True)], False),
        ("partly", [(True, False), (False, True)], False),
        ("partly", [(True, False), (False, False)], True),
        ("applied", [(True, False)], False),
        ("missed", [(False, False)], False),
    ],
)
def test_what_can_still_be_done(state: str, steps: list[tuple[bool, bool]], possible: bool) -> None:
    told = tuple(ProvenStep("x", done, late) for done, late in steps)
    assert Proof(state, NOW, told).can_still_be_done is possible


def test_where_in_sleeper() -> None:
    assert link("L", "lineup_optimization") == "https://sleeper.com/leagues/L/team"
    assert link("L", "waiver_wire") == "https://sleeper.com/leagues/L/players"
    assert link("L", "trade_analysis") == "https://sleeper.com/leagues/L/trade"


def test_a_namesake_is_told_apart_and_a_player_of_no_team_still_named() -> None:
    document = dump(sit_start("1", "2"))
    document["start"] |= {"position": None, "team": None}
    assert checklist(document).texts == ("FLEX: start Player 1 in place of Player 2.",)
    assert line("1").name == "Player 1"
