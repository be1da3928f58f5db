"""A program killed with -9 loses nothing it has told, and leaves nothing half written."""

from tests.killed import kill_many


def test_what_a_killed_program_has_told_is_stored(database_url: str) -> None:
    count = kill_many(database_url, 12, each=10, seed=1)
    assert count.kills == 12
    assert count.told >= 12
