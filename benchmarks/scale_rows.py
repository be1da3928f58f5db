"""Made-up rows by the million: plain tuples in the order of `COLUMNS`, the same at every call."""

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from benchmarks import made_up

NOW = made_up.NOW
SEASON = "2024"
WEEK = 10
A_USER = 900
"""Decisions of a normal user: ten seasons of two leagues."""
OPEN_A_USER = 30
IN_PLAY = 20
"""Answered by a normal user in this week and not locked yet."""
HEAVY = "u0"
"""One user with a tenth of all decisions, 3 in 100 of them open."""
NORMAL = "u1"
PLAYERS = 11_112
SEASONS = tuple(str(year) for year in range(2000, 2025))
WEEKS = range(1, 19)
_KINDS = ("lineup_optimization", "sit_start", "waiver_wire", "trade_analysis", "injury_monitoring")
_LOCKS = (3.0, 6.4, 9.3, 34.3, 57.0, 105.3)
"""Hours from now to the week's deadlines."""

Record = tuple[Any, ...]
COLUMNS = {
    "users": ("id", "sleeper_user_id", "sleeper_username", "display_name", "preferences", "autonomous_mode",
              "notification_settings"),
    "leagues": ("id", "user_id", "name", "season", "sport", "status", "total_rosters"),
    "agent_tasks": ("id", "user_id", "league_id", "task_type", "status", "progress_percentage"),
    "agent_decisions": ("id", "user_id", "league_id", "roster_id", "task_id", "decision_type", "season", "week",
                        "subject", "recommendation", "reasoning", "confidence_score", "expected_gain", "horizon",
                        "model_version", "actionable", "user_approved", "executed", "decided_at", "settles_week",
                        "settled_at", "outcome", "expires_at", "closed_at", "version", "created_at", "updated_at"),
    "decision_events": ("id", "decision_id", "version", "at", "actor", "door", "action", "after"),
    "games": ("season", "week", "home", "away", "gameday", "kickoff", "kickoff_assumed"),
    "players": ("player_id", "first_name", "last_name", "full_name", "position", "team", "search_rank"),
    "sync_state": ("resource", "digest", "checked_at", "changed_at"),
    "player_stats": ("id", "player_id", "season", "week", "stats", "fantasy_points"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How much one database holds."""

    name: str
    decisions: int
    seasons: int

    @property
    def users(self) -> int:
        """The heavy one has a tenth, the others have the same each in every size."""
        return 1 + (self.decisions - self.decisions // 10) // A_USER

    @property
    def stats(self) -> int:
        """Rows of player_stats."""
        return self.seasons * len(WEEKS) * PLAYERS


SIZES = (Size("small", 10_000, 1), Size("middle", 100_000, 5), Size("large", 1_000_000, 25))


def a_key(number: int) -> str:
    """A random-looking id that is the same for a number at every call."""
    return hashlib.blake2b(number.to_bytes(8), digest_size=16).hexdigest()


def users(size: Size) -> Iterator[Record]:
    """Managers."""
    for number in range(size.users):
        yield f"u{number}", f"s{number}", f"manager{number}", f"Manager {number}", "{}", False, "{}"


def leagues(size: Size) -> Iterator[Record]:
    """Two a user."""
    for number in range(size.users):
        for which in "ab":
            yield f"l{number}{which}", f"u{number}", f"League {number}{which}", SEASON, "nfl", "in_season", 12


def tasks(size: Size) -> Iterator[Record]:
    """One a league."""
    for number in range(size.users):
        for which in "ab":
            league = f"l{number}{which}"
            yield f"t{number}{which}", f"u{number}", league, "lineup_optimization", "completed", 100


def games(_: Size) -> Iterator[Record]:
    """Sixteen games on every Sunday of every season."""
    for season in SEASONS:
        first = datetime(int(season), 9, 8, 18, tzinfo=UTC)
        for week in WEEKS:
            kickoff = first + timedelta(days=7 * (week - 1))
            for game in range(16):
                yield season, week, f"H{game}", f"A{game}", kickoff.date(), kickoff, False


def players(_: Size) -> Iterator[Record]:
    """Names and positions."""
    rng = random.Random(1)
    positions = ("QB", "RB", "WR", "TE", "K", "LB", "CB", "DE")
    for number in range(1, PLAYERS + 1):
        name = ("Given", f"Family{number}", f"Given Family{number}")
        yield str(number), *name, rng.choice(positions), f"H{number % 16}", number


def stats(size: Size) -> Iterator[Record]:
    """A line for every player in every week, in the order in which syncs write them: week by week."""
    rng = random.Random(2)
    lines = [_line(rng) for _ in range(500)]
    for season in SEASONS[-size.seasons :]:
        for week in WEEKS:
            for number in range(1, PLAYERS + 1):
                player, (line, points) = str(number), rng.choice(lines)
                yield f"{player}:{season}:{week}", player, season, week, line, points


def _line(rng: random.Random) -> tuple[str, float]:
    names = ("gp", "off_snp", "tm_off_snp", "st_snp", "tm_st_snp", "rush_att", "rush_yd", "rush_td", "rec_tgt",
             "rec", "rec_yd", "rec_td", "rec_fd", "pts_half_ppr", "pts_std", "pts_ppr")  # fmt: skip
    line = {name: float(rng.randint(0, 90)) for name in names} | {"gp": 1.0}
    return msgspec.json.encode(line).decode(), line["pts_ppr"]


def sync_states(size: Size) -> Iterator[Record]:
    """What was fetched: some fifty resources of a league."""
    parts = ("rosters", "users", "traded_picks", *(f"{kind}/{week}" for kind in ("matchups", "transactions")
             for week in WEEKS), *(f"pairings/{week}" for week in range(11, 15)))  # fmt: skip
    shared = ("players", "games", "state", "trending/add", "trending/drop", f"schedule/{SEASON}")
    weekly = (f"{kind}/{SEASON}/{week}" for kind in ("stats", "projections") for week in WEEKS)
    leagues = (f"league/l{n}{which}/{part}" for n in range(size.users) for which in "ab" for part in parts)
    for resource in (*shared, *weekly, *leagues):
        yield resource, "0" * 32, NOW, NOW


def decisions(size: Size) -> Iterator[Record]:
    """User by user in turns, oldest first, as they come to be."""
    documents = [
        msgspec.json.encode(made_up.recommendation(f"Start Number {n}", random.Random(n))).decode()
        for n in range(40)
    ]
    for number, user, place, count in _turns(size):
        yield _decision(number, user, place, count, documents[number % len(documents)])


def _turns(size: Size) -> Iterator[tuple[int, int, int, int]]:
    """Number, user, place among the user's own, and how many those are."""
    number, heavy = 0, size.decisions // 10
    others = size.users - 1
    a_turn = heavy // A_USER
    for place in range(A_USER):
        for own in range(a_turn if place < A_USER - 1 else heavy - a_turn * (A_USER - 1)):
            yield number, 0, place * a_turn + own, heavy
            number += 1
        for user in range(1, others + 1):
            yield number, user, place, A_USER
            number += 1


def _decision(number: int, user: int, place: int, count: int, document: str) -> Record:
    rng = random.Random(number)
    is_open = place >= count - count * OPEN_A_USER // A_USER
    in_play = not is_open and place >= count - count * (OPEN_A_USER + IN_PLAY) // A_USER
    which = rng.choice("ab")
    league, kind = f"l{user}{which}", rng.choice(_KINDS)
    version = 1
    approved: bool | None = None
    decided = settled = closed = outcome = None
    executed = False
    if is_open or in_play:
        season, week = SEASON, WEEK
        lock = NOW + timedelta(hours=rng.choice(_LOCKS))
    else:
        weeks_ago = 1 + (count - place) * 150 // count
        back, week = divmod(weeks_ago, 18)
        season, week = str(2024 - back), 18 - week
        lock = NOW - timedelta(weeks=weeks_ago, hours=rng.choice(_LOCKS))
    made = lock - timedelta(days=4)
    if in_play or (not is_open and rng.random() < 0.5):
        approved, executed = rng.random() < 0.7, not in_play
        decided = closed = (lock if not in_play else NOW) - timedelta(minutes=rng.randint(3, 900))
        version = 2
    elif not is_open:
        closed, version = lock, 2
    if not is_open and not in_play and rng.random() < 0.95:
        settled = lock + timedelta(days=2)
        outcome = (
            f'{{"right": {"true" if rng.random() < 0.6 else "false"}, "gain": {rng.uniform(-9, 9):.2f}}}'
        )
        version = 3
    return (
        a_key(number), f"u{user}", league, 1, f"t{user}{which}", kind, season, week, str(number), document,
        "because", rng.randint(50, 95), round(rng.uniform(0, 9), 2), "week", "made-up", rng.random() < 0.9,
        approved, executed, decided, week if rng.random() < 0.9 else None, settled, outcome, lock, closed,
        version, made, closed or made,
    )  # fmt: skip


def events(size: Size) -> Iterator[Record]:
    """Proposed, then answered or expired, then settled."""
    number = 0
    for decision in decisions(size):
        row = dict(zip(COLUMNS["agent_decisions"], decision, strict=True))
        steps = [("agent", "propose", row["created_at"])]
        if row["closed_at"] is not None:
            answered = "approve" if row["user_approved"] else "reject"
            is_answer = row["decided_at"] is not None
            steps.append(
                ("tui", answered, row["closed_at"]) if is_answer else ("agent", "expire", row["closed_at"])
            )
        if row["settled_at"] is not None:
            steps.append(("sync", "settle", row["settled_at"]))
        for version, (door, action, at) in enumerate(steps, 1):
            after = '{"executed": false, "closed_at": null, "user_approved": null, "decided_by": null}'
            yield a_key(-number - 1 + 2**63), row["id"], version, at, row["user_id"], door, action, after
            number += 1


TABLES: dict[str, Callable[[Size], Iterator[Record]]] = {
    "users": users,
    "leagues": leagues,
    "games": games,
    "players": players,
    "agent_tasks": tasks,
    "agent_decisions": decisions,
    "decision_events": events,
    "sync_state": sync_states,
    "player_stats": stats,
}
