"""How likely a player is to take part in his game, and who may go on the injured reserve."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PLAYS_WHEN_QUESTIONABLE = 0.714
"""Share of Questionable players with at least one offensive snap (measured on 2016-25 injury reports)."""

POINTS_WHEN_QUESTIONABLE = 0.87
"""Share of his projection that a Questionable player scores if he plays (measured, 2016-25 reports)."""

_PLAYS: Mapping[str, float] = MappingProxyType(
    {
        "Probable": 0.957,
        "Questionable": PLAYS_WHEN_QUESTIONABLE,
        "Doubtful": 0.016,
        "Out": 0.001,
        **dict.fromkeys(("IR", "PUP", "Sus", "NA", "DNR", "COV"), 0.0),
    }
)
_PLAYS_BY_PRACTICE: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "full": {"QB": 0.83, "RB": 0.84, "TE": 0.88, "WR": 0.91, "": 0.879},
        "limited": {"QB": 0.46, "RB": 0.72, "TE": 0.77, "WR": 0.76, "": 0.724},
        "none": {"QB": 0.32, "RB": 0.40, "TE": 0.43, "WR": 0.52, "": 0.467},
    }
)
"""Questionable players by their last practice and position; "" for every other position."""
_PLAYS_BY_INJURY: Mapping[str, float] = MappingProxyType(
    {"hamstring": 0.61, "concussion": 0.67, "ankle": 0.72, "knee": 0.74, "groin": 0.80, "back": 0.81}
)
_PRACTICE: Mapping[str, str] = MappingProxyType(
    {"full": "full", "fp": "full", "limited": "limited", "lp": "limited", "dnp": "none", "did not": "none"}
)
"""How sources begin to name a kind of participation, lower case."""
_DEAD_BELOW = 0.05
_IN_DOUBT_BELOW = 0.95
_ALWAYS_RESERVE = frozenset({"IR", "PUP"})
_RESERVE_SETTING: Mapping[str, str] = MappingProxyType(
    {
        "Out": "reserve_allow_out",
        "Doubtful": "reserve_allow_doubtful",
        "Sus": "reserve_allow_sus",
        "NA": "reserve_allow_na",
        "DNR": "reserve_allow_dnr",
        "COV": "reserve_allow_cov",
    }
)


@dataclass(frozen=True, slots=True)
class Availability:
    """Probability (0 to 1) that a player takes part, and what stands against it (None: nothing known)."""

    play_probability: float
    reason: str | None = None

    @property
    def is_dead(self) -> bool:
        """Whether he is as good as certain to score nothing."""
        return self.play_probability < _DEAD_BELOW

    @property
    def share(self) -> float:
        """Share of his projection to expect: the chance to play, and less than a healthy man's game if he does."""
        return self.play_probability * points_share(self.play_probability)


def points_share(play_probability: float) -> float:
    """Share of his projection that a player scores if he plays, by how much in doubt he was."""
    return POINTS_WHEN_QUESTIONABLE if play_probability < _IN_DOUBT_BELOW else 1.0


def availability(
    injury_status: str | None,
    *,
    has_team: bool,
    on_bye: bool,
    position: str | None = None,
    practice: str | None = None,
    body_part: str | None = None,
) -> Availability:
    """Return a player's availability this week from Sleeper's `injury_status`, his team and the schedule.

    Probabilities are shares of regular players (at least 35 % of snaps) with an offensive snap, by final
    designation; for Questionable ones by the last practice and position where `practice` is known, else by
    `body_part` (measured on 11,500 rows of the 2016-25 injury reports). Reserve and suspension lists count as
    certain absence. A designation not known here is taken as Questionable.
    """
    if not has_team:
        return Availability(0.0, "no team")
    if on_bye:
        return Availability(0.0, "bye")
    if not injury_status:
        return Availability(1.0)
    if injury_status in _PLAYS and injury_status != "Questionable":
        return Availability(_PLAYS[injury_status], injury_status)
    kind = _practice(practice)
    if kind is not None:
        shares = _PLAYS_BY_PRACTICE[kind]
        return Availability(shares.get(position or "", shares[""]), f"{injury_status}, {_PRACTISED[kind]}")
    injury = (body_part or "").lower()
    part = next((part for part in _PLAYS_BY_INJURY if part in injury), None)
    if part is not None:
        return Availability(_PLAYS_BY_INJURY[part], f"{injury_status}, {part}")
    return Availability(PLAYS_WHEN_QUESTIONABLE, injury_status)


_PRACTISED = {"full": "practised fully", "limited": "limited in practice", "none": "did not practise"}


def _practice(text: str | None) -> str | None:
    said = (text or "").strip().lower()
    return next((kind for start, kind in _PRACTICE.items() if said and said.startswith(start)), None)


def returns(injury_status: str | None, weeks_ahead: int) -> float:
    """The chance to play so many weeks from now of a player with this designation today.

    An assumption, not a measurement: reports say nothing beyond the next game. Reserve lists keep a player
    out for at least four games; of the others most are back within a month.
    """
    if not injury_status or injury_status == "Probable":
        return 1.0
    if injury_status in ("IR", "PUP", "NA", "DNR"):
        return 0.0 if weeks_ahead < 4 else 0.5
    if injury_status == "Questionable":
        return 0.95
    return min(0.9, 0.5 + 0.15 * (weeks_ahead - 1))


def reserve_eligible(injury_status: str | None, settings: Mapping[str, object]) -> bool:
    """Say whether a league's `settings` let a player of this `injury_status` go on the injured reserve.

    IR and PUP always may, Questionable never; the others as the league's `reserve_allow_*` say.
    """
    if injury_status in _ALWAYS_RESERVE:
        return True
    setting = _RESERVE_SETTING.get(injury_status or "")
    return setting is not None and bool(settings.get(setting))
