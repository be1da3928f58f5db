"""The one door of both faces: settings, store and user, and everything a person can ask for."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from datetime import datetime
from typing import TYPE_CHECKING, Any

from fantasy_tui.agents.reconcile import Outcome
from fantasy_tui.agents.registry import AGENTS
from fantasy_tui.agents.runner import Progress, run_agent
from fantasy_tui.browse import Browse
from fantasy_tui.clock import set_clock, utcnow
from fantasy_tui.config import Settings
from fantasy_tui.crud import decision as decisions
from fantasy_tui.crud import season as season_crud
from fantasy_tui.crud import sync_state
from fantasy_tui.crud import user as user_crud
from fantasy_tui.crud.similar import store_profiles
from fantasy_tui.crud.user import NoUser
from fantasy_tui.database.store import Store
from fantasy_tui.football.weeks import GAME_OVER_AFTER, next_look
from fantasy_tui.models import AgentTaskType, Door, User
from fantasy_tui.offline.local import LocalCopy
from fantasy_tui.offline.stores import Stores
from fantasy_tui.review import decide
from fantasy_tui.review import queue as review_queue
from fantasy_tui.review import snooze as snoozing
from fantasy_tui.review.item import QueueItem

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

    from fantasy_tui.agents.tasks import Tasks
    from fantasy_tui.backtest.results import Backtest
    from fantasy_tui.backtest.run import Progress as BacktestProgress
    from fantasy_tui.crud.mirror import Changes
    from fantasy_tui.review.edit import Option
    from fantasy_tui.review.history import Audit
    from fantasy_tui.review.pictured import Pictured
    from fantasy_tui.review.policy_apply import Applied
    from fantasy_tui.review.preferences import Chosen
    from fantasy_tui.review.record import Record
    from fantasy_tui.review.rulebook import Rulebook
    from fantasy_tui.sleeper.report import SyncProgress, SyncReport
    from fantasy_tui.sources.projection_file import ProjectionFile

LAST_WEEK = 18
"""The NFL's last week of a regular season."""


class OfflineError(Exception):
    """The network was asked for in offline mode; the message is for the user."""


class Workspace:
    """An open store and whose it is."""

    def __init__(self, settings: Settings, store: Store, user: User | None) -> None:
        self.settings = settings
        self.stores = Stores(store, LocalCopy.beside(store))
        self.user = user

    @property
    def store(self) -> Store:
        """The database in use: the one of the settings, or its local copy while that stands in."""
        return self.stores.current

    @classmethod
    async def open(cls, settings: Settings) -> Workspace:
        """Start the clock, open and migrate the store or its local copy, find the user; raises StoreError."""
        set_clock(settings.now)
        store = Store(
            settings.database_url.get_secret_value(),
            pool_size=settings.pool_size,
            max_overflow=settings.max_overflow,
        )
        workspace = cls(settings, store, None)
        try:
            await workspace.stores.prepare(settings.username)
            await workspace.choose_user(settings.username)
        except BaseException:
            await workspace.close()
            raise
        return workspace

    async def close(self) -> None:
        """Give back every connection."""
        await self.stores.close()

    async def choose_user(self, username: str | None) -> User | None:
        """Act for a user who is stored: by name, or the connection's own, or the only one; raises NotYours."""
        async with self.store.read() as session:
            user_id = await user_crud.find_user_id(session, username)
        if user_id is not None:
            self.store.act_for(user_id)
        async with self.store.read() as session:
            self.user = await user_crud.get_own(session, user_id) if user_id is not None else None
        return self.user

    @property
    def user_id(self) -> str:
        """The user's id; raises NoUser."""
        if self.user is None:
            raise NoUser
        return self.user.id

    async def queue(self) -> list[QueueItem]:
        """Decisions that wait, by deadline and gain; those whose deadline has passed are closed first."""
        user_id, now = self.user_id, utcnow()
        async with self.store.read() as session:
            late = await decisions.any_late(session, user_id, now)
        if late:
            await self.store.write(lambda session: decisions.expire(session, user_id, now))
        await snoozing.due(self.store, user_id, now)
        return await review_queue.waiting(self.store, user_id, now)

    async def listed(self) -> list[QueueItem]:
        """Toss-ups and reports: worth knowing, nothing to decide."""
        return await review_queue.waiting(self.store, self.user_id, utcnow(), actionable=False)

    async def decision(self, decision_id: str) -> QueueItem:
        """One decision, whatever its status; raises DecisionNotFound."""
        return await review_queue.look_up(self.store, decision_id, self.user_id, utcnow())

    async def history(self, decision_id: str) -> list[review_queue.AuditLine]:
        """What happened to a decision, oldest first."""
        return await review_queue.history(self.store, decision_id)

    async def pictured(self, decision_id: str) -> Pictured | None:
        """Both sides' points of a decision, none where it has no two sides; raises DecisionNotFound."""
        from fantasy_tui.review.pictured import pictured

        return await pictured(self.store, decision_id, self.user_id, utcnow())

    async def approve(
        self, decision_id: str, door: Door, edit: Option | dict[str, Any] | None = None
    ) -> decide.Verdict:
        """Approve, or an edit of it instead; raises DecisionNotFound, Moved or DecisionConflict."""
        if isinstance(edit, dict):
            from fantasy_tui.review.edit import Option

            options = await self.edit_options(decision_id)
            edit = next((one for one in options if one.document == edit), Option("", edit))
        return await decide.approve(
            self.store,
            decision_id,
            actor=self.user_id,
            door=door,
            now=utcnow(),
            edit=edit.document if edit is not None else None,
            edit_gain=edit.gain if edit is not None else None,
            edit_confidence=edit.confidence if edit is not None else None,
        )

    async def edit_options(self, decision_id: str, bid: int | None = None) -> list[Option]:
        """What could be approved in its place, or that at a `bid` in dollars; raises DecisionNotFound, BadEdit."""
        item, document = await review_queue.document_of(self.store, decision_id, self.user_id, utcnow())
        if document is None or item.status != "pending" or not item.actionable:
            return []
        from fantasy_tui.review.edit import options

        view = await self.browse.view(item.league_id, item.week)
        return await asyncio.to_thread(options, document, view, bid)

    async def recompute(self, decision_id: str) -> QueueItem | None:
        """Run a decision's agent again; what waits now on the same question, none when nothing does.

        Raises DecisionNotFound or AgentFailed.
        """
        item = await self.decision(decision_id)
        kind = AgentTaskType(item.decision_type)
        await run_agent(self.store, kind, self.user_id, item.league_id)
        return await review_queue.successor(self.store, item.id, self.user_id, utcnow())

    async def reject(self, decision_id: str, door: Door, reason: str | None = None) -> decide.Verdict:
        """Reject; raises DecisionNotFound or DecisionConflict."""
        return await decide.reject(
            self.store, decision_id, actor=self.user_id, door=door, now=utcnow(), reason=reason
        )

    async def undo(self, door: Door) -> decide.Verdict:
        """Take back the last answer; raises NothingToUndo or DecisionConflict."""
        return await decide.undo(self.store, actor=self.user_id, door=door, now=utcnow())

    async def redo(self, door: Door) -> decide.Verdict:
        """Give again the answer taken back last; raises NothingToUndo, Moved or DecisionConflict."""
        return await decide.redo(self.store, actor=self.user_id, door=door, now=utcnow())

    async def snooze(
        self, decision_id: str, door: Door, until: datetime, event: str | None = None
    ) -> decide.Verdict:
        """Set aside until then or until the event; raises DecisionNotFound or DecisionConflict."""
        return await decide.snooze(
            self.store, decision_id, actor=self.user_id, door=door, now=utcnow(), until=until, event=event
        )

    async def snooze_choices(self, decision_id: str) -> list[snoozing.Choice]:
        """Times and events until which it can be set aside; raises DecisionNotFound."""
        return await snoozing.choices_for(self.store, decision_id, self.user_id, utcnow())

    async def snoozed(self) -> list[QueueItem]:
        """Decisions that are set aside until later, the nearest deadline first."""
        return await review_queue.snoozed(self.store, self.user_id, utcnow())

    async def to_apply(self) -> list[QueueItem]:
        """Approved decisions to carry out in Sleeper, the nearest deadline first, those just missed last."""
        from fantasy_tui.review.proof import to_apply

        return await to_apply(self.store, self.user_id, utcnow())

    async def prove(self) -> int:
        """Compare approved decisions with what Sleeper showed last; returns how many changed their state."""
        from fantasy_tui.review.proof import prove

        return await prove(self.store, self.user_id, utcnow())

    async def settle(self) -> int:
        """Settle the decisions whose weeks are final and synced since; returns how many."""
        from fantasy_tui.review.settle import settle_final

        return await settle_final(self.store, self.user_id, utcnow())

    async def record(self, league_id: str | None = None) -> Record:
        """How settled decisions came out, in one league or in all; raises LeagueNotFound."""
        from fantasy_tui.review.record import full_record

        return await full_record(self.store, self.user_id, league_id)

    async def backtest(
        self,
        season: str,
        *,
        weeks: Collection[int] | None = None,
        kinds: Collection[AgentTaskType] | None = None,
        league_id: str | None = None,
        on_progress: Callable[[BacktestProgress], None] = lambda _: None,
    ) -> Backtest:
        """Replay a season's final weeks in the user's leagues, without a user in all that are stored.

        Raises SeasonNotStored, WeeksNotStored or LeagueNotFound.
        """
        from fantasy_tui.backtest.run import backtest

        return await backtest(
            self.store,
            season,
            weeks=weeks,
            kinds=kinds or AGENTS,
            league_id=league_id,
            user_id=self.user.id if self.user is not None else None,
            on_progress=on_progress,
        )

    @property
    def browse(self) -> Browse:
        """What the store knows about leagues and players."""
        return Browse(self.store, self.user.id if self.user is not None else None)

    @property
    def tasks(self) -> Tasks:
        """The agents' runs; raises NoUser."""
        from fantasy_tui.agents.tasks import Tasks

        return Tasks(self.store, self.user_id)

    async def next_deadline(self) -> datetime | None:
        """The next kickoff of the season."""
        async with self.store.read() as session:
            return await season_crud.next_kickoff(session, utcnow())

    async def synced_at(self) -> datetime | None:
        """When the user's leagues were last confirmed by Sleeper; none without a user."""
        if self.user is None:
            return None
        async with self.store.read() as session:
            return await sync_state.leagues_checked_at(session, self.user.id)

    async def fetched(self) -> dict[str, datetime]:
        """When each resource was last confirmed by its source."""
        async with self.store.read() as session:
            return await sync_state.ages(session)

    async def sync(
        self, username: str | None = None, on_progress: Callable[[SyncProgress], None] = lambda _: None
    ) -> SyncReport:
        """Bring the store up to date with Sleeper; raises SleeperError, OfflineError, NoUser."""
        from fantasy_tui.sleeper.client import SleeperClient
        from fantasy_tui.sleeper.sync import sync

        if self.settings.offline:
            raise OfflineError("Offline mode is on: nothing was fetched. Start without --offline to sync.")
        # A stored user is asked for by id: the name in the settings may be one that Sleeper no longer knows.
        name = username or (self.user.sleeper_user_id if self.user else self.settings.username)
        if not name:
            raise NoUser
        async with SleeperClient(str(self.settings.sleeper_url)) as client:
            report = await sync(
                self.store,
                client,
                name,
                games_url=str(self.settings.games_url),
                now=utcnow(),
                on_progress=on_progress,
            )
        async with self.store.read() as session:
            self.user = await user_crud.get_user(session, report.user_id)
        await self._learn(report)
        return report

    async def next_look(self) -> datetime | None:
        """When points are next worth asking for; none while no game is known to come or nothing is fetched."""
        from fantasy_tui.sleeper.live import EVERY

        if self.settings.offline or self.user is None:
            return None
        now = utcnow()
        async with self.store.read() as session:
            return next_look(await season_crud.kickoffs(session, now - GAME_OVER_AFTER), now, EVERY)

    async def follow(self) -> int:
        """Fetch line-ups and points of the week under way; how many rows changed. Raises SleeperUnreachable."""
        from fantasy_tui.sleeper.client import SleeperClient
        from fantasy_tui.sleeper.live import follow

        async with SleeperClient(str(self.settings.sleeper_url)) as client:
            return await follow(self.store, client, self.user_id, utcnow())

    async def _learn(self, report: SyncReport) -> None:
        """What new results make possible: players' profiles, and decisions proven and settled."""
        changed = (one.resource.split("/") for one in report.resources if one.changed)
        for season in {parts[1] for parts in changed if parts[0] == "stats"}:

            async def work(session: AsyncSession, season: str = season) -> int:
                return await store_profiles(session, season, LAST_WEEK)

            await self.store.write(work)
        await self.prove()
        await snoozing.due(self.store, self.user_id, utcnow())
        await self.settle()

    async def import_projections(
        self, text: str, source: str, week: int | None = None
    ) -> tuple[ProjectionFile, Changes, int]:
        """Store a file of projections as one more source; raises UnreadableFile or NoUser."""
        from fantasy_tui.sources.bring import bring_file

        return await bring_file(self.store, self.user_id, text, source, week, utcnow())

    async def run_agents(
        self,
        kinds: list[AgentTaskType] | None = None,
        league_id: str | None = None,
        on_progress: Callable[[Progress], None] = lambda _: None,
        on_applied: Callable[[Applied], None] = lambda _: None,
    ) -> Outcome:
        """Run agents (none: all) on a league (none: all in season), then rules; raises AgentFailed, LeagueNotFound."""
        outcome, failures = await self.tasks.run(kinds or AGENTS, league_id, on_progress)
        on_applied(await self.rulebook.apply())
        if failures:
            raise failures[0]
        return outcome

    @property
    def rulebook(self) -> Rulebook:
        """The user's rules for answers without a question; raises NoUser."""
        from fantasy_tui.review.rulebook import Rulebook

        return Rulebook(self.store, self.user_id)

    @property
    def audit(self) -> Audit:
        """What happened to all decisions of the user's; raises NoUser."""
        from fantasy_tui.review.history import Audit

        return Audit(self.store, self.user_id)

    async def preferences(self) -> Chosen:
        """What the user has chosen."""
        from fantasy_tui.review.preferences import chosen

        return await chosen(self.store, self.user_id)

    async def choose(self, key: str, text: str) -> Chosen:
        """Store one choice; raises UnknownPreference or BadPreference."""
        from fantasy_tui.review.choices import choose

        return await choose(self.store, self.user_id, key, text)

    async def changed_token(self) -> int:
        """A number that moves when another process has written to the store."""
        return await self.store.changed_token()
