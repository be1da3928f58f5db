"""How far a checklist is seen to have been carried out: step by step against what a sync found; pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fantasy_tui.review.checklist import Add, Checklist, Drop, First, Offer, Person, Start, Step
from fantasy_tui.review.item import APPLIED, MISSED, OPEN, OVERTAKEN, PARTLY

if TYPE_CHECKING:
    from fantasy_tui.crud.proof import Move, Seen

# Sleeper answers out of a cache: what it says may be so old.
CACHE = timedelta(minutes=5)
# Waivers take their time to run.
RUN = timedelta(hours=2)
# What happens later than so long after the deadline is another decision.
GRACE, TRADE_GRACE = timedelta(hours=36), timedelta(days=14)
# Whoever has no statistics so long after kickoff did not play.
GAME = timedelta(hours=5)


@dataclass(frozen=True, slots=True)
class Scene:
    """A decision's own facts beside what was seen of its league."""

    seen: Seen
    mine: int
    since: datetime
    """When it was proposed: what went through before is not its doing."""
    deadline: datetime
    took_part: frozenset[str] = frozenset()
    """Who is known to have been on the field."""

    @property
    def team(self) -> frozenset[str]:
        """My players now."""
        return self.seen.teams[self.mine]

    @property
    def lineup(self) -> tuple[str, ...]:
        """My line-up of the decision's week."""
        return self.seen.lineups.get(self.mine, ())

    def kickoff(self, player: Person) -> datetime | None:
        """When his game begins, as it is scheduled now."""
        return self.seen.kickoffs.get(player.team or "", player.kickoff)

    def moves(self, until: datetime) -> list[Move]:
        """What went through or failed between the proposal and an instant."""
        return [move for move in self.seen.moves if self.since <= move.at <= until]

    def tells(self, until: datetime) -> bool:
        """True while today's rosters say something about what was done until an instant."""
        return self.seen.teams_at is None or self.seen.teams_at <= until

    def taken(self, player: Person, until: datetime) -> bool:
        """True when another team had him by then: what happens later makes nothing moot."""
        others = [team for roster, team in self.seen.teams.items() if roster != self.mine]
        now = any(player.player_id in team for team in others) and self.tells(until)
        return now or any(
            move.complete and move.adds.get(player.player_id, self.mine) != self.mine
            for move in self.moves(until)
        )

    def has_left(
        self, player: Person, lock: datetime, late: bool, roster: int | None = None, to: int | None = None
    ) -> bool:
        """True when he left a roster (none: mine) before the lock for anywhere but roster `to`."""
        roster = self.mine if roster is None else roster
        if not late:
            held = [self.seen.teams.get(one, frozenset()) for one in (roster, to) if one is not None]
            return not any(player.player_id in team for team in held)
        return any(
            move.complete
            and move.drops.get(player.player_id) == roster
            and (to is None or move.adds.get(player.player_id) != to)
            for move in self.moves(lock)
        )


@dataclass(frozen=True, slots=True)
class Finding:
    """What was seen of one step."""

    step: Step
    done: bool = False
    begun: bool = False
    """True for a part of it."""
    late: bool = False
    """True when it cannot be done any more."""
    moot: bool = False
    """True when something else was done instead."""
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What was seen of a whole checklist."""

    state: str
    findings: tuple[Finding, ...]
    note: str | None


def judge(plan: Checklist, scene: Scene) -> Judgement | None:
    """The state of an approved decision; none where there is nothing to do or nothing is known of the team."""
    if not plan.steps or scene.mine not in scene.seen.teams:
        return None
    if not scene.lineup and any(isinstance(step, Start) for step in plan.steps):
        return None
    findings = _together([_finding(step, plan, scene) for step in plan.steps])
    state = _state(findings)
    found = Judgement(state, findings, _note(state, findings))
    if plan.unless_plays is not None and state != APPLIED:
        return _plan_made_ahead(plan.unless_plays, found, scene)
    return found


def _finding(step: Step, plan: Checklist, scene: Scene) -> Finding:
    match step:
        case Start():
            added = {other.player.player_id for other in plan.steps if isinstance(other, Add)}
            return _start(step, scene, added)
        case Add():
            drops = [other.player for other in plan.steps if isinstance(other, Drop)]
            return _add(step, scene, drops)
        case Drop():
            return _drop(step, scene)
        case Offer():
            return _offer(step, scene)
        case First():
            return Finding(step)


def _start(step: Start, scene: Scene, added: set[str]) -> Finding:
    """Any legal slot will do for who comes in; who only changes slots is looked for in his new one."""
    into, out = step.comes_in, step.goes_out
    is_in = into is None or into.player_id in scene.lineup
    is_out = out is None or out.player_id not in scene.lineup
    kickoffs = [scene.kickoff(person) for person in (into, out, step.holds) if person is not None]
    lock = min((kickoff for kickoff in kickoffs if kickoff is not None), default=scene.deadline)
    late = _confirmed(scene.seen.lineups_at, lock)
    if into is None and out is None and step.holds is not None:
        there = scene.lineup[step.slot : step.slot + 1] == (step.holds.player_id,)
        return Finding(step, done=there, late=late and not there)
    if is_in and is_out:
        return Finding(step, done=True)
    if into is not None and not is_in and into.player_id not in added and scene.has_left(into, lock, late):
        return Finding(step, late=late, moot=True, why=f"{into.name} is no longer on your team.")
    if into is not None and is_in and out is not None:
        return Finding(step, begun=True, late=late, why=f"{out.name} still starts.")
    if late and into is not None and step.replaces and step.replaces.player_id not in scene.lineup:
        return Finding(step, late=True, moot=True, why=f"Somebody else started for {step.replaces.name}.")
    return Finding(step, late=late)


def _add(step: Add, scene: Scene, drops: Sequence[Person]) -> Finding:
    player, resolved = step.player, scene.deadline
    if step.until is not None:
        resolved = max(resolved, step.until + RUN)
    moves = scene.moves(resolved + GRACE)
    here = player.player_id in scene.team and scene.tells(resolved + GRACE)
    mine = [move for move in moves if move.adds.get(player.player_id) == scene.mine]
    if here or any(move.complete for move in mine):
        return Finding(step, done=True)
    if mine:
        notes = f": {mine[-1].notes.rstrip('.')}" if mine[-1].notes else ""
        return Finding(step, late=True, why=f"The claim of {player.name} failed{notes}.")
    if scene.taken(player, resolved):
        return Finding(step, late=True, moot=True, why=f"{player.name} is on another team now.")
    for drop in drops:
        for move in scene.moves(resolved):
            if (
                move.complete
                and move.drops.get(drop.player_id) == scene.mine
                and scene.mine in move.adds.values()
            ):
                why = f"{drop.name} left your team in another move."
                return Finding(step, late=True, moot=True, why=why)
    return Finding(step, late=_confirmed(scene.seen.teams_at, resolved))


def _drop(step: Drop, scene: Scene) -> Finding:
    gone = step.player.player_id not in scene.team
    moved = any(
        move.complete and move.drops.get(step.player.player_id) == scene.mine
        for move in scene.moves(scene.deadline + TRADE_GRACE)
    )
    if gone or moved:
        return Finding(step, done=True)
    late = _confirmed(scene.seen.teams_at, scene.deadline)
    return Finding(step, late=late, why=f"{step.player.name} is still on your team.")


def _offer(step: Offer, scene: Scene) -> Finding:
    until, partner = scene.deadline + TRADE_GRACE, scene.seen.teams.get(step.partner, frozenset())
    gives, gets = ({person.player_id for person in side} for side in (step.give, step.get))
    for move in scene.moves(until):
        to_partner = all(move.adds.get(player) == step.partner for player in gives)
        if move.complete and to_partner and all(move.adds.get(player) == scene.mine for player in gets):
            return Finding(step, done=True)
    late = _confirmed(scene.seen.teams_at, scene.deadline)
    if not scene.tells(until):
        return Finding(step, late=late)
    if gives <= partner and gets <= scene.team:
        return Finding(step, done=True)
    lock, mine, theirs = scene.deadline, scene.mine, step.partner
    left = [
        f"{p.name} is no longer on your team."
        for p in step.give
        if scene.has_left(p, lock, late, mine, theirs)
    ]
    left += [
        f"{p.name} is no longer on the team of {step.partner_name}."
        for p in step.get
        if scene.has_left(p, lock, late, theirs, mine)
    ]
    if left:
        return Finding(step, late=True, moot=True, why=" ".join(left))
    if gives & partner or gets & scene.team:
        stay = [p.name for p in step.give if p.player_id in scene.team]
        stay += [p.name for p in step.get if p.player_id in partner]
        return Finding(step, begun=True, late=late, why=f"Not traded: {', '.join(stay)}.")
    return Finding(step, late=late)


def _confirmed(seen_at: datetime | None, lock: datetime) -> bool:
    """True when what was seen is from after an instant, Sleeper's cache included."""
    return seen_at is not None and seen_at >= lock + CACHE


def _decides(step: Step) -> bool:
    """Whether the decision stands and falls with the step; the others serve it."""
    return isinstance(step, Add | Offer) or (isinstance(step, Start) and step.comes_in is not None)


def _serves(step: Step) -> bool:
    """Whether the step only makes others possible: once those are done, nobody asks for it."""
    return isinstance(step, First) or (
        isinstance(step, Start) and step.comes_in is None and step.goes_out is None
    )


def _together(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Steps that only make others possible are done, or too late, when those are."""
    needed = [finding for finding in findings if _decides(finding.step)]
    if not needed:
        return tuple(findings)
    done = all(finding.done for finding in needed)
    late = all(finding.late or finding.done for finding in needed)
    return tuple(
        Finding(finding.step, done=done, late=late and not done)
        if _serves(finding.step) and not finding.done
        else finding
        for finding in findings
    )


def _state(findings: Sequence[Finding]) -> str:
    if all(finding.done for finding in findings):
        return APPLIED
    needed = [finding for finding in findings if _decides(finding.step)] or findings
    if any(finding.done or finding.begun for finding in needed):
        return PARTLY
    if any(not finding.late and not finding.moot for finding in needed):
        return PARTLY if any(finding.done for finding in findings) else OPEN
    return OVERTAKEN if all(finding.moot for finding in needed) else MISSED


def _plan_made_ahead(starter: Person, found: Judgement, scene: Scene) -> Judgement:
    """A plan whose condition never came true asked for nothing: it is overtaken, and nobody missed it."""
    if starter.player_id in scene.took_part:
        past = tuple(replace(finding, late=not finding.done) for finding in found.findings)
        return Judgement(OVERTAKEN, past, f"Not needed: {starter.name} played.")
    kickoff, stats_at = scene.kickoff(starter) or scene.deadline, scene.seen.stats_at
    if found.state in (MISSED, OVERTAKEN) and (stats_at is None or stats_at < kickoff + GAME):
        return replace(found, state=OPEN, note=f"Whether {starter.name} plays is not known yet.")
    if found.state == OPEN:
        return replace(found, note=f"To be done only if {starter.name} is inactive.")
    return found


def _note(state: str, findings: Sequence[Finding]) -> str | None:
    """What a person should know beside the state."""
    undone = [finding for finding in findings if not finding.done]
    if state == PARTLY:
        missing = "; ".join(finding.step.text.rstrip(".") for finding in undone)
        return f"Missing: {missing}. {_reasons(undone)}".rstrip()
    decisive = [finding for finding in undone if _decides(finding.step)]
    if state == OVERTAKEN:
        return _reasons(decisive)
    if state == MISSED:
        return _reasons(decisive) or f"It was not done in time. {_unseen(decisive)}".rstrip()
    return (_unseen(decisive) or None) if state == OPEN else None


def _reasons(undone: Sequence[Finding]) -> str:
    return " ".join(dict.fromkeys(finding.why for finding in undone if finding.why))


def _unseen(undone: Sequence[Finding]) -> str:
    """What Sleeper does not show of steps that may have been taken."""
    steps = [finding.step for finding in undone]
    if any(isinstance(step, Offer) for step in steps):
        return "Offers are not visible until they are accepted."
    if any(isinstance(step, Add) and step.by_claim for step in steps):
        return "Claims are not visible until they run."
    return ""
