"""opponent_analysis: the chance to win this week's matchup, and what each change still open does to it."""

from fantasy_tui.agents import explain, matchup_words
from fantasy_tui.agents.duel import Duel, find_duel, gamble, in_hundred
from fantasy_tui.agents.lines import brief, slot_lines, source_lines
from fantasy_tui.agents.proposal import OnProgress, Proposal, silent
from fantasy_tui.agents.recommendation import OpponentReport
from fantasy_tui.football.draws import picture
from fantasy_tui.football.plan import swaps
from fantasy_tui.football.season import SeasonOdds, season_odds
from fantasy_tui.football.settle import Win
from fantasy_tui.football.view import LeagueView

MODEL_VERSION = "matchup-normal-2"


def recommend(view: LeagueView, on_progress: OnProgress = silent) -> list[Proposal]:
    """One report a week on the matchup, while a game of either line-up is still ahead.

    It asks for nothing: the changes it weighs are the line-up agent's to propose. Its confidence is the
    chance to win with the line-up as it stands, its gain the expected margin in league points.
    """
    duel = find_duel(view)
    if duel is None or duel.next_kickoff is None or duel.mine.expected == duel.theirs.expected == 0:
        return []
    on_progress(0.2)
    season = season_odds(view)
    on_progress(0.8)
    report = _report(duel, season)
    return [
        Proposal(
            subject="matchup",
            recommendation=report,
            confidence=in_hundred(duel.chance()),
            expected_gain=round(duel.margin.mean, 2),
            expires_at=duel.next_kickoff,
            actionable=False,
        )
    ]


def _report(duel: Duel, season: SeasonOdds | None) -> OpponentReport:
    view, plan = duel.view, duel.plan
    chance, mine, theirs = duel.chance(), duel.mine.expected, duel.theirs.expected
    drawn = picture(duel.mine, duel.theirs)
    odds = season.teams.get(duel.me.roster_id) if season is not None else None
    pending = swaps(plan) if plan.gain > 0 else []
    told = [matchup_words.swap_line(duel, swap) for swap in pending]
    wide = gamble(duel)
    if wide is not None:
        told.append(matchup_words.gamble_line(duel, wide))
    alternative = told[-1] if told else "No change to your line-up is expected to gain points."
    if pending:
        alternative = matchup_words.best_line(duel, pending)
    name = brief(duel.opponent.team_name)
    their_locked = {i for i, p in enumerate(map(view.player, duel.their_lineup)) if p and p.locked(view.now)}
    return OpponentReport(
        summary=f"{name}: you win in {in_hundred(chance)} of 100, expected {mine:.1f} to {theirs:.1f}",
        reasons=matchup_words.reasons(duel, drawn, odds),
        sources=source_lines(view),
        alternative=alternative,
        status_quo=f"The line-up as it stands is expected to score {mine:.1f} against {theirs:.1f} and wins in"
        f" {in_hundred(chance)} of 100.",
        middle=_rounded(duel.margin.middle()),
        flips=matchup_words.flips(duel),
        record=explain.record(view, "opponent_analysis", in_hundred(chance) / 100),
        lacks=(*matchup_words.lacks(duel), *(season.lacks if season is not None else ())),
        as_of=view.as_of,
        stale=view.stale,
        settle=Win(view.week, duel.me.roster_id, duel.opponent.roster_id),
        opponent_roster_id=duel.opponent.roster_id,
        opponent=name,
        win_probability=chance,
        win_probability_after=duel.chance(duel.best) if pending else None,
        my_points=round(mine, 2),
        opponent_points=round(theirs, 2),
        my_range=_rounded((drawn.mine[0], drawn.mine[-1])),
        opponent_range=_rounded((drawn.theirs[0], drawn.theirs[-1])),
        playoff_probability=odds.playoffs if odds is not None else None,
        swaps=tuple(told),
        weak_spots=matchup_words.weak_lines(duel),
        before=slot_lines(view, plan.current, plan.locked),
        after=slot_lines(view, plan.suggested, plan.locked),
        their_lineup=slot_lines(view, duel.their_lineup, their_locked),
    )


def _rounded(ends: tuple[float, float]) -> tuple[float, float]:
    return round(ends[0], 1), round(ends[1], 1)
