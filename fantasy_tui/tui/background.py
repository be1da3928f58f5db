"""What goes on behind the screens: fetching from Sleeper, then the agents on what came."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from fantasy_tui.clock import utcnow
from fantasy_tui.tui.alert import Caller, signals
from fantasy_tui.tui.keys.force import key_of
from fantasy_tui.tui.widgets.status import Waiting

if TYPE_CHECKING:
    from fantasy_tui.review.item import QueueItem
    from fantasy_tui.review.policy_apply import Applied
    from fantasy_tui.sleeper.report import SyncProgress
    from fantasy_tui.tui.app import FantasyApp

log = logging.getLogger(__name__)

_LOOK_AGAIN = 60.0
"""Seconds after which it is looked again whether a game is on."""
_SOONEST = 1.0
_LIVE = 61.0
"""A look that is nearer than this is at a game."""


class Background:
    """One fetch at a time; the app's status line tells how far it is, and why nothing new comes in."""

    def __init__(self, app: FantasyApp) -> None:
        self._app = app
        self._fetching = False
        self._live = False
        self._caller = Caller()

    def set_status(self, **changes: Any) -> None:
        """Change what the status line tells; the rest of it stays."""
        self._app.status = replace(self._app.status, **changes)

    async def first_sync(self, name: str, on_progress: Callable[[SyncProgress], None]) -> None:
        """Fetch a user's leagues for the first time; raises what Workspace.sync raises."""
        if self._app.workspace is not None:
            await self._app.workspace.sync(name, on_progress)
            self._app.publish_change()

    async def refresh(self) -> None:
        """Fetch from Sleeper, then run the agents; without a network what is stored stays in use."""
        from fantasy_tui.sleeper.errors import SleeperUnreachable

        app = self._app
        if app.workspace is None or self._fetching:
            return
        self._fetching = True
        self.set_status(busy="asking Sleeper")
        try:
            report = await app.workspace.sync(on_progress=self._synced)
        except SleeperUnreachable as error:
            log.info("not synced: %s %s", error, error.detail)
            self.set_status(offline=True, trouble="Sleeper does not answer")
            app.tell(str(error), "warning")
        else:
            self.set_status(offline=False, trouble="")
            for resource in report.skipped:
                app.tell(resource.skipped or "", "warning")
            await self.run_agents()
        finally:
            self._fetching = False
            self.set_status(busy="")
            app.publish_change()

    async def follow_games(self) -> None:
        """While games are on, fetch their points as often as Sleeper has new ones; sets its own next time."""
        from fantasy_tui.database.errors import StoreError

        app, wait = self._app, _LOOK_AGAIN
        try:
            if self._live and not self._fetching:
                await self._fetch_points()
            at = await app.workspace.next_look() if app.workspace is not None else None
            wait = (at - utcnow()).total_seconds() if at is not None else _LOOK_AGAIN
            self._live = at is not None and wait <= _LIVE
        except StoreError as error:
            log.info("games not followed: %s", error)  # the app's own look at the store tells it
            self._live = False
        self.set_status(live=self._live)
        # What is synced meanwhile may change when the next game begins.
        app.set_timer(min(max(wait, _SOONEST), _LOOK_AGAIN), app.follow_games)

    async def _fetch_points(self) -> None:
        from fantasy_tui.sleeper.errors import SleeperError

        app = self._app
        try:
            changed = await app.workspace.follow() if app.workspace is not None else 0
        except SleeperError as error:
            log.info("points not fetched: %s", error)
            self.set_status(offline=True, trouble="Sleeper does not answer")
        else:
            self.set_status(offline=False, trouble="")
            if changed:
                app.publish_change()

    async def run_agents(self) -> None:
        """Run all agents on what is stored; raises AgentFailed."""
        app = self._app
        if app.workspace is None or app.workspace.user is None:
            return
        try:
            await app.workspace.run_agents(
                on_progress=lambda at: self.set_status(
                    busy=f"{at.task_type.replace('_', ' ')} {at.percentage}%"
                ),
                on_applied=self._applied,
            )
        finally:
            self.set_status(busy="")
            app.publish_change()

    def _applied(self, applied: Applied) -> None:
        """Tell what rules have done, and which have switched themselves off."""
        if applied.approved:
            first, *others = applied.approved
            more = f" and {len(others)} more" if others else ""
            self._app.tell(
                f"Approved by a rule: {first.summary}{more}. {key_of('app.undo')} takes it back,"
                f" {key_of('go.history')} shows all."
            )
        for sentence in applied.stopped:
            self._app.tell(sentence, "warning")

    async def read_status(self) -> None:
        """Tell what waits and how old the data is."""
        workspace = self._app.workspace
        if workspace is not None and workspace.user is not None:
            await self.tell_waiting(await workspace.queue())

    async def tell_waiting(self, items: Sequence[QueueItem]) -> None:
        """Tell that these wait; ring for what is new or has become urgent, as is chosen."""
        workspace, now = self._app.workspace, utcnow()
        if workspace is None or workspace.user is None:
            return
        synced_at = await workspace.synced_at()
        self.set_status(user=workspace.user.display_name, waiting=Waiting.of(items, now), synced_at=synced_at)
        told = self._caller.heed(items, now)
        if told is not None:
            self._signal(signals(told, (await workspace.preferences()).notifications, now, os.environ))

    def _signal(self, sequence: str) -> None:
        """Write what only a terminal understands; a headless app has none."""
        driver = self._app._driver
        if sequence and driver is not None and not self._app.is_headless:
            driver.write(sequence)

    def _synced(self, at: SyncProgress) -> None:
        self.set_status(busy=f"sync {at.done}/{at.total} {at.step}")
