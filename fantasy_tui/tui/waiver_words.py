"""The waiver wire in words, for the screen and the command line alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from fantasy_tui.tui.times import local, until

if TYPE_CHECKING:
    from fantasy_tui.football.waiver_board import Option, Rival, WaiverBoard

_NAMED = 12
"""Players on waivers that are named."""
_TEAMS = 4
"""Teams that are named where several want the same player."""


def headline(board: WaiverBoard, now: datetime) -> str:
    """Money or place in the order, and when waivers run next."""
    parts = ["best ball"] if board.best_ball else []
    if board.bidding:
        parts.append(f"${board.left} left" if board.left is not None else "budget not known")
    elif board.position is not None:
        parts.append(f"{board.position} of {len(board.rivals) + 1} in the order of claims")
    if board.runs_at is not None:
        parts.append(f"waivers {when(board.runs_at, now)}")
    elif not board.on_waivers:
        parts.append("free agents only")
    return " · ".join(parts)


def when(instant: datetime, now: datetime) -> str:
    """ "Wed 08:05 (2d15h)"."""
    return f"{local(instant)} ({until(instant, now) if instant > now else 'any moment'})"


def task(option: Option) -> str:
    """ "Claim A, drop B, bid $12": what to do in Sleeper."""
    words = f"{'Claim' if option.claim else 'Add'} {option.add}"
    words += f", drop {option.drop}" if option.drop is not None else ""
    return words + (f", bid ${option.bid}" if option.bid is not None else "")


def price(option: Option) -> str:
    """How he is to be had, in a list: "claim $12", "claim", "free"."""
    if not option.claim:
        return "free"
    return f"claim ${option.bid}" if option.bid is not None else "claim"


def weeks(option: Option) -> str:
    """ "10-13", or "10"."""
    first, last = option.weeks[0], option.weeks[-1]
    return f"{first}" if first == last else f"{first}-{last}"


def how(board: WaiverBoard, option: Option, now: datetime) -> str:
    """Whether he must be claimed, and until when."""
    if not option.claim:
        return "A free agent: he can be added at once."
    runs = f"waivers run {when(board.runs_at, now)}" if board.runs_at is not None else "when is not known"
    return f"On waivers: he must be claimed; {runs}."


def wanted(board: WaiverBoard, option: Option) -> str:
    """Whom else he would help."""
    teams = option.wanted_by
    if not teams:
        return "He would help no rival's line-up by a point a week."
    more = f" and {len(teams) - _TEAMS} more" if len(teams) > _TEAMS else ""
    return (
        f"He would help {len(teams)} of {len(board.rivals)} rivals, too: {', '.join(teams[:_TEAMS])}{more}."
    )


def ladder_title(option: Option) -> str:
    """What a ladder is made of; empty without one."""
    steps = option.ladder
    if steps is None:
        return ""
    whose = f"{steps.position} " if steps.position else ""
    known = "by this season's claims" if steps.claims else "by assumption"
    return (
        f"What a bid buys, by {steps.bids} contested {whose}bids of this league; a rival bids in"
        f" {round(100 * steps.contested)} of 100, {known}:"
    )


def purse(board: WaiverBoard, rival: Rival) -> str:
    """What a rival claims with: dollars, or a place in the order; "?" where it is not known."""
    if board.bidding:
        return f"${rival.faab_left}" if rival.faab_left is not None else "?"
    return str(rival.waiver_position) if rival.waiver_position is not None else "?"


def needs(rival: Rival) -> str:
    """ "RB -3.2, FLEX -1.0": points below the league's median starter; a dash for none."""
    return ", ".join(f"{need.slot} {-need.short:.1f}" for need in rival.needs) or "–"


def on_waivers(board: WaiverBoard, now: datetime) -> Iterator[str]:
    """Who must be claimed, and until when; a line a reason."""
    if not board.on_waivers:
        return
    ends = f" until {when(board.runs_at, now)}" if board.runs_at is not None else ", until when is not known"
    yield f"On waivers{ends}"
    by_reason: dict[str, list[str]] = defaultdict(list)
    for one in board.on_waivers:
        by_reason[one.why].append(f"{one.name} {one.position or ''}".rstrip())
    for why, names in by_reason.items():
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        yield f"{why}: {', '.join(names[:_NAMED])}{more}"
