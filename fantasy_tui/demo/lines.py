"""Stat lines: what an average starter of a position does in a game, and one game's draw from it."""

from collections.abc import Mapping
from math import exp
from random import Random
from types import MappingProxyType

Line = dict[str, float]

STARTER: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "QB": {
            "pass_att": 33,
            "pass_cmp": 21.5,
            "pass_yd": 238,
            "pass_td": 1.55,
            "pass_int": 0.75,
            "rush_att": 4.2,
            "rush_yd": 20,
            "rush_td": 0.2,
            "fum_lost": 0.2,
        },
        "RB": {
            "rush_att": 14.5,
            "rush_yd": 63,
            "rush_td": 0.45,
            "rec_tgt": 3.5,
            "rec": 2.7,
            "rec_yd": 20,
            "rec_td": 0.1,
            "fum_lost": 0.08,
        },
        "WR": {"rec_tgt": 7.6, "rec": 4.9, "rec_yd": 65, "rec_td": 0.4, "rush_yd": 1.5, "fum_lost": 0.05},
        "TE": {"rec_tgt": 5.6, "rec": 3.9, "rec_yd": 43, "rec_td": 0.33, "fum_lost": 0.04},
        "K": {
            "fgm_20_29": 0.45,
            "fgm_30_39": 0.55,
            "fgm_40_49": 0.5,
            "fgm_50p": 0.3,
            "fgmiss": 0.25,
            "xpm": 2.3,
        },
        "DEF": {"sack": 2.5, "int": 0.8, "fum_rec": 0.5, "ff": 0.8, "def_td": 0.13, "safe": 0.03},
        "DL": {
            "idp_tkl_solo": 2.0,
            "idp_tkl_ast": 1.6,
            "idp_sack": 0.45,
            "idp_qb_hit": 0.9,
            "idp_tkl_loss": 0.5,
            "idp_pass_def": 0.2,
            "idp_ff": 0.1,
        },
        "LB": {
            "idp_tkl_solo": 4.2,
            "idp_tkl_ast": 3.1,
            "idp_sack": 0.15,
            "idp_tkl_loss": 0.4,
            "idp_qb_hit": 0.3,
            "idp_pass_def": 0.3,
            "idp_int": 0.06,
            "idp_ff": 0.06,
        },
        "DB": {
            "idp_tkl_solo": 3.7,
            "idp_tkl_ast": 1.5,
            "idp_pass_def": 0.8,
            "idp_int": 0.17,
            "idp_tkl_loss": 0.15,
            "idp_ff": 0.05,
        },
    }
)
"""Means of a game."""

_ALLOWED = ((0, "0"), (6, "1_6"), (13, "7_13"), (20, "14_20"), (27, "21_27"), (34, "28_34"))

HALF_PPR: Line = {
    "pass_yd": 0.04,
    "pass_td": 4,
    "pass_int": -1,
    "rush_yd": 0.1,
    "rush_td": 6,
    "rec": 0.5,
    "rec_yd": 0.1,
    "rec_td": 6,
    "fum_lost": -2,
    "fgm_0_19": 3,
    "fgm_20_29": 3,
    "fgm_30_39": 3,
    "fgm_40_49": 4,
    "fgm_50p": 5,
    "fgmiss": -1,
    "xpm": 1,
    "sack": 1,
    "int": 2,
    "fum_rec": 2,
    "def_td": 6,
    "safe": 2,
    "pts_allow_0": 10,
    "pts_allow_1_6": 7,
    "pts_allow_7_13": 4,
    "pts_allow_14_20": 1,
    "pts_allow_28_34": -1,
    "pts_allow_35p": -4,
}
PPR: Line = HALF_PPR | {"rec": 1.0}
STANDARD: Line = HALF_PPR | {"rec": 0.0}
IDP: Line = {
    "idp_tkl_solo": 1.5,
    "idp_tkl_ast": 0.75,
    "idp_sack": 4,
    "idp_qb_hit": 1,
    "idp_tkl_loss": 1,
    "idp_pass_def": 1.5,
    "idp_int": 4,
    "idp_ff": 3,
}
"""Sleeper's names of scoring settings; IDP comes on top of one of the others."""


def mean_line(position: str, skill: float) -> Line:
    """The means of a game of a player who is `skill` times an average starter; turnovers grow with the square root."""
    sparing = {"pass_int", "fum_lost", "fgmiss"}
    return {
        stat: mean * (skill**0.5 if stat in sparing else skill) for stat, mean in STARTER[position].items()
    }


def drawn(rng: Random, mean: Mapping[str, float]) -> Line:
    """One game: whole numbers around the means, zeros left out."""
    day = max(0.25, rng.gauss(1, 0.28))
    line: Line = {"gp": 1}
    for stat, average in mean.items():
        expected = average * day
        if expected > 9:
            count = round(rng.gauss(expected, expected**0.5 if expected < 50 else expected * 0.22))
        else:
            count = _poisson(rng, expected)
        if count > 0:
            line[stat] = count
    return _plausible(line)


def _poisson(rng: Random, mean: float) -> int:
    count, left, limit = 0, rng.random(), exp(-mean)
    while left > limit:
        count += 1
        left *= rng.random()
    return count


def _plausible(line: Line) -> Line:
    """No more catches than targets, no yards without a catch."""
    for part, whole in (
        ("pass_cmp", "pass_att"),
        ("rec_td", "rec"),
        ("rec", "rec_tgt"),
        ("rush_td", "rush_att"),
    ):
        if whole == "rush_att" and whole not in line:
            line.pop(part, None)
        elif part in line and line[part] > line.get(whole, 0):
            line[whole] = line[part]
    if "rec" not in line:
        line.pop("rec_yd", None)
    return line


def allowed(points: int) -> Line:
    """What a defence's stat line says about the points it let through."""
    bucket = next((name for most, name in _ALLOWED if points <= most), "35p")
    return {"pts_allow": points, f"pts_allow_{bucket}": 1}
