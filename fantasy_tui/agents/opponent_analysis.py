"""opponent_analysis: the chance to win this week's matchup, and what each change still open does to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from statistics import fmean

from fantasy_tui.agents import explain
from fantasy_tui.agents.lines import described, slot_lines, source_lines
from fantasy_tui.agents.proposal import OnProgress, Proposal, silent
from fantasy_tui.agents.recommendation import OpponentReport
from fantasy_tui.football.matchup import (
    FAR,
    Picture,
    Side,
    WeakSpot,
    expected_total,
    likely_lineup,
    margin,
    needed,
    picture,
    side,
    weak_spots,
    win_probability,
)
from fantasy_tui.football.odds import (
    ACT_PROBABILITY,
    TOSS_UP_PROBABILITY,
    Difference,
    confidence,
    probability_at_least,
    weakened,
)
from fantasy_tui.football.plan import Plan, Swap, available, suggest, swaps
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.season import SeasonOdds, TeamOdds, season_odds
from fantasy_tui.football.settle import Win
from fantasy_tui.football.slots import fits
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek

MODEL_VERSION = "matchup-normal-1"

_MOST_SPOTS = 3
_LEAST_SHORT = 1.0
_MOST_FLIPS = 3
# A gamble must move the chance to win by half a point of a hundred to be worth telling.
_LEAST_MOVE = 0.005


def recommend(view: LeagueView, on_progress: OnProgress = silent) -> list[Proposal]:
    """One report a week on the matchup, while a game of either line-up is still ahead.

    It asks for nothing: the changes it weighs are the line-up agent's to propose. Its confidence is the
    chance to win with the line-up as it stands.
    """
    me, opponent = view.mine, None
    if me is not None:
        opponent = view.opponent_of(me.roster_id)
    if me is None or opponent is None or not view.slots:
        return []
    duel = _duel(view, _seated(view, me), _seated(view, opponent))
    expires_at = _first_kickoff(view, duel)
    if expires_at is None or duel.mine.expected == duel.theirs.expected == 0:
        return []
    on_progress(0.3)
    season = season_odds(view)
    on_progress(0.8)
    report = _report(view, duel, season)
    on_progress(1.0)
    return [
        Proposal(
            subject="matchup",
            recommendation=report,
            confidence=round(
                confidence(duel.shown(win_probability(duel.mine, duel.theirs)), dead_starter=True)
            ),
            expected_gain=round(margin(duel.mine, duel.theirs).mean, 2),
            expires_at=expires_at,
            actionable=False,
        )
    ]


@dataclass(frozen=True, slots=True)
class _Duel:
    """Both line-ups of the matchup: mine as it stands and as it could be, theirs as it will probably be."""

    me: RosterWeek
    opponent: RosterWeek
    plan: Plan
    their_lineup: tuple[str | None, ...]
    mine: Side
    best: Side
    theirs: Side
    stale: bool
    guessed: bool
    """True when somebody plays of whom nothing is known to expect."""

    def shown(self, probability: float) -> float:
        """The chance as it may be shown: closer to even where inputs are old or missing."""
        for doubt in (self.stale, self.guessed):
            probability = weakened(probability) if doubt else probability
        return probability

    def chance(self, mine: Side) -> float:
        """The chance to win with another line-up of mine, as it may be shown."""
        return self.shown(win_probability(mine, self.theirs))


def _duel(view: LeagueView, me: RosterWeek, opponent: RosterWeek) -> _Duel:
    if view.is_best_ball:
        me = replace(me, starters=likely_lineup(view, me))
    plan = suggest(view, me)
    theirs = likely_lineup(view, opponent)
    players = _known(view, (*plan.current, *theirs))
    return _Duel(
        me=me,
        opponent=opponent,
        plan=plan,
        their_lineup=theirs,
        mine=side(view, plan.current),
        best=side(view, plan.suggested),
        theirs=side(view, theirs),
        stale=view.stale,
        guessed=any(p.projection.basis is Basis.NONE and not p.availability.is_dead for p in players),
    )


def _seated(view: LeagueView, roster: RosterWeek) -> RosterWeek:
    """The roster with as many starters as there are slots, whatever the source says."""
    padded = (*roster.starters, *([None] * len(view.slots)))[: len(view.slots)]
    return replace(roster, starters=padded)


def _known(view: LeagueView, players: Iterable[str | None]) -> list[PlayerWeek]:
    return [player for player in map(view.player, dict.fromkeys(players)) if player is not None]


def _first_kickoff(view: LeagueView, duel: _Duel) -> datetime | None:
    """The next kickoff of anybody in either line-up; none once all have begun."""
    players = _known(view, (*duel.plan.current, *duel.plan.suggested, *duel.their_lineup))
    return min((p.kickoff for p in players if p.kickoff is not None and p.kickoff > view.now), default=None)


def _report(view: LeagueView, duel: _Duel, season: SeasonOdds | None) -> OpponentReport:
    chance, after = duel.chance(duel.mine), duel.chance(duel.best)
    gap = margin(duel.mine, duel.theirs)
    drawn = picture(duel.mine, duel.theirs)
    odds = season.teams.get(duel.me.roster_id) if season is not None else None
    gamble = _gamble(view, duel, after)
    pending = swaps(duel.plan)
    told = tuple(_swap_line(view, duel, swap, chance) for swap in pending)
    name = duel.opponent.team_name
    mine, theirs = duel.mine.expected, duel.theirs.expected
    players = _known(view, (*duel.plan.current, *duel.plan.suggested, *duel.their_lineup))
    return OpponentReport(
        summary=f"{name}: you win in {_hundred(chance)} of 100, expected {mine:.1f} to {theirs:.1f}",
        reasons=_reasons(view, duel, chance, gap, drawn, odds),
        sources=source_lines(view),
        alternative=_alternative(duel, pending, chance, after, gamble),
        status_quo=f"The line-up as it stands is expected to score {mine:.1f} against {theirs:.1f} and wins in"
        f" {_hundred(chance)} of 100.",
        middle=_rounded(gap.middle()),
        flips=_flips(view, duel, chance, gap),
        record=explain.record(view, "opponent_analysis", chance),
        lacks=(*explain.lacks(view, players), *_lacks(view, duel), *(season.lacks if season else ())),
        as_of=view.as_of,
        stale=view.stale,
        settle=Win(view.week, duel.me.roster_id, duel.opponent.roster_id),
        opponent_roster_id=duel.opponent.roster_id,
        opponent=name,
        win_probability=chance,
        win_probability_after=after if pending else None,
        my_points=round(mine, 2),
        opponent_points=round(theirs, 2),
        my_range=_rounded((drawn.mine[0], drawn.mine[-1])),
        opponent_range=_rounded((drawn.theirs[0], drawn.theirs[-1])),
        playoff_probability=odds.playoffs if odds is not None else None,
        swaps=(*told, gamble) if gamble else told,
        weak_spots=_weak_lines(view, duel),
        before=slot_lines(view, duel.plan.current, duel.plan.locked),
        after=slot_lines(view, duel.plan.suggested, duel.plan.locked),
        their_lineup=slot_lines(view, duel.their_lineup, _locked(view, duel.their_lineup)),
    )


def _hundred(chance: float) -> int:
    return round(confidence(chance, dead_starter=True))


def _rounded(ends: tuple[float, float]) -> tuple[float, float]:
    return round(ends[0], 1), round(ends[1], 1)


def _locked(view: LeagueView, lineup: Sequence[str | None]) -> frozenset[int]:
    players = enumerate(map(view.player, lineup))
    return frozenset(i for i, player in players if player is not None and player.locked(view.now))


def _reasons(
    view: LeagueView, duel: _Duel, chance: float, gap: Difference, drawn: Picture, odds: TeamOdds | None
) -> tuple[str, ...]:
    reasons = [explain.frequency(_hundred(chance) / 100, gap.mean, gap.middle())]
    if totals := _implied(view, duel):
        reasons.append(totals)
    reasons.append(
        f"In 8 of 10 weeks you score {drawn.mine[0]:.0f} to {drawn.mine[-1]:.0f} and they"
        f" {drawn.theirs[0]:.0f} to {drawn.theirs[-1]:.0f}; by {FAR:.0f} or more you win in"
        f" {round(100 * drawn.clear_win)} and lose in {round(100 * drawn.clear_loss)} of 100."
    )
    if duel.mine.scored or duel.theirs.scored:
        reasons.append(f"Scored so far: {duel.mine.scored:.1f} to {duel.theirs.scored:.1f}.")
    if need := _needed_line(view, duel):
        reasons.append(need)
    if assumed := _assumed(view, duel):
        reasons.append(f"Assumed of their line-up: {'; '.join(assumed)}.")
    ahead = [_best_ahead(view, lineup) for lineup in (duel.plan.current, duel.their_lineup)]
    reasons += [explain.contributions(player) for player in ahead if player is not None]
    if odds is not None:
        reasons.append(_season_line(odds))
    return (*reasons, explain.NEVER_AN_EFFECT)


def _implied(view: LeagueView, duel: _Duel) -> str | None:
    """What the betting lines expect of the teams of those who are still to play, defences left out."""
    means = []
    for lineup in (duel.plan.current, duel.their_lineup):
        lines = [
            p.lines.team_total
            for p in _known(view, lineup)
            if p.lines.team_total is not None
            and p.group != "DEF"
            and not p.locked(view.now)
            and not p.availability.is_dead
        ]
        if not lines:
            return None
        means.append(fmean(lines))
    return (
        f"Team totals by the betting lines: {means[0]:.1f} points on average for your starters still to play,"
        f" {means[1]:.1f} for theirs."
    )


def _needed_line(view: LeagueView, duel: _Duel) -> str | None:
    """Once the week is under way: what my last game's players must score."""
    lineup = duel.plan.current
    players = _known(view, lineup)
    coming = [p for p in players if not p.locked(view.now) and not p.availability.is_dead and p.kickoff]
    if not coming or len(coming) == len(players):
        return None
    latest = max(p.kickoff for p in coming if p.kickoff is not None)
    last = [p for p in coming if p.kickoff == latest]
    ids = {p.player_id for p in last}
    rest = side(view, [player for player in lineup if player not in ids])
    even, safe = needed(rest, duel.theirs, (0.5, 0.8))
    names = ", ".join(p.name for p in last)
    return (
        f"From your last game ({names}, expected {sum(p.expected for p in last):.1f}) you need {even:.1f} points"
        f" for an even chance and {safe:.1f} to win in 80 of 100."
    )


def _assumed(view: LeagueView, duel: _Duel) -> list[str]:
    """The changes the opponent is expected to make."""
    if view.is_best_ball:
        return []
    was = duel.opponent.starters
    leave = [p for p in _known(view, was) if p.player_id not in duel.their_lineup]
    enter = [p for p in _known(view, duel.their_lineup) if p.player_id not in was]
    said = [f"{p.name} starts" for p in enter]
    return said + [f"{p.name} sits ({p.availability.reason})" for p in leave]


def _best_ahead(view: LeagueView, lineup: Sequence[str | None]) -> PlayerWeek | None:
    """Who of those still to play is expected to score most."""
    coming = [p for p in _known(view, lineup) if not p.locked(view.now) and p.expected > 0]
    return max(coming, key=lambda p: (p.expected, p.player_id), default=None)


def _season_line(odds: TeamOdds) -> str:
    line = (
        f"Playoffs in {round(100 * odds.playoffs)} of 100 simulated seasons ({odds.wins:.1f} wins on average,"
        f" champion in {round(100 * odds.champion)})"
    )
    if odds.if_won is None or odds.if_lost is None:
        return f"{line}."
    return (
        f"{line}: {round(100 * odds.if_won)} after a win this week, {round(100 * odds.if_lost)} after a loss."
    )


def _swap_line(view: LeagueView, duel: _Duel, swap: Swap, chance: float) -> str:
    sit = view.player(swap.sit)
    over = f"over {sit.name}" if sit is not None else f"in the empty {swap.slot}"
    after = duel.chance(_with(view, duel.plan.current, swap.start, swap.sit))
    return f"{view.players[swap.start].name} {over}: {_moves(chance, after)}"


def _moves(before: float, after: float) -> str:
    was, now = _hundred(before), _hundred(after)
    if was == now:
        return f"the chance to win stays at {now} in 100 ({explain.signed(100 * (after - before))})."
    return f"the chance to win goes from {was} to {now} in 100."


def _with(view: LeagueView, lineup: Sequence[str | None], start: str, sit: str | None) -> Side:
    """The line-up with one player for another; who takes which slot does not matter to its points."""
    return side(view, [*(player for player in lineup if player != sit), start])


def _gamble(view: LeagueView, duel: _Duel, chance: float) -> str | None:
    """For an underdog: the toss-up by points that raises the chance to win most, by its wider spread."""
    if chance >= 0.5 or view.is_best_ball:
        return None
    lineup = duel.plan.suggested
    bench = [p for p in available(view, duel.me) if p.player_id not in lineup]
    best, said = chance + _LEAST_MOVE, None
    for index, (slot, starter) in enumerate(zip(view.slots, map(view.player, lineup), strict=True)):
        if starter is None or index in duel.plan.locked or starter.availability.is_dead:
            continue
        for other in bench:
            if not fits(slot, other.positions):
                continue
            ahead = probability_at_least([other.outlook()], [starter.outlook()])
            if not TOSS_UP_PROBABILITY <= ahead < ACT_PROBABILITY:
                continue
            after = duel.chance(_with(view, lineup, other.player_id, starter.player_id))
            if after > best:
                best = after
                points = explain.signed(other.expected - starter.expected)
                said = f"As the underdog, {other.name} over {starter.name} ({points} points, a toss-up but a wider"
                said += f" spread): {_moves(chance, after)}"
    return said


def _alternative(
    duel: _Duel, pending: Sequence[Swap], chance: float, after: float, gamble: str | None
) -> str:
    if pending:
        change = "the change" if len(pending) == 1 else f"all {len(pending)} changes"
        gain = explain.signed(duel.plan.gain)
        return f"Set the best line-up ({change}, {gain} points): {_moves(chance, after)}"
    return gamble or "No change to your line-up is expected to gain points."


def _flips(view: LeagueView, duel: _Duel, chance: float, gap: Difference) -> tuple[str, ...]:
    """What would move the chance most: players in doubt who do not play, and the points that make it even."""
    found: list[tuple[float, str]] = []
    for own, lineup in ((True, duel.plan.current), (False, duel.their_lineup)):
        for player in _known(view, lineup):
            if player.availability.is_dead or player.availability.play_probability >= 1:
                continue
            if player.locked(view.now):
                continue
            rest = side(view, [one for one in lineup if one != player.player_id])
            after = duel.shown(
                win_probability(rest, duel.theirs) if own else win_probability(duel.mine, rest)
            )
            found.append(
                (
                    -abs(after - chance),
                    f"{player.name} is inactive and not replaced ({explain.plays(player)}):"
                    f" {_hundred(after)} in 100",
                )
            )
    said = [sentence for _, sentence in sorted(found)[:_MOST_FLIPS]]
    if round(gap.mean, 1):
        verb = "fall" if gap.mean > 0 else "rise"
        said.append(f"your expected points {verb} by {abs(gap.mean):.1f}: even")
    return tuple(said)


def _weak_lines(view: LeagueView, duel: _Duel) -> tuple[str, ...]:
    others = [
        likely_lineup(view, _seated(view, roster))
        for roster in view.rosters.values()
        if roster.roster_id != duel.opponent.roster_id
    ]
    spots = weak_spots(view, duel.their_lineup, others)
    return tuple(_weak_line(view, spot) for spot in spots if spot.short >= _LEAST_SHORT)[:_MOST_SPOTS]


def _weak_line(view: LeagueView, spot: WeakSpot) -> str:
    player = view.player(spot.player_id)
    usual = f"{spot.short:.1f} below the league's median there"
    if player is None:
        return f"{spot.slot}: nobody known, {usual}."
    total = player.lines.team_total
    line = f"team total {total:.1f}, " if total is not None else ""
    return f"{spot.slot}: {described(player)}, {line}expected {expected_total(view, player):.1f}, {usual}."


def _lacks(view: LeagueView, duel: _Duel) -> list[str]:
    found = []
    for whose, lineup in (("your", duel.plan.current), ("their", duel.their_lineup)):
        unknown = sum(player is not None and player not in view.players for player in lineup)
        if unknown:
            found.append(f"Nothing is known of {unknown} of {whose} starters: counted as no points.")
        unscored = [p.name for p in _known(view, lineup) if p.locked(view.now) and p.points is None]
        if unscored:
            found.append(f"No points are known yet of {whose} {', '.join(unscored)}: counted as none.")
    if duel.guessed:
        found.append("Somebody plays of whom nothing is known to expect: the confidence is lowered for it.")
    if view.is_best_ball:
        found.append("Best ball: both totals leave out that the best scorers are picked afterwards.")
    return found
