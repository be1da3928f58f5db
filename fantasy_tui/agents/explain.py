"""The sentences every recommendation shares: frequency first, then range, contributions, record and age.

All numbers are computed; an effect too small to measure is said to be one, not hidden.
"""

from collections.abc import Collection, Sequence

from fantasy_tui.football.odds import weakened
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.track import Band
from fantasy_tui.football.view import LeagueView, PlayerWeek

NO_EFFECT = 0.1
"""League points below which a contribution is told as none."""
NEVER_AN_EFFECT = "opponent rank: no measurable effect"
"""Points a defence has allowed correlate .03 to .06 with what a projection misses (seasons 2016-25)."""


def frequency(probability: float, gain: float, middle: tuple[float, float] | None = None) -> str:
    """`61 in 100 · expected +2.4 points; the difference usually lands between -7 and +12 (middle 68 %).`"""
    said = f"{round(100 * probability)} in 100 · expected {gain:+.1f} points"
    if middle is None:
        return f"{said}."
    return f"{said}; the difference usually lands between {middle[0]:+.0f} and {middle[1]:+.0f} (middle 68 %)."


def contributions(player: PlayerWeek) -> str:
    """What makes up a player's expected points, source by source."""
    projection = player.projection
    parts = [f"{name} {points:.1f}" for name, points in projection.parts]
    words = [f"{player.name}: projection {projection.points:.1f}" + (f" ({', '.join(parts)})" if parts else "")]
    for name, points in projection.effects:
        known = {"team total": player.lines.team_total, "opponent's total": player.lines.opponent_total}.get(name)
        label = f"{name} {known:.1f}" if known is not None else name
        words.append(f"{label} ({points:+.1f})" if abs(points) >= NO_EFFECT else f"{label}: no measurable effect")
    if player.availability.play_probability < 1:
        words.append(f"plays in {round(100 * player.availability.play_probability)} of 100")
    return " · ".join(words)


def record(view: LeagueView, kind: str, probability: float) -> str | None:
    """How settled calls of this kind came out at this confidence; says so when there are none."""
    band = _band(view.track.get(kind, ()), 100 * probability)
    if band is None or not band.n:
        return "No call at this confidence has been settled here yet."
    low, high = band.interval
    return (
        f"Calls at {band.low}-{band.high} came true {round(100 * band.right / band.n)} % of {band.n}"
        f" (95 % interval {round(100 * low)} to {round(100 * high)})."
    )


def _band(bands: Sequence[Band], confidence: float) -> Band | None:
    return next((b for b in bands if b.low <= confidence < b.high or (b.high == 100 == confidence)), None)


def lacks(view: LeagueView, players: Collection[PlayerWeek]) -> tuple[str, ...]:
    """What is missing or old among the inputs about these players, and what it means."""
    found = []
    if view.stale:
        found.append("Inputs are more than six hours old on a game day: the confidence is lowered for it.")
    found += [f"{name} is left out: failed or stale." for name in view.dropped_sources]
    for basis, sentence in (
        (Basis.PRESET, "a preset total, not this league's own scoring"),
        (Basis.LINES, "no projection known, expected from the betting lines"),
        (Basis.AVERAGE, "season average, no projection known"),
        (Basis.NONE, "nothing is known to expect"),
    ):
        names = [p.name for p in players if p.projection.basis is basis and not p.on_bye]
        if names:
            found.append(f"{', '.join(names)}: {sentence}.")
    unlined = [p.name for p in players if p.kickoff is not None and p.lines.team_total is None]
    if players and len(unlined) == len(players):
        found.append("No betting lines are known for these games.")
    return tuple(found)


def lowered(view: LeagueView, probability: float) -> float:
    """The probability as it may be shown: closer to even where the inputs are stale."""
    return weakened(probability) if view.stale else probability
