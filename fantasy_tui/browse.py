"""What a person can look at: leagues, rosters, matchups and players as the store knows them, with their ages."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fantasy_tui.clock import utcnow
from fantasy_tui.crud import league_view, members, overview
from fantasy_tui.crud import player as player_crud
from fantasy_tui.crud import season as season_crud
from fantasy_tui.crud.card import PlayerCard, load_card
from fantasy_tui.crud.facts import load_facts
from fantasy_tui.crud.picks import traded_picks
from fantasy_tui.crud.standings import load_table
from fantasy_tui.crud.sync_state import ages
from fantasy_tui.crud.transactions import PAGE, TransactionPage, transactions
from fantasy_tui.crud.user import NoUser
from fantasy_tui.football import bench as trade_bench
from fantasy_tui.football.ahead import foreseen
from fantasy_tui.football.board import MatchupBoard, board
from fantasy_tui.football.compare import Outscoring, outscores
from fantasy_tui.football.depth import RosterDepth, depth
from fantasy_tui.football.picks import NO_EXTRAS, Extras, Holding, holdings
from fantasy_tui.football.player_card import expected_next_week, expected_this_week, on_bye_next
from fantasy_tui.football.player_curve import points_curve
from fantasy_tui.football.standings import Standings, no_odds, standings
from fantasy_tui.football.view import Source
from fantasy_tui.football.waiver_board import WaiverBoard, waiver_board
from fantasy_tui.review.queue import waiting_by_league

if TYPE_CHECKING:
    from collections.abc import Collection

    from fantasy_tui.database.store import Store
    from fantasy_tui.football.bench import Bench
    from fantasy_tui.football.density import Density
    from fantasy_tui.football.facts import PlayerFacts
    from fantasy_tui.football.player_card import Expected
    from fantasy_tui.football.search import Owner, PlayerRow
    from fantasy_tui.football.simulation import TeamOdds
    from fantasy_tui.football.standings import Table, TeamStanding
    from fantasy_tui.football.trade_values import Ledger
    from fantasy_tui.football.view import LeagueView, RosterWeek


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two players side by side."""

    league_id: str
    one: PlayerCard
    other: PlayerCard
    outscores: Outscoring
    """The first over the second, this week in that league."""
    curves: tuple[Density | None, Density | None]
    """How the points of each are distributed; none where nothing is known to expect."""
    stale: bool
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class LeagueOutlook:
    """How a league's week and its season look for the user's own team."""

    board: MatchupBoard | None
    """None without a team of the user's."""
    standings: Standings

    @property
    def mine(self) -> TeamStanding | None:
        """The user's own team in the table."""
        return next((team for team in self.standings.teams if team.mine), None)

    @property
    def odds(self) -> TeamOdds | None:
        """The odds of the user's own team."""
        return self.mine.odds if self.mine is not None else None


class Browse:
    """A store as one user sees it; without a user only what belongs to nobody."""

    def __init__(self, store: Store, user_id: str | None) -> None:
        self._store, self._user = store, user_id

    @property
    def _user_id(self) -> str:
        if self._user is None:
            raise NoUser
        return self._user

    async def leagues(self) -> list[overview.LeagueSummary]:
        """The user's leagues, those left last; raises NoUser."""
        user_id, now = self._user_id, utcnow()
        waiting = await waiting_by_league(self._store, user_id, now)
        async with self._store.read() as session:
            return await overview.league_summaries(session, user_id, now, waiting)

    async def member_names(self) -> list[str]:
        """What the members of all stored leagues are called."""
        async with self._store.read() as session:
            return await members.member_names(session)

    async def view(self, league_id: str, week: int | None = None) -> LeagueView:
        """A league in a week (none: the current one); raises LeagueNotFound."""
        async with self._store.read() as session:
            return await league_view.load_league_view(session, league_id, self._user, utcnow(), week)

    async def standings(self, league_id: str, *, odds: bool = True) -> Standings:
        """The league's table; with `odds` the season is simulated, in a thread. Raises LeagueNotFound."""
        async with self._store.read() as session:
            table = await load_table(session, league_id, self._user, utcnow())
        if not odds or no_odds(table) is not None:
            return standings(table)
        return await asyncio.to_thread(_with_odds, table, await self.view(league_id))

    async def transactions(
        self,
        league_id: str,
        *,
        offset: int = 0,
        limit: int = PAGE,
        kind: str | None = None,
        roster_id: int | None = None,
    ) -> TransactionPage:
        """A page of the league's moves, the newest first; raises LeagueNotFound."""
        async with self._store.read() as session:
            return await transactions(
                session, league_id, self._user, offset=offset, limit=limit, kind=kind, roster_id=roster_id
            )

    async def matchup(
        self, league_id: str, week: int | None = None, roster_id: int | None = None
    ) -> MatchupBoard | None:
        """A team's matchup (none: the user's own team); none without such a team. Raises LeagueNotFound."""
        view = await self.view(league_id, week)
        async with self._store.read() as session:
            current = await season_crud.current_week(session, view.season, view.now)
        if current is not None and view.week > current:
            view = foreseen(view, await self.view(league_id))
        return await self._board(view, roster_id)

    async def _board(self, view: LeagueView, roster_id: int | None) -> MatchupBoard | None:
        team = _team(view, roster_id)
        if team is None:
            return None
        async with self._store.read() as session:
            of_points = f"league/{view.league_id}/matchups/{view.week}"
            fetched = (await ages(session, (of_points,))).get(of_points)
        found = await asyncio.to_thread(board, view, team.roster_id)
        if fetched is None or all(roster.points is None for roster in view.rosters.values()):
            return found
        # Points are fetched more often than the rest, and have an age of their own.
        return replace(found, sources=(Source("Sleeper points", fetched), *found.sources))

    async def outlook(self, league_id: str) -> LeagueOutlook:
        """The user's matchup of this week and the season's odds, by one reading; raises LeagueNotFound."""
        async with self._store.read() as session:
            table = await load_table(session, league_id, self._user, utcnow())
        view = await self.view(league_id)
        found = await self._board(view, None)
        if no_odds(table) is not None:
            return LeagueOutlook(found, standings(table))
        return LeagueOutlook(found, await asyncio.to_thread(_with_odds, table, view))

    async def depth(self, league_id: str, roster_id: int | None = None) -> RosterDepth | None:
        """A team (none: the user's own) by position and by bye week; none without such a team.

        Raises LeagueNotFound.
        """
        view = await self.view(league_id)
        team = _team(view, roster_id)
        if team is None:
            return None
        async with self._store.read() as session:
            schedule = await season_crud.teams_playing(session, view.season)
        return await asyncio.to_thread(depth, view, team, schedule)

    async def players(self) -> list[PlayerRow]:
        """Every player and defence."""
        async with self._store.read() as session:
            return await player_crud.all_players(session)

    async def owners(self) -> dict[str, tuple[Owner, ...]]:
        """Who holds each player in the user's leagues; raises NoUser."""
        user_id = self._user_id
        async with self._store.read() as session:
            return await player_crud.owners(session, user_id)

    async def waivers(self, league_id: str) -> WaiverBoard | None:
        """The waiver wire of a league as the user's team sees it; none without one. Raises LeagueNotFound."""
        view = await self.view(league_id)
        if view.mine is None:
            return None
        return await asyncio.to_thread(waiver_board, view, view.mine)

    async def holdings(self, view: LeagueView) -> dict[int, Holding]:
        """What each team of a league can give in a trade beside its players, by roster."""
        async with self._store.read() as session:
            return holdings(view, await traded_picks(session, view.league_id))

    async def bench(
        self,
        view: LeagueView,
        partner: int,
        give: Collection[str],
        get: Collection[str],
        *,
        book: Ledger | None = None,
        beside: tuple[Extras, Extras] = (NO_EXTRAS, NO_EXTRAS),
    ) -> Bench:
        """An offer weighed, whatever stands against it; raises ValueError without two different teams.

        The view's `book` saves making it again. What goes `beside` the players, mine and theirs, is not counted.
        """
        return await asyncio.to_thread(trade_bench.bench, view, partner, give, get, book=book, beside=beside)

    async def counters(
        self,
        view: LeagueView,
        partner: int,
        give: Collection[str],
        get: Collection[str],
        *,
        limit: int = 5,
        stop: trade_bench.Stop = lambda: False,
        beside: tuple[Extras, Extras] = (NO_EXTRAS, NO_EXTRAS),
    ) -> list[Bench]:
        """Offers near this one that they would sooner accept; `stop` ends the search with what was found.

        Raises ValueError where a player is not on the team that should give him.
        """
        return await asyncio.to_thread(
            trade_bench.counters,
            view,
            partner,
            tuple(give),
            tuple(get),
            limit=limit,
            stop=stop,
            beside=beside,
        )

    async def deals(self, view: LeagueView, partner: int, *, limit: int = 5) -> list[Bench]:
        """The best deals with one partner to start from."""
        return await asyncio.to_thread(trade_bench.deals, view, partner, limit=limit)

    async def facts(self, league_id: str | None = None) -> PlayerFacts:
        """What all players can be sorted and filtered by in a league (none: the first of this season's).

        Raises NoUser or LeagueNotFound.
        """
        user_id = self._user_id
        async with self._store.read() as session:
            return await load_facts(session, user_id, utcnow(), league_id)

    async def card(self, player_id: str, *, expected: bool = True) -> PlayerCard | None:
        """A player with his weeks, what is expected of him and who has him; none when he is not stored.

        Without `expected` nothing is in each league, which is quick: `expected` has it, a league at a time.
        Raises NoUser.
        """
        user_id = self._user_id
        views = await self._views(player_id) if expected else {}
        async with self._store.read() as session:
            return await load_card(session, player_id, user_id, utcnow(), views)

    async def expected(self, player_id: str, league_id: str) -> tuple[Expected | None, Expected | None]:
        """What a player is expected to score in a league this week and in the week after.

        Raises NoUser or LeagueNotFound.
        """
        user_id = self._user_id
        async with self._store.read() as session:
            view = await league_view.load_league_view(
                session, league_id, user_id, utcnow(), also=(player_id,)
            )
            schedule = await season_crud.teams_playing(session, view.season)
        return expected_this_week(view, player_id), expected_next_week(
            view, player_id, on_bye=on_bye_next(view, player_id, schedule)
        )

    async def compare(self, league_id: str, one_id: str, other_id: str) -> Comparison | None:
        """Two players side by side, with what is expected of them in one league; none when one is not stored.

        Raises NoUser or LeagueNotFound.
        """
        user_id, now = self._user_id, utcnow()
        both = (one_id, other_id)
        async with self._store.read() as session:
            view = await league_view.load_league_view(session, league_id, user_id, now, also=both)
            one, other = [
                await load_card(session, player_id, user_id, now, {league_id: view}) for player_id in both
            ]
        if one is None or other is None:
            return None
        return Comparison(
            league_id=league_id,
            one=one,
            other=other,
            outscores=outscores(view, one_id, other_id),
            curves=(points_curve(view, one_id), points_curve(view, other_id)),
            stale=view.stale,
            sources=view.sources,
        )

    async def _views(self, *player_ids: str) -> dict[str, LeagueView]:
        """This season's leagues this week, these players included."""
        user_id, now = self._user_id, utcnow()
        async with self._store.read() as session:
            return {
                league.id: await league_view.load_league_view(
                    session, league.id, user_id, now, also=player_ids
                )
                for league in await player_crud.this_seasons_leagues(session, user_id)
            }

    async def player(self, player_id: str) -> player_crud.PlayerDetail | None:
        """One player in each of the user's leagues; raises NoUser."""
        user_id = self._user_id
        async with self._store.read() as session:
            return await player_crud.player_detail(session, player_id, user_id, utcnow())


def _team(view: LeagueView, roster_id: int | None) -> RosterWeek | None:
    """The team that is asked for; the user's own where none is."""
    return view.mine if roster_id is None else view.rosters.get(roster_id)


# What follows runs in a thread, numpy's import with it.


def _with_odds(table: Table, view: LeagueView) -> Standings:
    from fantasy_tui.football.season import season_odds
    from fantasy_tui.football.simulation import SEASONS

    found = season_odds(view)
    if found is None:
        return standings(table)
    return standings(table, found.teams, draws=SEASONS, lacks=found.lacks, sources=view.sources)
