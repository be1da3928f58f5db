"""Two leagues in week 10 of 2024 with players, games, projections and points, for tests of reading."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.models import (
    AgentTask,
    AgentTaskStatus,
    AgentTaskType,
    Game,
    League,
    LeagueMember,
    Matchup,
    Player,
    PlayerStats,
    Projection,
    Roster,
    SyncState,
    User,
)

NOW = datetime(2024, 11, 10, 18, 30, tzinfo=UTC)
"""Sunday of week 10: the early games are on, the late ones are not."""

HOSTILE = ("[/oops]", "[@click=app.quit]x[/]", "\x1b]0;owned\x07name")
PPR = {"rec": 1.0, "rec_yd": 0.1, "rush_yd": 0.1, "pass_yd": 0.04, "pass_td": 4.0}
HALF = PPR | {"rec": 0.5}
SLOTS = ["QB", "RB", "WR", "FLEX", "BN", "BN", "BN", "IR", "TAXI"]

# player_id, name, position, team, injury, search rank, projected yards, reception(s)
PLAYERS: list[tuple[str, str, str, str | None, str | None, int, float, float]] = [
    ("1", "Patrick Mahomes", "QB", "KC", None, 27, 250, 0),
    ("2", "Saquon Barkley", "RB", "PHI", None, 2, 110, 2),
    ("3", "Ja'Marr Chase", "WR", "CIN", "Questionable", 1, 90, 6),
    ("4", "CeeDee Lamb", "WR", "DAL", None, 5, 80, 6),
    ("5", "Travis Kelce", "TE", "KC", None, 40, 60, 5),
    ("6", "Christian McCaffrey", "RB", "SF", "IR", 9, 0, 0),
    ("7", "Young Prospect", "WR", "SF", None, 500, 20, 1),
    ("8", "Josh Allen", "QB", "BUF", None, 3, 270, 0),
    ("9", "Bijan Robinson", "RB", "ATL", None, 4, 95, 3),
    ("10", "Jahmyr Gibbs", "RB", "DET", None, 6, 85, 3),
    ("11", HOSTILE[0], "WR", "NYJ", HOSTILE[1], 7, 70, 5),
    ("12", HOSTILE[2], "RB", None, None, 8, 0, 0),
]
MINE = ["1", "2", "3", "4", "5", "6", "7"]
RIVAL = ["8", "9", "10", "11"]


def _players() -> list[Any]:
    rows: list[Any] = []
    for player_id, name, position, team, injury, rank, yards, receptions in PLAYERS:
        first, _, last = name.partition(" ")
        rows.append(
            Player(
                player_id=player_id,
                full_name=name,
                first_name=first,
                last_name=last,
                position=position,
                fantasy_positions=[position],
                team=team,
                injury_status=injury,
                search_rank=rank,
                age=27,
                number=int(player_id),
                player_data={"status": "Active"},
            )
        )
        if yards:
            yard = {"QB": "pass_yd", "RB": "rush_yd"}.get(position, "rec_yd")
            for week in (8, 9):
                rows.append(
                    PlayerStats(
                        id=f"{player_id}:2024:{week}",
                        player_id=player_id,
                        season="2024",
                        week=week,
                        stats={"gp": 1, yard: yards + week, "rec": receptions},
                    )
                )
            rows.append(
                Projection(
                    player_id=player_id,
                    season="2024",
                    week=10,
                    source="sleeper",
                    stats={yard: yards, "rec": receptions},
                    as_of=NOW - timedelta(days=1),
                )
            )
    rows.append(
        Player(player_id="PHI", first_name="Philadelphia", last_name="Eagles", position="DEF", team="PHI")
    )
    return rows


def _games() -> list[Game]:
    early = NOW - timedelta(minutes=30)
    late = NOW + timedelta(hours=2)
    games = []
    for week in (9, 10, 11):
        shift = timedelta(days=7 * (week - 10))
        for home, away, kickoff in (("KC", "CIN", early), ("PHI", "SF", late), ("DAL", "NYJ", late)):
            if week != 10 or home != "DAL":
                games.append(_game(week, home, away, kickoff + shift))
        games.append(_game(week, "BUF", "ATL", late + shift))
    return games


def _game(week: int, home: str, away: str, kickoff: datetime) -> Game:
    return Game(
        season="2024", week=week, home=home, away=away, gameday=date(2024, 11, 10), kickoff=kickoff,
        status="pre_game",
    )  # fmt: skip


def _league(
    league_id: str, user_id: str, name: str, scoring: dict[str, float], rival: str, **settings: Any
) -> list[Any]:
    mine, theirs, third = (1, "me"), (2, "rival"), (3, None)
    rows: list[Any] = [
        League(
            id=league_id, user_id=user_id, name=name, season="2024", status="in_season", total_rosters=3,
            roster_positions=SLOTS, scoring_settings=scoring, settings={"leg": 10, **settings},
        ),
        LeagueMember(league_id=league_id, user_id="me", display_name="manager", team_name="My Team"),
        LeagueMember(league_id=league_id, user_id="rival", display_name="rival", team_name=rival),
        SyncState(
            resource=f"league/{league_id}/rosters", checked_at=NOW - timedelta(minutes=5),
            changed_at=NOW - timedelta(minutes=5),
        ),
    ]  # fmt: skip
    for (roster_id, owner), players, starters, wins in (
        (mine, MINE, ["1", "2", "5", "3"], 6),
        (theirs, RIVAL, ["8", "9", "11", "0"], 7),
        (third, [], [], 0),
    ):
        rows.append(
            Roster(
                id=f"{league_id}:{roster_id}", league_id=league_id, roster_id=roster_id, owner_id=owner,
                players=players, starters=starters, reserve=["6"] if roster_id == 1 else None,
                taxi=["7"] if roster_id == 1 else None, wins=wins, losses=9 - wins,
                fpts=1000.0 + roster_id, fpts_against=990.5,
            )
        )  # fmt: skip
        if owner is not None:
            points: dict[str, Any] = {"1": 10.4, "5": 6.1} if roster_id == 1 else {}
            rows.append(
                Matchup(
                    league_id=league_id, week=10, roster_id=roster_id, matchup_id=1, points=sum(points.values()),
                    players=players, starters=starters,
                    players_points=dict.fromkeys(players, 0.0) | points,
                )
            )  # fmt: skip
            rows.append(
                Matchup(
                    league_id=league_id, week=9, roster_id=roster_id, matchup_id=1, points=99.0,
                    players=players, starters=starters,
                    players_points=dict.fromkeys(players, 11.5),
                )
            )  # fmt: skip
    return rows


async def build(session: AsyncSession) -> str:
    """Write everything; returns users.id of the manager."""
    user = User(sleeper_user_id="me", sleeper_username="manager", display_name="Manager")
    session.add(user)
    session.add_all(_players())
    session.add_all(_games())
    await session.flush()
    for rows in (
        _league("A", user.id, "Alpha League", PPR, HOSTILE[0]),
        _league("B", user.id, "Beta " + HOSTILE[1], HALF, "Rivals", best_ball=1),
    ):
        session.add(rows[0])
        await session.flush()
        session.add_all(rows[1:])
    for number, (kind, status, error) in enumerate(
        (
            (AgentTaskType.LINEUP_OPTIMIZATION, AgentTaskStatus.COMPLETED, None),
            (AgentTaskType.INJURY_MONITORING, AgentTaskStatus.FAILED, f"No schedule for {HOSTILE[0]}"),
            (AgentTaskType.WAIVER_WIRE, AgentTaskStatus.IN_PROGRESS, None),
        )
    ):
        session.add(
            AgentTask(
                user_id=user.id, league_id="A" if number else None, task_type=kind, status=status,
                progress_percentage=(100, 40, 65)[number], error_message=error,
                current_step="Reading the league" if number == 2 else None,
                created_at=NOW - timedelta(minutes=30 - number),
                completed_at=NOW - timedelta(minutes=29) if number < 2 else None,
                result={"proposed": 2} if number == 0 else None,
            )
        )  # fmt: skip
    await session.flush()
    return user.id
