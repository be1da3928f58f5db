"""backtest."""

import asyncio
from typing import Any

import pytest

from fantasy_tui.cli.backtest import weeks_of
from fantasy_tui.cli.context import UsageError
from fantasy_tui.database.store import Store
from fantasy_tui.workspace import Workspace
from tests.backtest import season as made_up
from tests.cli.conftest import Cli

KINDS = {
    "injury_monitoring", "lineup_optimization", "opponent_analysis", "sit_start", "trade_analysis", "waiver_wire",
}  # fmt: skip


@pytest.fixture
def season(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store with a season, replayed in this process."""
    import fantasy_tui.backtest.run as module

    monkeypatch.setattr(module, "cores", lambda: 1)

    async def fill() -> None:
        store = Store(empty)
        await store.write(lambda session: made_up.fill(session, made_up.make(), remembered=True))
        await store.close()

    asyncio.run(fill())


@pytest.mark.usefixtures("season")
def test_backtest_for_people(cli: Cli) -> None:
    ran = cli("backtest", "--season", "2024", "--kind", "lineup_optimization", "--weeks", "2-4")
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0] == "Season 2024, weeks 2-4: League A, League B"
    assert lines[2].split()[:4] == ["AGENT", "DECISIONS", "SETTLED", "TRUE"]
    assert lines[3].startswith("lineup_optimization ")
    assert not lines[4]
    assert "too few to prove a level" in ran.out
    assert "Projections: seen before kickoff in 6 of 6 league-weeks." in ran.out
    assert "In 1 best-ball leagues nobody sets a line-up" in ran.out
    assert "Calibration 2024" in ran.out
    assert ran.err.splitlines()[-1].startswith("8/8 League ")


@pytest.mark.usefixtures("season")
def test_backtest_json(cli: Cli) -> None:
    ran = cli(
        "backtest", "--season", "2024", "--league", "A", "--weeks", "3", "--kind", "sit_start", "--json"
    )
    assert ran.err == ""
    assert set(ran.json) == {"season", "weeks", "agents", "lineup_efficiency", "calibration", "regime"}
    assert ran.json["weeks"] == [3]
    assert set(ran.json["agents"]) == KINDS
    assert ran.json["agents"]["sit_start"]["runs"] == 4
    assert ran.json["agents"]["waiver_wire"]["runs"] == 0
    assert ran.json["lineup_efficiency"]["team_weeks"] == 4


@pytest.mark.usefixtures("season")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("--season", "2019"), 3, "No league of 2019 is stored here"),
        (("--season", "2024", "--league", "nine"), 3, "League nine is not stored here"),
        (("--season", "2024", "--weeks", "six"), 2, "not a range of weeks"),
        (("--season", "2024", "--weeks", "9-4"), 2, "not a range of weeks"),
        (("--season", "2024", "--weeks", "7-9"), 2, "these are: 1-5."),
        (("--season", "2024", "--kind", "tea_leaves"), 2, "invalid choice"),
        ((), 2, "--season"),
    ],
)
def test_a_backtest_that_cannot_be(cli: Cli, arguments: tuple[str, ...], code: int, said: str) -> None:
    ran = cli("backtest", *arguments)
    assert ran.code == code
    assert said in ran.err
    assert ran.out == ""


def test_ctrl_c_ends_it(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    async def backtest(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Workspace, "backtest", backtest)
    ran = cli("backtest", "--season", "2024")
    assert (ran.code, ran.err) == (130, "Interrupted.\n")


@pytest.mark.parametrize(
    ("text", "weeks"), [("2-5", [2, 3, 4, 5]), ("9", [9]), ("2-3, 7,3", [2, 3, 7]), ("1-18", [*range(1, 19)])]
)
def test_weeks(text: str, weeks: list[int]) -> None:
    assert weeks_of(text) == weeks


@pytest.mark.parametrize("text", ["", "0-4", "4-2", "2-19", "2..4", "2-", "-3", "a", "2,,3", "1-2-3"])
def test_no_weeks(text: str) -> None:
    with pytest.raises(UsageError):
        weeks_of(text)
