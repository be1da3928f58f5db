"""The waiver wire as text on the screen: all about an add, and about those who want him, too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from fantasy_tui.tui import waiver_words as words
from fantasy_tui.tui.text import cut, fit, plain
from fantasy_tui.tui.weekly import by_week

if TYPE_CHECKING:
    from fantasy_tui.football.waiver_board import Option, WaiverBoard

_DIM = "$foreground-muted"
_TEAM = 26


def about(board: WaiverBoard, option: Option, now: datetime) -> Content:
    """What an add brings by week, what is first to be done, and what set the bid."""
    place = " ".join(part for part in (option.add_position, option.add_team or "FA") if part)
    hurt = f", {option.add_injury}" if option.add_injury else ""
    sums = ("in all", "expected", "worth")
    row = ("gain", option.by_week, (option.promise, option.gain, option.worth))
    lines = [
        plain(words.task(option)).stylize("bold") + Content("  ") + plain(f"{place}{hurt}").stylize(_DIM),
        by_week(option.weeks, sums, [row]),
        plain(f"Your line-ups score at least as much in {round(100 * option.chance)} of 100."),
        *(plain(f"First {told}.").stylize("bold $text-warning") for told in option.first),
        plain(words.how(board, option, now)),
    ]
    if option.bid_bound is not None:
        lines.append(plain(f"Bid ${option.bid}, set by: {option.bid_bound}."))
    return Content("\n").join(lines)


def rest(board: WaiverBoard, option: Option | None, now: datetime, width: int) -> Content:
    """Who else wants him, the rivals, who is on waivers, and what the numbers lack."""
    lines = [plain(words.wanted(board, option))] if option is not None and board.rivals else []
    lines += _rivals(board, option, width)
    for place, told in enumerate(words.on_waivers(board, now)):
        lines.append(plain(told).stylize("" if place else "bold"))
    lines += [plain(told).stylize(_DIM) for told in board.lacks]
    return Content("\n").join(lines)


def _rivals(board: WaiverBoard, option: Option | None, width: int) -> Iterator[Content]:
    if not board.rivals:
        return
    purse = "Left" if board.bidding else "Order"
    wanted = option.wanted_by if option is not None else ()
    yield Content.styled(f"  {'Rival':<{_TEAM}} {purse:>5} {'Won':>6} {'Spent':>6}  Needs this week", "bold")
    for rival in board.rivals:
        mark = "●" if rival.team_name in wanted else " "
        won, spent = f"{rival.won}/{rival.claims}", f"${rival.spent}" if board.bidding else ""
        purse = words.purse(board, rival)
        known = f"{mark} {fit(rival.team_name, _TEAM)} {purse:>5} {won:>6} {spent:>6}  "
        yield Content(known + cut(words.needs(rival), width - cell_len(known)))
