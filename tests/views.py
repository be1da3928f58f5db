"""Small league views for tests of pure code."""

from datetime import UTC, datetime, timedelta

from fantasy_tui.football.projection import Basis, Projection
from fantasy_tui.football.view import LeagueView, PlayerWeek, RosterWeek, Source

NOW = datetime(2024, 11, 10, 15, 0, tzinfo=UTC)
SUNDAY = datetime(2024, 11, 10, 18, 0, tzinfo=UTC)
MONDAY = datetime(2024, 11, 12, 1, 15, tzinfo=UTC)


def player(
    player_id: str,
    position: str,
    points: float,
    *,
    positions: set[str] | None = None,
    team: str | None = "PHI",
    injury: str | None = None,
    kickoff: datetime | None = SUNDAY,
    on_bye: bool = False,
    basis: Basis = Basis.COMPONENTS,
    practice: str | None = None,
    opponent: str = "DAL",
) -> PlayerWeek:
    """A player projected for `points`."""
    return PlayerWeek(
        player_id=player_id,
        name=player_id.title(),
        position=position,
        positions=frozenset(positions or {position}),
        team=team,
        opponent=None if on_bye else opponent,
        at_home=True,
        injury_status=injury,
        practice=practice,
        kickoff=None if on_bye else kickoff,
        on_bye=on_bye,
        projection=Projection(points, basis),
    )


def league(
    slots: str,
    players: list[PlayerWeek],
    starters: list[str | None],
    *,
    reserve: tuple[str, ...] = (),
    taxi: tuple[str, ...] = (),
    free: list[PlayerWeek] | None = None,
    settings: dict[str, int] | None = None,
    now: datetime = NOW,
) -> LeagueView:
    """A league with one roster, the user's, holding all of `players`; `slots` are words in one string."""
    free = free or []
    roster = RosterWeek(
        roster_id=1,
        owner_id="me",
        team_name="Mine",
        manager="me",
        players=tuple(p.player_id for p in players),
        starters=tuple(starters),
        reserve=reserve,
        taxi=taxi,
    )
    return LeagueView(
        league_id="L",
        name="League",
        season="2024",
        week=10,
        status="in_season",
        now=now,
        slots=tuple(slots.split()),
        scoring={},
        settings=settings or {},
        rosters={1: roster},
        players={p.player_id: p for p in (*players, *free)},
        my_roster_id=1,
        free_agents=tuple(p.player_id for p in free),
        sources=(Source("Sleeper rosters", now - timedelta(minutes=5)),),
    )
