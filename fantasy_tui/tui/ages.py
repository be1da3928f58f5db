"""How old numbers are, in a line."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from fantasy_tui.tui.times import age

if TYPE_CHECKING:
    from fantasy_tui.football.view import Source


def ages(sources: Iterable[Source], now: datetime, *, in_full: bool = True) -> str:
    """Each source and its age, "Age: rosters 5m · projections 3h20"; where there is little room in a word each."""
    told = []
    for source in sources:
        name = source.name if in_full else source.name.removeprefix("Sleeper ").partition(",")[0]
        told.append(f"{name} {age(source.as_of, now) if source.as_of else 'never fetched'}")
    return f"Age: {' · '.join(told) or 'not known'}"
