"""What a user has chosen: which decisions to be asked, when to be called, and whether rules may answer at all."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from fantasy_tui.crud import user as users
from fantasy_tui.football.odds import ACT_GAIN, ACT_PROBABILITY

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store
    from fantasy_tui.models import User

log = logging.getLogger(__name__)

BAR = round(100 * ACT_PROBABILITY)
"""The agents ask nothing below this confidence, nor below `ACT_GAIN` points."""


class _Kept(BaseModel):
    """Keys that this version does not know are kept as they are."""

    model_config = ConfigDict(extra="allow", frozen=True)


class Threshold(_Kept):
    """What a kind of decision needs to be shown in the queue; none: the agents' own bar."""

    confidence: int | None = Field(default=None, ge=BAR, le=99)
    gain: float | None = Field(default=None, ge=ACT_GAIN, le=100)


class Preferences(_Kept):
    """The document users.preferences."""

    thresholds: dict[str, Threshold] = {}
    """By kind of decision."""
    previewed: dict[str, str] = {}
    """By rule, the terms whose preview was looked at."""

    def admits(self, kind: str, confidence: int, gain: float) -> bool:
        """True where a decision reaches the user's own thresholds."""
        least = self.thresholds.get(kind, Threshold())
        return confidence >= (least.confidence or 0) and gain >= (least.gain or 0)


class Notifications(_Kept):
    """The document users.notification_settings."""

    bell: bool = True
    """Ring the terminal's bell for a new decision, and for one that locks within the hour."""
    desktop: bool = False
    """Ask the terminal for a desktop notification as well."""
    quiet: tuple[int, int] | None = None
    """Hours of the day, local time, between which nothing rings."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """All that a user has chosen."""

    automatic: bool
    """The master switch of all rules: users.autonomous_mode."""
    preferences: Preferences
    notifications: Notifications


async def chosen(store: Store, user_id: str) -> Chosen:
    """What a user has chosen; what cannot be read counts as not chosen."""
    async with store.read() as session:
        return await chosen_in(session, user_id)


async def chosen_in(session: AsyncSession, user_id: str) -> Chosen:
    """The same, within a session."""
    user = await users.get_user(session, user_id)
    if user is None:
        return Chosen(False, Preferences(), Notifications())
    return chosen_by(user)


def chosen_by(user: User) -> Chosen:
    """What is stored with the user."""
    return Chosen(
        automatic=user.autonomous_mode,
        preferences=_read(Preferences, user.preferences),
        notifications=_read(Notifications, user.notification_settings),
    )


async def store_chosen(session: AsyncSession, user_id: str, new: Chosen) -> None:
    """Write all of it at once."""
    await users.update_user_choices(
        session,
        user_id,
        autonomous_mode=new.automatic,
        preferences=_dump(new.preferences),
        notification_settings=_dump(new.notifications),
    )


_Model = TypeVar("_Model", bound=_Kept)


def _read(model: type[_Model], document: dict[str, Any]) -> _Model:
    """The document without the keys whose values cannot be."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        bad = {entry["loc"][0] for entry in error.errors() if entry["loc"]}
        log.warning("stored preferences that cannot be read: %s", ", ".join(sorted(map(str, bad))))
        return model.model_validate({key: value for key, value in document.items() if key not in bad})


def _dump(model: _Kept) -> dict[str, Any]:
    return model.model_dump(mode="json", exclude_defaults=True)
