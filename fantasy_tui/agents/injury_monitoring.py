"""injury_monitoring: starters who will not play, or may not, and who should start for them."""

from fantasy_tui.agents import explain
from fantasy_tui.agents.lines import described, player_line, slot_lines, source_lines
from fantasy_tui.agents.proposal import Edit, OnProgress, Proposal, silent
from fantasy_tui.agents.recommendation import InjuryReplacement
from fantasy_tui.football.availability import reserve_eligible
from fantasy_tui.football.contingency import (
    Contingency,
    Option,
    contingencies,
    free_options,
    options,
    replacements,
)
from fantasy_tui.football.odds import ACT_GAIN, ACT_PROBABILITY, AGAINST_NOTHING, confidence
from fantasy_tui.football.plan import deadline, locked_slots
from fantasy_tui.football.settle import Starters
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek

MODEL_VERSION = "injury-reports-3"

MOST_EDITS = 3


def recommend(view: LeagueView, on_progress: OnProgress = silent) -> list[Proposal]:
    """A replacement for each starter who will not play, and for each in doubt a plan or a swap now.

    Only while it can still be done; no two proposals count on the same replacement.
    """
    roster = view.mine
    if roster is None or view.is_best_ball or len(roster.starters) != len(view.slots):
        return []
    taken: set[str] = set()
    proposals = _for_the_dead(view, roster, taken)
    on_progress(0.5)
    for contingency in contingencies(view, roster, taken):
        proposals.append(_for_one_in_doubt(view, roster, contingency))
    on_progress(1.0)
    return [proposal for proposal in proposals if proposal is not None]


def edits(view: LeagueView, advice: InjuryReplacement) -> list[Edit]:
    """Others who could start for the same starter: now, or as the same plan for the case that he sits."""
    roster = view.mine
    out = view.player(advice.player.player_id)
    if roster is None or out is None or len(roster.starters) != len(view.slots):
        return []
    if out.player_id not in roster.starters:
        return []
    if advice.from_free_agency:
        able = free_options(view, roster, out)
    else:
        able = options(view, roster, out, not_before=out.kickoff if advice.condition else None)
    best = advice.replacement
    found = []
    for option in [o for o in able if best is None or o.player.player_id != best.player_id][:MOST_EDITS]:
        proposal = (
            _plan(view, roster, Contingency(out, option, None), option)
            if advice.condition
            else _replacement(view, roster, out, option, [])
        )
        if proposal is not None:
            label = f" instead of {best.name}" if best is not None else ""
            found.append((f"{option.player.name}{label}", proposal))
    return found


def _for_the_dead(view: LeagueView, roster: RosterWeek, taken: set[str]) -> list[Proposal | None]:
    """From the bench, or from free agency where nobody there fits; adds to `taken` who is spoken for."""
    locked = locked_slots(view, roster)
    from_bench = replacements(view, roster)
    taken |= {option.player.player_id for option in from_bench.values()}
    proposals = []
    for index, out in enumerate(map(view.player, roster.starters)):
        if out is None or index in locked or not out.availability.is_dead:
            continue
        best = from_bench.get(out.player_id)
        able = [best, *options(view, roster, out, taken)] if best else free_options(view, roster, out, taken)
        if able:
            taken.add(able[0].player.player_id)
            proposals.append(_replacement(view, roster, out, able[0], able[1:]))
    return proposals


def _replacement(
    view: LeagueView, roster: RosterWeek, out: PlayerWeek, best: Option, others: list[Option]
) -> Proposal | None:
    """Start somebody for a starter who will not play."""
    probability, middle = explain.weighed(view, [best.player], [out])
    verb = "Add and start" if best.free else "Start"
    reasons = [
        f"{described(out)} starts for you and {_chance(out)}: {out.availability.reason}.",
        f"He is replaced by {described(best.player)}.",
        explain.contributions(best.player),
    ]
    if best.free:
        reasons.append(f"Nobody on your bench fits. {_how_to_add(view, roster, out, best.player)}")
    return _proposal(
        view,
        roster,
        out,
        best,
        summary=f"{verb} {best.player.name} for {out.name} ({out.availability.reason})",
        probability=probability,
        middle=middle,
        gain=best.player.expected - out.expected,
        reasons=reasons,
        alternative=_next(others),
        flips=(f"{out.name} is active after all",) if out.injury_status and out.kickoff else (),
    )


def _for_one_in_doubt(view: LeagueView, roster: RosterWeek, contingency: Contingency) -> Proposal | None:
    starter, backup, now = contingency.starter, contingency.backup, contingency.now
    if now is not None and not contingency.waits:
        probability, middle = explain.weighed(view, [now.player], [starter])
        gain = now.player.expected - starter.expected
        if probability >= ACT_PROBABILITY and gain >= ACT_GAIN:
            return _swap_now(view, roster, contingency, now, probability, middle)
    return _plan(view, roster, contingency, backup) if backup is not None else None


def _swap_now(
    view: LeagueView,
    roster: RosterWeek,
    contingency: Contingency,
    now: Option,
    probability: float,
    middle: tuple[float, float],
) -> Proposal | None:
    """Replace a starter in doubt at once, because waiting for his status costs more."""
    starter, backup = contingency.starter, contingency.backup
    gain = now.player.expected - starter.expected
    later = (
        f"the best who could still come in then is {backup.player.name}"
        if backup is not None
        else "nobody on your bench could still come in then"
    )
    return _proposal(
        view,
        roster,
        starter,
        now,
        summary=f"Start {now.player.name} for {starter.name} now ({starter.availability.reason})",
        probability=probability,
        middle=middle,
        gain=gain,
        reasons=[
            f"Waiting for his status costs more: {later}. Waiting is worth {contingency.waiting:.1f} points,"
            f" {now.player.name} now {contingency.at_once:.1f}.",
            explain.contributions(now.player),
            explain.contributions(starter),
        ],
        alternative=(
            f"Wait, and start {backup.player.name} if he is inactive: {contingency.waiting:.1f} points."
            if backup is not None
            else None
        ),
        flips=_waits_instead(contingency, now),
    )


def _plan(view: LeagueView, roster: RosterWeek, contingency: Contingency, backup: Option) -> Proposal | None:
    """A replacement to make only if a starter in doubt turns out inactive."""
    starter, gain = contingency.starter, contingency.plan_gain
    now = contingency.now
    alternative = None
    if now is not None:
        alternative = (
            f"{described(now.player)} now: {contingency.at_once:.1f} points against"
            f" {contingency.waiting:.1f} with the plan."
        )
    low, high = contingency.middle()
    return _proposal(
        view,
        roster,
        starter,
        backup,
        summary=f"If {starter.name} is inactive, start {backup.player.name}",
        # He plays and nothing changes, or he does not and anything is as good.
        probability=AGAINST_NOTHING,
        middle=(round(low, 1), round(high, 1)),
        gain=gain,
        reasons=[
            f"{starter.name} {explain.plays(starter)}; {_kicks_off(starter)}. While he plays nothing changes, so"
            " the plan can hardly lose.",
            f"{described(backup.player)} kicks off no earlier and is expected to score"
            f" {backup.player.expected:.1f}, needed in {round(100 * contingency.sits)} of 100:"
            f" {explain.signed(gain)} points.",
            explain.contributions(starter),
            explain.contributions(backup.player),
        ],
        alternative=alternative,
        flips=(f"{backup.player.name} is ruled out", *_starts_at_once(contingency)),
        condition=f"if {starter.name} is inactive",
    )


def _waits_instead(contingency: Contingency, now: Option) -> tuple[str, ...]:
    """What would make waiting better than swapping now."""
    starter = contingency.starter
    rise = (contingency.at_once - contingency.waiting) / starter.availability.share
    found = [
        f"{explain.possessive(starter.name)} projection rises {max(rise, 0.1):.1f}: then wait for his status"
    ]
    if now.player.availability.play_probability < 1:
        found.append(f"{now.player.name}, who {explain.plays(now.player)}, is inactive")
    return tuple(found)


def _starts_at_once(contingency: Contingency) -> tuple[str, ...]:
    """What would make swapping now better than waiting."""
    now, backup = contingency.now, contingency.backup
    if now is None or backup is None:
        return ()
    gap = contingency.waiting - contingency.at_once
    # A backup who is worth more is worth it to the plan too, as often as he is needed.
    share = now.player.availability.share * (1 - contingency.sits if now.player == backup.player else 1)
    return (
        f"{explain.possessive(now.player.name)} projection rises {max(gap / share, 0.1):.1f}: then start him at once",
    )


def _proposal(
    view: LeagueView,
    roster: RosterWeek,
    out: PlayerWeek,
    best: Option,
    *,
    summary: str,
    probability: float,
    middle: tuple[float, float],
    gain: float,
    reasons: list[str],
    alternative: str | None,
    flips: tuple[str, ...],
    condition: str | None = None,
) -> Proposal | None:
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
    sure = condition is not None or out.availability.is_dead
    shown = confidence(probability, dead_starter=sure)
    locked = locked_slots(view, roster)
    recommendation = InjuryReplacement(
        summary=summary,
        reasons=(f"{summary}: {explain.frequency(shown / 100, gain, middle)}", *reasons),
        sources=source_lines(view),
        alternative=alternative,
        status_quo=f"{out.name} stays in and is expected to score {out.expected:.1f}.",
        middle=middle,
        flips=flips,
        record=explain.record(view, "injury_monitoring", probability),
        lacks=explain.lacks(view, [out, best.player]),
        as_of=view.as_of,
        stale=view.stale,
        settle=Starters(
            view.week,
            (best.player.player_id,),
            (out.player_id,),
            if_inactive=condition is not None,
        ),
        player=player_line(out),
        problem=out.availability.reason or "not expected to play",
        plays_probability=out.availability.play_probability,
        replacement=player_line(best.player),
        from_free_agency=best.free,
        condition=condition,
        before=slot_lines(view, roster.starters, locked),
        after=slot_lines(view, best.lineup, locked),
    )
    return Proposal(
        subject=out.player_id,
        recommendation=recommendation,
        confidence=round(shown),
        expected_gain=round(gain, 2),
        expires_at=expires_at,
        actionable=gain >= ACT_GAIN,
    )


def _chance(out: PlayerWeek) -> str:
    plays = round(100 * out.availability.play_probability)
    return f"plays in {plays} of 100" if plays else "will not play"


def _kicks_off(player: PlayerWeek) -> str:
    return (
        "his status is final 90 minutes before kickoff"
        if not player.kickoff_assumed
        else "his kickoff is assumed"
    )


def _how_to_add(view: LeagueView, roster: RosterWeek, out: PlayerWeek, free: PlayerWeek) -> str:
    """How a free agent gets on the team in time, and whether there is room for him."""
    if free.player_id in view.on_waivers:
        said = f"{free.name} must be claimed on waivers."
    else:
        said = f"{free.name} is on no roster."
    held = len(roster.players) - len(roster.reserve) - len(roster.taxi)
    if not view.bench_slots or held < len(view.slots) + view.bench_slots:
        return said
    reserve_slots = int(view.settings.get("reserve_slots") or 0)
    if reserve_eligible(out.injury_status, view.settings) and len(roster.reserve) < reserve_slots:
        return f"{said} Your roster is full: moving {out.name} to injured reserve makes room."
    return f"{said} Your roster is full: somebody must be dropped first, and waiver_wire weighs whom."


def _next(others: list[Option]) -> str | None:
    if not others:
        return None
    second = others[0].player
    return f"{described(second)}, expected {second.expected:.1f}."
