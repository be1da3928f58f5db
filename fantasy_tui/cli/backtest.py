"""The command `backtest`."""

from __future__ import annotations

import re

from fantasy_tui.backtest.before import SeasonNotStored
from fantasy_tui.backtest.report import document, regime, remarks
from fantasy_tui.backtest.results import Backtest, Efficiency, Interval, KindResult
from fantasy_tui.backtest.run import Progress, WeeksNotStored, ranges
from fantasy_tui.cli import output
from fantasy_tui.cli.bar import bar
from fantasy_tui.cli.context import Context, NotFound, UsageError
from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.models import AgentTaskType

_LAST = 18


async def backtest(context: Context) -> int:
    """Replay a season's final weeks with the agents as they are, and tell how the advice came out."""
    arguments = context.arguments
    weeks = weeks_of(arguments.weeks) if arguments.weeks is not None else None
    kinds = [AgentTaskType(arguments.kind)] if arguments.kind is not None else None
    async with context.workspace(for_user=False) as workspace:
        with bar(silent=context.json) as progress:

            def show(at: Progress) -> None:
                progress.show(at.done, at.total, at.step)

            try:
                found = await workspace.backtest(
                    arguments.season, weeks=weeks, kinds=kinds, league_id=arguments.league, on_progress=show
                )
            except SeasonNotStored as error:
                raise NotFound(str(error)) from error
            except WeeksNotStored as error:
                raise UsageError(str(error)) from error
    if context.json:
        output.as_json(document(found))
    else:
        output.say(*described(found, kinds))
    return 0


def weeks_of(text: str) -> list[int]:
    """The weeks of `2-16`, `9` or `2-9,11`; raises UsageError."""
    weeks: set[int] = set()
    for part in text.split(","):
        ends = re.fullmatch(r"\s*(\d{1,2})\s*(?:-\s*(\d{1,2}))?\s*", part)
        first, last = (int(ends[1]), int(ends[2] or ends[1])) if ends else (0, 0)
        if not 1 <= first <= last <= _LAST:
            raise UsageError(f"--weeks {text!r} is not a range of weeks from 1 to {_LAST}, such as 2-16.")
        weeks.update(range(first, last + 1))
    return sorted(weeks)


def described(found: Backtest, kinds: list[AgentTaskType] | None = None) -> list[str]:
    """The whole report for people; `kinds` are those that were asked for (none: all)."""
    shown = [one for one in found.kinds if kinds is None or one.kind in kinds]
    names = ", ".join(output.plain(name, output.WIDEST) for name in found.leagues)
    lines = [f"Season {found.season}, weeks {ranges(found.weeks)}: {names}", "", *_agents(shown)]
    lines += ["", *_bins(shown)] if any(one.calls.n for one in shown) else []
    lines += ["", *_lineups(found), ""]
    lines += [*remarks(shown), *_presences(shown), *_failures(shown)]
    lines += ["Intervals of shares are Wilson's; those of points are bootstrapped by NFL week; both 95 %."]
    lines += ["", *regime(found), f"Calibration {CALIBRATION.version}: {CALIBRATION.obtained}"]
    return lines


def _agents(kinds: list[KindResult]) -> list[str]:
    headers = (
        "AGENT", "DECISIONS", "SETTLED", "TRUE", "95 %", "GAIN", "95 %", "BRIER", "SKILL", "OFF BY",
        "TOSS-UPS", "TRUE", "RUNS", "ERRORS",
    )  # fmt: skip
    rows = [
        (
            one.kind.value, one.decisions, one.calls.n, _percent(one.calls.hit_rate),
            _shares(one.calls.interval) if one.calls.n else "", _points(one.calls.mean_gain),
            _spread(one.calls.mean_gain_interval), _number(one.calls.brier), _number(one.calls.brier_skill),
            _percent(one.calls.calibration_error), one.listed, _percent(one.toss_ups.hit_rate), one.runs,
            one.errors,
        )
        for one in kinds
    ]  # fmt: skip
    return output.table(headers, rows, right=" " + "r" * 13)


def _bins(kinds: list[KindResult]) -> list[str]:
    rows = [
        (
            one.kind.value, f"{band.low}-{band.high}", band.n, f"{100 * band.stated:.0f} %",
            _percent(band.hit_rate), _shares(band.interval),
        )
        for one in kinds
        for band in one.calls.bands
        if band.n
    ]  # fmt: skip
    return output.table(("AGENT", "BIN", "N", "STATED", "TRUE", "95 %"), rows, right=" rrrrr")


def _presences(kinds: list[KindResult]) -> list[str]:
    return [
        f"{one.kind.value}: stated chances to play have a Brier score of {one.plays.brier:.3f} over {one.plays.n}."
        for one in kinds
        if one.plays is not None and one.plays.brier is not None
    ]


def _failures(kinds: list[KindResult]) -> list[str]:
    return [
        f"{one.kind.value}: {one.errors} runs failed; the log has the causes." for one in kinds if one.errors
    ]


def _lineups(found: Backtest) -> list[str]:
    rows = [
        (
            name, one.team_weeks, _percent(one.agent, 1), _percent(one.manager, 1),
            output.points(one.hindsight_points), _points(one.mean_difference, 2), _spread(one.interval, 2),
        )
        for name, one in (("all team-weeks", found.lineups), ("no dead starter", found.no_dead_starter))
    ]  # fmt: skip
    headers = ("LINE-UPS", "TEAM-WEEKS", "AGENT", "MANAGER", "HINDSIGHT", "DIFFERENCE", "95 %")
    table = output.table(headers, rows, right=" rrrrrr")
    return [*table, _verdict(found.no_dead_starter)]


def _verdict(one: Efficiency) -> str:
    if one.interval is None or one.mean_difference is None:
        return "Too few weeks to compare the agent's line-ups with the managers'."
    low, high = one.interval
    if low <= 0 <= high:
        return "Where nobody dead was started, the agent's line-ups and the managers' cannot be told apart."
    better = "more" if low > 0 else "less"
    return (
        f"Where nobody dead was started, the agent's line-ups score {abs(one.mean_difference):.2f} points"
        f" {better} a team-week."
    )


def _percent(share: float | None, digits: int = 0) -> str:
    return "" if share is None else f"{100 * share:.{digits}f} %"


def _shares(interval: Interval) -> str:
    return f"{100 * interval[0]:.0f} to {100 * interval[1]:.0f}"


def _points(number: float | None, digits: int = 1) -> str:
    return "" if number is None else f"{number:+.{digits}f}"


def _spread(interval: Interval | None, digits: int = 1) -> str:
    return "" if interval is None else f"{interval[0]:+.{digits}f} to {interval[1]:+.{digits}f}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"
