"""The track record in words and characters, for the screen and the command line alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from fantasy_tui.football.track import Band
from fantasy_tui.review.record import OVERALL, REPORTS, KindRecord, Record, Tally
from fantasy_tui.tui.times import local, until

LEGEND = "● came true  ├─┤ 95 % interval  ┆ stated (┼ ◆ where they meet)  ! outside it"
DRAWN_LEGEND = ("● came true", "┬│┴ 95 % interval", "dotted: as stated", "! outside it")
NOT_ALONE = "Calls of one week hang together, so the true intervals are somewhat wider."
_LEFT, _RIGHT = 21, 2
_LEAST_SCALE = 21


@dataclass(frozen=True, slots=True)
class PlotLine:
    """A line of the plot; `off` when the stated confidence lies outside the interval of what came true."""

    text: str
    off: bool = False


def plot(bands: Sequence[Band], width: int) -> list[PlotLine]:
    """The reliability plot, a line a bin below its scale: true confidence puts each ● on its ┆.

    The scale is never narrower than 21 cells.
    """
    scale = max(width - _LEFT - _RIGHT, _LEAST_SCALE)
    head = f"{'Stated':>7}{'n':>6}{'True':>6}  {_ticks(scale)}"
    return [PlotLine(head.rstrip()), *(_line(band, scale) for band in bands)]


def _ticks(scale: int) -> str:
    marks = [" "] * scale
    step = 20 if scale >= 2 * _LEAST_SCALE else 50
    for share in range(0, 101, step):
        label = str(share)
        start = min(max(_cell(share / 100, scale) - len(label) // 2, 0), scale - len(label))
        marks[start : start + len(label)] = label
    return "".join(marks)


def _cell(share: float, scale: int) -> int:
    return round(share * (scale - 1))


def is_off(band: Band) -> bool:
    """True when the stated confidence lies outside the interval of what came true."""
    low, high = band.interval
    return not low <= band.stated <= high


def _line(band: Band, scale: int) -> PlotLine:
    stated = band.stated if band.n else (band.low + band.high) / 200
    diagonal = _cell(stated, scale)
    marks = [" "] * scale
    off = False
    if band.hit_rate is not None:
        low, high = band.interval
        off = is_off(band)
        first, last = _cell(low, scale), _cell(high, scale)
        marks[first : last + 1] = "─" * (last + 1 - first)
        marks[first], marks[last] = "├", "┤"
        hit = _cell(band.hit_rate, scale)
        marks[hit] = "●"
        marks[diagonal] = "◆" if diagonal == hit else "┼" if first <= diagonal <= last else "┆"
    else:
        marks[diagonal] = "┆"
    name = f"{band.low}-{band.high}"
    text = f"{name:>7}{band.n or '':>6}{percent(band.hit_rate):>6}  {''.join(marks)}{' !' if off else ''}"
    return PlotLine(text.rstrip(), off)


def percent(share: float | None) -> str:
    """ "58 %"; nothing for none."""
    return f"{100 * share:.0f} %" if share is not None else ""


def signed(points: float | None) -> str:
    """League points with a sign and one decimal; nothing for none."""
    return f"{points:+.1f}" if points is not None else ""


def title(kind: str) -> str:
    """The kind in words."""
    return "all advice" if kind == OVERALL else kind.replace("_", " ")


def first_sentence(record: KindRecord) -> str:
    """How many came true and what a call was worth."""
    calls = record.calls
    if not calls.n:
        return "Nothing of this kind has been settled yet."
    low, high = calls.interval
    unit = "points of margin a matchup" if record.kind == REPORTS else "points a call"
    return (
        f"{calls.right} of {calls.n} came true: {percent(calls.hit_rate)}"
        f" (95 % interval {100 * low:.0f} to {100 * high:.0f}); {signed(calls.mean_gain)} {unit}."
    )


def sentences(record: KindRecord) -> list[str]:
    """How true the confidence was, what the answers were worth, and how the toss-ups did."""
    said = []
    if record.calls.n:
        said.append(f"Confidence: {_truth(record.calls)}.")
    answers = [
        f"{verb} {one.n}: {'won' if one.gain >= 0 else 'lost'} {abs(one.gain):.1f} points"
        for verb, one in (
            ("approved", record.approved),
            ("rejected", record.rejected),
            ("let expire", record.expired),
        )
        if one.n
    ]
    if answers:
        said.append(f"You {'; '.join(answers)}.")
    if record.automatic.n:
        own = record.automatic
        won = f"{'won' if own.gain >= 0 else 'lost'} {abs(own.gain):.1f} points"
        said.append(f"Of those, rules approved {own.n}: {won}.")
    if record.toss_ups.n:
        tossed = record.toss_ups
        said.append(
            f"Toss-ups, kept apart: {tossed.right} of {tossed.n} came true ({percent(tossed.hit_rate)}),"
            f" {signed(tossed.mean_gain)} points each."
        )
    if record.plays is not None and record.plays.n:
        plays = record.plays
        said.append(f"Whether the player plays: he did in {plays.right} of {plays.n}; {_truth(plays)}.")
    if record.calls.n:
        said.append(NOT_ALONE)
    return said


def _truth(tally: Tally) -> str:
    return (
        f"off by {100 * (tally.calibration_error or 0):.0f} percentage points on average,"
        f" Brier {tally.brier or 0:.3f} against a coin's 0.250 (skill {100 * (tally.brier_skill or 0):+.0f} %)"
    )


def nothing_yet(record: Record, now: datetime) -> str:
    """Said while nothing is settled: when the first decisions will be."""
    first = record.upcoming
    if first is None:
        return "Nothing has been settled yet, and no decision stands to be settled: let the agents run first."
    what = "the first decision" if first.decisions == 1 else f"the first {first.decisions} decisions"
    week = f"week {first.week} of {first.season}"
    if first.final_at <= now:
        return f"Nothing has been settled yet. {week.capitalize()} is over: the next sync settles {what}."
    when = f"{local(first.final_at)}, in {until(first.final_at, now)}"
    return f"Nothing has been settled yet. The first sync after {week} is over ({when}) settles {what}."
