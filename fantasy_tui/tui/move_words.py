"""A league's move in words: what it was, who got whom, in a line and in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from fantasy_tui.tui.league_words import ordinal
from fantasy_tui.tui.text import plain

if TYPE_CHECKING:
    from fantasy_tui.crud.transactions import Moved, PickMoved, TeamName, TransactionRow

KINDS = {
    "trade": "trades",
    "waiver": "claims",
    "free_agent": "free agents",
    "commissioner": "commissioner moves",
}
"""Sleeper's kinds of moves, as they are listed."""
_KIND = {"trade": "trade", "waiver": "claim", "free_agent": "add", "commissioner": "commish"}
_STATUS = {"complete": "✓ done", "failed": "✗ failed"}


def failed(move: TransactionRow) -> bool:
    """True where nothing came of it."""
    return move.status == "failed"


def kind(move: TransactionRow) -> str:
    """What it was, in a word; a cross before what failed."""
    word = "drop" if move.kind == "free_agent" and not move.adds else _KIND.get(move.kind, move.kind)
    return f"✗ {word}" if failed(move) else word


def status(move: TransactionRow) -> str:
    """What came of it."""
    return _STATUS.get(move.status, move.status)


def teams(move: TransactionRow) -> str:
    """Who took part."""
    return " & ".join(team.name for team in move.teams) or "–"


def in_short(move: TransactionRow) -> str:
    """What came and went: in a trade what each team got, else adds and drops."""
    if move.kind == "trade":
        return " ⇄ ".join(", ".join(_got(move, team)) or "nothing" for team in move.teams)
    adds, drops = (f"+ {one.name}" for one in move.adds), (f"− {one.name}" for one in move.drops)
    return " ".join([*adds, *drops])


def _got(move: TransactionRow, team: TeamName) -> list[str]:
    """Players, picks and dollars in as few words as a line has room for."""
    picks = [f"{one.season} {ordinal(one.round)}" for one in move.picks if one.receiver == team]
    gifts = [f"${one.amount}" for one in move.budget if one.receiver == team]
    return [*(one.name for one in move.adds if one.team == team), *picks, *gifts]


def in_full(move: TransactionRow) -> Content:
    """A move, every player, pick and dollar on a line of its own."""
    at = f"{move.at.astimezone():%a %d %b %Y %H:%M}"
    bid = f" · bid ${move.bid}" if move.bid is not None else ""
    what = KINDS.get(move.kind, move.kind).removesuffix("s").capitalize()
    lines = [plain(f"{what} · {at} · week {move.week}{bid} · {status(move)}").stylize("bold")]
    if failed(move) and move.note:
        lines.append(plain(f"Sleeper: {move.note}").stylize("$text-warning"))
    for team in move.teams:
        lines.append(plain(team.name).stylize("bold"))
        got = [_player(one) for one in move.adds if one.team == team]
        lines += [_line("+", one) for one in (*got, *_others(move, team))]
        if move.kind != "trade":
            lines += [_line("−", _player(one)) for one in move.drops if one.team == team]
    return Content("\n").join(lines)


def _line(sign: str, what: str) -> Content:
    return Content(f"  {sign} ") + plain(what)


def _player(moved: Moved) -> str:
    what = " ".join(filter(None, (moved.name, moved.position, moved.nfl_team)))
    return what if moved.known else f"{what} (not in the players file)"


def _others(move: TransactionRow, team: TeamName) -> list[str]:
    """Picks and dollars a team got."""
    told = [_pick(pick) for pick in move.picks if pick.receiver == team]
    gifts = [gift for gift in move.budget if gift.receiver == team]
    return told + [f"${gift.amount} of waiver budget from {gift.sender.name}" for gift in gifts]


def _pick(pick: PickMoved) -> str:
    return f"{pick.season} round {pick.round} pick of {pick.original.name}"
