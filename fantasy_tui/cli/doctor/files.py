"""The config file, the keys in it, and the folders that the app writes to."""

from __future__ import annotations

from collections.abc import Iterator

from fantasy_tui.cli.context import Context
from fantasy_tui.cli.doctor.finding import Finding, fault, ok, warning
from fantasy_tui.config import ConfigError
from fantasy_tui.failures import USAGE
from fantasy_tui.folders import config_file
from fantasy_tui.logs import LogFile, log_file
from fantasy_tui.tui.remembered import memory_file


def settings(context: Context) -> Finding:
    """Whether the settings of all sources can be used."""
    file = config_file()
    try:
        found = context.settings
    except ConfigError as error:
        return fault("settings", str(error), f"The settings file is {file}.", USAGE)
    theme = found.theme
    if theme is not None and theme not in _themes():
        return warning("settings", f"There is no theme “{theme}”.", f"There are: {', '.join(_themes())}.")
    where = f"{file} can be used" if file.is_file() else f"There is no {file}, and none is needed"
    whose = f"of {found.username}" if found.username else "of the only user stored"
    return ok("settings", f"{where}; the leagues shown are those {whose}.")


def keys() -> Finding:
    """Whether the keys of the config file can be used."""
    from fantasy_tui.tui.keys import chosen

    try:
        mine = chosen.read()
    except ConfigError as error:
        return fault("keys", str(error), code=USAGE)
    return ok("keys", f"{len(mine)} changed by you." if mine else "As they come.")


def folders() -> Iterator[Finding]:
    """Whether the log and what the app remembers can be written."""
    path = log_file()
    handler = LogFile(path)
    try:
        handler.probe()
    except OSError as error:
        yield fault(
            "log",
            f"{path} cannot be written: {error.strerror}.",
            "Make the folder yours, or set XDG_STATE_HOME.",
        )
    else:
        yield ok("log", f"{path} can be written; what is remembered lies beside it in {memory_file().name}.")
    finally:
        handler.close()


def _themes() -> list[str]:
    from textual.theme import BUILTIN_THEMES

    from fantasy_tui.tui.themes import OURS

    return [*(theme.name for theme in OURS), *sorted(BUILTIN_THEMES)]
