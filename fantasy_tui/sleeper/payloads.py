"""Wire shapes of Sleeper's API: needed fields are checked, unknown ones ignored."""

from datetime import date
from typing import Annotated, Any

import msgspec

NO_LEAGUE = (None, "", "0")

# Postgres stores no greater whole numbers in a column.
Int = Annotated[int, msgspec.Meta(ge=-(2**31), lt=2**31)]


class Wire(msgspec.Struct):
    """Base of all answers."""


class SleeperUser(Wire):
    """A person; the username may change, the id does not."""

    user_id: str
    username: str | None = None
    display_name: str | None = None
    avatar: str | None = None

    @property
    def name(self) -> str:
        """What to call the person."""
        return self.display_name or self.username or self.user_id


class SeasonState(Wire):
    """Where the NFL season stands."""

    season: str
    season_type: str = "regular"
    week: Int = 0
    display_week: int = 0
    league_season: str | None = None

    @property
    def current_week(self) -> int:
        """Week to look at: `week` and `display_week` roll over at different moments, and the offseason says 0."""
        return max(self.week, self.display_week, 1)

    def regular_week(self, season: str) -> int:
        """Last week of that regular season to ask about: 18 once it is over."""
        over = self.season_type == "post" or self.season > season
        return 18 if over else min(self.current_week, 18)

    @property
    def leagues_season(self) -> str:
        """Season whose leagues are current."""
        return self.league_season or self.season


class LeagueId(Wire):
    """All that is needed of a league that cannot be read."""

    league_id: str


class SleeperLeague(Wire):
    """One season of a league."""

    league_id: str
    name: str
    season: str
    sport: str = "nfl"
    status: str | None = None
    total_rosters: Int | None = None
    avatar: str | None = None
    previous_league_id: str | None = None
    roster_positions: list[str] | None = None
    scoring_settings: dict[str, float] | None = None
    settings: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None

    @property
    def previous_season_league_id(self) -> str | None:
        """The league's id in the season before; Sleeper says null, "" or "0" for none."""
        return None if self.previous_league_id in NO_LEAGUE else self.previous_league_id


class Member(Wire):
    """A person in a league."""

    user_id: str
    display_name: str | None = None
    avatar: str | None = None
    is_owner: bool | None = None
    metadata: dict[str, Any] | None = None

    @property
    def team_name(self) -> str | None:
        """The team's own name, if the manager gave one."""
        name = (self.metadata or {}).get("team_name")
        return name if isinstance(name, str) and name.strip() else None


class SleeperRoster(Wire):
    """One team; lists that hold nobody may be null."""

    roster_id: Int
    league_id: str | None = None
    owner_id: str | None = None
    co_owners: list[str] | None = None
    players: list[str] | None = None
    starters: list[str] | None = None
    reserve: list[str] | None = None
    taxi: list[str] | None = None
    keepers: list[str] | None = None
    settings: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None

    def points(self, field: str) -> float:
        """`fpts` or `fpts_against` with its hundredths: `fpts_decimal` 5 means 0.05; 0 in the offseason."""
        return self.number(field) + self.number(f"{field}_decimal") / 100

    def number(self, field: str) -> float:
        """A number among the settings, 0 when it is not there; raises ValueError when it is not a number."""
        value = (self.settings or {}).get(field) or 0
        if not isinstance(value, int | float):
            raise ValueError(f"{field} is {value!r}")
        return float(value)

    def is_of(self, user_id: str) -> bool:
        """True for the owner and for co-owners."""
        return user_id == self.owner_id or user_id in (self.co_owners or ())


class SleeperMatchup(Wire):
    """One roster's week."""

    roster_id: Int
    matchup_id: Int | None = None
    points: float | None = None
    custom_points: float | None = None
    players: list[str] | None = None
    starters: list[str] | None = None
    starters_points: list[float] | None = None
    players_points: dict[str, float] | None = None

    @property
    def score(self) -> float | None:
        """Points that count: a commissioner's override wins."""
        return self.points if self.custom_points is None else self.custom_points


class SleeperTransaction(Wire):
    """A move; in a trade each player is in `adds` (who gets him) and in `drops` (who gives him)."""

    transaction_id: str
    type: str
    status: str
    created: int
    creator: str | None = None
    status_updated: int | None = None
    leg: Int | None = None
    roster_ids: list[int] | None = None
    adds: dict[str, int] | None = None
    drops: dict[str, int] | None = None
    draft_picks: list[dict[str, Any]] | None = None
    waiver_budget: list[dict[str, Any]] | None = None
    settings: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None


class Pick(Wire):
    """A draft pick that changed hands."""

    season: str
    round: Int
    roster_id: Int
    owner_id: Int
    previous_owner_id: Int | None = None


class BracketMatch(Wire):
    """A match of the playoffs."""

    r: int
    m: int
    t1: int | None = None
    t2: int | None = None
    w: int | None = None
    l: int | None = None  # noqa: E741 (Sleeper's name)
    p: int | None = None


class Draft(Wire):
    """A draft."""

    draft_id: str
    type: str
    status: str
    season: str
    league_id: str | None = None
    start_time: int | None = None
    settings: dict[str, Any] | None = None
    metadata: dict[str, Any] | None = None
    draft_order: dict[str, int] | None = None
    slot_to_roster_id: dict[str, int] | None = None


class DraftPick(Wire):
    """A player picked in a draft."""

    pick_no: int
    round: Int
    draft_slot: int
    player_id: str | None = None
    picked_by: str | None = None
    roster_id: Int | None = None
    is_keeper: bool | None = None
    metadata: dict[str, Any] | None = None


class Trending(Wire):
    """How often a player was added or dropped."""

    player_id: str
    count: Int


class SleeperPlayer(Wire):
    """A player or a defence; a defence has no full_name."""

    player_id: str
    first_name: str | None = None
    last_name: str | None = None
    full_name: str | None = None
    position: str | None = None
    fantasy_positions: list[str] | None = None
    team: str | None = None
    age: Int | None = None
    number: Int | None = None
    injury_status: str | None = None
    depth_chart_order: Int | None = None
    search_rank: Int | None = None

    @property
    def display_name(self) -> str:
        """Full name, else first and last name, else the id."""
        return self.full_name or f"{self.first_name or ''} {self.last_name or ''}".strip() or self.player_id


class ScheduledGame(Wire):
    """A game without its kickoff time, which Sleeper does not tell."""

    week: Int
    date: date
    home: str
    away: str
    status: str | None = None
