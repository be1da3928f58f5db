"""The track record: how settled advice came out, by kind, and how true its confidence was."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from fantasy_tui.clock import utcnow
from fantasy_tui.review.record import Answered, KindRecord, Record
from fantasy_tui.tui import track
from fantasy_tui.tui.keys.shared import PANE
from fantasy_tui.tui.screens.base import AppScreen
from fantasy_tui.tui.text import plain
from fantasy_tui.tui.widgets.reliability import ReliabilityPlot
from fantasy_tui.tui.widgets.row_table import Cell, Column, Row, RowTable
from fantasy_tui.tui.widgets.scrolling import Pane

if TYPE_CHECKING:
    from fantasy_tui.workspace import Workspace

COLUMNS = (
    Column("kind", "Kind", 19),
    Column("n", "Settled", 7, right=True),
    Column("true", "True", 5, right=True),
    Column("gain", "Gain", 6, right=True),
    Column("off", "Off by", 6, right=True),
    Column("brier", "Brier", 5, drop=5, right=True),
    Column("approved", "Approved", 10, drop=1, right=True),
    Column("rejected", "Rejected", 10, drop=4, right=True),
    Column("expired", "Expired", 10, drop=3, right=True),
    Column("tossed", "Toss-ups", 8, drop=2, right=True),
)
_TICK = 60.0


class RecordScreen(AppScreen):
    """A line a kind; below it the reliability plot of the one under the cursor."""

    CSS_PATH = "record.tcss"
    HEADING = "Record"
    AUTO_FOCUS = "#kinds"
    BINDINGS: ClassVar[list[BindingType]] = PANE.bindings

    def __init__(self) -> None:
        super().__init__()
        self._record: Record | None = None

    def content(self) -> ComposeResult:
        """The kinds, the plot with its sentences, and what is said while nothing is settled."""
        yield RowTable(id="kinds")
        with Pane(id="about"):
            yield Static(id="first")
            yield ReliabilityPlot()
            yield Static(id="rest")
        yield Static(id="empty")

    def on_mount(self) -> None:
        """Let the first settling come nearer."""
        self.set_interval(_TICK, self._show)

    async def read(self, workspace: Workspace) -> None:
        """Fetch and show the record."""
        self._record = await workspace.record() if workspace.user is not None else Record((), None)
        self._show()

    def _show(self) -> None:
        record = self._record
        if record is None:
            return
        self.set_class(record.empty, "-empty")
        if record.empty:
            self.query_one("#empty", Static).update(plain(track.nothing_yet(record, utcnow())))
            return
        self.query_one(RowTable).fill(COLUMNS, [(one.kind, kind_row(one)) for one in record.records])
        self._tell()

    @on(RowTable.RowHighlighted)
    def _tell(self) -> None:
        if self._record is None or self._record.empty:
            return
        chosen = self._record.of(self.query_one(RowTable).chosen_key or self._record.records[0].kind)
        self.query_one("#first", Static).update(plain(track.first_sentence(chosen)).stylize("bold"))
        self.query_one(ReliabilityPlot).update(chosen.calls.bands)
        self.query_one("#rest", Static).update(Content("\n").join(map(plain, track.sentences(chosen))))


def kind_row(record: KindRecord) -> Row:
    """A kind as a line; what is not known yet is a dash."""
    calls, tossed = record.calls, record.toss_ups
    error = calls.calibration_error
    texts = {
        "n": str(calls.n) if calls.n else "",
        "true": track.percent(calls.hit_rate),
        "gain": track.signed(calls.mean_gain),
        "off": f"{100 * error:.0f}" if error is not None else "",
        "brier": f"{calls.brier:.3f}" if calls.brier is not None else "",
        "approved": _answered(record.approved),
        "rejected": _answered(record.rejected),
        "expired": _answered(record.expired),
        "tossed": f"{tossed.right}/{tossed.n}" if tossed.n else "",
    }
    style = "" if calls.n or tossed.n else "$foreground-muted"
    cells = {key: Cell(text or "–", style) for key, text in texts.items()}
    return {"kind": Cell(track.title(record.kind), style), **cells}


def _answered(answered: Answered) -> str:
    """How many, and the points that this answer won."""
    return f"{answered.n}: {track.signed(answered.gain)}" if answered.n else ""
