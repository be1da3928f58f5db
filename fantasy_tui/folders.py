"""Where the app keeps its files on this platform."""

from pathlib import Path

import platformdirs

APP = "fantasy-tui"


def config_file() -> Path:
    """The TOML file with the user's settings; it need not exist."""
    return platformdirs.user_config_path(APP) / "config.toml"


def data_folder() -> Path:
    """Where the app keeps its own files."""
    return platformdirs.user_data_path(APP)


def state_folder() -> Path:
    """Where the log and the last painted queue are kept."""
    return platformdirs.user_state_path(APP)
