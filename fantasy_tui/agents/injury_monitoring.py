"""injury_monitoring: starters who will not play, and who should start for them."""

from dataclasses import dataclass

from fantasy_tui.agents.lines import (
    basis_note,
    described,
    player_line,
    slot_lines,
    source_lines,
)
from fantasy_tui.agents.proposal import Proposal
from fantasy_tui.agents.recommendation import InjuryReplacement
from fantasy_tui.football.lineup import Candidate, best_lineup
from fantasy_tui.football.odds import AGAINST_NOTHING, confidence
from fantasy_tui.football.plan import available, deadline, locked_slots
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek

MODEL_VERSION = "injury-normal-1"


def recommend(view: LeagueView) -> list[Proposal]:
    """A replacement for each starter who is out, on bye or without a team, while it can still be made."""
    roster = view.mine
    if roster is None or view.is_best_ball or len(roster.starters) != len(view.slots):
        return []
    locked = locked_slots(view, roster)
    taken: set[str] = set()
    proposals = []
    for index, starter in enumerate(roster.starters):
        player = view.player(starter)
        if player is None or index in locked or not player.availability.is_dead:
            continue
        options = _replacements(view, roster, player, taken)
        if options and (proposal := _proposal(view, roster, player, options)) is not None:
            taken.add(options[0].replacement.player_id)
            proposals.append(proposal)
    return proposals


@dataclass(frozen=True, slots=True)
class _Option:
    """A line-up with one player replaced; `free` when the replacement is on no roster."""

    replacement: PlayerWeek
    lineup: tuple[str | None, ...]
    free: bool


def _replacements(view: LeagueView, roster: RosterWeek, out: PlayerWeek, taken: set[str]) -> list[_Option]:
    """Who could start instead, best first: from the bench, or from free agency when nobody there fits."""
    starters = {player for player in roster.starters if player is not None}
    bench = [p for p in available(view, roster) if p.player_id not in starters]
    free = [view.players[player] for player in view.free_agents]
    for players, is_free in ((bench, False), (free, True)):
        usable = [
            p
            for p in players
            if p.player_id not in taken
            and p.expected > 0
            and not p.availability.is_dead
            and not p.locked(view.now)
        ]
        options = [
            _Option(player, lineup, is_free)
            for player in sorted(usable, key=lambda p: (-p.expected, p.player_id))
            if (lineup := _lineup_with(view, roster, out, player)) is not None
        ]
        if options:
            return options
    return []


def _lineup_with(
    view: LeagueView, roster: RosterWeek, out: PlayerWeek, replacement: PlayerWeek
) -> tuple[str | None, ...] | None:
    """The same starters with one replaced, shifted between slots where needed; none when they do not fit."""
    locked = locked_slots(view, roster)
    fixed = {index: roster.starters[index] for index in locked}
    stay = [
        player
        for index, player in enumerate(map(view.player, roster.starters))
        if player is not None and index not in locked and player != out
    ]
    candidates = [
        # All count the same, so that the number of filled slots alone decides.
        Candidate(p.player_id, p.positions, 1.0, p.kickoff)
        for p in (*stay, replacement)
    ]
    lineup = best_lineup(view.slots, candidates, fixed=fixed, current=roster.starters).starters
    filled = {player for player in lineup if player is not None}
    needed = {p.player_id for p in stay} | {replacement.player_id}
    return lineup if needed <= filled else None


def _proposal(
    view: LeagueView, roster: RosterWeek, out: PlayerWeek, options: list[_Option]
) -> Proposal | None:
    best = options[0]
    replacement = best.replacement
    moved = [
        player
        for was, now in zip(roster.starters, best.lineup, strict=True)
        if was != now
        for player in (was, now)
        if player is not None
    ]
    expires_at = deadline(view, moved)
    if expires_at is None or expires_at <= view.now:
        return None
    gain = replacement.expected - out.expected
    recommendation = InjuryReplacement(
        summary=_summary(out, best),
        reasons=_reasons(out, best),
        sources=source_lines(view),
        alternative=_alternative(options),
        status_quo=f"{out.name} stays in and is expected to score {out.expected:.1f}.",
        player=player_line(out),
        problem=out.availability.reason or "not expected to play",
        plays_probability=out.availability.play_probability,
        replacement=player_line(replacement),
        from_free_agency=best.free,
        before=slot_lines(view, roster.starters, locked_slots(view, roster)),
        after=slot_lines(view, best.lineup, locked_slots(view, roster)),
    )
    return Proposal(
        subject=out.player_id,
        recommendation=recommendation,
        confidence=round(confidence(AGAINST_NOTHING, dead_starter=True)),
        expected_gain=round(gain, 2),
        expires_at=expires_at,
    )


def _summary(out: PlayerWeek, best: _Option) -> str:
    verb = "Add and start" if best.free else "Start"
    return f"{verb} {best.replacement.name} for {out.name} ({out.availability.reason})"


def _reasons(out: PlayerWeek, best: _Option) -> tuple[str, ...]:
    plays = round(100 * out.availability.play_probability)
    chance = f"plays in {plays} of 100" if plays else "will not play"
    reasons = [
        f"{described(out)} starts for you and {chance}: {out.availability.reason}.",
        f"{described(best.replacement)} is expected to score {best.replacement.expected:.1f}.",
    ]
    if best.free:
        reasons.append(
            "Nobody on your bench fits; he is on no roster. Sleeper shows whether he is on waivers."
        )
    if note := basis_note([best.replacement]):
        reasons.append(note)
    return tuple(reasons)


def _alternative(options: list[_Option]) -> str | None:
    if len(options) < 2:
        return None
    second = options[1].replacement
    return f"{described(second)}, expected {second.expected:.1f}."
