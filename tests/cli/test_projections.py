"""The command `projections`."""

from pathlib import Path

import pytest

from tests.cli.conftest import Cli


@pytest.mark.usefixtures("decisions")
def test_a_source_more(cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "espn.csv"
    file.write_text(
        "name,position,pts_ppr,salary\nPatrick Mahomes,QB,21.5,9000\nNobody At All,QB,3,1\n", "utf-8"
    )
    ran = cli("projections", str(file), "--source", "espn")
    assert ran.code == 0
    assert "1 players of week 10 are projected by espn too." in ran.out
    assert "Players not known: Nobody At All." in ran.out
    assert "Columns not used: salary." in ran.out
    again = cli("projections", str(file), "--source", "espn", "--json").json
    assert again == {
        "source": "espn", "week": 10, "players": 1, "changed": 0, "unknown": ["Nobody At All"],
        "ignored_columns": ["salary"],
    }  # fmt: skip


@pytest.mark.usefixtures("decisions")
@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"nothing,of,use\n1,2,3\n"])
def test_a_file_that_is_none(cli: Cli, tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(content)
    ran = cli("projections", str(file), "--source", "espn")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.count("\n") == 1


def test_a_file_that_is_not_there(cli: Cli) -> None:
    ran = cli("projections", "nowhere.csv", "--source", "espn")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("nowhere.csv cannot be read as text")
