"""lineup_optimization: the exact best line-up a team can still set this week."""

from fantasy_tui.agents.lines import (
    basis_note,
    described,
    player_outlook,
    slot_lines,
    source_lines,
)
from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.recommendation import LineupChange
from fantasy_tui.football.odds import (
    ACT_GAIN,
    ACT_PROBABILITY,
    AGAINST_NOTHING,
    confidence,
    probability_at_least,
)
from fantasy_tui.football.plan import Plan, Swap, deadline, suggest, swaps
from fantasy_tui.football.view import LeagueView

MODEL_VERSION = "lineup-normal-1"


def recommend(view: LeagueView) -> list[Proposal]:
    """The best line-up, when it is better by at least half a point and in 55 of 100 weeks."""
    roster = view.mine
    if roster is None or view.is_best_ball:
        return []
    plan = suggest(view, roster)
    expires_at = deadline(view, plan.moves)
    if plan.gain < ACT_GAIN or expires_at is None or expires_at <= view.now:
        return []
    probability = _probability(view, plan)
    if probability < ACT_PROBABILITY:
        return []
    recommendation = LineupChange(
        summary=_summary(view, plan),
        reasons=_reasons(view, plan),
        sources=source_lines(view),
        alternative=_alternative(view, plan),
        status_quo=f"The line-up as it stands is expected to score {plan.current_points:.1f}"
        f" against {plan.suggested_points:.1f}.",
        before=slot_lines(view, plan.current, plan.locked),
        after=slot_lines(view, plan.suggested, plan.locked),
    )
    return [
        Proposal(
            subject="lineup",
            recommendation=recommendation,
            confidence=round(confidence(probability, dead_starter=_replaces_nobody(view, plan))),
            expected_gain=round(plan.gain, 2),
            expires_at=expires_at,
        )
    ]


def _probability(view: LeagueView, plan: Plan) -> float:
    if _replaces_nobody(view, plan):
        return AGAINST_NOTHING
    ins, outs = (
        [player_outlook(player) for player in map(view.player, players) if player is not None]
        for players in (plan.comes_in, plan.goes_out)
    )
    return probability_at_least(ins, outs)


def _replaces_nobody(view: LeagueView, plan: Plan) -> bool:
    """True when every slot that changes hands was empty or held by someone who will not play."""
    leave = (view.player(swap.sit) for swap in swaps(plan))
    return all(player is None or player.availability.is_dead for player in leave)


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


def _reasons(view: LeagueView, plan: Plan) -> tuple[str, ...]:
    reasons = [_swap_reason(view, swap) for swap in swaps(plan)]
    shifted = [
        f"{view.players[player].name} to {slot}"
        for slot, was, player in zip(plan.slots, plan.current, plan.suggested, strict=True)
        if player is not None and player != was and player in plan.current
    ]
    if shifted:
        reasons.append(
            f"To make room, and to keep the widest slot for the latest kickoff: {', '.join(shifted)}."
        )
    if note := basis_note([view.players[player] for player in (*plan.comes_in, *plan.goes_out)]):
        reasons.append(note)
    return tuple(reasons)


def _swap_reason(view: LeagueView, swap: Swap) -> str:
    start = view.players[swap.start]
    sit = view.player(swap.sit)
    if sit is None:
        return f"{swap.slot} is empty: start {described(start)}, expected {start.expected:.1f}."
    sentence = (
        f"{swap.slot}: {described(start)} {start.expected:.1f} over {described(sit)} {sit.expected:.1f},"
        f" {start.expected - sit.expected:+.1f}"
    )
    if sit.availability.is_dead:
        return f"{sentence}; {sit.name} will not play ({sit.availability.reason})."
    ahead = round(100 * probability_at_least([player_outlook(start)], [player_outlook(sit)]))
    return f"{sentence}; ahead in {ahead} of 100."


def _alternative(view: LeagueView, plan: Plan) -> str | None:
    best, *others = _largest_first(view, plan)
    if not others:
        return None
    sit = view.player(best.sit)
    leaves = sit.name if sit is not None else f"nobody in {best.slot}"
    return f"Only the largest change: {view.players[best.start].name} for {leaves}, {_gain(view, best):+.1f}."
