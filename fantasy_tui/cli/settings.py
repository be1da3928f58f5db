"""The command `config`."""

from __future__ import annotations

from typing import Any

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.config import origins
from fantasy_tui.database.engine import redact
from fantasy_tui.database.errors import StoreError
from fantasy_tui.folders import config_file
from fantasy_tui.logs import log_file
from fantasy_tui.logs import redact as without_passwords


async def config(context: Context) -> int:
    """Show every setting in force and where it came from; passwords stay hidden."""
    values = context.settings.model_dump(mode="json") | {"database_url": shown_url(context.database_url)}
    sources = origins(**context.overrides)
    shown = {
        name: {"value": _shown(value), "source": sources.get(name, "default")}
        for name, value in values.items()
    }
    if context.json:
        output.as_json(shown)
        return 0
    rows = [(name, _word(one["value"]), one["source"]) for name, one in shown.items()]
    width = max(len(name) for name in shown)
    output.say(
        *(
            f"{name.ljust(width)}  {output.plain(value)}  ({output.plain(source)})"
            for name, value, source in rows
        ),
        "",
        f"Settings file: {config_file()}",
        f"Log file: {log_file()}",
    )
    return 0


def shown_url(url: str) -> str:
    """The database's URL without its password."""
    try:
        return without_passwords(redact(url))
    except StoreError:
        return "(cannot be read)"


def _shown(value: Any) -> Any:
    return without_passwords(value) if isinstance(value, str) else value


def _word(value: Any) -> str:
    if value is None:
        return "-"
    return str(value).lower() if isinstance(value, bool) else str(value)
