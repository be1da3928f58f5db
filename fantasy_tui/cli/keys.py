"""The command `keys`."""

from __future__ import annotations

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.folders import config_file
from fantasy_tui.tui.keys import chosen, names
from fantasy_tui.tui.keys.force import KEYS, SCOPES


async def keys(context: Context) -> int:
    """Show every key of the app with its id, the user's own ones in force; raises ConfigError."""
    own = chosen.read()
    usual = {id: [names.shown(name) for name in names.keys_in(key.keys)] for id, key in KEYS.items()}
    mine = {id: [names.shown(name) for name in named] for id, named in own.items()}
    if context.json:
        output.as_json(
            [
                {
                    "id": key.id,
                    "scope": scope.title,
                    "does": key.label,
                    "keys": mine.get(key.id, usual[key.id]),
                    "usual": usual[key.id],
                }
                for scope in SCOPES
                for key in scope.keys
            ]
        )
        return 0
    rows = [
        (
            key.id,
            " ".join(mine.get(key.id, usual[key.id])),
            f"{key.label} (usually {' '.join(usual[key.id])})" if key.id in mine else key.label,
        )
        for scope in SCOPES
        for key in scope.keys
    ]
    output.say(
        *output.table(("ID", "KEYS", "DOES"), rows),
        "",
        f'To give one other keys, write a line below [keys] in {config_file()}, as in queue.approve = "a,ctrl+a".',
    )
    return 0
