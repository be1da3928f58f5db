"""What is stored: every table as a typed SQLAlchemy model."""

from fantasy_tui.models.agent import (
    AgentDecision,
    AgentTask,
    AgentTaskStatus,
    AgentTaskType,
    DecisionAction,
    DecisionEvent,
    Door,
)
from fantasy_tui.models.league import League, LeagueMember, Roster
from fantasy_tui.models.observation import Observation, ObservationKind
from fantasy_tui.models.player import Player, PlayerStats, Projection, TrendingPlayer
from fantasy_tui.models.policy import Policy
from fantasy_tui.models.season import Game, Matchup, TradedPick, Transaction
from fantasy_tui.models.sync import SyncState
from fantasy_tui.models.user import User

__all__ = [
    "AgentDecision",
    "AgentTask",
    "AgentTaskStatus",
    "AgentTaskType",
    "DecisionAction",
    "DecisionEvent",
    "Door",
    "Game",
    "League",
    "LeagueMember",
    "Matchup",
    "Observation",
    "ObservationKind",
    "Player",
    "PlayerStats",
    "Policy",
    "Projection",
    "Roster",
    "SyncState",
    "TradedPick",
    "Transaction",
    "TrendingPlayer",
    "User",
]
