"""Writes the README's pictures: the demo, opened and driven by keys, at 110x32.

Run by `make screenshots`; deterministic but for the demo's clock, which ticks while it runs.
"""

import asyncio
import os
import tempfile
import time
from pathlib import Path

PICTURES = {
    "queue": (),
    "decision": ("enter",),
    "matchup": ("4",),
    "league": ("2", "enter"),
    "roster": ("3",),
    "players": ("5", *"fen"),
    "trades": ("6", "space", *"+++++", "tab", "space"),
    "waivers": ("7",),
    "record": ("9",),
    "compare": ("5", "down", "c", "j", "j", "c"),
    "light": ("2", "enter", "v"),
}
THEMES = {"light": "fantasy-light"}
"""The pictures in another theme than the app's own."""
SIZE = (110, 32)


async def _draw(database: Path, folder: Path) -> None:
    from fantasy_tui.demo.leagues import USERNAME
    from fantasy_tui.demo.teams import NOW
    from fantasy_tui.tui.app import FantasyApp

    for name, keys in PICTURES.items():
        app = FantasyApp(
            {
                "database_url": f"sqlite+aiosqlite:///{database}",
                "now": NOW,
                "offline": True,
                "username": USERNAME,
            },
            demo=True,
        )
        async with app.run_test(size=SIZE) as pilot:
            app.themes.use(THEMES.get(name, app.theme))
            for key in ("", *keys, ""):
                if key:
                    await pilot.press(key)
                await pilot.pause(0.3)
                await app.workers.wait_for_complete()
                await pilot.pause()
            (folder / f"{name}.svg").write_text(app.export_screenshot(title="fantasy-tui"), encoding="utf-8")


def main() -> None:
    """Build a demo of its own, away from the user's files, and draw."""
    folder = Path(__file__).parent / "screenshots"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as own:
        os.environ |= {f"XDG_{kind}_HOME": own for kind in ("CONFIG", "DATA", "STATE")} | {"TZ": "UTC"}
        time.tzset()
        from fantasy_tui.demo.launch import demo_file

        asyncio.run(_draw(demo_file(folder=Path(own)), folder))


if __name__ == "__main__":
    main()
