"""Sleeper and the source of kickoffs: whether they answer, and how fast."""

from __future__ import annotations

from collections.abc import AsyncIterator
from time import perf_counter
from typing import TYPE_CHECKING, Any

from fantasy_tui.cli.context import Context
from fantasy_tui.cli.doctor.finding import Finding, fault, ok, warning
from fantasy_tui.failures import UNREACHABLE

if TYPE_CHECKING:
    from fantasy_tui.sleeper.client import SleeperClient
    from fantasy_tui.sleeper.endpoints import Resource

SLOW = 2.0
"""Seconds from which an answer is slow: a sync asks many times."""


async def sources(context: Context) -> AsyncIterator[Finding]:
    """Ask each once; nobody is asked in offline mode."""
    settings = context.settings
    if settings.offline:
        yield ok("sleeper", "Not asked: offline mode is on.")
        yield ok("kickoffs", "Not asked: offline mode is on.")
        return
    from fantasy_tui.sleeper import endpoints
    from fantasy_tui.sleeper.client import SleeperClient

    address = str(settings.sleeper_url)
    async with SleeperClient(address, sleep=_at_once) as client:
        yield await _asked(client, "sleeper", endpoints.state(), address)
        games = str(settings.games_url)
        yield await _asked(client, "kickoffs", endpoints.games(games), games)


async def _asked(client: SleeperClient, check: str, resource: Resource[Any], address: str) -> Finding:
    from fantasy_tui.sleeper.errors import SleeperError

    began = perf_counter()
    try:
        await client.get(resource)
    except SleeperError as error:
        return fault(check, str(error), f"Asked at {address}; --offline asks nobody.", UNREACHABLE)
    took = perf_counter() - began
    if took > SLOW:
        return warning(
            check,
            f"{address} answers slowly, in {took:.1f} s.",
            "A sync will take minutes; try another network.",
        )
    return ok(check, f"{address} answers in {took * 1000:.0f} ms.")


async def _at_once(_: float) -> None:
    """Try again without a pause: somebody waits for the finding."""
