"""How likely a player is to take part in his game, and who may go on the injured reserve."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PLAYS_WHEN_QUESTIONABLE = 0.714
"""Share of Questionable players with at least one offensive snap (measured on 2016-25 injury reports)."""

_PLAYS: Mapping[str, float] = MappingProxyType(
    {
        "Probable": 0.957,
        "Questionable": PLAYS_WHEN_QUESTIONABLE,
        "Doubtful": 0.016,
        "Out": 0.001,
        **dict.fromkeys(("IR", "PUP", "Sus", "NA", "DNR", "COV"), 0.0),
    }
)
_DEAD_BELOW = 0.05
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


def availability(injury_status: str | None, *, has_team: bool, on_bye: bool) -> Availability:
    """Return a player's availability this week from Sleeper's `injury_status`, his team and the schedule.

    Probabilities are shares of regular players (at least 35 % of snaps) with an offensive snap, by final
    designation (measured on 11,500 rows of the 2016-25 injury reports); reserve and suspension lists count as
    certain absence. A designation not known here is taken as Questionable.
    """
    if not has_team:
        return Availability(0.0, "no team")
    if on_bye:
        return Availability(0.0, "bye")
    if not injury_status:
        return Availability(1.0)
    return Availability(_PLAYS.get(injury_status, PLAYS_WHEN_QUESTIONABLE), injury_status)


def reserve_eligible(injury_status: str | None, settings: Mapping[str, object]) -> bool:
    """Say whether a league's `settings` let a player of this `injury_status` go on the injured reserve.

    IR and PUP always may, Questionable never; the others as the league's `reserve_allow_*` say.
    """
    if injury_status in _ALWAYS_RESERVE:
        return True
    setting = _RESERVE_SETTING.get(injury_status or "")
    return setting is not None and bool(settings.get(setting))
