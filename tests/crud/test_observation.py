"""What was known when, on both databases."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.crud.observation import known, remember
from fantasy_tui.models import Observation, ObservationKind
from tests.leagues import NOW

KIND, SCOPE = ObservationKind.PROJECTION, "2024:10:sleeper"
HOUR = timedelta(hours=1)


async def count(session: AsyncSession) -> int:
    return await session.scalar(sa.select(sa.func.count()).select_from(Observation)) or 0


async def test_only_changes_are_kept(session: AsyncSession) -> None:
    values = {"1": {"rec": 5.0}, "2": {"rec": 3.0}}
    assert await remember(session, KIND, SCOPE, values, NOW) == 2
    assert await remember(session, KIND, SCOPE, values, NOW + HOUR) == 0
    assert await remember(session, KIND, SCOPE, values | {"2": {"rec": 4.0}}, NOW + 2 * HOUR) == 1
    assert await count(session) == 3


async def test_read_back_as_of_an_instant(session: AsyncSession) -> None:
    await remember(session, KIND, SCOPE, {"1": {"rec": 5.0}}, NOW)
    await remember(session, KIND, SCOPE, {"1": {"rec": 6.0}, "2": {"rec": 1.0}}, NOW + HOUR)
    assert await known(session, KIND, SCOPE, NOW - HOUR) == {}
    assert await known(session, KIND, SCOPE, NOW) == {"1": {"rec": 5.0}}
    assert await known(session, KIND, SCOPE, NOW + HOUR) == {"1": {"rec": 6.0}, "2": {"rec": 1.0}}
    assert await known(session, KIND, SCOPE) == await known(session, KIND, SCOPE, NOW + HOUR)


async def test_what_is_gone_stays_known_of_the_time_before(session: AsyncSession) -> None:
    await remember(session, KIND, SCOPE, {"1": {"rec": 5.0}, "2": {"rec": 1.0}}, NOW)
    assert await remember(session, KIND, SCOPE, {"1": {"rec": 5.0}}, NOW + HOUR, whole=True) == 1
    assert set(await known(session, KIND, SCOPE, NOW)) == {"1", "2"}
    assert set(await known(session, KIND, SCOPE)) == {"1"}
    assert await remember(session, KIND, SCOPE, {"1": {"rec": 5.0}}, NOW + 2 * HOUR, whole=True) == 0


async def test_two_changes_at_one_instant_are_one(session: AsyncSession) -> None:
    """A replay's clock starts at the same instant again and again."""
    await remember(session, KIND, SCOPE, {"1": {"rec": 5.0}}, NOW)
    assert await remember(session, KIND, SCOPE, {"1": {"rec": 7.0}}, NOW) == 1
    assert await known(session, KIND, SCOPE) == {"1": {"rec": 7.0}}
    assert await count(session) == 1


async def test_scopes_and_kinds_are_apart(session: AsyncSession) -> None:
    await remember(session, KIND, SCOPE, {"1": {"rec": 5.0}}, NOW)
    assert await known(session, KIND, "2024:11:sleeper") == {}
    assert await known(session, ObservationKind.INJURY, SCOPE) == {}
