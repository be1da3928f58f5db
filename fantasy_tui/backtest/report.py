"""A back-test as JSON values and as sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fantasy_tui.backtest.replay import REPORTS
from fantasy_tui.backtest.results import ENOUGH, Backtest, Efficiency, KindResult, Tally
from fantasy_tui.football.calibration import CALIBRATION
from fantasy_tui.football.track import Band

INSTANT = "one minute before the week's first kickoff"
# The comparison that flatters the managers.
LATER_NEWS = (
    "Managers' points are those of their last line-ups, set with news that came after that instant; where"
    " line-ups were not seen before kickoff, advice starts from these last ones too."
)
BOTH_SIDES = (
    f"{REPORTS.value}: both teams of a matchup get a report, so half of them win and the margins cancel; only the"
    " Brier score and the bins tell how good the stated chances are."
)
# Of what is replayed, this has no memory at all.
TODAYS = (
    "Teams' names and managers, league settings and players' positions are those stored now; "
    "who started is taken to have been on neither reserve nor taxi, adds and trades to have been allowed."
)


def document(found: Backtest) -> dict[str, Any]:
    """Everything, for `--json`: shares are 0 to 1, bins are in hundredths, null where nothing was settled."""
    return {
        "season": found.season,
        "weeks": list(found.weeks),
        "agents": {one.kind.value: _kind(one) for one in found.kinds},
        "lineup_efficiency": _efficiency(found.lineups)
        | {
            "no_dead_starter": _efficiency(found.no_dead_starter),
            "best_ball_left_out": list(found.best_ball),
        },
        "calibration": {
            "version": CALIBRATION.version,
            "fit_weeks": CALIBRATION.fit_weeks,
            "test_weeks": CALIBRATION.test_weeks,
            "obtained": CALIBRATION.obtained,
        },
        "regime": {
            "instant": INSTANT,
            "league_weeks": found.league_weeks,
            "leagues": list(found.leagues),
            "weeks_left_out": list(found.left_out),
            "inputs": {
                one.name: {"seen": one.seen, "missing": one.missing, "stand_ins": dict(one.stand_ins)}
                for one in found.inputs
            },
            "notes": regime(found),
            "remarks": remarks(found.kinds),
        },
    }


def _kind(one: KindResult) -> dict[str, Any]:
    shown = {
        "decisions": one.decisions,
        **_tally(one.calls),
        "toss_ups": {"decisions": one.listed, **_tally(one.toss_ups)},
        "runs": one.runs,
        "errors": one.errors,
    }
    if one.plays is not None:
        tally = _tally(one.plays)
        kept = ("settled", "hit_rate", "brier", "brier_skill", "calibration_error", "bins")
        shown["plays"] = {key: tally[key] for key in kept}
    return shown


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "settled": tally.n,
        "hit_rate": tally.hit_rate,
        "interval": tally.interval if tally.n else None,
        "brier": tally.brier,
        "brier_skill": tally.brier_skill,
        "calibration_error": tally.calibration_error,
        "mean_gain": tally.mean_gain,
        "mean_gain_interval": tally.mean_gain_interval,
        "no_effect": tally.no_effect,
        "bins": [_bin(band) for band in tally.bands],
    }


def _bin(band: Band) -> dict[str, Any]:
    return {
        "low": band.low,
        "high": band.high,
        "n": band.n,
        "hit_rate": band.hit_rate,
        "stated": band.stated if band.n else None,
        "interval": band.interval if band.n else None,
    }


def _efficiency(one: Efficiency) -> dict[str, Any]:
    return {
        "agent": one.agent,
        "manager": one.manager,
        "hindsight_points": one.hindsight_points,
        "team_weeks": one.team_weeks,
        "mean_difference": one.mean_difference,
        "interval": one.interval,
    }


def regime(found: Backtest) -> list[str]:
    """From when the inputs are, a sentence each."""
    told = [f"Every agent stood {INSTANT} and was told nothing that was seen later."]
    for one in found.inputs:
        parts = (
            [f"seen before kickoff in {one.seen} of {found.league_weeks} league-weeks"] if one.seen else []
        )
        parts += [f"{words} in {count}" for words, count in one.stand_ins.items()]
        parts += [f"none stored in {one.missing}"] if one.missing else []
        told.append(f"{one.name.capitalize()}: {'; '.join(parts) or 'none'}.")
    told += [LATER_NEWS, TODAYS]
    if found.left_out:
        told.append(f"Not final here and left out: weeks {', '.join(map(str, found.left_out))}.")
    if found.best_ball:
        told.append(f"In {len(found.best_ball)} best-ball leagues nobody sets a line-up: none is compared.")
    return told


def remarks(kinds: Sequence[KindResult]) -> list[str]:
    """How to read each kind's numbers, and which of them prove no level, a sentence each."""
    told = []
    for one in kinds:
        if one.kind is REPORTS and one.calls.n:
            told.append(BOTH_SIDES)
        name, calls = one.kind.value, one.calls
        if calls.no_effect:
            told.append(f"{name}: {calls.no_effect} of {calls.n} calls made no difference and count as true.")
        if not calls.n:
            if one.runs:
                told.append(f"{name}: nothing was settled, so nothing is known.")
        elif calls.n < ENOUGH:
            told.append(f"{name}: {calls.n} settled calls are too few to prove a level.")
        elif not calls.proves:
            low, high = calls.interval
            told.append(
                f"{name}: the true share may lie anywhere between {100 * low:.0f} and {100 * high:.0f} %;"
                f" that proves no level."
            )
    return told
