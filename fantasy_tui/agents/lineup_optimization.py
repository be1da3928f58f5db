"""lineup_optimization: the exact best line-up a team can still set this week."""

from dataclasses import replace

from fantasy_tui.agents import explain
from fantasy_tui.agents.lines import described, slot_lines, source_lines
from fantasy_tui.agents.proposal import Edit, OnProgress, Proposal, silent
from fantasy_tui.agents.recommendation import LineupChange
from fantasy_tui.football.contingency import Contingency, contingencies, replacements
from fantasy_tui.football.odds import ACT_GAIN, ACT_PROBABILITY, confidence
from fantasy_tui.football.plan import (
    Plan,
    Swap,
    available,
    deadline,
    exchanged,
    expected_points,
    locked_slots,
    only,
    suggest,
    swaps,
)
from fantasy_tui.football.settle import Starters
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek

MODEL_VERSION = "lineup-blend-2"

_MOST_FLIPS = 3


def recommend(view: LeagueView, on_progress: OnProgress = silent) -> list[Proposal]:
    """The best line-up, when it is better by at least half a point and in 55 of 100 weeks."""
    roster = view.mine
    if roster is None or view.is_best_ball or len(roster.starters) != len(view.slots):
        return []
    plan, held = _plan(view, roster)
    on_progress(1.0)
    if plan.gain < ACT_GAIN:
        return []
    proposal, probability = _proposal(view, plan, held)
    return [proposal] if proposal is not None and probability >= ACT_PROBABILITY else []


def edits(view: LeagueView, advice: LineupChange) -> list[Edit]:
    """Only the largest of its swaps, and the runner-up in the place of who comes in by that."""
    roster = view.mine
    if roster is None or not len(roster.starters) == len(view.slots) == len(advice.after):
        return []
    plan = _planned(
        view, roster, tuple(line.player.player_id if line.player else None for line in advice.after)
    )
    if not plan.comes_in or any(player not in view.players for player in plan.comes_in):
        return []
    best, *others = _largest_first(view, plan)
    lineups = [("Only the largest change", only(plan, best))] if others else []
    second = _second(view, roster, plan, best)
    if second is not None:
        lineups.append((f"{second[0].name} instead of {view.players[best.start].name}", second[1]))
    found = [(label, _proposal(view, _planned(view, roster, lineup), [])[0]) for label, lineup in lineups]
    return [(label, proposal) for label, proposal in found if proposal is not None]


def _planned(view: LeagueView, roster: RosterWeek, lineup: tuple[str | None, ...]) -> Plan:
    """The change to a given line-up; whoever is not known stays where he is, as locked players do."""
    locked = locked_slots(view, roster)
    suggested = tuple(
        was if index in locked else now
        for index, (was, now) in enumerate(zip(roster.starters, lineup, strict=True))
    )
    return Plan(
        slots=view.slots,
        current=roster.starters,
        suggested=suggested,
        locked=locked,
        current_points=expected_points(view, roster.starters),
        suggested_points=expected_points(view, suggested),
    )


def _second(
    view: LeagueView, roster: RosterWeek, plan: Plan, best: Swap
) -> tuple[PlayerWeek, tuple[str | None, ...]] | None:
    """The best of the bench who could come in as a swap's newcomer does, and the line-up with him."""
    after = replace(roster, starters=plan.suggested)
    others = [
        player
        for player in available(view, roster)
        if player.player_id not in plan.suggested and player.player_id != best.sit and player.expected > 0
    ]
    for player in sorted(others, key=lambda p: (-p.expected, p.player_id)):
        lineup = exchanged(view, after, (best.start,), (player,))
        if lineup is not None:
            return player, lineup
    return None


def _proposal(view: LeagueView, plan: Plan, held: list[Contingency]) -> tuple[Proposal | None, float]:
    """The change as advice, none once it is too late, and the chance (0 to 1) that it is right."""
    ins, outs = _known(view, plan.comes_in), _known(view, plan.goes_out)
    probability, middle = explain.weighed(view, ins, outs)
    expires_at = deadline(view, plan.moves)
    if expires_at is None or expires_at <= view.now:
        return None, probability
    shown = confidence(probability, dead_starter=_replaces_nobody(outs))
    recommendation = LineupChange(
        summary=_summary(view, plan),
        reasons=(
            f"The whole change: {explain.frequency(shown / 100, plan.gain, middle)}",
            *_reasons(view, plan, held),
        ),
        sources=source_lines(view),
        alternative=_alternative(view, plan),
        status_quo=f"The line-up as it stands is expected to score {plan.current_points:.1f}"
        f" against {plan.suggested_points:.1f}.",
        middle=middle,
        flips=_flips(view, plan),
        record=explain.record(view, "lineup_optimization", probability),
        lacks=explain.lacks(view, [*ins, *outs]),
        as_of=view.as_of,
        stale=view.stale,
        settle=Starters(view.week, plan.comes_in, plan.goes_out),
        before=slot_lines(view, plan.current, plan.locked),
        after=slot_lines(view, plan.suggested, plan.locked),
    )
    proposal = Proposal(
        subject="lineup",
        recommendation=recommendation,
        confidence=round(shown),
        expected_gain=round(plan.gain, 2),
        expires_at=expires_at,
    )
    return proposal, probability


def _plan(view: LeagueView, roster: RosterWeek) -> tuple[Plan, list[Contingency]]:
    """The best line-up, and the starters in doubt who stay because a backup can still come in for them."""
    spoken_for = {option.player.player_id for option in replacements(view, roster).values()}
    held = {c: c.backup.player for c in contingencies(view, roster, spoken_for) if c.backup and c.waits}
    while True:
        plan = suggest(view, roster, {c.starter.player_id: c.waiting for c in held})
        # A backup who starts for somebody else, or for whom there would be no seat then, is none.
        after = replace(roster, starters=plan.suggested)
        left = {
            c: backup
            for c, backup in held.items()
            if backup.player_id not in plan.suggested
            and exchanged(view, after, (c.starter.player_id,), (backup,), not_before=c.starter.kickoff)
        }
        if len(left) == len(held):
            return plan, [c for c in held if c.starter.player_id in plan.suggested]
        held = left


def _known(view: LeagueView, players: tuple[str, ...]) -> list[PlayerWeek]:
    return [player for player in map(view.player, players) if player is not None]


def _replaces_nobody(outs: list[PlayerWeek]) -> bool:
    """True when all who leave will not play, or nobody leaves."""
    return all(player.availability.is_dead for player in outs)


def _gain(view: LeagueView, swap: Swap) -> float:
    sit = view.player(swap.sit)
    return view.players[swap.start].expected - (sit.expected if sit is not None else 0.0)


def _largest_first(view: LeagueView, plan: Plan) -> list[Swap]:
    return sorted(swaps(plan), key=lambda swap: -_gain(view, swap))


def _summary(view: LeagueView, plan: Plan) -> str:
    best, *others = _largest_first(view, plan)
    sit = view.player(best.sit)
    over = f" over {sit.name}" if sit is not None else f" in the empty {best.slot}"
    more = f" and {len(others)} more" if others else ""
    return f"Start {view.players[best.start].name}{over}{more}"


def _reasons(view: LeagueView, plan: Plan, held: list[Contingency]) -> tuple[str, ...]:
    reasons = [_swap_reason(view, swap) for swap in swaps(plan)]
    if len(reasons) == 1:
        reasons += [explain.contributions(p) for p in _known(view, (*plan.comes_in, *plan.goes_out))]
    shifted = [
        f"{view.players[player].name} to {slot}"
        for slot, was, player in zip(plan.slots, plan.current, plan.suggested, strict=True)
        if player is not None and player != was and player in plan.current
    ]
    if shifted:
        reasons.append(
            f"To make room, and to keep the widest slot for the latest kickoff: {', '.join(shifted)}."
        )
    reasons += [
        f"{c.starter.name} stays: he {explain.plays(c.starter)}, and {c.backup.player.name} can still come in"
        f" at his kickoff."
        for c in held
        if c.backup is not None
    ]
    return (*reasons, explain.NEVER_AN_EFFECT)


def _swap_reason(view: LeagueView, swap: Swap) -> str:
    start = view.players[swap.start]
    sit = view.player(swap.sit)
    if sit is None:
        return f"{swap.slot} is empty: start {described(start)}, expected {start.expected:.1f}."
    sentence = (
        f"{swap.slot}: {described(start)} {start.expected:.1f} over {described(sit)} {sit.expected:.1f},"
        f" {explain.signed(start.expected - sit.expected)}"
    )
    if sit.availability.is_dead:
        return f"{sentence}; {sit.name} will not play ({sit.availability.reason})."
    probability, _ = explain.weighed(view, [start], [sit])
    return f"{sentence}; ahead in {round(100 * probability)} of 100."


def _flips(view: LeagueView, plan: Plan) -> tuple[str, ...]:
    """What would undo a part of the change, the closest swaps first."""
    closest = reversed(_largest_first(view, plan))
    found = [
        flip
        for swap in closest
        for flip in explain.flips(view.players[swap.start], view.player(swap.sit), _gain(view, swap))
    ]
    return tuple(dict.fromkeys(found))[:_MOST_FLIPS]


def _alternative(view: LeagueView, plan: Plan) -> str | None:
    best, *others = _largest_first(view, plan)
    if not others:
        return None
    sit = view.player(best.sit)
    where = f"for {sit.name}" if sit is not None else f"in the empty {best.slot}"
    gain = explain.signed(_gain(view, best))
    return f"Only the largest change: {view.players[best.start].name} {where}, {gain}."
