"""The commands `pull` and `conflicts`, and every command while the copy stands in."""

import asyncio

import pytest

from fantasy_tui.database.errors import StoreUnreachable
from fantasy_tui.database.store import Store
from tests.cli.conftest import Cli
from tests.decisions import add_decision
from tests.leagues import NOW, build

pytestmark = pytest.mark.usefixtures("home")


@pytest.fixture
def shared(home: object, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A Postgres with two leagues and a decision in it."""
    monkeypatch.setenv("FANTASY_DATABASE_URL", postgres_url)
    return postgres_url


@pytest.fixture
def gone(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """While it holds anything Postgres does not answer."""
    state: list[bool] = []
    prepare = Store.prepare

    async def refused(self: Store) -> None:
        if state and self.dialect == "postgresql":
            raise StoreUnreachable("The database does not answer: check that it runs.")
        await prepare(self)

    monkeypatch.setattr(Store, "prepare", refused)
    return state


def fill(url: str) -> str:
    async def do() -> str:
        store = Store(url)
        await store.write(build)
        async with store.read() as session:
            from fantasy_tui.crud.user import get_user_by_username

            user = await get_user_by_username(session, "manager")
        assert user is not None
        made = await add_decision(store, user.id, league_id="A", expires_at=NOW.replace(year=NOW.year + 1))
        await store.close()
        return made

    return asyncio.run(do())


def test_on_a_file_of_ones_own_there_is_nothing_to_pull(cli: Cli, decisions: list[str]) -> None:
    ran = cli("pull")
    assert ran.code == 5
    assert ran.err.strip() == (
        "Everything is in a SQLite file on this machine already: there is nothing to pull."
    )
    assert cli("conflicts").out == "No answer was in conflict with another.\n"


def test_away_and_back(cli: Cli, shared: str, gone: list[bool]) -> None:
    made = fill(shared)
    assert cli("pull").out.endswith(" rows copied.\n")
    assert cli("pull").out == "The copy is up to date: nothing has changed.\n"
    gone.append(True)
    ran = cli("approve", made)
    assert ran.code == 0
    assert "does not answer: this is the local copy, brought up to date" in ran.err
    assert cli("show", made, "--json").json["status"] == "approved"
    gone.clear()
    ran = cli("show", made, "--json")
    assert ran.json["status"] == "approved"
    assert ran.err == "Sent 1 answer that was given without the database.\n"
    assert cli("show", made).err == ""
    assert cli("conflicts", "--json").json == []


def test_without_a_copy_it_is_told(cli: Cli, shared: str, gone: list[bool]) -> None:
    gone.append(True)
    ran = cli("queue")
    assert (ran.code, ran.err) == (5, "The database does not answer: check that it runs.\n")
