"""The command `doctor`: is everything there that the app needs, and how is what is wrong to be mended?"""

from __future__ import annotations

import platform
from collections.abc import AsyncIterator, Iterable
from importlib.metadata import version

from fantasy_tui import __version__
from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.cli.doctor import files, network, stored, terminal
from fantasy_tui.cli.doctor.finding import Finding, ok
from fantasy_tui.failures import OK


async def doctor(context: Context) -> int:
    """Check everything, whatever is wrong; the first fault gives the exit code."""
    findings = [finding async for finding in _findings(context)]
    if context.json:
        output.as_json(
            [
                {
                    "check": one.check,
                    "state": one.state,
                    "ok": one.state != "fault",
                    "message": one.message,
                    "remedy": one.remedy or None,
                }
                for one in findings
            ]
        )
    else:
        rows = [
            (
                one.state.upper() if one.state != "ok" else "ok",
                one.check,
                f"{one.message} {one.remedy}".rstrip(),
            )
            for one in findings
        ]
        output.say(*output.table(("", "CHECK", "FOUND"), rows), _summed(findings))
    return next((one.code for one in findings if one.state == "fault"), OK)


async def _findings(context: Context) -> AsyncIterator[Finding]:
    yield ok(
        "app",
        f"fantasy-tui {__version__}, Textual {version('textual')}, Python {platform.python_version()},"
        f" {platform.system()}.",
    )
    usable = files.settings(context)
    yield usable
    for finding in (files.keys(), *files.folders()):
        yield finding
    if usable.state != "fault":
        async for finding in stored.database(context):
            yield finding
        async for finding in network.sources(context):
            yield finding
    for finding in terminal.findings():
        yield finding


def _summed(findings: Iterable[Finding]) -> str:
    states = [one.state for one in findings]
    faults, warnings = states.count("fault"), states.count("warning")
    if not faults and not warnings:
        return "All is well."
    told = [f"{n} {what}{'s' * (n != 1)}" for n, what in ((faults, "fault"), (warnings, "warning")) if n]
    return f"{' and '.join(told)}."
