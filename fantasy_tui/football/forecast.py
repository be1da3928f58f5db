"""A player's expected points from every source known: their weighted mean, form and the betting lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from .calibration import CALIBRATION
from .projection import Basis, Projection, complete, project
from .scoring import league_points

PPR: Mapping[str, float] = {
    "pass_yd": 0.04, "pass_td": 4.0, "pass_int": -1.0, "pass_2pt": 2.0,
    "rush_yd": 0.1, "rush_td": 6.0, "rush_2pt": 2.0,
    "rec": 1.0, "rec_yd": 0.1, "rec_td": 6.0, "rec_2pt": 2.0, "fum_lost": -2.0,
}  # fmt: skip
"""Sleeper's preset behind `pts_ppr`, for positions that neither kick nor defend."""

_SKILL = frozenset({"QB", "RB", "WR", "TE"})
# A preset total this far from what its own statistics add up to is another source's.
_ANOTHER_SOURCE = 0.5
_FORM_GAMES, _FORM_DECAY = 6, 0.75
_ENOUGH_FORM = 3
_LOST_HIS_PLACE = 0.5


SEASON_AVERAGE = "season average"
"""The name of the part that no source stands behind."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Points the betting lines expect of a team and of its opponent (None: no lines known)."""

    team_total: float | None = None
    opponent_total: float | None = None


NO_LINES = Lines()


def implied_totals(spread_line: float | None, total_line: float | None) -> tuple[float, float] | None:
    """Points expected of the home and the away team; `spread_line` is by how many the home team is favoured."""
    if spread_line is None or total_line is None:
        return None
    return (total_line + spread_line) / 2, (total_line - spread_line) / 2


def forecast(
    sources: Mapping[str, Mapping[str, float]],
    scoring: Mapping[str, float],
    positions: frozenset[str],
    past_points: Sequence[float] = (),
    lines: Lines = NO_LINES,
) -> Projection:
    """Expected league points from the rows of all sources (name to statistics), form and lines.

    The mean of the sources by the calibration's weights, plus small per-position terms measured on many
    seasons: recent games against the projection, and the team's expected points. Defences lean on what the
    lines expect of their opponent. `past_points` are league points of the season's games so far, in order.
    """
    parts: list[tuple[str, Projection]] = []
    for name, row in sources.items():
        parts += _views_of(name, row, scoring, positions, past_points)
    if not parts:
        base = project(None, scoring, positions, past_points)
        if base.basis is Basis.AVERAGE:
            base = replace(base, parts=((SEASON_AVERAGE, base.points),))
    else:
        best = min((p.basis for _, p in parts), key=list(Basis).index)
        used = [
            (name, p) for name, p in dict.fromkeys(parts) if p.basis is best or p.basis is not Basis.AVERAGE
        ]
        weights = [CALIBRATION.weight(name, positions) for name, _ in used]
        mean = sum(w * p.points for w, (_, p) in zip(weights, used, strict=True)) / sum(weights)
        base = Projection(mean, best, tuple((name, p.points) for name, p in used))
    return _adjusted(base, positions, past_points, lines)


def _views_of(
    name: str,
    row: Mapping[str, float],
    scoring: Mapping[str, float],
    positions: frozenset[str],
    past_points: Sequence[float],
) -> list[tuple[str, Projection]]:
    """What a source's row says: its statistics in the league's scoring, and a preset total that is not theirs."""
    own = project(row, scoring, positions, past_points)
    if own.basis is Basis.NONE:
        return []
    if own.basis is Basis.AVERAGE:
        return [(SEASON_AVERAGE, own)]
    found = [(name, own)]
    total = row.get("pts_ppr")
    if own.basis is Basis.COMPONENTS and total is not None and positions <= _SKILL:
        stats = complete(row, PPR, positions)
        in_ppr = league_points(stats, PPR)
        if in_ppr > 1 and own.points > 0 and abs(total - in_ppr) > _ANOTHER_SOURCE:
            # The league's rules move a total as they move the statistics beside it.
            ratio = min(2.0, max(0.5, own.points / in_ppr))
            found.append((f"{name} total", Projection(round(total * ratio, 2), Basis.PRESET)))
    return found


def _adjusted(
    base: Projection, positions: frozenset[str], past_points: Sequence[float], lines: Lines
) -> Projection:
    effects: list[tuple[str, float]] = []
    if positions == {"DEF"}:
        return _defence(base, lines)
    if base.points <= 0 or base.basis is Basis.NONE:
        return replace(base, points=round(base.points, 2))
    if positions == {"K"}:
        return _kicker(base)
    position = next((p for p in ("QB", "RB", "WR", "TE") if p in positions), None)
    if position is not None and base.basis is not Basis.AVERAGE:
        recent = form(past_points)
        if recent is not None:
            effects.append(("form", CALIBRATION.form[position] * (recent - base.points)))
        if lines.team_total is not None:
            above = lines.team_total - CALIBRATION.average_team_total
            effects.append(("team total", CALIBRATION.team_total[position] * above))
    points = max(0.0, base.points + sum(points for _, points in effects))
    return replace(base, points=round(points, 2), effects=tuple((n, round(p, 2)) for n, p in effects))


def _defence(base: Projection, lines: Lines) -> Projection:
    """A defence: half its projection or average, half what the lines say; either alone where only one is known."""
    if lines.opponent_total is None:
        return replace(base, points=round(base.points, 2))
    fit = CALIBRATION.defence
    above = lines.opponent_total - CALIBRATION.average_team_total
    by_lines = fit["mean"] + fit["opponent_total"] * above
    if base.basis in (Basis.NONE, Basis.AVERAGE):
        # A season's average says next to nothing about a defence (R² 0.6 %).
        return Projection(round(by_lines, 2), Basis.LINES, (("lines", round(by_lines, 2)),))
    points = (base.points + by_lines) / 2
    effect = (("opponent's total", round(points - base.points, 2)),)
    return replace(base, points=round(points, 2), effects=effect)


def _kicker(base: Projection) -> Projection:
    """A kicker: what is projected above or below the usual hardly ever comes true."""
    fit = CALIBRATION.kicker
    points = fit["mean"] + fit["slope"] * (base.points - fit["mean"])
    effect = (("kickers are alike", round(points - base.points, 2)),)
    return replace(base, points=round(points, 2), effects=effect)


def form(past_points: Sequence[float]) -> float | None:
    """Mean of the last six games, each weighing three quarters of the next; none before three games."""
    recent = past_points[-_FORM_GAMES:]
    if len(recent) < _ENOUGH_FORM:
        return None
    weights = [_FORM_DECAY ** (len(recent) - 1 - index) for index in range(len(recent))]
    return sum(w * p for w, p in zip(weights, recent, strict=True)) / sum(weights)


def level(projected: Sequence[float], past_points: Sequence[float], latest: float | None = None) -> float:
    """Points to expect of a game in a week that no source has projected yet.

    Seven parts the mean of the latest three projections, three parts the mean of the season's games; either
    alone where only one is known, 0 where neither is. `latest` is what sources expect this week of a healthy
    player who has a game (none: he has none, or sources leave out players like him): less than half of his
    level means that he has lost his place, and then it counts alone.
    """
    known = [points for points in projected if points > 0][-3:]
    if not known or not past_points:
        found = fmean(known or past_points or [0.0])
    else:
        found = 0.7 * fmean(known) + 0.3 * fmean(past_points)
    return latest if latest is not None and latest < _LOST_HIS_PLACE * found else found


def is_projected_weekly(positions: frozenset[str]) -> bool:
    """Whether sources project everyone of these positions who is expected to play; not kickers and defenders."""
    return positions <= _SKILL
