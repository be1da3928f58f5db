"""A store of the size of a real one: 11,400 made-up players, and a queue of 200 decisions in ten leagues."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy.ext.asyncio import AsyncSession

from fantasy_tui.agents.recommendation import LineupChange, PlayerLine, SlotLine, dump
from fantasy_tui.crud.mirror import mirror
from fantasy_tui.crud.user import create_user
from fantasy_tui.database.store import Store
from fantasy_tui.models import (
    AgentDecision,
    AgentTask,
    AgentTaskStatus,
    AgentTaskType,
    League,
    LeagueMember,
    Player,
    Roster,
    SyncState,
)
from fantasy_tui.sleeper import endpoints, rows

PLAYERS = 11_400
DECISIONS = 200
LEAGUES = 10
SEED = 2024
NOW = datetime(2024, 11, 10, 15, tzinfo=UTC)
USERNAME = "manager"
FIRST_SUMMARY = "Start Number 000"
"""What the queue's first line says."""

_TEAMS = ("KC", "PHI", "CIN", "DAL", "SF", "BUF", "ATL", "DET", "NYJ", "NYG", "WAS", "LAR", "SEA", "GB", None)
_POSITIONS = ("QB", "RB", "RB", "WR", "WR", "WR", "TE", "K", "LB", "CB", "DE", "OL")
_SLOTS = ("QB", "RB", "RB", "WR", "WR", "TE", "FLEX", "K", "DEF")
_BEGINNINGS = (
    "Mar",
    "Jo",
    "De",
    "Tra",
    "Ka",
    "Bri",
    "El",
    "An",
    "Ro",
    "Wil",
    "Ste",
    "Cal",
    "Da",
    "Ty",
    "Ja",
    "Mo",
)
_MIDDLES = ("la", "ri", "no", "ve", "to", "sha", "du", "ke", "mi", "za")
_ENDS = ("n", "son", "ton", "rick", "ley", "man", "well", "s", "ford", "ius", "ck", "rell")


def _word(rng: random.Random) -> str:
    return rng.choice(_BEGINNINGS) + "".join(rng.choices(_MIDDLES, k=rng.randint(0, 2))) + rng.choice(_ENDS)


def _player(number: int, rng: random.Random) -> dict[str, Any]:
    first, last = _word(rng), _word(rng)
    position = rng.choice(_POSITIONS)
    about: dict[str, Any] = {
        "player_id": str(number),
        "first_name": first,
        "last_name": last,
        "full_name": f"{first} {last}",
        "position": position,
        "fantasy_positions": [position],
        "team": rng.choice(_TEAMS),
        "age": rng.randint(21, 38),
        "number": rng.randint(1, 99),
        "injury_status": rng.choice((None,) * 8 + ("Questionable", "Out")),
        "depth_chart_order": rng.choice((None, 1, 2, 3)),
        "search_rank": number if number <= 2500 else 9_999_999,
        "status": "Active",
        "hashtag": f"#{first}{last}-NFL-{number}",
        "metadata": {"channel_id": str(rng.getrandbits(60)), "rookie_year": str(rng.randint(2008, 2024))},
    }
    # Sleeper's objects have some fifty fields, most of them ids elsewhere.
    about |= {f"{name}_id": str(rng.getrandbits(80)) for name in map("source_{:02}".format, range(26))}
    return about


def players_file() -> bytes:
    """A players file as Sleeper would send it, about 1.5 kB a player, the same at every call."""
    rng = random.Random(SEED)
    return msgspec.json.encode({str(n): _player(n, rng) for n in range(1, PLAYERS + 1)})


def player_rows(file: bytes) -> list[dict[str, Any]]:
    """The file as rows of the store, by the parser that sync uses."""
    return rows.players(endpoints.players().decode(file))


def recommendation(summary: str, rng: random.Random) -> dict[str, Any]:
    """A line-up of nine slots as it is stored, some four kilobytes."""

    def side() -> tuple[SlotLine, ...]:
        return tuple(
            SlotLine(
                slot=slot,
                player=PlayerLine(
                    player_id=str(rng.randint(1, PLAYERS)),
                    name=f"{_word(rng)} {_word(rng)}",
                    position=slot,
                    team="KC",
                    opponent="v CIN",
                    points=round(rng.uniform(2, 24), 1),
                    kickoff=NOW + timedelta(hours=3),
                ),
            )
            for slot in _SLOTS
        )

    return dump(
        LineupChange(
            summary=summary,
            reasons=tuple(f"{slot}: one over another, +{rng.uniform(0, 5):.1f}." for slot in _SLOTS[:4]),
            sources=(),
            status_quo="The line-up as it stands is expected to score less.",
            before=side(),
            after=side(),
        )
    )


async def fill(store: Store) -> None:
    """Write players, leagues and the queue into an empty, migrated store."""
    players = player_rows(players_file())
    rng = random.Random(SEED)

    async def work(session: AsyncSession) -> None:
        await mirror(session, Player, players, within={})
        user = await create_user(session, "me", USERNAME, "Manager")
        for league in range(LEAGUES):
            await _league(session, user.id, f"L{league}", rng)
        for number in range(DECISIONS):
            league_id = f"L{number % LEAGUES}"
            session.add(
                AgentDecision(
                    user_id=user.id,
                    league_id=league_id,
                    roster_id=1,
                    task_id=f"task-{league_id}",
                    decision_type=AgentTaskType.LINEUP_OPTIMIZATION,
                    season="2024",
                    week=10,
                    subject=str(number),
                    recommendation=recommendation(f"Start Number {number:03}", rng),
                    reasoning="because",
                    confidence_score=60,
                    expected_gain=float(DECISIONS - number),
                    model_version="made-up",
                    expires_at=NOW + timedelta(hours=3),
                )
            )

    await store.write(work)


async def _league(session: AsyncSession, user_id: str, league_id: str, rng: random.Random) -> None:
    session.add(
        League(
            id=league_id, user_id=user_id, name=f"League {league_id}", season="2024", status="in_season",
            total_rosters=12, roster_positions=[*_SLOTS, *["BN"] * 6], scoring_settings={"rec": 1.0},
            settings={"leg": 10},
        )
    )  # fmt: skip
    await session.flush()
    session.add(
        AgentTask(
            id=f"task-{league_id}", user_id=user_id, league_id=league_id, status=AgentTaskStatus.COMPLETED,
            task_type=AgentTaskType.LINEUP_OPTIMIZATION,
        )
    )  # fmt: skip
    session.add(SyncState(resource=f"league/{league_id}/rosters", checked_at=NOW, changed_at=NOW))
    held = rng.sample(range(1, 2500), 12 * 15)
    for roster in range(12):
        owner = "me" if roster == 0 else f"{league_id}-{roster}"
        team = [str(player) for player in held[roster * 15 : roster * 15 + 15]]
        session.add(LeagueMember(league_id=league_id, user_id=owner, display_name=owner))
        session.add(
            Roster(
                id=f"{league_id}:{roster + 1}", league_id=league_id, roster_id=roster + 1, owner_id=owner,
                players=team, starters=team[: len(_SLOTS)],
            )
        )  # fmt: skip
    await session.flush()
