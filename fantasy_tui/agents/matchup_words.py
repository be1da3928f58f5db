"""What the report on a matchup says, sentence by sentence."""

from collections.abc import Sequence
from statistics import fmean

from fantasy_tui.agents import explain
from fantasy_tui.agents.duel import Duel, Gamble, in_hundred, known, seated
from fantasy_tui.agents.lines import described
from fantasy_tui.football.draws import FAR, Picture, needed
from fantasy_tui.football.matchup import WeakSpot, expected_total, likely_lineup, side, weak_spots
from fantasy_tui.football.plan import Swap
from fantasy_tui.football.simulation import TeamOdds
from fantasy_tui.football.view import PlayerWeek

_MOST_SPOTS = 3
_LEAST_SHORT = 1.0
_MOST_FLIPS = 3


def reasons(duel: Duel, drawn: Picture, odds: TeamOdds | None) -> tuple[str, ...]:
    """Why: the chance, team totals, the range, what is scored and needed, their changes, the season."""
    gap = duel.margin
    said: list[str | None] = [
        explain.frequency(in_hundred(duel.chance()) / 100, gap.mean, gap.middle()),
        _implied(duel),
        f"In 80 of 100 draws you score {drawn.mine[0]:.0f} to {drawn.mine[-1]:.0f} and they"
        f" {drawn.theirs[0]:.0f} to {drawn.theirs[-1]:.0f}; you win by {FAR:.0f} or more in"
        f" {round(100 * drawn.clear_win)} of 100 and lose by as much in {round(100 * drawn.clear_loss)}.",
    ]
    if duel.mine.scored or duel.theirs.scored:
        said.append(f"Scored so far: {duel.mine.scored:.1f} to {duel.theirs.scored:.1f}.")
    said += [_need(duel), _assumed(duel)]
    leaders = [_best_ahead(duel, lineup) for lineup in duel.lineups]
    said += [explain.contributions(player) for player in leaders if player is not None]
    if odds is not None:
        said.append(_season(odds))
    return (*filter(None, said), explain.NEVER_AN_EFFECT)


def _to_play(duel: Duel, lineup: Sequence[str | None]) -> list[PlayerWeek]:
    """Those of a line-up whose game is still to come and who may take part in it."""
    players = known(duel.view, lineup)
    return [p for p in players if p.kickoff and not p.locked(duel.view.now) and not p.availability.is_dead]


def _implied(duel: Duel) -> str | None:
    """What the betting lines expect of the teams of those who are still to play, defences left out."""
    means = []
    for lineup in duel.lineups:
        offence = [p for p in _to_play(duel, lineup) if p.group != "DEF"]
        totals = [p.lines.team_total for p in offence if p.lines.team_total is not None]
        if not totals:
            return None
        means.append(fmean(totals))
    return (
        f"Team totals by the betting lines: {means[0]:.1f} points on average for your starters still to play,"
        f" {means[1]:.1f} for theirs."
    )


def _need(duel: Duel) -> str | None:
    """Once the week is under way: what the players of my last game must score."""
    coming = _to_play(duel, duel.plan.current)
    begun = any(player.locked(duel.view.now) for player in known(duel.view, duel.plan.current))
    if not coming or not begun:
        return None
    latest = max(p.kickoff for p in coming if p.kickoff is not None)
    last = {p.player_id: p for p in coming if p.kickoff == latest}
    rest = side(duel.view, [player for player in duel.plan.current if player not in last])
    even, safe = needed(rest, duel.theirs, (0.5, 0.8))
    names = ", ".join(p.name for p in last.values())
    return (
        f"From your last game ({names}, expected {sum(p.expected for p in last.values()):.1f}) you need"
        f" {even:.1f} points to win in 50 of 100 and {safe:.1f} to win in 80."
    )


def _assumed(duel: Duel) -> str | None:
    """The changes the opponent is expected to make."""
    was, will = duel.opponent.starters, duel.their_lineup
    if duel.view.is_best_ball or was == will:
        return None
    leave = [
        f"{p.name} sits" + (f" ({p.availability.reason})" if p.availability.reason else "")
        for p in known(duel.view, was)
        if p.player_id not in will
    ]
    enter = [f"{p.name} starts" for p in known(duel.view, will) if p.player_id not in was]
    return f"Assumed of their line-up: {', '.join((*enter, *leave))}." if enter or leave else None


def _best_ahead(duel: Duel, lineup: Sequence[str | None]) -> PlayerWeek | None:
    """Who of those still to play is expected to score most."""
    return max(_to_play(duel, lineup), key=lambda p: (p.expected, p.player_id), default=None)


def _season(odds: TeamOdds) -> str:
    line = (
        f"Playoffs in {round(100 * odds.playoffs)} of 100 simulated seasons ({odds.wins:.1f} wins on average,"
        f" champion in {round(100 * odds.champion)})"
    )
    if odds.if_won is None or odds.if_lost is None:
        return f"{line}."
    return (
        f"{line}: {round(100 * odds.if_won)} after a win this week, {round(100 * odds.if_lost)} after a loss."
    )


def swap_line(duel: Duel, swap: Swap) -> str:
    """What one change of my line-up does to the chance to win."""
    sit = duel.view.player(swap.sit)
    over = f"over {sit.name}" if sit is not None else f"in the empty {swap.slot}"
    after = duel.swapped(duel.plan.current, swap.start, swap.sit)
    return f"{duel.view.players[swap.start].name} {over}: {_moves(duel.chance(), after)}"


def gamble_line(duel: Duel, wide: Gamble) -> str:
    """What a gamble does to it, beyond the best line-up."""
    points = explain.signed(wide.start.expected - wide.sit.expected)
    return (
        f"As the underdog, {wide.start.name} over {wide.sit.name} ({points} points, a toss-up, but a wider"
        f" spread): {_moves(duel.chance(duel.best), wide.chance)}"
    )


def best_line(duel: Duel, pending: Sequence[Swap]) -> str:
    """What all changes together do to it."""
    change = "the one change" if len(pending) == 1 else f"all {len(pending)} changes"
    moved = _moves(duel.chance(), duel.chance(duel.best))
    return f"Set the best line-up ({change}, {explain.signed(duel.plan.gain)} points): {moved}"


def _moves(before: float, after: float) -> str:
    was, now = in_hundred(before), in_hundred(after)
    if was == now:
        return f"the chance to win stays at {now} in 100 ({explain.signed(100 * (after - before))})."
    return f"the chance to win goes from {was} to {now} in 100."


def flips(duel: Duel) -> tuple[str, ...]:
    """What would move the chance most: players in doubt who do not play; and the points that make it even."""
    found: list[tuple[float, str]] = []
    for own, lineup in zip((True, False), duel.lineups, strict=True):
        for player in _to_play(duel, lineup):
            if player.availability.play_probability >= 1:
                continue
            rest = side(duel.view, [one for one in lineup if one != player.player_id])
            after = duel.chance(mine=rest) if own else duel.chance(theirs=rest)
            whose = "your" if own else "their"
            said = f"{whose} {player.name}, who {explain.plays(player)}, is inactive and not replaced"
            found.append((abs(after - duel.chance()), f"{said}: then you win in {in_hundred(after)} of 100"))
    lines = [line for _, line in sorted(found, key=lambda each: -each[0])[:_MOST_FLIPS]]
    gap = round(duel.margin.mean, 1)
    if gap:
        lines.append(
            f"your expected points {'fall' if gap > 0 else 'rise'} by {abs(gap):.1f}: then it is even"
        )
    return tuple(lines)


def weak_lines(duel: Duel) -> tuple[str, ...]:
    """The slots where their starter falls furthest short of the league's median one."""
    others = [
        likely_lineup(duel.view, seated(duel.view, roster))
        for roster in duel.view.rosters.values()
        if roster.roster_id != duel.opponent.roster_id
    ]
    spots = weak_spots(duel.view, duel.their_lineup, others)
    return tuple(_weak_line(duel, spot) for spot in spots if spot.short >= _LEAST_SHORT)[:_MOST_SPOTS]


def _weak_line(duel: Duel, spot: WeakSpot) -> str:
    player = duel.view.player(spot.player_id)
    usual = f"{spot.short:.1f} below the league's median starter there"
    if player is None:
        return f"{spot.slot}: {'empty' if spot.player_id is None else 'nothing known'}, {usual}."
    total = player.lines.team_total
    line = f"team total {total:.1f}, " if total is not None else ""
    return (
        f"{spot.slot}: {described(player)}, {line}expected {expected_total(duel.view, player):.1f}, {usual}."
    )


def lacks(duel: Duel) -> tuple[str, ...]:
    """What the report cannot know."""
    view = duel.view
    found = list(explain.lacks(view, duel.players))
    for whose, lineup in zip(("your", "their"), duel.lineups, strict=True):
        unknown = sum(player is not None and player not in view.players for player in lineup)
        if unknown:
            found.append(f"Nothing is known about {unknown} of {whose} starters: counted as no points.")
        unscored = [p.name for p in known(view, lineup) if p.locked(view.now) and p.points is None]
        if unscored:
            found.append(f"No points are known yet of {whose} {', '.join(unscored)}: counted as none.")
    if duel.guessed:
        found.append("Of a starter nothing is known to expect: the confidence is lowered for it.")
    if view.is_best_ball:
        found.append("Best ball: both totals leave out that the best scorers are picked afterwards.")
    return tuple(found)
