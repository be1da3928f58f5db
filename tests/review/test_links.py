"""Decisions that touch the same players say so."""

from typing import Any

from fantasy_tui.agents.recommendation import (
    LineupChange,
    PlayerLine,
    SitStart,
    SlotLine,
    TradeOffer,
    WaiverClaim,
    dump,
)
from fantasy_tui.review.links import conflicts, links, overtaken, touched

COMMON: dict[str, Any] = {"reasons": (), "sources": (), "status_quo": "as it is"}
HERE = ("L", 1)


def man(name: str) -> PlayerLine:
    return PlayerLine(player_id=name.lower(), name=name, position="RB", team="PHI", points=9.0)


def slot(name: str | None) -> SlotLine:
    return SlotLine(slot="RB", player=man(name) if name else None)


CLAIM = dump(WaiverClaim(summary="Add New", add=man("New"), drop=man("Old"), **COMMON))
TRADE = dump(
    TradeOffer(
        summary="Trade Old", partner_roster_id=2, partner="Rival", give=(man("Old"),), get=(man("Star"),), **COMMON
    )
)  # fmt: skip
START = dump(SitStart(summary="Start Bench", slot="RB", start=man("Bench"), sit=man("Old"), **COMMON))
LINEUP = dump(
    LineupChange(
        summary="Line-up", before=(slot("Old"), slot("Same")), after=(slot("Bench"), slot("Same")), **COMMON
    )
)


def said(*documents: dict[str, Any], rosters: tuple[tuple[str, int], ...] = ()) -> list[tuple[str, ...]]:
    places = rosters or (HERE,) * len(documents)
    found = links(
        {
            str(n): touched(d["summary"], place, d)
            for n, (d, place) in enumerate(zip(documents, places, strict=True))
        }
    )
    return list(found.values())


def test_a_drop_of_somebody_who_is_traded_says_so_on_both_sides() -> None:
    claim, trade = said(CLAIM, TRADE)
    assert claim == ("Old: also in “Trade Old”; not both can be done as they stand.",)
    assert trade == ("Old: also in “Add New”; not both can be done as they stand.",)


def test_a_drop_of_somebody_who_is_to_sit_says_so() -> None:
    claim, start = said(CLAIM, START)
    assert claim == ("Old: also in “Start Bench”; not both can be done as they stand.",)
    assert start == ("Old: also in “Add New”; not both can be done as they stand.",)


def test_the_same_change_twice() -> None:
    assert said(START, LINEUP) == [
        ("“Line-up” asks for the same change.",),
        ("“Start Bench” asks for the same change.",),
    ]


def test_who_stays_where_he_is_links_nothing() -> None:
    other = dump(WaiverClaim(summary="Add Next", add=man("Next"), drop=man("Same"), **COMMON))
    assert said(LINEUP, other) == [(), ()]


def test_other_rosters_are_other_people() -> None:
    assert said(CLAIM, TRADE, rosters=(HERE, ("L", 2))) == [(), ()]


def test_only_what_cannot_both_be_done_is_a_conflict() -> None:
    known = {
        name: touched(name, HERE, doc)
        for name, doc in (("claim", CLAIM), ("trade", TRADE), ("line-up", LINEUP))
    }
    assert conflicts(known)["claim"] == ("trade", "line-up")
    starts = {"start": touched("start", HERE, START), "line-up": touched("line-up", HERE, LINEUP)}
    assert conflicts(starts) == {"start": (), "line-up": ()}


def test_an_approved_one_is_told_where_it_stands_in_the_way() -> None:
    waiting = {"trade": touched("Trade Old", HERE, TRADE), "start": touched("Start", ("M", 1), START)}
    told = overtaken(waiting, [touched("Add New", HERE, CLAIM)])
    assert told == {
        "trade": ("This cannot be done as it stands since “Add New” was approved: Old.",),
        "start": (),
    }


def test_who_starts_for_one_cannot_start_for_another() -> None:
    other = dump(
        SitStart(summary="Start Bench too", slot="WR", start=man("Bench"), sit=man("Third"), **COMMON)
    )
    both = {"start": touched("Start", HERE, START), "other": touched("Other", HERE, other)}
    assert conflicts(both) == {"start": ("other",), "other": ("start",)}
    assert links(both)["other"] == ("Bench: also in “Start”; not both can be done as they stand.",)
    assert overtaken({"other": both["other"]}, [both["start"]])["other"] != ()


def test_a_part_of_a_line_up_is_the_same_change() -> None:
    more = dump(
        LineupChange(
            summary="Line-up",
            before=(slot("Old"), slot("Third"), slot("Same")),
            after=(slot("Second"), slot("Same"), slot("Bench")),
            **COMMON,
        )
    )
    both = {"start": touched("Start", HERE, START), "line-up": touched("Line-up", HERE, more)}
    assert conflicts(both) == {"start": (), "line-up": ()}
    assert overtaken({"start": both["start"]}, [both["line-up"]]) == {"start": ()}
