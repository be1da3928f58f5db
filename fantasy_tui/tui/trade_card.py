"""The trade bench as text on the screen: whose rosters, how to use it, and all about an offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from fantasy_tui.football.bench import last_trading_week, trading_closed
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.league_words import record
from fantasy_tui.tui.text import cut, plain
from fantasy_tui.tui.trade_words import Names, grounds, sentence
from fantasy_tui.tui.weekly import by_week
from fantasy_tui.tui.widgets.side_table import IN_OFFER

if TYPE_CHECKING:
    from fantasy_tui.football.bench import Bench
    from fantasy_tui.football.view import LeagueView, RosterWeek

_LEAGUE, _TEAM = 34, 22
_DIM = "$foreground-muted"


def heading(view: LeagueView, place: str) -> Content:
    """The league, until when it trades, and which of the partners is shown."""
    closed, last = trading_closed(view), last_trading_week(view)
    until = f"trades until week {last}" if last is not None else "trades open"
    return Content.assemble(
        plain(view.name, _LEAGUE),
        (f" · week {view.week} · {'best ball · ' if view.is_best_ball else ''}", _DIM),
        (closed, "bold $text-warning") if closed else (until, _DIM),
        (f" · {place}", _DIM),
    )


def team(roster: RosterWeek, side: str, offered: int) -> Content:
    """Whose players stand below, and how many of them are in the offer."""
    return Content.assemble(
        ("You  " if side == "mine" else "They  ", "bold"),
        cut(roster.team_name, _TEAM),
        (f"  {record(roster.wins, roster.losses, roster.ties)}", _DIM),
        (f"  {IN_OFFER} {offered}" if offered else "", "bold $text-accent"),
    )


def nobody(view: LeagueView) -> str:
    """Why there is no bench in this league, and how to go on."""
    what = "You have no team" if view.mine is None else "No other team has players yet"
    return f"{what} in {cut(view.name, _LEAGUE)}. {key_of('trades.next_league')} goes to your next league."


def how_to() -> Content:
    """What is said while nothing is offered."""
    offer, side, find = map(key_of, ("trades.offer", "trades.other_side", "trades.find"))
    partner, league, player = map(key_of, ("trades.next_partner", "trades.next_league", "list.open"))
    more, fewer = map(key_of, ("trades.more_dollars", "trades.fewer_dollars"))
    lines = (
        f"{offer} puts the player under the cursor into the offer, {side} changes sides.",
        f"{find} finds deals with this partner, {partner} is the next partner, {league} the next league.",
        f"Both sides' line-ups are weighed at every key; {player} opens the player.",
        "/wk is what he is expected to score a week, worth what that is above the best free agent at his position.",
        f"Picks and FAAB ({more} and {fewer} change it) stand last: they are named in the offer, but not counted.",
        "Nor are kickers and defences: they are added for a week, not traded for.",
    )
    return Content("\n").join([Content.styled("Nothing is offered yet.", "bold"), *map(plain, lines)])


def verdict(bench: Bench, names: Names) -> Content:
    """Who goes where, what stands against it, both sides by week, and what that rests on."""
    lines = [plain(sentence(bench, names)).stylize("bold")]
    if bench.problem is not None:
        lines.append(plain(f"✗ {bench.problem}").stylize("bold $text-error"))
    if bench.weeks:
        sides = (("You", bench.mine), ("They", bench.theirs))
        rows = [(who, side.by_week, (side.total, side.gain)) for who, side in sides]
        lines.append(by_week(bench.weeks, ("in all", "expect"), rows))
    lines += [plain(line) for line in grounds(bench, names)]
    lines += [plain(line).stylize(_DIM) for line in bench.lacks]
    return Content("\n").join(lines)
