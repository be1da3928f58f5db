"""A player's projected points under a league's own scoring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean
from types import MappingProxyType

from .scoring import league_points


class Basis(StrEnum):
    """What a projection rests on, best first."""

    COMPONENTS = "components"
    PRESET = "preset"
    LINES = "lines"
    AVERAGE = "average"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Projection:
    """Expected league points of one game, to 0.01, and what they rest on."""

    points: float
    basis: Basis
    parts: tuple[tuple[str, float], ...] = ()
    """What each source expects, by its name."""
    effects: tuple[tuple[str, float], ...] = ()
    """What else was taken into account, by name, in points that are in `points`."""


NO_PROJECTION = Projection(0.0, Basis.NONE)

_DEFENDERS = frozenset({"DL", "LB", "DB"})
_AVERAGED = _DEFENDERS | {"K", "DEF"}
_ENOUGH_GAMES = 3

_MAKES_A_ROW: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "QB": frozenset({"pass_yd"}),
        **dict.fromkeys(("RB", "WR", "TE"), frozenset({"rush_yd", "rec_yd", "rec"})),
        "K": frozenset({"fgm", "fgm_20_29", "fgm_30_39", "fgm_40_49"}),
        "DEF": frozenset({"sack", "int", "pts_allow", "yds_allow"}),
        **dict.fromkeys(sorted(_DEFENDERS), frozenset({"idp_tkl_solo", "idp_tkl_ast"})),
    }
)
"""By position, the statistics without which a row is a crumb: a lone `fum_lost`, `xpmiss` or `idp_tkl`."""

_NO_STATS: frozenset[str] = frozenset()
_BIG_PLAYS = frozenset({"idp_int", "idp_pass_def", "idp_qb_hit", "idp_ff", "idp_tkl_loss"})

_FIELD_GOALS: Mapping[str, float] = MappingProxyType(
    {"fgm_0_19": 19.0, "fgm_20_29": 25.0, "fgm_30_39": 35.0, "fgm_40_49": 45.0, "fgm_50p": 53.5}
)
"""Field goals by distance and their usual length in yards."""

_SHARE_60 = 0.02
"""Share of made field goals of 50 yards and more that are of 60 and more (4 of 195 in 2024)."""

_PRESETS: Mapping[str, float] = MappingProxyType({"pts_ppr": 1.0, "pts_half_ppr": 0.5, "pts_std": 0.0})


def project(
    row: Mapping[str, float] | None,
    scoring: Mapping[str, float],
    positions: frozenset[str],
    past_points: Sequence[float] = (),
) -> Projection:
    """Project a player's points from his weekly projection row (None: there is none).

    Component statistics are scored with the league's own settings; a row without them gives Sleeper's preset
    total nearest to the league's points per reception. K, DEF and defenders without a row fall back on the
    mean of `past_points` (league points of the season's games so far). So do defenders, once they have three
    games, where the row names tackles and sacks only: it leaves out a third of what they score and the mean
    comes closer (measured on an IDP league's 2024 season).
    """
    row = row or {}
    if any(not _MAKES_A_ROW.get(position, _NO_STATS).isdisjoint(row) for position in positions):
        if positions <= _DEFENDERS and len(past_points) >= _ENOUGH_GAMES and _BIG_PLAYS.isdisjoint(row):
            return Projection(round(fmean(past_points), 2), Basis.AVERAGE)
        return Projection(
            round(league_points(complete(row, scoring, positions), scoring), 2), Basis.COMPONENTS
        )
    presets = [preset for preset in _PRESETS if preset in row]
    if presets:
        per_reception = scoring.get("rec", 0.0)
        nearest = min(presets, key=lambda preset: abs(_PRESETS[preset] - per_reception))
        return Projection(round(row[nearest], 2), Basis.PRESET)
    if past_points and not positions.isdisjoint(_AVERAGED):
        return Projection(round(fmean(past_points), 2), Basis.AVERAGE)
    return NO_PROJECTION


def complete(
    row: Mapping[str, float], scoring: Mapping[str, float], positions: frozenset[str]
) -> dict[str, float]:
    """Return a projected row with the statistics added that Sleeper derives for played games only.

    What the row names itself is never changed. Bonuses for passing a threshold stay out: a mean does not say
    how often it is passed.
    """
    stats = dict(row)
    for derived, whole, part in (
        ("pass_inc", "pass_att", "pass_cmp"),
        ("fgmiss", "fga", "fgm"),
        ("xpmiss", "xpa", "xpm"),
    ):
        if whole in row and part in row:
            stats.setdefault(derived, max(0.0, row[whole] - row[part]))
    for position in positions:
        if "rec" in row:
            stats.setdefault(f"bonus_rec_{position.lower()}", row["rec"])
        downs = [row[stat] for stat in ("pass_fd", "rush_fd", "rec_fd") if stat in row]
        if downs:
            stats.setdefault(f"bonus_fd_{position.lower()}", sum(downs))
    if "idp_tkl" in row and "idp_tkl_solo" not in row:
        # Such rows put solo tackles under idp_tkl: 3.3 projected in 2024, 3.0 solo and 5.0 in all made.
        stats["idp_tkl_solo"] = row["idp_tkl"]
        stats["idp_tkl"] = row["idp_tkl"] + row.get("idp_tkl_ast", 0.0)
    _complete_kicks(stats, scoring)
    return stats


def _complete_kicks(stats: dict[str, float], scoring: Mapping[str, float]) -> None:
    """Add field-goal totals and yards; split 50+ into 50-59 and 60+ where the league prices those instead."""
    made = {distance: stats[distance] for distance in _FIELD_GOALS if distance in stats}
    if not made:
        return
    long = made.get("fgm_50p", 0.0)
    if not scoring.get("fgm_50p"):
        stats.setdefault("fgm_50_59", long * (1 - _SHARE_60))
        stats.setdefault("fgm_60p", long * _SHARE_60)
    stats.setdefault("fgm", sum(made.values()))
    stats.setdefault("fgm_yds", sum(count * _FIELD_GOALS[distance] for distance, count in made.items()))
    stats.setdefault(
        "fgm_yds_over_30",
        sum(count * max(0.0, _FIELD_GOALS[distance] - 30) for distance, count in made.items()),
    )
