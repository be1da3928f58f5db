"""The command `sync`."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from fantasy_tui.cli import output
from fantasy_tui.cli.bar import bar
from fantasy_tui.cli.context import Context

if TYPE_CHECKING:
    from fantasy_tui.sleeper.report import SyncReport


async def sync(context: Context) -> int:
    """Bring the store up to date with Sleeper."""
    async with context.workspace(for_user=False) as workspace:
        with bar(silent=context.json) as progress:
            report = await workspace.sync(
                context.arguments.name, lambda at: progress.show(at.done, at.total, at.step)
            )
        leagues = sum(not league.left for league in await workspace.browse.leagues())
    if context.json:
        output.as_json(_document(report))
        return 0
    output.say(_summary(report, leagues))
    output.say(*(output.plain(one.skipped) for one in report.skipped))
    return 0


def _document(report: SyncReport) -> dict[str, Any]:
    return {
        "user_id": report.user_id,
        "username": report.username,
        "started_at": report.started_at,
        "finished_at": report.finished_at,
        "requests": report.requests,
        "inserted": report.inserted,
        "updated": report.updated,
        "deleted": report.deleted,
        "changed": report.changed,
        "resources": [asdict(resource) for resource in report.resources],
    }


def _summary(report: SyncReport, leagues: int) -> str:
    if not report.changed:
        return "Nothing has changed."
    gone = f", {report.deleted:,} gone" if report.deleted else ""
    return (
        f"{leagues} league{'s' * (leagues != 1)}, {report.inserted:,} rows new,"
        f" {report.updated:,} changed{gone}."
    )
