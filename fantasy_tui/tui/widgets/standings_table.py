"""A league's table: places, records, form, odds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fantasy_tui.tui.league_words import chance, record
from fantasy_tui.tui.pictures.sparkline import sparkline
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable

if TYPE_CHECKING:
    from fantasy_tui.football.standings import Standings, TeamStanding

MINE, IN, LEADS = "▸", "•", "d"
_AWAITED = "…"
_WEEKS = 14
_ODDS = (
    Column("playoffs", "Playoffs", 8, right=True),
    Column("title", "Title", 5, right=True),
    Column("final", "Wins", 4, drop=4, right=True),
)


class StandingsTable(RowTable):
    """A team a line; its key is the roster."""

    def show(self, table: Standings, *, awaited: bool = False) -> None:
        """Show the table; `awaited` while its odds are being worked out."""
        odds = table.no_odds is None and (awaited or table.draws is not None)
        top = max((week.points for team in table.teams for week in team.results), default=0.0)
        rows = [
            (str(team.roster_id), team_row(table, team, top, awaited=awaited and table.draws is None))
            for team in table.teams
        ]
        self.fill(columns(table, odds=odds), rows)


def columns(table: Standings, *, odds: bool) -> tuple[Column, ...]:
    """What there is to show of this league."""
    weeks = min(max((len(team.results) for team in table.teams), default=0), _WEEKS)
    bids = any(team.faab_left is not None for team in table.teams)
    claims = any(team.waiver_position is not None for team in table.teams)
    return (
        Column("place", "#", 3 + bool(table.divisions)),
        Column("team", "Team", 14, most=30),
        Column("manager", "Manager", 8, most=16, drop=8),
        *((Column("division", "Division", 8, most=14, drop=7),) if table.divisions else ()),
        Column("record", "W-L-T", 5 + _has_ties(table) * 2),
        Column("for", "PF", 6, right=True),
        Column("against", "PA", 6, drop=6, right=True),
        Column("streak", "Strk", 4, drop=2),
        *((Column("weeks", "Weeks", max(weeks, 5), drop=3),) if weeks else ()),
        *(_ODDS if odds else ()),
        *((Column("faab", "FAAB", 4, drop=5, right=True),) if bids else ()),
        *((Column("waiver", "Waiver", 6, drop=5, right=True),) if claims and not bids else ()),
    )


def _has_ties(table: Standings) -> bool:
    return any(team.ties for team in table.teams)


def team_row(table: Standings, team: TeamStanding, top: float, *, awaited: bool = False) -> Row:
    """A team as a line; `top` are the points that fill a cell of the weeks."""
    style = "bold" if team.mine else ""
    marks = (LEADS if team.leads_division else "") + (IN if team.qualifies else "")
    odds, none = team.odds, _AWAITED if awaited else "–"
    return {
        "place": Cell(f"{team.place}{marks}", style),
        "team": Cell(f"{MINE} {team.team_name}" if team.mine else team.team_name, style),
        "manager": Cell(team.manager or "–", "$foreground-muted"),
        "division": Cell(_division(table, team), "$foreground-muted"),
        "record": Cell(record(team.wins, team.losses, team.ties), style),
        "for": Cell(f"{team.points_for:.1f}", style),
        "against": Cell(f"{team.points_against:.1f}", style),
        "streak": Cell(team.streak or "–", _streak(team.streak)),
        "weeks": Cell(sparkline([week.points for week in team.results[-_WEEKS:]], top)),
        "playoffs": Cell(chance(odds.playoffs) if odds is not None else none, style),
        "title": Cell(chance(odds.champion) if odds is not None else none, style),
        "final": Cell(f"{odds.wins:.1f}" if odds is not None else none, style),
        "faab": Cell("–" if team.faab_left is None else f"${team.faab_left}", style),
        "waiver": Cell("–" if team.waiver_position is None else str(team.waiver_position), style),
    }


def _division(table: Standings, team: TeamStanding) -> str:
    if team.division is None or team.division > len(table.divisions):
        return "–"
    return table.divisions[team.division - 1]


def _streak(streak: str | None) -> str:
    if streak is None:
        return "$foreground-muted"
    return {"W": "$text-success", "L": "$text-error"}.get(streak[0], "")


def legend(table: Standings) -> str:
    """What the marks stand for."""
    told = [f"{MINE} yours"] if any(team.mine for team in table.teams) else []
    told += [f"{IN} in the playoffs as it stands"] if table.playoff_teams else []
    told += [f"{LEADS} leads its division"] if table.divisions else []
    return "  ".join(told)
