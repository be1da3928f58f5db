"""What happens in a season: games, weekly matchups, transactions, traded picks."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fantasy_tui.database.base import Base, Json, Synced


class Game(Synced, Base):
    """An NFL game of the regular season."""

    __tablename__ = "games"

    season: Mapped[str] = mapped_column(primary_key=True)
    week: Mapped[int] = mapped_column(primary_key=True)
    home: Mapped[str] = mapped_column(primary_key=True)
    away: Mapped[str]
    gameday: Mapped[date]
    """The day of the game in US Eastern time."""
    kickoff: Mapped[datetime]
    kickoff_assumed: Mapped[bool] = mapped_column(default=False)
    """True when no source gave a time and the day's earliest usual kickoff stands in."""
    status: Mapped[str | None]
    """pre_game, in_game, complete or canceled."""
    spread_line: Mapped[float | None]
    """Points by which the home team is favoured."""
    total_line: Mapped[float | None]
    home_score: Mapped[int | None]
    away_score: Mapped[int | None]


class Matchup(Synced, Base):
    """One roster's week; two rows with the same matchup_id play each other."""

    __tablename__ = "matchups"

    league_id: Mapped[str] = mapped_column(sa.ForeignKey("leagues.id", ondelete="CASCADE"), primary_key=True)
    week: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(primary_key=True)
    matchup_id: Mapped[int | None]
    """None on a bye or after elimination."""
    points: Mapped[float | None]
    custom_points: Mapped[float | None]
    """The commissioner's override; wins over `points`."""
    players: Mapped[list[str] | None]
    starters: Mapped[list[str] | None]
    """The line-up that scores this week, parallel to the starting slots."""
    starters_points: Mapped[list[float] | None]
    players_points: Mapped[Json | None]


class Transaction(Synced, Base):
    """A trade, a waiver claim (won or lost), a free-agent move or a commissioner's change."""

    __tablename__ = "transactions"
    __table_args__ = (sa.Index("ix_transactions_league_id_week", "league_id", "week"),)

    transaction_id: Mapped[str] = mapped_column(primary_key=True)
    league_id: Mapped[str] = mapped_column(sa.ForeignKey("leagues.id", ondelete="CASCADE"))
    week: Mapped[int]
    type: Mapped[str]
    status: Mapped[str]
    creator: Mapped[str | None]
    created: Mapped[datetime]
    status_updated: Mapped[datetime | None]
    roster_ids: Mapped[list[int] | None]
    adds: Mapped[Json | None]
    """player_id to the roster_id that received him."""
    drops: Mapped[Json | None]
    """player_id to the roster_id that gave him up."""
    draft_picks: Mapped[list[Json] | None]
    waiver_budget: Mapped[list[Json] | None]
    settings: Mapped[Json | None]
    details: Mapped[Json | None]


class TradedPick(Synced, Base):
    """A future draft pick that changed hands."""

    __tablename__ = "traded_picks"

    league_id: Mapped[str] = mapped_column(sa.ForeignKey("leagues.id", ondelete="CASCADE"), primary_key=True)
    season: Mapped[str] = mapped_column(primary_key=True)
    round: Mapped[int] = mapped_column(primary_key=True)
    roster_id: Mapped[int] = mapped_column(primary_key=True)
    """The roster whose pick it was."""
    previous_owner_id: Mapped[int | None]
    owner_id: Mapped[int]
    """The roster that holds it now."""
