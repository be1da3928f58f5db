"""sit_start: each single call between a starter and somebody of the bench, as a decision of its own."""

from collections.abc import Collection
from dataclasses import dataclass

from fantasy_tui.agents import explain
from fantasy_tui.agents.lines import described, player_line, slot_lines, source_lines
from fantasy_tui.agents.proposal import Edit, OnProgress, Proposal, silent
from fantasy_tui.agents.recommendation import SitStart
from fantasy_tui.football.contingency import Option, filled, in_doubt, options
from fantasy_tui.football.odds import ACT_GAIN, ACT_PROBABILITY, TOSS_UP_PROBABILITY, confidence
from fantasy_tui.football.plan import deadline, exchanged, locked_slots
from fantasy_tui.football.settle import Starters
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek

MODEL_VERSION = "start-blend-2"

MOST_TOSS_UPS = 4
MOST_EDITS = 3


@dataclass(frozen=True, slots=True)
class _Call:
    """Starting somebody of the bench for a healthy starter."""

    option: Option
    sit: PlayerWeek
    probability: float
    middle: tuple[float, float]
    runner_up: PlayerWeek | None

    @property
    def start(self) -> PlayerWeek:
        return self.option.player

    @property
    def gain(self) -> float:
        return self.start.expected - self.sit.expected

    @property
    def acts(self) -> bool:
        return self.probability >= ACT_PROBABILITY and self.gain >= ACT_GAIN

    @property
    def is_toss_up(self) -> bool:
        return TOSS_UP_PROBABILITY <= self.probability < ACT_PROBABILITY


def recommend(view: LeagueView, on_progress: OnProgress = silent) -> list[Proposal]:
    """Swaps worth making, the largest first, then toss-ups likewise; nobody is in two of them.

    Starters who will not or may not play are injury_monitoring's, and so is the bench that replaces them.
    """
    roster = view.mine
    if roster is None or view.is_best_ball or len(roster.starters) != len(view.slots):
        return []
    calls = _calls(view, roster)
    acts = _disjoint(view, roster, sorted((c for c in calls if c.acts), key=lambda c: -c.gain), [])
    close = sorted((c for c in calls if c.is_toss_up), key=lambda c: (-c.gain, c.sit.player_id))
    toss_ups = _disjoint(view, roster, close, acts)[:MOST_TOSS_UPS]
    on_progress(1.0)
    proposals = (_proposal(view, roster, call) for call in (*acts, *toss_ups))
    return [proposal for proposal in proposals if proposal is not None]


def edits(view: LeagueView, advice: SitStart) -> list[Edit]:
    """The runners-up: who else could start for the same starter."""
    roster = view.mine
    sit = view.player(advice.sit.player_id)
    if roster is None or sit is None or len(roster.starters) != len(view.slots):
        return []
    if sit.player_id not in roster.starters:
        return []
    able = [
        option for option in options(view, roster, sit) if option.player.player_id != advice.start.player_id
    ]
    found = []
    for option in able[:MOST_EDITS]:
        probability, middle = explain.weighed(view, [option.player], [sit])
        proposal = _proposal(view, roster, _Call(option, sit, probability, middle, None))
        if proposal is not None:
            found.append((f"{option.player.name} instead of {advice.start.name}", proposal))
    return found


def _calls(view: LeagueView, roster: RosterWeek) -> list[_Call]:
    """Every starter who could be swapped against everyone who could take his place."""
    locked = locked_slots(view, roster)
    needed = filled(view, roster).comes_in
    calls = []
    for index, sit in enumerate(map(view.player, roster.starters)):
        if sit is None or index in locked or sit.availability.is_dead or in_doubt(sit):
            continue
        able = options(view, roster, sit, needed)
        for rank, option in enumerate(able, 1):
            probability, middle = explain.weighed(view, [option.player], [sit])
            # Whoever ranks above him has a call of his own.
            other = next((o.player for o in able[rank:]), None)
            calls.append(_Call(option, sit, probability, middle, other))
    return calls


def _disjoint(
    view: LeagueView, roster: RosterWeek, calls: Collection[_Call], before: list[_Call]
) -> list[_Call]:
    """Those of the calls that can be followed together and beside those `before`, in order."""
    followed = list(before)
    for call in calls:
        involved = {p.player_id for other in followed for p in (other.start, other.sit)}
        if involved.isdisjoint((call.start.player_id, call.sit.player_id)):
            both = [*followed, call]
            outs = [one.sit.player_id for one in both]
            if exchanged(view, roster, outs, [one.start for one in both]) is not None:
                followed.append(call)
    return followed[len(before) :]


def _proposal(view: LeagueView, roster: RosterWeek, call: _Call) -> Proposal | None:
    start, sit, after = call.start, call.sit, call.option.lineup
    moved = [
        player
        for pair in zip(roster.starters, after, strict=True)
        if pair[0] != pair[1]
        for player in pair
        if player is not None
    ]
    expires_at = deadline(view, moved)
    if expires_at is None or expires_at <= view.now:
        return None
    locked = locked_slots(view, roster)
    recommendation = SitStart(
        summary=_summary(call),
        reasons=_reasons(view, roster, call),
        sources=source_lines(view),
        alternative=_alternative(call),
        status_quo=f"{sit.name} starts and is expected to score {sit.expected:.1f}.",
        middle=call.middle,
        flips=explain.flips(start, sit, call.gain),
        record=explain.record(view, "sit_start", call.probability),
        lacks=explain.lacks(view, [start, sit]),
        as_of=view.as_of,
        stale=view.stale,
        settle=Starters(view.week, (start.player_id,), (sit.player_id,)),
        slot=view.slots[after.index(start.player_id)],
        start=player_line(start),
        sit=player_line(sit),
        before=slot_lines(view, roster.starters, locked),
        after=slot_lines(view, after, locked),
    )
    return Proposal(
        subject=f"{start.player_id}:{sit.player_id}",
        recommendation=recommendation,
        confidence=round(confidence(call.probability)),
        expected_gain=round(call.gain, 2),
        expires_at=expires_at,
        actionable=call.acts,
    )


def _summary(call: _Call) -> str:
    if call.acts:
        return f"Start {call.start.name} over {call.sit.name}"
    if call.gain < 0:
        return f"Toss-up: keep {call.sit.name}, or start {call.start.name}"
    return f"Toss-up: {call.start.name} or {call.sit.name}"


def _reasons(view: LeagueView, roster: RosterWeek, call: _Call) -> tuple[str, ...]:
    reasons = [
        f"{call.start.name} over {call.sit.name}:"
        f" {explain.frequency(confidence(call.probability) / 100, call.gain, call.middle)}",
        explain.contributions(call.start),
        explain.contributions(call.sit),
    ]
    shifted = [
        f"{view.players[player].name} to {slot}"
        for slot, was, player in zip(view.slots, roster.starters, call.option.lineup, strict=True)
        if player is not None and player not in (was, call.start.player_id)
    ]
    if shifted:
        reasons.append(f"To make room: {', '.join(shifted)}.")
    reasons.append(explain.NEVER_AN_EFFECT)
    return tuple(reasons)


def _alternative(call: _Call) -> str | None:
    other = call.runner_up
    if other is None:
        return None
    return f"{described(other)}, expected {other.expected:.1f}, {explain.signed(other.expected - call.sit.expected)}."
