"""Mirroring an outside source: what differs is written, what does not is left alone, few rows or many."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.clock import set_clock
from fantasy_tui.crud.mirror import Changes, _differences, hashed, mirror
from fantasy_tui.database.bulk import CHUNK, FEW
from fantasy_tui.models import Player, Projection
from tests.leagues import NOW

SIZES = [1, FEW - 1, FEW, CHUNK + 1]


def players(numbers: range, **values: Any) -> list[dict[str, Any]]:
    return [hashed({"player_id": str(number), "age": 20, **values}) for number in numbers]


async def ages(session: AsyncSession) -> dict[str, int | None]:
    found = await session.execute(sa.select(Player.player_id, Player.age))
    return {row.player_id: row.age for row in found}


@pytest.mark.parametrize("size", SIZES)
async def test_what_is_new_changed_and_gone_is_counted(session: AsyncSession, size: int) -> None:
    assert await mirror(session, Player, players(range(size)), within={}) == Changes(size)
    assert await mirror(session, Player, players(range(size)), within={}) == Changes()
    wanted = [*players(range(1, size), age=30), *players(range(size, size + 2))]
    assert await mirror(session, Player, wanted, within={}) == Changes(2, size - 1)
    assert (await ages(session))["0"] == 20
    assert await mirror(session, Player, wanted, within={}, prune=True) == Changes(deleted=1)
    assert await ages(session) == {row["player_id"]: row["age"] for row in wanted}


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.usefixtures("clock_reset")
async def test_only_rows_that_are_written_are_stamped(session: AsyncSession, size: int) -> None:
    # The clock goes on while we write.
    set_clock(NOW)
    await mirror(session, Player, players(range(size + 1)), within={})
    set_clock(NOW + timedelta(days=1))
    await mirror(session, Player, players(range(size), age=30), within={})
    found = await session.execute(
        sa.select(Player.age, Player.created_at, Player.updated_at, Player.last_synced)
    )
    for age, created, updated, synced in found:
        assert created < NOW + timedelta(hours=1)
        assert (updated > NOW + timedelta(hours=1)) is (age == 30)
        assert synced == updated


@pytest.mark.parametrize("size", SIZES)
async def test_bounds_and_fresh_values(session: AsyncSession, size: int) -> None:
    await mirror(session, Player, players(range(size)), within={})

    def week(number: int, points: float) -> list[dict[str, Any]]:
        return [
            hashed(
                {"player_id": str(n), "season": "2024", "week": number, "source": "s", "stats": {"p": points}}
            )
            for n in range(size)
        ]

    for number in (1, 2):
        within = {"season": "2024", "week": number, "source": "s"}
        rows = week(number, 1.0)
        fresh = {"as_of": NOW}
        assert await mirror(session, Projection, rows, within=within, prune=True, fresh=fresh) == Changes(
            size
        )
    within = {"season": "2024", "week": 1, "source": "s"}
    later = {"as_of": NOW + timedelta(days=1)}
    assert await mirror(session, Projection, week(1, 1.0), within=within, fresh=later) == Changes()
    assert await mirror(session, Projection, week(1, 2.0), within=within, fresh=later) == Changes(
        updated=size
    )
    found = (await session.execute(sa.select(Projection.week, Projection.as_of).distinct())).all()
    assert {tuple(row) for row in found} == {(1, later["as_of"]), (2, NOW)}
    assert await mirror(session, Projection, [], within=within, prune=True) == Changes(deleted=size)
    assert await session.scalar(sa.select(sa.func.count()).select_from(Projection)) == size


async def test_columns_that_no_row_names_are_left(session: AsyncSession) -> None:
    profile = [1.0] * 24
    await mirror(session, Player, players(range(FEW)), within={})
    await session.execute(sa.update(Player).values(profile=profile))
    await mirror(session, Player, players(range(FEW), age=30), within={})
    assert all(found == profile for found in await session.scalars(sa.select(Player.profile)))


async def test_a_row_named_twice_is_written_once(session: AsyncSession) -> None:
    """The last one counts; COPY and ON CONFLICT would refuse to write a row twice."""
    rows = [*players(range(FEW)), *players(range(FEW), age=30)]
    assert await mirror(session, Player, rows, within={}) == Changes(FEW)
    assert set((await ages(session)).values()) == {30}


_KEYS = st.integers(0, 5)


@given(
    stored=st.dictionaries(_KEYS, st.sampled_from("ab") | st.none()),
    rows=st.lists(st.tuples(_KEYS, st.sampled_from("ab"))),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_differences_are_those_of_two_sets(
    stored: dict[int, str | None], rows: list[tuple[int, str]]
) -> None:
    given_rows = [{"id": key, "source_hash": digest} for key, digest in rows]
    writes, new, gone = _differences(["id"], given_rows, list(stored.items()))
    wanted = dict(rows)
    assert {row["id"]: row["source_hash"] for row in writes} == dict(wanted.items() - stored.items())
    assert new == len(wanted.keys() - stored.keys())
    assert gone == sorted((key,) for key in stored.keys() - wanted.keys())
    assert [row["id"] for row in writes] == sorted(row["id"] for row in writes)
