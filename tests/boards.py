"""A waiver board made by hand, for tests of what shows one."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from fantasy_tui.football.bid_ladder import BidStep, Ladder
from fantasy_tui.football.view import Source
from fantasy_tui.football.waiver_board import Need, OnWaivers, Option, Rival, WaiverBoard

LADDER = Ladder(
    steps=(
        BidStep(0, 0.18, 0.34),
        BidStep(9, 0.52, 0.61),
        BidStep(14, 0.8, 0.84),
        BidStep(63, 1.0, 1.0),
    ),
    bids=23,
    position="RB",
    contested=0.8,
    claims=31,
)


def option(add: str, **known: Any) -> Option:
    """A free agent at running back who may be added for Benched Back."""
    made = Option(
        add_id=f"id of {add}",
        add=add,
        add_position="RB",
        add_team="DET",
        add_injury=None,
        drop_id="d",
        drop="Benched Back",
        first=(),
        gain=4.2,
        promise=6.5,
        worth=4.6,
        chance=0.71,
        weeks=(10, 11, 12, 13),
        by_week=(3.0, 2.0, 1.5, 0.0),
        claim=False,
        bid=None,
        bid_bound=None,
        ladder=None,
        wanted_by=("Needy",),
    )
    return replace(made, **known)


def board(now: datetime, **known: Any) -> WaiverBoard:
    """A league that bids: a claim at $9 first, then a free receiver, then a running back to be claimed for room."""
    claim = option(
        "Contested Carrier",
        claim=True,
        bid=9,
        bid_bound="80th percentile of this league's 23 winning RB bids",
        ladder=LADDER,
        wanted_by=("Needy", "Rich"),
        first=("activate or drop Healed Hand: no longer allowed on reserve",),
    )
    free = option("Free Flanker", add_position="WR", gain=2.0, worth=1.9, chance=0.62, wanted_by=())
    room = option("Roomy Rusher", drop_id=None, drop=None, claim=True, weeks=(10,), by_week=(1.0,), gain=0.04)
    made = WaiverBoard(
        league_id="A",
        name="Alpha League",
        week=10,
        best_ball=False,
        bidding=True,
        left=63,
        position=None,
        runs_at=now + timedelta(days=2, hours=3),
        options=(claim, free, room),
        rivals=(
            Rival(2, "Rich", "rita", 88, None, (Need("RB", 3.2), Need("FLEX", 1.0)), 4, 3, 12),
            Rival(3, "Needy", None, 5, None, (), 9, 2, 95),
        ),
        on_waivers=(
            OnWaivers("c", "Contested Carrier", "RB", "dropped", now + timedelta(days=2)),
            OnWaivers("e", "Early Starter", "WR", "game begun", now + timedelta(days=2)),
        ),
        closed=None,
        lacks=("Too few bids are known of kickers.",),
        stale=False,
        sources=(Source("Sleeper rosters", now - timedelta(minutes=5)), Source("kickoffs", None)),
    )
    return replace(made, **known)
