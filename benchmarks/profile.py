"""Fits the constants of players' profiles and says how good they are: `python -m benchmarks.profile FOLDER`.

FOLDER has a recorded season: `stats/nfl/regular/SEASON/WEEK.json.gz` and `players/nfl.json.gz`. Weeks 1 to 9 are
fitted; what is printed comes from weeks 10 to 17. Writes `fantasy_tui/football/profile.json`.
"""

import gzip
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.row import Row
from fantasy_tui.football import profile as football
from fantasy_tui.football.profile import Constants, Line, Totals

FIT, TEST = range(1, 10), range(10, 18)
VERSION = "profile-1"
COMPONENTS, KNOTS, NEIGHBOURS, BAND = 24, 65, 25, 100
REGULAR = 5
"""PPR points a game of a player who matters to a fantasy team."""
FILE = Path(football.__file__).with_suffix(".json")

Array = npt.NDArray[np.float64]
Weeks = list[dict[str, Line]]
Games = Mapping[str, Sequence[tuple[Line, Totals]]]


class Season:
    """A recorded season of the players who can have profiles."""

    def __init__(self, folder: Path) -> None:
        (stats,) = sorted((folder / "stats/nfl/regular").iterdir())
        self.name = stats.name
        players: dict[str, dict[str, Any]] = _json(folder / "players/nfl.json.gz")
        self.position = {player: one.get("position") or "" for player, one in players.items()}
        self.team = {player: one.get("team") for player, one in players.items()}
        self._stats = stats

    def weeks(self, weeks: range) -> Weeks:
        """The lines of these weeks."""
        return [
            {
                player: line
                for player, line in _json(self._stats / f"{week}.json.gz").items()
                if self.position.get(player) in football.SHARING
            }
            for week in weeks
        ]

    def games(self, weeks: range) -> Games:
        """Games of those who can have profiles."""
        found = football.history(self.weeks(weeks), self.team)
        return {player: found[player] for player in found if self.position[player] in football.POSITIONS}


def _json(file: Path) -> Any:
    return json.loads(gzip.decompress(file.read_bytes()))


def fit(games: Games, obtained: str, fit_weeks: str, test_weeks: str) -> Constants:
    """Quantiles, components and scales from every player as he stood after each of his games but the first two."""
    pooled = football.pooled(line for played in games.values() for line, _ in played)
    pooled = {name: round(value, 6) for name, value in pooled.items()}
    rows = [
        football.measures([line for line, _ in played[:n]], [total for _, total in played[:n]], pooled)
        for _, played in sorted(games.items())
        for n in range(football.LEAST_GAMES, len(played) + 1)
    ]
    table = np.array([[np.nan if v is None else v for v in row] for row in rows if row], dtype=float)
    steps = np.linspace(0, 1, KNOTS)
    found, scores = [], np.zeros_like(table)
    for column, name in enumerate(football.MEASURES):
        known = ~np.isnan(table[:, column])
        quantiles = tuple(float(q) for q in np.quantile(table[known, column], steps).round(4))
        ranked = [football.standard_score(value, quantiles) for value in table[known, column]]
        centre = round(float(np.mean(ranked)), 6)
        found.append(football.Measure(name, quantiles, centre))
        scores[known, column] = np.array(ranked) - centre
    variances, vectors = np.linalg.eigh(np.cov(scores, rowvar=False))
    largest = np.argsort(variances)[::-1][:COMPONENTS]
    components = [_signed(vectors[:, one]) for one in largest]
    return Constants(
        version=VERSION,
        obtained=obtained,
        fit_weeks=fit_weeks,
        test_weeks=test_weeks,
        pooled=pooled,
        measures=tuple(found),
        components=tuple(tuple(float(x) for x in row.round(5)) for row in components),
        scales=tuple(round(float(variances[one]) ** 0.25, 5) for one in largest),
    )


def _signed(loadings: Array) -> Array:
    """The component with its largest loading positive: which sign it has is chance otherwise."""
    return loadings if loadings[np.argmax(np.abs(loadings))] > 0 else -loadings


def written(constants: Constants) -> str:
    """The file's text, a line for each measure and component."""

    def listed(rows: Sequence[object]) -> str:
        return "[\n    " + ",\n    ".join(json.dumps(row) for row in rows) + "\n  ]"

    measures = [{"name": m.name, "centre": m.centre, "quantiles": m.quantiles} for m in constants.measures]
    parts = {
        name: json.dumps(getattr(constants, name))
        for name in ("version", "obtained", "fit_weeks", "test_weeks", "pooled", "scales")
    }
    parts |= {"measures": listed(measures), "components": listed(constants.components)}
    return "{\n" + ",\n".join(f'  "{name}": {text}' for name, text in parts.items()) + "\n}\n"


def vectors(games: Games, constants: Constants) -> dict[str, Array]:
    """Profiles of those who have one, by player in order."""
    found = {}
    for player, played in sorted(games.items()):
        one = football.profile([line for line, _ in played], [total for _, total in played], constants)
        if one is not None:
            found[player] = np.array(one)
    return found


def evaluate(season: Season, constants: Constants) -> Iterator[Row]:
    """How well neighbours name the position, how near a player is to himself, how honest their range is."""
    early, late = season.games(FIT), season.games(TEST)
    before, after = vectors(early, constants), vectors(late, constants)
    regular = {player: one for player, one in after.items() if _average(late[player]) >= REGULAR}
    yield Row("profile: players with one, weeks 1-9", len(before), "")
    for who, asked in (("all", after), (f"{REGULAR}+ points a game", regular)):
        yield Row(f"profile: {who}, weeks 10-17", len(asked), "")
        yield from _positions(who, asked, after, season.position)
        yield from _itself(who, before, asked, season.position)
    yield from _range(season, constants)


def _average(games: Sequence[tuple[Line, Totals]]) -> float:
    return fmean(float(line.get("pts_ppr") or 0.0) for line, _ in games)


def _positions(
    who: str, asked: Mapping[str, Array], among: Mapping[str, Array], position: Mapping[str, str]
) -> Iterator[Row]:
    """The commonest position of the nearest 25 others against the player's own."""
    names = list(among)
    matrix = np.array(list(among.values()))
    right: Counter[str] = Counter()
    for player, vector in asked.items():
        order = np.argsort(-(matrix @ vector), kind="stable")
        nearest = [names[n] for n in order if names[n] != player][:NEIGHBOURS]
        votes = Counter(position[name] for name in nearest)
        right[position[player]] += votes.most_common(1)[0][0] == position[player]
    count = Counter(position[player] for player in asked)
    share = 100 * right.total() / count.total()
    yield Row(f"profile: {who}: position from 25 neighbours", share, "%", 80, None, more_is_better=True)
    for one in football.POSITIONS:
        yield Row(f"profile: … {one}, of {count[one]}", 100 * right[one] / count[one], "%")
    yield Row("profile: … always the commonest position", 100 * max(count.values()) / count.total(), "%")


def _itself(
    who: str, before: Mapping[str, Array], after: Mapping[str, Array], position: Mapping[str, str]
) -> Iterator[Row]:
    """Share of players of his position in weeks 1-9 who are less like him in weeks 10-17 than he himself."""
    shares = []
    for player in before.keys() & after.keys():
        others = [v for name, v in before.items() if name != player and position[name] == position[player]]
        own = before[player] @ after[player]
        likeness = np.array(others) @ after[player]
        shares.append(100 * float(np.mean(likeness < own) + np.mean(likeness == own) / 2))
    name = f"profile: {who}: nearer to himself in weeks 1-9, median of {len(shares)}"
    yield Row(name, float(np.median(shares)), "%", 98, None, more_is_better=True)
    yield Row("profile: … mean", float(np.mean(shares)), "%")


def _range(season: Season, constants: Constants) -> Iterator[Row]:
    """How often the next game's points lie within the 10-90 % range of the nearest states' next games."""
    whole = season.games(range(FIT[0], TEST[-1] + 1))
    early = season.games(FIT)
    library: list[tuple[str, Array, float, float]] = []
    asked: list[tuple[str, Array, float, float]] = []
    for player, played in sorted(whole.items()):
        for n in range(football.LEAST_GAMES, len(played)):
            lines, totals = [line for line, _ in played[:n]], [total for _, total in played[:n]]
            vector = football.profile(lines, totals, constants)
            if vector is None:
                continue
            state = (player, np.array(vector), _average(played[n : n + 1]), _average(played[:n]))
            (library if n < len(early.get(player, ())) else asked).append(state)
    names = np.array([player for player, _, _, _ in library])
    matrix = np.array([vector for _, vector, _, _ in library])
    points = np.array([scored for _, _, scored, _ in library])
    inside: dict[bool, list[bool]] = {False: [], True: []}
    widths = []
    for player, own, scored, average in asked:
        likeness = np.where(names == player, -2.0, matrix @ own)
        nearest = np.argsort(-likeness, kind="stable")[:BAND]
        low, high = np.quantile(points[nearest], [0.1, 0.9])
        inside[average >= REGULAR].append(bool(low <= scored <= high))
        widths.append(float(high - low))
    for who, hits in (("all", inside[False] + inside[True]), (f"{REGULAR}+ points a game", inside[True])):
        name = f"profile: {who}: next game in the 10-90 % range of {BAND} like it, {len(hits)}"
        yield Row(name, 100 * fmean(hits), "%")
    yield Row("profile: … mean width of the range", fmean(widths), "pts")


def main() -> int:
    """Fit, write, evaluate."""
    if len(sys.argv) != 2:
        print("usage: python -m benchmarks.profile FOLDER", file=sys.stderr)
        return 2
    season = Season(Path(sys.argv[1]))
    constants = fit(
        season.games(FIT),
        obtained=(
            f"Ranks and principal components of the QB, RB, WR and TE of the recorded {season.name} season after each"
            " game from their third on: `python -m benchmarks.profile`. Positions took no part."
        ),
        fit_weeks=f"{season.name}, weeks {FIT[0]}-{FIT[-1]}",
        test_weeks=f"{season.name}, weeks {TEST[0]}-{TEST[-1]}",
    )
    text = written(constants)
    FILE.write_text(text, "utf-8")
    print(f"{FILE.name}: {len(text) / 1024:.1f} KiB")
    for row in evaluate(season, football.read(text)):
        print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
