"""How well a name fits what was typed, and where: for lists that one searches by typing."""

from __future__ import annotations

from typing import NamedTuple

from textual.content import Content
from textual.style import Style

from fantasy_tui.tui.text import plain


class Fit(NamedTuple):
    """A fit from 0 (none) to 1 (begins with it), and the places of the letters that were typed."""

    score: float
    places: tuple[int, ...] = ()


def fit(typed: str, name: str) -> Fit:
    """A beginning of the name is best, then of a word, then any part of it, then the letters in their order.

    It takes time proportional to the name: names come from outside, and palette searches run on the event loop.
    """
    wanted, within = typed.casefold().strip(), name.casefold()
    if not wanted or len(within) != len(name):
        return Fit(float(not wanted))
    at = f" {within}".find(f" {wanted}")
    if at >= 0:
        return Fit(1.0 if at == 0 else 0.9, tuple(range(at, at + len(wanted))))
    at = within.find(wanted)
    if at >= 0:
        return Fit(0.7, tuple(range(at, at + len(wanted))))
    places, after = [], 0
    for letter in wanted.replace(" ", ""):
        found = within.find(letter, after)
        if found < 0:
            return Fit(0.0)
        places.append(found)
        after = found + 1
    spread = places[-1] - places[0] + 1
    return Fit(0.5 * len(places) / spread, tuple(places))


def marked(name: str, fit: Fit, style: Style) -> Content:
    """The name as plain text, the letters that fit in a style."""
    content = plain(name)
    if len(content) == len(name):
        for place in fit.places:
            content = content.stylize(style, place, place + 1)
    return content
