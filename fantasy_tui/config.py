"""Every knob of the app, in one place: environment first, then `.env`, then a TOML file, then the default."""

import os
import re
from datetime import UTC, datetime
from typing import Any

from dotenv import dotenv_values
from pydantic import AnyHttpUrl, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import (
    BaseSettings,
    DotEnvSettingsSource,
    EnvSettingsSource,
    InitSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from fantasy_tui.configfile import ConfigError, tables
from fantasy_tui.folders import config_file, data_folder

__all__ = ["ConfigError", "Settings", "load_settings", "origins"]

PREFIX = "FANTASY_"
# Names with the prefix that are no setting of the app: the test-suite's recordings.
FOREIGN = frozenset({"FANTASY_RECORDINGS"})
# A table of its own in the file; as a variable it could not be read by anybody.
FILE_ONLY = frozenset({"keys"})

SLEEPER_URL = "https://api.sleeper.app"
GAMES_URL = "https://raw.githubusercontent.com/nflverse/nfldata/master/data/games.csv"


def default_database_url() -> str:
    """A SQLite file in the user-data folder."""
    return f"sqlite+aiosqlite:///{data_folder() / 'fantasy.db'}"


class Settings(BaseSettings):
    """Settings in force; each field's environment variable is its name with FANTASY_ before it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True
    )

    database_url: SecretStr = Field(default_factory=lambda: SecretStr(default_database_url()))
    """Where everything is stored: sqlite+aiosqlite:///file or postgresql+asyncpg://user:password@host/name."""
    sleeper_url: AnyHttpUrl = AnyHttpUrl(SLEEPER_URL)
    """Where Sleeper's API is served."""
    games_url: AnyHttpUrl = AnyHttpUrl(GAMES_URL)
    """Kickoffs, spreads and totals in the format of nflverse's games.csv."""
    now: datetime | None = None
    """The instant at which the app's clock starts (ISO 8601 with a zone); none means the real time."""
    username: str | None = Field(default=None, max_length=64)
    """Sleeper username whose leagues are shown."""
    offline: bool = False
    """True: never use the network."""
    theme: str | None = None
    """Name of a Textual theme."""
    pool_size: int = Field(default=10, ge=1, le=200)
    """Postgres connections kept open."""
    max_overflow: int = Field(default=20, ge=0, le=200)
    """Postgres connections beyond pool_size when many are needed at once."""
    keys: dict[str, Any] = Field(default_factory=dict)
    """Other keys than the usual ones, by id: the table [keys] of the file; tui/keys/chosen.py understands it."""

    @field_validator("now")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("needs a time zone, as in 2024-11-10T17:30:00Z")
        return value.astimezone(UTC) if value else None

    @field_validator("username", "theme", "now", mode="before")
    @classmethod
    def _empty_is_none(cls, value: Any) -> Any:
        return None if isinstance(value, str) and not value.strip() else value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Command line, environment, .env, TOML."""
        toml = TomlConfigSettingsSource(settings_cls, toml_file=config_file())
        return init_settings, env_settings, dotenv_settings, toml


def load_settings(**overrides: Any) -> Settings:
    """Settings from all sources, `overrides` (the command line's) first; raises ConfigError."""
    _refuse_unknown()
    try:
        return Settings(**{name: value for name, value in overrides.items() if value is not None})
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False, include_context=False)[0]
        field = ".".join(str(part) for part in first["loc"]).lower()
        reason = re.sub(r"^Value error, ", "", first["msg"])
        raise ConfigError(f"{PREFIX}{field.upper()} cannot be used: {reason}.") from None


def _refuse_unknown() -> None:
    """A misspelt setting is an error wherever it stands; other programs' variables are none of our business."""
    toml = tables()
    places = {
        "the environment": [name for name in os.environ if name.upper().startswith(PREFIX)],
        ".env": [name for name in dotenv_values(".env") if name.upper().startswith(PREFIX)],
        str(config_file()): [PREFIX + name for name in toml],
    }
    for place, names in places.items():
        for name in sorted(names):
            field = name.upper().removeprefix(PREFIX).lower()
            if field in FILE_ONLY and place != str(config_file()):
                raise ConfigError(
                    f"{name} in {place} cannot be used: [{field}] stands in {config_file()} alone."
                )
            if name.upper() not in FOREIGN and field not in Settings.model_fields:
                shown = name if place != str(config_file()) else field
                known = ", ".join(Settings.model_fields)
                raise ConfigError(f"{shown} in {place} is not a setting. Settings: {known}.")


def origins(**overrides: Any) -> dict[str, str]:
    """For each setting, where its value in force came from."""
    sources: list[tuple[str, PydanticBaseSettingsSource]] = [
        ("command line", InitSettingsSource(Settings, {k: v for k, v in overrides.items() if v is not None})),
        ("environment", EnvSettingsSource(Settings)),
        (".env", DotEnvSettingsSource(Settings)),
        (str(config_file()), TomlConfigSettingsSource(Settings, toml_file=config_file())),
    ]
    given = [(label, {key.lower() for key in source()}) for label, source in sources]
    return {
        field: next((label for label, keys in given if field in keys), "default")
        for field in Settings.model_fields
    }
