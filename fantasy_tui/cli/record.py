"""The command `record`."""

from __future__ import annotations

from typing import Any

from fantasy_tui.cli import output
from fantasy_tui.cli.context import Context
from fantasy_tui.clock import utcnow
from fantasy_tui.football.track import Band
from fantasy_tui.review.record import OVERALL, Answered, KindRecord, Tally
from fantasy_tui.tui import track

_WIDTH = 80
_ANSWERS = ("approved", "rejected", "expired")


async def record(context: Context) -> int:
    """How settled decisions came out: a line a kind, and a plot of stated against true."""
    kind, league_id = context.arguments.kind, context.arguments.league
    async with context.workspace() as workspace:
        whole = await workspace.record(league_id)
    shown = [one for one in whole.records if one.kind in (kind or one.kind, OVERALL)]
    if context.json:
        overall, *kinds = [_document(one) for one in shown]
        names = [one.kind for one in shown if one.kind != OVERALL]
        output.as_json({"kinds": dict(zip(names, kinds, strict=True)), OVERALL: overall})
        return 0
    if whole.empty:
        output.say(track.nothing_yet(whole, utcnow()))
        return 0
    output.say(*_table([one for one in shown if kind is None or one.kind == kind]))
    output.say(*_described(whole.of(kind or OVERALL)))
    return 0


def _table(records: list[KindRecord]) -> list[str]:
    headers = (
        "KIND",
        "SETTLED",
        "TRUE",
        "GAIN",
        "OFF BY",
        "BRIER",
        "APPROVED",
        "REJECTED",
        "EXPIRED",
        "TOSS-UPS",
    )
    rows = [
        (
            track.title(one.kind),
            one.calls.n,
            track.percent(one.calls.hit_rate),
            track.signed(one.calls.mean_gain),
            "" if one.calls.calibration_error is None else f"{100 * one.calls.calibration_error:.0f}",
            "" if one.calls.brier is None else f"{one.calls.brier:.3f}",
            *(_answer(getattr(one, answer)) for answer in _ANSWERS),
            f"{one.toss_ups.right}/{one.toss_ups.n}" if one.toss_ups.n else "",
        )
        for one in records
    ]
    return output.table(headers, rows, right=" rrrrrrrrr")


def _answer(answered: Answered) -> str:
    return f"{answered.n}: {track.signed(answered.gain)}" if answered.n else ""


def _described(one: KindRecord) -> list[str]:
    sentence = track.first_sentence(one)
    lines = ["", f"{track.title(one.kind).capitalize()}: {sentence[0].lower()}{sentence[1:]}"]
    if one.calls.n:
        drawn = track.plot(one.calls.bands, _WIDTH)
        lines += ["", *(line.text for line in drawn), "", track.LEGEND]
    return [*lines, *track.sentences(one)]


def _document(one: KindRecord) -> dict[str, Any]:
    answers = {answer: _answered(getattr(one, answer)) for answer in _ANSWERS}
    answers["automatic"] = _answered(one.automatic)
    document = _tally(one.calls) | answers | {"toss_ups": _tally(one.toss_ups)}
    return document | ({"plays": _tally(one.plays)} if one.plays is not None else {})


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "n": tally.n,
        "right": tally.right,
        "hit_rate": tally.hit_rate,
        "mean_gain": tally.mean_gain,
        "brier": tally.brier,
        "brier_skill": tally.brier_skill,
        "calibration_error": tally.calibration_error,
        "bins": [_bin(band) for band in tally.bands],
    }


def _bin(band: Band) -> dict[str, Any]:
    return {
        "low": band.low,
        "high": band.high,
        "n": band.n,
        "stated": band.stated if band.n else None,
        "hit_rate": band.hit_rate,
        "interval": band.interval,
    }


def _answered(answered: Answered) -> dict[str, Any]:
    return {"n": answered.n, "gain": answered.gain}
