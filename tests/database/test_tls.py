"""The options of a Postgres URL: as providers write them, through to the driver, and one sentence for the others."""

import ssl
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, text

from fantasy_tui.database.engine import make_engine, redact
from fantasy_tui.database.errors import StoreError, StoreUnreachable
from fantasy_tui.database.options import arguments
from fantasy_tui.database.store import Store
from fantasy_tui.logs import passwords_in
from fantasy_tui.logs import redact as redacted
from tests.tls import Certificates, in_front_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return Certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(autouse=True)
def _no_certificates_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("PGSSLMODE", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY"):
        monkeypatch.delenv(name, raising=False)


def taken(query: str) -> tuple[str, dict[str, Any]]:
    url, found = arguments(make_url(f"postgresql+asyncpg://u@h/d?{query}"))
    return str(url), found


@pytest.mark.parametrize(
    ("query", "left", "found"),
    [
        ("", "", {"timeout": 10.0}),
        ("host=/tmp&port=5433", "?host=%2Ftmp&port=5433", {"timeout": 10.0}),
        ("sslmode=require", "", {"timeout": 10.0, "dsn": "postgresql://?sslmode=require"}),
        ("ssl=require", "", {"timeout": 10.0, "dsn": "postgresql://?sslmode=require"}),
        (
            "sslmode=require&channel_binding=prefer",
            "",
            {"timeout": 10.0, "dsn": "postgresql://?sslmode=require"},
        ),
        ("connect_timeout=3", "", {"timeout": 3.0}),
        ("options=-c%20a%3Db", "", {"timeout": 10.0, "dsn": "postgresql://?options=-c+a%3Db"}),
    ],
)
def test_options_become_the_drivers_arguments(query: str, left: str, found: dict[str, Any]) -> None:
    assert taken(query) == (f"postgresql+asyncpg://u@h/d{left}", found)


def test_files_are_passed_on(tmp_path: Path) -> None:
    for name in ("root", "cert", "key"):
        (tmp_path / name).touch()
    query = f"sslmode=verify-full&sslrootcert={tmp_path}/root&sslcert={tmp_path}/cert&sslkey={tmp_path}/key&sslpassword=pw"
    _, found = taken(query)
    assert found["dsn"].startswith("postgresql://?sslmode=verify-full&sslrootcert=")
    assert found["dsn"].endswith("sslpassword=pw")


def test_the_machines_own_certificates() -> None:
    left, found = taken("sslrootcert=system")
    assert left == "postgresql+asyncpg://u@h/d"
    assert "dsn" not in found
    assert found["ssl"].verify_mode is ssl.CERT_REQUIRED
    assert found["ssl"].check_hostname


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("sslmod=require", "an option “sslmod”"),
        ("pgbouncer=true", "an option “pgbouncer”"),
        ("sslmode=always", "sslmode=always is none of Postgres' modes: disable"),
        ("ssl=true", "ssl=true is none of Postgres' modes"),
        ("channel_binding=require", "channel_binding=require is more than the driver can do"),
        ("sslrootcert=/no/such/file", "sslrootcert names /no/such/file, which cannot be read"),
        ("sslmode=verify-full", "sslmode=verify-full needs the certificate to trust: sslrootcert=FILE"),
        ("sslmode=require&sslrootcert=system", "sslrootcert=system asks for sslmode=verify-full"),
        ("connect_timeout=soon", "connect_timeout is a number of seconds"),
    ],
)
def test_what_cannot_be_is_one_sentence(query: str, said: str) -> None:
    with pytest.raises(StoreError) as refused:
        Store(f"postgresql://u@h/d?{query}")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_no_password_is_shown() -> None:
    url = "postgresql://u:hunter2@h/d?sslmode=require&sslpassword=hunter3&password=hunter4"
    for shown in (redact(url), redacted(url)):
        assert "hunter" not in shown
        assert "sslmode=require" in shown
    assert passwords_in(url) == {"hunter2", "hunter3", "hunter4"}


async def encrypted(url: str) -> bool:
    """Connect; whether the driver speaks TLS."""
    engine = make_engine(url)
    try:
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT 1")) == 1
            driver: Any = (await connection.get_raw_connection()).driver_connection
            return driver._transport.get_extra_info("ssl_object") is not None
    finally:
        await engine.dispose()


def at(postgres_url: str, port: int, query: str, host: str = "localhost") -> str:
    return f"postgresql://postgres@{host}:{port}/{make_url(postgres_url).database}?{query}"


def socket_of(cluster: Path) -> Path:
    return cluster / ".s.PGSQL.5432"


@pytest.mark.parametrize(
    ("query", "tls"),
    [
        ("sslmode=disable", False),
        ("", True),
        ("sslmode=require", True),
        ("ssl=require", True),
        ("sslmode=verify-ca&sslrootcert={root.crt}", True),
        ("sslmode=verify-full&sslrootcert={root.crt}", True),
    ],
)
async def test_a_server_with_tls(
    made: Certificates, cluster: Path, postgres_url: str, query: str, tls: bool
) -> None:
    with in_front_of(socket_of(cluster), made) as port:
        assert await encrypted(at(postgres_url, port, filled(query, made))) is tls


def filled(query: str, made: Certificates) -> str:
    for name in ("root.crt", "stranger.crt", "client.crt", "client.key", "server.key"):
        query = query.replace(f"{{{name}}}", made[name])
    return query


async def test_a_client_with_a_certificate(made: Certificates, cluster: Path, postgres_url: str) -> None:
    own = "&sslcert={client.crt}&sslkey={client.key}"
    with in_front_of(socket_of(cluster), made, client=True) as port:
        shown = filled("sslmode=verify-full&sslrootcert={root.crt}" + own, made)
        assert await encrypted(at(postgres_url, port, shown))
        with pytest.raises(StoreUnreachable):
            await prepared(at(postgres_url, port, "sslmode=require"))


async def prepared(url: str) -> None:
    store = Store(url)
    try:
        await store.prepare()
    finally:
        await store.close()


@pytest.mark.parametrize(
    ("query", "host", "said"),
    [
        ("sslmode=verify-full&sslrootcert={stranger.crt}", "localhost", "a certificate that is not trusted"),
        ("sslmode=verify-ca&sslrootcert={stranger.crt}", "localhost", "a certificate that is not trusted"),
        ("sslmode=verify-full&sslrootcert={root.crt}", "127.0.0.1", "a certificate that is not trusted"),
        ("sslrootcert=system", "localhost", "a certificate that is not trusted"),
        (
            "sslmode=require&sslcert={client.crt}&sslkey={server.key}",
            "localhost",
            "cannot be spoken to by TLS",
        ),
    ],
)
async def test_a_certificate_that_is_wrong_is_one_sentence(
    made: Certificates, cluster: Path, postgres_url: str, query: str, host: str, said: str
) -> None:
    with (
        in_front_of(socket_of(cluster), made) as port,
        pytest.raises(StoreUnreachable, match=said) as refused,
    ):
        await prepared(at(postgres_url, port, filled(query, made), host))
    assert str(refused.value).count(".\n") == 0
    assert str(refused.value).endswith(".")


async def test_a_server_without_tls(cluster: Path, postgres_url: str) -> None:
    with in_front_of(socket_of(cluster), None) as port:
        assert await encrypted(at(postgres_url, port, "")) is False
        with pytest.raises(StoreUnreachable, match="offers no TLS"):
            await prepared(at(postgres_url, port, "sslmode=require"))
