"""Calling a person who looks elsewhere: the terminal's bell, and a desktop notification where it can show one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from fantasy_tui.plaintext import sanitise

if TYPE_CHECKING:
    from fantasy_tui.review.item import QueueItem
    from fantasy_tui.review.preferences import Notifications

BELL = "\a"
URGENT = timedelta(hours=1)
_MOST = 120
# Terminals that are known to show them; in any other nothing is written, for some print what they do not know.
_OSC_9 = frozenset({"iTerm.app", "WezTerm", "ghostty", "WarpTerminal"})
_OSC_777_TERMS = ("foot", "rxvt-unicode")
_LEAST_VTE = 8200
"""VTE shows notifications from 0.82 on; earlier ones ignore them."""


def desktop(title: str, body: str, environ: Mapping[str, str]) -> str:
    """What makes this terminal show a notification; nothing for one that is not known to.

    Within tmux it is wrapped to be passed through, which a tmux that does not pass it through drops unseen.
    """
    title, body = (sanitise(text)[:_MOST].replace(";", ",") for text in (title, body))
    program, term = environ.get("TERM_PROGRAM", ""), environ.get("TERM", "")
    vte = environ.get("VTE_VERSION", "")
    if {program, environ.get("LC_TERMINAL", "")} & _OSC_9 or environ.get("KITTY_WINDOW_ID"):
        sequence = f"\x1b]9;{title}: {body}{BELL}"
    elif term.startswith(_OSC_777_TERMS) or (vte.isdecimal() and int(vte) >= _LEAST_VTE):
        sequence = f"\x1b]777;notify;{title};{body}{BELL}"
    else:
        return ""
    if environ.get("TMUX"):
        escaped = sequence.replace("\x1b", "\x1b\x1b")
        return f"\x1bPtmux;{escaped}\x1b\\"
    # GNU screen shows what it does not understand.
    return "" if environ.get("STY") else sequence


class Caller:
    """Knows which decisions a person has been called for: each at most once new, and once urgent."""

    def __init__(self) -> None:
        self._seen: set[str] | None = None
        self._urgent: set[str] = set()

    def heed(self, items: Sequence[QueueItem], now: datetime) -> str | None:
        """What to call a person for, in one line; none for nothing new, and the first time.

        Whoever has just opened the app looks at it.
        """
        urgent = {item.id: item for item in items if item.expires_at - now <= URGENT}
        first, seen = self._seen is None, self._seen or set()
        fresh = [item for item in items if item.id not in seen]
        pressing = [item for item in urgent.values() if item.id not in self._urgent]
        self._seen = seen | {item.id for item in items}
        self._urgent |= urgent.keys()
        called = pressing or fresh
        if first or not called:
            return None
        more = f" and {len(called) - 1} more" if len(called) > 1 else ""
        return f"{'Locks within the hour' if pressing else 'New'}: {called[0].summary}{more}"


def signals(call: str, chosen: Notifications, now: datetime, environ: Mapping[str, str]) -> str:
    """What to write to the terminal for a call, by what the user has chosen; nothing in quiet hours."""
    from fantasy_tui.review.hours import within

    if chosen.quiet is not None and within(now, chosen.quiet):
        return ""
    bell = BELL if chosen.bell else ""
    return bell + (desktop("fantasy-tui", call, environ) if chosen.desktop else "")
