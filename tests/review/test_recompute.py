"""From a key that was refused to the advice that holds: agents weigh anew, and edits are approved through the door."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.clock import set_clock, utcnow
from fantasy_tui.config import load_settings
from fantasy_tui.models import AgentTaskType, Door, League, Player, Projection
from fantasy_tui.review.decide import Moved
from fantasy_tui.workspace import Workspace
from tests.review import world
from tests.settling import row_of
from tests.views import NOW

YARDS = {"Rusher": 50, "Catcher": 100, "Flexer": 100, "Bencher": 150, "Spare": 120}


@pytest.fixture
async def workspace(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Workspace]:
    """The league with projections: the bench is better than the first runner."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    workspace = await Workspace.open(load_settings(database_url=database_url, now=NOW, offline=True))
    await world.build(workspace.store)

    async def project(session: AsyncSession) -> None:
        league = await session.get_one(League, "L")
        league.scoring_settings = {"rush_yd": 0.1}
        for name, yards in YARDS.items():
            session.add(
                Projection(
                    player_id=name, season="2024", week=10, source="sleeper", stats={"rush_yd": yards},
                    as_of=NOW - timedelta(hours=1),
                )
            )  # fmt: skip
            (await session.get_one(Player, name)).injury_status = None

    await workspace.store.write(project)
    await workspace.choose_user(None)
    yield workspace
    await workspace.close()
    set_clock(None)


async def advise(workspace: Workspace) -> str:
    await workspace.run_agents([AgentTaskType.LINEUP_OPTIMIZATION])
    [item] = await workspace.queue()
    assert item.summary.startswith("Start Bencher over ")
    return item.id


async def test_what_was_refused_is_weighed_anew_and_then_approved(workspace: Workspace) -> None:
    refused = await advise(workspace)
    await world.alter(workspace.store, Player, "Bencher", injury_status="Out")
    with pytest.raises(Moved, match="Bencher is Out now"):
        await workspace.approve(refused, Door.TUI)
    fresh = await workspace.recompute(refused)
    assert fresh is not None
    assert fresh.summary == "Start Spare over Rusher"
    assert (await workspace.decision(refused)).status == "superseded"
    verdict = await workspace.approve(fresh.id, Door.TUI)
    assert verdict.summary == fresh.summary


async def test_a_change_that_leaves_the_advice_alone_still_renews_it(workspace: Workspace) -> None:
    """Else the check at the key would refuse the same decision for ever."""
    refused = await advise(workspace)
    await world.alter(workspace.store, Player, "Bencher", injury_status="Probable")
    with pytest.raises(Moved):
        await workspace.approve(refused, Door.TUI)
    fresh = await workspace.recompute(refused)
    assert fresh is not None
    assert fresh.id != refused
    await workspace.approve(fresh.id, Door.TUI)


async def test_what_holds_no_longer_leaves_nothing(workspace: Workspace) -> None:
    refused = await advise(workspace)
    for name in ("Bencher", "Spare"):
        await world.alter(workspace.store, Player, name, injury_status="Out")
    assert await workspace.recompute(refused) is None
    assert await workspace.queue() == []


async def test_a_superseded_decision_tells_its_successor_in_one_event(workspace: Workspace) -> None:
    refused = await advise(workspace)
    await world.alter(workspace.store, Player, "Bencher", injury_status="Out")
    fresh = await workspace.recompute(refused)
    assert fresh is not None
    row = await row_of(workspace.store, refused)
    assert (row.superseded_by, row.version) == (fresh.id, 2)


async def test_an_option_is_approved_with_its_numbers(workspace: Workspace) -> None:
    one = await advise(workspace)
    options = await workspace.edit_options(one)
    assert options
    verdict = await workspace.approve(one, Door.TUI, options[0].document)
    assert (verdict.edited, verdict.summary) == (True, options[0].document["summary"])
    taken = (await row_of(workspace.store, one)).user_action_taken
    assert taken is not None
    assert (taken["expected_gain"], taken["confidence"]) == (options[0].gain, options[0].confidence)
    assert await workspace.edit_options(one) == []
    assert (await workspace.undo(Door.TUI)).decision_id == one
    await workspace.approve(one, Door.TUI, options[-1])


async def test_what_is_set_aside_comes_back_with_its_news_when_the_queue_is_read(
    workspace: Workspace,
) -> None:
    one = await advise(workspace)
    [choice] = [c for c in await workspace.snooze_choices(one) if c.label == "news about Bencher"]
    await workspace.snooze(one, Door.TUI, choice.until, choice.event)
    assert await workspace.queue() == []
    assert [item.id for item in await workspace.snoozed()] == [one]
    await world.alter(workspace.store, Player, "Bencher", player_data={"news_updated": 2000})
    assert [item.id for item in await workspace.queue()] == [one]
    assert utcnow() < choice.until
