"""A league's weeks as they were played: pairings, line-ups, points, and the table that follows from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from fantasy_tui.demo.draft import Pool, Squad
from fantasy_tui.demo.leagues import Rules
from fantasy_tui.demo.teams import WEEK
from fantasy_tui.demo.weeks import Played
from fantasy_tui.football.lineup import Candidate, best_lineup

Lineup = tuple[str | None, ...]
EMPTY = "0"


@dataclass(slots=True)
class Record:
    """A team's season so far."""

    results: list[str] = field(default_factory=list)
    points_for: float = 0.0
    points_against: float = 0.0

    def row(self) -> dict[str, Any]:
        """Its columns of `rosters`."""
        wins, losses, ties = (self.results.count(letter) for letter in "WLT")
        whole, hundredths = divmod(round(100 * self.points_for), 100)
        whole_against, hundredths_against = divmod(round(100 * self.points_against), 100)
        return {
            "wins": wins,
            "losses": losses,
            "ties": ties,
            "fpts": round(self.points_for, 2),
            "fpts_against": round(self.points_against, 2),
            "settings": {
                "wins": wins,
                "losses": losses,
                "ties": ties,
                "fpts": whole,
                "fpts_decimal": hundredths,
                "fpts_against": whole_against,
                "fpts_against_decimal": hundredths_against,
            },
            "details": {"record": "".join(self.results), "streak": self.streak()},
        }

    def streak(self) -> str:
        """How often the last result came in a row, as in 3W."""
        if not self.results:
            return ""
        last = self.results[-1]
        return f"{len(self.results) - len(''.join(self.results).rstrip(last))}{last}"


def pairings(teams: int, week: int) -> dict[int, int]:
    """Each roster's matchup_id; everyone meets everyone before the second round (circle method)."""
    ring = list(range(2, teams + 1))
    turn = (week - 1) % (teams - 1)
    ring = [1, *ring[turn:], *ring[:turn]]
    pairs = zip(ring[: teams // 2], reversed(ring[teams // 2 :]), strict=True)
    return {roster: number for number, pair in enumerate(pairs, start=1) for roster in pair}


def lineup(rules: Rules, pool: Pool, points: Mapping[str, float], players: Iterable[str]) -> Lineup:
    """The best line-up by these points; players without any stay out."""
    candidates = [Candidate(p, pool.of[p].positions, points[p]) for p in players if p in points]
    return best_lineup(rules.slots, candidates).starters


def past_lineup(rules: Rules, pool: Pool, done: Played, squad: Squad, week: int) -> Lineup:
    """Whom the manager started: the best on form of those who played."""
    active = done.lines[week].keys()
    form = {p: pool.worth[p] for p in squad.players if p in active and p not in squad.taxi}
    return lineup(rules, pool, form, form)


def matchup_row(rules: Rules, done: Played, squad: Squad, starters: Lineup, week: int) -> dict[str, Any]:
    """A row of `matchups`, with league points of what has been played."""
    scored = {player: done.points(week, player, rules.scoring) for player in squad.players}
    starters_points = [scored[player] if player is not None else 0.0 for player in starters]
    return {
        "league_id": rules.league_id,
        "week": week,
        "roster_id": squad.roster_id,
        "matchup_id": pairings(rules.teams, week)[squad.roster_id],
        "points": round(sum(starters_points), 2),
        "players": list(squad.players),
        "starters": [player or EMPTY for player in starters],
        "starters_points": starters_points,
        "players_points": scored,
    }


def pairing_row(rules: Rules, squad: Squad, week: int) -> dict[str, Any]:
    """A row of `matchups` for a week ahead: whom a team meets, and nothing else."""
    blank = dict.fromkeys(("points", "players", "starters", "starters_points", "players_points"))
    return {
        "league_id": rules.league_id,
        "week": week,
        "roster_id": squad.roster_id,
        "matchup_id": pairings(rules.teams, week)[squad.roster_id],
        **blank,
    }


def table(rows: Iterable[Mapping[str, Any]]) -> dict[int, Record]:
    """The records after the weeks that are over."""
    records: dict[int, Record] = {}
    games: dict[tuple[int, int], list[Mapping[str, Any]]] = {}
    for row in rows:
        if row["week"] < WEEK:
            games.setdefault((row["week"], row["matchup_id"]), []).append(row)
    for _, (one, two) in sorted(games.items()):
        for own, other in ((one, two), (two, one)):
            record = records.setdefault(own["roster_id"], Record())
            record.points_for += own["points"]
            record.points_against += other["points"]
            gap = own["points"] - other["points"]
            record.results.append("W" if gap > 0 else "L" if gap < 0 else "T")
    return records
