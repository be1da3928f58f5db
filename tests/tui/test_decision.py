"""A decision in full: its picture, where it has two sides, and none where it has not."""

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from fantasy_tui.tui.app import FantasyApp
from fantasy_tui.tui.pictures.points import PointsDistribution
from fantasy_tui.tui.screens.decision import DecisionScreen
from tests.tui.demo import demo_app
from tests.tui.host import press, settle, shown

pytestmark = pytest.mark.usefixtures("surroundings")
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


async def open_first(app: FantasyApp, pilot: Pilot[None], kind: str) -> None:
    """Show the first decision of this kind that waits, or is listed."""
    assert app.workspace is not None
    items = await app.workspace.queue() + await app.workspace.listed()
    app.push_screen(DecisionScreen(next(item.id for item in items if item.decision_type == kind)))
    await settle(pilot)
    await settle(pilot)


@SIZES
@pytest.mark.parametrize("kind", ["sit_start", "lineup_optimization", "opponent_analysis"])
async def test_both_sides_are_drawn_in_the_first_view(
    kind: str, size: tuple[int, int], demo_url: str
) -> None:
    app = demo_app(demo_url)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await open_first(app, pilot, kind)
        text = shown(app)
        assert "██" in text
        assert sum("⠁" <= char <= "⣿" for char in text) > 10
        assert "ahead in" in text
        assert "points" in text
        assert app.screen.query_one(PointsDistribution).region.bottom < size[1] - 1


@pytest.mark.parametrize("kind", ["waiver_wire", "trade_analysis"])
async def test_a_decision_without_two_sides_has_no_picture(kind: str, demo_url: str) -> None:
    app = demo_app(demo_url)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await open_first(app, pilot, kind)
        assert not app.screen.query_one(PointsDistribution).display
        assert "Working out" not in shown(app)


async def test_the_card_stands_there_before_the_picture_is_worked_out(
    demo_sqlite: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = demo_app(demo_sqlite)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        workspace = app.workspace
        assert workspace is not None
        seen = []
        drawn: Callable[[str], Awaitable[object]] = workspace.pictured

        async def slow(decision_id: str) -> object:
            await pilot.pause()
            seen.append(shown(app))
            return await drawn(decision_id)

        monkeypatch.setattr(workspace, "pictured", slow)
        await open_first(app, pilot, "sit_start")
        assert "Working out both sides' points" in seen[0]
        assert "→" in seen[0]
        assert "Working out" not in shown(app)
        await press(pilot, "escape")
        assert not isinstance(app.screen, DecisionScreen)
