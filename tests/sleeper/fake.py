"""A tiny Sleeper in this process: two leagues in week 3 of 2024, with a switch for each way to fail."""

import copy
import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import httpx

from fantasy_tui.sleeper.client import SleeperClient

NOW = datetime(2024, 9, 20, 12, tzinfo=UTC)
"""Friday of week 3: week 1 can no longer change, week 2 still can."""

ME, RIVAL, OWNER = "101", "102", "103"
REDRAFT, CHOPPED = "9001", "9002"
GAMES_URL = "https://games.test/games.csv"
HOSTILE = "[@click=app.quit]\x1b[31m‮ 👩‍👩‍👧"

Answer = Callable[[httpx.Request], httpx.Response]


async def no_sleep(_seconds: float) -> None:
    """Instead of waiting before the next attempt."""


def client_of(answer: Answer) -> SleeperClient:
    """A client whose every request is answered by `answer` and that never waits."""
    return SleeperClient("https://sleeper.test", transport=httpx.MockTransport(answer), sleep=no_sleep)


def user(user_id: str = ME, username: str | None = "tester") -> dict[str, Any]:
    return {"user_id": user_id, "username": username, "display_name": "Tester", "avatar": "aa", "email": None}


def league(league_id: str = REDRAFT, **changes: Any) -> dict[str, Any]:
    return {
        "league_id": league_id,
        "name": f"League {league_id}",
        "season": "2024",
        "season_type": "regular",
        "sport": "nfl",
        "status": "in_season",
        "total_rosters": 3,
        "previous_league_id": "0",
        "roster_positions": ["QB", "FLEX", "BN", "BN"],
        "scoring_settings": {"rec": 0.5, "rec_yd": 0.1, "pass_yd": 0.04},
        "settings": {"type": 0, "waiver_type": 1, "waiver_budget": 100, "leg": 3},
        "metadata": None,
        "last_message_text_map": {"chat": "residue"},
        **changes,
    }


def roster(roster_id: int, **changes: Any) -> dict[str, Any]:
    return {
        "roster_id": roster_id,
        "owner_id": None,
        "co_owners": None,
        "league_id": REDRAFT,
        "players": None,
        "starters": None,
        "reserve": None,
        "taxi": None,
        "keepers": None,
        "settings": {"wins": 1, "losses": 1, "ties": 0, "fpts": 203, "fpts_decimal": 5},
        "metadata": None,
        **changes,
    }


def matchup(roster_id: int, matchup_id: int | None, **changes: Any) -> dict[str, Any]:
    return {
        "roster_id": roster_id,
        "matchup_id": matchup_id,
        "points": 0.0,
        "custom_points": None,
        "players": None,
        "starters": None,
        "starters_points": None,
        "players_points": None,
        **changes,
    }


def trade() -> dict[str, Any]:
    return {
        "transaction_id": "7001",
        "type": "trade",
        "status": "complete",
        "creator": ME,
        "created": 1726000000123,
        "status_updated": 1726000001000,
        "leg": 2,
        "roster_ids": [1, 2],
        "adds": {"2": 1, "3": 2},
        "drops": {"2": 2, "3": 1},
        "draft_picks": [
            {"season": "2025", "round": 1, "roster_id": 2, "owner_id": 1, "previous_owner_id": 2}
        ],
        "waiver_budget": [],
        "settings": None,
        "metadata": None,
    }


def player(player_id: str, name: str, position: str, team: str | None, **changes: Any) -> dict[str, Any]:
    first, _, last = name.partition(" ")
    return {
        "player_id": player_id,
        "first_name": first,
        "last_name": last,
        "full_name": name,
        "position": position,
        "fantasy_positions": [position],
        "team": team,
        "age": 25,
        "status": "Active",
        "injury_status": None,
        "search_rank": int(player_id),
        **changes,
    }


DEFENCE = {
    "player_id": "BUF",
    "first_name": "Buffalo",
    "last_name": "Bills",
    "position": "DEF",
    "fantasy_positions": ["DEF"],
    "team": "BUF",
    "active": True,
}
KICKOFFS = {1: "2024-09-08", 2: "2024-09-15", 3: "2024-09-22"}


def _leagues() -> dict[str, Any]:
    chopped = league(
        CHOPPED,
        name=HOSTILE,
        settings={"type": 3, "best_ball": 1, "league_average_match": 1, "playoff_week_start": 0},
    )
    answers: dict[str, Any] = {
        f"/v1/user/{ME}/leagues/nfl/2024": [league(), chopped],
        f"/v1/league/{REDRAFT}": league(),
        f"/v1/league/{CHOPPED}": chopped,
        f"/v1/league/{REDRAFT}/users": [
            {
                "user_id": ME,
                "display_name": "Tester",
                "is_owner": True,
                "metadata": {"team_name": HOSTILE, "mention_pn": "on"},
            },
            {"user_id": RIVAL, "display_name": "Rival", "is_owner": None, "metadata": None},
        ],
        f"/v1/league/{CHOPPED}/users": [
            {"user_id": OWNER, "display_name": "Owner", "metadata": {"team_name": "  "}},
            {"user_id": ME, "display_name": "Tester", "is_owner": False, "metadata": {}},
        ],
        f"/v1/league/{REDRAFT}/rosters": [
            roster(1, owner_id=ME, players=["1", "2", "BUF"], starters=["1", "0"], reserve=["2"]),
            roster(2, owner_id=RIVAL, players=["3", "99"], starters=["0", "3"]),
            roster(3, settings={}),
        ],
        f"/v1/league/{CHOPPED}/rosters": [
            roster(1, owner_id=OWNER, co_owners=[ME], players=["1"], starters=["1"], league_id=CHOPPED),
            roster(2, owner_id=RIVAL, settings={"eliminated": 2}, league_id=CHOPPED),
        ],
        f"/v1/league/{REDRAFT}/traded_picks": [
            {"season": "2025", "round": 1, "roster_id": 2, "owner_id": 1, "previous_owner_id": 2}
        ],
        f"/v1/league/{CHOPPED}/traded_picks": [],
    }
    for week in KICKOFFS:
        played = week < 3
        answers[f"/v1/league/{REDRAFT}/matchups/{week}"] = [
            matchup(
                1,
                1,
                points=10.4 if played else 0.0,
                players=["1", "2"],
                starters=["1", "0"],
                starters_points=[10.4, 0.0] if played else [0.0, 0.0],
                players_points={"1": 10.4, "2": 3.0} if played else {"1": 0.0, "2": 0.0},
            ),
            matchup(2, 1, points=7.5, custom_points=8.5, players=["3"], starters=["0", "3"]),
            matchup(3, None),
        ]
        answers[f"/v1/league/{CHOPPED}/matchups/{week}"] = [matchup(1, None), matchup(2, None)]
        for league_id in (REDRAFT, CHOPPED):
            answers[f"/v1/league/{league_id}/transactions/{week}"] = []
    answers[f"/v1/league/{REDRAFT}/transactions/2"] = [trade()]
    return answers


def _season() -> dict[str, Any]:
    answers: dict[str, Any] = {
        "/v1/state/nfl": {
            "week": 3,
            "leg": 3,
            "display_week": 3,
            "season": "2024",
            "season_type": "regular",
            "league_season": "2024",
        },
        "/schedule/nfl/regular/2024": [
            {"week": week, "date": day, "home": home, "away": away, "status": "pre_game", "game_id": "x"}
            for week, day in KICKOFFS.items()
            for home, away in (("BUF", "KC"), ("LAR", "SF"))
        ],
        "/v1/players/nfl": {
            "1": player("1", "Ann Quarter", "QB", "BUF"),
            "2": player("2", "Bob Runner", "RB", "KC", injury_status="Out"),
            "3": player("3", "Cy Wideout", "WR", None, fantasy_positions=None),
            "BUF": DEFENCE,
        },
        "/v1/players/nfl/trending/add": [{"player_id": "3", "count": 900}, {"player_id": "99", "count": 5}],
        "/v1/players/nfl/trending/drop": [],
    }
    for week in KICKOFFS:
        answers[f"/v1/projections/nfl/regular/2024/{week}"] = {"1": {"pass_yd": 250.0, "pts_ppr": 10.0}}
        answers[f"/v1/stats/nfl/regular/2024/{week}"] = (
            {"1": {"pass_yd": 260.0, "pts_ppr": 10.4}, "99": {"rec": 1.0}, "TEAM_BUF": {"pts": 1.0}, "2": {}}
            if week < 3
            else {}
        )
    return answers


def games_file(*, without: int | None = None) -> bytes:
    """A file of kickoffs in nflverse's columns."""
    out = io.StringIO()
    names = ["season", "game_type", "week", "gameday", "gametime", "away_team", "home_team", "spread_line"]
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for week, day in KICKOFFS.items():
        if week != without:
            writer.writerow(["2024", "REG", week, day, "13:00", "KC", "BUF", "2.5"])
            writer.writerow(["2024", "REG", week, day, "16:25", "SF", "LA", "NA"])
    writer.writerow(["2024", "WC", 19, "2025-01-11", "", "KC", "BUF", ""])
    return out.getvalue().encode()


class FakeSleeper:
    """Answers like Sleeper, from dictionaries that a test may change; `broken` replaces an answer altogether."""

    def __init__(self) -> None:
        self.answers: dict[str, Any] = copy.deepcopy(
            {"/v1/user/tester": user(), f"/v1/user/{ME}": user(), **_leagues(), **_season()}
        )
        self.games: bytes = games_file()
        self.broken: dict[str, Answer] = {}
        self.asked: Counter[str] = Counter()
        self.etags = True

    def __call__(self, request: httpx.Request) -> httpx.Response:
        path = "games.csv" if request.url.host == "games.test" else request.url.path
        self.asked[path] += 1
        if path in self.broken:
            return self.broken[path](request)
        if path == "games.csv":
            return self._reply(request, self.games)
        if path not in self.answers:
            known = not path.startswith("/v1/league/")
            return httpx.Response(200 if known else 404, content=b"null")
        return self._reply(request, json.dumps(self.answers[path]).encode())

    def _reply(self, request: httpx.Request, body: bytes) -> httpx.Response:
        if not self.etags:
            return httpx.Response(200, content=body)
        etag = f'W/"{hashlib.sha1(body).hexdigest()}"'
        if request.headers.get("if-none-match") == etag:
            return httpx.Response(304, headers={"ETag": etag})
        return httpx.Response(200, headers={"ETag": etag}, content=body)


def body(content: bytes, status: int = 200) -> Answer:
    """An answer that is always this."""
    return lambda _request: httpx.Response(status, content=content)
