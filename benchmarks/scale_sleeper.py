"""A Sleeper in this process with a hundred managers in thirty leagues that they share, in week 3."""

import hashlib
import json
import random
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx
import msgspec

from benchmarks import made_up
from fantasy_tui.sleeper.client import SleeperClient
from tests.sleeper import fake

MANAGERS = 100
LEAGUES = 30
PLAYERS = 2_000
WEEKS = (1, 2, 3)
AHEAD = (4, 5, 6)


def leagues_of(manager: int) -> list[str]:
    """Three at most; two managers share one, two, three or none."""
    return sorted({f"9{n % LEAGUES:03}" for n in (manager, 7 * manager + 3, manager // 4)})


def managers_of(league: str) -> list[int]:
    """Who is in a league."""
    return [manager for manager in range(MANAGERS) if league in leagues_of(manager)]


def client(version: int) -> SleeperClient:
    """Answers from memory; with every version teams, points, trends, stats and one player in twenty differ."""
    answers = _all_answers(version)

    def answer(request: httpx.Request) -> httpx.Response:
        path = "games.csv" if request.url.host == "games.test" else request.url.path
        body = answers.get(path, b"null")
        etag = f'W/"{hashlib.sha1(body).hexdigest()}"'
        if request.headers.get("if-none-match") == etag:
            return httpx.Response(304, headers={"ETag": etag})
        return httpx.Response(200, headers={"ETag": etag}, content=body)

    return SleeperClient("https://sleeper.test", transport=httpx.MockTransport(answer))


@cache
def _all_answers(version: int) -> dict[str, bytes]:
    return dict(_answers(version))


def _answers(version: int) -> Iterator[tuple[str, bytes]]:
    def said(path: str, value: Any) -> tuple[str, bytes]:
        return path, json.dumps(value).encode()

    def rng(seed: str) -> random.Random:
        return random.Random(f"{seed} {version}")

    yield "games.csv", fake.games_file()
    yield said("/v1/state/nfl", {
        "week": 3, "leg": 3, "display_week": 3, "season": "2024", "season_type": "regular",
        "league_season": "2024",
    })  # fmt: skip
    yield said("/schedule/nfl/regular/2024", [
        {"week": week, "date": day, "home": home, "away": away, "status": "pre_game", "game_id": "x"}
        for week, day in fake.KICKOFFS.items()
        for home, away in (("BUF", "KC"), ("LAR", "SF"))
    ])  # fmt: skip
    yield "/v1/players/nfl", _players(rng("players"))
    for kind in ("add", "drop"):
        trend = [{"player_id": str(n), "count": rng(f"{kind}{n}").randint(1, 9999)} for n in range(1, 51)]
        yield said(f"/v1/players/nfl/trending/{kind}", trend)
    for week in (*WEEKS, *AHEAD):
        lines = {
            str(n): {"gp": 1.0, "pts_ppr": rng(f"{week}{n}").randint(0, 300) / 10, "rec_yd": 40.0, "rec": 4.0}
            for n in range(1, PLAYERS, 2)
        }
        yield said(f"/v1/projections/nfl/regular/2024/{week}", lines)
        yield said(f"/v1/stats/nfl/regular/2024/{week}", lines if week in WEEKS else {})
    for manager in range(MANAGERS):
        person = fake.user(str(manager), f"manager{manager}")
        yield said(f"/v1/user/manager{manager}", person)
        found = [_league(league, version) for league in leagues_of(manager)]
        # Sleeper has an order of its own.
        rng(f"order {manager}").shuffle(found)
        yield said(f"/v1/user/{manager}/leagues/nfl/2024", found)
    for number in range(LEAGUES):
        yield from _of_league(f"9{number:03}", version, said)


def _league(league: str, version: int) -> dict[str, Any]:
    return fake.league(league, settings={"leg": 3, "playoff_week_start": 15, "version": version})


def _of_league(league: str, version: int, said: Any) -> Iterator[tuple[str, bytes]]:
    rng = random.Random(f"{league} {version}")
    managers = managers_of(league)
    teams = [[str(n) for n in rng.sample(range(1, PLAYERS), 15)] for _ in managers]
    yield said(f"/v1/league/{league}", _league(league, version))
    yield said(f"/v1/league/{league}/users", [
        {"user_id": str(m), "display_name": f"Manager {m}", "metadata": {"team_name": f"v{version}"}}
        for m in managers
    ])  # fmt: skip
    yield said(f"/v1/league/{league}/rosters", [
        fake.roster(place, owner_id=str(m), league_id=league, players=team, starters=team[:9])
        for place, (m, team) in enumerate(zip(managers, teams, strict=True), 1)
    ])  # fmt: skip
    yield said(f"/v1/league/{league}/traded_picks", [])
    for week in range(1, 15):
        yield said(f"/v1/league/{league}/matchups/{week}", [
            fake.matchup(place, (place + 1) // 2, points=rng.randint(0, 2000) / 10, players=team, starters=team[:9])
            for place, team in enumerate(teams, 1)
        ])  # fmt: skip
    for week in WEEKS:
        moves = [
            {
                "transaction_id": f"{league}{week}{n}", "type": "free_agent", "status": "complete", "creator": "1",
                "created": 1726000000123, "status_updated": 1726000001000 + version, "leg": week,
                "roster_ids": [1], "adds": {str(n + 1): 1}, "drops": None, "draft_picks": [],
                "waiver_budget": [], "settings": None, "metadata": None,
            }
            for n in range(20)
        ]  # fmt: skip
        yield said(f"/v1/league/{league}/transactions/{week}", moves)


def _players(rng: random.Random) -> bytes:
    known: dict[str, dict[str, Any]] = msgspec.json.decode(made_up.players_file())
    few = {key: known[key] for key in list(known)[:PLAYERS]}
    for player in rng.sample(list(few.values()), PLAYERS // 20):
        player["injury_status"] = rng.choice(("Questionable", "Out", None))
    return msgspec.json.encode(few)
