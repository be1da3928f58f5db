"""What goes on behind the screens: fetching from Sleeper, then the agents on what came."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from fantasy_tui.sleeper.report import SyncProgress
    from fantasy_tui.tui.app import FantasyApp

log = logging.getLogger(__name__)


class Background:
    """One fetch at a time; the app's status line tells how far it is, and why nothing new comes in."""

    def __init__(self, app: FantasyApp) -> None:
        self._app = app
        self._fetching = False

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
        try:
            report = await app.workspace.sync(on_progress=self._synced)
        except SleeperUnreachable as error:
            log.info("not synced: %s %s", error, error.detail)
            self.set_status(offline=True, trouble="Sleeper does not answer")
            app.tell(f"{error} What is stored stays usable.", "warning")
        else:
            self.set_status(offline=False, trouble="")
            for resource in report.skipped:
                app.tell(resource.skipped or "", "warning")
            await self.run_agents()
        finally:
            self._fetching = False
            self.set_status(busy="")
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
                )
            )
        finally:
            self.set_status(busy="")
            app.publish_change()

    def _synced(self, at: SyncProgress) -> None:
        self.set_status(busy=f"sync {at.done}/{at.total} {at.step}")
