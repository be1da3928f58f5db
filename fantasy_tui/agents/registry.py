"""Which agents there are: each kind of task is the module of its name, loaded when it first runs."""

from importlib import import_module
from typing import Protocol, cast

from fantasy_tui.agents.proposal import OnProgress, Proposal, silent
from fantasy_tui.football.view import LeagueView
from fantasy_tui.models import AgentTaskType


class Agent(Protocol):
    """A module of this package."""

    MODEL_VERSION: str
    """Names the model behind the numbers; changes whenever they could."""

    def recommend(self, view: LeagueView, on_progress: OnProgress = silent) -> list[Proposal]:
        """What is worth a decision, or worth listing, for the view's own roster.

        A pure function; one that takes long tells `on_progress` how much is done, 0 to 1.
        """


AGENTS: tuple[AgentTaskType, ...] = (
    AgentTaskType.INJURY_MONITORING,
    AgentTaskType.LINEUP_OPTIMIZATION,
    AgentTaskType.SIT_START,
    AgentTaskType.WAIVER_WIRE,
    AgentTaskType.OPPONENT_ANALYSIS,
    AgentTaskType.TRADE_ANALYSIS,
)
"""In the order in which they run: what may lock first comes first."""


def agent(kind: AgentTaskType) -> Agent:
    """The agent of this kind."""
    return cast(Agent, import_module(f"fantasy_tui.agents.{kind.value}"))
