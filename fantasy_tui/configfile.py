"""Reads the user's config file, for the settings and for what cannot wait for them."""

from typing import Any

from fantasy_tui.folders import config_file


class ConfigError(Exception):
    """A setting cannot be used; the message is one sentence that says which and why."""


def tables() -> dict[str, Any]:
    """What the file holds, nothing where there is none; raises ConfigError."""
    file = config_file()
    if not file.is_file():
        return {}
    import tomllib

    try:
        return tomllib.loads(file.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file} is not valid TOML: {error}.") from None
