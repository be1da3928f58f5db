"""Opens the app and returns its exit code."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from fantasy_tui import logs

TO_DEMO = -1
"""No exit code: the user has asked to see the demo instead."""


def launch(overrides: Mapping[str, Any], *, demo: bool = False) -> int:
    """Run the app until it is left; raises StoreError or ConfigError when it cannot begin, and what made it crash."""
    if os.environ.get("NO_COLOR"):
        # Textual goes on in shades of grey unless it begins with such a theme; read when it is imported.
        os.environ["TEXTUAL_THEME"] = "ansi-dark"
    else:
        # Set but empty it means nothing (no-color.org); Textual takes it for a wish.
        os.environ.pop("NO_COLOR", None)
    from fantasy_tui.tui import terminal
    from fantasy_tui.tui.app import FantasyApp
    from fantasy_tui.tui.remembered import remembered

    with logs.to_file() as file:
        app = FantasyApp(overrides, demo=demo, on_database_url=file.hide)
        app.go.tour_due = not remembered().toured
        app.driver_class = terminal.tolerant(app.driver_class)
        if app.console.color_system not in ("256", "truecolor"):
            app.themes.expect_few_colours()
        with terminal.held_back():
            app.run()
        if app.failure is not None:
            raise app.failure
        return app.return_code or 0
