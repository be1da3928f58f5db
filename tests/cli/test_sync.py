"""sync and agents run."""

import io
import sys
from collections.abc import Callable

import pytest

from fantasy_tui.agents.runner import AgentFailed
from fantasy_tui.cli.bar import bar
from fantasy_tui.database.errors import StoreUnreachable
from fantasy_tui.sleeper.errors import SleeperBadAnswer, SleeperNotFound, SleeperUnreachable
from fantasy_tui.sleeper.report import ResourceReport, SyncProgress, SyncReport
from fantasy_tui.workspace import Workspace
from tests.cli.conftest import Cli
from tests.leagues import HOSTILE, NOW

SKIPPED = ResourceReport("league/B", skipped=f"{HOSTILE[2]} could not be read.")
ROSTERS = ResourceReport("league/A/rosters", inserted=12345, updated=2, deleted=1)


class Terminal(io.StringIO):
    """A stderr that is a terminal."""

    def isatty(self) -> bool:
        return True


def answer(monkeypatch: pytest.MonkeyPatch, *resources: ResourceReport) -> None:
    """Let a sync end with these resources."""

    async def sync(
        self: Workspace, username: str | None, on_progress: Callable[[SyncProgress], None]
    ) -> SyncReport:
        on_progress(SyncProgress(f"rosters of {HOSTILE[2]}", 12, 40))
        return SyncReport("u", username or "manager", NOW, NOW, 7, resources)

    monkeypatch.setattr(Workspace, "sync", sync)


@pytest.mark.usefixtures("decisions")
def test_sync_for_people(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, ROSTERS, SKIPPED)
    ran = cli("sync")
    assert ran.code == 0
    assert ran.err == "12/40 rosters of ␛]0;owned␇name\n"
    assert ran.out.splitlines() == [
        "2 leagues, 12,345 rows new, 2 changed, 1 gone.",
        "␛]0;owned␇name could not be read.",
    ]


@pytest.mark.usefixtures("decisions")
def test_a_second_sync_has_nothing_to_tell(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, ResourceReport("players"))
    assert cli("sync").out == "Nothing has changed.\n"


@pytest.mark.usefixtures("decisions")
def test_sync_json(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, ROSTERS, SKIPPED)
    ran = cli("sync", "somebody", "--json")
    assert ran.err == ""
    assert ran.json == {
        "user_id": "u",
        "username": "somebody",
        "started_at": "2024-11-10T18:30:00Z",
        "finished_at": "2024-11-10T18:30:00Z",
        "requests": 7,
        "inserted": 12345,
        "updated": 2,
        "deleted": 1,
        "changed": 12348,
        "resources": [
            {"resource": "league/A/rosters", "inserted": 12345, "updated": 2, "deleted": 1, "skipped": None},
            {
                "resource": "league/B",
                "inserted": 0,
                "updated": 0,
                "deleted": 0,
                "skipped": f"{HOSTILE[2]} could not be read.",
            },
        ],
    }


def test_a_bar_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("COLUMNS", "60")
    with bar(silent=False) as progress:
        progress.show(12, 40, "rosters of Foo")
        progress.show(40, 40, "x" * 100)
    first, second, last = terminal.getvalue().split("\r\x1b[K")[1:]
    assert first == "[######..............] 12/40 rosters of Foo"
    assert len(second) == 59
    assert last == ""
    assert "\n" not in terminal.getvalue()


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (SleeperNotFound("Sleeper does not know user “x”: check the spelling."), 3),
        (SleeperUnreachable("Sleeper cannot be reached: check the network."), 5),
        (SleeperBadAnswer("Sleeper gave players in a form that cannot be read."), 5),
        (StoreUnreachable("The database cannot be written."), 5),
    ],
)
def test_a_sync_that_fails(cli: Cli, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int) -> None:
    async def sync(self: Workspace, *_: object) -> SyncReport:
        raise error

    monkeypatch.setattr(Workspace, "sync", sync)
    ran = cli("sync", "x", "--json")
    assert (ran.code, ran.out, ran.err) == (code, "", f"{error}\n")


def test_offline_nothing_is_fetched(cli: Cli) -> None:
    ran = cli("sync", "x")
    assert (ran.code, ran.out) == (5, "")
    assert ran.err.startswith("Offline mode is on")


def test_agents_run(cli: Cli, decisions: list[str]) -> None:
    outcome = cli("agents", "run", "--json").json
    assert set(outcome) == {"written", "unchanged", "superseded", "withdrawn", "approved_by_rules"}
    waiting = {row["id"] for row in cli("queue", "--all", "--json").json}
    assert outcome["withdrawn"] > 0
    assert len(waiting & set(decisions)) == 3 - outcome["withdrawn"] - outcome["superseded"]
    assert len(waiting - set(decisions)) == outcome["written"]


@pytest.mark.usefixtures("decisions")
def test_agents_run_one_kind_on_one_league(cli: Cli) -> None:
    ran = cli("agents", "run", "--type", "injury_monitoring", "--league", "A")
    assert ran.code == 0
    assert "100/100 injury_monitoring in Alpha League: done" in ran.err
    assert "lineup_optimization" not in ran.err
    assert "Beta" not in ran.err
    assert ran.out.endswith("Sleeper rosters, synced 5m ago.\n")


@pytest.mark.usefixtures("decisions")
def test_agents_on_a_league_that_is_not_stored(cli: Cli) -> None:
    ran = cli("agents", "run", "--league", "Z", "--json")
    assert (ran.code, ran.out) == (3, "")
    assert ran.err.startswith("League Z is not stored here")


@pytest.mark.usefixtures("decisions")
def test_an_agent_that_fails(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(self: Workspace, *_: object) -> None:
        raise AgentFailed("The lineup_optimization agent failed on league A; the log has the cause.")

    monkeypatch.setattr(Workspace, "run_agents", fail)
    ran = cli("agents", "run")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "The lineup_optimization agent failed on league A; the log has the cause.\n"
