"""The command `waivers`: the waiver wire by what it is worth to one's team."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, NotFound
from fantasy_tui.cli.output import gain, plain
from fantasy_tui.clock import utcnow
from fantasy_tui.tui import waiver_words as words
from fantasy_tui.tui.ages import ages

if TYPE_CHECKING:
    from fantasy_tui.football.waiver_board import WaiverBoard


async def waivers(context: Context) -> int:
    """List the adds of a league, the most worth first, with rivals and who is on waivers."""
    async with context.workspace() as workspace:
        board = await workspace.browse.waivers(context.arguments.league_id)
    if board is None:
        raise NotFound("You have no team in this league.")
    if context.json:
        output.as_json(board)
    else:
        output.say(*_described(board, utcnow()))
    return 0


def _described(board: WaiverBoard, now: datetime) -> Iterator[str]:
    yield plain(f"{board.name}, week {board.week}: {board.closed or words.headline(board, now)}")
    yield ""
    if board.options:
        yield from _options(board)
    elif board.closed is None:
        yield from ("Nobody who is free improves your line-ups.", "")
    yield from _rivals(board)
    for line in (*words.on_waivers(board, now), *board.lacks, ages(board.sources, now)):
        yield plain(line)


def _options(board: WaiverBoard) -> Iterator[str]:
    headers = ("ADD", "POS", "TEAM", "INJURY", "DROP", "GAIN", "WORTH", "CHANCE", "WEEKS", "HOW")
    rows = [
        (
            one.add,
            one.add_position,
            one.add_team or "FA",
            one.add_injury,
            one.drop or "(room)",
            gain(one.gain),
            gain(one.worth),
            f"{round(100 * one.chance)} %",
            words.weeks(one),
            words.price(one),
        )
        for one in board.options
    ]
    yield from output.table(headers, rows, right="     rrr")
    # What has to be done first is most often the same for all of them.
    for told in dict.fromkeys(told for option in board.options for told in option.first):
        adds = [option.add for option in board.options if told in option.first]
        whom = "each" if len(adds) == len(board.options) else ", ".join(adds[:3]) + " …" * (len(adds) > 3)
        yield plain(f"Before {whom}: {told}.")
    yield ""


def _rivals(board: WaiverBoard) -> Iterator[str]:
    if not board.rivals:
        return
    headers = ("RIVAL", "LEFT" if board.bidding else "ORDER", "WON", "SPENT", "NEEDS THIS WEEK")
    rows = [
        (
            rival.team_name,
            words.purse(board, rival),
            f"{rival.won}/{rival.claims}",
            f"${rival.spent}" if board.bidding else "",
            words.needs(rival),
        )
        for rival in board.rivals
    ]
    yield from output.table(headers, rows, right=" rrr")
    yield ""
