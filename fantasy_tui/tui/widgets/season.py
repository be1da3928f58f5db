"""A season played out many times: every team's odds, and how one of them may end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.tui.league_words import odds_told, ordinal
from fantasy_tui.tui.pictures.histogram import Histogram
from fantasy_tui.tui.pictures.season import SeasonOdds, TeamChance
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.scrolling import Reading

if TYPE_CHECKING:
    from fantasy_tui.football.standings import Standings, TeamStanding

Bars = Sequence[tuple[str, float]]
_SEEN = 0.0005
"""Outcomes rarer than this have no column."""


class Season(Reading):
    """Bars for all teams, then the final wins and places of the one that is chosen."""

    DEFAULT_CSS = """
    Season {
        padding: 0 1;
        scrollbar-size-vertical: 1;
        & #chosen { height: auto; margin-top: 1; }
        & #outcomes { layout: grid; grid-size: 2; grid-gutter: 0 2; grid-rows: 12; height: auto; }
        & #outcomes Histogram { height: 12; }
        & #more { height: auto; color: $text-muted; margin-top: 1; }
        &.-bare #outcomes, &.-bare SeasonOdds { display: none; }
    }
    """

    def compose(self) -> ComposeResult:
        """The bars, the team, its outcomes, and what the odds do not know."""
        yield SeasonOdds()
        yield Static(id="chosen")
        with Container(id="outcomes"):
            yield Histogram(id="wins")
            yield Histogram(id="places")
        yield Static(id="more")

    def show(self, table: Standings, team: TeamStanding, more: Sequence[str]) -> None:
        """Show the table's odds and this team's; `more` are sentences about them."""
        self.set_class(team.odds is None, "-bare")
        self.query_one(SeasonOdds).update(
            [
                TeamChance(one.team_name, one.odds.playoffs, one.odds.champion, one.mine)
                for one in table.teams
                if one.odds is not None
            ]
        )
        told = Content()
        if team.odds is not None:
            told = Content.assemble(plain(team.team_name).stylize("bold"), f": {odds_told(team.odds)}")
            self.query_one("#wins", Histogram).update(*wins(team))
            self.query_one("#places", Histogram).update(*places(team), mark=ordinal(team.place))
        self.query_one("#chosen", Static).update(told)
        self.query_one("#more", Static).update(Content("\n").join(map(plain, more)))


def wins(team: TeamStanding) -> tuple[Bars, str, str]:
    """How often a team ends with how many wins, whose they are, and the unit."""
    ends = team.odds.final_wins if team.odds is not None else ()
    return [(f"{total:g}", share) for total, share in ends if share >= _SEEN], team.team_name, "wins"


def places(team: TeamStanding) -> tuple[Bars, str, str]:
    """How often a team ends in which place of the regular season."""
    seeds = team.odds.seeds if team.odds is not None else ()
    return [(ordinal(place), share) for place, share in enumerate(seeds, 1)], team.team_name, "place"
