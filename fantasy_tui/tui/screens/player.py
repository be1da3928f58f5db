"""One player: who he is, who holds him, what he scores in each league."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import cut, plain

if TYPE_CHECKING:
    from fantasy_tui.crud.player import PlayerDetail, PlayerInLeague
    from fantasy_tui.workspace import Workspace

_BARS = "▁▂▃▄▅▆▇█"
_WEEK = 6
"""Cells for one week's points: "-12.3" and a gap."""
_LABEL = 8
_NAME = 34
_BASIS = {
    "components": "Sleeper's projection in this league's scoring",
    "preset": "* Sleeper's preset total, not this league's scoring",
    "average": "~ mean of this season's games",
}


class PlayerScreen(AppScreen):
    """All about one player; opened over another screen."""

    CSS_PATH = "player.tcss"
    HEADING = "Player"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,h,backspace", "back", "Back", id="player.back"),
        Binding("j", "scroll('down')", "Down", show=False),
        Binding("k", "scroll('up')", "Up", show=False),
        Binding("g", "scroll('home')", "Top", show=False),
        Binding("G", "scroll('end')", "Bottom", show=False),
        Binding("ctrl+d", "scroll('page_down')", "Page down", show=False),
        Binding("ctrl+u", "scroll('page_up')", "Page up", show=False),
    ]

    def __init__(self, player_id: str) -> None:
        super().__init__()
        self.player_id = player_id
        self._detail: PlayerDetail | None = None

    def content(self) -> ComposeResult:
        """One text that scrolls."""
        with VerticalScroll(id="about"):
            yield Static(id="player")

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the player."""
        self._detail = await workspace.player(self.player_id) if workspace.user is not None else None
        if self._detail is None:
            told = f"No player {cut(self.player_id, 20)} is stored here. Press escape to go back, r to sync."
            self.query_one("#player", Static).update(plain(told))
        else:
            self._show()

    def on_resize(self, event: events.Resize) -> None:
        """Break the weeks anew at the new width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        if self._detail is not None:
            room = self.query_one("#about").scrollable_content_region.width
            self.query_one("#player", Static).update(describe(self._detail, room))

    def action_scroll(self, where: str) -> None:
        """Scroll the text by a line, a page, or to an end."""
        about = self.query_one("#about", VerticalScroll)
        match where:
            case "down":
                about.scroll_down(animate=False)
            case "up":
                about.scroll_up(animate=False)
            case "home":
                about.scroll_home(animate=False)
            case "end":
                about.scroll_end(animate=False)
            case "page_down":
                about.scroll_page_down(animate=False)
            case "page_up":
                about.scroll_page_up(animate=False)


def describe(detail: PlayerDetail, room: int) -> Content:
    """The player in lines of at most `room` cells."""
    row = detail.row
    facts = [row.position or "–", row.team or "no team"]
    facts += [f"{detail.age} years"] if detail.age is not None else []
    facts += [f"number {detail.number}"] if detail.number is not None else []
    facts += [detail.status] if detail.status else []
    lines = [plain(row.name, room).stylize("bold"), plain(" · ".join(facts), room)]
    if row.injury_status:
        lines.append(plain(f"Injury: {row.injury_status}", room).stylize("$text-warning"))
    if not detail.leagues:
        lines += [Content(), plain("None of your leagues is stored for this season.", room)]
    for league in detail.leagues:
        lines += [Content(), *_in_league(detail, league, room)]
    return Content("\n").join(lines)


def _in_league(detail: PlayerDetail, league: PlayerInLeague, room: int) -> Iterator[Content]:
    yield Content.assemble((cut(league.league, _NAME), "bold"), " › ", _held(league))
    when = f"week {detail.week}" if detail.week is not None else "this week"
    if league.projected is not None:
        basis = _BASIS.get(league.basis, league.basis)
        yield plain(f"{when}: {league.projected:.1f} if he plays · {basis}", room)
    else:
        on_bye = league.basis == "bye" and detail.row.team is not None
        yield plain(f"{when}: {'bye' if on_bye else 'no projection'}", room)
    if league.weekly:
        yield from _weeks(league.weekly, room)
    else:
        yield plain("no points this season", room).stylize("$foreground-muted")


def _held(league: PlayerInLeague) -> Content:
    owner = league.owner
    if owner is None:
        return Content.styled("free", "$text-accent")
    if owner.mine:
        return Content.assemble(("mine", "bold $text-success"), f" ({cut(owner.team_name, _NAME)})")
    return plain(f"held by {owner.team_name}", _NAME)


def sparkline(values: Sequence[float | None]) -> list[str]:
    """A bar for each value, as high as it is between zero and the highest; a blank for none."""
    known = [value for value in values if value is not None]
    low, high = min(0.0, *known, 0.0), max(0.0, *known, 0.0)
    reach = (high - low) or 1.0
    top = len(_BARS) - 1
    return [" " if value is None else _BARS[round((value - low) / reach * top)] for value in values]


def _weeks(weekly: Sequence[tuple[int, float]], room: int) -> Iterator[Content]:
    """Week, points and bar under each other, in as many blocks as the width asks for."""
    points = dict(weekly)
    weeks = range(min(points), max(points) + 1)
    bars = sparkline([points.get(week) for week in weeks])
    at_once = max((room - _LABEL) // _WEEK, 1)
    for first in range(0, len(weeks), at_once):
        block = weeks[first : first + at_once]
        numbers = [f"{points[week]:.1f}" if week in points else "–" for week in block]
        shown = [bar * (_WEEK - 2) for bar in bars[first : first + at_once]]
        yield _line("week", [str(week) for week in block]).stylize("$foreground-muted")
        yield _line("", shown).stylize("$primary")
        yield _line("points", numbers)


def _line(label: str, cells: Sequence[str]) -> Content:
    return Content(label.ljust(_LABEL) + "".join(cell.rjust(_WEEK) for cell in cells))
