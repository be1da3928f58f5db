"""waiver_wire: whom to add from the free agents, whom to drop for him, and what to bid."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from fantasy_tui.agents import explain
from fantasy_tui.agents import waiver_reasons as words
from fantasy_tui.agents.lines import player_line, source_lines
from fantasy_tui.agents.proposal import OnProgress, Proposal, silent
from fantasy_tui.agents.recommendation import WaiverClaim
from fantasy_tui.agents.waiver_reasons import Claim
from fantasy_tui.football import faab
from fantasy_tui.football.odds import ACT_GAIN, ACT_PROBABILITY, TOSS_UP_PROBABILITY, confidence
from fantasy_tui.football.settle import Rosters
from fantasy_tui.football.slots import STREAMED
from fantasy_tui.football.view import LeagueView, RosterWeek
from fantasy_tui.football.waiver import (
    Move,
    Wire,
    after,
    drops,
    moves,
    rivals,
    weeks_known,
    wire,
)
from fantasy_tui.football.waiver_odds import chance
from fantasy_tui.football.waiver_terms import bids, must_first, offer_for, within_reach

MODEL_VERSION = "waiver-lineup-2"

MOST_CLAIMS, MOST_AT_A_POSITION, MOST_TOSS_UPS = 5, 2, 2
_NO_CLAIMS = frozenset({"pre_draft", "drafting", "complete"})
# Advice without a kickoff or a run of waivers ahead is made anew at the next sync.
_OTHERWISE = timedelta(days=1)


def recommend(view: LeagueView, on_progress: OnProgress = silent) -> list[Proposal]:
    """At most five adds that gain half a point in 55 of 100 cases, most worth first, and two toss-ups."""
    roster = view.mine
    if roster is None or not roster.players or view.settings.get("disable_adds"):
        return []
    if view.status in _NO_CLAIMS:
        return []
    here = wire(view, roster)
    found = moves(here, within_reach(view, roster))
    on_progress(0.6)
    claims = _chosen(view, roster, here, found)
    others = rivals(view) if bids(view) and claims else []
    proposals: list[Proposal] = []
    order = 0
    for claim in claims:
        order += claim.acts and claim.move.add in view.on_waivers
        proposals.append(propose(view, roster, here, claim, found, others, order))
    on_progress(1.0)
    return proposals


def claim_of(view: LeagueView, here: Wire, move: Move) -> Claim:
    """A move by itself, as likely as it may be shown."""
    odds = chance(here, move)
    dead_starter = odds.against_nothing and len(move.weeks) == 1
    lowered = explain.lowered(view, odds.probability)
    return Claim(move, odds, confidence(lowered, dead_starter=dead_starter) / 100, True)


def _chosen(view: LeagueView, roster: RosterWeek, here: Wire, found: Sequence[Move]) -> list[Claim]:
    """Moves to act on in order of worth, then toss-ups.

    After a free agent who can be had at once, only who still adds to it is worth acting on; a claim may fail,
    and one more at its position stands in for it.
    """
    acts: list[Claim] = []
    tosses: list[Claim] = []
    sure, all_above = here, here
    at_position: dict[str | None, int] = {}
    for move in found:
        odds = chance(here, move)
        # Later line-ups may yet change: only in the one week that counts is an empty slot a certain gain.
        dead_starter = odds.against_nothing and len(move.weeks) == 1
        lowered = explain.lowered(view, odds.probability)
        probability = confidence(lowered, dead_starter=dead_starter) / 100
        add = view.players[move.add]
        if probability >= ACT_PROBABILITY and move.gain >= ACT_GAIN and move.worth >= ACT_GAIN:
            if len(acts) == MOST_CLAIMS or at_position.get(add.group, 0) == MOST_AT_A_POSITION:
                continue
            if sure is not here and _gain(drops(sure, move.add)) < ACT_GAIN:
                continue
            options = drops(all_above, move.add) if acts else [move]
            then = options[0] if options else None
            above = tuple(claim.move for claim in acts)
            acts.append(Claim(move, odds, probability, True, above, then))
            at_position[add.group] = at_position.get(add.group, 0) + 1
            if then is not None:
                all_above = after(all_above, roster, then)
            if move.add not in view.on_waivers:
                best = next(iter(drops(sure, move.add)), None)
                sure = after(sure, roster, best) if best is not None else sure
        elif (
            TOSS_UP_PROBABILITY <= probability < ACT_PROBABILITY
            and move.promise >= ACT_GAIN
            and move.worth >= 0
            and len(tosses) < MOST_TOSS_UPS
        ):
            tosses.append(Claim(move, odds, probability, False))
    return acts + tosses


def _gain(options: Sequence[Move]) -> float:
    return options[0].gain if options else 0.0


def propose(
    view: LeagueView,
    roster: RosterWeek,
    here: Wire,
    claim: Claim,
    found: Sequence[Move],
    others: Sequence[Wire],
    order: int,
) -> Proposal:
    """The advice for one claim; `found` are the other moves to name, `order` its place among the claims."""
    move = claim.move
    add, drop = view.players[move.add], view.player(move.drop)
    claimed = move.add in view.on_waivers
    bid, contest = None, None
    if claimed and bids(view) and roster.faab_left is not None:
        bid, contest = offer_for(view, roster, roster.faab_left, move, others)
    new = (*(player for player in here.at.active if player != move.drop), move.add)
    # Old inputs widen the range; the chance is lowered for them once, not by the variance as well.
    low, high = chance(here, move, stale=view.stale).difference.middle()
    middle = (round(low, 1), round(high, 1))
    recommendation = WaiverClaim(
        summary=words.summary(view, here, move, bid.amount if bid is not None else None),
        reasons=words.reasons(view, roster, here, claim, middle, bid, contest, order),
        sources=source_lines(view),
        alternative=words.alternative(view, here, claim, found),
        status_quo=words.status_quo(view, here, move),
        middle=middle,
        flips=words.flips(view, claim),
        record=explain.record(view, "waiver_wire", claim.probability),
        lacks=_lacks(view, roster, move, contest),
        as_of=view.as_of,
        stale=view.stale,
        settle=Rosters(weeks=move.weeks, new=new, old=here.at.active),
        add=player_line(add),
        drop=player_line(drop) if drop is not None else None,
        first=must_first(view, here, move),
        bid=bid.amount if bid is not None else None,
        bid_bound=bid.bound if bid is not None else None,
        claim_order=order if claimed and claim.acts and not bids(view) else None,
        claim_until=view.waivers_run if claimed else None,
        weeks=move.weeks,
    )
    return Proposal(
        subject=f"add:{move.add}",
        recommendation=recommendation,
        confidence=round(100 * claim.probability),
        expected_gain=round(move.gain, 2),
        expires_at=_expires(view, move),
        horizon="week" if len(move.weeks) == 1 else f"{len(move.weeks)} weeks",
        actionable=claim.acts,
        settles_week=move.weeks[-1],
    )


def _lacks(view: LeagueView, roster: RosterWeek, move: Move, contest: faab.Rivalry | None) -> tuple[str, ...]:
    players = [player for player in map(view.player, (move.add, move.drop)) if player is not None]
    told = [*(explain.this_season_only(view) if move.drop else ()), *explain.lacks(view, players)]
    if contest is not None:
        if faab.ceiling(view.bids, players[0].group) is None:
            told.append("Too few winning bids of this league are known to say what is seldom exceeded.")
        if not contest.claims:
            told.append("Too few claims of this league are known: half a rival bid is assumed at most.")
    elif move.add in view.on_waivers and bids(view):
        told.append("What is left of the budget is not known: no bid is suggested.")
    if move.add in view.on_waivers and view.waivers_run is None:
        told.append("When waivers run is not known.")
    if view.weeks_ahead and len(weeks_known(view)) == 1 and players[0].group not in STREAMED:
        told.append("Nothing is known of the weeks ahead: only this week counts.")
    return tuple(told)


def _expires(view: LeagueView, move: Move) -> datetime:
    """When waivers run or one of the two kicks off, whichever comes first."""
    times = [player.kickoff for player in map(view.player, (move.add, move.drop)) if player is not None]
    if move.add in view.on_waivers:
        times.append(view.waivers_run)
    coming = [time for time in times if time is not None and time > view.now]
    return min(coming, default=view.now + _OTHERWISE)
