"""A league's moves, read page by page as one scrolls, all or those of one kind or team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, cast

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.move_words import KINDS, in_full
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.times import age
from fantasy_tui.tui.widgets.moves_table import MovesTable
from fantasy_tui.tui.widgets.row_table import RowTable
from fantasy_tui.tui.widgets.scrolling import Pane

if TYPE_CHECKING:
    from fantasy_tui.crud.transactions import TransactionPage, TransactionRow
    from fantasy_tui.football.standings import TeamStanding
    from fantasy_tui.tui.app import FantasyApp
    from fantasy_tui.workspace import Workspace

PAGE = 50
_NEAR = 10
"""Rows before the last one at which the next page is asked for."""
_NAME = 30


class Moves(Vertical):
    """What is shown, the moves, and all about the one under the cursor."""

    DEFAULT_CSS = """
    Moves {
        & #which { height: 1; padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; color: $text-muted; }
        & #moves { height: 1fr; }
        & #move { height: 30%; min-height: 6; padding: 0 1; border-top: solid $panel; scrollbar-size-vertical: 1; }
        & #in-full { height: auto; }
        & #none { display: none; height: 1fr; padding: 2 4; color: $text-muted; }
        &.-none #moves, &.-none #move { display: none; }
        &.-none #none { display: block; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._league_id: str | None = None
        self._teams: Sequence[TeamStanding] = ()
        self._kind: str | None = None
        self._roster_id: int | None = None
        self._moves: dict[str, TransactionRow] = {}
        self._page: TransactionPage | None = None
        """The page that was read last."""

    def compose(self) -> ComposeResult:
        """The filters in words, the table, the move in full."""
        yield Static(id="which")
        yield MovesTable(id="moves")
        with Pane(id="move"):
            yield Static(id="in-full")
        yield Static(id="none")

    async def read(self, workspace: Workspace, league_id: str, teams: Sequence[TeamStanding]) -> None:
        """Fetch as many again as are shown; of another league the newest, all kinds and teams."""
        if league_id != self._league_id:
            self._league_id, self._kind, self._roster_id, self._moves = league_id, None, None, {}
        self._teams = teams
        await self._read(workspace, offset=0, limit=max(PAGE, len(self._moves)))

    async def _read(self, workspace: Workspace, *, offset: int, limit: int = PAGE) -> None:
        asked = (self._league_id, self._kind, self._roster_id)
        if self._league_id is None:
            return
        page = await workspace.browse.transactions(
            self._league_id, offset=offset, limit=limit, kind=self._kind, roster_id=self._roster_id
        )
        if asked == (self._league_id, self._kind, self._roster_id):
            before = self._moves if offset else {}
            self._moves, self._page = before | {move.transaction_id: move for move in page.rows}, page
            self._show()

    @work(exclusive=True, group="moves", exit_on_error=False)
    async def _more(self, offset: int) -> None:
        workspace = cast("FantasyApp", self.app).workspace
        if workspace is not None:
            await self._read(workspace, offset=offset)

    def _show(self) -> None:
        self.set_class(not self._moves, "-none")
        self.query_one("#which", Static).update(plain(self._which()))
        self.query_one("#none", Static).update(plain(self._nothing()))
        self.query_one(MovesTable).show(self._moves.values())
        self._tell()

    def _which(self) -> str:
        """How many moves, of which kind and of whom, and the keys that choose."""
        total = self._page.total if self._page is not None else 0
        keys = f"{key_of('league.kind')} kind · {key_of('league.next_team')} team"
        what = KINDS[self._kind] if self._kind else "all kinds"
        return f"{total:,} {'move' if total == 1 else 'moves'} · {what} · {self._whose()} · {keys}"

    def _whose(self) -> str:
        team = next((one for one in self._teams if one.roster_id == self._roster_id), None)
        return cut(team.team_name, _NAME) if team is not None else "all teams"

    def _nothing(self) -> str:
        if self._kind is None and self._roster_id is None:
            return f"Nothing has moved in this league yet. {key_of('app.refresh')} asks Sleeper again."
        return (
            f"No {KINDS[self._kind] if self._kind else 'moves'} of {self._whose()}."
            f" {key_of('league.kind')} goes on to the next kind, {key_of('league.next_team')} to the next team."
        )

    def told(self, now: datetime) -> str:
        """How old the moves are, in a line."""
        as_of = self._page.as_of if self._page is not None else None
        return f"Age: Sleeper transactions {age(as_of, now) if as_of else 'never fetched'}"

    @on(RowTable.RowHighlighted, "#moves")
    def _tell(self) -> None:
        table = self.query_one(MovesTable)
        move = self._moves.get(table.chosen_key or "")
        self.query_one("#in-full", Static).update(in_full(move) if move is not None else Content())
        total = self._page.total if self._page is not None else 0
        if len(self._moves) < total and table.cursor_row >= len(self._moves) - _NEAR:
            self._more(len(self._moves))

    @property
    def chosen(self) -> TransactionRow | None:
        """The move under the cursor."""
        return self._moves.get(self.query_one(MovesTable).chosen_key or "")

    # Which are shown

    def next_kind(self) -> None:
        """Those of the next kind alone; after the last one all."""
        kinds = [None, *KINDS]
        self._choose(kinds[(kinds.index(self._kind) + 1) % len(kinds)], self._roster_id)

    def next_team(self, step: int) -> None:
        """Those of the next team alone; after the last one all teams'."""
        teams = [None, *(team.roster_id for team in self._teams)]
        self._choose(self._kind, teams[(teams.index(self._roster_id) + step) % len(teams)])

    def only(self, roster_id: int) -> None:
        """Those of this team alone, and back to all teams'."""
        self._choose(self._kind, None if roster_id == self._roster_id else roster_id)

    def _choose(self, kind: str | None, roster_id: int | None) -> None:
        self._kind, self._roster_id = kind, roster_id
        self._more(0)
