"""How a league and its teams are spoken of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from textual.content import Content

from fantasy_tui.tui.ages import ages
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.pictures.bars import percent
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.times import age

if TYPE_CHECKING:
    from fantasy_tui.browse import LeagueOutlook
    from fantasy_tui.crud.overview import LeagueSummary
    from fantasy_tui.football.simulation import TeamOdds
    from fantasy_tui.football.standings import Standings, TeamStanding

_DIM = "$foreground-muted"
_LEAST_NAME = 12


def no_leagues() -> str:
    """What is said while there is no league."""
    return f"No leagues are stored yet. Press {key_of('app.refresh')} to sync with Sleeper."


def record(wins: int, losses: int, ties: int) -> str:
    """Wins and losses, and ties where there are any: "6-3", "6-2-1"."""
    return f"{wins}-{losses}-{ties}" if ties else f"{wins}-{losses}"


def chance(share: float | None) -> str:
    """A chance (0 to 1) in a table; a dash for none."""
    return "–" if share is None else percent(share).strip()


def odds_told(odds: TeamOdds) -> str:
    """A team's season in a sentence: what a win this week is worth, the bye, the title."""
    told = f"Playoffs {chance(odds.playoffs)}"
    if odds.if_won is not None and odds.if_lost is not None:
        told += f" ({chance(odds.if_won)} with a win this week, {chance(odds.if_lost)} without)"
    bye = f" · bye {chance(odds.bye)}" if odds.bye else ""
    return f"{told}{bye} · title {chance(odds.champion)} · {odds.wins:.1f} wins expected"


def ordinal(number: int) -> str:
    """ "1st", "2nd", "11th"."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def described(table: Standings, width: int) -> Content:
    """The league, its week and how it ends, in `width` cells."""
    when = f"week {table.week}" if table.status == "in_season" else (table.status or "out of season")
    parts = [table.season, when.replace("_", " "), f"{len(table.teams)} teams"]
    if table.playoff_teams:
        parts.append(f"playoffs: {table.playoff_teams} from week {table.playoff_start}")
    parts += ["best ball"] if table.best_ball else []
    parts += ["median game"] if table.median_game else []
    rest = Content.assemble((" › ", _DIM), (" · ".join(parts), ""))
    return plain(table.name, max(width - rest.cell_length, _LEAST_NAME)).stylize("bold") + rest


def simulated(draws: int, *, in_full: bool) -> str:
    """What the odds rest on."""
    return f"odds by {draws:,} simulated seasons" if in_full else f"{draws:,} seasons"


def team_told(table: Standings, team: TeamStanding, *, awaited: bool) -> Content:
    """A team's season in a line or two: its odds, or why there are none."""
    name = plain(team.team_name).stylize("bold")
    place = f", {ordinal(team.place)} of {len(table.teams)}"
    stands = f" {record(team.wins, team.losses, team.ties)}{place}"
    told = (
        odds_told(team.odds)
        if team.odds is not None
        else "odds are on their way"
        if awaited
        else no_odds(table)
    )
    told += f" · ${team.faab_left} of waiver budget left" if team.faab_left is not None else ""
    if team.faab_left is None and team.waiver_position is not None:
        told += f" · {ordinal(team.waiver_position)} in the order of claims"
    return Content.assemble(name, (stands, _DIM), f" · {told}")


def no_odds(table: Standings) -> str:
    """Why there are none."""
    return table.no_odds or "No odds: too little is known of the weeks ahead."


def forecast(table: Standings, *, awaited: bool) -> Sequence[str]:
    """Sentences about the odds: what they rest on, what they do not know."""
    if awaited:
        return ["The season is being played out …"]
    if table.draws is None:
        return [no_odds(table)]
    return [
        f"Of {table.draws:,} simulated seasons, from this week's line-ups on; ▼ is the place of today.",
        *table.lacks,
    ]


def about_league(league: LeagueSummary, outlook: LeagueOutlook | None, now: datetime) -> list[Content]:
    """A league in lines: which it is, how its season looks, what waits, how old all that is."""
    status = f"week {league.week}" if league.week is not None else (league.status or "out of season")
    title = [plain(league.name).stylize("bold"), plain(league.season), plain(status.replace("_", " "))]
    if league.left:
        title.append(Content.styled("you have left it; this is its last known state", "$text-warning"))
    lines = [Content.styled(" · ", _DIM).join(title)]
    if league.my_roster_id is None:
        lines.append(plain("You have no team in this league."))
    if outlook is not None:
        odds = outlook.odds
        lines.append(plain(odds_told(odds) if odds is not None else no_odds(outlook.standings)))
    if league.waiting:
        one = league.waiting == 1
        told = f"{league.waiting} decision{' waits' if one else 's wait'} on the queue"
        lines.append(Content.assemble((told, "bold $text-warning"), f" ({key_of('go.queue')} opens it)"))
    sources = outlook.board.sources if outlook is not None and outlook.board is not None else ()
    rosters = (
        f"Age: rosters {age(league.synced_at, now) if league.synced_at is not None else 'never fetched'}"
    )
    told = ages(sources, now, in_full=False) if sources else rosters
    return [*lines, Content.styled(told, _DIM)]
