"""This week as it stands on Sunday: who is hurt, and line-ups, the demo manager's own with mistakes in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random

from fantasy_tui.agents import injury_monitoring
from fantasy_tui.demo.draft import Pool, Squad
from fantasy_tui.demo.games import Fixture, sides
from fantasy_tui.demo.leagues import Rules
from fantasy_tui.demo.players import Athlete
from fantasy_tui.demo.results import Lineup, lineup
from fantasy_tui.demo.teams import NOW, SEASON, WEEK, kickoff
from fantasy_tui.football.projection import project
from fantasy_tui.football.slots import fits
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek

DEAD = frozenset({"IR", "Out", "Doubtful"})
"""Designations with which nobody is started."""

LONG = 3
"""Weeks missed beyond which a player is on injured reserve."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What has gone wrong on the manager's own team since the line-up was set."""

    injuries: tuple[tuple[str, str], ...]
    """Designation, and the window in which something can still be done about it."""
    bye: bool = False
    """True: a starter's team rests."""
    empty: str | None = None
    """A slot that nobody is in."""


TROUBLES = (
    Trouble((("Out", "late"),), bye=True),
    Trouble((("Doubtful", "monday"), ("Questionable", "early"))),
    Trouble((("Out", "early"), ("Questionable", "late")), bye=True, empty="IDP_FLEX"),
)
"""In the order of the leagues."""


def known_statuses(rng: Random, found: list[Athlete], missed: Mapping[str, frozenset[int]]) -> dict[str, str]:
    """Designations that the managers knew of when they set their line-ups."""
    statuses = {}
    for athlete in found:
        weeks = missed.get(athlete.player_id, frozenset())
        if WEEK in weeks:
            statuses[athlete.player_id] = "IR" if len(weeks) > LONG else "Out"
        elif athlete.position != "DEF" and athlete.team and rng.random() < 0.05:
            statuses[athlete.player_id] = rng.choice(("Questionable", "Questionable", "Probable"))
    return statuses


class Sunday:
    """The week's kickoffs, projections and designations; the latter grow as line-ups are troubled."""

    def __init__(
        self, fixtures: list[Fixture], expected: Mapping[str, Mapping[str, float]], statuses: dict[str, str]
    ) -> None:
        self.games = sides(fixtures, WEEK)
        self.expected = expected
        self.statuses = statuses

    def kickoff(self, athlete: Athlete) -> datetime | None:
        """When his game begins; none on bye."""
        game = self.games.get(athlete.team or "")
        return game.kickoff if game else None

    def points(self, rules: Rules, pool: Pool, squad: Squad) -> dict[str, float]:
        """League points expected of those who can play, taxi squad and bye left out."""
        return {
            player: project(self.expected[player], rules.scoring, pool.of[player].positions).points
            for player in squad.players
            if player not in squad.taxi and player in self.expected and self.statuses.get(player) not in DEAD
        }

    def good(self, rules: Rules, pool: Pool, squad: Squad) -> Lineup:
        """An attentive manager's line-up."""
        points = self.points(rules, pool, squad)
        return lineup(rules, pool, points, points)

    def prospects(self, rules: Rules, pool: Pool, squad: Squad) -> float:
        """League points expected of an attentive manager's line-up."""
        points = self.points(rules, pool, squad)
        return sum(points[player] for player in self.good(rules, pool, squad) if player is not None)

    def troubled(self, rules: Rules, pool: Pool, squad: Squad, trouble: Trouble) -> Lineup:
        """The demo manager's line-up, set on form days ago; its troubles become designations."""
        form = {player: pool.worth[player] for player in self.points(rules, pool, squad)}
        # Who rests is left in where nobody else is there for the slot.
        resting = self._resting(pool, squad)
        form |= dict.fromkeys(resting, 0.0)
        if trouble.bye and resting:
            form[resting[0]] = 100.0
        starters = list(lineup(rules, pool, form, form))
        self._bench_one(rules, pool, squad, starters)
        for status, window in trouble.injuries:
            self._injure(rules, pool, squad, starters, status, window)
        if trouble.empty is not None:
            starters[rules.slots.index(trouble.empty)] = None
        return tuple(starters)

    def _resting(self, pool: Pool, squad: Squad) -> list[str]:
        """Healthy players whose team has no game, the best first."""
        resting = (p for p in squad.players if p not in squad.taxi and p not in self.statuses)
        return sorted(
            (p for p in resting if pool.of[p].team not in self.games), key=lambda p: (-pool.worth[p], p)
        )

    def _injure(
        self, rules: Rules, pool: Pool, squad: Squad, starters: list[str | None], status: str, window: str
    ) -> None:
        """Rule a starter out for whom, of all, something can be done until the wanted window."""
        choices: list[tuple[bool, float, str]] = []
        for player in starters:
            if player is None or player in self.statuses or player not in self.expected:
                continue
            view = self._view(rules, pool, squad, starters, {**self.statuses, player: "Out"})
            advice = next((a for a in injury_monitoring.recommend(view) if a.subject == player), None)
            if advice is not None:
                wanted = advice.expires_at == kickoff(WEEK, window)
                choices.append((wanted, pool.worth[player], player))
        if choices:
            self.statuses[max(choices)[2]] = status

    def _view(
        self,
        rules: Rules,
        pool: Pool,
        squad: Squad,
        starters: list[str | None],
        statuses: Mapping[str, str],
    ) -> LeagueView:
        """The league with this team alone."""
        players = {}
        for player in squad.players:
            athlete = pool.of[player]
            game = self.games.get(athlete.team or "")
            players[player] = PlayerWeek(
                player_id=player,
                name=athlete.name,
                position=athlete.position,
                positions=athlete.positions,
                team=athlete.team,
                injury_status=statuses.get(player),
                kickoff=game.kickoff if game else None,
                on_bye=game is None,
                projection=project(self.expected.get(player), rules.scoring, athlete.positions),
            )
        roster = RosterWeek(
            roster_id=squad.roster_id,
            owner_id=None,
            team_name=rules.my_team,
            manager=None,
            players=tuple(squad.players),
            starters=tuple(starters),
            taxi=tuple(squad.taxi),
        )
        return LeagueView(
            league_id=rules.league_id,
            name=rules.name,
            season=SEASON,
            week=WEEK,
            status="in_season",
            now=NOW,
            slots=rules.slots,
            scoring=rules.scoring,
            settings=rules.settings,
            rosters={squad.roster_id: roster},
            players=players,
            my_roster_id=squad.roster_id,
        )

    def _bench_one(self, rules: Rules, pool: Pool, squad: Squad, starters: list[str | None]) -> None:
        """Sit a starter for someone of his position who is clearly, not absurdly, worse."""
        points = self.points(rules, pool, squad)
        healthy = {
            p: v
            for p, v in points.items()
            if p not in self.statuses and (self.kickoff(pool.of[p]) or NOW) > NOW
        }
        pairs = [
            (abs(healthy[one] - healthy[other] - 4), one, other)
            for slot, one in zip(rules.slots, starters, strict=True)
            if one in healthy and one is not None
            for other in healthy
            if other not in starters
            and pool.of[other].position == pool.of[one].position
            and fits(slot, pool.of[other].positions)
        ]
        if pairs:
            _, one, other = min(pairs)
            starters[starters.index(one)] = other
