"""The measured constants behind every number an agent says, read from one versioned file."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Calibration:
    """Constants by fantasy position unless said otherwise; `default` stands for all that are not named."""

    version: str
    obtained: str
    """How the constants were obtained."""
    fit_weeks: str
    test_weeks: str
    """Weeks that took no part in the fit."""
    sources: Mapping[str, Mapping[str, float]]
    """Weight of each projection source in the mean, by source and then position; `default` in both."""
    form: Mapping[str, float]
    """League points for each point by which recent games exceed the projection."""
    team_total: Mapping[str, float]
    """League points for each point by which the betting lines expect more of his team than of an average one."""
    average_team_total: float
    defence: Mapping[str, float]
    """A defence's mean, and points for each point the lines expect of its opponent above the average."""
    kicker: Mapping[str, float]
    """A kicker's mean, and points that come true for each point projected above it: kickers are alike."""
    variance: Mapping[str, tuple[float, float]]
    """(v0, v1): the variance of a game's points is v0 + v1 times the projection."""
    stale_variance: Mapping[str, float]
    """Factor on the variance where the inputs are hours old on a game day."""
    basis_variance: Mapping[str, float]
    """Factor on the variance by what a projection rests on. Without points in the league's own scoring the whole
    edge over managers was gone (-0.01 points a team-week): such calls are to come out near even."""
    curves: Mapping[str, tuple[float, float]]
    """By kind of decision, (a, b) of probability = logistic(a + b z), z the standardised difference."""
    slopes: Mapping[str, float]
    """By kind of decision, points that come true for each point promised (the winner's curse)."""
    luck: Mapping[str, float]
    """By kind of decision, points a week of a promise that come to nothing because a search chose it."""
    same_team: Mapping[str, float]
    """Correlation of what two positions of one team score beyond their projections."""
    opponents: Mapping[str, float]
    """The same for two teams that play each other."""

    def weight(self, source: str, positions: frozenset[str]) -> float:
        """How much a source counts in the mean for a player of these positions."""
        table = self.sources.get(source, self.sources["default"])
        return next(
            (table[position] for position in sorted(positions) if position in table), table["default"]
        )


def read(text: str) -> Calibration:
    """Constants from the file's text; raises TypeError or KeyError where it is not such a file."""
    values = json.loads(text)
    pairs = {
        name: {key: tuple(pair) for key, pair in values[name].items()} for name in ("variance", "curves")
    }
    return Calibration(**{field.name: (values | pairs)[field.name] for field in fields(Calibration)})


CALIBRATION = read(files(__package__).joinpath("calibration.json").read_text("utf-8"))
