"""The store behind the screens: opened after the first frame, then watched for what other processes write."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from fantasy_tui.tui.keys.force import key_of

if TYPE_CHECKING:
    from fantasy_tui.tui.app import FantasyApp
    from fantasy_tui.workspace import Workspace

NO_DATABASE = "no database"


class StoreWatch:
    """Opens the app's workspace and tells when its store has changed, is gone, or is back."""

    def __init__(self, app: FantasyApp) -> None:
        self._app = app
        self._token: int | None = None

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

    async def look(self) -> None:
        """Show what another process has written; a store that is gone is told once, and so is its return."""
        from fantasy_tui.database.errors import StoreError

        app, workspace = self._app, self._app.workspace
        if workspace is None:
            return
        try:
            token = await workspace.changed_token()
        except StoreError as error:
            if app.status.trouble != NO_DATABASE:
                app.background.set_status(offline=True, trouble=NO_DATABASE)
                app.report(error)
            return
        back = app.status.trouble == NO_DATABASE
        if back:
            app.background.set_status(offline=workspace.settings.offline, trouble="")
        if back or (self._token is not None and token != self._token):
            app.publish_change()
        self._token = token


def _load(overrides: dict[str, Any]) -> Any:
    """Import what the first screen did without, in a thread; the settings in force. Raises ConfigError."""
    from fantasy_tui.config import load_settings
    from fantasy_tui.workspace import Workspace

    return Workspace.open, load_settings(**overrides)
