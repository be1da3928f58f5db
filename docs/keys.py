"""Writes docs/keys.md from the key map: `python docs/keys.py`; a test keeps the file true."""

from pathlib import Path

from fantasy_tui.tui.keys import names
from fantasy_tui.tui.keys.force import SCOPES

HEAD = """# Keys

`?` shows those that work where you are; this is all of them. Everything works by key, and by mouse.

To give an action other keys, write its id below `[keys]` in `config.toml` (`fantasy-tui doctor` says where that is):

    [keys]
    queue.approve = "a,ctrl+a"

Two actions that work at the same time cannot have one key: the app then says which two, and does not start.
"""


def page() -> str:
    """The whole file."""
    parts = [HEAD]
    for scope in SCOPES:
        rows = [
            f"| {' '.join(f'`{names.shown(name)}`' for name in names.keys_in(key.keys))} | {key.label} | {key.id} |"
            for key in scope.keys
        ]
        if rows:
            parts.append(
                "\n".join([f"## {scope.title}\n", "| keys | does | id |", "|---|---|---|", *rows]) + "\n"
            )
    return "\n".join(parts)


if __name__ == "__main__":
    (Path(__file__).parent / "keys.md").write_text(page(), encoding="utf-8")
