"""Where each thing is asked for, and how its answer is read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import msgspec

from fantasy_tui.sleeper import games as games_csv
from fantasy_tui.sleeper import payloads as wire

T = TypeVar("T")

# Postgres cannot store the character NUL; an escaped backslash before it is somebody's text.
_NUL = re.compile(rb"(?<!\\)((?:\\\\)*)\\u0000")


@dataclass(frozen=True, slots=True)
class Resource(Generic[T]):
    """Something to ask for: `path` below the API's address (or a whole URL), `key` for the sync's memory."""

    key: str
    path: str
    decode: Callable[[bytes], T]
    what: str
    """What is not there when Sleeper says null or 404, in a user's words."""
    params: Mapping[str, str] = field(default_factory=dict)
    empty: Callable[[], T] | None = None
    """What null means where it does not mean "unknown"."""


def _json(shape: Any) -> Callable[[bytes], Any]:
    decoder = msgspec.json.Decoder(shape, strict=False)

    def decode(body: bytes) -> Any:
        if rb"\u0000" in body:
            body = _NUL.sub(rb"\1", body)
        return decoder.decode(body)

    return decode


_DECODE: dict[Any, Callable[[bytes], Any]] = {
    shape: _json(shape)
    for shape in (
        wire.SleeperUser,
        wire.SeasonState,
        wire.SleeperLeague,
        list[msgspec.Raw],
        list[wire.SleeperRoster],
        list[wire.Member],
        list[wire.SleeperMatchup],
        list[wire.SleeperTransaction],
        list[wire.Pick],
        list[wire.BracketMatch],
        list[wire.Draft],
        wire.Draft,
        list[wire.DraftPick],
        list[wire.Trending],
        list[wire.ScheduledGame],
        dict[str, msgspec.Raw],
        dict[str, dict[str, Any]],
    )
}


def _get(
    shape: Any, key: str, path: str, what: str, empty: Callable[[], Any] | None = None, **params: str
) -> Resource[Any]:
    return Resource(key, path, _DECODE[shape], what, params, empty)


def user(name: str) -> Resource[wire.SleeperUser]:
    """A person by username or user_id; Sleeper answers null for an unknown one."""
    return _get(wire.SleeperUser, f"user/{name}", f"/v1/user/{_segment(name)}", f"user “{name}”")


def state() -> Resource[wire.SeasonState]:
    """Where the NFL season stands."""
    return _get(wire.SeasonState, "state", "/v1/state/nfl", "the NFL season's state")


def user_leagues(user_id: str, season: str) -> Resource[list[msgspec.Raw]]:
    """A person's leagues of one season, each still as bytes: one that cannot be read does not hide the others."""
    path = f"user/{user_id}/leagues/nfl/{season}"
    return _get(
        list[msgspec.Raw],
        f"user/{user_id}/leagues/{season}",
        f"/v1/{path}",
        f"the leagues of {season}",
        list,
    )


def league(league_id: str) -> Resource[wire.SleeperLeague]:
    """One league."""
    return _get(
        wire.SleeperLeague,
        f"league/{league_id}",
        f"/v1/league/{_segment(league_id)}",
        f"league {league_id}",
    )


def rosters(league_id: str) -> Resource[list[wire.SleeperRoster]]:
    """The teams of a league."""
    return _of_league(list[wire.SleeperRoster], league_id, "rosters", empty=None)


def members(league_id: str) -> Resource[list[wire.Member]]:
    """The people of a league."""
    return _of_league(list[wire.Member], league_id, "users", empty=None)


def matchups(league_id: str, week: int) -> Resource[list[wire.SleeperMatchup]]:
    """Each roster's week; empty in the offseason."""
    return _of_league(list[wire.SleeperMatchup], league_id, f"matchups/{week}")


def pairings(league_id: str, week: int) -> Resource[list[wire.SleeperMatchup]]:
    """Who meets whom in a week ahead: the matchups, of which nothing else is settled yet."""
    week_ahead = matchups(league_id, week)
    return replace(week_ahead, key=f"league/{league_id}/pairings/{week}")


def transactions(league_id: str, week: int) -> Resource[list[wire.SleeperTransaction]]:
    """What was moved in a week, newest first; pending claims are not told."""
    return _of_league(list[wire.SleeperTransaction], league_id, f"transactions/{week}")


def traded_picks(league_id: str) -> Resource[list[wire.Pick]]:
    """Future draft picks that changed hands."""
    return _of_league(list[wire.Pick], league_id, "traded_picks")


def winners_bracket(league_id: str) -> Resource[list[wire.BracketMatch]]:
    """The playoffs; null in leagues without a bracket."""
    return _of_league(list[wire.BracketMatch], league_id, "winners_bracket")


def losers_bracket(league_id: str) -> Resource[list[wire.BracketMatch]]:
    """The consolation games; null in leagues without a bracket."""
    return _of_league(list[wire.BracketMatch], league_id, "losers_bracket")


def league_drafts(league_id: str) -> Resource[list[wire.Draft]]:
    """The drafts of a league, newest first."""
    return _of_league(list[wire.Draft], league_id, "drafts")


def user_drafts(user_id: str, season: str) -> Resource[list[wire.Draft]]:
    """A person's drafts of one season."""
    path = f"user/{user_id}/drafts/nfl/{season}"
    return _get(list[wire.Draft], path, f"/v1/{path}", f"the drafts of {season}", list)


def draft(draft_id: str) -> Resource[wire.Draft]:
    """One draft; only this form tells which roster has which slot."""
    return _get(wire.Draft, f"draft/{draft_id}", f"/v1/draft/{_segment(draft_id)}", f"draft {draft_id}")


def draft_picks(draft_id: str) -> Resource[list[wire.DraftPick]]:
    """The picks made in a draft."""
    key = f"draft/{draft_id}/picks"
    return _get(list[wire.DraftPick], key, f"/v1/{key}", f"the picks of draft {draft_id}", list)


def draft_traded_picks(draft_id: str) -> Resource[list[wire.Pick]]:
    """The picks of a draft that changed hands."""
    key = f"draft/{draft_id}/traded_picks"
    return _get(list[wire.Pick], key, f"/v1/{key}", f"the traded picks of draft {draft_id}", list)


def players() -> Resource[dict[str, msgspec.Raw]]:
    """Every player by id, each still as bytes; Sleeper asks for at most one call a day."""
    return _get(dict[str, msgspec.Raw], "players", "/v1/players/nfl", "the players file")


def trending(kind: str) -> Resource[list[wire.Trending]]:
    """Players most added or dropped (`kind`) in the last 24 hours."""
    return _get(
        list[wire.Trending],
        f"trending/{kind}",
        f"/v1/players/nfl/trending/{kind}",
        "the trending players",
        list,
        lookback_hours="24",
        limit="50",
    )


def schedule(season: str) -> Resource[list[wire.ScheduledGame]]:
    """The season's games with days but without kickoff times (undocumented)."""
    return _get(
        list[wire.ScheduledGame],
        f"schedule/{season}",
        f"/schedule/nfl/regular/{season}",
        f"the schedule of {season}",
        list,
    )


def weekly_stats(season: str, week: int) -> Resource[dict[str, dict[str, Any]]]:
    """Raw stats by player of one week (undocumented)."""
    return _weekly("stats", season, week)


def weekly_projections(season: str, week: int) -> Resource[dict[str, dict[str, Any]]]:
    """Projected stats by player for one week (undocumented)."""
    return _weekly("projections", season, week)


def games(url: str) -> Resource[list[games_csv.GameLine]]:
    """Kickoffs, spreads and totals in nflverse's games.csv format, from any address."""
    return Resource("games", url, games_csv.parse, "the file of kickoffs")


def _weekly(kind: str, season: str, week: int) -> Resource[dict[str, dict[str, Any]]]:
    return _get(
        dict[str, dict[str, Any]],
        f"{kind}/{season}/{week}",
        f"/v1/{kind}/nfl/regular/{season}/{week}",
        f"the {kind} of week {week}",
        dict,
    )


def _of_league(
    shape: Any, league_id: str, part: str, empty: Callable[[], Any] | None = list
) -> Resource[Any]:
    key = f"league/{league_id}/{part}"
    return _get(shape, key, f"/v1/{key}", f"league {league_id}", empty)


def _segment(text: str) -> str:
    """Text that people type, safe as one part of a path."""
    return quote(text, safe="", errors="replace")
