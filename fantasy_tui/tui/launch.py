"""Opens the app and returns its exit code."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from fantasy_tui import logs


def launch(overrides: Mapping[str, Any], *, demo: bool = False) -> int:
    """Run the app until it is left; raises StoreError or ConfigError when it cannot begin."""
    if os.environ.get("NO_COLOR"):
        # Textual alone would go on in shades of grey; read when Textual is imported.
        os.environ.setdefault("TEXTUAL_THEME", "ansi-dark")
    from fantasy_tui.tui.app import FantasyApp

    with logs.to_file() as file:
        app = FantasyApp(overrides, demo=demo, on_database_url=file.hide)
        app.run()
        if app.failure is not None:
            raise app.failure
        return app.return_code or 0
