"""The waiver wire as a board: adds by worth, what to bid, what rivals have and need, who must be claimed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from .bid_ladder import Ladder, ladder
from .matchup import likely_lineup, weak_spots
from .odds import confidence
from .trust import lowered
from .view import LeagueView, RosterWeek, Source
from .waiver import Move, Wire, helps, moves, rivals, weeks_known, wire
from .waiver_odds import chance
from .waiver_terms import bids, market, must_first, offer_for, within_reach

NEEDS = 3
"""Weak spots of a rival that are told."""
_CLOSED = {
    "pre_draft": "The draft has not been held: nobody can be added yet.",
    "drafting": "The draft is on: nobody can be added yet.",
    "complete": "The season is over.",
}


@dataclass(frozen=True, slots=True)
class Option:
    """A free agent to add, with the best player to drop for him."""

    add_id: str
    add: str
    add_position: str | None
    add_team: str | None
    add_injury: str | None
    drop_id: str | None
    drop: str | None
    """None: there is room."""
    first: tuple[str, ...]
    """What must be done before Sleeper accepts it; sentences."""
    gain: float
    """League points that are expected to come true of the promise."""
    promise: float
    worth: float
    """What the board is ranked by: the gain with later losses and the bench counted."""
    chance: float
    """Of the best line-ups scoring at least as much as without the move, 0 to 1."""
    weeks: tuple[int, ...]
    by_week: tuple[float, ...]
    """Promised points in each of them."""
    claim: bool
    """He must be claimed; else he can be added at once."""
    bid: int | None
    """Dollars to bid; none where there is nothing to bid for or with."""
    bid_bound: str | None
    """What set it."""
    ladder: Ladder | None
    """None also where too few bids of this league are known."""
    wanted_by: tuple[str, ...]
    """Teams whose best line-ups he would help by a point a week."""


@dataclass(frozen=True, slots=True)
class Need:
    """A slot in which a rival falls short of the league's median starter this week."""

    slot: str
    short: float


@dataclass(frozen=True, slots=True)
class Rival:
    """Another team as a bidder."""

    roster_id: int
    team_name: str
    manager: str | None
    faab_left: int | None
    waiver_position: int | None
    needs: tuple[Need, ...]
    """The worst first."""
    claims: int
    """Made this season, won or lost."""
    won: int
    spent: int
    """Dollars of the won ones."""


@dataclass(frozen=True, slots=True)
class OnWaivers:
    """A free agent who must be claimed."""

    player_id: str
    name: str
    position: str | None
    why: str
    """dropped, or game begun."""
    until: datetime | None
    """The next run of waivers: not before then; none where it is not known."""


@dataclass(frozen=True, slots=True)
class WaiverBoard:
    """A league's waiver wire as the user's team sees it."""

    league_id: str
    name: str
    week: int
    best_ball: bool
    """Sleeper sets the line-ups itself."""
    bidding: bool
    left: int | None
    """Dollars of the user's own."""
    position: int | None
    """The user's place in the order of claims."""
    runs_at: datetime | None
    """When claims are next decided."""
    options: tuple[Option, ...]
    """The best first; those that improve no line-up are left out."""
    rivals: tuple[Rival, ...]
    """The richest first where teams bid, else by their place."""
    on_waivers: tuple[OnWaivers, ...]
    closed: str | None
    """Why nobody can be added; a sentence."""
    lacks: tuple[str, ...]
    stale: bool
    sources: tuple[Source, ...]


def waiver_board(view: LeagueView, roster: RosterWeek) -> WaiverBoard:
    """The board of a team in the view's week."""
    shut = closed(view, roster)
    others = rivals(view)
    options: list[Option] = []
    if shut is None:
        here = wire(view, roster)
        options = [
            _option(view, roster, here, move, others) for move in moves(here, within_reach(view, roster))
        ]
    return WaiverBoard(
        league_id=view.league_id,
        name=view.name,
        week=view.week,
        best_ball=view.is_best_ball,
        bidding=bids(view),
        left=roster.faab_left,
        position=roster.waiver_position,
        runs_at=view.waivers_run,
        options=tuple(options),
        rivals=tuple(_rivals(view, roster)),
        on_waivers=tuple(_on_waivers(view)),
        closed=shut,
        lacks=_lacks(view, options),
        stale=view.stale,
        sources=view.sources,
    )


def closed(view: LeagueView, roster: RosterWeek) -> str | None:
    """Why the team can add nobody now; none where it can."""
    if view.status in _CLOSED:
        return _CLOSED[view.status]
    if view.settings.get("disable_adds"):
        return "The commissioner has closed adds in this league."
    if not roster.players:
        return "The team has no players yet."
    return None


def _option(view: LeagueView, roster: RosterWeek, here: Wire, move: Move, others: Sequence[Wire]) -> Option:
    add, drop = view.players[move.add], view.player(move.drop)
    odds = chance(here, move)
    # Later line-ups may yet change: only in the one week that counts is an empty slot a certain gain.
    sure = odds.against_nothing and len(move.weeks) == 1
    claim = move.add in view.on_waivers
    bid, steps = None, None
    if claim and bids(view) and roster.faab_left is not None:
        bid, contest = offer_for(view, roster, roster.faab_left, move, others)
        purse = market(view, roster, roster.faab_left, add.group)
        steps = ladder(view.bids, add.group, contest, purse, also=(bid.amount,))
    return Option(
        add_id=move.add,
        add=add.name,
        add_position=add.position,
        add_team=add.team,
        add_injury=add.injury_status,
        drop_id=move.drop,
        drop=drop.name if drop is not None else None,
        first=must_first(view, here, move),
        gain=move.gain,
        promise=move.promise,
        worth=move.worth,
        chance=confidence(lowered(view, odds.probability), dead_starter=sure) / 100,
        weeks=move.weeks,
        by_week=move.promised,
        claim=claim,
        bid=bid.amount if bid is not None else None,
        bid_bound=bid.bound if bid is not None else None,
        ladder=steps,
        wanted_by=_wanted_by(view, move.add, others),
    )


def _wanted_by(view: LeagueView, add_id: str, others: Sequence[Wire]) -> tuple[str, ...]:
    teams = [
        roster for roster in view.rosters.values() if roster.roster_id != view.my_roster_id and roster.players
    ]
    return tuple(
        roster.team_name for roster, there in zip(teams, others, strict=True) if helps(there, add_id)
    )


def _rivals(view: LeagueView, mine: RosterWeek) -> list[Rival]:
    fielded = {roster.roster_id: likely_lineup(view, roster) for roster in view.rosters.values()}
    found = []
    for roster in view.rosters.values():
        if roster.roster_id == mine.roster_id:
            continue
        elsewhere = [lineup for other, lineup in fielded.items() if other != roster.roster_id]
        spots = weak_spots(view, fielded[roster.roster_id], elsewhere) if roster.players else []
        made = [bid for bid in view.bids if bid.roster_id == roster.roster_id]
        found.append(
            Rival(
                roster_id=roster.roster_id,
                team_name=roster.team_name,
                manager=roster.manager,
                faab_left=roster.faab_left,
                waiver_position=roster.waiver_position,
                needs=tuple(Need(spot.slot, spot.short) for spot in spots[:NEEDS]),
                claims=len(made),
                won=sum(bid.won for bid in made),
                spent=sum(bid.amount for bid in made if bid.won),
            )
        )
    return sorted(found, key=lambda one: (-(one.faab_left or 0), one.waiver_position or 0, one.roster_id))


def _on_waivers(view: LeagueView) -> list[OnWaivers]:
    held = [player for player in map(view.player, view.free_agents) if player is not None]
    return [
        OnWaivers(
            player.player_id,
            player.name,
            player.position,
            "game begun" if player.locked(view.now) else "dropped",
            view.waivers_run,
        )
        for player in held
        if player.player_id in view.on_waivers
    ]


def _lacks(view: LeagueView, options: Sequence[Option]) -> tuple[str, ...]:
    found = []
    claims = [option for option in options if option.claim]
    if claims and view.waivers_run is None:
        found.append("When waivers run is not known.")
    if claims and bids(view) and any(option.bid is None for option in claims):
        found.append("What is left of the budget is not known: no bid is suggested.")
    elif claims and bids(view) and any(option.ladder is None for option in claims):
        found.append("Too few contested bids of this league are known to say what a bid buys.")
    if view.weeks_ahead and len(weeks_known(view)) == 1:
        found.append("Nothing is known of the weeks ahead: only this week counts.")
    return tuple(found)
