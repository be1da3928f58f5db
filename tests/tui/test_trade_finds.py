"""Deals and counters to an offer: found, laid on the bench, or left."""

import asyncio
from typing import Any

import pytest

from fantasy_tui.browse import Browse
from fantasy_tui.football.bench import Bench
from fantasy_tui.tui.screens.trade_finds import TradeFinds
from fantasy_tui.tui.screens.trades import TradesScreen
from fantasy_tui.tui.widgets.row_table import RowTable
from tests.tui.host import each, press, settle, shown
from tests.tui.test_app import running
from tests.tui.test_trades import OFFER, about, screen_of


async def test_counters_and_deals_are_laid_on_the_bench(demo_sqlite: str, surroundings: None) -> None:
    async with running(demo_sqlite, (120, 40)) as (app, pilot):
        await each(pilot, "6", *OFFER, "f", "G")
        assert screen_of(app) is TradeFinds
        table = app.screen.query_one(RowTable)
        assert table.row_count > 0
        assert "deal" in shown(app)
        assert "of what it promises are luck" in about(app)
        assert "nothing is sent" in shown(app)
        sentence = about(app).split("\n")[0]
        await press(pilot, "enter")
        assert screen_of(app) is TradesScreen
        assert about(app).split("\n")[0] == sentence


async def test_closing_the_finds_stops_the_search(
    demo_sqlite: str, surroundings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = asyncio.Event()
    stops: list[Any] = []

    async def counters(*_: Any, stop: Any, **__: Any) -> list[Bench]:
        stops.append(stop)
        await asked.wait()
        return []

    async with running(demo_sqlite) as (app, pilot):
        await each(pilot, "6", *OFFER)
        before = about(app)
        monkeypatch.setattr(Browse, "counters", counters)
        await pilot.press("f")
        await pilot.pause(0.05)
        assert screen_of(app) is TradeFinds
        assert [stop() for stop in stops] == [False]
        await pilot.press("escape")
        await pilot.pause()
        assert [stop() for stop in stops] == [True]
        asked.set()
        await settle(pilot)
        assert screen_of(app) is TradesScreen
        assert about(app) == before


async def test_no_deal_and_no_counter_are_said(
    demo_sqlite: str, surroundings: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(*_: Any, **__: Any) -> list[Bench]:
        return []

    monkeypatch.setattr(Browse, "deals", nothing)
    async with running(demo_sqlite) as (app, pilot):
        await each(pilot, "6", "f")
        assert "There is no deal with this partner" in about(app)
        await each(pilot, "enter", "escape")
        assert isinstance(app.screen, TradesScreen)
