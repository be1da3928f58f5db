"""What every command is given, and the ways in which a command itself can fail."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import cached_property
from typing import Any

from fantasy_tui.cli import output
from fantasy_tui.cli.parser import overrides_of
from fantasy_tui.clock import utcnow
from fantasy_tui.config import Settings, load_settings
from fantasy_tui.crud.user import NoUser
from fantasy_tui.database.engine import redact
from fantasy_tui.offline.told import told
from fantasy_tui.workspace import Workspace


class NotFound(Exception):
    """What was asked for is not there; the message is for the user."""


class UsageError(Exception):
    """The command line asks for what cannot be; the message is for the user."""


class Failed(Exception):
    """The command found what it was to find out, and it is bad; the message is for the user."""


class Context:
    """A command's arguments and settings."""

    def __init__(self, arguments: Namespace, on_database_url: Callable[[str], None] = lambda _: None) -> None:
        self.arguments = arguments
        self.overrides: dict[str, Any] = overrides_of(arguments)
        self.hide = on_database_url
        """Keeps the passwords of a database's URL out of the log."""

    @property
    def json(self) -> bool:
        """True when stdout is to have JSON alone."""
        return bool(getattr(self.arguments, "json", False))

    @cached_property
    def settings(self) -> Settings:
        """The settings in force; raises ConfigError."""
        settings = load_settings(**self.overrides)
        self.hide(settings.database_url.get_secret_value())
        return settings

    @property
    def database_url(self) -> str:
        """The database's URL, password included: not for showing."""
        return self.settings.database_url.get_secret_value()

    @asynccontextmanager
    async def workspace(self, *, for_user: bool = True) -> AsyncIterator[Workspace]:
        """An open workspace; raises StoreError, and NotFound or NoUser when it needs a user and has none."""
        workspace = await Workspace.open(self.settings)
        try:
            if for_user and workspace.user is None:
                if self.settings.username is None:
                    raise NoUser
                raise NotFound(
                    f"User “{self.settings.username}” is not stored here:"
                    f" run `fantasy-tui sync {self.settings.username}`."
                )
            await _mind_the_copy(workspace)
            yield workspace
        finally:
            await workspace.close()


async def freshness(workspace: Workspace) -> str:
    """How old the leagues' data are, and where they come from."""
    return f"Sleeper rosters, synced {output.ago(await workspace.synced_at(), utcnow())}."


async def _mind_the_copy(workspace: Workspace) -> None:
    """Say that the local copy stands in; or send what was answered on it before."""
    if workspace.user is None:
        return
    if workspace.stores.away:
        at = output.ago(await workspace.stores.pulled_at(), utcnow())
        output.warn(
            f"The database {redact(workspace.settings.database_url.get_secret_value())} does not answer:"
            f" this is the local copy, brought up to date {at}. What you decide is kept and sent later."
        )
        return
    sent = await workspace.stores.come_back(workspace.user_id)
    for sentence in told(sent, lambda at: f"{at:%Y-%m-%d %H:%M} UTC") if sent is not None else ():
        output.warn(sentence)
