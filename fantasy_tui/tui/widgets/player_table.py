"""Thousands of players in a list that repaints what is visible and never lays the screen out again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from fantasy_tui.football.search import Owner, Owners, PlayerRow
from fantasy_tui.tui.text import fit

_FIXED = (("Pos", 4), ("Team", 5), ("Injury", 7))
_NAME = 22
_LEAST_LEAGUE = 7
_MOST_LEAGUE = 20
_INJURIES: Mapping[str, str] = {"Questionable": "Quest", "Doubtful": "Doubt", "Probable": "Prob"}


def short_injury(status: str | None) -> str:
    """Sleeper's injury status in at most six letters where it is one of its usual words."""
    return _INJURIES.get(status or "", status or "")


def _cell(text: str, width: int) -> str:
    """The text in exactly `width` cells, the last of them a gap."""
    return fit(text, width - 1) + " " if width > 0 else ""


@dataclass(frozen=True, slots=True)
class Columns:
    """How the width is shared out: the name takes what the leagues leave."""

    name: int
    league: int
    shown: int
    """Leagues that have a column."""

    @classmethod
    def of(cls, width: int, leagues: int) -> Columns:
        """Columns for `width` cells; leagues that would get less than a readable name are left out."""
        room = width - _NAME - sum(cells for _, cells in _FIXED)
        if leagues == 0 or room < _LEAST_LEAGUE:
            return cls(max(width - sum(cells for _, cells in _FIXED), 0), 0, 0)
        shown = min(leagues, room // _LEAST_LEAGUE)
        league = min(room // shown, _MOST_LEAGUE)
        return cls(_NAME + room - shown * league, league, shown)


class PlayerTable(ScrollView, can_focus=True):
    """Players, one a line, with who holds them in each league; the cursor stays on its player."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "player-table--line",
        "player-table--cursor",
        "player-table--mine",
        "player-table--rival",
        "player-table--free",
        "player-table--injury",
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("pagedown,ctrl+d", "page(1)", "Page down", show=False),
        Binding("pageup,ctrl+u", "page(-1)", "Page up", show=False),
        Binding("home,g", "jump(0)", "First", show=False),
        Binding("end,G", "jump(-1)", "Last", show=False),
        Binding("enter", "choose", "Open", show=False),
    ]
    DEFAULT_CSS = """
    PlayerTable {
        height: 1fr;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-gutter: stable;
        & > .player-table--cursor { background: $block-cursor-blurred-background; text-style: bold; }
        &:focus > .player-table--cursor {
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & > .player-table--mine { color: $text-success; }
        & > .player-table--rival { color: $text-muted; }
        & > .player-table--free { color: $text-accent; }
        & > .player-table--injury { color: $text-warning; }
    }
    """

    cursor: var[int] = var(0, init=False)

    class Chosen(Message):
        """A player was opened."""

        def __init__(self, row: PlayerRow) -> None:
            super().__init__()
            self.row = row

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rows: Sequence[PlayerRow] = ()
        self._owners: Owners = {}
        self._leagues: Sequence[tuple[str, str]] = ()

    def show(self, rows: Sequence[PlayerRow], *, keep: bool = False) -> None:
        """Show these players; `keep` leaves the cursor on its player if he is still there."""
        before = self.chosen
        self.rows = rows
        # Watchers of virtual_size lay the whole screen out: only the scrollbar needs to know.
        self.set_reactive(Widget.virtual_size, Size(self.size.width, len(rows)))
        self.vertical_scrollbar.window_virtual_size = len(rows)
        at = 0
        if keep and before is not None:
            at = next((n for n, row in enumerate(rows) if row.player_id == before.player_id), 0)
        self.set_reactive(PlayerTable.cursor, at)
        self._follow()
        self.refresh()

    def hold(self, owners: Owners, leagues: Sequence[tuple[str, str]]) -> None:
        """Say who holds whom, and the columns: pairs of league id and title."""
        self._owners = owners
        self._leagues = leagues
        self.refresh()

    @property
    def chosen(self) -> PlayerRow | None:
        """The player under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    @property
    def columns(self) -> Columns:
        """The columns at the present width."""
        return Columns.of(self.scrollable_content_region.width, len(self._leagues))

    def header(self) -> Content:
        """The columns' titles, as wide as the lines."""
        columns = self.columns
        cells = [" " + _cell("Player", columns.name - 1), *(_cell(title, width) for title, width in _FIXED)]
        hidden = len(self._leagues) - columns.shown
        for number, (_, title) in enumerate(self._leagues[: columns.shown], 1):
            more = f" +{hidden}" if hidden and number == columns.shown else ""
            cells.append(_cell(fit(title, columns.league - 1 - len(more)) + more, columns.league))
        return Content("".join(cells))

    def render_line(self, y: int) -> Strip:
        """One player's line, `y` lines below the top of the visible part."""
        width = self.scrollable_content_region.width
        place = self.scroll_offset.y + y
        if place >= len(self.rows):
            return Strip.blank(width, self.rich_style)
        row = self.rows[place]
        at_cursor = place == self.cursor
        names = ("player-table--line", "player-table--cursor") if at_cursor else ("player-table--line",)
        base = self.get_component_rich_style(*names)
        segments = [
            Segment(text, base if part is None or at_cursor else base + self._tint(part))
            for text, part in self._cells(row)
        ]
        return Strip(segments).adjust_cell_length(width, base)

    def _tint(self, part: str) -> Style:
        return Style(color=self.get_component_rich_style(f"player-table--{part}").color)

    def _cells(self, row: PlayerRow) -> list[tuple[str, str | None]]:
        """A line's texts in their widths, each with the component class that colours it."""
        columns = self.columns
        (_, position), (_, team), (_, injury) = _FIXED
        cells: list[tuple[str, str | None]] = [
            (" " + _cell(row.name, columns.name - 1), None),
            (_cell(row.position or "–", position), None),
            (_cell(row.team or "–", team), None),
            (_cell(short_injury(row.injury_status), injury), "injury"),
        ]
        held = {owner.league_id: owner for owner in self._owners.get(row.player_id, ())}
        shown = self._leagues[: columns.shown]
        cells += [_owner_cell(held.get(league_id), columns.league) for league_id, _ in shown]
        return cells

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on a player."""
        return max(0, min(cursor, len(self.rows) - 1))

    def watch_cursor(self, before: int, now: int) -> None:
        """Repaint the two lines and keep the cursor visible."""
        self.refresh_line(before)
        self.refresh_line(now)
        self._follow()

    def _follow(self) -> None:
        height = self.scrollable_content_region.height
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False, force=True)
        elif height and self.cursor >= top + height:
            self.scroll_to(y=self.cursor - height + 1, animate=False, force=True)
        elif top > max(len(self.rows) - height, 0):
            self.scroll_to(y=max(len(self.rows) - height, 0), animate=False, force=True)

    def action_move(self, lines: int) -> None:
        """Move the cursor by lines."""
        self.cursor += lines

    def action_page(self, pages: int) -> None:
        """Move the cursor by what is visible at once."""
        self.cursor += pages * max(self.scrollable_content_region.height - 1, 1)

    def action_jump(self, place: int) -> None:
        """Move the cursor to the first (0) or the last (-1) player."""
        self.cursor = place if place >= 0 else len(self.rows) - 1

    def action_choose(self) -> None:
        """Open the player under the cursor."""
        if self.chosen is not None:
            self.post_message(self.Chosen(self.chosen))

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the line; a second click opens the player."""
        place = self.scroll_offset.y + event.y
        if place < len(self.rows):
            again = place == self.cursor
            self.cursor = place
            if again:
                self.action_choose()

    def on_resize(self) -> None:
        """Keep the cursor visible at the new height."""
        self._follow()


def _owner_cell(owner: Owner | None, width: int) -> tuple[str, str]:
    if owner is None:
        return _cell("free", width), "free"
    if owner.mine:
        return _cell("mine", width), "mine"
    return _cell(owner.team_name, width), "rival"
