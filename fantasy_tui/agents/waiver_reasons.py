"""The sentences of a waiver claim: what it gains and costs, what set the bid, what stands in its way."""

from collections.abc import Sequence
from dataclasses import dataclass

from fantasy_tui.agents import explain
from fantasy_tui.agents.explain import signed
from fantasy_tui.agents.lines import described, matchup
from fantasy_tui.football import faab
from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.football.odds import ACT_GAIN
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek
from fantasy_tui.football.waiver import NOISE, Move, Wire, drops, horizon, most_alike, points, starts_with
from fantasy_tui.football.waiver_odds import Chance
from fantasy_tui.football.waiver_terms import bids, must_first, names

_LOST = frozenset({"Out", "IR", "PUP", "Doubtful", "Sus", "NA", "DNR", "COV"})


@dataclass(frozen=True, slots=True)
class Claim:
    """A move worth telling, and what it comes to once those told before it are made."""

    move: Move
    chance: Chance
    probability: float
    """As it may be shown, 0 to 1."""
    acts: bool
    above: tuple[Move, ...] = ()
    then: Move | None = None
    """The best move for the same player after those above; none when he then improves nothing."""


_SHORT = 40
"""Characters of a step that still fit into the summary."""


def summary(view: LeagueView, here: Wire, move: Move, bid: int | None) -> str:
    """One line: whom to add, whom to drop, what to bid, and whether something must be done first."""
    add, drop = view.players[move.add], view.player(move.drop)
    words = f"{'Claim' if move.add in view.on_waivers else 'Add'} {add.name}"
    words += f", drop {drop.name}" if drop is not None else ""
    words += f", bid ${bid}" if bid is not None else ""
    first = [told.split(":")[0] for told in must_first(view, here, move)]
    if not first:
        return words
    before = first[0] if len(first) == 1 and len(first[0]) <= _SHORT else "put the roster in order"
    return f"{words} (first {before})"


def _span(weeks: Sequence[int]) -> str:
    return f"week {weeks[0]}" if len(weeks) == 1 else f"weeks {weeks[0]}-{weeks[-1]}"


def _line_ups(weeks: Sequence[int]) -> str:
    return f"The best line-up{'s' if len(weeks) > 1 else ''} of {_span(weeks)}"


def status_quo(view: LeagueView, here: Wire, move: Move) -> str:
    """What the best line-ups come to without the move, and with it."""
    add = view.players[move.add]
    base = sum(here.without(week, add) for week in horizon(here, add))
    return (
        f"{_line_ups(move.weeks)} without the move: {base:.1f} points expected from the slots still open,"
        f" {base + move.promise:.1f} promised with it."
    )


def reasons(
    view: LeagueView,
    roster: RosterWeek,
    here: Wire,
    claim: Claim,
    middle: tuple[float, float],
    bid: faab.Offer | None,
    contest: faab.Rivalry | None,
    order: int,
) -> tuple[str, ...]:
    """Why: frequency and range, what is promised and what comes true of it, who comes and goes, the price."""
    move = claim.move
    add, drop = view.players[move.add], view.player(move.drop)
    told = [explain.frequency(claim.probability, move.gain, middle)]
    told += [f"Before anything else, {first}." for first in must_first(view, here, move)]
    if drop is not None and move.drop in here.at.activate:
        told.append(f"{drop.name} may not stay on reserve, and no add is accepted before he goes.")
    told.append(_promise(move))
    told += _covered(here, move, add)
    told.append(explain.contributions(add))
    told.append(explain.contributions(drop) if drop is not None else "There is room: nobody has to go.")
    told += _absences(view, here, claim)
    if add.group == "DEF" and add.lines.opponent_total is not None and view.week in move.weeks:
        told.append(
            f"{add.name} {matchup(add)}: the lines give the opponent {add.lines.opponent_total:.1f} points."
        )
    if starts_with(view, add):
        told.append(
            f"{add.name} cannot start this week any more; it counts from {_span(move.weeks[:1])}, with"
            f" {points(add, 1):.1f} points expected then."
        )
    if min(move.later, -abs(move.bench)) <= -explain.NO_EFFECT:
        told.append(
            f"Ranked at {signed(move.worth)}: the weeks after count {signed(move.later)}, the bench"
            f" {signed(move.bench)} (a tenth of what each is expected to score above the free agents)."
        )
    if bid is not None and contest is not None:
        told.append(_bid_reason(bid, contest))
    elif move.add in view.on_waivers and not bids(view):
        told += _order_reason(view, roster, order if claim.acts else 0)
    elif move.add not in view.on_waivers:
        told.append("He is a free agent and can be added at once.")
    told += _shared(view, claim)
    told += _alike(view, roster, add)
    return tuple(told)


def _promise(move: Move) -> str:
    weekly = ", ".join(signed(promise) for promise in move.promised)
    by_week = f" ({weekly})" if len(move.promised) > 1 else ""
    dropped = ", the drop included" if move.drop is not None else ""
    return (
        f"{_line_ups(move.weeks)} {'gain' if len(move.weeks) > 1 else 'gains'} {signed(move.promise)} by today's"
        f" projections{by_week}{dropped}; of such promises {round(100 * CALIBRATION.slopes['waiver'])} %"
        f" comes true, and of less than {NOISE:.0f} point in a week nothing."
    )


def _covered(here: Wire, move: Move, add: PlayerWeek) -> list[str]:
    """Of which weeks only a part counts, because the hole that he fills can be filled later."""
    late = [here.weeks[week] for week in horizon(here, add) if here.anyway(week, add) is not None]
    if not late:
        return []
    weeks = f"week{'s' if len(late) > 1 else ''} {', '.join(map(str, late))}"
    level = here.level.get(add.group, 0.0)
    return [
        f"The slot he fills in {weeks} could be filled by a later add: only what he brings beyond the {level:.1f}"
        f" points of the second best free {add.group} counts there."
    ]


def _absences(view: LeagueView, here: Wire, claim: Claim) -> list[str]:
    """Who at the add's positions will not play this week, where nobody else fills his slot."""
    add = view.players[claim.move.add]
    if not claim.chance.against_nothing and add.group != "K":
        return []
    absent = [
        player
        for player in map(view.player, here.at.active)
        if player is not None
        and player.availability.is_dead
        and not player.positions.isdisjoint(add.positions)
    ]
    if not absent:
        return ["Nobody who would score makes way for him."]
    names = ", ".join(f"{player.name} ({player.availability.reason})" for player in absent)
    return [f"Nobody who would score makes way for him: {names} will not play."]


def _bid_reason(bid: faab.Offer, contest: faab.Rivalry) -> str:
    if contest.claims:
        whose = f"{contest.position} claims" if contest.position else "claims"
        by = f"going by {contest.claims} {whose} of this season"
    else:
        by = "by assumption, for want of claims"
    teams = {0: "no rival's", 1: "1 rival's"}.get(contest.helped, f"{contest.helped} rivals'")
    return (
        f"Bid ${bid.amount}, set by: {bid.bound}. The add would improve {teams} best line-ups;"
        f" {contest.expected:.1f} rival bids are expected, {by}."
    )


def _order_reason(view: LeagueView, roster: RosterWeek, order: int) -> list[str]:
    told = [f"Number {order} of your claims."] if order else []
    if roster.waiver_position is not None:
        told.append(f"Your place in the order of claims is {roster.waiver_position} of {len(view.rosters)}.")
    match view.settings.get("waiver_type"):
        case 0:
            told.append("A claim that wins sends you to the last place.")
        case 1:
            told.append("The order follows the standings in reverse: a claim has no lasting cost.")
    return told


def _shared(view: LeagueView, claim: Claim) -> list[str]:
    """How the move stands to those told before it."""
    move, then = claim.move, claim.then
    if not claim.above:
        return []
    if then is None or then.gain < ACT_GAIN:
        return ["It stands in for those above: once they are made it adds nothing to speak of."]
    same = [above for above in claim.above if above.drop == move.drop]
    if not same:
        changed = abs(then.gain - move.gain) >= ACT_GAIN
        return [f"Once those above are made it is worth {signed(then.gain)}."] if changed else []
    what = "The room" if move.drop is None else f"The drop of {names(view, [move.drop])}"
    other = f"drop {names(view, [then.drop])}" if then.drop is not None else "no drop is needed"
    unsure = any(above.add in view.on_waivers for above in same)
    when = "if the claim above wins" if unsure else "once that is done"
    return [
        f"{what} is shared with {names(view, [above.add for above in same])} above: {when}, this one needs"
        f" another; then {other}, {signed(then.gain)}."
    ]


def _alike(view: LeagueView, roster: RosterWeek, add: PlayerWeek) -> list[str]:
    """A story beside the numbers: which free agent plays most like someone the roster has lost."""
    told = []
    for player in map(view.player, roster.players):
        if player is None or player.injury_status not in _LOST or player.group != add.group:
            continue
        alike = most_alike(view, player)
        if alike == add.player_id:
            told.append(f"Of the free agents he plays most like {described(player)}, whom you have lost.")
        elif alike is not None:
            told.append(f"Of the free agents {view.players[alike].name} plays most like {described(player)}.")
    return told


def flips(view: LeagueView, claim: Claim) -> tuple[str, ...]:
    """What would turn the advice around; each completes the sentence "flips if …"."""
    move = claim.move
    add = view.players[move.add]
    told = []
    if add.availability.play_probability < 1 and move.weeks[0] == view.week:
        told.append(f"{add.name} is inactive")
    largest = max(range(len(move.promised)), key=move.promised.__getitem__)
    if move.promised[largest] > NOISE:
        less = move.promised[largest] - NOISE
        told.append(
            f"{explain.possessive(add.name)} projection for week {move.weeks[largest]} falls by {less:.1f}"
        )
    told.append("a rival is served first" if move.add in view.on_waivers else "somebody else adds him first")
    return tuple(told)


def alternative(view: LeagueView, here: Wire, claim: Claim, found: Sequence[Move]) -> str | None:
    """The best other free agent at his position, else the same one for another drop, else the next best move."""
    move = claim.move
    group = view.players[move.add].group
    # Who gains more has a claim of his own, above this one.
    others = [o for o in found if o.add != move.add and explain.NO_EFFECT <= o.gain <= move.gain]
    same = [other for other in others if view.players[other.add].group == group]
    again = [
        other
        for other in drops(here, move.add)
        if other.drop != move.drop and explain.NO_EFFECT <= other.gain <= move.gain
    ]
    best = next(iter(same or again or others), None)
    if best is None:
        return None
    drop = f", drop {names(view, [best.drop])}" if best.drop is not None else ""
    return (
        f"Add {names(view, [best.add])}{drop}: {signed(best.gain)} points expected over {_span(best.weeks)}."
    )
