"""Wire shapes to rows of the store; nothing is asked and nothing is written here."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec

from fantasy_tui.crud.mirror import Row, hashed, source_hash
from fantasy_tui.models import Game
from fantasy_tui.sleeper import payloads as wire
from fantasy_tui.sleeper.games import GameLine, assumed_kickoff

SOURCE = "sleeper"

_player = msgspec.json.Decoder(wire.SleeperPlayer, strict=False)
_object = msgspec.json.Decoder(dict[str, Any])


def league_data(league: wire.SleeperLeague) -> Row:
    """Sleeper's object without the chat's leftovers."""
    data: Row = msgspec.to_builtins(league)
    return {**data, "previous_league_id": league.previous_season_league_id}


def roster(league_id: str, team: wire.SleeperRoster) -> Row:
    """A team; points with their hundredths."""
    return hashed(
        {
            "id": f"{league_id}:{team.roster_id}",
            "league_id": league_id,
            "roster_id": team.roster_id,
            "owner_id": team.owner_id,
            "co_owners": team.co_owners,
            "players": team.players,
            "starters": team.starters,
            "reserve": team.reserve,
            "taxi": team.taxi,
            "keepers": team.keepers,
            "wins": int(team.number("wins")),
            "losses": int(team.number("losses")),
            "ties": int(team.number("ties")),
            "fpts": team.points("fpts"),
            "fpts_against": team.points("fpts_against"),
            "settings": team.settings,
            "details": team.metadata,
        }
    )


def member(league_id: str, person: wire.Member) -> Row:
    """A person who is in the league now."""
    return hashed(
        {
            "league_id": league_id,
            "user_id": person.user_id,
            "display_name": person.display_name or person.user_id,
            "team_name": person.team_name,
            "avatar": person.avatar,
            "is_commissioner": bool(person.is_owner),
            "left_at": None,
        }
    )


def matchup(league_id: str, week: int, row: wire.SleeperMatchup) -> Row:
    """One roster's week."""
    return hashed(
        {
            "league_id": league_id,
            "week": week,
            "roster_id": row.roster_id,
            "matchup_id": row.matchup_id,
            "points": row.points,
            "custom_points": row.custom_points,
            "players": row.players,
            "starters": row.starters,
            "starters_points": row.starters_points,
            "players_points": row.players_points,
        }
    )


def pairing(league_id: str, week: int, row: wire.SleeperMatchup) -> Row:
    """Whom a roster meets in a week ahead; its line-up is not set yet."""
    blank = wire.SleeperMatchup(roster_id=row.roster_id, matchup_id=row.matchup_id)
    return matchup(league_id, week, blank)


def transaction(league_id: str, week: int, move: wire.SleeperTransaction) -> Row:
    """A move."""
    return hashed(
        {
            "transaction_id": move.transaction_id,
            "league_id": league_id,
            "week": move.leg or week,
            "type": move.type,
            "status": move.status,
            "creator": move.creator,
            "created": _instant(move.created),
            "status_updated": _instant(move.status_updated) if move.status_updated else None,
            "roster_ids": move.roster_ids,
            "adds": move.adds,
            "drops": move.drops,
            "draft_picks": move.draft_picks,
            "waiver_budget": move.waiver_budget,
            "settings": move.settings,
            "details": move.metadata,
        }
    )


def traded_pick(league_id: str, pick: wire.Pick) -> Row:
    """A draft pick that changed hands."""
    return hashed(
        {
            "league_id": league_id,
            "season": pick.season,
            "round": pick.round,
            "roster_id": pick.roster_id,
            "previous_owner_id": pick.previous_owner_id,
            "owner_id": pick.owner_id,
        }
    )


def players(file: Mapping[str, msgspec.Raw]) -> list[Row]:
    """Everyone in the players file; raises msgspec.DecodeError where an entry lacks what is needed."""
    return [_player_row(player_id, bytes(entry)) for player_id, entry in file.items()]


def _player_row(player_id: str, entry: bytes) -> Row:
    player = _player.decode(entry)
    return {
        "player_id": player_id,
        "first_name": player.first_name,
        "last_name": player.last_name,
        "full_name": player.full_name,
        "position": player.position,
        "team": player.team,
        "age": player.age,
        "injury_status": player.injury_status,
        "number": player.number,
        "depth_chart_order": player.depth_chart_order,
        "search_rank": player.search_rank,
        "fantasy_positions": player.fantasy_positions,
        "player_data": _object.decode(entry),
        "source_hash": source_hash(entry),
    }


def trending(kind: str, rows: Iterable[wire.Trending], known: set[str]) -> list[Row]:
    """Players asked for, among those the store knows."""
    return [
        hashed({"kind": kind, "player_id": row.player_id, "count": row.count})
        for row in rows
        if row.player_id in known
    ]


def stats(
    season: str,
    week: int,
    table: Mapping[str, Mapping[str, Any]],
    known: set[str],
    expected: Mapping[str, float | None],
) -> list[Row]:
    """What players did, beside the PPR total that was expected of each."""
    return [
        hashed(
            {
                "id": f"{player_id}:{season}:{week}",
                "player_id": player_id,
                "season": season,
                "week": week,
                "stats": line,
                "fantasy_points": line.get("pts_ppr"),
                "projected_points": expected.get(player_id),
            }
        )
        for player_id, line in _known(table, known)
    ]


def projections(season: str, week: int, table: Mapping[str, Mapping[str, Any]], known: set[str]) -> list[Row]:
    """What is expected of players."""
    return [
        hashed({"player_id": player_id, "season": season, "week": week, "source": SOURCE, "stats": line})
        for player_id, line in _known(table, known)
    ]


def _known(
    table: Mapping[str, Mapping[str, Any]], known: set[str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Lines that say something, of players the store knows (team totals and the like are left out)."""
    return ((player_id, line) for player_id, line in table.items() if line and player_id in known)


def game_line(game: Game) -> GameLine:
    """A stored game as the file of kickoffs told of it."""
    return GameLine(
        season=game.season,
        week=game.week,
        home=game.home,
        away=game.away,
        gameday=game.gameday,
        kickoff=game.kickoff,
        spread_line=game.spread_line,
        total_line=game.total_line,
        home_score=game.home_score,
        away_score=game.away_score,
    )


def games(
    season: str,
    schedule: Iterable[wire.ScheduledGame],
    lines: Iterable[GameLine],
    stored: Mapping[tuple[int, str, str], str | None],
) -> list[Row]:
    """The season's games: times and lines from the file of kickoffs, weeks and status from Sleeper.

    A game that only Sleeper lists has its kickoff assumed; where Sleeper gives no schedule the file's stands, with
    the status that is `stored`.
    """
    from_file = {(line.week, line.home, line.away): line for line in lines if line.season == season}
    listed = {(game.week, game.home, game.away): game for game in schedule}
    return [
        _game_row(season, key, listed[key].status, listed[key].date, from_file.get(key)) for key in listed
    ] or [_game_row(season, key, stored.get(key), line.gameday, line) for key, line in from_file.items()]


def _game_row(
    season: str, key: tuple[int, str, str], status: str | None, listed_day: date, line: GameLine | None
) -> Row:
    week, home, away = key
    gameday = line.gameday if line is not None else listed_day
    kickoff = line.kickoff if line is not None else None
    return hashed(
        {
            "season": season,
            "week": week,
            "home": home,
            "away": away,
            "gameday": gameday,
            "kickoff": kickoff or assumed_kickoff(gameday),
            "kickoff_assumed": kickoff is None,
            "status": status,
            "spread_line": line.spread_line if line is not None else None,
            "total_line": line.total_line if line is not None else None,
            "home_score": line.home_score if line is not None else None,
            "away_score": line.away_score if line is not None else None,
        }
    )


def _instant(milliseconds: int) -> datetime:
    try:
        return datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, OSError) as error:
        raise ValueError(f"{milliseconds} is no instant") from error
