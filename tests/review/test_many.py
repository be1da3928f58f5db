"""Programs that answer the same decisions at once: one answer counts, and every other is told whose it was."""

import asyncio

from tests.many import answer_at_once, check


def test_many_reviewers_at_once(database_url: str) -> None:
    outcome, user, ids = answer_at_once(database_url, programs=8, items=60)
    asyncio.run(check(database_url, outcome, user, ids))
    assert sum(any(refused is None for _, refused, _ in program) for program in outcome.told) > 1
