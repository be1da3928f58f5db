"""Rules by which decisions are approved without being asked for: what they admit, and how they are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from fantasy_tui.crud import policy as crud
from fantasy_tui.crud.league import get_user_leagues
from fantasy_tui.crud.league_view import LeagueNotFound
from fantasy_tui.crud.user import lock_user
from fantasy_tui.models import AgentTaskType, Policy
from fantasy_tui.review.hours import Hours, shown_hours, within
from fantasy_tui.review.preferences import BAR, chosen_by, store_chosen

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.database.store import Store
    from fantasy_tui.models import User

AUTOMATIC = ("lineup_optimization", "injury_monitoring", "sit_start", "waiver_wire")
"""The kinds a rule may answer: never a trade."""
_MOST_LOSS = 100.0


class PolicyNotFound(Exception):
    """The user has no such rule; the message is for the user."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(f"No rule {rule_id} is stored for you; `fantasy-tui policy list` shows them.")


class BadPolicy(Exception):
    """A rule cannot have these terms; the message says why."""


class NotPreviewed(Exception):
    """A rule is switched on only after its preview was looked at; the message says how."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a rule asks of a decision before it approves it."""

    kind: str
    league_id: str | None
    """None: every league."""
    minimum_confidence: int
    """0 to 100."""
    maximum_loss: float
    """League points by which the lower end of the middle 68 % may lie below zero."""
    hours: Hours | None = None
    """Local hours between which it acts; none: always."""
    until: datetime | None = None
    """When it ends; none: never."""

    def admits(self, confidence: int, low: float | None) -> bool:
        """True for a decision sure enough and with little enough to lose; one whose range is unknown is not."""
        return confidence >= self.minimum_confidence and low is not None and low >= -self.maximum_loss

    def acts_at(self, now: datetime) -> bool:
        """True between its hours, before its end."""
        return within(now, self.hours) and (self.until is None or now < self.until)

    @property
    def key(self) -> str:
        """Equal keys are the same terms."""
        end = self.until.isoformat() if self.until is not None else ""
        parts = (self.kind, self.league_id or "", self.minimum_confidence, self.maximum_loss)
        return "|".join(map(str, (*parts, shown_hours(self.hours, ""), end)))


@dataclass(frozen=True, slots=True)
class Rule:
    """A stored rule."""

    id: str
    terms: Terms
    league: str | None
    """The league's name; none: every league."""
    enabled: bool
    stopped: str | None
    """Why the app switched it off."""
    previewed: bool
    """True once its preview was looked at with the terms it has."""

    @property
    def words(self) -> str:
        """The rule in one sentence."""
        terms, where = self.terms, self.league or "any league"
        told = f"{terms.kind.replace('_', ' ')} in {where}, {terms.minimum_confidence} in 100 or more,"
        told += f" at most {terms.maximum_loss:g} points to lose"
        told += f", {shown_hours(terms.hours, '')} h" if terms.hours is not None else ""
        return told + (f", until {terms.until.astimezone():%Y-%m-%d %H:%M}" if terms.until else "")

    def state(self, now: datetime, automatic: bool) -> str:
        """In a word or two whether it acts."""
        if self.terms.until is not None and self.terms.until <= now:
            return "ended"
        if self.enabled:
            return "on" if automatic else "on, but all rules are off"
        return "stopped itself" if self.stopped else "off"


def terms_of(row: Policy) -> Terms:
    """The terms of a stored rule."""
    hours = (row.from_hour, row.to_hour)
    return Terms(
        kind=row.decision_type.value,
        league_id=row.league_id,
        minimum_confidence=row.minimum_confidence,
        maximum_loss=row.maximum_loss,
        hours=(hours[0], hours[1]) if hours[0] is not None and hours[1] is not None else None,
        until=row.until,
    )


def rule_of(row: Policy, league: str | None, user: User) -> Rule:
    """The stored row as a plain value."""
    terms = terms_of(row)
    seen = chosen_by(user).preferences.previewed.get(row.id)
    return Rule(row.id, terms, league, row.enabled, row.stopped, seen == terms.key)


def parse_until(text: str, now: datetime) -> datetime | None:
    """The end of a day, local time, from "2024-12-31"; none from "never" or nothing. Raises BadPolicy."""
    words = text.strip().casefold()
    if words in ("", "never", "-"):
        return None
    try:
        end = datetime.combine(date.fromisoformat(words), time(23, 59, 59)).astimezone()
    except ValueError:
        raise BadPolicy(f"“{text.strip()}” is not a day; write it as in 2024-12-31, or never.") from None
    if end <= now:
        raise BadPolicy(f"{text.strip()} is over: choose a day to come, or never.")
    return end


def check(terms: Terms) -> None:
    """Raise BadPolicy where no rule may have such terms."""
    if terms.kind not in AUTOMATIC:
        raise BadPolicy(
            f"No rule may answer {terms.kind.replace('_', ' ')}; there are rules for {', '.join(AUTOMATIC)}."
        )
    if not BAR <= terms.minimum_confidence <= 99:
        raise BadPolicy(f"The least confidence must lie between {BAR} and 99 in 100.")
    if not 0 <= terms.maximum_loss <= _MOST_LOSS:
        raise BadPolicy(f"The points that may be lost must lie between 0 and {_MOST_LOSS:g}.")


async def rules(store: Store, user_id: str) -> list[Rule]:
    """A user's rules, the oldest first."""
    async with store.read() as session:
        return await rules_in(session, user_id)


async def rules_in(session: AsyncSession, user_id: str) -> list[Rule]:
    """The same, within a session."""
    from fantasy_tui.crud.user import get_user

    user = await get_user(session, user_id)
    if user is None:
        return []
    return [rule_of(row, league, user) for row, league in await crud.rules(session, user_id)]


async def add(store: Store, user_id: str, terms: Terms) -> Rule:
    """Store a rule, switched off; raises BadPolicy or LeagueNotFound."""
    check(terms)

    async def work(session: AsyncSession) -> str:
        if terms.league_id is not None:
            here = {league.id for league in await get_user_leagues(session, user_id)}
            if terms.league_id not in here:
                raise LeagueNotFound(terms.league_id)
        row = Policy(
            user_id=user_id,
            decision_type=AgentTaskType(terms.kind),
            league_id=terms.league_id,
            minimum_confidence=terms.minimum_confidence,
            maximum_loss=terms.maximum_loss,
            from_hour=terms.hours[0] if terms.hours else None,
            to_hour=terms.hours[1] if terms.hours else None,
            until=terms.until,
        )
        await crud.add_rule(session, row)
        return row.id

    return await one(store, user_id, await store.write(work))


async def one(store: Store, user_id: str, rule_id: str) -> Rule:
    """One rule, by id or a unique beginning of it; raises PolicyNotFound."""
    async with store.read() as session:
        row = await crud.find_rule(session, rule_id, user_id)
        found = [rule for rule in await rules_in(session, user_id) if row is not None and rule.id == row.id]
    if not found:
        raise PolicyNotFound(rule_id)
    return found[0]


async def remove(store: Store, user_id: str, rule_id: str) -> Rule:
    """Forget a rule; what it approved stays approved. Raises PolicyNotFound."""
    rule = await one(store, user_id, rule_id)

    async def work(session: AsyncSession) -> None:
        await crud.remove_rule(session, rule.id)
        await _remember(session, user_id, rule.id, None)

    await store.write(work)
    return rule


async def switch(store: Store, user_id: str, rule_id: str, *, on: bool) -> Rule:
    """Switch a rule on or off; raises PolicyNotFound, or NotPreviewed before its preview was looked at."""

    async def work(session: AsyncSession) -> str:
        row = await crud.find_rule(session, rule_id, user_id, lock=True)
        if row is None:
            raise PolicyNotFound(rule_id)
        user = await lock_user(session, user_id)
        if on and not rule_of(row, None, user).previewed:
            raise NotPreviewed(
                "Look at what it would have done first: `fantasy-tui policy preview"
                f" {row.id[:8]}`, or p on the screen of rules."
            )
        await crud.switch_rule(session, row, enabled=on, stopped=None if on else row.stopped)
        return row.id

    return await one(store, user_id, await store.write(work))


async def looked_at(store: Store, user_id: str, rule: Rule) -> None:
    """Remember that the preview of these terms was looked at."""
    await store.write(lambda session: _remember(session, user_id, rule.id, rule.terms.key))


async def stop(session: AsyncSession, user_id: str, rule_id: str, why: str) -> bool:
    """Switch a rule off for a reason; it needs another look before it can be switched on. False if it was off."""
    row = await crud.find_rule(session, rule_id, user_id, lock=True)
    if row is None or not row.enabled:
        return False
    await crud.switch_rule(session, row, enabled=False, stopped=why)
    await _remember(session, user_id, rule_id, None)
    return True


async def _remember(session: AsyncSession, user_id: str, rule_id: str, key: str | None) -> None:
    held = chosen_by(await lock_user(session, user_id))
    previewed = {one: seen for one, seen in held.preferences.previewed.items() if one != rule_id}
    if key is not None:
        previewed[rule_id] = key
    preferences = held.preferences.model_copy(update={"previewed": previewed})
    await store_chosen(session, user_id, type(held)(held.automatic, preferences, held.notifications))
