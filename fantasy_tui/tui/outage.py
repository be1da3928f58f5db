"""A shared database that goes away: the local copy stands in, what was decided is sent once it is back."""

from __future__ import annotations

import logging
from time import monotonic
from typing import TYPE_CHECKING

from fantasy_tui.tui.times import local

if TYPE_CHECKING:
    from fantasy_tui.database.errors import StoreUnreachable
    from fantasy_tui.tui.app import FantasyApp

log = logging.getLogger(__name__)

STANDS_IN = "local copy"
_TRY_AGAIN = 3.0
"""Seconds between two attempts to reach the database."""
_REST = 2.0
"""Seconds without a change after which the copy is brought up to date."""


class Outage:
    """Keeps the copy fresh while the database answers, and goes on with it while it does not."""

    def __init__(self, app: FantasyApp) -> None:
        self._app = app
        self._why = "The database does not answer."
        self._told = False
        self._trying = False
        self._tried = 0.0
        self._pulling = self._stale = self._due = False

    async def begin(self, error: StoreUnreachable) -> bool:
        """Go on with the copy, which is said at the next look; False where there is none."""
        workspace = self._app.workspace
        if workspace is None or workspace.user is None:
            return False
        if not workspace.stores.away and not await workspace.stores.stand_in(workspace.user.sleeper_user_id):
            return False
        self._why = str(error)
        self._app.background.set_status(offline=True, trouble=STANDS_IN)
        return True

    async def tell(self) -> None:
        """Say once that the copy stands in, and of when it is."""
        app = self._app
        if self._told or app.workspace is None:
            return
        self._told = True
        app.background.set_status(offline=True, trouble=STANDS_IN)
        at = await app.workspace.stores.pulled_at()
        of = f" of {local(at)}" if at is not None else ""
        app.tell(
            f"{self._why} You go on with the copy{of}; what you decide is kept and sent later.", "warning"
        )
        app.publish_change()

    def look(self) -> None:
        """While the copy stands in: try from time to time whether the database is back."""
        if not self._trying and monotonic() - self._tried >= _TRY_AGAIN:
            self._trying = True
            self._app.run_worker(self._come_back(), group="back", exit_on_error=False)

    async def _come_back(self) -> None:
        try:
            await self._if_it_answers()
        finally:
            self._trying, self._tried = False, monotonic()

    async def _if_it_answers(self) -> None:
        from fantasy_tui.offline.told import told

        app, workspace = self._app, self._app.workspace
        if workspace is None or not await workspace.stores.answers():
            return
        # No answer may be given to the copy while its answers are on their way.
        sent = await app.decider.alone(lambda: workspace.stores.come_back(workspace.user_id))
        if sent is None:
            return
        self._told = False
        app.background.set_status(offline=workspace.settings.offline, trouble="")
        app.tell(
            " ".join(["The database is back.", *told(sent, local)]), "warning" if sent.lost else "information"
        )
        app.publish_change()

    def keep(self) -> None:
        """Bring the copy up to date once nothing has changed for a moment."""
        workspace = self._app.workspace
        if workspace is None or workspace.user is None or workspace.stores.copy is None:
            return
        self._stale = True
        if not self._due:
            self._due = True
            self._app.set_timer(_REST, self._pull_now)

    def _pull_now(self) -> None:
        self._due = False
        if not self._pulling:
            self._app.run_worker(self._pull(), group="pull", exit_on_error=False)

    async def _pull(self) -> None:
        from fantasy_tui.database.errors import StoreError

        workspace = self._app.workspace
        self._pulling = True
        try:
            while self._stale and workspace is not None and not workspace.stores.away:
                self._stale = False
                if workspace.stores.copy is not None and workspace.stores.copy.owes:
                    await self._if_it_answers()  # an earlier run has left answers behind
                await workspace.stores.pull(workspace.user_id)
        except StoreError as error:
            log.info("the copy was not brought up to date: %s", error)  # the watch tells what is wrong
        finally:
            self._pulling = False
