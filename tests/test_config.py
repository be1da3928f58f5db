from datetime import UTC, datetime
from pathlib import Path

import pytest

from fantasy_tui import config, folders
from fantasy_tui.config import ConfigError, Settings, load_settings, origins


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder, a config folder, and no setting in the environment."""
    for field in Settings.model_fields:
        monkeypatch.delenv(config.PREFIX + field.upper(), raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return tmp_path


def write_toml(text: str) -> None:
    folders.config_file().parent.mkdir(parents=True, exist_ok=True)
    folders.config_file().write_text(text)


def test_defaults_are_a_sqlite_file_and_the_public_sources() -> None:
    settings = load_settings()
    assert settings.database_url.get_secret_value() == config.default_database_url()
    assert str(settings.sleeper_url) == "https://api.sleeper.app/"
    assert str(settings.games_url).endswith("games.csv")
    assert not settings.offline
    assert set(origins().values()) == {"default"}


def test_command_line_beats_environment_beats_dotenv_beats_toml(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_toml('username = "toml"\ntheme = "nord"\npool_size = 3\nmax_overflow = 7\n')
    (folder / ".env").write_text(
        "FANTASY_USERNAME=dotenv\nFANTASY_THEME=dracula\nFANTASY_POOL_SIZE=4\nOTHER=1\n"
    )
    monkeypatch.setenv("FANTASY_USERNAME", "environment")
    monkeypatch.setenv("FANTASY_THEME", "gruvbox")
    settings = load_settings(username="argument")
    assert (settings.username, settings.theme, settings.pool_size, settings.max_overflow) == (
        "argument",
        "gruvbox",
        4,
        7,
    )
    assert origins(username="argument") | {} == {
        **dict.fromkeys(Settings.model_fields, "default"),
        "username": "command line",
        "theme": "environment",
        "pool_size": ".env",
        "max_overflow": str(folders.config_file()),
    }


@pytest.mark.parametrize(
    ("name", "value", "part"),
    [
        ("FANTASY_NOW", "2024-11-10", "time zone"),
        ("FANTASY_NOW", "yesterday", "FANTASY_NOW"),
        ("FANTASY_POOL_SIZE", "0", "greater than or equal to 1"),
        ("FANTASY_SLEEPER_URL", "sleeper", "FANTASY_SLEEPER_URL"),
        ("FANTASY_OFFLINE", "perhaps", "FANTASY_OFFLINE"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, part: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigError, match=part) as error:
        load_settings()
    assert "\n" not in str(error.value)


def test_misspelt_settings_are_refused_wherever_they_stand(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FANTASY_USRNAME", "me")
    with pytest.raises(ConfigError, match="FANTASY_USRNAME in the environment"):
        load_settings()
    monkeypatch.delenv("FANTASY_USRNAME")
    (folder / ".env").write_text("FANTASY_USRNAME=me\n")
    with pytest.raises(ConfigError, match=r"FANTASY_USRNAME in \.env"):
        load_settings()
    (folder / ".env").unlink()
    write_toml('usrname = "me"\n')
    with pytest.raises(ConfigError, match=r"usrname in .*config\.toml"):
        load_settings()
    write_toml("username = \n")
    with pytest.raises(ConfigError, match="not valid TOML"):
        load_settings()


def test_keys_stand_in_the_file_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_toml('[keys]\nqueue.approve = "z"\n')
    assert load_settings().keys == {"queue": {"approve": "z"}}
    monkeypatch.setenv("FANTASY_KEYS", "{}")
    with pytest.raises(
        ConfigError, match=r"FANTASY_KEYS in the environment cannot be used: \[keys\] stands in .*toml"
    ):
        load_settings()
    monkeypatch.delenv("FANTASY_KEYS")
    (folder / ".env").write_text("FANTASY_KEYS={}\n")
    with pytest.raises(ConfigError, match=r"FANTASY_KEYS in \.env cannot be used"):
        load_settings()


def test_now_is_kept_in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANTASY_NOW", "2024-11-10T12:30:00-05:00")
    assert load_settings().now == datetime(2024, 11, 10, 17, 30, tzinfo=UTC)


def test_empty_values_mean_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANTASY_NOW", "")
    monkeypatch.setenv("FANTASY_USERNAME", " ")
    settings = load_settings()
    assert settings.now is None
    assert settings.username is None


def test_the_password_is_not_in_the_settings_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FANTASY_DATABASE_URL", "postgresql+asyncpg://me:hunter2@localhost/x")
    assert "hunter2" not in repr(load_settings()) + str(load_settings())
