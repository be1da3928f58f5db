"""The store behind the screens: opened after the first frame, then watched for what other processes write."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from fantasy_tui.tui.keys.force import key_of

if TYPE_CHECKING:
    from fantasy_tui.database.store import Store
    from fantasy_tui.tui.app import FantasyApp
    from fantasy_tui.workspace import Workspace

NO_DATABASE = "no database"
_GATHER = 0.1
"""Seconds in which changes are gathered before they are shown: a sync commits many a second."""


class StoreWatch:
    """Opens the app's workspace and tells when its store has changed, is gone, or is back."""

    def __init__(self, app: FantasyApp) -> None:
        self._app = app
        # No store's token: the first look shows what came between the first read and the listening.
        self._token = 0
        self._due = self._wanted = self._looking = False
        self._heard: Store | None = None
        """The store that tells of its news: another one while the copy stands in."""

    async def open(self, overrides: dict[str, Any]) -> Workspace:
        """The workspace, also the app's from now on; raises ConfigError and what Workspace.open raises."""
        app = self._app
        opened, settings = await asyncio.to_thread(_load, overrides)
        app.on_database_url(settings.database_url.get_secret_value())
        workspace: Workspace = await opened(settings)
        app.workspace = workspace
        app.decider.open(workspace)
        if settings.theme and not app.themes.use(settings.theme):
            lists = f"{key_of('app.palette')}, then Theme, lists those there are."
            app.tell(f"There is no theme “{settings.theme}”; {lists}", "warning")
        app.background.set_status(busy="", offline=settings.offline)
        return workspace

    def _soon(self) -> None:
        """Look before the next poll; of many changes at once the first sets the time."""
        if not self._due:
            self._due = True
            self._app.set_timer(_GATHER, self._now)

    def _now(self) -> None:
        self._due = False
        self._app.run_worker(self.look(), group="poll", exit_on_error=False)

    async def look(self) -> None:
        """Show what another process has written; a store that is gone is told once, and so is its return.

        One look at a time, and to its end: to connect may take longer than the time to the next.
        """
        self._wanted = True
        if self._looking:
            return
        self._looking = True
        try:
            while self._wanted:
                self._wanted = False
                await self._look()
        finally:
            self._looking = False

    async def _look(self) -> None:
        from fantasy_tui.database.errors import StoreError, StoreUnreachable

        app, workspace = self._app, self._app.workspace
        if workspace is None:
            return
        if workspace.stores.away:
            await app.outage.tell()
            app.outage.look()
        if workspace.store is not self._heard:
            self._heard = workspace.store
            self._heard.on_news(self._soon)
        try:
            token = await workspace.changed_token()
        except StoreError as error:
            if isinstance(error, StoreUnreachable) and await app.outage.begin(error):
                return
            if app.status.trouble != NO_DATABASE:
                app.background.set_status(offline=True, trouble=NO_DATABASE)
                app.report(error)
            return
        back = app.status.trouble == NO_DATABASE
        if back:
            app.background.set_status(offline=workspace.settings.offline, trouble="")
        if back or token != self._token:
            app.publish_change()
        self._token = token


def _load(overrides: dict[str, Any]) -> Any:
    """Import what the first screen did without, in a thread; the settings in force. Raises ConfigError."""
    from fantasy_tui.config import load_settings
    from fantasy_tui.workspace import Workspace

    return Workspace.open, load_settings(**overrides)
