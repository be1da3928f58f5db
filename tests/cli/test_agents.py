"""The agents' runs: listed, cancelled, run again."""

from tests.cli.conftest import Cli


def test_runs_are_listed_cancelled_and_run_again(cli: Cli, decisions: list[str]) -> None:
    rows = cli("agents", "list", "--json").json
    running = next(row for row in rows if row["status"] == "in_progress")
    assert running["id"][:8] in cli("agents", "list").out
    assert cli("agents", "cancel", running["id"][:8], "--json").json == {"cancelled": running["id"]}
    again = cli("agents", "cancel", running["id"])
    assert (again.code, again.err) == (4, "This run has ended already.\n")
    failed = next(row for row in rows if row["status"] == "failed")
    ran = cli("agents", "retry", failed["id"])
    assert ran.code == 0
    assert ran.out.startswith("0 new, 0 as before, 0 replaced, 0 withdrawn.")
    known = {row["id"] for row in rows}
    (new,) = [row for row in cli("agents", "list", "--json").json if row["id"] not in known]
    assert (new["task_type"], new["status"]) == (failed["task_type"], "completed")
    assert cli("agents", "retry", "nobody").code == 3
