"""The sentences every recommendation shares: frequency first, then range, contributions, record and age.

All numbers are computed; an effect too small to measure is said to be one, not hidden.
"""

from collections.abc import Collection, Sequence

from fantasy_tui.football.availability import POINTS_WHEN_QUESTIONABLE
from fantasy_tui.football.odds import middle_68, probability_at_least, weakened
from fantasy_tui.football.projection import Basis
from fantasy_tui.football.track import Band
from fantasy_tui.football.trust import FIRST_WEEK
from fantasy_tui.football.trust import lowered as lowered
from fantasy_tui.football.view import LeagueView, PlayerWeek

NO_EFFECT = 0.1
"""League points below which a contribution is told as none."""
NEVER_AN_EFFECT = "opponent rank: no measurable effect"
"""Points a defence has allowed correlate .03 to .06 with what a projection misses (seasons 2016-25)."""

_GUESSED = 2.0
"""Ratio of variances taken for a guess; an assumption."""

_NAMED = 2
_BASES = (
    (Basis.PRESET, "a preset total, not this league's own scoring"),
    (Basis.LINES, "no projection known, expected from the betting lines"),
    (Basis.AVERAGE, "season average, no projection known"),
    (Basis.NONE, "nothing is known to expect"),
)


def possessive(name: str) -> str:
    """`Waddle's`, `Steelers'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def signed(points: float, decimals: int = 1) -> str:
    """`+2.4`, `-7`; never `-0`."""
    rounded = round(points, decimals)
    return f"{rounded if rounded else 0.0:+.{decimals}f}"


def frequency(probability: float, gain: float, middle: tuple[float, float] | None = None) -> str:
    """`61 in 100 · expected +2.4 points; the difference usually lands between -7 and +12 (middle 68 %).`"""
    said = f"{round(100 * probability)} in 100 · expected {signed(gain)} points"
    if middle is None:
        return f"{said}."
    low, high = (signed(end, 0) for end in middle)
    return f"{said}; the difference usually lands between {low} and {high} (middle 68 %)."


def contributions(player: PlayerWeek) -> str:
    """What makes up a player's expected points: each source, each effect, and the chance that he plays."""
    projection = player.projection
    parts = [f"{name} {points:.1f}" for name, points in projection.parts]
    total = f"projection {projection.points:.1f}" + (f" ({', '.join(parts)})" if parts else "")
    words = [f"{player.name}: {'no projection' if projection.basis is Basis.NONE else total}"]
    for name, points in projection.effects:
        known = {"team total": player.lines.team_total, "opponent's total": player.lines.opponent_total}.get(
            name
        )
        label = f"{name} {known:.1f}" if known is not None else name
        effect = (
            f"{label} ({signed(points)})" if abs(points) >= NO_EFFECT else f"{label}: no measurable effect"
        )
        words.append(effect)
    available = player.availability
    if available.is_dead:
        words.append(f"will not play ({available.reason})")
    elif available.play_probability < 1:
        words.append(f"{plays(player)}{_in_full(player)}: expected {player.expected:.1f}")
    return " · ".join(words)


def plays(player: PlayerWeek) -> str:
    """`plays in 76 of 100 (Questionable, limited in practice)`."""
    available = player.availability
    why = f" ({available.reason})" if available.reason else ""
    return f"plays in {_in_100(player)}{why}"


def _in_100(player: PlayerWeek) -> str:
    return f"{round(100 * player.availability.play_probability)} of 100"


def _in_full(player: PlayerWeek) -> str:
    hampered = player.availability.share < player.availability.play_probability
    return f", at {round(100 * POINTS_WHEN_QUESTIONABLE)} % of his projection" if hampered else ""


def flips(start: PlayerWeek, sit: PlayerWeek | None, gain: float) -> tuple[str, ...]:
    """What would turn a call for `start` over `sit` around; `gain` is what it is worth, negative if nothing.

    Each completes the sentence "flips if …".
    """
    found = []
    if start.availability.play_probability < 1 and gain > 0:
        found.append(f"{start.name} is inactive ({start.availability.reason}: plays in {_in_100(start)})")
    changes = sit if gain > 0 else start
    if changes is not None and not changes.availability.is_dead:
        rise = abs(gain) / changes.availability.share
        found.append(f"{possessive(changes.name)} projection rises {max(rise, 0.1):.1f}")
    return tuple(found)


def record(view: LeagueView, kind: str, probability: float) -> str | None:
    """How settled calls of this kind came out at this confidence; says so when there are none."""
    band = _band(view.track.get(kind, ()), round(100 * probability))
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
    """What is missing or old among the inputs about these players, and what it means; few words for many."""
    found = []
    if view.week == FIRST_WEEK:
        found.append("No game of this season has been played: the confidence is lowered for it.")
    if view.stale:
        found.append("Inputs are more than six hours old on a game day: the confidence is lowered for it.")
    if view.dropped_sources:
        left_out = "is left out" if len(view.dropped_sources) == 1 else "are left out"
        found.append(f"{_named(view.dropped_sources)} {left_out}: failed or stale.")
    for basis, sentence in _BASES:
        names = [p.name for p in players if p.projection.basis is basis and not p.availability.is_dead]
        if names:
            found.append(f"{_named(names)}: {sentence}.")
    playing = [p for p in players if p.kickoff is not None and not p.availability.is_dead]
    unlined = [p.name for p in playing if p.lines.team_total is None]
    if playing and len(unlined) == len(playing):
        found.append("No betting lines are known for these games.")
    elif unlined:
        found.append(f"{_named(unlined)}: no betting lines known.")
    return tuple(found)


def _named(names: Sequence[str]) -> str:
    """All names when they are few, else the first ones and how many more."""
    if len(names) <= _NAMED + 1:
        return ", ".join(names)
    return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"


def this_season_only(view: LeagueView) -> tuple[str, ...]:
    """What is left out of account in leagues that keep players from one season to the next."""
    if not view.keeps_players:
        return ()
    kind = "dynasty" if view.settings["type"] == 2 else "keeper"
    return (f"This is a {kind} league: what a player is worth in later seasons is not in these numbers.",)


def weighed(
    view: LeagueView, ins: Collection[PlayerWeek], outs: Collection[PlayerWeek]
) -> tuple[float, tuple[float, float]]:
    """The chance, as it may be shown, that `ins` score at least as much as `outs`, and the middle 68 % between.

    Of someone who may play and is not projected nothing is known: that draws the chance towards even.
    """
    chance = probability_at_least([p.outlook() for p in ins], [p.outlook() for p in outs])
    if any(p.projection.basis is Basis.NONE and not p.availability.is_dead for p in (*ins, *outs)):
        chance = weakened(chance, _GUESSED)
    # Old inputs widen the range; the chance is lowered for them once, not by the variance as well.
    wide = ([p.outlook(stale=view.stale) for p in side] for side in (ins, outs))
    low, high = middle_68(*wide)
    return lowered(view, chance), (round(low, 1), round(high, 1))
