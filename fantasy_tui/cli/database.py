"""The commands `db upgrade`, `db current` and `db check`."""

from __future__ import annotations

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context, Failed
from fantasy_tui.database import migrate
from fantasy_tui.database.engine import redact
from fantasy_tui.database.revision import HEAD


async def upgrade(context: Context) -> int:
    """Bring the schema up to date."""
    await migrate.upgrade(context.database_url)
    return await current(context)


async def current(context: Context) -> int:
    """Show which revision the database has, and which the app needs."""
    revision = await migrate.current(context.database_url)
    if context.json:
        output.as_json({"revision": revision, "head": HEAD})
        return 0
    state = "up to date" if revision == HEAD else f"this app needs {HEAD}: run `fantasy-tui db upgrade`"
    output.say(f"{output.plain(redact(context.database_url))}: revision {revision or 'none'}, {state}.")
    return 0


async def check(context: Context) -> int:
    """Compare the stored schema with the models; raises Failed when they differ."""
    url = context.database_url
    revision = await migrate.current(url)
    if revision != HEAD:
        raise Failed(
            f"The database {redact(url)} is at revision {revision or 'none'} and this app needs {HEAD}:"
            " run `fantasy-tui db upgrade`."
        )
    differences = await migrate.check(url)
    if differences:
        raise Failed(f"The schema of {redact(url)} differs from the app's: {'; '.join(differences)}.")
    if context.json:
        output.as_json({"revision": revision, "head": HEAD, "differences": []})
    else:
        output.say(f"{output.plain(redact(url))}: the schema is the app's (revision {HEAD}).")
    return 0
