"""The commands `db upgrade`, `db current`, `db check`, `db member`, `db copy` and `db backup`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from fantasy_tui.cli import output
from fantasy_tui.cli.bar import Bar, bar
from fantasy_tui.cli.context import Context, Failed
from fantasy_tui.database import migrate
from fantasy_tui.database.backup import BackupFailed
from fantasy_tui.database.backup import backup as back_up
from fantasy_tui.database.base import Base
from fantasy_tui.database.engine import redact
from fantasy_tui.database.moving import CopyFailed, CopyRefused, move
from fantasy_tui.database.revision import HEAD
from fantasy_tui.database.roles import RoleRefused, make_member

_STEPS = 20
"""How often progress is told, beside each time that something else is being done."""


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


async def member(context: Context) -> int:
    """Grant a role what a member needs, and bind it to a user; raises Failed or StoreError."""
    role, name, url = context.arguments.role, context.arguments.name, context.database_url
    only_shown = context.arguments.print
    try:
        statements = await make_member(url, role, name, apply=not only_shown)
    except RoleRefused as error:
        raise Failed(str(error)) from error
    if context.json:
        output.as_json({"role": role, "user": name, "granted": not only_shown, "sql": statements})
    elif only_shown:
        output.say(*(f"{output.plain(one)};" for one in statements))
    else:
        bound = f" and is {output.plain(name)} alone" if name else ""
        output.say(f"{output.plain(role)} may do what the app needs{bound}.")
    return 0


async def copy(context: Context) -> int:
    """Copy one database into another and verify it row by row; raises Failed or StoreError."""
    given = context.arguments
    for url in (given.source, given.target):
        context.hide(url)
    with bar(silent=context.json) as shown:
        tell = _by_steps(shown)
        try:
            copied = await move(
                given.source,
                given.target,
                Base.metadata.sorted_tables,
                replace=given.replace,
                on_progress=lambda progress: tell(progress.done, progress.total, progress.doing),
            )
        except (CopyRefused, CopyFailed) as error:
            raise Failed(str(error)) from error
    total = sum(copied.values())
    source, target = redact(given.source), redact(given.target)
    if context.json:
        output.as_json({"from": source, "to": target, "verified": True, "rows": total, "tables": copied})
        return 0
    rows = [(name, f"{count:,}") for name, count in copied.items()]
    output.say(*output.table(("TABLE", "ROWS"), rows, right=" r"), "")
    output.say(f"Copied {total:,} rows to {output.plain(target)}, each compared with the original.")
    return 0


async def backup(context: Context) -> int:
    """Copy the SQLite file, which may be in use, to another file; raises Failed."""
    given = context.arguments
    with bar(silent=context.json) as shown:
        tell = _by_steps(shown)
        try:
            size = await back_up(
                context.database_url,
                Path(given.file),
                force=given.force,
                on_progress=lambda done, total: tell(done, total, "pages"),
            )
        except BackupFailed as error:
            raise Failed(str(error)) from error
    if context.json:
        output.as_json({"file": given.file, "bytes": size})
    else:
        output.say(f"Backed up to {output.plain(given.file)}: {size:,} bytes, checked.")
    return 0


def _by_steps(shown: Bar) -> Callable[[int, int, str], None]:
    """Shows `done` of `total` when it is a step further, or something else is being done."""
    last: tuple[str, int] | None = None

    def tell(done: int, total: int, doing: str) -> None:
        nonlocal last
        step = (doing, _STEPS * done // max(total, 1))
        if step != last:
            last = step
            shown.show(done, total, doing)

    return tell
