"""A user's choices one by one: each has a key, a value as people write it, and a sentence about it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fantasy_tui.football.odds import ACT_GAIN
from fantasy_tui.review.hours import parse_hours, shown_hours
from fantasy_tui.review.preferences import BAR, Chosen, Threshold, chosen_by, store_chosen

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store

ASKED = ("lineup_optimization", "injury_monitoring", "sit_start", "waiver_wire", "trade_analysis")
"""The kinds that ask for an answer."""
OWN = "agents' own"
_YES, _NO = ("on", "yes", "true", "1"), ("off", "no", "false", "0")


class UnknownPreference(Exception):
    """There is no such preference; the message lists those there are."""

    def __init__(self, key: str) -> None:
        known = ", ".join(choice.key for choice in CHOICES)
        super().__init__(f"There is no preference “{key}”. There are: {known}.")


class BadPreference(Exception):
    """The preference cannot have this value; the message says which it can."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    key: str
    title: str
    about: str
    switch: bool
    """True where it is on or off and nothing else."""
    shown: Callable[[Chosen], str]
    """Its value as people write it."""
    put: Callable[[Chosen, str], Chosen]
    """The choices with this value; raises ValueError with a sentence."""


def choice(key: str) -> Choice:
    """The choice of this key; raises UnknownPreference."""
    found = next((one for one in CHOICES if one.key == key.strip().casefold()), None)
    if found is None:
        raise UnknownPreference(key)
    return found


async def choose(store: Store, user_id: str, key: str, text: str) -> Chosen:
    """Store a choice; raises UnknownPreference or BadPreference."""
    one = choice(key)

    async def work(session: AsyncSession) -> Chosen:
        from fantasy_tui.crud.user import lock_user

        user = await lock_user(session, user_id)
        try:
            new = one.put(chosen_by(user), text)
        except ValueError as error:
            raise BadPreference(str(error)) from None
        await store_chosen(session, user_id, new)
        return new

    return await store.write(work)


def _on(text: str) -> bool:
    word = text.strip().casefold()
    if word not in (*_YES, *_NO):
        raise ValueError(f"“{text.strip()}” is neither on nor off.")
    return word in _YES


def _said(value: bool) -> str:
    return "on" if value else "off"


def _notified(field: str, about: str, title: str) -> Choice:
    return Choice(
        key=field,
        title=title,
        about=about,
        switch=True,
        shown=lambda chosen: _said(getattr(chosen.notifications, field)),
        put=lambda chosen, text: replace(
            chosen, notifications=chosen.notifications.model_copy(update={field: _on(text)})
        ),
    )


def _number(text: str, least: float, most: float, what: str) -> float | None:
    """A number between the two; none for "own" or nothing."""
    word = text.strip().casefold().removesuffix("%").strip()
    if word in ("", "own", "default", "off", OWN):
        return None
    if not re.fullmatch(r"\d+(\.\d+)?", word) or not least <= float(word) <= most:
        raise ValueError(
            f"{what} cannot be “{text.strip()}”: the agents ask nothing below {least:g},"
            f" so choose {least:g} to {most:g}, or own for what they ask by themselves."
        )
    return float(word)


def _threshold(kind: str, field: str) -> Choice:
    words = kind.replace("_", " ")
    sure = field == "confidence"
    what = "Confidence" if sure else "Gain"

    def shown(chosen: Chosen) -> str:
        value = getattr(chosen.preferences.thresholds.get(kind, Threshold()), field)
        return OWN if value is None else f"{value:g}"

    def put(chosen: Chosen, text: str) -> Chosen:
        number = _number(text, BAR if sure else ACT_GAIN, 99 if sure else 100, what)
        if sure and number is not None and not number.is_integer():
            raise ValueError("Confidence is a whole number of cases in 100.")
        value = int(number) if sure and number is not None else number
        held = chosen.preferences.thresholds
        least = held.get(kind, Threshold()).model_copy(update={field: value})
        thresholds = {**held, kind: least}
        return replace(chosen, preferences=chosen.preferences.model_copy(update={"thresholds": thresholds}))

    unit = f"in 100 cases, {BAR} or more" if sure else f"league points, {ACT_GAIN} or more"
    return Choice(
        key=f"{kind}.{field}",
        title=f"{words}: least {field}",
        about=f"What falls short is listed with the toss-ups ({unit}; own: as the agents ask).",
        switch=False,
        shown=shown,
        put=put,
    )


def _quiet(chosen: Chosen, text: str) -> Chosen:
    notifications = chosen.notifications.model_copy(update={"quiet": parse_hours(text)})
    return replace(chosen, notifications=notifications)


CHOICES: tuple[Choice, ...] = (
    Choice(
        key="automatic",
        title="Rules may approve",
        about="The master switch: off, and no rule approves anything, whether it is on or not.",
        switch=True,
        shown=lambda chosen: _said(chosen.automatic),
        put=lambda chosen, text: replace(chosen, automatic=_on(text)),
    ),
    _notified("bell", "For a new decision, and for one that locks within the hour.", "Ring the bell"),
    _notified(
        "desktop",
        "The same as a desktop notification, in terminals that are known to show one.",
        "Desktop notification",
    ),
    Choice(
        key="quiet",
        title="Quiet hours",
        about="Nothing rings between them, local time: 22-7, or off.",
        switch=False,
        shown=lambda chosen: shown_hours(chosen.notifications.quiet, "off"),
        put=_quiet,
    ),
    *(_threshold(kind, field) for kind in ASKED for field in ("confidence", "gain")),
)
