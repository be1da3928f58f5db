"""db member: what it grants, shows and refuses, as the owner and as the member."""

import asyncio
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from fantasy_tui.database.roles import PRIVILEGES
from fantasy_tui.database.store import Store
from tests.cli.conftest import Cli
from tests.leagues import build
from tests.members import Roles, roles, url_of


@pytest.fixture
def made(cluster: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Roles]:
    """Roles of a Postgres that the commands use too, with a manager in it."""
    monkeypatch.setenv("FANTASY_DATABASE_URL", postgres_url)

    async def fill() -> None:
        store = Store(postgres_url)
        await store.write(build)
        await store.close()

    async def roles_of() -> Roles:
        return await stack.enter_async_context(roles(cluster, postgres_url))

    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        runner.run(fill())
        yield runner.run(roles_of())
        runner.run(stack.aclose())


def login(made: Roles, name: str) -> str:
    return asyncio.run(made.login(name))


def test_a_role_becomes_a_managers(
    cli: Cli, made: Roles, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    role = login(made, "fan")
    as_fan = ("--database-url", url_of(postgres_url, role))
    refused = cli("leagues", *as_fan)
    assert refused.code == 5
    assert "lacks a right that is needed: ask its owner" in refused.err
    shown = cli("db", "member", role, "manager", "--print")
    assert shown.code == 0
    assert f"GRANT SELECT, INSERT ON public.decision_events TO {role};" in shown.out
    assert cli("leagues", *as_fan).code == 5, "showing changes nothing"
    assert (
        cli("db", "member", role, "manager").out
        == f"{role} may do what the app needs and is manager alone.\n"
    )
    assert "Alpha League" in cli("leagues", *as_fan).out, "without a name: the role says whose they are"
    assert cli("queue", *as_fan).code == 0
    assert cli("doctor", *as_fan, "--json").code in (0, 1)
    other = cli("leagues", *as_fan, "--username", "rival")
    assert (other.code, "is not stored here" in other.err) == (3, True)


def test_json(cli: Cli, made: Roles) -> None:
    told = cli("db", "member", login(made, "fan"), "--json").json
    assert (told["user"], told["granted"]) == (None, True)
    assert len(told["sql"]) == 5 + len(PRIVILEGES)


def test_what_is_refused(cli: Cli, made: Roles, empty: str, postgres_url: str) -> None:
    for arguments, said in (
        (("no_such_role",), "There is no role “no_such_role”: create it first"),
        (("postgres",), "The role “postgres” sees every row"),
        ((login(made, "fan"), "stranger"), "User “stranger” is not stored here"),
        (("fan", "--database-url", empty), "has no roles"),
    ):
        ran = cli("db", "member", *arguments)
        assert (ran.code, ran.out) == (1, "")
        assert said in ran.err
