"""policy list, add, preview, on, off, remove."""

import asyncio

import pytest

from fantasy_tui.crud.user import get_only_user
from fantasy_tui.database.store import Store
from tests.cli.conftest import Cli
from tests.rules import start, waits

ADD = ("policy", "add", "--kind", "lineup_optimization", "--confidence", "60", "--loss", "5")
RULE = {
    "id", "kind", "league_id", "league", "minimum_confidence", "maximum_loss", "hours", "until", "enabled",
    "state", "stopped", "previewed",
}  # fmt: skip
pytestmark = pytest.mark.usefixtures("decisions")


def test_a_rule_from_beginning_to_end(cli: Cli) -> None:
    rule = cli(*ADD, "--league", "A", "--hours", "9-22", "--until", "2024-12-31", "--json").json
    assert set(rule) == RULE
    assert (rule["league"], rule["hours"], rule["state"]) == ("Alpha League", [9, 22], "off")
    short = rule["id"][:8]
    refused = cli("policy", "on", short)
    assert (refused.code, refused.out) == (4, "")
    assert f"fantasy-tui policy preview {short}" in refused.err
    seen = cli("policy", "preview", short, "--json").json
    assert set(seen) == RULE | {"preview"}
    assert seen["previewed"]
    assert set(seen["preview"]) == {
        "settled", "n", "right", "gained", "lost", "worst", "weeks", "held_back", "warning"
    }  # fmt: skip
    assert seen["preview"]["warning"].startswith("No decision of this kind has been settled")
    assert cli("policy", "on", short, "--json").json["state"] == "on, but all rules are off"
    assert cli("preferences", "set", "automatic", "on").code == 0
    listed = cli("policy", "list", "--json").json
    assert (listed["automatic"], [one["state"] for one in listed["rules"]]) == (True, ["on"])
    assert not cli("policy", "off", short, "--json").json["enabled"]
    assert cli("policy", "remove", short).out.startswith(f"Removed rule {short}")
    assert cli("policy", "list").out == "There is no rule: every decision waits for you.\n"


def test_for_people(cli: Cli) -> None:
    added = cli(*ADD).out
    assert "switched off" in added
    lines = cli("policy", "list").out.splitlines()
    assert lines[0].split() == ["ID", "KIND", "LEAGUE", "SURE", "LOSS", "HOURS", "ENDS", "STATE"]
    assert lines[1].split()[1:] == ["lineup", "optimization", "any", "60%", "5", "always", "never", "off"]
    assert "All rules are off" in lines[-1]
    short = lines[1].split()[0]
    seen = cli("policy", "preview", short).out
    assert "lineup optimization in any league, 60 in 100 or more, at most 5 points to lose." in seen
    assert "too few to say" in seen
    assert "All rules are off" in cli("policy", "on", short).out


@pytest.mark.parametrize(
    ("argv", "code", "said"),
    [
        (("policy", "on", "nothing"), 3, "No rule nothing is stored for you"),
        (("policy", "preview", "nothing"), 3, "No rule"),
        (("policy", "remove", "nothing"), 3, "No rule"),
        ((*ADD[:2], "--kind", "trade_analysis", *ADD[4:]), 2, "No rule may answer trade analysis"),
        ((*ADD[:5], "40", *ADD[6:]), 2, "between 55 and 99"),
        ((*ADD, "--hours", "25-3"), 2, "not two hours"),
        ((*ADD, "--until", "2020-01-01"), 2, "is over"),
        ((*ADD, "--league", "Z"), 3, "League Z is not stored"),
    ],
)
def test_what_cannot_be(cli: Cli, argv: tuple[str, ...], code: int, said: str) -> None:
    ran = cli(*argv)
    assert (ran.code, ran.out) == (code, "")
    assert said in ran.err
    assert cli("policy", "list", "--json").json["rules"] == []


def test_agents_run_tells_what_rules_approved(cli: Cli, empty: str, decisions: list[str]) -> None:
    async def propose() -> str:
        store = Store(empty)
        async with store.read() as session:
            user = await get_only_user(session)
        assert user is not None
        decision_id = await waits(store, user.id, start("4", "2", week=10))
        await store.close()
        return decision_id

    for one in decisions:
        cli("reject", one)
    decision = asyncio.run(propose())
    rule = cli(*ADD[:3], "sit_start", *ADD[4:], "--json").json["id"]
    cli("policy", "preview", rule)
    cli("policy", "on", rule)
    cli("preferences", "set", "automatic", "on")
    run = ("agents", "run", "--type", "injury_monitoring", "--league", "B")
    assert cli(*run, "--json").json["approved_by_rules"] == [decision]
    shown = cli("show", decision).out
    assert "approved by a rule; deadline" in shown
    assert f"approve (policy): by rule {rule[:8]}" in shown
    assert cli("undo", "--json").json["id"] == decision
    assert "Approved by a rule" not in cli(*run).out
    assert cli("show", decision, "--json").json["status"] == "pending"
